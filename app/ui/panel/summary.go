package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// summary shows the case itself, with hints, when nothing is selected.
func (in *Inspector) summary(p *page) {
	d := in.desk
	w := d.words()
	s := d.Editor.Status()
	g := d.graph()
	title := g.Header().Title
	if c := d.Editor.Case(); title == "" && c != nil {
		title = c.Title
	}
	h := p.prose(title, theme.ColorNameForeground)
	h.Bold, h.Large = true, true
	p.prose(w.Say("summary.counts", "entities", w.Count("count.entities", s.Entities), "claims", w.Count("count.claims", s.Claims), "documents", w.Count("count.documents", s.Documents)), widgets.ColorDim).Small = true
	p.note(g.Header().Note)
	if s.Disputed > 0 || s.Unsourced > 0 {
		p.rule()
		p.factText(w.Say("summary.disputed"), w.Number(s.Disputed))
		p.factText(w.Say("summary.unsourced"), w.Number(s.Unsourced))
	}
	if s.Entities == 0 {
		p.rule()
		p.prose(w.Say("summary.empty", "key", d.Key("newentity")), theme.ColorNameForeground)
		p.buttons(in.button("action.newentity", func() { d.Run("newentity") }), in.button("action.import", func() { d.Run("import") }))
		return
	}
	p.rule()
	for _, key := range []string{"hint.click", "hint.wire", "hint.band", "hint.double", "hint.menu", "hint.find"} {
		p.prose(w.Say(key), widgets.ColorDim)
	}
	p.buttons(in.button("action.keys", func() { d.Run("keys") }))
}

// drawing shows what can be said of a node of an edge list: its name and neighbours.
func (in *Inspector) drawing(p *page) {
	d := in.desk
	e := d.Editor
	if e.Case() == nil {
		return
	}
	w := d.words()
	id := e.Inspected()
	s := e.Scene()
	n, ok := s.Node(id)
	if !ok {
		st := e.Status()
		h := p.prose(e.Case().Title, theme.ColorNameForeground)
		h.Bold, h.Large = true, true
		p.prose(w.Say("drawing.counts", "nodes", w.Number(st.Entities), "edges", w.Number(st.Claims)), widgets.ColorDim).Small = true
		p.rule()
		p.prose(w.Say("drawing.hint"), widgets.ColorDim)
		p.buttons(in.button("action.savecase", func() { d.Run("saveas") }))
		return
	}
	if s.FoldedNode(n) {
		in.group(p, s.ID(n))
		return
	}
	h := p.prose(s.Name(n), theme.ColorNameForeground)
	h.Bold, h.Large = true, true
	next := s.Neighbours(n)
	p.head(w.Say("drawing.neighbours"), len(next))
	for k, o := range next {
		if k == sectionRows*5 {
			break
		}
		other := s.ID(o)
		i := widgets.NewItem(s.Name(o))
		i.OnTitle = func() { e.Select(other); e.Center(other) }
		p.add(i)
	}
}

// several shows what is selected together and what can be asked of it.
func (in *Inspector) several(p *page) {
	d := in.desk
	e, w := d.Editor, d.words()
	picked := e.Selected()
	h := p.prose(w.Count("several.title", picked.Len()), theme.ColorNameForeground)
	h.Bold, h.Large = true, true
	var row []fyne.CanvasObject
	for _, name := range []string{"connect", "groupselection", "takeapart", "pin", "tidy", "hide", "only"} {
		if d.Ready(name) == nil {
			row = append(row, in.button("action."+name, func() { d.Run(name) }))
		}
	}
	if len(row) > 0 {
		p.buttons(row...)
	}
	in.pathList(p)
	p.rule()
	for k := range picked.Len() {
		if k == sectionRows*5 {
			p.prose(w.Count("inspector.more", picked.Len()-k), widgets.ColorDim)
			break
		}
		p.add(in.member(picked.At(k)))
	}
}

// member is a row of something selected.
func (in *Inspector) member(id graphstore.ID) fyne.CanvasObject {
	e := in.desk.Editor
	if e.Graph() != nil {
		return in.desk.link(id)
	}
	name := string(id)
	if n, ok := e.Scene().Node(id); ok {
		name = e.Scene().Name(n)
	}
	i := widgets.NewItem(name)
	i.OnTitle = func() { e.Select(id); e.Center(id) }
	return i
}

// pathList shows how the selected are connected: the shortest path first, then others.
func (in *Inspector) pathList(p *page) {
	d := in.desk
	e, w := d.Editor, d.words()
	g := d.graph()
	paths, chosen := e.Paths()
	if len(paths) == 0 {
		return
	}
	p.rule()
	for k, path := range paths {
		h := widgets.NewItem(w.Count("path.title", len(path.Entities)-1, "k", w.Number(k+1)))
		h.Bold = true
		h.Chosen = k == chosen
		h.OnTap = func() { e.ShowPath(k) }
		p.add(h)
		if k != chosen {
			continue
		}
		for i, id := range path.Entities {
			p.add(d.link(id))
			if i < len(path.Claims) {
				for _, c := range path.Claims[i] {
					p.add(in.pathClaim(g, c))
				}
			}
		}
	}
	p.buttons(in.button("button.clear-paths", func() { d.Editor.ClearHighlight() }))
}

func (in *Inspector) pathClaim(g *graphstore.Graph, id graphstore.ID) *widgets.Item {
	d := in.desk
	i := widgets.NewItem(d.Name(id))
	i.Indent = 14
	i.Color = widgets.ColorDim
	if c := g.Claim(id); c != nil {
		i.Title = dossier.Sentence(g, c, d.lang())
		i.Mark = d.positionMark(c.Position)
	}
	i.OnTap = func() { d.Editor.Inspect(id) }
	return i
}
