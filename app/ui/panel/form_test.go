package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

const (
	bsi = graphstore.ID("urn:caveat:e:bsi")
	kav = graphstore.ID("urn:caveat:e:kav")
)

func choose(t *testing.T, p *widgets.Picker, text, want string) {
	t.Helper()
	for _, c := range p.Find(text) {
		if c.Text == want || c.New && want == "new" {
			p.Choose(c)
			if p.OnChoose != nil {
				p.OnChoose(c)
			}
			return
		}
	}
	t.Fatalf("%q does not suggest %q", text, want)
}

func TestClaimFormMarksEachWrongField(t *testing.T) {
	b := newBench(t)
	before := b.Editor.Graph()
	f := NewClaimForm(b.Desk, b.sheets, bsi, "")
	f.said.SetText("31 Feb 2020")
	f.from.SetText("soon")
	f.scope.region.SetText("Germany")
	row := f.evidence.add(graphstore.Evidence{})
	row.locator.SetText("p. 3")
	f.OnEnter()
	for _, key := range []string{"object", "predicate", "said_at", "valid_from", "scope.region", "evidence"} {
		if x := f.find(key); x == nil || x.fault.Text == "" {
			t.Errorf("%s is not marked", key)
		}
	}
	for _, key := range []string{"subject", "speaker", "valid_to", "note"} {
		if x := f.find(key); x.fault.Text != "" {
			t.Errorf("%s is marked: %s", key, x.fault.Text)
		}
	}
	if b.sheets.Top() != f.Sheet || b.Editor.Graph() != before {
		t.Error("a wrong form closed or saved")
	}
	choose(t, f.predicate, "takes", "takes a position on")
	choose(t, f.object.Picker, "Kaspersky antivirus", "Kaspersky antivirus")
	f.OnEnter()
	if f.find("predicate").fault.Text != "" || f.find("object").fault.Text != "" || f.find("position").fault.Text == "" {
		t.Error("marks did not follow: a position is missing now, relation and object are not")
	}
}

func TestClaimFormSavesEverythingInOneStep(t *testing.T) {
	b := newBench(t)
	n := b.Editor.Graph().Count()
	f := NewClaimForm(b.Desk, b.sheets, bsi, "")
	if f.speaker.Chosen() == nil || f.speaker.Chosen().ID != string(bsi) {
		t.Error("the subject does not speak for itself")
	}
	choose(t, f.object.Picker, "Cloud Shield", "new")
	f.object.kinds.Set("product")
	f.object.kinds.OnChange()
	choose(t, f.predicate, "takes", "takes a position on")
	f.position.Set("-2")
	f.said.SetText("circa 2019")
	f.bases.Set("audit", "geopolitical")
	row := f.evidence.add(graphstore.Evidence{})
	choose(t, row.doc, "https://example.org/notice", "new")
	if row.url.Text != "https://example.org/notice" {
		t.Errorf("the address typed became %q", row.url.Text)
	}
	row.title.SetText("A notice")
	row.locator.SetText("par. 2")
	f.reliability.Set("B")
	f.credibility.Set("2")
	f.note.SetText("**weighty**")
	f.OnEnter()
	b.settle()
	g := b.Editor.Graph()
	if m := g.Count(); m.Entities != n.Entities+1 || m.Claims != n.Claims+1 || m.Documents != n.Documents+1 {
		t.Fatalf("counts %+v, before %+v; said: %s", m, n, faults(f.form))
	}
	c := g.Claim(b.Editor.Inspected())
	switch {
	case c == nil:
		t.Fatal("the new claim is not looked at")
	case c.Subject != bsi || c.Speaker != bsi || c.Predicate != graphstore.TakesPos || c.Position == nil || *c.Position != -2:
		t.Errorf("claim %+v", c)
	case c.SaidAt != (graphstore.Date{Value: "2019", Precision: graphstore.PrecisionCirca}):
		t.Errorf("said at %+v", c.SaidAt)
	case len(c.Basis) != 2 || c.Reliability != "B" || c.Credibility != 2 || c.Note != "**weighty**":
		t.Errorf("details %+v", c)
	case len(c.Evidence) != 1 || g.Document(c.Evidence[0].Document).URL != "https://example.org/notice" || c.Evidence[0].Locator != "par. 2" || c.Evidence[0].Role != "asserts":
		t.Errorf("evidence %+v", c.Evidence)
	case g.Entity(c.Object.ID) == nil || g.Entity(c.Object.ID).Kind != "product":
		t.Errorf("object %+v", g.Entity(c.Object.ID))
	}
	check(t, b.Editor.Undo())
	b.settle()
	if m := b.Editor.Graph().Count(); m.Entities != n.Entities || m.Claims != n.Claims || m.Documents != n.Documents {
		t.Errorf("one undo leaves %+v of %+v", m, n)
	}
}

