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
// was drawn (by the tick after it, so at most one frame too long). Of a picture: wait_ms from asking to the
// swap, paint_ms for making it, and what was drawn. Of a frame: gap_ms since the one before, while there is movement.
// Of a turn: ms that one piece of work held up the goroutine of the window, if over 8.
type FrameLog struct {
	file    *os.File
	w       *bufio.Writer
	began   time.Time
	pending []*inputLine
	tick    *fyne.Animation
	last    time.Time
	moving  int // ticks still logged after the last input
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

type pictureLine struct {
	Kind  string  `json:"kind"`
	At    float64 `json:"t_ms"`
	Wait  float64 `json:"wait_ms"`
	Paint float64 `json:"paint_ms"`
	Marks int     `json:"marks"`
	Edges int     `json:"edges"`
	Zoom  float32 `json:"zoom"`
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

// Start begins following the frames of the window.
func (l *FrameLog) Start() {
	if l == nil || l.tick != nil {
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
}

func (l *FrameLog) refreshed() {
	if l == nil {
		return
	}
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
	l.line(pictureLine{"picture", l.since(now), float64(now.Sub(pic.Asked).Microseconds()) / 1000, float64(pic.Took.Microseconds()) / 1000, pic.Marks, pic.Strokes, pic.Look.Camera.Zoom})
}

// frame is called before each frame is drawn.
func (l *FrameLog) frame() {
	now := time.Now()
	keep := l.pending[:0]
	for _, p := range l.pending {
		if p.ticks++; p.Refresh >= 0 && p.ticks >= 2 {
			p.Shown = float64(now.Sub(p.at).Microseconds()) / 1000
			l.line(p)
		} else if p.ticks < 10 {
			keep = append(keep, p)
		}
	}
	l.pending = keep
	if l.moving > 0 {
		l.moving--
		if !l.last.IsZero() {
			l.line(gapLine{"frame", l.since(now), float64(now.Sub(l.last).Microseconds()) / 1000})
		}
		l.last = now
		if l.moving == 0 {
			l.last = time.Time{}
			_ = l.w.Flush() // what cannot be written is found at Close
		}
	}
}

// line writes one of the line types above.
func (l *FrameLog) line(v any) {
	if b, err := json.Marshal(v); err == nil {
		_, _ = l.w.Write(append(b, '\n')) // bufio keeps the error for Flush
	}
}
