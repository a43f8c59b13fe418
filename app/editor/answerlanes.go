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
	if e.steps() != nil {
		out = append(out, laneFormats...)
	}
	return out
}

// steps returns the answers on show where they are the steps of a timeline, else nil.
func (e *Editor) steps() []*dispute.Step {
	var out []*dispute.Step
	for _, f := range e.Answers().Results {
		s, ok := f.Result.(*dispute.Step)
		if !ok {
			return nil
		}
		out = append(out, s)
	}
	return out
}

// HasLanes reports whether the answers on show can be drawn as lanes.
func (e *Editor) HasLanes() bool { return e.steps() != nil }

// Lanes draws the answers on show as swim lanes of width units, at most that many lanes; nil where they are no timeline.
// Its steps are numbered as the answers are.
func (e *Editor) Lanes(width, scale float32, most int) *lanes.Chart {
	steps := e.steps()
	if steps == nil || e.opts.Faces == nil {
		return nil
	}
	o := e.laneOptions(width, scale)
	o.Most, o.Chosen = most, e.shownAnswer()
	return lanes.Draw(steps, o)
}

func (e *Editor) laneOptions(width, scale float32) lanes.Options {
	return lanes.Options{Graph: e.Graph(), Words: e.Words(), Theme: e.theme, Faces: e.opts.Faces, Width: width, Scale: scale, Today: e.opts.Now().UTC(), Chosen: -1}
}

// laneWidth is how wide an exported timeline is, in units.
const laneWidth = 1100

// exportLanes writes the timeline on show as a picture with title, date and legend.
func (e *Editor) exportLanes(path string) {
	steps := e.steps()
	if steps == nil {
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
		err := writeFrame(ctx, &b, lanes.Frame(steps, o), format, o)
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
