package graphview

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"caveat/app/render/live"
)

// FrameLog writes how long the picture took to follow each input, as JSON
// lines. A nil *FrameLog logs nothing.
//
// Of an input: refresh_ms until the camera of the picture was set, shown_ms until the frame with it
// had been drawn. Of a rest, the last input of a movement: crisp_ms until a frame had been drawn of which every
// pixel is one of a picture of that zoom and scene, exact_ms until the picture was the one of that very
// camera. Of a picture: wait_ms from asking to the swap, paint_ms for making it, and what was drawn; part says
// that it is what the canvas shows without the margin above and below. Of a frame: gap_ms since the one before, while there is
// movement; only frames for which the canvas had changed are counted. Of a turn: ms that one piece of work held up the
// goroutine of the window, if over 8.
type FrameLog struct {
	file    *os.File
	w       *bufio.Writer
	began   time.Time
	pending []*inputLine
	rest    *restLine // of the last input; nil without
	tick    *fyne.Animation
	post    func(func())
	seen    func() (crisp, exact bool) // what the next frame will show
	dirty   bool                       // the canvas has changed since the last frame
	last    time.Time                  // when the frame before was due; zero before the first of a movement
	idle    int                        // frames since that had nothing to show
	moving  int                        // ticks still logged after the last input
}

// restLine is of the last input of a movement.
type restLine struct {
	Kind  string  `json:"kind"`
	At    float64 `json:"t_ms"`
	Input string  `json:"input"`
	Crisp float64 `json:"crisp_ms"`
	Exact float64 `json:"exact_ms"`

	at time.Time
}

type inputLine struct {
	Kind    string  `json:"kind"`
	At      float64 `json:"t_ms"`
	Input   string  `json:"input"`
	Refresh float64 `json:"refresh_ms"`
	Shown   float64 `json:"shown_ms"`

	at    time.Time
	ticks int
}

// still is how long no input comes after one that ended a movement.
const still = 200 * time.Millisecond

type pictureLine struct {
	Kind  string  `json:"kind"`
	At    float64 `json:"t_ms"`
	Wait  float64 `json:"wait_ms"`
	Paint float64 `json:"paint_ms"`
	Marks int     `json:"marks"`
	Edges int     `json:"edges"`
	Zoom  float32 `json:"zoom"`
	Part  bool    `json:"part,omitempty"`
}

type gapLine struct {
	Kind string  `json:"kind"`
	At   float64 `json:"t_ms"`
	Gap  float64 `json:"gap_ms"`
}

type turnLine struct {
	Kind string  `json:"kind"`
	At   float64 `json:"t_ms"`
	Took float64 `json:"ms"`
}

// longTurn is what may hold up the goroutine of the window without a line in the log.
const longTurn = 8 * time.Millisecond

// Timed returns post with a line in the log for whatever runs long.
func (l *FrameLog) Timed(post func(func())) func(func()) {
	if l == nil {
		return post
	}
	return func(f func()) { post(func() { l.turn(f) }) }
}

// turn runs f.
func (l *FrameLog) turn(f func()) {
	began := time.Now()
	f()
	if took := time.Since(began); took > longTurn {
		l.line(turnLine{"turn", l.since(began), float64(took.Microseconds()) / 1000})
	}
}

// NewFrameLog starts a log in a new file. Start it once the window is shown; Close it.
func NewFrameLog(path string) (*FrameLog, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("starting the frame log: %w", err)
	}
	return &FrameLog{file: f, w: bufio.NewWriter(f), began: time.Now()}, nil
}

// follow says how to ask what the next frame shows and how to be called after it.
func (l *FrameLog) follow(seen func() (crisp, exact bool), post func(func())) {
	if l != nil {
		l.seen, l.post = seen, post
	}
}

