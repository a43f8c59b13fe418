// Package words turns keys into what the user reads, in English, Dutch,
// German and French, and writes dates and numbers as that user's locale does.
//
// A Table is immutable and may be read by any goroutine. The texts lie in
// assets/translations, one flat file a language.
package words

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"caveat/assets"
	"caveat/graphstore"
)

// Languages returns the languages Caveat speaks, the default first.
func Languages() []string { return []string{"en", "nl", "de", "fr"} }

// Table holds the texts of one language.
type Table struct {
	lang  string
	texts map[string]string
}

// Load returns the table of lang, a BCP 47 tag or a POSIX locale such as
// "nl_BE.UTF-8"; a language Caveat does not speak gives English.
func Load(lang string) (*Table, error) {
	lang = Closest(lang)
	raw, err := assets.Translations(lang)
	if err != nil {
		return nil, fmt.Errorf("loading the texts of %s: %w", lang, err)
	}
	t := &Table{lang: lang}
	if err := json.Unmarshal(raw, &t.texts); err != nil {
		return nil, fmt.Errorf("loading the texts of %s: %w", lang, err)
	}
	return t, nil
}

// Closest returns the language of Languages that lang asks for, or "en".
func Closest(lang string) string {
	base, _, _ := strings.Cut(strings.ToLower(lang), "_")
	base, _, _ = strings.Cut(base, "-")
	for _, l := range Languages() {
		if l == base {
			return l
		}
	}
	return "en"
}

// Lang returns the table's language.
func (t *Table) Lang() string { return t.lang }

// Has reports whether the table has a text for key.
func (t *Table) Has(key string) bool { _, ok := t.texts[key]; return ok }

// Say returns the text of key with each {name} replaced by the value that
// follows name in pairs. A key without a text is returned itself, so that a
// gap is visible.
func (t *Table) Say(key string, pairs ...string) string {
	s, ok := t.texts[key]
	if !ok {
		s = key
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

// Count returns the text of key.one or key.other with {n} as the number.
func (t *Table) Count(key string, n int, pairs ...string) string {
	form := ".other"
	if n == 1 || (n == 0 && t.lang == "fr") {
		form = ".one"
	}
	return t.Say(key+form, append([]string{"n", t.Number(n)}, pairs...)...)
}

// Number writes n with the separators of the language.
func (t *Table) Number(n int) string {
	s := strconv.Itoa(n)
	if len(s) < 5 {
		return s
	}
	sep := map[string]string{"en": ",", "nl": ".", "de": ".", "fr": "\u202f"}[t.lang]
	var b strings.Builder
	for i, r := range s {
		if i > 0 && r != '-' && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Date writes d with as much as is known: "2018", "Nov 2018", "13 Nov 2018".
func (t *Table) Date(d graphstore.Date) string {
	if d.Zero() {
		return t.Say("date.unknown")
	}
	first, _, ok := d.Span()
	if !ok {
		return d.Value
	}
	if d.Precision == graphstore.PrecisionCirca {
		first, _ = time.Parse("2006-01-02"[:len(d.Value)], d.Value)
	}
	s := strconv.Itoa(first.Year())
	if len(d.Value) > 4 {
		s = t.month(first.Month()) + " " + s
	}
	if len(d.Value) > 7 {
		day := strconv.Itoa(first.Day())
		if t.lang == "de" {
			day += "."
		}
		s = day + " " + s
	}
	if d.Precision == graphstore.PrecisionCirca {
		s = t.Say("date.circa", "date", s)
	}
	return s
}

// Day writes a calendar day.
func (t *Table) Day(at time.Time) string {
	return t.Date(graphstore.Date{Value: at.Format("2006-01-02"), Precision: graphstore.PrecisionDay})
}

func (t *Table) month(m time.Month) string {
	return strings.Fields(map[string]string{
		"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		"nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
		"de": "Jan Feb März Apr Mai Juni Juli Aug Sep Okt Nov Dez",
		"fr": "janv févr mars avr mai juin juil août sept oct nov déc",
	}[t.lang])[m-1]
}
