package ui

import (
	"image"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/settings"
	"caveat/app/ui/widgets"
	"caveat/app/words"
	"caveat/assets"
)

// choice is a labelled group of choices on a page.
type choice struct {
	*widgets.Chips
	rows []fyne.CanvasObject
}

// show shows or hides it with its label.
func (c choice) show(on bool) {
	for _, o := range c.rows {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// setting adds a choice to a page.
func setting(s *widgets.Sheet, label string, chips *widgets.Chips) choice {
	h := widgets.NewItem(label)
	h.Color = widgets.ColorDim
	chips.OnKey = s.Key
	c := choice{chips, []fyne.CanvasObject{h, container.New(indent{}, chips)}}
	s.Add(c.rows...)
	return c
}

// indent sets its child in from the left.
type indent struct{}

// Layout places the child.
func (indent) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(8, 0))
		x.Resize(fyne.NewSize(s.Width-16, s.Height))
	}
}

// MinSize is the child's.
func (indent) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width+16, m.Height+4)
}

// settingsPage changes language, theme, movement and the user's name.
func (w *Window) settingsPage() {
	s := w.sheets.New(strings.TrimSuffix(w.say("action.settings"), "…"))
	now := w.opts.Settings.Now()
	var langs []widgets.Chip
	for _, l := range words.Languages() {
		langs = append(langs, widgets.Chip{ID: l, Text: map[string]string{"en": "English", "nl": "Nederlands", "de": "Deutsch", "fr": "Français"}[l]})
	}
	lang := setting(s, w.say("settings.language"), widgets.NewChips(true, langs...))
	lang.Set(w.words().Lang())
	var themes []widgets.Chip
	for _, t := range []string{"system", ThemeLight, ThemeDark, ThemeContrast} {
		themes = append(themes, widgets.Chip{ID: t, Text: w.say("settings.theme." + t)})
	}
	look := setting(s, w.say("settings.theme"), widgets.NewChips(true, themes...))
	choice := w.themeChoice()
	if choice == ThemeSystem {
		choice = "system"
	}
	look.Set(choice)
	move := setting(s, w.say("settings.animate"), widgets.NewChips(true, widgets.Chip{ID: "on", Text: w.say("settings.on")}, widgets.Chip{ID: "off", Text: w.say("settings.off")}))
	move.Set("on")
	if now.Still {
		move.Set("off")
	}
	further := w.furtherQuestions(s)
	h := widgets.NewItem(w.say("settings.name"))
	h.Color = widgets.ColorDim
	name := widgets.NewEntry()
	name.SetText(now.User)
	name.OnKey = s.Key
	note := widgets.NewProse(w.say("settings.name-note"), widgets.ColorDim)
	note.Small = true
	s.Add(h, container.New(indent{}, name), note)
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.save"), true, func() {
		s.Close()
		w.remember(func(x *settings.Settings) {
			x.Still, x.User, x.Questions = move.First() == "off", strings.TrimSpace(name.Text), further.Chosen()
		})
		w.editor.CountAnswers()
		if t := strings.TrimPrefix(look.First(), "system"); t != w.themeChoice() {
			w.setTheme(t)
		}
		if l := lang.First(); l != "" && l != w.words().Lang() {
			w.setLanguage(l)
		}
	})
	w.sheets.Show(s, lang.Chips)
}

