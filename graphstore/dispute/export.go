package dispute

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteJSON writes results as JSON, one object a line.
func WriteJSON(w io.Writer, results []Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, r := range results {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("writing a result as JSON: %w", err)
		}
	}
	return nil
}

// WriteCSV writes results as CSV with a header row: the same fields as the
// JSON, a column each; lists are joined with "; ", dates are written as they are known, other objects as JSON.
// A text that begins with =, +, -, @, a tab or the end of a line gets an apostrophe before it: programs that
// calculate would take it for a formula and run it, and the texts of a case come from anywhere. Numbers stay numbers.
func WriteCSV(w io.Writer, results []Result) error {
	var columns []string
	at := map[string]int{}
	rows := make([]map[string]string, len(results))
	for i, r := range results {
		raw, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("writing a result as CSV: %w", err)
		}
		dec := json.NewDecoder(bytes.NewReader(raw))
		if _, err := dec.Token(); err != nil { // {
			return err
		}
		rows[i] = map[string]string{}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return err
			}
			var value json.RawMessage
			if err := dec.Decode(&value); err != nil {
				return err
			}
			name := fmt.Sprint(key)
			if _, known := at[name]; !known {
				at[name] = len(columns)
				columns = append(columns, name)
			}
			rows[i][name] = plainValue(value)
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("writing results as CSV: %w", err)
	}
	for _, row := range rows {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = row[c]
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("writing results as CSV: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// plainValue writes a JSON value for a cell.
func plainValue(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return noFormula(text)
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return noFormula(strings.Join(list, "; "))
	}
	var date struct{ Value, Precision string }
	if json.Unmarshal(raw, &date) == nil && date.Value != "" && date.Precision != "" {
		if date.Precision == "circa" {
			return "circa " + date.Value
		}
		return noFormula(date.Value)
	}
	return string(raw)
}

// noFormula puts an apostrophe before a text that programs that calculate would take for a formula.
func noFormula(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r\n", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
