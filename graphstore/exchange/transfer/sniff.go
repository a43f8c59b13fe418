package transfer

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Kinds of content that Sniff tells apart.
const (
	LooksEmpty  = "empty"
	LooksBundle = "bundle"
	LooksQuads  = "nquads"
)

// Sniff says what the beginning of a file looks like: LooksBundle,
// LooksQuads or LooksEmpty, which programs can act on, or words for the user such as
// "a PNG picture"; empty if nothing is recognised.
func Sniff(head []byte) string {
	for _, m := range []struct{ prefix, what string }{
		{"\x89PNG", "a PNG picture"}, {"\xff\xd8\xff", "a JPEG picture"}, {"%PDF", "a PDF document"},
		{"PK\x03\x04", "a zip archive (a snapshot .caveatz, a spreadsheet or a document)"}, {"\x1f\x8b", "a gzip file: unpack it first"},
		{"\xff\xfe", "text in UTF-16: save it as UTF-8"}, {"\xfe\xff", "text in UTF-16: save it as UTF-8"},
		{"SQLite format 3", "an SQLite database"}, {"\x7fELF", "a program"}, {"MZ", "a program"},
	} {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.what
		}
	}
	if len(head) >= 20 && bytes.Equal(head[16:20], []byte("\xed\xda\x0c\xed")) {
		return "a Caveat case: open it, or export it as a bundle first"
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	lower := strings.ToLower(string(text[:min(len(text), 64)]))
	line, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(text) == 0:
		return LooksEmpty
	case !utf8.Valid(text[:max(0, len(text)-utf8.UTFMax)]) && bytes.IndexByte(text, 0) >= 0:
		return "a binary file"
	case strings.HasPrefix(lower, "<?xml"), strings.HasPrefix(lower, "<graphml"), strings.HasPrefix(lower, "<gexf"), strings.HasPrefix(lower, "<rdf:"):
		return "XML"
	case strings.HasPrefix(lower, "<!doctype"), strings.HasPrefix(lower, "<html"):
		return "a web page"
	case strings.HasPrefix(lower, "@prefix"), strings.HasPrefix(lower, "@base"), strings.HasPrefix(lower, "prefix "):
		return "Turtle or TriG: convert it to N-Quads first"
	case text[0] == '[':
		return "a JSON list, not JSON Lines"
	case text[0] == '{' && (bytes.Contains(text, []byte(`"@context"`)) || bytes.Contains(text, []byte(`"@graph"`))):
		return "JSON-LD"
	case text[0] == '{' && bytes.Contains(text, []byte(`"spec_version"`)):
		return "STIX"
	case bytes.Contains(line, []byte(`"type"`)) && text[0] == '{':
		return LooksBundle
	case text[0] == '{':
		return "JSON, but not one record a line with a \"type\""
	case text[0] == '<', strings.HasPrefix(lower, "_:"), text[0] == '#' && bytes.Contains(text, []byte("\n<")):
		return LooksQuads
	case bytes.Count(line, []byte(",")) > 1, bytes.Count(line, []byte(";")) > 1:
		return "a table (CSV)"
	case bytes.IndexByte(line, '\t') > 0:
		return "a table or an edge list (TSV)"
	}
	return ""
}

// Unlike returns the error for a file that is not of the wanted format, with
// what it looks like instead.
func Unlike(title string, head []byte) error {
	switch what := Sniff(head); what {
	case LooksEmpty:
		return fmt.Errorf("the file is empty, not a %s", title)
	case LooksQuads:
		return fmt.Errorf("this is no %s; it looks like N-Quads", title)
	case LooksBundle:
		return fmt.Errorf("this is no %s; it looks like a Caveat bundle", title)
	case "":
		return fmt.Errorf("this is no %s", title)
	default:
		return fmt.Errorf("this is no %s; it looks like %s", title, what)
	}
}
