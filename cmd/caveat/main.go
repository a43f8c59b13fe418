// Command caveat is the window: it opens a case, a built-in one, or an edge list.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/app"

	"caveat/app/editor"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/ui"
	"caveat/app/ui/graphview"
	"caveat/app/words"
	"caveat/assets"
	"caveat/graphstore"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			os.Exit(2)
		}
		fmt.Fprintln(os.Stderr, "caveat:", err)
		os.Exit(1)
	}
}

// choices are the flags of the command line.
type choices struct {
	file, sample, lang, theme, dir, state, frames string
	width, height                                 float32
	readOnly                                      bool
}

func parse(args []string) (choices, error) {
	var c choices
	var size string
	fs := flag.NewFlagSet("caveat", flag.ContinueOnError)
	fs.Usage = func() {
		fmt.Fprintln(fs.Output(), "usage: caveat [flags] [CASE.caveat | EDGES.tsv[.gz]]")
		fs.PrintDefaults()
	}
	fs.StringVar(&c.sample, "sample", "", "open a built-in case: "+strings.Join(assets.Samples(), ", "))
	fs.StringVar(&c.lang, "lang", "", "language: "+strings.Join(words.Languages(), ", "))
	fs.StringVar(&c.theme, "theme", "", "light, dark or contrast")
	fs.StringVar(&size, "size", "", "size of the window, WxH")
	fs.StringVar(&c.dir, "settings", "", "folder for settings and the copies of built-in cases")
	fs.BoolVar(&c.readOnly, "read-only", false, "open the case for reading only")
	fs.StringVar(&c.state, "state", "", "write the state of the window to this file at every change (for tests)")
	fs.StringVar(&c.frames, "frame-log", "", "write input-to-picture times to this file as JSON lines")
	var files []string
	for { // flags may stand before and after the file
		if err := fs.Parse(args); err != nil {
			return c, err
		}
		if fs.NArg() == 0 {
			break
		}
		files, args = append(files, fs.Arg(0)), fs.Args()[1:]
	}
	switch {
	case len(files) > 1:
		return c, fmt.Errorf("one file at a time; got %s", strings.Join(files, ", "))
	case len(files) == 1 && c.sample != "":
		return c, errors.New("a file and --sample cannot both be opened")
	case len(files) == 1:
		c.file = files[0]
	}
	if size != "" {
		w, h, ok := strings.Cut(size, "x")
		fw, err1 := strconv.ParseFloat(w, 32)
		fh, err2 := strconv.ParseFloat(h, 32)
		if !ok || err1 != nil || err2 != nil || fw < 1 || fh < 1 {
			return c, fmt.Errorf("--size %s is not written as 1280x800", size)
		}
		c.width, c.height = float32(fw), float32(fh)
	}
	switch c.theme {
	case ui.ThemeSystem, ui.ThemeLight, ui.ThemeDark, ui.ThemeContrast:
	default:
		return c, fmt.Errorf("--theme %s is none of light, dark, contrast", c.theme)
	}
	return c, nil
}

// checkDisplay says what is missing where no window can be shown.
func checkDisplay() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no display to show a window on (DISPLAY and WAYLAND_DISPLAY are unset); caveatctl works without one")
	}
	return nil
}

func run(args []string) error {
	c, err := parse(args)
	if err != nil {
		return err
	}
	if err := checkDisplay(); err != nil {
		return err
	}
	if c.dir == "" {
		if c.dir, err = settings.DefaultDir(); err != nil {
			return err
		}
	}
	end := newEnding(os.Exit)
	store, settingsErr := settings.Open(c.dir)
	faces, err := typeset.New()
	if err != nil {
		return err
	}
	schema, err := graphstore.Builtin()
	if err != nil {
		return err
	}
	table, err := words.Load(language(c.lang, store.Now().Lang))
	if err != nil {
		return err
	}
	var log *graphview.FrameLog
	if c.frames != "" {
		if log, err = graphview.NewFrameLog(c.frames); err != nil {
			return err
		}
	}
	poster := new(ui.Poster)
	ed := editor.New(editor.Options{Post: log.Timed(poster.Post), Words: table, Settings: store, Faces: faces, Schema: schema, Dir: c.dir})
	open(ed, c, store) // is read while the window is made, and shown once that runs
	a := app.NewWithID("io.github.caveat")
	choice := c.theme
	if choice == "" {
		choice = store.Now().Theme
	}
	a.Settings().SetTheme(ui.NewTheme(choice))
	w := ui.New(ui.Options{App: a, Editor: ed, Faces: faces, Poster: poster, Settings: store, Theme: c.theme, Width: c.width, Height: c.height, State: c.state, Log: log})
	ed.Fail(settingsErr)
	end.watch(ed.Unwritten, poster.Post, w.Close)
	w.Show()
	return log.Close()
}

// open opens what the command line asks for; without that, the welcome page shows.
func open(ed *editor.Editor, c choices, store *settings.Store) {
	switch {
	case c.sample != "":
		ed.OpenSample(c.sample)
	case c.file != "":
		path, err := filepath.Abs(c.file)
		if err != nil {
			path = c.file
		}
		ed.OpenFile(path, c.readOnly)
	case store.Now().Last != "":
		if _, err := os.Stat(store.Now().Last); err == nil {
			ed.OpenFile(store.Now().Last, false)
		}
	}
}

// language returns the language to speak: the flag, the setting, or the system's.
func language(flagged, kept string) string {
	for _, l := range []string{flagged, kept, os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")} {
		if l != "" {
			return l
		}
	}
	return "en"
}