func faults(f *form) string {
	var out []string
	for _, x := range f.fields {
		if x.fault.Text != "" {
			out = append(out, x.key+": "+x.fault.Text)
		}
	}
	return strings.Join(out, "; ")
}

// TestEditFormChangesNothingByItself opens and saves every claim of the case untouched.
func TestEditFormChangesNothingByItself(t *testing.T) {
	b := newBench(t)
	g := b.Editor.Graph()
	for c := range g.Claims() {
		f := EditClaimForm(b.Desk, b.sheets, c)
		got, ok := f.read()
		if !ok {
			t.Errorf("%s: %s", c.ID, faults(f.form))
		}
		want, err := graphstore.EncodeRecord(c)
		check(t, err)
		have, err := graphstore.EncodeRecord(got)
		check(t, err)
		if string(want) != string(have) {
			t.Errorf("untouched the form makes\n%s\nof\n%s", have, want)
		}
		f.Close()
	}
}

func TestEntityFormKeepsNamesAndIdentifiers(t *testing.T) {
	b := newBench(t)
	before := b.Editor.Graph().Entity(bsi)
	f := EditEntityForm(b.Desk, b.sheets, before)
	f.OnEnter()
	b.settle()
	same := func(e *graphstore.Entity) string {
		raw, err := graphstore.EncodeRecord(e)
		check(t, err)
		return string(raw)
	}
	if got := b.Editor.Graph().Entity(bsi); same(got) != same(before) {
		t.Errorf("untouched the form makes\n%s\nof\n%s", same(got), same(before))
	}
	f = EditEntityForm(b.Desk, b.sheets, before)
	f.name.SetText(" ")
	f.ids.SetText("no scheme")
	f.country.SetText("Germany")
	f.OnEnter()
	for _, key := range []string{"names", "identifiers", "country"} {
		if f.find(key).fault.Text == "" {
			t.Errorf("%s is not marked", key)
		}
	}
}

func TestFittingPredicatesComeFirst(t *testing.T) {
	b := newBench(t)
	list := predicateChoices(b.Desk, "", "regulator", "product", false)
	if len(list) == 0 || list[0].ID != string(graphstore.TakesPos) {
		t.Errorf("a regulator about a product: %v", list)
	}
	for _, c := range predicateChoices(b.Desk, "", "vendor", "", true)[:3] {
		if p := b.Editor.Graph().Schema().Predicate(graphstore.Predicate(c.ID)); p.Group != graphstore.GroupClaims && !p.OnClaims {
			t.Errorf("about a claim: %s", c.ID)
		}
	}
	if list := predicateChoices(b.Desk, "disp", "vendor", "product", false); len(list) == 0 || list[0].ID != "disputes" {
		t.Errorf("typed disp: %v", list)
	}
}

func TestEscapeLeavesEveryForm(t *testing.T) {
	b := newBench(t)
	g := b.Editor.Graph()
	var doc *graphstore.Document
	for d := range g.Documents() {
		doc = d
		break
	}
	for _, open := range []func(){
		func() { NewClaimForm(b.Desk, b.sheets, bsi, kav) },
		func() { EditEntityForm(b.Desk, b.sheets, g.Entity(bsi)) },
		func() { EditDocumentForm(b.Desk, b.sheets, doc) },
	} {
		open()
		focused := b.win.Canvas().Focused()
		if focused == nil {
			t.Fatal("no input has the keyboard")
		}
		for range 2 { // the first may close a list of suggestions
			if b.sheets.Top() != nil {
				focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
		}
		if b.sheets.Top() != nil {
			t.Error("Escape does not leave the form")
		}
	}
	if b.Editor.Graph() != g {
		t.Error("leaving changed the case")
	}
}

func TestANewDocumentComesIntoTheCase(t *testing.T) {
	b := newBench(t)
	before := b.Editor.Graph().Count().Documents
	f := NewDocumentForm(b.Desk, b.sheets)
	f.save()
	if b.sheets.Top() == nil || b.Editor.Graph().Count().Documents != before {
		t.Fatal("a document without title and address was taken")
	}
	f.title.SetText("A decree")
	f.published.SetText("Nov 2018")
	f.save()
	b.settle()
	d := b.Editor.Graph().Document(b.Editor.Inspected())
	if b.sheets.Top() != nil || d == nil || d.Title != "A decree" || d.PublishedAt.Value != "2018-11" || b.Editor.Graph().Count().Documents != before+1 {
		t.Errorf("the inspector shows %+v", d)
	}
}
