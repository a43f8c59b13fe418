package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io"
	"time"

	"caveat/app/render"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/graphstore"
	"caveat/graphstore/exchange/bundle"
)

// Words gives the words of a sheet in the user's language; words.Table is one.
// The keys are: report.exported (with {date}), report.true-at and report.known-by (with {date}),
// report.counts (with {entities}, {claims}, {sources}), report.legend, report.sources, report.more-sources (with {n}),
// report.answers, report.more-answers (with {n}), report.no-answers, report.checksum (with {hash}), report.untitled.
type Words interface {
	Say(key string, pairs ...string) string
	Date(graphstore.Date) string
	Lang() string
}

// The formats of Export.
const (
	FormatPNG      = "png"
	FormatSVG      = "svg"
	FormatPDF      = "pdf"
	FormatSnapshot = "caveatz"
)

// Input is what Export and Sheet work from. All of it is only read, from the
// calling goroutine. It has more than twelve fields because it is one request from end to end.
type Input struct {
	Graph  *graphstore.Graph // nil for a drawing of plain edges: no sources, no checksum, no snapshot
	View   *graphstore.View  // nil shows all
	Scene  *scene.Scene      // what the view shows, where it stands; nil makes it of Graph and View
	Guides *scene.Guides     // lanes and axis behind the drawing; nil: none
	Theme  *scene.Theme      // nil is light
	Words  Words
	Faces  *typeset.Faces
	Format string  // of Export
	Scale  float32 // device pixels per unit, 1 to 4; 0 is 1
	// Size is the whole sheet in units. Its width is kept; its height grows where legend
	// and sources need more. Zero fits the drawing at the size it has in the window.
	Size  image.Point
	Title string // empty: that of the case
	Now   time.Time
	// Answers are printed below the legend, numbered, with the numbers of the sources they rest on.
	Answers []AnswerList
	// Bare leaves title, legend, answers, sources and footer out: the drawing alone, of just Size.
	Bare bool
	// Told, if not nil, is called with what the file does not hold as drawn.
	Told func(render.Note)
}

// MaxScale is the largest Input.Scale.
const MaxScale = 4

// check completes the input and reports what is wrong with it.
func (in *Input) check() error {
	switch {
	case in.Words == nil || in.Faces == nil:
		return errors.New("an export needs words and faces")
	case in.Scene == nil && in.Graph == nil:
		return errors.New("there is nothing to export")
	case in.Scale == 0:
		in.Scale = 1
	case !(in.Scale >= 1 && in.Scale <= MaxScale):
		return fmt.Errorf("scale %g is not between 1 and %d", in.Scale, MaxScale)
	}
	const least, most = 64, 30000
	if in.Size != (image.Point{}) && (min(in.Size.X, in.Size.Y) < least || max(in.Size.X, in.Size.Y) > most) {
		return fmt.Errorf("a size of %d by %d is not between %d and %d each way", in.Size.X, in.Size.Y, least, most)
	}
	if in.Theme == nil {
		in.Theme = scene.Light()
	}
	if in.Scene == nil {
		in.Scene = scene.FromGraph(in.Graph, scene.Options{View: in.View, Lang: in.Words.Lang()})
	}
	if in.Title == "" && in.Graph != nil {
		in.Title = in.Graph.Header().Title
	}
	if in.Title == "" {
		in.Title = in.Words.Say("report.untitled")
	}
	return nil
}

// day returns the day of export as a date.
func (in *Input) day() graphstore.Date {
	return graphstore.Date{Value: in.Now.Format("2006-01-02"), Precision: graphstore.PrecisionDay}
}

// canonical returns the case as canonical bundle, nil for a drawing.
func (in *Input) canonical(ctx context.Context) ([]byte, error) {
	if in.Graph == nil {
		return nil, nil
	}
	var b bytes.Buffer
	if _, err := bundle.Write(ctx, &b, in.Graph); err != nil {
		return nil, fmt.Errorf("writing the data of the case: %w", err)
	}
	return b.Bytes(), nil
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Export writes the sheet, or a snapshot, in the format of the input. What was
// written before an error is no whole file. Equal input gives equal bytes.
func Export(ctx context.Context, w io.Writer, in Input) error {
	if err := in.check(); err != nil {
		return err
	}
	data, err := in.canonical(ctx)
	if err != nil {
		return err
	}
	if in.Format == FormatSnapshot {
		return writeSnapshot(ctx, w, &in, data)
	}
	fr, err := in.sheet(ctx, data)
	if err != nil {
		return err
	}
	return in.picture(ctx, w, fr)
}

// picture writes a frame in the format of the input.
func (in *Input) picture(ctx context.Context, w io.Writer, fr *scene.Frame) error {
	var note render.Note
	var err error
	switch in.Format {
	case FormatPNG:
		err = render.PNG(ctx, w, fr, in.Faces, 0)
	case FormatSVG:
		note, err = render.SVG(w, fr, in.Faces, in.Title)
	case FormatPDF:
		note, err = render.PDF(w, fr, in.Faces, in.Title)
	default:
		err = fmt.Errorf("%q is no format of pictures; there are png, svg, pdf and caveatz", in.Format)
	}
	if err == nil && note != (render.Note{}) && in.Told != nil {
		in.Told(note)
	}
	return err
}

// Sheet returns the picture that Export writes.
func Sheet(ctx context.Context, in Input) (*scene.Frame, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	data, err := in.canonical(ctx)
	if err != nil {
		return nil, err
	}
	return in.sheet(ctx, data)
}
