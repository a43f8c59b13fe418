package scene

import (
	"cmp"
	"slices"

	"caveat/graphstore"
)

// patch is an update that asks the graph only about what a diff touches. The rows and nodes of the
// old scene are copied and mended; edges are then assembled anew.
type patch struct {
	*builder
	old *model
	d   *graphstore.Diff

	nodeMap []int32 // old node to new; nil: unchanged
	rowMap  []int32 // old row to new; nil: unchanged
}

// patchable reports whether a diff can be mended in: same schema and choice of what is
// shown, no change of merges, and nothing that shows or hides records which others depend on.
func (s *Scene) patchable(g *graphstore.Graph, d *graphstore.Diff, o Options) bool {
	m := s.model
	if d == nil || m.rows == nil || m.schema != g.Schema() || m.merged && len(d.Entities) > 0 || !m.shown.equal(o.shown()) ||
		8*(len(d.Claims)+len(d.Entities)) > len(m.rows)+64 {
		return false
	}
	if !(m.shown.true.Zero() && m.shown.known.Zero()) && len(d.Claims)+len(d.Documents) > 0 {
		return false // what a claim or a source says may date others
	}
	f := newFilter(o.View, g)
	for _, c := range d.Entities {
		if c.Before != nil && c.After != nil && f.entity(c.Before) != f.entity(c.After) {
			return false
		}
	}
	for _, c := range d.Claims {
		for _, x := range [2]*graphstore.Claim{c.Before, c.After} {
			if x != nil && x.Predicate == graphstore.SameAs {
				return false
			}
		}
		// Whether it is shown decides about the claims that are about it.
		if !m.shown.all() && c.Before != nil && c.After != nil &&
			(f.claim(c.Before) != f.claim(c.After) || c.Before.Subject != c.After.Subject || c.Before.Object.ID != c.After.Object.ID) {
			return false
		}
	}
	return !s.touchesMerge(g, d)
}

// touchesMerge reports whether the diff changes what is said about a same-as claim, which may begin
// or cease to join its entities.
func (s *Scene) touchesMerge(g *graphstore.Graph, d *graphstore.Diff) bool {
	merge := func(id graphstore.ID) bool {
		c := g.Claim(id)
		return c != nil && c.Predicate == graphstore.SameAs
	}
	for _, c := range d.Claims {
		for _, x := range [2]*graphstore.Claim{c.Before, c.After} {
			if x != nil && (merge(x.Subject) || merge(x.Object.ID)) {
				return true
			}
		}
	}
	return false
}

// patch returns the model after the diff.
func (s *Scene) patch(g *graphstore.Graph, d *graphstore.Diff, o Options) *model {
	p := &patch{builder: newBuilder(g, o), old: s.model, d: d}
	p.m.scratches, p.m.merged = s.scratches, s.merged
	p.patchNodes()
	p.patchRows()
	p.restyle()
	m := p.finish()
	return m
}

// patchNodes takes over the nodes, changed, added and removed as the diff says, in the order of ids.
func (p *patch) patchNodes() {
	m, old := p.m, p.old
	var added []node
	removed := map[int32]bool{}
	changed := map[int32]node{}
	for _, c := range p.d.Entities {
		switch {
		case c.After == nil:
			if n, ok := old.nodeOf[c.Before.ID]; ok {
				removed[n] = true
			}
		case !p.filter.entity(c.After):
		case c.Before == nil:
			added = append(added, p.node(c.After))
		default:
			changed[old.nodeOf[c.After.ID]] = p.node(c.After)
		}
	}
	slices.SortFunc(added, func(a, b node) int { return cmp.Compare(a.id, b.id) })
	m.nodes = make([]node, 0, len(old.nodes)+len(added))
	m.labels = newLabels(len(old.nodes) + len(added) - len(removed))
	structural := len(added)+len(removed) > 0
	if structural {
		p.nodeMap = make([]int32, len(old.nodes))
		m.nodeOf = make(map[graphstore.ID]int32, cap(m.nodes))
	} else {
		m.nodeOf = old.nodeOf
	}
	put := func(n node) {
		n.members = max(n.members, 1)
		if structural {
			m.nodeOf[n.id] = int32(len(m.nodes))
		}
		m.nodes = append(m.nodes, n)
	}
	for i := range old.nodes {
		for len(added) > 0 && added[0].id < old.nodes[i].id {
			put(added[0])
			added = added[1:]
		}
		if removed[int32(i)] {
			p.nodeMap[i] = noEnd
			continue
		}
		if structural {
			p.nodeMap[i] = int32(len(m.nodes))
		}
		n := old.nodes[i]
		if c, ok := changed[int32(i)]; ok {
			n.name, n.kind = c.name, c.kind
		} else {
			m.labels[len(m.nodes)].Store(old.labels[i].Load())
		}
		put(n)
	}
	for _, n := range added {
		put(n)
	}
	m.pin(p.o.View)
}

