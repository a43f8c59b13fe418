package graphstore_test

import (
	"slices"
	"testing"

	"caveat/graphstore"
)

func TestParseDate(t *testing.T) {
	const day, month, year, circa = graphstore.PrecisionDay, graphstore.PrecisionMonth, graphstore.PrecisionYear, graphstore.PrecisionCirca
	for _, c := range []struct {
		in   string
		want graphstore.Date
	}{
		{"", graphstore.Date{}},
		{"  ", graphstore.Date{}},
		{"2018", graphstore.Date{Precision: year, Value: "2018"}},
		{" 2018-11 ", graphstore.Date{Precision: month, Value: "2018-11"}},
		{"2018-11-13", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"Nov 2018", graphstore.Date{Precision: month, Value: "2018-11"}},
		{"november 2018", graphstore.Date{Precision: month, Value: "2018-11"}},
		{"13 Nov 2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"13. November 2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"Nov 13, 2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"November 13th 2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"1st May 2020", graphstore.Date{Precision: day, Value: "2020-05-01"}},
		{"13.11.2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"3.1.2018", graphstore.Date{Precision: day, Value: "2018-01-03"}},
		{"13/11/2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"13-11-2018", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"11/2018", graphstore.Date{Precision: month, Value: "2018-11"}},
		{"2018 Nov", graphstore.Date{Precision: month, Value: "2018-11"}},
		{"2018 Nov 13", graphstore.Date{Precision: day, Value: "2018-11-13"}},
		{"29 Feb 2020", graphstore.Date{Precision: day, Value: "2020-02-29"}},
		{"circa 2018", graphstore.Date{Precision: circa, Value: "2018"}},
		{"ca. 2018", graphstore.Date{Precision: circa, Value: "2018"}},
		{"c. Nov 2018", graphstore.Date{Precision: circa, Value: "2018-11"}},
		{"~2018", graphstore.Date{Precision: circa, Value: "2018"}},
		{"omstreeks 2018", graphstore.Date{Precision: circa, Value: "2018"}},
		{"etwa März 2018", graphstore.Date{Precision: circa, Value: "2018-03"}},
		{"vers mars 2018", graphstore.Date{Precision: circa, Value: "2018-03"}},
		// Dutch, German, French.
		{"15 maart 2022", graphstore.Date{Precision: day, Value: "2022-03-15"}},
		{"15 mrt 2022", graphstore.Date{Precision: day, Value: "2022-03-15"}},
		{"1 augustus 2019", graphstore.Date{Precision: day, Value: "2019-08-01"}},
		{"mei 2018", graphstore.Date{Precision: month, Value: "2018-05"}},
		{"okt 2018", graphstore.Date{Precision: month, Value: "2018-10"}},
		{"15. März 2022", graphstore.Date{Precision: day, Value: "2022-03-15"}},
		{"Jänner 2018", graphstore.Date{Precision: month, Value: "2018-01"}},
		{"3. Dezember 2018", graphstore.Date{Precision: day, Value: "2018-12-03"}},
		{"Mai 2018", graphstore.Date{Precision: month, Value: "2018-05"}},
		{"1er janvier 2018", graphstore.Date{Precision: day, Value: "2018-01-01"}},
		{"2 février 2018", graphstore.Date{Precision: day, Value: "2018-02-02"}},
		{"14 juillet 2018", graphstore.Date{Precision: day, Value: "2018-07-14"}},
		{"août 2018", graphstore.Date{Precision: month, Value: "2018-08"}},
		{"DÉCEMBRE 2018", graphstore.Date{Precision: month, Value: "2018-12"}},
	} {
		if d, err := graphstore.ParseDate(c.in); err != nil || d != c.want {
			t.Errorf("%q reads as %v (%v), want %v", c.in, d, err, c.want)
		}
	}
	for _, in := range []string{"yesterday", "18", "Nov", "13 Nov", "13 Nov 18", "30 Feb 2018", "29 Feb 2019", "2018-13", "2018-00-10", "2018-1-1-1", "20180", "32.1.2018", "Foo 2018", "circa", "2018 circa", "13 11", "-", "2018-11-13T10:00:00Z", "Nov Nov 2018"} {
		if d, err := graphstore.ParseDate(in); err == nil {
			t.Errorf("%q reads as %v", in, d)
		}
	}
}

func TestDateCheck(t *testing.T) {
	for _, d := range []graphstore.Date{{}, {Precision: "year", Value: "2018"}, {Precision: "month", Value: "2018-11"}, {Precision: "day", Value: "2018-11-13"}, {Precision: "circa", Value: "2018"}, {Precision: "circa", Value: "2018-11-13"}} {
		if err := d.Check(); err != nil {
			t.Errorf("%v: %v", d, err)
		}
	}
	for _, d := range []graphstore.Date{{Value: "2018"}, {Precision: "year"}, {Precision: "year", Value: "2018-11"}, {Precision: "day", Value: "2018"}, {Precision: "week", Value: "2018"}, {Precision: "day", Value: "2018-02-30"}, {Precision: "year", Value: "018"}, {Precision: "month", Value: "2018-1"}} {
		if d.Check() == nil {
			t.Errorf("%v passes", d)
		}
	}
}

func TestDateSpan(t *testing.T) {
	for _, c := range []struct{ precision, value, first, last string }{
		{"day", "2020-02-29", "2020-02-29", "2020-02-29"},
		{"month", "2020-02", "2020-02-01", "2020-02-29"},
		{"year", "2020", "2020-01-01", "2020-12-31"},
		{"circa", "2020", "2018-01-01", "2022-12-31"},
		{"circa", "2020-03-05", "2018-03-05", "2022-03-05"},
	} {
		first, last, ok := graphstore.Date{Precision: graphstore.Precision(c.precision), Value: c.value}.Span()
		if a, b := first.Format("2006-01-02"), last.Format("2006-01-02"); !ok || a != c.first || b != c.last {
			t.Errorf("%s spans %s to %s (%v)", c.value, a, b, ok)
		}
	}
	if _, _, ok := (graphstore.Date{}).Span(); ok {
		t.Error("the unknown date spans something")
	}
}

func TestDatesHaveOneOrder(t *testing.T) {
	want := []graphstore.Date{{Precision: "year", Value: "2017"}, {Precision: "day", Value: "2018-01-01"}, {Precision: "month", Value: "2018-01"}, {Precision: "circa", Value: "2018"}, {Precision: "year", Value: "2018"}, {Precision: "day", Value: "2018-01-02"}, {Precision: "month", Value: "2018-02"}, {}}
	have := slices.Clone(want)
	slices.Reverse(have)
	slices.SortFunc(have, graphstore.Date.Compare)
	if !slices.Equal(have, want) {
		t.Errorf("order is %v", have)
	}
	for i, a := range want {
		for j, b := range want {
			if c := a.Compare(b); c < 0 != (i < j) || c > 0 != (i > j) {
				t.Errorf("%v against %v is %d", a, b, c)
			}
		}
	}
}
