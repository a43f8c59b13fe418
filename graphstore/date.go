package graphstore

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Precision says how much of a Date is known.
type Precision string

// The precisions of a Date. Circa is a year that is itself uncertain, by
// two years either way.
const (
	PrecisionDay   Precision = "day"
	PrecisionMonth Precision = "month"
	PrecisionYear  Precision = "year"
	PrecisionCirca Precision = "circa"
)

// circaYears is how far the truth may lie from a circa date, in years.
const circaYears = 2

// Date is a calendar date of known precision in the proleptic Gregorian
// calendar. Value is "2018", "2018-11" or "2018-11-13" to match; circa allows
// all three. The zero Date means "unknown".
type Date struct {
	Precision Precision `json:"precision"`
	Value     string    `json:"value"`
}

// Zero reports whether the date is unknown.
func (d Date) Zero() bool { return d == Date{} }

// Check reports why d is no date.
func (d Date) Check() error {
	if d.Zero() {
		return nil
	}
	_, parts, err := splitDate(d.Value)
	if err != nil {
		return err
	}
	want := map[Precision]int{PrecisionYear: 1, PrecisionMonth: 2, PrecisionDay: 3, PrecisionCirca: parts}[d.Precision]
	switch {
	case want == 0:
		return fmt.Errorf("date precision %q is none of year, month, day, circa", d.Precision)
	case want != parts:
		return fmt.Errorf("date %q does not match its precision %q", d.Value, d.Precision)
	}
	return nil
}

// splitDate parses an ISO 8601 calendar date of one to three parts.
func splitDate(s string) (t time.Time, parts int, err error) {
	layout := "2006-01-02"
	parts = 1 + strings.Count(s, "-")
	if parts > 3 || len(s) != []int{4, 7, 10}[parts-1] {
		return t, 0, fmt.Errorf("date %q is not written as 2018, 2018-11 or 2018-11-13", s)
	}
	t, err = time.Parse(layout[:len(s)], s)
	if err != nil {
		return t, 0, fmt.Errorf("date %q does not exist", s)
	}
	return t, parts, nil
}

// Span returns the first and the last day that d may mean, in UTC at
// midnight. The unknown date spans nothing: ok is false.
func (d Date) Span() (first, last time.Time, ok bool) {
	t, parts, err := splitDate(d.Value)
	if err != nil {
		return t, t, false
	}
	first, last = t, t
	switch parts {
	case 1:
		last = t.AddDate(1, 0, -1)
	case 2:
		last = t.AddDate(0, 1, -1)
	}
	if d.Precision == PrecisionCirca {
		first, last = first.AddDate(-circaYears, 0, 0), last.AddDate(circaYears, 0, 0)
	}
	return first, last, true
}

// Compare orders dates by their first day, then by precision (a finer date
// first); the unknown date sorts last.
func (d Date) Compare(e Date) int {
	switch {
	case d == e:
		return 0
	case d.Zero():
		return 1
	case e.Zero():
		return -1
	}
	// ISO dates order as text; "2018" must follow "2018-01-01" only by precision.
	a, b := pad(d.Value), pad(e.Value)
	if c := strings.Compare(a, b); c != 0 {
		return c
	}
	if c := len(e.Value) - len(d.Value); c != 0 {
		return c
	}
	return strings.Compare(string(d.Precision), string(e.Precision))
}

func pad(s string) string { return (s + "-01-01")[:max(len(s), 10)] }

// ParseDate reads what a person types: "2018", "Nov 2018", "13 Nov 2018",
// "13.11.2018", "13/11/2018" (day first), "2018-11", "2018-11-13", and any of
// these after "circa", "ca.", "c.", "about" or "~". Month names are known in English, Dutch,
// German and French. The empty string is the unknown date.
func ParseDate(s string) (Date, error) {
	text := strings.ToLower(strings.TrimSpace(s))
	if text == "" {
		return Date{}, nil
	}
	circa := false
	for _, p := range []string{"circa", "about", "omstreeks", "etwa", "environ", "vers", "ca.", "ca ", "c.", "~", "±"} {
		if rest, ok := strings.CutPrefix(text, p); ok {
			circa, text = true, strings.TrimSpace(rest)
			break
		}
	}
	value, err := isoDate(text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date: write 2018, Nov 2018, 13 Nov 2018 or circa 2018", s)
	}
	_, parts, err := splitDate(value)
	if err != nil {
		return Date{}, err
	}
	d := Date{Value: value, Precision: []Precision{PrecisionYear, PrecisionMonth, PrecisionDay}[parts-1]}
	if circa {
		d.Precision = PrecisionCirca
	}
	return d, nil
}

// isoDate turns lower-case text into year[-month[-day]]. The year has four
// digits and stands first or last; a day may stand after the name of its month.
func isoDate(text string) (string, error) {
	f := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == '/' || r == ',' })
	if len(f) == 0 || len(f) > 3 {
		return "", fmt.Errorf("not one to three parts")
	}
	if !isYear(f[0]) { // day month year, or month day year: turn it round
		if len(f) == 3 && monthNumber(f[0]) > 0 {
			f[0], f[1] = f[1], f[0]
		}
		slices.Reverse(f)
	}
	if !isYear(f[0]) {
		return "", fmt.Errorf("no year of four digits")
	}
	iso := f[0]
	for i, w := range f[1:] {
		n := 0
		if i == 0 {
			n = monthNumber(w)
		} else {
			w = strings.TrimRight(w, "stndrhe") // 1st, 2nd, 3rd, 13th, 1er, 2e, 1ste
		}
		if n == 0 {
			v, err := strconv.ParseUint(w, 10, 8)
			if n = int(v); err != nil || n < 1 || n > 31 {
				return "", fmt.Errorf("%q is no number and no month", w)
			}
		}
		iso += fmt.Sprintf("-%02d", n)
	}
	return iso, nil
}

func isYear(w string) bool {
	return len(w) == 4 && strings.Trim(w, "0123456789") == ""
}

// monthNumber knows month names and abbreviations of at least three letters
// in English, Dutch, German and French; 0 is unknown.
func monthNumber(w string) int {
	if len([]rune(w)) < 3 {
		return 0
	}
	for i, names := range [12]string{
		"january januari januar janvier jänner jan", "february februari februar février fevrier feb fev", "march maart märz mars maerz mar mrt",
		"april avril apr avr", "may mei mai", "june juni juin jun", "july juli juillet jul juil", "august augustus août aout aug",
		"september septembre sep sept", "october oktober octobre oct okt", "november novembre nov", "december dezember décembre decembre dec dez déc",
	} {
		for _, n := range strings.Fields(names) {
			if w == n {
				return i + 1
			}
		}
	}
	return 0
}
