package ui

import (
	"cmp"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
	"caveat/graphstore/exchange/edgelist"
)

// filePage is the page on which a file is chosen: a path to type, with
// suggestions, a folder to look through, and recent files.
type filePage struct {
	w      *Window
	sheet  *widgets.Sheet
	path   *widgets.Picker
	fault  *widgets.Prose
	list   *fyne.Container
	dir    string
	accept func(name string) bool // which files are listed
	save   bool
	done   func(path string)
}

// folderMost is how many entries of a folder are read: huge folders stay quick.
const folderMost = 3000

// listMost is how many of them are listed.
const listMost = 200

// chooseFile opens the page. name is the file suggested when saving.
func (w *Window) chooseFile(title, button, name string, save bool, accept func(string) bool, done func(string)) {
	f := &filePage{w: w, sheet: w.sheets.New(title), accept: accept, save: save, done: done}
	f.dir = w.opts.Settings.Now().Folder
	if f.dir == "" {
		f.dir = w.homeFolder()
	}
	f.path = widgets.NewPicker(f.sheet.Floats, f.complete)
	f.path.Loose = true
	f.path.SetPlaceHolder(w.say("file.path"))
	f.path.OnKey = f.sheet.Key
	f.path.OnChoose = func(c widgets.Choice) { f.open(c.ID) }
	f.fault = widgets.NewProse("", widgets.ColorDisputed)
	f.fault.Role = "error"
	f.list = container.NewVBox()
	f.sheet.Width, f.sheet.Height = 620, 340
	f.sheet.Add(f.path.Entry, f.fault, f.list)
	f.sheet.Button(w.say("button.cancel"), false, f.sheet.Cancel)
	f.sheet.Button(button, true, f.finish)
	f.show(f.dir)
	if name != "" {
		f.path.Choose(widgets.Choice{Text: filepath.Join(f.dir, name)})
	}
	w.sheets.Show(f.sheet, f.path.Entry)
}

func (w *Window) homeFolder() string {
	if home, err := os.UserHomeDir(); err == nil {
		return home
	}
	return string(filepath.Separator)
}

type folderEntry struct {
	name string
	dir  bool
}

// read lists a folder, folders first, at most folderMost entries, without hidden ones.
func (f *filePage) read(dir string) ([]folderEntry, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // only read
	list, err := d.ReadDir(folderMost)
	if err != nil && err != io.EOF {
		return nil, err
	}
	var out []folderEntry
	for _, e := range list {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !e.IsDir() && f.accept != nil && !f.accept(name) {
			continue
		}
		out = append(out, folderEntry{name, e.IsDir()})
	}
	slices.SortFunc(out, func(a, b folderEntry) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.name, b.name))
	})
	return out, nil
}

// show lists a folder and, above it, recent files when opening.
func (f *filePage) show(dir string) {
	w := f.w
	entries, err := f.read(dir)
	if err != nil {
		what, _ := w.explain(err)
		f.fault.Say(what)
		return
	}
	f.dir = dir
	f.fault.Say("")
	f.list.Objects = nil
	row := func(text string, icon fyne.Resource, path string) {
		i := widgets.NewItem(text)
		i.Mark = icon
		i.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && f.sheet.Key(k) }
		i.OnTap = func() { f.open(path) }
		f.list.Add(i)
	}
	if !f.save {
		for k, p := range w.recents() {
			if k == 4 {
				break
			}
			row(filepath.Base(p)+"   "+shortFolder(filepath.Dir(p)), lineIcon("clock", theme.Color(theme.ColorNameForeground)), p)
		}
	}
	head := widgets.NewItem(dir)
	head.Bold = true
	f.list.Add(head)
	if up := filepath.Dir(dir); up != dir {
		row("..", theme.NewThemedResource(theme.FolderOpenIcon()), up)
	}
	for k, e := range entries {
		if k == listMost {
			f.list.Add(widgets.NewProse(w.words().Count("file.more", len(entries)-k), widgets.ColorDim))
			break
		}
		icon := theme.NewThemedResource(theme.FileIcon())
		if e.dir {
			icon = theme.NewThemedResource(theme.FolderIcon())
		}
		row(e.name, icon, filepath.Join(dir, e.name))
	}
	f.list.Refresh()
	f.sheet.Fit()
}

