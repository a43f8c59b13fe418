package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// Inspector shows what is known about the thing that was last looked at:
// an entity, a claim, a document, several things, or the case itself.
type Inspector struct {
	Root   fyne.CanvasObject
	Asking bool // the questions about an entity are unfolded

	desk          *Desk
	back, forward *widget.Button
	scroll        *container.Scroll
	shown         graphstore.ID
	more          map[string]int         // section key -> rows shown
	same          map[graphstore.ID]bool // what is the same thing as the entity on show
}

// sectionRows is how many rows of a section are shown at first, and more at a press.
const sectionRows = 40

// NewInspector returns the panel; call Show to fill it.
func NewInspector(d *Desk) *Inspector {
	in := &Inspector{desk: d, more: map[string]int{}}
	in.back = widget.NewButtonWithIcon("", theme.NavigateBackIcon(), func() { d.Editor.Back() })
	in.forward = widget.NewButtonWithIcon("", theme.NavigateNextIcon(), func() { d.Editor.Forward() })
	in.back.Importance, in.forward.Importance = widget.LowImportance, widget.LowImportance
	in.scroll = container.NewVScroll(container.New(widgets.Stacked()))
	bar := container.NewHBox(in.back, in.forward)
	in.Root = widgets.NewGround(widgets.ColorPanel, container.NewBorder(bar, nil, nil, nil, in.scroll))
	return in
}

// Show fills the panel from the editor.
func (in *Inspector) Show() {
	e := in.desk.Editor
	setEnabled(in.back, e.CanBack())
	setEnabled(in.forward, e.CanForward())
	p := newPage(in.desk)
	id := e.Inspected()
	if id != in.shown {
		in.shown = id
		in.scroll.Offset = fyne.Position{}
		in.more = map[string]int{}
	}
	g := e.Graph()
	switch {
	case e.Selected().Len() > 1:
		in.several(p)
	case g == nil:
		in.drawing(p)
	case g.Entity(id) != nil:
		in.entity(p, dossier.OfEntity(g, id, in.desk.Now()))
	case g.Claim(id) != nil:
		in.claim(p, dossier.OfClaim(g, id, in.desk.Now()))
	case g.Document(id) != nil:
		in.document(p, dossier.OfDocument(g, id, in.desk.Now()))
	case strings.HasPrefix(string(id), string(scene.GroupID(""))):
		in.group(p, id)
	default:
		in.summary(p)
	}
	p.gap(16)
	p.replace(in.scroll)
}

