package ui

import (
	"image/color"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"caveat/app/ui/widgets"
	"caveat/assets"
)

// showCenter shows the case, or the welcome page, or what is being opened.
func (w *Window) showCenter() {
	opening, done := "", -1.0
	for _, j := range w.editor.Jobs() {
		if j.Kind == "open" {
			opening, done = j.Title, j.Done
		}
	}
	var want fyne.CanvasObject = w.panes
	state := "case"
	switch {
	case w.editor.Case() != nil:
	case opening != "":
		if state = "opening" + opening; done >= 0 {
			state += "%"
		}
	default:
		state = "welcome" + w.words().Lang() + w.editor.Theme().Name
	}
	if w.menus.center == state {
		if w.opened != nil && done >= 0 {
			w.opened.SetValue(done)
		}
		return
	}
	w.menus.center = state
	switch {
	case state == "case":
	case opening != "":
		want = w.openingPage(opening, done)
	default:
		want = w.welcomePage()
	}
	if opening == "" {
		w.stopOpening()
	}
	w.center.Objects = []fyne.CanvasObject{want}
	w.center.Refresh()
	w.focusCanvas()
}

// stopOpening ends the bars of the page that is shown while a case is being opened.
func (w *Window) stopOpening() {
	if w.opening != nil {
		w.opening.Stop() // one that is only taken off the window goes on repainting it
	}
	w.opening, w.opened = nil, nil
}

// openingPage says what is being opened and how much of it is done, where that is known: a bar that only moves
// has the window drawn sixty times a second, which takes a core from what it waits for.
func (w *Window) openingPage(title string, done float64) fyne.CanvasObject {
	t := canvas.NewText(title, theme.Color(theme.ColorNameForeground))
	w.stopOpening()
	var bar fyne.CanvasObject
	if done < 0 {
		w.opening = widget.NewProgressBarInfinite()
		bar = w.opening
	} else {
		w.opened = widget.NewProgressBar()
		w.opened.SetValue(done)
		bar = w.opened
	}
	cancel := widgets.NewButton(w.say("button.cancel"), func() { w.editor.CancelJob("open") })
	return widgets.NewGround(theme.ColorNameBackground, container.NewCenter(container.NewVBox(container.NewCenter(t), bar, container.NewCenter(cancel))))
}

// welcomePage offers the built-in cases, a new one, opening, and what was open lately.
func (w *Window) welcomePage() fyne.CanvasObject {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("caveat.png", assets.AppIcon()))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(56))
	name := canvas.NewText(w.say("app.name"), theme.Color(theme.ColorNameForeground))
	name.TextSize, name.TextStyle = 26, fyne.TextStyle{Bold: true}
	line := widgets.NewProse(w.say("app.tagline"), widgets.ColorDim)
	line.Inset = 0
	head := container.NewBorder(nil, nil, icon, nil, container.NewVBox(layout.NewSpacer(), name, line, layout.NewSpacer()))
	const startWidth, margins = 680, 48 // of the page; what of a column is not text
	samples := w.column("start.samples")
	for _, s := range assets.Samples() {
		i := widgets.NewItem(w.say("sample." + s + ".title"))
		i.Bold, i.Mark = true, lineIcon("view", theme.Color(theme.ColorNamePrimary))
		i.Lines = widgets.Lines(w.say("sample."+s+".text"), startWidth/2-margins)
		i.OnTap = func() { w.editor.OpenSample(s) }
		samples.Add(i)
	}
	start := w.column("start.title")
	for _, a := range []struct{ icon, name string }{{"new-case", "new"}, {"open", "open"}, {"import", "welcome-import"}} {
		i := widgets.NewItem(w.say("action." + a.name))
		i.Mark = lineIcon(a.icon, theme.Color(theme.ColorNameForeground))
		i.Trail = w.keyOf(a.name)
		i.OnTap = func() { w.welcome(a.name) }
		start.Add(i)
	}
	columns := container.NewGridWithColumns(2, samples, start)
	rows := container.NewVBox(head, columns)
	if recent := w.recents(); len(recent) > 0 {
		box := w.column("start.recent")
		for k, path := range recent {
			if k == 6 {
				break
			}
			i := widgets.NewItem(filepath.Base(path))
			i.Mark = lineIcon("clock", theme.Color(theme.ColorNameForeground))
			i.Trail = shortFolder(filepath.Dir(path))
			i.OnTap = func() { w.editor.OpenFile(path, false) }
			i.SetToolTip(path)
			box.Add(i)
		}
		rows.Add(box)
	}
	return widgets.NewGround(theme.ColorNameBackground, container.NewCenter(container.New(fixedWidth(startWidth), rows)))
}

func (w *Window) column(key string) *fyne.Container {
	h := widgets.NewItem(w.say(key))
	h.Bold, h.Color = true, widgets.ColorDim
	gap := canvas.NewRectangle(color.Transparent) // a spacer would push the shorter column down
	gap.SetMinSize(fyne.NewSize(0, 12))
	return container.NewVBox(gap, h)
}

// welcome runs what the welcome page offers; an import first makes a case to import into.
func (w *Window) welcome(name string) {
	if name == "welcome-import" {
		w.newCase(true)
		return
	}
	w.run(name)
}

// recents lists the cases that were open lately and are still there.
func (w *Window) recents() []string {
	var out []string
	for _, p := range w.opts.Settings.Now().Recent {
		if _, err := os.Stat(p); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// shortFolder writes a folder short enough for a row.
func shortFolder(dir string) string {
	const most = 44
	if home, err := os.UserHomeDir(); err == nil {
		if rel, err := filepath.Rel(home, dir); err == nil && filepath.IsLocal(rel) {
			dir = filepath.Join("~", rel)
		}
	}
	if r := []rune(dir); len(r) > most {
		dir = "…" + string(r[len(r)-most:])
	}
	return dir
}

// fixedWidth gives its child a width.
type fixedWidth float32

// Layout fills the child.
func (f fixedWidth) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Resize(s)
	}
}

// MinSize is the width and the child's height.
func (f fixedWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(float32(f), h)
}
