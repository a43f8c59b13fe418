package dispute

import "caveat/graphstore"

// Drawn returns what to highlight in g for a result: its claims, the records
// these are about, and the entities the result itself names.
func Drawn(g *graphstore.Graph, r Result) map[graphstore.ID]bool {
	out := map[graphstore.ID]bool{}
	add := func(ids ...graphstore.ID) {
		for _, id := range ids {
			if id != "" && (g.Entity(id) != nil || g.Claim(id) != nil) {
				out[id] = true
			}
		}
	}
	for _, id := range r.Told().Claims {
		add(id)
		if x := g.Claim(id); x != nil {
			add(x.Subject, x.Object.ID)
		}
	}
	switch r := r.(type) {
	case *Contradiction:
		add(r.About)
	case *Step:
		add(r.Lane, r.Speaker, r.About)
	case *Source:
		add(r.Roots...)
		add(r.Single)
	case *Circle:
		add(r.Entities...)
	case *Reach:
		add(r.Path...)
	case *Exposed:
		add(r.Of, r.Entity)
	case *Gap:
		add(r.Of)
	case *Cell:
		add(r.Speakers...)
	case *Measured:
		add(r.Entity)
	case *Cluster:
		add(r.Entities...)
	case *Way:
		add(r.Path...)
	case *Difference:
		for id := range Drawn(g, r.Result) {
			add(id)
		}
	}
	return out
}
