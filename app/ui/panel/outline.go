package panel

import (
	"cmp"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/exchange/edgelist"
)

// Outline lists what the case holds by kind, predicate, position and
// speaker, each with a box that takes it in or out of the view, and the saved views.
type Outline struct {
	Root fyne.CanvasObject

	desk   *Desk
	scroll *container.Scroll
	open   map[string]bool // parts and kinds that are unfolded
	tally  *editor.Tally
	naming *viewName
}

// NewOutline returns the panel; call Show to fill it.
func NewOutline(d *Desk) *Outline {
	o := &Outline{desk: d, open: map[string]bool{"groups": true, "kinds": true, "communities": true, "positions": true, "views": true}}
	o.scroll = container.NewVScroll(container.New(widgets.Stacked()))
	o.Root = widgets.NewGround(widgets.ColorPanel, o.scroll)
	return o
}

// Show fills the panel from the editor.
func (o *Outline) Show() {
	p := newPage(o.desk)
	p.gap(4)
	if g := o.desk.graph(); g != nil {
		o.tally = o.desk.Editor.Tally()
		o.groups(p)
		o.kinds(p, g)
		o.positions(p, g)
		o.predicates(p, g)
		o.speakers(p, g)
		o.views(p)
	} else if c := o.desk.Editor.Case(); c != nil {
		o.groups(p)
		o.drawingKinds(p, c.Path)
	}
	p.gap(16)
	p.replace(o.scroll)
}

// part adds a heading that folds, and reports whether it is open.
func (o *Outline) part(p *page, key string, off int) bool {
	h := widgets.NewItem(o.desk.say("outline." + key))
	h.Bold = true
	h.Mark = foldMark(o.open[key])
	if off > 0 {
		h.Trail = o.desk.words().Count("outline.off", off)
	}
	h.OnTap = func() { o.open[key] = !o.open[key]; o.Show() }
	p.add(h)
	return o.open[key]
}

func foldMark(open bool) fyne.Resource {
	if open {
		return theme.MenuDropDownIcon()
	}
	return theme.MenuExpandIcon()
}

// box is a row with a box for one word of a filter.
func (o *Outline) box(text string, mark fyne.Resource, n int, hidden bool, change func(f *graphstore.Filter, hide bool)) *widgets.Item {
	i := widgets.NewItem(text)
	i.Mark, i.Indent = mark, 10
	i.Trail = o.desk.words().Number(n)
	i.Check = widgets.Checked
	if hidden {
		i.Check = widgets.Unchecked
	}
	i.OnTap = func() {
		f := o.desk.Editor.View().Hide
		f = graphstore.Filter{Kinds: slices.Clone(f.Kinds), Predicates: slices.Clone(f.Predicates), Positions: slices.Clone(f.Positions), Speakers: slices.Clone(f.Speakers)}
		change(&f, !hidden)
		o.desk.Editor.Fail(o.desk.Editor.SetFilter(f))
	}
	return i
}

// toggled returns list with x in it or not, sorted.
func toggled[T cmp.Ordered](list []T, x T, in bool) []T {
	list = slices.DeleteFunc(list, func(y T) bool { return y == x })
	if in {
		list = append(list, x)
		slices.Sort(list)
	}
	return list
}

func (o *Outline) kinds(p *page, g *graphstore.Graph) {
	hide := o.desk.Editor.View().Hide.Kinds
	if !o.part(p, "kinds", len(hide)) {
		return
	}
	for _, k := range g.Schema().Kinds {
		n := o.tally.Kinds[k.ID]
		if n == 0 {
			continue
		}
		name := k.Plural.In(o.desk.lang())
		i := o.box(name, o.desk.kindMark(&k), n, slices.Contains(hide, k.ID), func(f *graphstore.Filter, h bool) { f.Kinds = toggled(f.Kinds, k.ID, h) })
		i.OnTitle = func() { o.open["kind:"+string(k.ID)] = !o.open["kind:"+string(k.ID)]; o.Show() }
		i.Color = theme.ColorNameForeground
		p.add(i)
		if o.open["kind:"+string(k.ID)] {
			o.members(p, g, k.ID)
		}
	}
}

