package render

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
)

// network is a clustered graph of n nodes and three edges a node that fills
// 1600x1000, as in the measurements of layout.md.
func network(n int) (pos []geom.Point, edges [][2]int) {
	r := rand.New(rand.NewPCG(42, 1))
	k := max(int(math.Sqrt(float64(n))/2), 3)
	centre, spread := make([]geom.Point, k), make([]float32, k)
	for i := range centre {
		centre[i] = geom.Point{X: 80 + r.Float32()*1440, Y: 60 + r.Float32()*880}
		spread[i] = 1000 / float32(math.Sqrt(float64(k))) * (.15 + .35*r.Float32())
	}
	members := make([][]int, k)
	pos = make([]geom.Point, n)
	group := make([]int, n)
	for i := range pos {
		c := r.IntN(k)
		pos[i] = centre[c].Add(geom.Point{X: float32(r.NormFloat64()), Y: float32(r.NormFloat64())}.Mul(spread[c]))
		members[c], group[i] = append(members[c], i), c
	}
	for range 3 * n {
		a := r.IntN(n)
		b := r.IntN(n)
		if g := members[group[a]]; r.Float32() < .9 {
			b = g[r.IntN(len(g))]
		}
		edges = append(edges, [2]int{a, b})
	}
	return pos, edges
}

func far(n int) *scene.Frame {
	fr := blank(1600, 1000)
	fr.ToneMap = 3*n > 50000
	pos, edges := network(n)
	colors := []color.NRGBA{{138, 138, 138, 200}, {178, 24, 43, 220}, {33, 102, 172, 220}}
	for i, e := range edges {
		c := colors[0]
		if i%10 == 0 {
			c = colors[1+i/10%2]
		}
		fr.Lines = append(fr.Lines, scene.Line{A: pos[e[0]], B: pos[e[1]], Color: c})
	}
	for _, p := range pos {
		fr.Dots = append(fr.Dots, scene.Dot{At: p, Radius: 1.5, Color: color.NRGBA{40, 90, 160, 255}})
	}
	return fr
}

func nearby(n int) *scene.Frame {
	fr := blank(1600, 1000)
	pos, edges := network(n)
	for i, e := range edges {
		c := geom.Arc(pos[e[0]], pos[e[1]], 12)
		s := scene.Stroke{A: c.A, Ctrl: c.C, B: c.B, Width: 1.4, Color: color.NRGBA{178, 24, 43, 255}, Head: scene.Arrow}
		if i%5 == 0 {
			s.Dash = scene.Dashed
		}
		fr.Strokes = append(fr.Strokes, s)
	}
	for i, p := range pos {
		fr.Marks = append(fr.Marks, scene.Mark{At: p, Radius: 14, Outline: scene.Outline(i % 4), Fill: white, Border: blue, Width: 1.5, Icon: "square", Ink: blue})
		fr.Texts = append(fr.Texts, scene.Text{At: p.Add(geom.Point{Y: 26}), String: fmt.Sprintf("Kaspersky Lab no. %d", i), Size: 12, Color: black, Halo: color.NRGBA{255, 255, 255, 220}})
	}
	return fr
}

func benchmarkPaint(b *testing.B, fr *scene.Frame) {
	p := NewPainter(faces(b))
	dst := image.NewRGBA(image.Rectangle{Max: fr.Size})
	if err := p.Paint(context.Background(), fr, dst); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Paint(context.Background(), fr, dst); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPaintNear is a frame with icons, arrows and a label for every node.
func BenchmarkPaintNear(b *testing.B) {
	for _, n := range []int{100, 1000} {
		fr := nearby(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkPaint(b, fr) })
	}
}

// BenchmarkPaintFar is a frame of dots and hairlines, three a node.
func BenchmarkPaintFar(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		fr := far(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkPaint(b, fr) })
	}
}

// BenchmarkFiles writes a near frame of 1,000 nodes to each format.
func BenchmarkFiles(b *testing.B) {
	fr, f := nearby(1000), faces(b)
	for name, write := range map[string]func() error{
		"svg": func() error { _, err := SVG(io.Discard, fr, f, ""); return err },
		"pdf": func() error { _, err := PDF(io.Discard, fr, f, ""); return err },
		"png": func() error { return PNG(context.Background(), io.Discard, fr, f, 0) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
