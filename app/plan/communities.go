package plan

import (
	"context"

	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// Communities of an edge list that are drawn as groups: the largest, of at least so many nodes.
const (
	mostCommunities  = 100
	leastInCommunity = 3
)

// Communities are the sets of an edge list's nodes that are joined more among themselves than with others.
type Communities struct {
	of         []int32 // by node, -1 for those of small ones
	heads      []int32 // by community: its node with the most edges
	modularity float64
}

// structured is from which modularity on a network is held to have communities, and not only parts as any network can be divided
// into: Newman and Girvan 2004.
const structured = 0.3

// Toned returns an edge list whose nodes are of no kind with its communities as kinds, in colour and by name, and those communities.
// Where there are kinds, or no communities to speak of, it stays as it is; the communities are nil where nobody looked for them.
func Toned(ctx context.Context, s *scene.Scene, say func(key string, pairs ...string) string) (*scene.Scene, *Communities, error) {
	if s.HasKinds() {
		return s, nil, nil
	}
	c, err := CommunitiesOf(ctx, s)
	if err != nil || len(c.heads) < 2 || c.modularity < structured {
		return s, c, err
	}
	kinds := make([]scene.NodeKind, len(c.heads))
	for i, n := range c.heads {
		kinds[i] = scene.NodeKind{ID: graphstore.Kind(s.ID(n)), Name: say("group.around", "name", s.Name(n))}
	}
	return s.OfKinds(kinds, c.of), c, nil
}

// CommunitiesOf finds the communities of an edge list; cancelling ctx ends that with its error.
func CommunitiesOf(ctx context.Context, s *scene.Scene) (*Communities, error) {
	edges := s.Edges()
	of, modularity, err := algo.CommunitiesOf(ctx, s.Len(), edges)
	if err != nil {
		return nil, err
	}
	c := &Communities{of: of, modularity: modularity}
	degree := make([]int32, s.Len())
	for _, e := range edges {
		degree[e[0]]++
		degree[e[1]]++
	}
	var size []int
	for n, k := range of { // the largest sets have the lowest numbers
		for int(k) >= len(size) {
			size, c.heads = append(size, 0), append(c.heads, int32(n))
		}
		size[k]++
		if size[k] == 1 || degree[n] > degree[c.heads[k]] {
			c.heads[k] = int32(n)
		}
	}
	few := 0
	for few < min(len(size), mostCommunities) && size[few] >= leastInCommunity {
		few++
	}
	c.heads = c.heads[:few]
	for n := range of {
		if int(of[n]) >= few {
			of[n] = -1
		}
	}
	return c, nil
}

// Group draws an edge list in its communities, each named after its most joined node and with the id of that as its key; c must be of s or of a scene of the same nodes.
func (c *Communities) Group(s *scene.Scene, say func(key string, pairs ...string) string) *scene.Scene {
	groups := make([]scene.Group, len(c.heads))
	for i, n := range c.heads {
		groups[i] = scene.Group{Key: string(s.ID(n)), Label: say("group.around", "name", s.Name(n))}
	}
	return s.Grouped(groups, c.of)
}
