package editor

import (
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// TestFiguresAgreeAtTheCursors moves the time cursors of the view: the figures of the status bar are of the claims that
// the analyses count and the canvas draws, and a claim superseded later is current until then.
func TestFiguresAgreeAtTheCursors(t *testing.T) {
	d := openSample(t)
	whole := d.Status()
	if err := d.ShowAll(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		held, known string
		k02         graphstore.Status
	}{{"", "", graphstore.StatusSuperseded}, {"2018", "", graphstore.StatusCurrent}, {"", "2022-03-14", graphstore.StatusCurrent}, {"", "2022-03-15", graphstore.StatusSuperseded},
		{"2021", "2026", graphstore.StatusCurrent}} {
		var err error
		set := graphstore.View{}
		if set.TrueAt, err = graphstore.ParseDate(c.held); err != nil {
			t.Fatal(err)
		}
		if set.KnownBy, err = graphstore.ParseDate(c.known); err != nil {
			t.Fatal(err)
		}
		if err := d.changeView("cursors", func(v *graphstore.View) { v.TrueAt, v.KnownBy = set.TrueAt, set.KnownBy }); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		g := d.Graph()
		of := dispute.Open(g, dispute.Asked{TrueAt: set.TrueAt, KnownBy: set.KnownBy})
		disputed, unsourced := 0, 0
		for x := range g.Claims() {
			if !of.Counts(x) {
				if _, drawn := d.Scene().EdgeOf(x.ID); drawn {
					t.Errorf("true at %q, known by %q: %s is drawn", c.held, c.known, x.ID)
				}
				continue
			}
			if x.Unsourced() {
				unsourced++
			}
			for by := range g.Attacks(x.ID) {
				if of.Counts(by) {
					disputed++
					break
				}
			}
		}
		s := d.Status()
		if s.Disputed != disputed || s.Unsourced != unsourced || s.Disputed > whole.Disputed {
			t.Errorf("true at %q, known by %q: %d disputed and %d unsourced, not %d and %d", c.held, c.known, s.Disputed, s.Unsourced, disputed, unsourced)
		}
		if got := g.Status(g.Claim("urn:caveat:c:k02"), d.Day()); got != c.k02 {
			t.Errorf("true at %q, known by %q: the inspector says %s", c.held, c.known, got)
		}
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
}
