package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// historyMost is how many steps the history lists.
const historyMost = 300

// historyPage lists what was done to the case, newest first, by whom and when.
func (w *Window) historyPage() {
	w.editor.History(historyMost, func(list []graphstore.Entry) {
		s := w.sheets.New(strings.TrimSuffix(w.say("action.history"), "…"))
		s.Width = 560
		if len(list) == 0 {
			s.Add(widgets.NewProse(w.say("history.empty"), widgets.ColorDim))
		}
		for _, e := range list {
			s.Add(w.historyRow(s, e.Diff))
		}
		undo := s.Button(w.say("action.undo"), false, func() { s.Close(); w.run("undo") })
		if w.ready("undo") != nil {
			undo.Disable()
		}
		b := s.Button(w.say("button.close"), true, s.Cancel)
		w.sheets.Show(s, b)
	})
}

func (w *Window) historyRow(s *widgets.Sheet, d *graphstore.Diff) *widgets.Item {
	title := d.Title
	if title == "" {
		title = w.words().Count("history.records", d.Len())
	}
	switch d.Cause {
	case graphstore.CauseUndo:
		title = w.say("history.undone", "title", title)
	case graphstore.CauseRedo:
		title = w.say("history.redone", "title", title)
	}
	i := widgets.NewItem(title)
	if at, err := time.Parse(time.RFC3339Nano, d.At); err == nil {
		i.Trail = w.words().Day(at.Local()) + " " + at.Local().Format("15:04")
	}
	var target graphstore.ID
	d.Records(func(before, after graphstore.Record) {
		if after != nil && target == "" && after.RecordType() != "view" {
			target = after.RecordID()
		}
	})
	line := d.By
	if g := w.editor.Graph(); target != "" && g.Record(target) != nil {
		if line != "" {
			line += " · "
		}
		line += w.desk.Name(target)
		i.OnTap = func() { s.Close(); w.editor.Inspect(target) }
	}
	if line != "" {
		i.Lines = []widgets.Line{{Text: line}}
	}
	i.Color = theme.ColorNameForeground
	i.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && s.Key(k) }
	return i
}