// drawingKinds lists the kinds of the nodes of a drawing, or says where kinds are looked for.
func (o *Outline) drawingKinds(p *page, path string) {
	kinds := o.desk.Editor.DrawingKinds()
	if len(kinds) == 0 {
		p.prose(o.desk.say("drawing.outline", "name", edgelist.NodesName(filepath.Base(path))), widgets.ColorDim)
		return
	}
	hide := o.desk.Editor.View().Hide.Kinds
	part, other := "kinds", "legend.kind-other"
	if o.desk.Editor.DrawnCommunities() {
		part, other = "communities", "legend.community-other"
	}
	if !o.part(p, part, len(hide)) {
		return
	}
	for _, k := range kinds {
		id, name := graphstore.Kind(""), o.desk.say(other)
		mark := widgets.Swatch(graphstore.ShapeDisc, o.desk.nodeColor())
		if k.Kind != nil {
			id, name, mark = k.Kind.ID, k.Kind.Plural.In(o.desk.lang()), o.desk.kindMark(k.Kind)
		}
		p.add(o.box(name, mark, k.Nodes, slices.Contains(hide, id), func(f *graphstore.Filter, h bool) { f.Kinds = toggled(f.Kinds, id, h) }))
	}
}

// members lists the entities of a kind by name.
func (o *Outline) members(p *page, g *graphstore.Graph, k graphstore.Kind) {
	lang := o.desk.lang()
	var list []*graphstore.Entity
	for e := range g.Entities() {
		if e.Kind == k {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b *graphstore.Entity) int { return cmp.Compare(a.Name(lang), b.Name(lang)) })
	for n, e := range list {
		if n == sectionRows*5 {
			p.prose(o.desk.words().Count("inspector.more", len(list)-n), widgets.ColorDim)
			return
		}
		i := widgets.NewItem(e.Name(lang))
		i.Indent = 40
		if _, shown := o.desk.Editor.Scene().Node(e.ID); !shown {
			i.Color = widgets.ColorDim
			i.Trail = o.desk.say("outline.hidden")
		}
		i.OnTitle = func() { o.desk.Editor.GoTo(e.ID) }
		i.OnMenu = func(at fyne.Position) { o.desk.Menu(at, e.ID) }
		p.add(i)
	}
}

func (o *Outline) positions(p *page, g *graphstore.Graph) {
	if len(o.tally.Positions) == 0 {
		return
	}
	hide := o.desk.Editor.View().Hide.Positions
	if !o.part(p, "positions", len(hide)) {
		return
	}
	for _, s := range g.Schema().Positions {
		if n := o.tally.Positions[s.Value]; n > 0 {
			p.add(o.box(s.Label.In(o.desk.lang()), o.desk.positionMark(&s.Value), n, slices.Contains(hide, s.Value),
				func(f *graphstore.Filter, h bool) { f.Positions = toggled(f.Positions, s.Value, h) }))
		}
	}
}

func (o *Outline) predicates(p *page, g *graphstore.Graph) {
	hide := o.desk.Editor.View().Hide.Predicates
	if !o.part(p, "predicates", len(hide)) {
		return
	}
	for _, s := range g.Schema().Predicates {
		if n := o.tally.Predicates[s.ID]; n > 0 {
			p.add(o.box(s.Label.In(o.desk.lang()), nil, n, slices.Contains(hide, s.ID),
				func(f *graphstore.Filter, h bool) { f.Predicates = toggled(f.Predicates, s.ID, h) }))
		}
	}
}

func (o *Outline) speakers(p *page, g *graphstore.Graph) {
	if len(o.tally.Speakers) == 0 {
		return
	}
	hide := o.desk.Editor.View().Hide.Speakers
	if !o.part(p, "speakers", len(hide)) {
		return
	}
	type who struct {
		id   graphstore.ID
		name string
		n    int
	}
	var list []who
	for id, n := range o.tally.Speakers {
		list = append(list, who{id, o.desk.Name(id), n})
	}
	slices.SortFunc(list, func(a, b who) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	for k, s := range list {
		if k == sectionRows*5 {
			p.prose(o.desk.words().Count("inspector.more", len(list)-k), widgets.ColorDim)
			return
		}
		p.add(o.box(s.name, o.desk.Mark(s.id), s.n, slices.Contains(hide, s.id),
			func(f *graphstore.Filter, h bool) { f.Speakers = toggled(f.Speakers, s.id, h) }))
	}
}
