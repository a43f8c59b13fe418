package typeset

import (
	"bytes"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"sync"
	"testing"
)

func faces(t testing.TB) *Faces {
	t.Helper()
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWidthGrowsLinearlyWithSize(t *testing.T) {
	f := faces(t)
	for _, s := range []string{"Kaspersky", "AVAV Te, To", "Één café", "Лаборатория", ""} {
		one := f.Width(s, 1, false)
		for _, size := range []float32{11, 12, 17.3, 48} {
			if got := f.Width(s, size, false); math.Abs(float64(got-one*size)) > 1e-3*float64(size) {
				t.Errorf("%q at %v: %v, want %v", s, size, got, one*size)
			}
		}
	}
}

func TestEachEndsWhereWidthSays(t *testing.T) {
	f := faces(t)
	for _, bold := range []bool{false, true} {
		for _, s := range []string{"Tokyo AVATAR", "e\u0301t\u00e9", "a\tb\nc", "\xff\xfe", "中文"} {
			last, n := float32(-1), 0
			end := f.Each(s, 12, bold, func(_ rune, x float32) {
				if x < last-1 {
					t.Errorf("%q: the pen runs back from %v to %v", s, last, x)
				}
				last, n = x, n+1
			})
			if end != f.Width(s, 12, bold) {
				t.Errorf("%q: ends at %v, width %v", s, end, f.Width(s, 12, bold))
			}
		}
	}
	if f.Width("e\u0301", 12, false) != f.Width("\u00e9", 12, false) {
		t.Error("a loose accent takes room")
	}
	if !(f.Width("AV", 12, false) < f.Width("A", 12, false)+f.Width("V", 12, false)) {
		t.Error("AV is not kerned")
	}
	if f.Width("\u200b\u200e", 12, false) != 0 {
		t.Error("characters without extent take room")
	}
}

// random makes text of words of 1-14 letters.
func random(rng *rand.Rand) string {
	var b strings.Builder
	for i := range 1 + rng.Intn(7) {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 1 + rng.Intn(14) {
			b.WriteRune([]rune("abcdefghijklmnopqrstuvwxyzABCDEWäéñçЖ")[rng.Intn(37)])
		}
	}
	return b.String()
}

func TestWrappedLinesFitAndLoseNothingUnsaid(t *testing.T) {
	const seed = 5
	rng := rand.New(rand.NewSource(seed))
	f := faces(t)
	for range 2000 {
		s, limit, lines := random(rng), 30+rng.Float32()*150, 1+rng.Intn(3)
		got := f.Wrap(s, 12, false, limit, lines)
		if len(got) == 0 || len(got) > lines {
			t.Fatalf("seed %d: %q in %d lines: %q", seed, s, lines, got)
		}
		cut := false
		for _, l := range got {
			if w := f.Width(l, 12, false); w > limit+1e-3 {
				t.Fatalf("seed %d: line %q is %v wide, limit %v", seed, l, w, limit)
			}
			cut = cut || strings.HasSuffix(l, ellipsis)
		}
		if !cut && strings.Join(got, " ") != s {
			t.Fatalf("seed %d: %q became %q without an ellipsis", seed, s, got)
		}
	}
}

func TestWrapEvensItsLines(t *testing.T) {
	f := faces(t)
	got := f.Wrap("Federal Office for Information Security", 12, false, 180, 2)
	if fmt.Sprint(got) != "[Federal Office for Information Security]" || len(got) != 2 || got[0] != "Federal Office for" {
		t.Errorf("got %q", got)
	}
	if got := f.Wrap("  ", 12, false, 100, 2); got != nil {
		t.Errorf("empty text gives %q", got)
	}
}

func TestElideKeepsWhatFits(t *testing.T) {
	f := faces(t)
	s := "Kaspersky Endpoint Security"
	if got := f.Elide(s, 12, false, 1000); got != s {
		t.Errorf("short text was cut: %q", got)
	}
	last := ""
	for limit := float32(0); limit < 200; limit += 2 {
		got := f.Elide(s, 12, false, limit)
		if w := f.Width(got, 12, false); w > limit && got != ellipsis {
			t.Errorf("%q is wider than %v", got, limit)
		}
		if len([]rune(got)) < len([]rune(last)) {
			t.Errorf("more room, less text: %q after %q", got, last)
		}
		last = got
	}
}

func TestGlyphCoversItsOutlineAtEverySubpixel(t *testing.T) {
	f := faces(t)
	for _, r := range []rune{'a', 'W', 'g', 'ß', 'Ж', '…', '中'} {
		area := -1.0
		for sub := range uint8(Subpixels) {
			g := f.Glyph(r, 24, false, sub)
			if g.Mask == nil {
				t.Fatalf("%q has no ink", r)
			}
			sum := 0.0
			for _, p := range g.Mask.Pix {
				sum += float64(p) / 255
			}
			if area >= 0 && math.Abs(sum-area) > 0.02*area {
				t.Errorf("%q: ink %v at subpixel %d, %v before", r, sum, sub, area)
			}
			area = sum
			if again := f.Glyph(r, 24.05, false, sub); again != g {
				t.Errorf("%q is made twice", r)
			}
		}
	}
	if g := f.Glyph(' ', 12, false, 0); g.Mask != nil || g.Advance <= 0 {
		t.Error("a space has ink or no width")
	}
}

func TestPlaceNamesTheNearestSubpixel(t *testing.T) {
	for _, c := range []struct {
		x    float32
		p    int
		step uint8
	}{{0, 0, 0}, {0.25, 0, 1}, {0.9, 1, 0}, {-0.25, -1, 3}, {7.5, 7, 2}} {
		if p, s := Place(c.x); p != c.p || s != c.step {
			t.Errorf("%v: got %d and %d, want %d and %d", c.x, p, s, c.p, c.step)
		}
	}
}

func TestFacesServeManyGoroutinesAlike(t *testing.T) {
	f, want := faces(t), faces(t)
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			for i := range 300 {
				r := rune(0x20 + (i*7+k)%0x300)
				g, w := f.Glyph(r, float32(10+i%5), i%2 == 0, uint8(i%4)), want.Glyph(r, float32(10+i%5), i%2 == 0, uint8(i%4))
				if (g.Mask == nil) != (w.Mask == nil) || g.Mask != nil && !bytes.Equal(g.Mask.Pix, w.Mask.Pix) {
					t.Errorf("%q differs", r)
				}
				f.Width(string(r)+"中", 12, false)
			}
		})
	}
	wg.Wait()
}

func TestCacheStaysBounded(t *testing.T) {
	f := faces(t)
	for size := float32(100); size < 300; size += 0.25 {
		for _, r := range "WM@" {
			f.Glyph(r, size, false, 0)
		}
		if n := f.masks.bytes.Load(); n > cacheLimit+1<<20 {
			t.Fatalf("the cache holds %d bytes", n)
		}
	}
}

func BenchmarkWidth(b *testing.B) {
	f := faces(b)
	b.ReportAllocs()
	for b.Loop() {
		f.Width("Federal Office for Information Security", 12, false)
	}
}

func BenchmarkGlyph(b *testing.B) {
	f := faces(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		f.Glyph(rune('a'+i%26), 12, false, uint8(i&3))
		i++
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		faces(b)
	}
}
