package panel

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// The types of records a picker may offer.
const (
	typeEntity   graphstore.Type = "entity"
	typeClaim    graphstore.Type = "claim"
	typeDocument graphstore.Type = "document"
)

// suggestions is how many records a picker offers.
const suggestions = 8

// Choices looks text up among the records of these types.
func (d *Desk) Choices(text string, limit int, types ...graphstore.Type) []widgets.Choice {
	var out []widgets.Choice
	for _, hit := range d.Editor.Find(text, limit*3) {
		if len(types) > 0 && !slices.Contains(types, hit.Type) {
			continue
		}
		out = append(out, d.choice(hit.ID, hit.Name))
		if len(out) == limit {
			break
		}
	}
	return out
}

func (d *Desk) choice(id graphstore.ID, matched string) widgets.Choice {
	g := d.graph()
	c := widgets.Choice{ID: string(id), Text: d.Name(id), Mark: d.Mark(id)}
	switch r := g.Record(id).(type) {
	case *graphstore.Entity:
		if k := g.Schema().Kind(r.Kind); k != nil {
			c.Detail = k.Label.In(d.lang())
		}
		if matched != "" && matched != c.Text {
			c.Detail = matched
		}
	case *graphstore.Claim:
		c.Detail = d.say("claim.claim")
	case *graphstore.Document:
		c.Detail = d.say("document.document")
		if r.Publisher != "" {
			c.Detail = r.Publisher
		}
	}
	return c
}

// newPrefix starts the id of a choice that makes a record; literalPrefix that of a plain value.
const (
	newPrefix     = "new:"
	literalPrefix = "literal:"
)

// whoField is a picker for an entity, and perhaps a claim or a value, that can make a new
// entity in the same breath: a row of kinds opens below.
type whoField struct {
	*widgets.Picker
	f       *form
	field   *field
	kinds   *widgets.Chips
	fresh   *graphstore.Entity // the entity to be made, or nil
	claims  bool
	literal func() bool
}

// who adds a whoField to the form.
func (f *form) who(key, label string, id graphstore.ID, claims bool, fresh *freshRecords) *whoField {
	w := &whoField{f: f, claims: claims}
	w.Picker = widgets.NewPicker(f.Floats, func(text string) []widgets.Choice { return w.look(text, fresh) })
	w.Picker.OnKey = f.Key
	w.Picker.Width = 380
	box := fyne.CanvasObject(w.Picker.Entry)
	w.field = f.field(key, label, box, w.Picker.Entry)
	var kinds []widgets.Chip
	for _, k := range f.desk.graph().Schema().Kinds {
		kinds = append(kinds, widgets.Chip{ID: string(k.ID), Text: k.Label.In(f.desk.lang()), Mark: f.desk.kindMark(&k)})
	}
	w.kinds = f.chips(true, kinds...)
	w.kinds.Hide()
	w.kinds.OnChange = func() {
		if w.fresh != nil {
			w.fresh.Kind = graphstore.Kind(w.kinds.First())
			f.fail(key, "")
		}
	}
	w.field.row.Add(w.kinds)
	w.Picker.OnChoose = func(c widgets.Choice) { w.take(c, fresh) }
	w.Picker.OnClear = func() { w.drop(); f.clear(w.field) }
	if id != "" {
		w.Picker.Choose(f.desk.choice(id, ""))
	}
	return w
}

// freshRecords are the records made in the same breath as the form's own.
type freshRecords struct {
	entities  []*graphstore.Entity
	documents []*graphstore.Document
}

func (w *whoField) look(text string, fresh *freshRecords) []widgets.Choice {
	d := w.f.desk
	types := []graphstore.Type{typeEntity}
	if w.claims {
		types = append(types, typeClaim)
	}
	out := d.Choices(text, suggestions, types...)
	text = strings.TrimSpace(text)
	for _, e := range fresh.entities {
		if text != "" && strings.Contains(strings.ToLower(e.Name("")), strings.ToLower(text)) {
			out = slices.Insert(out, 0, widgets.Choice{ID: string(e.ID), Text: e.Name(""), Detail: d.say("form.new")})
		}
	}
	if text != "" {
		if w.literal != nil && w.literal() {
			out = append(out, widgets.Choice{ID: literalPrefix + text, Text: text, Detail: d.say("form.value")})
		}
		out = append(out, widgets.Choice{ID: newPrefix + text, Text: text, Detail: d.say("form.new-entity"), New: true})
	}
	return out
}

func (w *whoField) take(c widgets.Choice, fresh *freshRecords) {
	w.drop()
	w.f.clear(w.field)
	if c.New {
		w.fresh = &graphstore.Entity{ID: graphstore.NewID(), Names: []graphstore.Name{{Text: c.Text}}}
		fresh.entities = append(fresh.entities, w.fresh)
		w.kinds.Set()
		w.kinds.Show()
		w.f.Body.Refresh()
		w.f.Canvas.Focus(w.kinds)
	}
	if w.f.changed != nil {
		w.f.changed()
	}
}

