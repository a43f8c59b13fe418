package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// TestEveryRecordHasAPageWhoseNamesAreLinks goes through all entities, claims and documents of the case.
func TestEveryRecordHasAPageWhoseNamesAreLinks(t *testing.T) {
	b := newBench(t)
	in := NewInspector(b.Desk)
	g := b.Editor.Graph()
	pages, links := 0, 0
	look := func(id graphstore.ID, names ...graphstore.ID) {
		b.Editor.Inspect(id)
		in.Show()
		if b.Editor.Inspected() != id {
			t.Fatalf("%s is not looked at", id)
		}
		pages++
		have := map[string]bool{}
		for _, i := range items(in.scroll.Content) {
			if i.OnTitle != nil {
				links++
				have[i.Title] = true
			}
		}
		for _, n := range names {
			if n != "" && n != id && !have[b.Name(n)] {
				t.Errorf("the page of %s has no link to %s", id, b.Name(n))
			}
		}
	}
	for e := range g.Entities() {
		look(e.ID)
	}
	for c := range g.Claims() {
		names := []graphstore.ID{c.Subject, c.Object.ID, c.Speaker, c.ReportedBy}
		for _, ev := range c.Evidence {
			names = append(names, ev.Document)
		}
		for a := range g.Attacks(c.ID) {
			names = append(names, a.Speaker)
		}
		look(c.ID, names...)
	}
	for d := range g.Documents() {
		look(d.ID)
	}
	if n := g.Count(); pages != n.Entities+n.Claims+n.Documents || links < 3*pages {
		t.Errorf("%d pages with %d links", pages, links)
	}
}

// TestLinksLeadThere presses every link of a page.
func TestLinksLeadThere(t *testing.T) {
	b := newBench(t)
	in := NewInspector(b.Desk)
	const bsi = graphstore.ID("urn:caveat:e:bsi")
	b.Editor.Inspect(bsi)
	in.Show()
	pressed := 0
	for _, i := range items(in.scroll.Content) {
		if i.OnTitle == nil {
			continue
		}
		i.OnTitle()
		if now := b.Editor.Inspected(); now == bsi {
			t.Errorf("the link %q leads nowhere", i.Title)
		} else if c := b.Editor.Graph().Claim(now); c == nil && b.Name(now) != i.Title {
			t.Errorf("the link %q leads to %s", i.Title, b.Name(now))
		}
		pressed++
		b.Editor.Inspect(bsi)
	}
	if pressed < 5 {
		t.Errorf("only %d links", pressed)
	}
}

// TestDisputedClaimsSayWhoDisputes holds for every row of every entity.
func TestDisputedClaimsSayWhoDisputes(t *testing.T) {
	b := newBench(t)
	in := NewInspector(b.Desk)
	g := b.Editor.Graph()
	marked := 0
	for e := range g.Entities() {
		want := 0
		d := dossier.OfEntity(g, e.ID, b.Now())
		for _, list := range [][]dossier.Section{d.Says, d.Said} {
			for _, s := range list {
				for _, i := range s.Items {
					if i.Disputed() {
						want++
					}
				}
			}
		}
		b.Editor.Inspect(e.ID)
		in.Show()
		got := 0
		for _, i := range items(in.scroll.Content) {
			for _, l := range i.Lines {
				if l.Color == widgets.ColorDisputed {
					got++
				}
			}
		}
		if got < want {
			t.Errorf("%s: %d rows say who disputes, %d are disputed", b.Name(e.ID), got, want)
		}
		marked += got
	}
	if marked == 0 {
		t.Error("nothing is disputed in this case")
	}
}

func TestOutlineBoxesFilterAndUndo(t *testing.T) {
	b := newBench(t)
	o := NewOutline(b.Desk)
	o.Show()
	shown := b.Editor.Scene().Len()
	var box *widgets.Item
	for _, i := range items(o.scroll.Content) {
		if i.Check == widgets.Checked && i.Title == "governments" {
			box = i
		}
	}
	if box == nil {
		t.Fatal("no box for governments")
	}
	box.OnTap()
	b.settle()
	if got := b.Editor.Scene().Len(); got >= shown {
		t.Errorf("%d nodes shown, before %d", got, shown)
	}
	check(t, b.Editor.Undo())
	b.settle()
	if got := b.Editor.Scene().Len(); got != shown {
		t.Errorf("after undo %d nodes shown, before %d", got, shown)
	}
}

func TestPickerTakesWhatIsLit(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	f := widgets.NewFloats()
	p := widgets.NewPicker(f, func(s string) []widgets.Choice {
		return []widgets.Choice{{ID: "1", Text: s + " one"}, {ID: "2", Text: s + " two"}}
	})
	w.SetContent(p.Entry)
	w.Canvas().Focus(p.Entry)
	press := func(k fyne.KeyName) { p.TypedKey(&fyne.KeyEvent{Name: k}) }
	test.Type(p.Entry, "x")
	if list, at := p.Suggestions(); len(list) != 2 || at != 0 {
		t.Fatalf("suggests %v, lit %d", list, at)
	}
	press(fyne.KeyDown)
	press(fyne.KeyReturn)
	if c := p.Chosen(); c == nil || c.ID != "2" || p.Text != "x two" {
		t.Fatalf("took %v, text %q", c, p.Text)
	}
	test.Type(p.Entry, "z")
	press(fyne.KeyUp)
	if _, at := p.Suggestions(); at != 1 {
		t.Errorf("Up from the first lights %d", at)
	}
	test.Type(p.Entry, "y")
	if p.Chosen() != nil {
		t.Error("still chosen after more was typed")
	}
	press(fyne.KeyEscape)
	if list, _ := p.Suggestions(); list != nil {
		t.Error("Escape leaves the list open")
	}
	press(fyne.KeyDown)
	w.Canvas().Unfocus()
	if c := p.Chosen(); c == nil || c.ID != "1" {
		t.Errorf("leaving the input took %v", c)
	}
}

func TestChipsGoByKeys(t *testing.T) {
	test.NewTempApp(t)
	c := widgets.NewChips(true, widgets.Chip{ID: "a", Text: "A"}, widgets.Chip{ID: "b", Text: "B"}, widgets.Chip{ID: "c", Text: "C"})
	c.Resize(fyne.NewSize(200, 40))
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeySpace, fyne.KeyRight, fyne.KeyRight, fyne.KeySpace} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if got := strings.Join(c.Chosen(), ","); got != "c" {
		t.Errorf("one of a group: %s", got)
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := c.Chosen(); len(got) != 0 {
		t.Errorf("a second press leaves %v", got)
	}
}
