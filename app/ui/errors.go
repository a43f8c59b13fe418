package ui

import (
	"errors"
	"io/fs"
	"strings"

	"caveat/app/document"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// faults are the errors that the window knows more about than they say: key
// of what happened (key "error.KEY") and of what to do ("error.KEY.do").
var faults = []struct {
	err error
	key string
}{
	{graphstore.ErrLocked, "locked"}, {graphstore.ErrNewer, "newer"}, {graphstore.ErrNotCase, "not-a-case"}, {graphstore.ErrDamaged, "broken"},
	{graphstore.ErrReadOnly, "read-only"}, {graphstore.ErrFull, "full"}, {graphstore.ErrExists, "exists"}, {graphstore.ErrConflict, "conflict"},
	{document.ErrNothing, "nothing"}, {fs.ErrNotExist, "no-file"}, {fs.ErrPermission, "permission"},
}

// explain says what happened and what to do about it.
func (w *Window) explain(err error) (what, todo string) {
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return w.say("error.what." + f.key), w.say("error.do." + f.key)
		}
	}
	text := err.Error()
	if text == "" {
		return w.say("error.unknown"), ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + ".", ""
}

// showError says what happened and what to do.
func (w *Window) showError(err error) {
	s := w.sheets.New(w.say("error.title"))
	s.Width = 500
	what, todo := w.explain(err)
	s.Add(widgets.NewProse(what, "foreground"))
	if todo != "" {
		s.Add(widgets.NewProse(todo, "foreground"))
	}
	if detail := err.Error(); !strings.EqualFold(detail+".", what) {
		d := widgets.NewProse(detail, widgets.ColorDim)
		d.Small = true
		s.Add(d)
	}
	b := s.Button(w.say("button.close"), true, s.Cancel)
	w.sheets.Show(s, b)
}
