package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// drawGoal is what the window is to reach with a drawing of some size: frames a second while it moves,
// and milliseconds from rest to a crisp picture (0: none is set).
type drawGoal struct {
	nodes  int
	frames float64
	crisp  float64
}

// drawGoals are the sizes of the table.
func drawGoals() []drawGoal {
	return []drawGoal{{1000, 55, 0}, {10_000, 50, 30}, {100_000, 45, 150}, {1_000_000, 40, 0}}
}

// drawWindow is the size of the window in the table.
var drawWindow = size{1600, 1000}

// drawTable opens a synthetic drawing of each size in a real window on a private display, pans it
// with a real pointer, and prints a row of what the frame log says beside the goals.
func (t *tool) drawTable(ctx context.Context, only []string) error {
	if runtime.GOOS != "linux" {
		return errors.New("the drawing table needs a private X display, which this system has not: use Linux")
	}
	if err := t.setup(ctx, buildGroup(), openGroup(), windowGroup()); err != nil {
		return err
	}
	program, err := t.build(ctx, "caveat", "CGO_ENABLED=1")
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\nThree edges a node to nodes at most five cells away on a grid, window %d x %d, laid out, then moved by a real pointer and keys.\n"+
		"Milliseconds, p50/p95. First: from the start of the program. Input: from a move of the pointer to the end of the frame that shows it.\n"+
		"Frames a second, of frames that were drawn because the canvas had changed: dragged to and fro without a pause; zoomed smoothly by keys;\n"+
		"while a new layout moves the nodes, where what counts are new pictures. Crisp: from the last input of a movement to the end of the first frame\n"+
		"of which every pixel is one of a picture of that zoom, after %d drags, after %d turns of the wheel, and after the last step of a smooth zoom; exact: until the\n"+
		"picture is that of the very camera, with the names chosen for it. Held up: the longest turn of the window's goroutine while moving.\n"+
		"Libraries of a browser are compared by the same picture: positions and edges come from the generator 1664525 x + 1013904223 with seed 42.\n\n"+
		"| nodes | first | layout | input | dragged | zoomed | laid out | goal | crisp, dragged | crisp, wheel | crisp, zoomed | goal | exact, dragged | exact, wheel | held up | MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n", drawWindow.w, drawWindow.h, drawStops, drawStops)
	for _, g := range drawGoals() {
		if len(only) > 0 && !slices.Contains(only, strconv.Itoa(g.nodes)) {
			continue
		}
		row, err := t.drawRow(ctx, program, g)
		if err != nil {
			return fmt.Errorf("%d nodes: %w", g.nodes, err)
		}
		fmt.Fprintln(t.out, row)
	}
	return nil
}

// syntheticEdges writes the edge list of n nodes: the picture of the comparison with others.
func syntheticEdges(w io.Writer, n int) error {
	z := gzip.NewWriter(w)
	out := bufio.NewWriter(z)
	seed := uint32(42)
	next := func() float64 {
		seed = seed*1664525 + 1013904223
		return float64(seed) / (1 << 32)
	}
	cols := int(math.Ceil(math.Sqrt(float64(n) * 1.6)))
	for range 2 * n { // the jitter of the positions
		next()
	}
	round := func(x float64) int { return int(math.Floor(x + 0.5)) }
	for written := 0; written < 3*n; {
		i := int(next() * float64(n))
		j := i + round((next()-0.5)*10)
		j += cols * round((next()-0.5)*10)
		if j < 0 || j >= n || j == i {
			continue
		}
		fmt.Fprintf(out, "%d\t%d\n", i, j)
		written++
	}
	return errors.Join(out.Flush(), z.Close())
}

// What is done to the canvas.
const (
	dragMoves  = 360
	dragEvery  = "0.008" // seconds
	drawStops  = 12
	stopMoves  = 30
	stopPause  = "0.4"
	laidOutMax = 20_000 // nodes up to which a layout moves them
)

// A movement is one way in which the canvas is moved, as xdotool is told it. Each ends at rest.
type movement []string

// dragged is a drag to and fro about x, y without a pause.
func dragged(x, y int) movement {
	m := movement{"mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.3", "mousedown", "2"}
	for k := range dragMoves {
		m = m.to(x+int(40*math.Sin(float64(k)/10)), y+int(25*math.Cos(float64(k)/14)))
	}
	return append(m, "mouseup", "2")
}