// Start begins following the frames of the window.
func (l *FrameLog) Start() {
	if l == nil || l.tick != nil || l.seen == nil {
		return
	}
	l.tick = fyne.NewAnimation(time.Hour, func(float32) { l.frame() })
	l.tick.RepeatCount = fyne.AnimationRepeatForever
	l.tick.Start()
}

// Close writes what is left.
func (l *FrameLog) Close() error {
	if l == nil {
		return nil
	}
	if l.tick != nil {
		l.tick.Stop()
	}
	if err := l.w.Flush(); err != nil {
		return fmt.Errorf("ending the frame log: %w", err)
	}
	return l.file.Close()
}

func (l *FrameLog) since(t time.Time) float64 { return float64(t.Sub(l.began).Microseconds()) / 1000 }

// logged is how many frames after an input are logged.
const logged = 30

func (l *FrameLog) input(what string) {
	if l == nil {
		return
	}
	now := time.Now()
	l.pending = append(l.pending, &inputLine{Kind: "input", At: l.since(now), Input: what, at: now, Refresh: -1})
	l.moving = logged
	l.rested(now)
	l.rest = &restLine{Kind: "rest", At: l.since(now), Input: what, at: now, Crisp: -1, Exact: -1}
}

// motion is input of the program's own: a step of a smooth movement.
func (l *FrameLog) motion() { l.input("motion") }

// rested writes the line of the last input if by now it has ended a movement.
func (l *FrameLog) rested(now time.Time) {
	if r := l.rest; r != nil && r.Exact >= 0 && now.Sub(r.at) >= still {
		l.line(r)
	}
	l.rest = nil
}

func (l *FrameLog) refreshed() {
	if l == nil {
		return
	}
	l.dirty = true
	for _, p := range l.pending {
		if p.Refresh < 0 {
			p.Refresh = float64(time.Since(p.at).Microseconds()) / 1000
		}
	}
}

func (l *FrameLog) painted(pic *live.Picture) {
	if l == nil {
		return
	}
	now := time.Now()
	l.refreshed()
	l.line(pictureLine{"picture", l.since(now), float64(now.Sub(pic.Asked).Microseconds()) / 1000, float64(pic.Took.Microseconds()) / 1000, pic.Marks, pic.Strokes, pic.Look.Camera.Zoom, !pic.Whole})
}

// frame is called before each frame is drawn, after its events: what is posted now runs after it.
func (l *FrameLog) frame() {
	if l.moving == 0 {
		return
	}
	now := time.Now()
	if l.moving--; l.moving == 0 {
		l.rested(now)
		l.last = time.Time{}
		_ = l.w.Flush() // what cannot be written is found at Close
		return
	}
	var shown, later []*inputLine
	for _, p := range l.pending {
		if p.ticks++; p.Refresh >= 0 {
			shown = append(shown, p)
		} else if p.ticks < 10 { // else it changed nothing
			later = append(later, p)
		}
	}
	l.pending = later
	if !l.dirty {
		if l.idle++; l.idle > 1 { // the movement is over; one frame may pass between two inputs
			l.last = time.Time{}
		}
		return
	}
	l.dirty, l.idle = false, 0
	if !l.last.IsZero() {
		l.line(gapLine{"frame", l.since(now), float64(now.Sub(l.last).Microseconds()) / 1000})
	}
	l.last = now
	rest := l.rest
	crisp, exact := l.seen()
	l.post(func() {
		now := time.Now()
		for _, p := range shown {
			p.Shown = float64(now.Sub(p.at).Microseconds()) / 1000
			l.line(p)
		}
		if rest == nil {
			return
		}
		since := float64(now.Sub(rest.at).Microseconds()) / 1000
		if crisp && rest.Crisp < 0 {
			rest.Crisp = since
		}
		if exact && rest.Exact < 0 {
			rest.Exact = since
		}
	})
}

// line writes one of the line types above.
func (l *FrameLog) line(v any) {
	if b, err := json.Marshal(v); err == nil {
		_, _ = l.w.Write(append(b, '\n')) // bufio keeps the error for Flush
	}
}