// drop forgets the entity that was to be made.
func (w *whoField) drop() {
	if w.fresh == nil {
		return
	}
	w.f.fresh.entities = slices.DeleteFunc(w.f.fresh.entities, func(e *graphstore.Entity) bool { return e == w.fresh })
	w.fresh = nil
	w.kinds.Hide()
	w.f.Body.Refresh()
}

// object returns what was chosen, and false with a mark on the field where nothing was.
func (w *whoField) object(required bool) (graphstore.Object, bool) {
	d := w.f.desk
	c := w.Chosen()
	switch {
	case w.fresh != nil && w.fresh.Kind == "":
		w.f.fail(w.field.key, d.say("form.choose-kind"))
		return graphstore.Object{}, false
	case w.fresh != nil:
		return graphstore.Object{ID: w.fresh.ID}, true
	case c != nil && strings.HasPrefix(c.ID, literalPrefix):
		return literal(strings.TrimPrefix(c.ID, literalPrefix)), true
	case c != nil:
		return graphstore.Object{ID: graphstore.ID(c.ID)}, true
	case strings.TrimSpace(w.Text) != "":
		w.f.fail(w.field.key, d.say("form.unknown-name", "text", strings.TrimSpace(w.Text)))
		return graphstore.Object{}, false
	case required:
		w.f.fail(w.field.key, d.say("form.missing"))
		return graphstore.Object{}, false
	}
	return graphstore.Object{}, true
}

// literal makes an object of a plain value: an integer, a decimal number, a day or a text.
func literal(text string) graphstore.Object {
	o := graphstore.Object{Literal: text}
	if day := (graphstore.Date{Value: text, Precision: graphstore.PrecisionDay}); day.Check() == nil {
		o.Datatype = "xsd:date"
		return o
	}
	digits, dots := 0, 0
	for k, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.':
			dots++
		case (r == '-' || r == '+') && k == 0:
		default:
			return o
		}
	}
	switch {
	case digits > 0 && dots == 0:
		o.Datatype = "xsd:integer"
	case digits > 0 && dots == 1:
		o.Datatype = "xsd:decimal"
	}
	return o
}

// kind returns the kind of what was chosen; empty for a claim or nothing.
func (w *whoField) kind() (k graphstore.Kind, isClaim bool) {
	c := w.Chosen()
	if w.fresh != nil {
		return w.fresh.Kind, false
	}
	if c == nil {
		return "", false
	}
	g := w.f.desk.graph()
	if e := g.Entity(graphstore.ID(c.ID)); e != nil {
		return e.Kind, false
	}
	return "", g.Claim(graphstore.ID(c.ID)) != nil
}

// predicateChoices lists the predicates, those that fit subject and object first.
func predicateChoices(d *Desk, text string, subject, object graphstore.Kind, onClaim bool) []widgets.Choice {
	text = strings.ToLower(strings.TrimSpace(text))
	type ranked struct {
		c    widgets.Choice
		rank int
	}
	var list []ranked
	for _, p := range d.graph().Schema().Predicates {
		label := p.Label.In(d.lang())
		match := matchRank(strings.ToLower(label), strings.ToLower(string(p.ID)), text)
		if match < 0 {
			continue
		}
		c := widgets.Choice{ID: string(p.ID), Text: label}
		rank := match
		kind := object
		if onClaim {
			kind = ""
		}
		switch {
		case !onClaim && object == "" && p.Group != graphstore.GroupClaims && (len(p.Domain) == 0 || slices.Contains(p.Domain, subject)):
			c.Detail = d.say("form.fits")
		case (onClaim || object != "") && p.Fits(subject, kind):
			c.Detail = d.say("form.fits")
		default:
			rank += 20
		}
		switch { // who stands where is what this is about
		case p.ID == graphstore.TakesPos:
		case p.Group == graphstore.GroupTrust:
			rank++
		default:
			rank += 2
		}
		list = append(list, ranked{c, rank})
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	var out []widgets.Choice
	for _, r := range list {
		if len(out) == 9 {
			break
		}
		out = append(out, r.c)
	}
	return out
}

// matchRank says how well text meets a label: 0 at its start, 3 at the start of a word, 6 inside, -1 not.
func matchRank(label, id, text string) int {
	switch {
	case text == "" || strings.HasPrefix(label, text) || strings.HasPrefix(id, text):
		return 0
	case strings.Contains(" "+label, " "+text) || strings.Contains("-"+id, "-"+text):
		return 3
	case strings.Contains(label, text) || strings.Contains(id, text):
		return 6
	}
	return -1
}
