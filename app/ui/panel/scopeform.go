package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// scopeFields bound what a claim covers; they are folded away while empty.
type scopeFields struct {
	f                           *form
	before                      graphstore.Scope
	products                    *productList
	version, process, customers *widgets.Entry
	region, from, to            *widgets.Entry
}

// productList is a picker that gathers several entities.
type productList struct {
	f      *form
	picker *widgets.Picker
	box    *fyne.Container
	ids    []graphstore.ID
}

func newProductList(f *form, ids []graphstore.ID) *productList {
	l := &productList{f: f, box: container.New(widgets.Stacked())}
	l.picker = widgets.NewPicker(f.Floats, func(text string) []widgets.Choice { return f.desk.Choices(text, suggestions, typeEntity) })
	l.picker.OnKey, l.picker.Width = f.Key, 380
	l.picker.SetPlaceHolder(f.desk.say("form.add-product"))
	l.picker.OnChoose = func(c widgets.Choice) {
		l.add(graphstore.ID(c.ID))
		l.picker.Clear()
		f.Body.Refresh()
	}
	for _, id := range ids {
		l.add(id)
	}
	return l
}

func (l *productList) add(id graphstore.ID) {
	for _, have := range l.ids {
		if have == id {
			return
		}
	}
	l.ids = append(l.ids, id)
	i := widgets.NewItem(l.f.desk.Name(id))
	i.Mark = l.f.desk.Mark(id)
	i.Trail = "×"
	i.SetToolTip(l.f.desk.say("button.remove"))
	i.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && l.f.Key(k) }
	i.OnTap = func() {
		for k, have := range l.ids {
			if have == id {
				l.ids = append(l.ids[:k:k], l.ids[k+1:]...)
				break
			}
		}
		l.box.Remove(i)
		l.f.Body.Refresh()
	}
	l.box.Add(i)
}

func newScopeFields(f *form, s graphstore.Scope) *scopeFields {
	w := f.desk.words()
	x := &scopeFields{f: f, before: s}
	var rows []*field
	fold := foldRow(w.Say("field.scope"), !s.IsZero(), func(open bool) {
		for _, r := range rows {
			if open {
				r.row.Show()
			} else {
				r.row.Hide()
			}
		}
		f.Body.Refresh()
	})
	fold.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && f.Key(k) }
	f.Add(fold)
	x.products = newProductList(f, s.Product)
	rows = append(rows, f.field("scope.product", w.Say("field.scope.product"), container.New(widgets.Stacked(), x.products.box, x.products.picker.Entry), x.products.picker.Entry))
	text := func(key, value string) *widgets.Entry {
		e := f.entry(value)
		rows = append(rows, f.field(key, w.Say("field."+key), e, e))
		return e
	}
	x.version = text("scope.version", s.Version)
	x.process = text("scope.process", s.Process)
	x.region = text("scope.region", strings.Join(s.Region, ", "))
	x.region.SetPlaceHolder(w.Say("form.region-example"))
	x.customers = text("scope.customers", s.Customers)
	x.from = f.date("scope.period.from", w.Say("field.scope.from"), s.Period.From)
	x.to = f.date("scope.period.to", w.Say("field.scope.to"), s.Period.To)
	rows = append(rows, f.fields[len(f.fields)-2:]...)
	if s.IsZero() {
		for _, r := range rows {
			r.row.Hide()
		}
	}
	return x
}

// read returns the scope; false with marks where a field is wrong.
func (x *scopeFields) read() (graphstore.Scope, bool) {
	s := graphstore.Scope{
		Product: append([]graphstore.ID(nil), x.products.ids...), Version: strings.TrimSpace(x.version.Text),
		Process: strings.TrimSpace(x.process.Text), Customers: strings.TrimSpace(x.customers.Text),
	}
	ok := true
	for _, r := range list(x.region.Text) {
		r = strings.ToUpper(r)
		if len(r) != 2 {
			x.f.fail("scope.region", x.f.desk.say("form.bad-region", "text", r))
			ok = false
		}
		s.Region = append(s.Region, r)
	}
	var good bool
	s.Period.From, good = x.f.readDate("scope.period.from", x.from)
	ok = ok && good
	s.Period.To, good = x.f.readDate("scope.period.to", x.to)
	return s, ok && good
}
