package scene

import (
	"image/color"
	"strconv"

	"caveat/app/geom"
	"caveat/graphstore"
)

// LegendEntry explains one sign that occurs in a scene. What it looks like is a mark, a stroke or a
// text about the origin in canvas units; Draw puts it anywhere.
type LegendEntry struct {
	Label  string
	Count  int // how many nodes or edges bear the sign
	Mark   *Mark
	Stroke *Stroke
	Text   *Text
}

// Measures of legend signs in canvas units.
const (
	legendRadius = 8
	legendHalf   = 14 // half length of a stroke
)

// Draw adds the entry's sign to a frame, its middle at a place in device pixels.
func (e *LegendEntry) Draw(f *Frame, at geom.Point) {
	k := f.Scale
	put := func(p geom.Point) geom.Point { return p.Mul(k).Add(at) }
	if e.Mark != nil {
		m := *e.Mark
		m.At, m.Radius, m.Width = put(m.At), m.Radius*k, m.Width*k
		f.Marks = append(f.Marks, m)
	}
	if e.Stroke != nil {
		s := *e.Stroke
		s.A, s.Ctrl, s.B, s.Width = put(s.A), put(s.Ctrl), put(s.B), s.Width*k
		f.Strokes = append(f.Strokes, s)
	}
	if e.Text != nil {
		t := *e.Text
		t.At, t.Size = put(t.At), t.Size*k
		f.Texts = append(f.Texts, t)
	}
}

// signWords are the meanings of signs that have no word of the schema. They stand here and not with
// the window's words because a picture made without a window has a legend too.
var signWords = struct {
	plain, ended, inferred, onClaim, unsourced, contradicted, disputed, bundle, pinned graphstore.Text
}{
	plain:        graphstore.Text{"en": "other claim", "nl": "andere bewering", "de": "andere Aussage", "fr": "autre affirmation"},
	ended:        graphstore.Text{"en": "superseded, expired or retracted", "nl": "vervangen, verlopen of ingetrokken", "de": "ersetzt, abgelaufen oder zurückgezogen", "fr": "remplacée, expirée ou retirée"},
	inferred:     graphstore.Text{"en": "inferred", "nl": "afgeleid", "de": "abgeleitet", "fr": "déduite"},
	onClaim:      graphstore.Text{"en": "claim about a claim", "nl": "bewering over een bewering", "de": "Aussage über eine Aussage", "fr": "affirmation sur une affirmation"},
	unsourced:    graphstore.Text{"en": "no source given", "nl": "zonder bron", "de": "ohne Quelle", "fr": "sans source"},
	contradicted: graphstore.Text{"en": "contradiction found", "nl": "tegenspraak gevonden", "de": "Widerspruch gefunden", "fr": "contradiction trouvée"},
	disputed:     graphstore.Text{"en": "disputed claims about it", "nl": "betwiste beweringen erover", "de": "bestrittene Aussagen darüber", "fr": "affirmations contestées à son sujet"},
	bundle:       graphstore.Text{"en": "several claims in one line", "nl": "meer beweringen in één lijn", "de": "mehrere Aussagen in einer Linie", "fr": "plusieurs affirmations en une ligne"},
	pinned:       graphstore.Text{"en": "place fixed by hand", "nl": "plaats met de hand vastgezet", "de": "Platz von Hand festgelegt", "fr": "place fixée à la main"},
}

// Legend explains what occurs in the scene, in the language given: kinds, then positions, then the
// other signs, each group in the order of the schema. Nil theme is Light.
func (s *Scene) Legend(theme *Theme, lang string) []LegendEntry {
	if theme == nil {
		theme = Light()
	}
	t := &tally{theme: theme, lang: lang}
	t.kinds(s)
	t.edges(s)
	return t.out
}

type tally struct {
	theme *Theme
	lang  string
	out   []LegendEntry
}

