package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"image"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"caveat/app/ui"
)

// drawingOf writes the edge list of n nodes in a chain of neighbourhoods, three edges a node, and returns its path.
func drawingOf(t *testing.T, n int) string {
	t.Helper()
	const seed = 11
	r := rand.New(rand.NewSource(seed))
	path := filepath.Join(t.TempDir(), fmt.Sprintf("drawing-%d.tsv.gz", n))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	w := bufio.NewWriter(z)
	side := int(math.Sqrt(float64(n)))
	for i := range n {
		for _, j := range []int{i + 1, i + side, i + r.Intn(5) + side*(r.Intn(5)-2)} {
			if j != i && j >= 0 {
				fmt.Fprintf(w, "n%d\tn%d\n", i, j%n)
			}
		}
	}
	if err := errors.Join(w.Flush(), z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// drawn waits, longer than for a case, until a large drawing is laid out and crisp.
func (j *journey) drawn(nodes int) *ui.State {
	j.Helper()
	for end := time.Now().Add(4 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if s := j.read(); s.Status.Shown == nodes && s.Crisp && s.Idle && len(s.Jobs) == 0 {
			return s
		}
		select {
		case <-j.finished:
			j.Fatal("the program ended")
		default:
		}
	}
	j.Fatalf("the drawing of %d nodes did not come to rest", nodes)
	return nil
}

// overview returns where the overview is, if it is on show.
func overview(s *ui.State) (ui.StateBox, bool) {
	for _, t := range s.Texts["center"] {
		if t.Role == "map" && t.W > 0 {
			return t.StateBox, true
		}
	}
	return ui.StateBox{}, false
}

// TestJourneyThroughLargeDrawings opens, pans, zooms, finds its way by the overview, and selects in drawings of 10,000 and
// 100,000 nodes.
func TestJourneyThroughLargeDrawings(t *testing.T) {
	for _, n := range []int{10_000, 100_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			j := begin(t, drawingOf(t, n))
			s := j.drawn(n)
			if !s.Status.Drawing || s.Status.Claims < 29*n/10 {
				t.Errorf("%d edges, a drawing: %v", s.Status.Claims, s.Status.Drawing)
			}
			j.see("a drawing all over the canvas", func(img image.Image) bool { return j.inked(img, s.Canvas) >= int(s.Canvas.W*s.Canvas.H/20) })
			if _, on := overview(s); on {
				t.Error("all is in view and the overview is on show")
			}
			x, y := s.Canvas.X+s.Canvas.W/2, s.Canvas.Y+s.Canvas.H/2
			j.drag(x, y, x+120, y-60, "2")
			moved := j.wait("the pan", func(q *ui.State) bool { return q.Camera != s.Camera && q.Crisp })
			if moved.Zoom != s.Zoom || math.Abs(float64((s.Camera.X-moved.Camera.X)*s.Zoom-120)) > 3 {
				t.Errorf("panned by 120: from %v to %v at zooms %v and %v", s.Camera, moved.Camera, s.Zoom, moved.Zoom)
			}
			j.move(x, y)
			for range 24 {
				j.xdo("click", "4", "sleep", "0.02")
			}
			close := j.wait("the zoom and the overview", func(q *ui.State) bool { _, on := overview(q); return q.Zoom > 8*s.Zoom && q.Crisp && on })
			box, _ := overview(close)
			j.click(box.X+box.W*0.4, box.Y+box.H*0.6, "1")
			there := j.wait("the jump by the overview", func(q *ui.State) bool { return q.Camera != close.Camera && q.Zoom == close.Zoom && q.Crisp })
			j.drag(box.X+box.W*0.4, box.Y+box.H*0.6, box.X+box.W*0.5, box.Y+box.H*0.5, "1")
			j.wait("the drag in the overview", func(q *ui.State) bool { return q.Camera != there.Camera && q.Crisp })
			j.keys("m")
			j.wait("no overview", func(q *ui.State) bool { _, on := overview(q); return !on })
			j.keys("m")
			j.wait("the overview again", func(q *ui.State) bool { _, on := overview(q); return on })
			j.keys("space")
			whole := j.wait("the whole again", func(q *ui.State) bool {
				_, on := overview(q)
				return q.Crisp && q.Idle && !on && math.Abs(float64(q.Zoom/s.Zoom-1)) < 0.01
			})
			inside := func(k ui.StateNode) bool {
				return k.X > whole.Canvas.X+40 && k.Y > whole.Canvas.Y+40 && k.X < whole.Canvas.X+whole.Canvas.W-200 && k.Y < whole.Canvas.Y+whole.Canvas.H-100
			}
			i := slices.IndexFunc(whole.Nodes, inside)
			if i < 0 {
				t.Fatal("none of the first nodes is in view")
			}
			j.click(whole.Nodes[i].X, whole.Nodes[i].Y, "1")
			j.wait("a selection", func(q *ui.State) bool { return len(q.Selection) == 1 && q.Crisp })
		})
	}
}
