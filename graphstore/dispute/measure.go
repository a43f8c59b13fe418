package dispute

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// Measured is the value of a network measure for one entity.
type Measured struct {
	Answer
	Entity graphstore.ID `json:"entity"`
	Value  float64       `json:"value"`
	Rank   int           `json:"rank"` // from 1; equals share one
	// Estimated says that the case is so large that the value was drawn from some of its ways.
	Estimated bool `json:"estimated,omitempty"`
}

// Cluster is a set of entities that hang together.
type Cluster struct {
	Answer
	Number   int             `json:"number"` // from 1, the largest first
	Entities []graphstore.ID `json:"entities"`
	// Modularity is that of the whole division, for communities.
	Modularity float64 `json:"modularity,omitempty"`
}

// Way is one way from one record to another.
type Way struct {
	Answer
	// Path lists the entities (and claims that others are about) on the way.
	Path []graphstore.ID `json:"path"`
	// Steps lists, for each step of the path, the claims that join its ends.
	Steps  [][]graphstore.ID `json:"steps"`
	Length int               `json:"length"`
}

// Measures returns the network measures of a case in the order menus show
// them: degree, betweenness and pagerank give Measured, the highest first; communities and components
// give Clusters, the largest first. They take in every claim that counts; a claim that others are
// about is a node of its own while measuring, but not listed.
func Measures() []Question {
	return []Question{
		{Name: "degree", Ask: measuring("degree", func(_ context.Context, p *algo.Projection) ([]algo.Score, bool, error) { return p.Degrees(), true, nil })},
		{Name: "betweenness", Ask: measuring("betweenness", func(ctx context.Context, p *algo.Projection) ([]algo.Score, bool, error) { return p.Betweenness(ctx) })},
		{Name: "pagerank", Ask: measuring("pagerank", func(ctx context.Context, p *algo.Projection) ([]algo.Score, bool, error) {
			scores, err := p.PageRank(ctx)
			return scores, true, err
		})},
		{Name: "communities", Ask: clustering("communities", func(ctx context.Context, p *algo.Projection) ([][]graphstore.ID, float64, error) {
			return p.Communities(ctx)
		})},
		{Name: "components", Ask: clustering("components", func(_ context.Context, p *algo.Projection) ([][]graphstore.ID, float64, error) {
			return p.Components(), 0, nil
		})},
	}
}

// projection returns what is joined to what by the claims that count, made once a case.
func (c *Case) projection() *algo.Projection {
	if c.net.p == nil {
		c.net.p = algo.ProjectWhere(c.g, c.Counts)
	}
	return c.net.p
}

// measuring makes a question of a score.
func measuring(name string, score func(context.Context, *algo.Projection) ([]algo.Score, bool, error)) func(context.Context, *Case) ([]Result, error) {
	return asking(func(ctx context.Context, c *Case) ([]*Measured, error) {
		p := c.projection()
		scores, exact, err := score(ctx, p)
		if err != nil {
			return nil, err
		}
		var out []*Measured
		for _, s := range scores {
			if c.g.Entity(s.ID) == nil || c.asked.Without[s.ID] || c.family != nil && !c.family[s.ID] {
				continue
			}
			out = append(out, &Measured{Answer: Answer{Question: name, Claims: p.Touching(s.ID)}, Entity: s.ID, Value: s.Value, Estimated: !exact})
		}
		slices.SortFunc(out, func(a, b *Measured) int {
			return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Entity, b.Entity))
		})
		for i, r := range out {
			r.Rank = i + 1
			if i > 0 && out[i-1].Value == r.Value {
				r.Rank = out[i-1].Rank
			}
			if r.Claims == nil {
				r.Claims = []graphstore.ID{}
			}
			if s, ok := c.speech(); ok {
				r.Why = s.Say("ask."+name+".why", "entity", s.name(r.Entity), "value", strconv.FormatFloat(r.Value, 'g', 4, 64), "rank", strconv.Itoa(r.Rank), "of", strconv.Itoa(len(out)))
			}
		}
		return out, nil
	})
}

// clustering makes a question of a division.
func clustering(name string, divide func(context.Context, *algo.Projection) ([][]graphstore.ID, float64, error)) func(context.Context, *Case) ([]Result, error) {
	return asking(func(ctx context.Context, c *Case) ([]*Cluster, error) {
		p := c.projection()
		parts, q, err := divide(ctx, p)
		if err != nil {
			return nil, err
		}
		var out []*Cluster
		for _, part := range parts {
			r := &Cluster{Answer: Answer{Question: name, Claims: p.Inside(part)}, Entities: []graphstore.ID{}, Modularity: q}
			if r.Claims == nil {
				r.Claims = []graphstore.ID{}
			}
			for _, id := range part {
				if c.g.Entity(id) != nil && !c.asked.Without[id] {
					r.Entities = append(r.Entities, id)
				}
			}
			if len(r.Entities) == 0 || c.family != nil && !slices.ContainsFunc(r.Entities, func(id graphstore.ID) bool { return c.family[id] }) {
				continue
			}
			r.Number = len(out) + 1
			if s, ok := c.speech(); ok {
				r.Why = s.Say("ask."+name+".why", "number", strconv.Itoa(r.Number), "n", strconv.Itoa(len(r.Entities)), "entities", s.names(r.Entities))
			}
			out = append(out, r)
		}
		return out, nil
	})
}

// Paths returns at most limit ways of at most length steps from one record to
// another that visit nothing twice, shortest first: all of them, or, with limit 1, the shortest.
func Paths(ctx context.Context, c *Case, from, to graphstore.ID, length, limit int) ([]*Way, error) {
	ways, err := c.projection().SimplePaths(ctx, from, to, length, limit)
	if err != nil {
		return nil, fmt.Errorf("looking for ways from %s to %s: %w", from, to, err)
	}
	var out []*Way
	for _, w := range ways {
		r := &Way{Answer: Answer{Question: "path", Claims: []graphstore.ID{}}, Path: w.Entities, Steps: w.Claims, Length: w.Len()}
		for _, step := range w.Claims {
			r.Claims = append(r.Claims, step...)
		}
		slices.Sort(r.Claims)
		r.Claims = slices.Compact(r.Claims)
		if s, ok := c.speech(); ok {
			r.Why = s.Say("ask.path.why", "from", s.name(from), "to", s.name(to), "n", strconv.Itoa(r.Length), "path", s.names(w.Entities))
		}
		out = append(out, r)
	}
	return out, nil
}