// known reports whether both ends of a claim are shown or may be.
func (p *patch) known(c *graphstore.Claim) bool {
	end := func(id graphstore.ID) bool {
		_, ok := p.m.nodeOf[id]
		return ok || p.g.Claim(id) != nil
	}
	return end(c.Subject) && (c.Object.IsLiteral() || end(c.Object.ID))
}

// patchRows takes over the rows, changed, added and removed as the diff says, in the order of ids.
func (p *patch) patchRows() {
	m, old := p.m, p.old
	type edit struct {
		at    int // in the old rows
		id    graphstore.ID
		after *graphstore.Claim // nil removes
		there bool
	}
	var edits []edit
	structural := p.nodeMap != nil
	for _, c := range p.d.Claims {
		x := c.After
		if x == nil {
			x = c.Before
		}
		e := edit{id: x.ID, after: c.After}
		e.at, e.there = old.find(x.ID)
		if e.after != nil && !(p.filter.claim(e.after) && p.known(e.after)) {
			e.after = nil
		}
		p.weighChange(c)
		if e.after == nil && !e.there {
			continue
		}
		structural = structural || e.after == nil || !e.there
		edits = append(edits, e)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.id, b.id) })
	m.rows = make([]row, 0, len(old.rows)+len(edits))
	if structural {
		p.rowMap = make([]int32, len(old.rows))
	}
	var fresh []int32
	from := 0
	for _, e := range edits {
		p.keepRows(from, e.at)
		from = e.at
		if e.there {
			from++
		}
		if e.after != nil {
			if e.there && structural {
				p.rowMap[e.at] = int32(len(m.rows))
			}
			fresh = append(fresh, int32(len(m.rows)))
			m.rows = append(m.rows, row{claim: e.after})
		} else if structural {
			p.rowMap[e.at] = -1
		}
	}
	p.keepRows(from, len(old.rows))
	if structural {
		p.renumber(fresh)
	}
	for _, i := range fresh {
		r := &m.rows[i]
		r.a, r.b = p.end(r.claim.Subject), literalEnd
		if !r.claim.Object.IsLiteral() {
			r.b = p.end(r.claim.Object.ID)
		}
	}
}

func (p *patch) keepRows(from, to int) {
	if p.rowMap != nil {
		for i := from; i < to; i++ {
			p.rowMap[i] = int32(len(p.m.rows) + i - from)
		}
	}
	p.m.rows = append(p.m.rows, p.old.rows[from:to]...)
}

// renumber turns the ends of the rows taken over into new numbers.
func (p *patch) renumber(fresh []int32) {
	end := func(e int32) int32 {
		switch {
		case e >= 0 && p.nodeMap != nil:
			return p.nodeMap[e]
		case e <= firstRow:
			if t := p.rowMap[rowOfEnd(e)]; t >= 0 {
				return endOfRow(t)
			}
			return hiddenEnd
		}
		return e
	}
	for i := range p.m.rows {
		if len(fresh) > 0 && fresh[0] == int32(i) {
			fresh = fresh[1:]
			continue
		}
		r := &p.m.rows[i]
		r.a, r.b = end(r.a), end(r.b)
	}
}

// end resolves what a claim names as subject or object.
func (p *patch) end(id graphstore.ID) int32 {
	if n, ok := p.m.nodeOf[id]; ok {
		return n
	}
	if i, ok := p.m.find(id); ok {
		return endOfRow(int32(i))
	}
	return hiddenEnd
}

// weighChange counts a change at the nodes of the claim before and after.
func (p *patch) weighChange(c graphstore.Change[graphstore.Claim]) {
	weigh := func(x *graphstore.Claim, by int32) {
		if x == nil {
			return
		}
		for _, id := range [2]graphstore.ID{x.Subject, x.Object.ID} {
			if n, ok := p.m.nodeOf[id]; ok && id != "" {
				p.m.weigh(n, by)
			}
		}
	}
	weigh(c.Before, -1)
	weigh(c.After, 1)
}

// restyle styles the changed claims and all that they are, or were, about: a dispute of a
// dispute changes what stands.
func (p *patch) restyle() {
	done := map[graphstore.ID]bool{}
	var visit func(id graphstore.ID)
	visit = func(id graphstore.ID) {
		if id == "" || done[id] {
			return
		}
		done[id] = true
		c := p.g.Claim(id)
		if c == nil {
			return
		}
		if r := p.m.rowOf(id); r != nil {
			used := p.g.UseCount(id, graphstore.AsObject) > 0
			p.style(r, used)
		}
		visit(c.Subject)
		visit(c.Object.ID)
	}
	for _, c := range p.d.Claims {
		for _, x := range [2]*graphstore.Claim{c.Before, c.After} {
			if x != nil {
				visit(x.ID)
				visit(x.Subject)
				visit(x.Object.ID)
			}
		}
	}
}