func (m movement) to(x, y int) movement {
	return append(m, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", dragEvery)
}

// stops is a longer drag with pauses in it.
func stops(x, y int) movement {
	m := movement{"mousedown", "2"}
	for k := range drawStops * stopMoves {
		t := float64(k) / 2
		if m = m.to(x+int(140*math.Sin(t/9)), y+int(80*math.Cos(t/7))); k%stopMoves == stopMoves-1 {
			m = append(m, "sleep", stopPause)
		}
	}
	return append(m, "mouseup", "2")
}

// wheel zooms in and out by turns of the wheel.
func wheel(x, y int) movement {
	m := movement{"mousemove", strconv.Itoa(x), strconv.Itoa(y)}
	for k := range drawStops {
		m = append(m, "click", "--repeat", "6", "--delay", "45", strconv.Itoa(4+k%2), "sleep", stopPause)
	}
	return m
}

// zoomed zooms in and out smoothly by keys.
func zoomed() movement {
	var m movement
	for k := range drawStops {
		for range 4 {
			m = append(m, "key", [2]string{"ctrl+equal", "ctrl+minus"}[k%2], "sleep", "0.15")
		}
	}
	return m
}

// arranged lays the drawing out anew, a few times.
func arranged() movement {
	var m movement
	for range 4 {
		m = append(m, "key", "ctrl+l", "sleep", "1.2")
	}
	return m
}

// measure moves the canvas and reads what the frame log says of it.
func (t *tool) measure(ctx context.Context, log string, ended <-chan struct{}, m movement) (*frames, error) {
	before := lines(log)
	if _, err := t.output(ctx, "xdotool", m...); err != nil {
		return nil, err
	}
	if err := pause(ctx, 1500*time.Millisecond, ended); err != nil {
		return nil, err
	}
	return readFrames(log, before)
}

// drawRow measures one size.
func (t *tool) drawRow(ctx context.Context, program string, g drawGoal) (string, error) {
	d, err := openDesktop()
	if err != nil {
		return "", err
	}
	defer d.close()
	if err := d.startDisplay(ctx, t, drawWindow); err != nil {
		return "", err
	}
	edges, log := filepath.Join(d.dir, "synthetic.tsv.gz"), filepath.Join(d.dir, "frames.jsonl")
	if err := writeFile(edges, func(w io.Writer) error { return syntheticEdges(w, g.nodes) }); err != nil {
		return "", err
	}
	inside := t.with(d.variables()...)
	s, opening, err := inside.rehearse(ctx, d, program, edges)
	if err != nil {
		return "", err
	}
	cmd, ended, err := inside.openDrawing(ctx, d, program, "shown", "--frame-log", log, edges)
	if err != nil {
		return "", err
	}
	if err := pause(ctx, opening*5/4+time.Second, ended); err != nil {
		return "", err
	}
	x, y := int(s.Canvas.X+s.Canvas.W/2), int(s.Canvas.Y+s.Canvas.H/2)
	var of [5]*frames
	all := [5]movement{dragged(x, y), stops(x, y), wheel(x, y), zoomed()}
	if g.nodes <= laidOutMax {
		all[4] = arranged()
	}
	for i, m := range all {
		if m == nil {
			continue
		}
		if of[i], err = inside.measure(ctx, log, ended, m); err != nil {
			return "", err
		}
	}
	if len(of[0].input) == 0 {
		return "", errors.New("the frame log has no moves of the pointer: did the window have it?")
	}
	crisp, laidOut := "-", "-"
	if g.crisp > 0 {
		crisp = fmt.Sprintf("%.0f", g.crisp)
	}
	held := 0.0
	for _, f := range of[:4] {
		held = max(held, f.turn)
	}
	if of[4] != nil {
		laidOut = fmt.Sprintf("%.0f", rate(of[4].pictures))
	}
	return fmt.Sprintf("| %d | %.0f | %.0f | %s | %.0f | %.0f | %s | %.0f | %s | %s | %s | %s | %s | %s | %.0f | %d |", g.nodes, of[0].first, float64(s.Status.LayoutTime)/1e6,
		both(of[0].input), rate(of[0].gaps), rate(of[3].gaps), laidOut, g.frames, both(of[1].crisp), both(of[2].crisp), both(of[3].crisp), crisp, both(of[1].exact), both(of[2].exact),
		held, residentPeak(cmd.Process.Pid)>>20), nil
}

// openDrawing starts the program with settings of that name, on the display of d, and brings its window to the front.
func (t *tool) openDrawing(ctx context.Context, d *desktop, program, settings string, args ...string) (*exec.Cmd, <-chan struct{}, error) {
	cmd := t.command(ctx, program, append([]string{"--settings", filepath.Join(d.dir, settings), "--size", fmt.Sprintf("%dx%d", drawWindow.w, drawWindow.h),
		"--theme", "light", "--lang", "en"}, args...)...)
	ended, err := d.keepCommand(cmd)
	if err != nil {
		return nil, nil, err
	}
	window, err := t.window(ctx, cmd.Process.Pid, ended)
	if err == nil {
		_, err = t.output(ctx, "xdotool", "windowactivate", window)
	}
	return cmd, ended, err
}

// rehearse opens the drawing with a state file, which says where the canvas is and when all is at rest, and closes it again: to
// write that file holds a window up, so what is measured has none. It returns how long the opening took.
func (t *tool) rehearse(ctx context.Context, d *desktop, program, edges string) (*drawState, time.Duration, error) {
	state, began := filepath.Join(d.dir, "state.json"), time.Now()
	cmd, ended, err := t.openDrawing(ctx, d, program, "rehearsed", "--state", state, edges)
	if err != nil {
		return nil, 0, err
	}
	s, err := restingState(ctx, state, ended)
	if err != nil {
		return nil, 0, err
	}
	took := time.Since(began)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		return nil, 0, fmt.Errorf("closing the rehearsed window: %w", err)
	}
	select {
	case <-ended:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	case <-time.After(10 * time.Second):
		return nil, 0, errors.New("the rehearsed window does not close")
	}
	return s, took, nil
}

