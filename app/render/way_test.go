package render

import (
	"bytes"
	"fmt"
	"image/color"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
)

// ways are strokes of every sort along a bent curve.
func ways(f func(name string, s scene.Stroke)) {
	for _, dash := range []scene.Dash{scene.Solid, scene.Dashed, scene.Dotted} {
		for _, head := range []scene.Head{scene.NoHead, scene.Arrow, scene.HollowArrow} {
			for _, double := range []bool{false, true} {
				f(fmt.Sprintf("dash %d, head %d, double %v", dash, head, double), scene.Stroke{
					A: geom.Point{X: 20, Y: 150}, Ctrl: geom.Point{X: 100, Y: 10}, B: geom.Point{X: 180, Y: 150},
					Width: 2, Color: color.NRGBA{200, 30, 30, 160}, Dash: dash, Head: head, Double: double, Bolt: true, Halo: color.NRGBA{60, 90, 220, 90}})
			}
		}
	}
}

func TestAWayOfOneCurveIsThatCurve(t *testing.T) {
	ways(func(name string, s scene.Stroke) {
		plain, way := blank(200, 200), blank(200, 200)
		plain.Strokes = []scene.Stroke{s}
		s.Way = []geom.Curve{{A: s.A, C: s.Ctrl, B: s.B}}
		s.Ctrl = geom.Point{X: -50, Y: -50} // counts for nothing
		way.Strokes = []scene.Stroke{s}
		if !bytes.Equal(paint(t, plain, 1).Pix, paint(t, way, 1).Pix) {
			t.Errorf("%s: another picture", name)
		}
	})
}

// TestAWayIsDrawnWithoutSeams cuts a curve in four: dashes go on over the cuts, and nothing translucent is twice
// as strong there.
func TestAWayIsDrawnWithoutSeams(t *testing.T) {
	ways(func(name string, s scene.Stroke) {
		s.Bolt = false // its middle is by length, that of a curve by parameter
		plain, way := blank(200, 200), blank(200, 200)
		plain.Strokes = []scene.Stroke{s}
		c := geom.Curve{A: s.A, C: s.Ctrl, B: s.B}
		for i := float32(0); i < 4; i++ {
			s.Way = append(s.Way, c.Between(i/4, (i+1)/4))
		}
		way.Strokes = []scene.Stroke{s}
		a, b := paint(t, plain, 1).Pix, paint(t, way, 1).Pix
		far := 0
		for i := range a {
			if d := int(a[i]) - int(b[i]); max(d, -d) > 60 {
				far++
			}
		}
		if far > 40 {
			t.Errorf("%s: %d values differ", name, far)
		}
	})
}

func TestAWayIsOnePathInSVG(t *testing.T) {
	fr := blank(200, 200)
	fr.Strokes = []scene.Stroke{{A: geom.Point{X: 20, Y: 20}, B: geom.Point{X: 180, Y: 20}, Width: 2, Color: color.NRGBA{A: 255}, Way: []geom.Curve{
		{A: geom.Point{X: 20, Y: 20}, C: geom.Point{X: 60, Y: 80}, B: geom.Point{X: 100, Y: 80}},
		{A: geom.Point{X: 100, Y: 80}, C: geom.Point{X: 140, Y: 80}, B: geom.Point{X: 180, Y: 20}}}}}
	svg, _ := svgOf(t, fr)
	for path := range strings.SplitSeq(svg, "<path") {
		if strings.Contains(path, "M20") && strings.Count(path, "C") == 2 {
			return
		}
	}
	t.Errorf("no path of two curves: %s", svg)
}
