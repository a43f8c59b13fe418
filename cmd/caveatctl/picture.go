package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/render"
	"caveat/app/report"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
	"caveat/graphstore/exchange/edgelist"
)

// pictures are the formats of pictures; a snapshot is one with the data.
func pictures() []string {
	return []string{report.FormatPNG, report.FormatSVG, report.FormatPDF, report.FormatSnapshot}
}

func pictureNames() string { return strings.Join(pictures(), ", ") }

func isPicture(name string) bool { return slices.Contains(pictures(), name) }

// pictureFlags say what is drawn and how.
type pictureFlags struct {
	size      *image.Point
	scale     *float32
	theme     *string
	lang      *string
	title     *string
	positions *string
	bundle    *bool
	layout    layoutFlags
}

func newPictureFlags(f *flags) pictureFlags {
	return pictureFlags{
		size: number(f, "size", "width and height in units, such as 1600x1000", image.Point{}, parseSize),
		scale: number(f, "scale", "pixels of a PNG for each unit, 1 to 4 (default 1)", 1, func(s string) (float32, error) {
			v, err := strconv.ParseFloat(s, 32)
			if err == nil && !(v >= 1 && v <= report.MaxScale) {
				err = fmt.Errorf("not between 1 and %d", report.MaxScale)
			}
			return float32(v), err
		}),
		theme:     f.text("theme", "light, dark or contrast (default light)"),
		lang:      f.text("lang", "language of the words: "+strings.Join(words.Languages(), ", ")+" (default en)"),
		title:     f.text("title", "title of the picture (default: that of the case)"),
		positions: f.text("positions", "file with the places, id<TAB>x<TAB>y; what it lacks is placed around them"),
		bundle:    f.yes("bundle", "lead edges along each other in bundles (a view may ask for it too)"),
		layout:    newLayoutFlags(f),
	}
}

func parseSize(s string) (image.Point, error) {
	w, h, ok := strings.Cut(strings.ToLower(s), "x")
	x, errX := strconv.Atoi(w)
	y, errY := strconv.Atoi(h)
	if !ok || errX != nil || errY != nil || x < 1 || y < 1 {
		return image.Point{}, errors.New("write it as 1600x1000")
	}
	return image.Pt(x, y), nil
}

// input returns what report needs besides what is drawn.
func (p pictureFlags) input(s *shell) (report.Input, error) {
	in := report.Input{Scale: *p.scale, Size: *p.size, Title: *p.title, Now: s.now}
	if err := p.layout.check(); err != nil {
		return in, err
	}
	switch *p.theme {
	case "", "light":
		in.Theme = scene.Light()
	case "dark":
		in.Theme = scene.Dark()
	case "contrast", "high-contrast":
		in.Theme = scene.HighContrast()
	default:
		return in, usagef("--theme %s: there are light, dark, contrast", *p.theme)
	}
	if *p.lang == "" {
		*p.lang = "en"
	}
	if !slices.Contains(words.Languages(), *p.lang) {
		return in, usagef("--lang %s: there are %s", *p.lang, strings.Join(words.Languages(), ", "))
	}
	table, err := words.Load(*p.lang)
	if err != nil {
		return in, err
	}
	in.Words = table
	if in.Faces, err = typeset.New(); err != nil {
		return in, err
	}
	in.Told = func(n render.Note) {
		fmt.Fprintf(s.errs, "%d thin lines are in the file as a picture, as no viewer copes with so many\n", n.Lines)
	}
	return in, nil
}

// drawCase adds a case, as the window shows the named view, to the input: its groups, its layout and what that means.
func (p pictureFlags) drawCase(ctx context.Context, s *shell, in *report.Input, g *graphstore.Graph, view string) error {
	if view != "" {
		id, err := resolve(g, "view", view, graphstore.TypeView)
		if err != nil {
			return err
		}
		in.View = g.View(id)
	}
	in.Graph = g
	v, err := p.viewed(in.View)
	if err != nil {
		return err
	}
	table, err := words.Load(*p.lang)
	if err != nil {
		return err
	}
	m := &plan.Grouper{Lang: *p.lang, Say: table.Say, Now: s.now}
	groups, err := m.Groups(ctx, g, v)
	if err != nil {
		return err
	}
	o := scene.Options{View: v, Lang: *p.lang, At: s.now, Contradicted: dispute.NewMarks(g).Has}
	if len(groups) > 0 {
		o.Groups = scene.NewGrouping(groups)
	}
	in.Scene = scene.FromGraph(g, o)
	if err := p.place(ctx, s, in, v, func() *layout.Problem { return plan.Problem(in.Scene, v, g) }); err != nil {
		return err
	}
	in.Guides = plan.Guides(in.Scene, v, g, table, in.Faces, geom.Point{X: float32(in.Size.X), Y: float32(in.Size.Y)})
	return p.lead(ctx, s, in)
}

// viewed returns the view, nil being that of everything, with the places of --positions and the layout of --engine and --shape where
// it has none.
func (p pictureFlags) viewed(view *graphstore.View) (*graphstore.View, error) {
	v := &graphstore.View{Shape: p.layout.shape}
	if view != nil {
		c := *view
		if v = &c; v.Shape == nil {
			v.Shape = p.layout.shape
		}
	}
	if v.Layout == "" {
		v.Layout = *p.layout.engine
	}
	if *p.positions == "" {
		return v, nil
	}
	f, err := os.Open(*p.positions)
	if err != nil {
		return nil, err
	}
	places, err := edgelist.ReadPlaces(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("reading %s: %w", *p.positions, err)
	}
	v.Places = maps.Clone(v.Places)
	if v.Places == nil {
		v.Places = map[graphstore.ID]graphstore.Place{}
	}
	for id, place := range places {
		v.Places[graphstore.ID(id)] = graphstore.Place{X: place.X, Y: place.Y}
	}
	return v, nil
}

