package edgelist

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func TestReadNumbersNodesAsTheyCome(t *testing.T) {
	text := "\ufeff# comment\nb\ta\r\n\na\tc\tignored\nb\tb\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{"plain": text, "gzip": packed.String()} {
		l, err := Read(strings.NewReader(in))
		if err != nil {
			t.Fatal(name, err)
		}
		if got := strings.Join(l.Names, ","); got != "b,a,c" {
			t.Errorf("%s: names %s", name, got)
		}
		if len(l.Edges) != 3 || l.Edges[2] != [2]int32{0, 0} {
			t.Errorf("%s: edges %v", name, l.Edges)
		}
	}
}

func TestBadLinesAreNamed(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\nc":                               "line 2",
		"a\tb\n\xff\tc":                         "line 2",
		"\tb":                                   "line 1",
		"":                                      "no edge",
		"a\tb\n" + strings.Repeat("x", 2<<20):   "line 2",
		"\x1f\x8bnot really gzip, is it now???": "gzip",
	} {
		_, err := Read(strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: error %v lacks %q", in, err, want)
		}
	}
}

func TestPlacesReadBack(t *testing.T) {
	var b bytes.Buffer
	names := []string{"a", "b c"}
	if err := WritePlaces(&b, names, func(i int) Place { return Place{float32(i) + .5, -3} }); err != nil {
		t.Fatal(err)
	}
	got, err := ReadPlaces(&b)
	if err != nil || got["b c"] != (Place{1.5, -3}) || len(got) != 2 {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := ReadPlaces(strings.NewReader("a\tNaN\t1")); err == nil {
		t.Error("a place that is not finite is read")
	}
}

func BenchmarkRead(b *testing.B) {
	var in strings.Builder
	for i := range 100_000 {
		in.WriteString(strings.Repeat("9", 1+i%7) + "\t" + strings.Repeat("8", 1+i%5) + "\n")
	}
	b.SetBytes(int64(in.Len()))
	for b.Loop() {
		if _, err := Read(strings.NewReader(in.String())); err != nil {
			b.Fatal(err)
		}
	}
}
