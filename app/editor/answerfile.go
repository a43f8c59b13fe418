package editor

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"caveat/app/settings"
	"caveat/graphstore/dispute"
)

// field is one field of a result's JSON object.
type field struct {
	name  string
	raw   json.RawMessage
	value any // decoded, nil for objects and lists
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
		if c := f.raw[0]; c != '{' && c != '[' {
			_ = json.Unmarshal(f.raw, &f.value) // valid: it was just decoded
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
// .csv, a picture of the lanes for .png, .svg and .pdf of a timeline, else one JSON object a line as `caveatctl ask --json` prints it. While something is left out a
// field "left_out" says which answers appear or disappear by that.
func (e *Editor) ExportAnswers(path string) {
	a := e.Answers()
	if a.Question == "" {
		return
	}
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if slices.Contains(laneFormats, ext) {
		e.exportLanes(path)
		return
	}
	e.startExport(path, func(context.Context) ([]byte, error) {
		if ext == "csv" {
			return answerTable(a.Results)
		}
		return answerLines(a.Results)
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

// answerLines writes JSON Lines.
func answerLines(list []Found) ([]byte, error) {
	var b bytes.Buffer
	for _, f := range list {
		line, err := json.Marshal(f.Result)
		if err != nil {
			return nil, err
		}
		if f.Change != "" {
			line = fmt.Appendf(line[:len(line)-1], `,"left_out":%q}`, f.Change)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// answerTable writes RFC 4180 CSV: a column a field, in the order they first occur. A list of words is
// written with spaces between, anything deeper as JSON.
func answerTable(list []Found) ([]byte, error) {
	names := []string{}
	rows := make([][]field, len(list))
	for i, f := range list {
		rows[i] = fields(f.Result)
		if f.Change != "" {
			rows[i] = append(rows[i], field{name: "left_out", raw: fmt.Appendf(nil, "%q", f.Change), value: string(f.Change)})
		}
		for _, x := range rows[i] {
			if !slices.Contains(names, x.name) {
				names = append(names, x.name)
			}
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(names); err != nil {
		return nil, err
	}
	for _, row := range rows {
		cells := make([]string, len(names))
		for _, x := range row {
			cells[slices.Index(names, x.name)] = cell(x)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func cell(f field) string {
	if s, ok := f.value.(string); ok {
		return guarded(s)
	}
	var words []string
	if json.Unmarshal(f.raw, &words) == nil {
		return guarded(strings.Join(words, " "))
	}
	return string(f.raw)
}

// guarded keeps a spreadsheet from taking text for a formula.
func guarded(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
