package panel

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// form is a sheet of labelled fields; each can be marked wrong with the reason.
type form struct {
	*widgets.Sheet
	desk    *Desk
	fields  []*field
	fresh   freshRecords
	changed func() // a choice was made that others may depend on
}

// field is one labelled input of a form.
type field struct {
	key   string // JSON name of the record's field
	input fyne.CanvasObject
	focus fyne.Focusable
	fault *widgets.Prose
	hint  *widgets.Prose
	row   *fyne.Container
}

func newForm(d *Desk, s *widgets.Sheets, title string) *form {
	f := &form{Sheet: s.New(title), desk: d}
	f.Width = 640
	return f
}

// label is the width of a form's labels.
const labelWidth float32 = 132

// formRow puts a label before an input and what is said of it below.
type formRow struct{}

// Layout places label, input, fault and hint.
func (formRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - labelWidth
	o[0].Move(fyne.NewPos(0, 8))
	o[0].Resize(fyne.NewSize(labelWidth-8, o[0].MinSize().Height))
	y := float32(3)
	for _, x := range o[1:] {
		if !x.Visible() {
			continue
		}
		if x.Size().Width != w {
			x.Resize(fyne.NewSize(w, x.MinSize().Height))
		}
		h := x.MinSize().Height
		x.Move(fyne.NewPos(labelWidth, y))
		x.Resize(fyne.NewSize(w, h))
		y += h
	}
}

// MinSize is the heights of what stands at the right.
func (formRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(labelWidth+120, 3)
	for _, x := range o[1:] {
		if x.Visible() {
			s.Height += x.MinSize().Height
		}
	}
	s.Height = max(s.Height, o[0].MinSize().Height+8)
	return s.AddWidthHeight(0, 3)
}

// field adds an input under a label.
func (f *form) field(key, label string, input fyne.CanvasObject, focus fyne.Focusable) *field {
	x := &field{key: key, input: input, focus: focus}
	x.fault = widgets.NewProse("", widgets.ColorDisputed)
	x.fault.Small, x.fault.Role, x.fault.Inset = true, "error", 2
	x.hint = widgets.NewProse("", widgets.ColorDim)
	x.hint.Small, x.hint.Inset = true, 2
	x.row = container.New(formRow{}, labelText(label), input, x.fault, x.hint)
	f.fields = append(f.fields, x)
	f.Add(x.row)
	return x
}

// labelText returns the label of a field, in as many lines as it takes.
func labelText(label string) fyne.CanvasObject {
	size := theme.Size(theme.SizeNameCaptionText) + 1
	box := container.New(widgets.Stacked())
	for _, line := range widgets.Wrap(label, size, fyne.TextStyle{}, labelWidth-8) {
		t := canvas.NewText(line, widgets.Themed(widgets.ColorDim))
		t.TextSize = size
		box.Add(t)
	}
	return box
}

// entry returns an input of one line with the form's keys.
func (f *form) entry(text string) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(text)
	e.OnKey = f.Key
	return e
}

// area returns an input of several lines; Ctrl+Enter presses the main button.
func (f *form) area(text string, rows int) *widgets.Entry {
	e := widgets.NewArea(rows)
	e.SetText(text)
	e.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && f.Key(k) }
	e.OnShortcut = func(s fyne.Shortcut) bool {
		if strings.HasSuffix(s.ShortcutName(), "+Return") {
			f.OnEnter()
			return true
		}
		return false
	}
	return e
}

func (f *form) chips(one bool, list ...widgets.Chip) *widgets.Chips {
	c := widgets.NewChips(one, list...)
	c.OnKey = func(k *fyne.KeyEvent) bool { return f.Key(k) }
	return c
}

func (f *form) words(one bool, list []graphstore.WordInfo, withID bool, set ...string) *widgets.Chips {
	var chips []widgets.Chip
	for _, w := range list {
		text := w.Label.In(f.desk.lang())
		if withID {
			text = w.ID + " " + text
		}
		chips = append(chips, widgets.Chip{ID: w.ID, Text: text})
	}
	c := f.chips(one, chips...)
	c.Set(set...)
	return c
}

// date adds a field for a date as people type it.
func (f *form) date(key, label string, d graphstore.Date) *widgets.Entry {
	e := f.entry(typedDate(f.desk, d))
	e.SetPlaceHolder(f.desk.say("form.date-example"))
	x := f.field(key, label, e, e)
	e.OnChanged = func(s string) {
		f.clear(x)
		parsed, err := graphstore.ParseDate(s)
		if err != nil || parsed.Zero() {
			x.hint.Say("")
		} else {
			x.hint.Say(f.desk.words().Date(parsed) + " · " + f.desk.say("precision."+string(parsed.Precision)))
		}
	}
	e.OnFocus = func(on bool) {
		if !on {
			f.readDate(key, e)
		}
	}
	return e
}

// typedDate writes a date so that ParseDate reads it back.
func typedDate(d *Desk, date graphstore.Date) string {
	if date.Zero() {
		return ""
	}
	if date.Precision == graphstore.PrecisionCirca {
		return "circa " + date.Value
	}
	text := d.words().Date(date)
	if back, err := graphstore.ParseDate(text); err == nil && back == date {
		return text
	}
	return date.Value
}

// readDate returns the date typed into e and marks its field if it is none.
func (f *form) readDate(key string, e *widgets.Entry) (graphstore.Date, bool) {
	d, err := graphstore.ParseDate(e.Text)
	if err != nil {
		f.fail(key, f.desk.say("form.bad-date", "text", strings.TrimSpace(e.Text)))
		return d, false
	}
	f.fail(key, "")
	return d, true
}

// find returns the field of a key; "evidence[0].document" falls back on "evidence".
func (f *form) find(key string) *field {
	for key != "" {
		for _, x := range f.fields {
			if x.key == key {
				return x
			}
		}
		cut := strings.LastIndexAny(key, ".[")
		if cut < 0 {
			break
		}
		key = key[:cut]
	}
	return nil
}

// fail marks a field wrong, or right where reason is empty. It reports whether the field is there.
func (f *form) fail(key, reason string) bool {
	x := f.find(key)
	if x == nil {
		return false
	}
	if x.fault.Text != reason {
		x.fault.Say(reason)
		f.Body.Refresh()
	}
	return true
}

func (f *form) clear(x *field) {
	if x.fault.Text != "" {
		x.fault.Say("")
		f.Body.Refresh()
	}
}

// clearAll unmarks every field.
func (f *form) clearAll() {
	for _, x := range f.fields {
		f.clear(x)
	}
}

// worst takes the keyboard to the first field that is marked and reports whether there is one.
func (f *form) worst() bool {
	for _, x := range f.fields {
		if x.fault.Text != "" && x.row.Visible() {
			if x.focus != nil {
				f.Canvas.Focus(x.focus)
			}
			f.Reveal(x.row)
			return true
		}
	}
	return false
}

// refuse marks the field an error belongs to; what belongs to none is shown below the last field.
func (f *form) refuse(err error) {
	var fe *graphstore.FieldError
	if errors.As(err, &fe) && f.fail(fe.Field, fe.Reason) {
		f.worst()
		return
	}
	last := f.fields[len(f.fields)-1]
	last.fault.Say(err.Error())
	f.Body.Refresh()
	f.Reveal(last.row)
}

// list splits "a, b; c" into its words.
func list(text string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
