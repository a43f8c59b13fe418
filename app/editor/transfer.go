package editor

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/report"
	"caveat/app/settings"
	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
	"caveat/graphstore/exchange"
)

type settingsValue = settings.Settings

// ExportOptions say what Export writes.
type ExportOptions struct {
	Format string  // png, svg, pdf, caveatz, bundle, nquads; empty: by the path's extension
	Scale  float32 // of PNG: 1 … 4
	Theme  string  // light, dark, contrast; empty: as on screen
	// Size is the whole picture in units; zero is that of the drawing in the window.
	Size image.Point
	// Answers prints the answers of PrintedAnswers on pictures, pages and snapshots.
	Answers bool
}

// Formats returns the export formats in the order of a menu: pictures, the snapshot, data.
func Formats() []string {
	out := []string{"png", "svg", "pdf", "caveatz"}
	for _, f := range exchange.Formats() {
		if f.Write != nil {
			out = append(out, f.Name)
		}
	}
	return out
}

// Export writes the case, or a picture of the current view, to a file as a job: whole or not at all.
func (e *Editor) Export(path string, o ExportOptions) {
	if e.open == nil {
		return
	}
	if o.Format == "" {
		o.Format = formatOf(path)
	}
	in := report.Input{
		Graph: e.Graph(), View: e.View(), Scene: e.goal(), Theme: e.themeNamed(o.Theme), Words: e.Words(), Faces: e.opts.Faces,
		Format: o.Format, Scale: o.Scale, Size: o.Size, Now: e.opts.Now(), Title: e.Case().Title,
	}
	if o.Answers {
		in.Answers = e.PrintedAnswers()
	}
	view, table := e.View(), e.Words()
	e.start("export", e.Words().Say("job.export", "name", filepath.Base(path)), func(ctx context.Context, _ func(float64)) (func(), error) {
		if in.Graph != nil {
			in.Guides = plan.Guides(in.Scene, view, in.Graph, table, in.Faces, geom.Point{X: float32(in.Size.X), Y: float32(in.Size.Y)})
		}
		var buf bytes.Buffer
		if err := write(ctx, &buf, in); err != nil {
			return nil, fmt.Errorf("exporting to %s: %w", path, err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := settings.WriteFile(path, buf.Bytes()); err != nil {
			return nil, fmt.Errorf("exporting to %s: %w", path, err)
		}
		return func() {
			e.remember(path)
			e.Tell(e.Words().Say("told.exported", "path", path))
		}, nil
	})
}

func formatOf(path string) string {
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if f, ok := exchange.ByExtension(path); ok {
		return f.Name
	}
	return ext
}

func write(ctx context.Context, buf *bytes.Buffer, in report.Input) error {
	if f, ok := exchange.ByName(in.Format); ok && f.Write != nil {
		if in.Graph == nil {
			return fmt.Errorf("a drawing has no records; save it as a case first")
		}
		_, err := f.Write(ctx, buf, in.Graph)
		return err
	}
	return report.Export(ctx, buf, in)
}

// remember keeps the folder for the next file dialog.
func (e *Editor) remember(path string) {
	if e.opts.Settings == nil {
		return
	}
	if err := e.opts.Settings.Change(func(s *settingsValue) { s.Folder = filepath.Dir(path) }); err != nil {
		e.Tell(err.Error())
	}
}

// Import reads files into the case as a job: all of them as one step that can be
// undone, or nothing. With partial set bad records are left out and listed.
func (e *Editor) Import(paths []string, partial bool) {
	if !e.canEdit() {
		e.Fail(graphstore.ErrReadOnly)
		return
	}
	doc, g := e.open.doc, e.Graph()
	e.start("import", e.Words().Say("job.import", "name", filepath.Base(paths[0])), func(ctx context.Context, progress func(float64)) (func(), error) {
		im, err := readAll(ctx, paths, partial, progress)
		if err != nil {
			return nil, err
		}
		d, rep, err := im.Diff(g, exchange.MergeOptions{Partial: partial})
		if err != nil {
			return nil, err
		}
		return func() {
			if doc.Graph() != g { // edited meanwhile
				if d, rep, err = im.Diff(doc.Graph(), exchange.MergeOptions{Partial: partial}); err != nil {
					e.Fail(err)
					return
				}
			}
			d.Title = e.Words().Say("edit.import", "name", filepath.Base(paths[0]))
			if err := doc.Apply(d); err != nil {
				e.Fail(err)
				return
			}
			e.remember(paths[0])
			e.Fit()
			e.Tell(e.Words().Say("told.imported", "kept", e.Words().Number(rep.Kept), "changed", e.Words().Number(rep.Changed), "dropped", e.Words().Number(rep.Dropped)))
		}, nil
	})
}

// readAll reads all files into one import.
func readAll(ctx context.Context, paths []string, partial bool, progress func(float64)) (*exchange.Import, error) {
	var all []*exchange.Import
	for i, path := range paths {
		im, err := readOne(ctx, path, partial, func(done, total int64) {
			if total > 0 {
				progress((float64(i) + float64(done)/float64(total)) / float64(len(paths)))
			}
		})
		if err != nil {
			return nil, err
		}
		all = append(all, im)
	}
	return exchange.Join(all...), nil
}

func readOne(ctx context.Context, path string, partial bool, progress func(done, total int64)) (*exchange.Import, error) {
	if !strings.EqualFold(filepath.Ext(path), ".caveatz") {
		return exchange.ReadFile(ctx, path, exchange.Format{}, exchange.ReadOptions{Partial: partial, Progress: progress})
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("importing: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	snap, err := report.ReadSnapshot(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return snap.Import(), nil
}

// SaveAs writes the whole case, or the drawing as a case, to a new file and goes on in that.
func (e *Editor) SaveAs(path string) {
	if e.open == nil {
		return
	}
	if filepath.Ext(path) == "" {
		path += Extension
	}
	schema, g, edges, s := e.opts.Schema, e.Graph(), e.open.edges, e.scene
	if g == nil {
		s = e.drawing().WithPositions(e.drawnNow().pos) // also what is hidden
	}
	e.start("saveas", e.Words().Say("job.saveas", "name", filepath.Base(path)), func(context.Context, func(float64)) (func(), error) {
		if g == nil {
			var err error
			if g, err = edges.asCase(schema, s); err != nil {
				return nil, err
			}
		}
		store, err := cayleystore.Create(path, schema, g)
		if err != nil {
			return nil, fmt.Errorf("saving as %s: %w", path, err)
		}
		if err := store.Close(); err != nil {
			return nil, err
		}
		return func() { e.OpenFile(path, false) }, nil
	})
}