// place gives every node of the scene a place: that of --positions, else of the view, else by layout, with those that have
// one held.
func (p pictureFlags) place(ctx context.Context, s *shell, in *report.Input, v *graphstore.View, state func() *layout.Problem) error {
	n := in.Scene.Len()
	seeded := func() *layout.Problem {
		problem := state()
		problem.Seed = *p.layout.seed
		if *p.positions != "" {
			problem.Pinned = make([]bool, n)
			for i := range problem.Pinned {
				_, problem.Pinned[i] = v.Places[in.Scene.ID(int32(i))]
			}
		}
		return problem
	}
	pos, missing, err := plan.PlacesBy(ctx, in.Scene, v, seeded, nil, s.progress("placing", *p.layout.quiet || n < 5_000))
	if err != nil {
		return err
	}
	if *p.positions != "" && missing > 0 && missing < n {
		fmt.Fprintf(s.errs, "%d of %d nodes have no place in %s and are placed around the others\n", missing, n, *p.positions)
	}
	in.Scene = in.Scene.WithPositions(pos)
	return nil
}

// drawEdges gives the nodes of an edge list their places.
func (p pictureFlags) drawEdges(ctx context.Context, s *shell, in *report.Input) error {
	v, err := p.viewed(nil)
	if err != nil {
		return err
	}
	err = p.place(ctx, s, in, v, func() *layout.Problem {
		return &layout.Problem{N: in.Scene.Len(), Edges: in.Scene.Edges(), Size: in.Scene.Sizes(), Shape: *p.layout.shape}
	})
	if err != nil {
		return err
	}
	return p.lead(ctx, s, in)
}

// lead bundles the edges if asked to, by a flag or the view.
func (p pictureFlags) lead(ctx context.Context, s *shell, in *report.Input) error {
	if !*p.bundle && (in.View == nil || !in.View.Bundle) {
		return nil
	}
	bundles, err := in.Scene.MakeBundles(ctx, 0, s.progress("bundling", *p.layout.quiet || in.Scene.EdgeCount() < 20_000))
	if err != nil {
		return err
	}
	if bundles.Spent > 0 {
		fmt.Fprintf(s.errs, "%d edges stay straight, the search for their way took too long\n", bundles.Spent)
	}
	in.Scene = in.Scene.WithBundles(bundles)
	return nil
}

// exportPicture writes the sheet of a case, or a snapshot.
func (s *shell) exportPicture(ctx context.Context, g *graphstore.Graph, out, format, view string, p pictureFlags) error {
	in, err := p.input(s)
	if err != nil {
		return err
	}
	in.Format = format
	if err := p.drawCase(ctx, s, &in, g, view); err != nil {
		return err
	}
	return s.write(out, func(w io.Writer) error { return report.Export(ctx, w, in) })
}

// plainSize is the size of a drawing for which none is asked.
var plainSize = image.Pt(1600, 1000)

func setupRender(f *flags) action {
	out := f.text("out", "picture to write; its name ends in .png, .svg or .pdf, else give --format")
	format := f.text("format", "png, svg or pdf (default: by the name of the file)")
	view := f.text("view", "view of the case, by id or title (default: all of it)")
	legend := f.yes("sheet", "with title, legend and sources, as export does")
	p := newPictureFlags(f)
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE|EDGES.tsv"); err != nil {
			return err
		}
		if *out == "" {
			return usagef("--out is needed")
		}
		if *format == "" {
			*format = strings.TrimPrefix(filepath.Ext(*out), ".")
		}
		*format = strings.ToLower(*format)
		if *format == report.FormatSnapshot || !isPicture(*format) {
			return usagef("the format of %s is not known; there are png, svg, pdf", *out)
		}
		if sameFile(*out, args[0]) {
			return usagef("%s is what is to be drawn", *out)
		}
		in, err := p.input(s)
		if err != nil {
			return err
		}
		in.Format, in.Bare = *format, !*legend
		if in.Bare && in.Size == (image.Point{}) {
			in.Size = plainSize
		}
		if isCase(args[0]) {
			g, err := s.read(ctx, args[0])
			if err != nil {
				return err
			}
			if err := p.drawCase(ctx, s, &in, g, *view); err != nil {
				return err
			}
		} else {
			if *view != "" {
				return usagef("an edge list has no views")
			}
			list, err := edgelist.Open(args[0])
			if err != nil {
				return err
			}
			nodes, err := edgelist.OpenNodes(args[0])
			if err != nil {
				return err
			}
			in.Scene = scene.FromEdges(list.Names, list.Edges)
			if nodes != nil {
				in.Scene = in.Scene.Labelled(func(id string) (string, string, bool) { n, ok := nodes[id]; return n.Label, n.Kind, ok })
			}
			if in.Scene, _, err = plan.Toned(ctx, in.Scene, in.Words.Say); err != nil {
				return err
			}
			if in.Title == "" {
				in.Title = filepath.Base(args[0])
			}
			if err := p.drawEdges(ctx, s, &in); err != nil {
				return err
			}
		}
		return s.write(*out, func(w io.Writer) error { return report.Export(ctx, w, in) })
	}
}

// isCase reports whether the file is meant as a case: by its content, or
// where that cannot be read by its name.
func isCase(path string) bool {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close() //nolint:errcheck // only read
		head := make([]byte, 20)
		n, _ := io.ReadFull(f, head)
		if n == len(head) && bytes.Equal(head[16:], []byte("\xed\xda\x0c\xed")) { // the mark of a bbolt file
			return true
		}
	}
	return strings.EqualFold(filepath.Ext(path), ".caveat")
}
