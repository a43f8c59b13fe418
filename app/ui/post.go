package ui

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Poster is the one way for other goroutines to run something on the
// window's. What is posted before Start waits for it; what is posted after Stop is dropped, because then
// nothing is left to change.
//
// What waits runs in one go, before the next frame at the latest: a window whose frames take long takes one
// piece of work from Fyne's own queue between two of them, or none.
type Poster struct {
	mu      sync.Mutex
	waiting []func()
	running bool
	due     bool // Fyne has been asked for a turn
	ended   bool
}

// Post runs f on the goroutine of the window, soon and never at once.
func (p *Poster) Post(f func()) {
	p.mu.Lock()
	if !p.ended {
		p.waiting = append(p.waiting, f)
	}
	p.mu.Unlock()
	p.turn()
}

// turn asks Fyne for a turn if something waits for one.
func (p *Poster) turn() {
	p.mu.Lock()
	ask := p.running && !p.due && !p.ended && len(p.waiting) > 0
	p.due = p.due || ask
	p.mu.Unlock()
	if ask {
		fyne.Do(p.run) // without the lock: a driver that is ending runs it at once
	}
}

// run runs what waits; what is posted meanwhile waits for the next turn.
func (p *Poster) run() {
	p.mu.Lock()
	waiting := p.waiting
	p.waiting, p.due = nil, false
	p.mu.Unlock()
	for _, f := range waiting {
		if p.stopped() {
			return
		}
		f()
	}
}

func (p *Poster) stopped() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

// Start lets what was posted run, once the window's loop runs.
func (p *Poster) Start() {
	p.mu.Lock()
	p.running = true
	p.mu.Unlock()
	p.turn()
	frames := fyne.NewAnimation(time.Hour, func(float32) { p.run() })
	frames.RepeatCount = fyne.AnimationRepeatForever
	frames.Start()
}

// Stop drops what is posted from now on, and what waits.
func (p *Poster) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended, p.waiting = true, nil
}
