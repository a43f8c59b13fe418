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
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// drawGoal is what the window is to reach with a drawing of some size: frames a second while panning,
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
	fmt.Fprintf(t.out, "\nThree edges a node to nodes at most five cells away on a grid, window %d x %d, laid out and then dragged about by the pointer for %d moves.\n"+
		"Milliseconds. Input: from a move of the pointer to the frame that shows it (at most one frame too long). Crisp: from asking for\n"+
		"a picture to its being on show. First: from the start of the program. Held up: the longest turn of the window's goroutine.\n"+
		"Libraries of a browser are compared by the same picture: positions and edges come from the generator 1664525 x + 1013904223 with seed 42.\n\n"+
		"| nodes | first | layout | input p50 | p95 | crisp p50 | p95 | goal | frames/s | goal | held up | MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n", drawWindow.w, drawWindow.h, dragMoves)
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

// dragMoves and dragEvery are the moves of the pointer that are measured.
const (
	dragMoves = 180
	dragEvery = 0.016 // seconds
)

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
	edges, log, state := filepath.Join(d.dir, "synthetic.tsv.gz"), filepath.Join(d.dir, "frames.jsonl"), filepath.Join(d.dir, "state.json")
	if err := writeFile(edges, func(w io.Writer) error { return syntheticEdges(w, g.nodes) }); err != nil {
		return "", err
	}
	inside := t.with(d.variables()...)
	cmd := inside.command(ctx, program, "--settings", filepath.Join(d.dir, "settings"), "--size", fmt.Sprintf("%dx%d", drawWindow.w, drawWindow.h),
		"--theme", "light", "--lang", "en", "--frame-log", log, "--state", state, edges)
	ended, err := d.keepCommand(cmd)
	if err != nil {
		return "", err
	}
	window, err := inside.window(ctx, cmd.Process.Pid, ended)
	if err != nil {
		return "", err
	}
	if _, err := inside.output(ctx, "xdotool", "windowactivate", window); err != nil {
		return "", err
	}
	s, err := restingState(ctx, state, ended)
	if err != nil {
		return "", err
	}
	x, y := int(s.Canvas.X+s.Canvas.W/2), int(s.Canvas.Y+s.Canvas.H/2)
	before := lines(log)
	moves := []string{"mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.3", "mousedown", "2"}
	for k := range dragMoves {
		a, b := 40*math.Sin(float64(k)/5), 25*math.Cos(float64(k)/7)
		moves = append(moves, "mousemove", strconv.Itoa(x+int(a)), strconv.Itoa(y+int(b)), "sleep", strconv.FormatFloat(dragEvery, 'f', -1, 64))
	}
	if _, err := inside.output(ctx, "xdotool", append(moves, "mouseup", "2")...); err != nil {
		return "", err
	}
	if err := pause(ctx, 2*time.Second, ended); err != nil {
		return "", err
	}
	r, err := readFrames(log, before)
	if err != nil {
		return "", err
	}
	crisp := "-"
	if g.crisp > 0 {
		crisp = fmt.Sprintf("%.0f", g.crisp)
	}
	return fmt.Sprintf("| %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %s | %.0f | %.0f | %.0f | %d |", g.nodes, r.first, float64(s.Status.LayoutTime)/1e6,
		percentile(r.input, 50), percentile(r.input, 95), percentile(r.crisp, 50), percentile(r.crisp, 95), crisp, r.rate(), g.frames, r.turn, residentPeak(cmd.Process.Pid)>>20), nil
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

// frames is what a frame log says.
type frames struct {
	first        float64   // picture, ms after the start
	input, crisp []float64 // ms
	gaps         []float64 // between frames while panning
	turn         float64   // the longest, of all lines
}

// rate is how many frames a second there were.
func (f *frames) rate() float64 {
	sum := 0.0
	for _, g := range f.gaps {
		sum += g
	}
	if sum == 0 {
		return 0
	}
	return 1000 * float64(len(f.gaps)) / sum
}

// readFrames reads a frame log: inputs, pictures and frames from line after on.
func readFrames(path string, after int) (*frames, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := new(frames)
	for i, line := range strings.Split(string(raw), "\n") {
		var l struct {
			Kind, Input string
			At          float64 `json:"t_ms"`
			Shown       float64 `json:"shown_ms"`
			Wait        float64 `json:"wait_ms"`
			Gap         float64 `json:"gap_ms"`
			Took        float64 `json:"ms"`
			Edges       int
		}
		if json.Unmarshal([]byte(line), &l) != nil {
			continue // the last line may still be being written
		}
		switch {
		case l.Kind == "turn":
			r.turn = max(r.turn, l.Took)
		case l.Kind == "picture" && r.first == 0 && l.Edges > 0:
			r.first = l.At
		case i < after:
		case l.Kind == "input" && l.Input == "drag":
			r.input = append(r.input, l.Shown)
		case l.Kind == "picture":
			r.crisp = append(r.crisp, l.Wait)
		case l.Kind == "frame":
			r.gaps = append(r.gaps, l.Gap)
		}
	}
	if len(r.input) == 0 {
		return nil, errors.New("the frame log has no moves of the pointer: did the window have it?")
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