func setEnabled(b *widget.Button, on bool) {
	if on == b.Disabled() {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// title adds the page's heading: mark, name, and what it is.
func (in *Inspector) title(p *page, id graphstore.ID, name, what string) {
	h := widgets.NewProse(name, theme.ColorNameForeground)
	h.Bold, h.Large, h.Inset = true, true, 6
	mark := canvas.NewImageFromResource(in.desk.Mark(id))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(16))
	p.add(container.New(widgets.Inset(widgets.ItemPad, 0), container.NewBorder(nil, nil, container.New(widgets.Inset(0, 7), mark), nil, h)))
	if what != "" {
		p.prose(what, widgets.ColorDim).Small = true
	}
}

// items adds rows for claims; when says how a row is titled.
func (in *Inspector) items(p *page, key string, items []dossier.Item, row func(dossier.Item) *widgets.Item) {
	n := max(in.more[key], sectionRows)
	for k, it := range items {
		if k == n {
			more := widgets.NewItem(in.desk.words().Count("inspector.more", len(items)-n))
			more.Color = theme.ColorNameHyperlink
			more.OnTap = func() { in.more[key] = n + sectionRows*5; in.Show() }
			p.add(more)
			return
		}
		p.add(row(it))
	}
}

// farRow is a claim as a row below a predicate: titled by the far end.
func (in *Inspector) farRow(it dossier.Item) *widgets.Item {
	d := in.desk
	if c := it.Claim; c.Subject != in.shown && c.Object.ID != in.shown && !in.same[c.Subject] && !in.same[c.Object.ID] {
		return in.saidRow(it) // said by it, about others
	}
	i := widgets.NewItem(in.farName(it))
	i.Mark = d.positionMark(it.Claim.Position)
	if it.Claim.Position == nil && it.Other != "" {
		i.Mark = d.Mark(it.Other)
	}
	i.Trail = in.when(it.Claim)
	if it.Other != "" {
		i.OnTitle = func() { d.Editor.Inspect(it.Other) }
	}
	in.claimLines(i, it, true)
	return i
}

// saidRow is a claim in which the page's entity is the speaker only.
func (in *Inspector) saidRow(it dossier.Item) *widgets.Item {
	d, c := in.desk, it.Claim
	i := widgets.NewItem(d.Name(c.Subject) + " " + dossier.Told(d.graph(), c, d.lang()) + " " + in.farName(it))
	i.Mark = d.positionMark(c.Position)
	i.Trail = in.when(c)
	i.OnTitle = func() { d.Editor.Inspect(c.ID) }
	in.claimLines(i, it, false)
	return i
}

func (in *Inspector) farName(it dossier.Item) string {
	if it.Other == "" {
		return it.Claim.Object.Literal
	}
	return in.desk.Name(it.Other)
}

// speakerRow is a claim on the claim of the page: titled by who says it.
func (in *Inspector) speakerRow(it dossier.Item) *widgets.Item {
	d := in.desk
	who := it.Speaker
	if who == "" {
		who = it.Claim.Subject
	}
	i := widgets.NewItem(d.Name(who))
	i.Mark = d.Mark(who)
	i.Trail = in.when(it.Claim)
	i.OnTitle = func() { d.Editor.Inspect(who) }
	i.Lines = append(i.Lines, widgets.Line{Text: dossier.Told(d.graph(), it.Claim, d.lang()), Color: theme.ColorNameForeground})
	in.claimLines(i, it, false)
	return i
}

func (in *Inspector) when(c *graphstore.Claim) string {
	at := dossier.When(c)
	if at.Zero() {
		return ""
	}
	return in.desk.words().Date(at)
}

// claimLines adds to a row what matters of its claim, and makes the row lead to it.
func (in *Inspector) claimLines(i *widgets.Item, it dossier.Item, withSpeaker bool) {
	d := in.desk
	g, c := d.graph(), it.Claim
	var words []string
	if withSpeaker && c.Position != nil {
		words = append(words, dossier.Told(g, c, d.lang()))
	}
	if withSpeaker && it.Speaker != "" && it.Speaker != in.shown && it.Speaker != it.Other {
		words = append(words, d.say("inspector.speaker", "who", d.Name(it.Speaker)))
	}
	for _, b := range c.Basis {
		if info := g.Schema().Basis(b); info != nil {
			words = append(words, info.Label.In(d.lang()))
		}
	}
	if len(words) > 0 {
		i.Lines = append(i.Lines, widgets.Line{Text: strings.Join(words, " · ")})
	}
	if it.Disputed() {
		i.Lines = append(i.Lines, widgets.Line{Text: in.disputedBy(it), Color: widgets.ColorDisputed})
	}
	var state []string
	if it.Status != graphstore.StatusCurrent {
		state = append(state, d.say("claim.status."+string(it.Status)))
	}
	if it.Unsourced {
		state = append(state, d.say("claim.unsourced"))
	}
	if len(state) > 0 {
		i.Lines = append(i.Lines, widgets.Line{Text: strings.Join(state, " · ")})
	}
	if len(i.Lines) == 0 {
		i.Lines = append(i.Lines, widgets.Line{Text: d.say("inspector.open-claim")})
	}
	i.OnTap = func() { d.Editor.Inspect(c.ID) }
	i.OnMenu = func(at fyne.Position) { d.Menu(at, c.ID) }
}

// disputedBy names who disputes a claim.
func (in *Inspector) disputedBy(it dossier.Item) string {
	g := in.desk.graph()
	var names []string
	seen := map[string]bool{}
	for _, id := range it.DisputedBy {
		c := g.Claim(id)
		who := c.Speaker
		if who == "" {
			who = c.Subject
		}
		if n := in.desk.Name(who); !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	return in.desk.say("inspector.disputed-by", "name", strings.Join(names, ", "))
}

// button returns a small button of a page.
func (in *Inspector) button(key string, f func()) fyne.CanvasObject {
	b := widgets.NewButton(in.desk.say(key), f)
	return b
}

// canEdit reports whether the case takes edits; buttons that would edit are left out otherwise.
func (in *Inspector) canEdit() bool {
	s := in.desk.Editor.Status()
	return !s.ReadOnly && !s.Drawing
}
