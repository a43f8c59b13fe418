package render

import "testing"

// TestInksAreThoseOfTheCurve holds the table of inks to what it stands for, in several pictures after each other.
func TestInksAreThoseOfTheCurve(t *testing.T) {
	var table inks
	for _, mean := range []float32{0, .3, 1, 40, .3} {
		for _, opacity := range []float32{256, 90.5} {
			v := curveFor(mean)
			table.set(v, opacity)
			last := uint32(0)
			for n := uint32(0); n < 40*256; n++ {
				got := table.at(n)
				if got != uint32(v.coverage(n)*opacity) || got < last || float32(got) > opacity {
					t.Fatalf("mean %v, opacity %v: density %d has %d after %d", mean, opacity, n, got, last)
				}
				last = got
			}
		}
	}
}

// TestOneLineIsTheFainterTheFullerThePicture goes from hardly filled pictures, in which lines are as strong as they are one by one, to
// full ones without a leap.
func TestOneLineIsTheFainterTheFullerThePicture(t *testing.T) {
	last := curveFor(.01).single
	if last < .5 {
		t.Errorf("in an empty picture one line covers %v", last)
	}
	for mean := float32(.01); mean < 1000; mean *= 1.02 {
		now := curveFor(mean).single
		if now > last || last-now > .01 || now < .1 {
			t.Fatalf("mean %v: %v after %v", mean, now, last)
		}
		last = now
	}
}
