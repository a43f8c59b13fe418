package editor

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"caveat/app/lanes"
	"caveat/app/render"
	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// laneFormats are the pictures that a timeline can be exported as.
var laneFormats = []string{"png", "svg", "pdf"}

// AnswerFormats returns the formats the list on show can be exported in, as extensions without a dot.
func (e *Editor) AnswerFormats() []string {
	out := []string{"csv", "jsonl"}
	if e.chart() != nil {
		out = append(out, laneFormats...)
	}
	return out
}

// typed returns answers as their own type if all are of one type, else nil.
func typed[P dispute.Result](list []Found) []P {
	out := make([]P, len(list))
	for i, f := range list {
		r, ok := f.Result.(P)
		if !ok {
			return nil
		}
		out[i] = r
	}
	return out
}

// chart returns how the answers on show are drawn: a timeline as lanes, grounds as a table; nil for others.
func (e *Editor) chart() func(lanes.Options) *lanes.Chart {
	list := e.Answers().Results
	if len(list) == 0 || e.opts.Faces == nil {
		return nil
	}
	if steps := typed[*dispute.Step](list); steps != nil {
		return func(o lanes.Options) *lanes.Chart { return lanes.Draw(steps, o) }
	}
	if cells := typed[*dispute.Cell](list); cells != nil {
		return func(o lanes.Options) *lanes.Chart { return lanes.Table(cells, o) }
	}
	return nil
}

// HasChart reports whether the answers on show can be drawn as lanes or as a table.
func (e *Editor) HasChart() bool { return e.chart() != nil }

// Chart draws the answers on show as swim lanes (at most that many) or a table of width units, or
// nil where they are neither a timeline nor grounds. Its steps and cells are numbered as the answers are.
func (e *Editor) Chart(width, scale float32, most int) *lanes.Chart {
	draw := e.chart()
	if draw == nil {
		return nil
	}
	o := e.laneOptions(width, scale)
	o.Most, o.Chosen = most, e.shownAnswer()
	return draw(o)
}

func (e *Editor) laneOptions(width, scale float32) lanes.Options {
	return lanes.Options{Graph: e.Graph(), Words: e.Words(), Theme: e.theme, Faces: e.opts.Faces, Width: width, Scale: scale, Today: e.opts.Now().UTC(), Chosen: -1}
}

// laneWidth is how wide an exported timeline is, in units.
const laneWidth = 1100

// exportChart writes the lanes or the table on show as a picture with title, date and legend.
func (e *Editor) exportChart(path string) {
	draw := e.chart()
	if draw == nil {
		return
	}
	a := e.Answers()
	o := e.laneOptions(laneWidth, 1)
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format == "png" {
		o.Scale = 2
	}
	o.Title = e.QuestionTitle(a.Question, a.Entity)
	notes := []string{e.Case().Title, e.Words().Say("report.exported", "date", e.Words().Day(e.opts.Now()))}
	for _, c := range []struct {
		key string
		at  graphstore.Date
	}{{"report.true-at", a.TrueAt}, {"report.known-by", a.KnownBy}} {
		if !c.at.Zero() {
			notes = append(notes, e.Words().Say(c.key, "date", e.Words().Date(c.at)))
		}
	}
	o.Note = strings.Join(notes, " · ")
	e.startExport(path, func(ctx context.Context) ([]byte, error) {
		var b bytes.Buffer
		err := writeFrame(ctx, &b, draw(o).Frame, format, o)
		return b.Bytes(), err
	})
}

func writeFrame(ctx context.Context, b *bytes.Buffer, fr *scene.Frame, format string, o lanes.Options) error {
	var err error
	switch format {
	case "png":
		err = render.PNG(ctx, b, fr, o.Faces, 0)
	case "svg":
		_, err = render.SVG(b, fr, o.Faces, o.Title)
	case "pdf":
		_, err = render.PDF(b, fr, o.Faces, o.Title)
	default:
		err = fmt.Errorf("%q is no format of pictures; there are png, svg and pdf", format)
	}
	return err
}
