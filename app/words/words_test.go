package words

import (
	"testing"

	"caveat/graphstore"
)

func load(t *testing.T, lang string) *Table {
	t.Helper()
	w, err := Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestLocalesFindTheirLanguage(t *testing.T) {
	for in, want := range map[string]string{"nl_BE.UTF-8": "nl", "de-AT": "de", "FR": "fr", "en": "en", "": "en", "C.UTF-8": "en", "ja_JP": "en"} {
		if got := Closest(in); got != want {
			t.Errorf("Closest(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestEveryLanguageSaysTheSameKeys(t *testing.T) {
	en := load(t, "en")
	for _, lang := range Languages() {
		w := load(t, lang)
		for key := range en.texts {
			if !w.Has(key) {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		if len(w.texts) != len(en.texts) {
			t.Errorf("%s has %d texts, English %d", lang, len(w.texts), len(en.texts))
		}
	}
}

func TestSayFillsPlacesAndShowsGaps(t *testing.T) {
	w := load(t, "en")
	if got := w.Say("date.circa", "date", "2018"); got != "circa 2018" {
		t.Errorf("got %q", got)
	}
	if got := w.Say("no.such.key"); got != "no.such.key" {
		t.Errorf("a gap reads %q", got)
	}
}

func TestDatesShowWhatIsKnown(t *testing.T) {
	for _, c := range []struct{ lang, typed, want string }{
		{"en", "2018", "2018"},
		{"en", "Nov 2018", "Nov 2018"},
		{"en", "2018-11-03", "3 Nov 2018"},
		{"de", "2018-03-03", "3. März 2018"},
		{"nl", "circa 2018", "circa 2018"},
		{"en", "", "date unknown"},
	} {
		d, err := graphstore.ParseDate(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		if got := load(t, c.lang).Date(d); got != c.want {
			t.Errorf("%s %q reads %q, want %q", c.lang, c.typed, got, c.want)
		}
	}
}

func TestNumbersAreGroupedFromFiveDigits(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1234: "1234", 12345: "12,345", 1234567: "1,234,567", -12345: "-12,345"} {
		if got := load(t, "en").Number(n); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
}