// exportPage asks what to write and where.
func (w *Window) exportPage() {
	s := w.sheets.New(w.say("export.title"))
	s.Width = 560
	drawing := w.editor.Graph() == nil
	var formats []widgets.Chip
	for _, f := range editor.Formats() {
		if drawing && !picture(f) {
			continue
		}
		formats = append(formats, widgets.Chip{ID: f, Text: w.say("export.format." + f)})
	}
	format := setting(s, w.say("export.format"), widgets.NewChips(true, formats...))
	format.Set("png")
	size := setting(s, w.say("export.size"), widgets.NewChips(true, widgets.Chip{ID: "", Text: w.say("export.size.auto")},
		widgets.Chip{ID: "1280x800", Text: "1280 × 800"}, widgets.Chip{ID: "1920x1080", Text: "1920 × 1080"}, widgets.Chip{ID: "1123x794", Text: w.say("export.size.a4")}, widgets.Chip{ID: "1587x1123", Text: w.say("export.size.a3")}))
	size.Set("")
	scale := setting(s, w.say("export.scale"), widgets.NewChips(true, widgets.Chip{ID: "1", Text: "1×"}, widgets.Chip{ID: "2", Text: "2×"}, widgets.Chip{ID: "3", Text: "3×"}, widgets.Chip{ID: "4", Text: "4×"}))
	scale.Set("2")
	look := setting(s, w.say("settings.theme"), widgets.NewChips(true,
		widgets.Chip{ID: ThemeLight, Text: w.say("settings.theme.light")}, widgets.Chip{ID: ThemeDark, Text: w.say("settings.theme.dark")}, widgets.Chip{ID: ThemeContrast, Text: w.say("settings.theme.contrast")}))
	look.Set(ThemeLight)
	answers := w.answersBox(s)
	path := widgets.NewEntry()
	path.OnKey = s.Key
	fault := widgets.NewProse("", widgets.ColorDisputed)
	fault.Role = "error"
	about := widgets.NewProse("", widgets.ColorDim)
	h := widgets.NewItem(w.say("export.file"))
	h.Color = widgets.ColorDim
	browse := widgets.NewButton(w.say("button.browse-files"), func() {
		w.chooseFile(w.say("export.file"), w.say("button.ok"), filepath.Base(path.Text), true, nil, func(p string) { path.SetText(p) })
	})
	browse.OnKey = s.Key
	s.Add(h, container.New(indent{}, container.NewBorder(nil, nil, nil, browse, path)), fault, about)
	follow := func() {
		f := format.First()
		about.Say(w.say("export.about." + f))
		scale.show(f == "png")
		size.show(picture(f))
		look.show(picture(f) || f == "caveatz")
		answers.Hide()
		if !drawing && (picture(f) || f == "caveatz") {
			answers.Show()
		}
		ext := extensionOf(f)
		base := path.Text
		if base == "" {
			base = filepath.Join(w.exportFolder(), w.caseName())
		}
		path.SetText(withExtension(base, ext))
		s.Fit()
	}
	format.OnChange = follow
	follow()
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.export"), true, func() {
		p := strings.TrimSpace(path.Text)
		if p == "" || format.First() == "" || !filepath.IsAbs(p) {
			fault.Say(w.say("export.need-path"))
			s.Fit()
			return
		}
		n, _ := strconv.Atoi(scale.First())
		s.Close()
		w.editor.Export(p, editor.ExportOptions{Format: format.First(), Scale: float32(max(n, 1)), Theme: look.First(), Size: sizeOf(size.First(), picture(format.First())),
			Answers: answers.Check == widgets.Checked})
	})
	w.sheets.Show(s, format.Chips)
}

// picture reports whether an export format is a picture of its own.
func picture(format string) bool { return format == "png" || format == "svg" || format == "pdf" }

// sizeOf reads "1280x800"; none for other formats than pictures.
func sizeOf(text string, picture bool) (p image.Point) {
	if w, h, ok := strings.Cut(text, "x"); ok && picture {
		p.X, _ = strconv.Atoi(w)
		p.Y, _ = strconv.Atoi(h)
	}
	return p
}

// answersBox is the box that prints the answers with what is exported. Where there are none it says so and
// cannot be checked.
func (w *Window) answersBox(s *widgets.Sheet) *widgets.Item {
	box := widgets.NewItem(w.say("export.answers"))
	box.Check = widgets.Unchecked
	box.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && s.Key(k) }
	if len(w.editor.PrintedAnswers()) == 0 {
		box.Color, box.Lines = widgets.ColorDim, []widgets.Line{{Text: w.say("export.answers-none")}}
	} else {
		box.Lines = []widgets.Line{{Text: w.say("export.answers-about")}}
		box.OnTap = func() {
			if box.Check == widgets.Checked {
				box.Check = widgets.Unchecked
			} else {
				box.Check = widgets.Checked
			}
			box.Refresh()
		}
	}
	s.Add(box)
	return box
}