// both writes the median and the 95th percentile.
func both(v []float64) string {
	if len(v) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f/%.0f", percentile(v, 50), percentile(v, 95))
}

// drawState is what the table reads of the window's state file.
type drawState struct {
	Canvas      struct{ X, Y, W, H float32 }
	Crisp, Idle bool
	Jobs        []string
	Status      struct{ Shown, LayoutTime int }
}

// restingState waits until the drawing is laid out and its picture is on show.
func restingState(ctx context.Context, path string, ended <-chan struct{}) (*drawState, error) {
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); {
		s := new(drawState)
		if b, err := os.ReadFile(path); err == nil && json.Unmarshal(b, s) == nil && s.Crisp && s.Idle && s.Status.Shown > 0 && len(s.Jobs) == 0 {
			return s, nil
		}
		if err := pause(ctx, 100*time.Millisecond, ended); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the drawing did not come to rest within three minutes")
}

// frames is what a frame log says. All times are milliseconds.
type frames struct {
	first        float64   // picture, after the start
	input        []float64 // from a drag to its frame
	gaps         []float64 // between frames of one movement
	pictures     []float64 // between pictures that follow each other closely
	crisp, exact []float64 // from the last input of a drag or of the wheel, or the last step of a smooth movement
	turn         float64   // the longest
}

// rate is how many of what has such gaps there are in a second.
func rate(gaps []float64) float64 {
	sum := 0.0
	for _, g := range gaps {
		sum += g
	}
	if sum == 0 {
		return 0
	}
	return 1000 * float64(len(gaps)) / sum
}

// closely is the most between two pictures of one movement, in milliseconds.
const closely = 100

// readFrames reads a frame log: what it says from line after on, and the first picture of all.
func readFrames(path string, after int) (*frames, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r, last := new(frames), math.Inf(-1)
	for i, line := range strings.Split(string(raw), "\n") {
		var l struct {
			Kind, Input string
			At          float64 `json:"t_ms"`
			Shown       float64 `json:"shown_ms"`
			Crisp       float64 `json:"crisp_ms"`
			Exact       float64 `json:"exact_ms"`
			Gap         float64 `json:"gap_ms"`
			Took        float64 `json:"ms"`
			Edges       int
		}
		if json.Unmarshal([]byte(line), &l) != nil {
			continue // the last line may still be being written
		}
		switch {
		case l.Kind == "picture" && r.first == 0 && l.Edges > 0:
			r.first = l.At
		case i < after:
		case l.Kind == "turn":
			r.turn = max(r.turn, l.Took)
		case l.Kind == "input" && l.Input == "drag":
			r.input = append(r.input, l.Shown)
		case l.Kind == "rest" && (l.Input == "drag" || l.Input == "wheel" || l.Input == "motion"):
			r.crisp, r.exact = append(r.crisp, l.Crisp), append(r.exact, l.Exact)
		case l.Kind == "picture":
			if gap := l.At - last; gap < closely {
				r.pictures = append(r.pictures, gap)
			}
			last = l.At
		case l.Kind == "frame":
			r.gaps = append(r.gaps, l.Gap)
		}
	}
	return r, nil
}

// lines counts the lines of a file.
func lines(path string) int {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	return strings.Count(string(raw), "\n")
}

// percentile returns the p-th percentile of v, 0 of nothing.
func percentile(v []float64, p int) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return s[min(len(s)-1, len(s)*p/100)]
}

// writeFile makes a file and has write fill it.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// residentPeak returns the most bytes a process had resident at once, 0 where the system does not tell.
func residentPeak(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}
