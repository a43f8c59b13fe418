package edgelist

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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

// TestListsOfOthersAreRead reads one list as other programs write it.
func TestListsOfOthersAreRead(t *testing.T) {
	for name, in := range map[string]string{
		"comma":     "Source,Target,Weight\nb,a,1\n\"a\",\"c\"\n",
		"semicolon": "b;a\r\n a ; c\r\n",
		"blank":     "% a comment\n# another\n b  a 2 1e3\na\tc\n",
		"titled":    "src\tdst\nb\ta\na\tc\n",
	} {
		l, err := Read(strings.NewReader(in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(l.Names, l.Edges); got != "[b a c] [[0 1] [1 2]]" {
			t.Errorf("%s: %s", name, got)
		}
	}
	l, err := Read(strings.NewReader("\"a, b\",\"c\"\n%,c\n"))
	if err != nil || strings.Join(l.Names, "|") != "a, b|c|%" {
		t.Errorf("quoted names: %v, %v", l, err)
	}
}

// cutShort returns text packed, without its end.
func cutShort(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()[:b.Len()-12]
}

func TestBadLinesAreNamed(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\nc":                             "line 2",
		"a\tb\n\xff\tc":                       "line 2",
		"\tb":                                 "line 1",
		"":                                    "no edge",
		"lonely":                              "line 1 is not two names",
		"a b\nNew York\tLondon":               "line 2 has more than two words",
		"a,b\nc":                              "line 2 is not src,dst",
		"a;b\n;c":                             "line 2 is not src;dst",
		"a,\"b":                               "line 1 has a quote",
		"a,\"b\"\"c\"":                        "line 1 has a quote",
		"a\tb\n" + strings.Repeat("x", 2<<20): "line 2",
		cutShort(t, strings.Repeat("a\tb\n", 9999)): "unexpected EOF",
		"\x1f\x8bnot really gzip, is it now???":     "gzip",
	} {
		_, err := Read(strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: error %v lacks %q", in, err, want)
		}
	}
}

// TestNumbersDoNotDependOnHowTheTextIsCut reads many lines, with names of all lengths, against a plain map.
func TestNumbersDoNotDependOnHowTheTextIsCut(t *testing.T) {
	var in strings.Builder
	var want [][2]string
	for i := range 60_000 {
		a, b := fmt.Sprint(i*7919%9001), strings.Repeat("n", i%19)+fmt.Sprint(i%97)
		if i%5000 == 0 {
			b = strings.Repeat("long ", 80_000) + b // over a chunk
		}
		want = append(want, [2]string{a, b})
		in.WriteString(a + "\t" + b + "\n")
	}
	l, err := Read(strings.NewReader(strings.TrimSuffix(in.String(), "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Edges) != len(want) {
		t.Fatalf("%d edges of %d", len(l.Edges), len(want))
	}
	number := map[string]int32{}
	for i, e := range l.Edges {
		for k, name := range want[i] {
			if _, ok := number[name]; !ok {
				number[name] = int32(len(number))
			}
			if e[k] != number[name] || l.Names[e[k]] != name {
				t.Fatalf("edge %d: %v is %.20q, not %.20q", i, e, l.Names[e[k]], name)
			}
		}
	}
	if len(l.Names) != len(number) {
		t.Errorf("%d names of %d", len(l.Names), len(number))
	}
}

// TestNamesThatAreNumbersAreNamesLikeOthers reads numbers dense and sparse, small first and large first, among names that look
// much like them, against a plain map.
func TestNamesThatAreNumbersAreNamesLikeOthers(t *testing.T) {
	const seed = 3
	for round := range 6 {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		number := map[string]int32{}
		var in strings.Builder
		var want []string
		for i := range 120_000 {
			n := r.IntN([]int{50, 40_000, 300_000, 2_000_000_000}[r.IntN(4)])
			if round%2 == 1 && i < 3 {
				n = 200_000 - i // large first
			}
			at := fmt.Sprintf([]string{"%d", "%d", "%d", "0%d", "%dx", "-%d", "%d\x00"}[r.IntN(7)], n)
			want = append(want, at)
			in.WriteString(at)
			in.WriteByte("\t\n"[i%2])
		}
		l, err := Read(strings.NewReader(in.String()))
		if err != nil {
			t.Fatalf("seed %d, round %d: %v", seed, round, err)
		}
		for i, at := range want {
			if _, ok := number[at]; !ok {
				number[at] = int32(len(number))
			}
			if got := l.Edges[i/2][i%2]; got != number[at] || l.Names[got] != at {
				t.Fatalf("seed %d, round %d, name %d: %d, called %q, is not %d, called %q", seed, round, i, got, l.Names[got], number[at], at)
			}
		}
		if len(l.Names) != len(number) {
			t.Errorf("seed %d, round %d: %d names of %d", seed, round, len(l.Names), len(number))
		}
	}
}

// TestLookingNumbersUpTakesRoomForTheNodesThereAre holds the array of numbers to a few bytes a node whatever they are.
func TestLookingNumbersUpTakesRoomForTheNodesThereAre(t *testing.T) {
	p := &parser{table: newTable()}
	for i := range 200_000 {
		if err := p.parse([]byte(fmt.Sprintf("%d\t%d\n", i*13%100_000_000, 900_000_000-i*97))); err != nil {
			t.Fatal(err)
		}
		if most := 8 * (len(p.table.ends) + 1<<12); len(p.table.counts) > most {
			t.Fatalf("%d numbers for %d nodes", len(p.table.counts), len(p.table.ends))
		}
	}
}

// TestNamesWithZeroBytesDiffer keeps apart what only the length of a short name tells apart.
func TestNamesWithZeroBytesDiffer(t *testing.T) {
	l, err := Read(strings.NewReader("a\ta\x00\na\x00\x00\t\x00\n"))
	if err != nil || len(l.Names) != 4 {
		t.Errorf("%q, %v", l.Names, err)
	}
}

func TestReadingIsCancelledAndGauged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	if err := os.WriteFile(path, []byte(strings.Repeat("a\tb\n", 1_000_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	last, calls := 0.0, 0
	if _, err := OpenContext(ctx, path, func(done float64) {
		if done < last || done > 1 {
			t.Errorf("from %v to %v", last, done)
		}
		last, calls = done, calls+1
	}); err != nil || last != 1 || calls < 1 {
		t.Errorf("%d calls to %v: %v", calls, last, err)
	}
	if _, err := OpenContext(ctx, path, func(done float64) {
		if done > 0.1 {
			cancel() // at the end at the latest
		}
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
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