// open goes into a folder or takes a file.
func (f *filePage) open(path string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		name := ""
		if f.save {
			name = filepath.Base(f.path.Text)
		}
		f.show(path)
		f.path.Choose(widgets.Choice{Text: strings.TrimSuffix(path, string(filepath.Separator)) + string(filepath.Separator) + name})
		return
	}
	f.path.Choose(widgets.Choice{Text: path})
	if !f.save {
		f.finish()
	}
}

// complete suggests what continues the path typed.
func (f *filePage) complete(text string) []widgets.Choice {
	path := f.absolute(text)
	dir, start := filepath.Split(path)
	entries, err := f.read(dir)
	if err != nil {
		return nil
	}
	var out []widgets.Choice
	for _, e := range entries {
		if start != "" && strings.HasPrefix(strings.ToLower(e.name), strings.ToLower(start)) && e.name != start {
			full := filepath.Join(dir, e.name)
			if e.dir {
				full += string(filepath.Separator)
			}
			out = append(out, widgets.Choice{ID: full, Text: full})
			if len(out) == 8 {
				break
			}
		}
	}
	return out
}

// absolute reads a path as people type it.
func (f *filePage) absolute(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "~"); ok {
		return filepath.Join(f.w.homeFolder(), rest)
	}
	if filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(f.dir, text)
}

func (f *filePage) finish() {
	w := f.w
	if strings.TrimSpace(f.path.Text) == "" {
		f.fault.Say(w.say("file.none"))
		return
	}
	path := f.absolute(f.path.Text)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		f.show(path)
		if f.save {
			f.fault.Say(w.say("file.none"))
		}
		return
	case err != nil && !f.save:
		what, _ := w.explain(err)
		f.fault.Say(what)
		f.sheet.Fit()
		return
	}
	f.sheet.Close()
	f.done(path)
}

func (w *Window) openFile() {
	w.chooseFile(w.say("file.open"), w.say("button.open"), "", false, func(name string) bool {
		n := strings.ToLower(name)
		return strings.HasSuffix(n, editor.Extension) || edgelist.HasName(n)
	}, func(path string) { w.editor.OpenFile(path, false) })
}

func (w *Window) importFile() {
	w.chooseFile(w.say("file.import"), w.say("button.import"), "", false, nil, func(path string) { w.editor.Import([]string{path}, false) })
}

// newCase asks for the title and the file of a new case.
func (w *Window) newCase(thenImport bool) {
	w.chooseFile(w.say("file.new"), w.say("button.create"), w.say("file.new-name")+editor.Extension, true, func(n string) bool { return strings.HasSuffix(n, editor.Extension) }, func(path string) {
		w.editor.NewCase(path, "")
		if thenImport {
			w.importFile()
		}
	})
}

func (w *Window) saveAs() {
	title, name := "file.saveas", w.caseName()+"-2"
	if c := w.editor.Case(); c != nil && c.Drawing {
		title, name = "file.savecase", w.caseName()
	}
	w.chooseFile(w.say(title), w.say("button.save"), name+editor.Extension, true, func(n string) bool { return strings.HasSuffix(n, editor.Extension) }, w.editor.SaveAs)
}

func (w *Window) repair(path string) {
	name := strings.TrimSuffix(filepath.Base(path), editor.Extension) + "-repaired" + editor.Extension
	w.chooseFile(w.say("file.repair"), w.say("button.repair"), name, true, nil, func(to string) { w.editor.Repair(path, to) })
}

// caseName is what files made of the open case are called by, without an ending.
func (w *Window) caseName() string {
	c := w.editor.Case()
	switch {
	case c == nil:
		return fileName("")
	case c.Drawing:
		return fileName(edgelist.Stem(c.Title))
	}
	return fileName(c.Title)
}

// fileName makes a file's name of a title.
func fileName(title string) string {
	out := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(title)))
	out = strings.ReplaceAll(out, " ", "-")
	if out == "" {
		return "case"
	}
	return out
}
