package graphstore

import "time"

// Status is where a claim stands; it is derived, never stored.
type Status string

// The statuses of claims.
const (
	StatusCurrent    Status = "current"
	StatusSuperseded Status = "superseded"
	StatusRetracted  Status = "retracted"
	StatusExpired    Status = "expired"
)

// Predicates that the model itself gives a meaning to.
const (
	Supersedes Predicate = "supersedes"
	Retracts   Predicate = "retracts"
	Maintains  Predicate = "maintains"
	SameAs     Predicate = "same-as"
	TakesPos   Predicate = "takes-position-on"
)

// Status returns where c stands on the day at: retracted or superseded by
// another claim said by then, expired when its validity has ended, else current.
func (g *Graph) Status(c *Claim, at time.Time) Status {
	s := StatusCurrent
	if _, last, ok := c.ValidTo.Span(); ok && last.Before(at) {
		s = StatusExpired
	}
	for by := range g.Uses(c.ID, AsObject) {
		if first, _, ok := by.SaidAt.Span(); ok && first.After(at) {
			continue
		}
		switch by.Predicate {
		case Retracts:
			return StatusRetracted
		case Supersedes:
			s = StatusSuperseded
		}
	}
	return s
}