// exportExtensions are how files of the formats end.
var exportExtensions = []struct{ format, ext string }{
	{"png", ".png"}, {"svg", ".svg"}, {"pdf", ".pdf"}, {"caveatz", ".caveatz"}, {"bundle", ".jsonl"}, {"nquads", ".nq"},
}

func extensionOf(format string) string {
	for _, x := range exportExtensions {
		if x.format == format {
			return x.ext
		}
	}
	return "." + format
}

// withExtension gives a path another ending, in place of one of ours.
func withExtension(path, ext string) string {
	for _, x := range exportExtensions {
		if strings.HasSuffix(strings.ToLower(path), x.ext) {
			return path[:len(path)-len(x.ext)] + ext
		}
	}
	return path + ext
}

func (w *Window) exportFolder() string {
	if f := w.opts.Settings.Now().Folder; f != "" {
		return f
	}
	return w.homeFolder()
}

// samplesPage offers the built-in cases.
func (w *Window) samplesPage() {
	s := w.sheets.New(w.say("start.samples"))
	var first fyne.Focusable
	for _, name := range assets.Samples() {
		i := widgets.NewItem(w.say("sample." + name + ".title"))
		i.Bold, i.Mark = true, lineIcon("view", theme.Color(theme.ColorNamePrimary))
		i.Lines = []widgets.Line{{Text: w.say("sample." + name + ".text")}}
		i.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && s.Key(k) }
		i.OnTap = func() { s.Close(); w.editor.OpenSample(name) }
		if first == nil {
			first = i
		}
		s.Add(i)
	}
	s.Button(w.say("button.cancel"), false, s.Cancel)
	w.sheets.Show(s, first)
}

// renamePage changes the title of the case.
func (w *Window) renamePage() {
	s := w.sheets.New(strings.TrimSuffix(w.say("action.rename"), "…"))
	e := widgets.NewEntry()
	e.SetText(w.editor.Case().Title)
	e.OnKey = s.Key
	s.Add(e)
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.save"), true, func() {
		if t := strings.TrimSpace(e.Text); t != "" {
			s.Close()
			w.editor.Fail(w.editor.SetTitle(t))
		}
	})
	w.sheets.Show(s, e)
}

// keysPage lists every key of the action table and what the pointer does.
func (w *Window) keysPage() {
	s := w.sheets.New(w.say("action.keys"))
	s.Width = 720
	left, right := container.NewVBox(), container.NewVBox()
	menu, column := "", left
	for _, a := range w.menus.table() {
		if a.Key == "" {
			continue
		}
		if a.Menu != menu {
			if menu = a.Menu; menu == "view" {
				column = right
			}
			m := widgets.NewItem(w.say("menu." + menu))
			m.Bold = true
			column.Add(m)
		}
		i := widgets.NewItem(strings.TrimSuffix(w.editor.ActionTitle(a), "…"))
		i.Trail = w.keyText(a.Key)
		column.Add(i)
	}
	h := widgets.NewItem(w.say("keys.pointer"))
	h.Bold = true
	left.Add(h)
	for _, k := range []string{"hint.click", "hint.more", "hint.wheel", "hint.pan", "hint.map", "hint.drag", "hint.wire", "hint.band", "hint.double", "hint.group", "hint.menu", "hint.arrows", "hint.escape"} {
		left.Add(widgets.NewProse(w.say(k), "foreground"))
	}
	s.Add(container.NewGridWithColumns(2, left, right))
	b := s.Button(w.say("button.close"), true, s.Cancel)
	w.sheets.Show(s, b)
}

// aboutPage says what this is.
func (w *Window) aboutPage() {
	s := w.sheets.New(w.say("app.name"))
	s.Add(widgets.NewProse(w.say("app.tagline"), "foreground"), widgets.NewProse(w.say("about.text"), widgets.ColorDim))
	b := s.Button(w.say("button.close"), true, s.Cancel)
	w.sheets.Show(s, b)
}