func (t *tally) kinds(s *Scene) {
	if s.schema == nil {
		return
	}
	count := make([]int, len(s.schema.Kinds))
	for i := range s.nodes {
		if k := s.nodes[i].kind; k >= 0 {
			count[k]++
		}
	}
	for i, n := range count {
		if n == 0 {
			continue
		}
		info := &s.schema.Kinds[i]
		c := t.theme.Kind(info)
		t.out = append(t.out, LegendEntry{Label: info.Label.In(t.lang), Count: n, Mark: &Mark{Radius: legendRadius, Outline: outlineOf(info.Shape),
			Fill: mix(t.theme.Background, c, t.theme.Tint), Border: c, Ink: c, Width: borderWidth, Icon: info.Icon}})
	}
}

func (t *tally) plate(s string, fill, ink color.NRGBA) *Text {
	return &Text{At: geom.Point{Y: (plateTop - plateBottom) / 2 * badgeSize}, String: s, Size: badgeSize, Bold: true, Color: ink, Plate: fill}
}

func (t *tally) stroke(label string, n int, change func(*Stroke)) {
	if n == 0 {
		return
	}
	s := &Stroke{A: geom.Point{X: -legendHalf}, B: geom.Point{X: legendHalf}, Width: edgeWidth, Color: t.theme.Edge, Head: Arrow}
	change(s)
	t.out = append(t.out, LegendEntry{Label: label, Count: n, Stroke: s})
}

func (t *tally) edges(s *Scene) {
	var positions [256]int
	plain, ended, inferred, on, unsourced, bolts, bundles, disputed, pins := 0, 0, 0, 0, 0, 0, 0, 0, 0
	is := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	for i := range s.edges {
		e := &s.edges[i]
		if e.pos != noPosition {
			positions[uint8(e.pos)]++
		} else {
			is(&plain, e.flags&(edgeDouble|edgeValue) == 0)
		}
		is(&ended, e.flags&edgeDashed != 0)
		is(&inferred, e.flags&edgeDotted != 0)
		is(&on, e.flags&edgeDouble != 0)
		is(&unsourced, e.flags&edgeUnsourced != 0 && e.flags&edgeArrow != 0)
		is(&bolts, e.flags&edgeBolt != 0)
		is(&bundles, e.count > 1)
	}
	for i := range s.nodes {
		is(&disputed, s.nodes[i].disputed > 0)
		is(&pins, s.nodes[i].pin)
	}
	if s.schema != nil {
		for i := range s.schema.Positions {
			p := &s.schema.Positions[i]
			t.stroke(p.Label.In(t.lang), positions[uint8(int8(p.Value))], func(s *Stroke) { s.Color, s.Width = t.theme.Position(p), positionWidth })
		}
	}
	w := &signWords
	if s.rows != nil { // the edges of an edge list need no explanation
		t.stroke(w.plain.In(t.lang), plain, func(*Stroke) {})
	}
	t.stroke(w.onClaim.In(t.lang), on, func(s *Stroke) { s.Double = true })
	t.stroke(w.ended.In(t.lang), ended, func(s *Stroke) { s.Dash = Dashed })
	t.stroke(w.inferred.In(t.lang), inferred, func(s *Stroke) { s.Dash = Dotted })
	t.stroke(w.unsourced.In(t.lang), unsourced, func(s *Stroke) { s.Head = HollowArrow })
	t.stroke(w.contradicted.In(t.lang), bolts, func(s *Stroke) { s.Bolt = true })
	if bundles > 0 {
		t.out = append(t.out, LegendEntry{Label: w.bundle.In(t.lang), Count: bundles, Text: t.plate(strconv.Itoa(maxLanes+1), t.theme.Edge, t.theme.inkOn(t.theme.Edge))})
	}
	if disputed > 0 {
		t.out = append(t.out, LegendEntry{Label: w.disputed.In(t.lang), Count: disputed, Text: t.plate("1", t.theme.Alert, t.theme.AlertInk)})
	}
	if pins > 0 {
		t.out = append(t.out, LegendEntry{Label: w.pinned.In(t.lang), Count: pins, Mark: &Mark{Radius: legendRadius, Fill: t.theme.Background, Border: t.theme.Muted, Width: borderWidth, Pin: true}})
	}
}
