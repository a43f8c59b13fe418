package dispute

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"caveat/graphstore"
)

// Cell is one cell of the cross-table of positions and grounds.
type Cell struct {
	Answer
	Position graphstore.Position `json:"position"`
	Basis    graphstore.Basis    `json:"basis"`
	// Count is the number of claims that take the position on that ground.
	Count int `json:"count"`
	// Speakers are those who do, sorted.
	Speakers []graphstore.ID `json:"speakers"`
	// Among is how many claims take the position on any ground.
	Among int `json:"among"`
}

// TechnicalFinding is the ground whose absence the cross-table names.
const TechnicalFinding graphstore.Basis = "technical-finding"

// Bases returns the cross-table of positions and grounds, from the worst
// position to the best: the cells that are not empty and, for every position against the thing judged,
// the cell of published technical findings even if it is empty; then its claims
// are those that take the position on other grounds.
func Bases(_ context.Context, c *Case) ([]*Cell, error) {
	type key struct {
		at    graphstore.Position
		basis graphstore.Basis
	}
	cells := map[key][]*graphstore.Claim{}
	all := map[graphstore.Position][]graphstore.ID{}
	for _, x := range c.claims {
		if !positional(c.g, x) || !c.concerns(x) {
			continue
		}
		at := *x.Position
		all[at] = append(all[at], x.ID)
		if at < 0 {
			cells[key{at, TechnicalFinding}] = append(cells[key{at, TechnicalFinding}], nil)
		}
		for _, b := range x.Basis {
			cells[key{at, b}] = append(cells[key{at, b}], x)
		}
	}
	var out []*Cell
	for k, list := range cells {
		cell := &Cell{Answer: Answer{Question: "bases", Claims: []graphstore.ID{}}, Position: k.at, Basis: k.basis, Speakers: []graphstore.ID{}, Among: len(all[k.at])}
		for _, x := range list {
			if x == nil {
				continue
			}
			cell.Count++
			cell.Claims = append(cell.Claims, x.ID)
			if x.Speaker != "" {
				cell.Speakers = append(cell.Speakers, c.kin.one(x.Speaker))
			}
		}
		slices.Sort(cell.Speakers)
		cell.Speakers = slices.Compact(cell.Speakers)
		if cell.Count == 0 {
			cell.Claims = all[k.at]
		}
		out = append(out, cell)
	}
	slices.SortFunc(out, func(a, b *Cell) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Basis, b.Basis))
	})
	if s, ok := c.speech(); ok {
		for _, r := range out {
			key := "ask.bases.why"
			if r.Count == 0 {
				key = "ask.bases.none"
			}
			r.Why = s.Say(key, "position", s.position(r.Position), "basis", s.bases([]graphstore.Basis{r.Basis}), "n", strconv.Itoa(r.Count), "of", strconv.Itoa(r.Among), "speakers", s.names(r.Speakers))
			r.Change = s.Say("ask.bases.change")
		}
	}
	return out, nil
}
