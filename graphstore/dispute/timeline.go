package dispute

import (
	"cmp"
	"context"
	"slices"

	"caveat/graphstore"
)

// Step is one step of one lane of a timeline: an authority's position for a
// stretch of time, or a ruling on one.
type Step struct {
	Answer
	// Lane is the authority whose positions the lane shows; on a ruling, the one it judges.
	Lane graphstore.ID `json:"lane,omitempty"`
	// Country of the lane's authority.
	Country string `json:"country,omitempty"`
	// Speaker takes the position, or rules.
	Speaker  graphstore.ID       `json:"speaker"`
	Position graphstore.Position `json:"position"` // of the lane at that time
	About    graphstore.ID       `json:"about"`    // what the position is on
	// Ruling is empty for a position, else upholds, overturns or leaves-standing.
	Ruling graphstore.Predicate `json:"ruling,omitempty"`
	// From and To are the first and the last date; zero is unknown or still.
	From graphstore.Date `json:"from,omitzero"`
	To   graphstore.Date `json:"to,omitzero"`
	day  int32
}

// Timeline returns how each authority's position moved: one step function a
// speaker and thing judged. A step ends when its claim does, or when the same speaker takes another
// position on the same thing in an overlapping scope; a claim it maintains goes on. Rulings, also
// rulings on rulings, stand on the lane of the position they judge. Lanes are
// sorted by country (unknown last) and speaker, steps by date.
func Timeline(ctx context.Context, c *Case) ([]*Step, error) {
	type key struct {
		speaker graphstore.ID
		about   target
	}
	lanes := map[key][]*stance{}
	x := c.stances()
	for _, s := range c.all {
		if s.at >= stated || !c.concerns(s.claim) {
			continue
		}
		for _, t := range s.about {
			lanes[key{s.speaker, t}] = append(lanes[key{s.speaker, t}], s)
		}
	}
	var out []*Step
	for k, lane := range lanes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		slices.SortFunc(lane, byStart)
		for i, s := range lane {
			if i > 0 && s == lane[i-1] || s.about[0] != k.about { // a claim on several things is one step
				continue
			}
			step := &Step{Answer: Answer{Question: "timeline", Claims: []graphstore.ID{s.claim.ID}}, Lane: s.claim.Speaker, Speaker: s.claim.Speaker,
				Position: s.at, About: s.about[0].entity, From: s.span.start, To: s.span.end, day: s.span.from}
			if who := c.g.Entity(s.claim.Speaker); who != nil {
				step.Country = who.Country
			}
			c.endStep(x, step, s, lane[i+1:])
			out = append(out, step)
			out = append(out, c.rulings(step)...)
		}
	}
	slices.SortFunc(out, func(a, b *Step) int {
		return cmp.Or(boolOrder(a.Country == "", b.Country == ""), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Lane, b.Lane),
			cmp.Compare(a.day, b.day), cmp.Compare(a.Claims[0], b.Claims[0]), cmp.Compare(a.About, b.About), cmp.Compare(a.Claims[len(a.Claims)-1], b.Claims[len(b.Claims)-1]))
	})
	for _, s := range out {
		c.tellStep(s)
	}
	return out, nil
}

// endStep ends a step where the next other position of its lane begins.
func (c *Case) endStep(x *stances, step *Step, s *stance, later []*stance) {
	for _, y := range later {
		if y.at == s.at || y.span.from <= s.span.from || !x.meet(s, y) {
			continue
		}
		if y.span.from > s.span.to {
			return
		}
		step.To = y.span.start
		if step.To.Precision == graphstore.PrecisionDay {
			step.To = day(y.span.from - 1)
		}
		step.Claims = append(step.Claims, y.claim.ID)
		return
	}
}

// rulings returns the rulings on the position of step, and the rulings on those.
func (c *Case) rulings(step *Step) []*Step {
	var out []*Step
	on := []graphstore.ID{step.Claims[0]}
	seen := map[graphstore.ID]bool{}
	for i := 0; i < len(on); i++ {
		for r := range c.g.Uses(on[i], graphstore.AsObject) {
			if r.Predicate != upholds && r.Predicate != overturns && r.Predicate != leaves || seen[r.ID] || !c.holds(r) {
				continue
			}
			seen[r.ID] = true
			on = append(on, r.ID)
			s := c.span(r)
			ruling := &Step{Answer: Answer{Question: "timeline", Claims: []graphstore.ID{r.ID, on[i]}}, Lane: step.Lane, Country: step.Country, Speaker: r.Speaker,
				Position: step.Position, About: step.About, Ruling: r.Predicate, From: s.start, To: s.start, day: s.from}
			if on[i] != step.Claims[0] {
				ruling.Claims = append(ruling.Claims, step.Claims[0])
			}
			out = append(out, ruling)
		}
	}
	return out
}

func (c *Case) tellStep(step *Step) {
	s, ok := c.speech()
	if !ok {
		return
	}
	if step.Ruling != "" {
		step.Why = s.claim(step.Claims[0])
		step.Change = s.Say("ask.timeline.change-ruling")
		return
	}
	key := "ask.timeline.from-to"
	switch {
	case step.From.Zero() && step.To.Zero():
		key = "ask.timeline.undated"
	case step.To.Zero():
		key = "ask.timeline.from"
	case step.From.Zero():
		key = "ask.timeline.to"
	}
	step.Why = s.Say(key, "speaker", s.name(step.Speaker), "position", s.position(step.Position), "about", s.name(step.About), "from", s.Date(step.From), "to", s.Date(step.To))
	step.Change = s.Say("ask.timeline.change")
}
