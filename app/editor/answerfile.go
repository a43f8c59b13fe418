package editor

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"caveat/app/report"
	"caveat/app/settings"
	"caveat/graphstore/dispute"
	"caveat/graphstore/dossier"
)

// field is one field of a result's JSON object.
type field struct {
	name string
	raw  json.RawMessage
}

// fields returns a result's JSON fields in their order; none if it cannot be written.
func fields(r dispute.Result) []field {
	b, err := json.Marshal(r)
	if err != nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil { // the brace
		return nil
	}
	var out []field
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return out
		}
		f := field{name: fmt.Sprint(key)}
		if err := d.Decode(&f.raw); err != nil {
			return out
		}
		out = append(out, f)
	}
	return out
}

// identity tells results apart by their facts: all but the sentences.
func identity(r dispute.Result) string {
	var b strings.Builder
	for _, f := range fields(r) {
		if f.name != "why" && f.name != "would_change" {
			b.WriteString(f.name)
			b.Write(f.raw)
		}
	}
	return b.String()
}

// ExportAnswers writes the list on show to a file as a job, whole or not at all: a table for
// .csv, the lanes or the table as a picture for .png, .svg and .pdf, else one JSON object a line as `caveatctl ask --json` prints it. While something is left out a
// field "left_out" says which answers appear or disappear by that.
func (e *Editor) ExportAnswers(path string) {
	a := e.Answers()
	if a.Question == "" {
		return
	}
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if slices.Contains(laneFormats, ext) {
		e.exportChart(path)
		return
	}
	e.startExport(path, func(context.Context) ([]byte, error) {
		var b bytes.Buffer
		write := dispute.WriteJSON
		if ext == "csv" {
			write = dispute.WriteCSV
		}
		err := write(&b, written(a.Results))
		return b.Bytes(), err
	})
}

// startExport writes a file, whole or not at all, as a job.
func (e *Editor) startExport(path string, write func(context.Context) ([]byte, error)) {
	e.start("export", e.Words().Say("job.export", "name", filepath.Base(path)), func(ctx context.Context, _ func(float64)) (func(), error) {
		b, err := write(ctx)
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = settings.WriteFile(path, b)
		}
		if err != nil {
			return nil, fmt.Errorf("exporting the answers to %s: %w", path, err)
		}
		return func() {
			e.remember(path)
			e.Tell(e.Words().Say("told.exported", "path", path))
		}, nil
	})
}

// told is an answer as files have it: with the field "left_out" where leaving something out changes it.
type told struct{ Found }

// MarshalJSON writes the result's own object with that field at its end.
func (t told) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(t.Result); err != nil {
		return nil, err
	}
	line := bytes.TrimSpace(b.Bytes())
	if _, own := t.Result.(*dispute.Difference); t.Change != "" && !own {
		line = fmt.Appendf(line[:len(line)-1], `,"left_out":%q}`, t.Change)
	}
	return line, nil
}

// written returns answers as files have them.
func written(list []Found) []dispute.Result {
	out := make([]dispute.Result, len(list))
	for i, f := range list {
		out[i] = told{f}
	}
	return out
}

// PrintedAnswers returns the lists that Export prints when asked to, in their order: those that are
// kept and the one on show, with what was left out. It returns none when none of them has an answer.
func (e *Editor) PrintedAnswers() []report.AnswerList {
	lists, at := e.AnswerLists()
	var out []report.AnswerList
	some := false
	for i, l := range lists {
		if !l.Pinned && i != at {
			continue
		}
		some = some || len(l.Results) > 0
		p := report.AnswerList{Title: e.QuestionTitle(l.Question, l.Entity), Notes: e.answerNotes(l)}
		for _, f := range l.Results {
			p.Answers = append(p.Answers, report.Answer{Group: f.Group, Text: f.Told().Why, Note: e.answerNote(f), Claims: f.Told().Claims})
		}
		out = append(out, p)
	}
	if !some {
		return nil
	}
	return out
}

// answerNotes says under what a list was asked, beside the time cursors that every sheet bears.
func (e *Editor) answerNotes(a Answers) []string {
	var notes []string
	if !a.Fresh {
		notes = append(notes, e.Words().Say("report.old-answers"))
	}
	var names []string
	for _, id := range e.asking.out {
		if c := e.Graph().Claim(id); c != nil {
			names = append(names, dossier.Sentence(e.Graph(), c, e.Words().Lang()))
		} else {
			names = append(names, dossier.Name(e.Graph(), id, e.Words().Lang()))
		}
	}
	if len(names) > 0 {
		notes = append(notes, e.Words().Say("report.left-out", "names", strings.Join(names, "; ")))
	}
	return notes
}

// answerNote says what leaving something out does to an answer, and what would change it.
func (e *Editor) answerNote(f Found) string {
	switch f.Change {
	case Appears:
		return strings.TrimSpace(e.Words().Say("answers.appears") + ". " + f.Told().Change)
	case Disappears:
		return e.Words().Say("answers.disappears") + "."
	}
	return f.Told().Change
}
