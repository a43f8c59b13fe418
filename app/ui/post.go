package ui

import (
	"sync"

	"fyne.io/fyne/v2"
)

// Poster is the one way for other goroutines to run something on the
// window's. What is posted before Start waits for it; what is posted after Stop is dropped, because then
// nothing is left to change.
type Poster struct {
	mu      sync.Mutex
	waiting []func()
	running bool
	ended   bool
}

// Post runs f on the goroutine of the window, soon and never at once.
func (p *Poster) Post(f func()) {
	p.mu.Lock()
	wait := !p.running && !p.ended
	if wait {
		p.waiting = append(p.waiting, f)
	}
	p.mu.Unlock()
	if wait {
		return
	}
	fyne.Do(func() { // without the lock: a driver that is ending runs it at once
		if !p.stopped() {
			f()
		}
	})
}

func (p *Poster) stopped() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

// Start lets what was posted run, once the window's loop runs.
func (p *Poster) Start() {
	p.mu.Lock()
	waiting := p.waiting
	p.waiting, p.running = nil, true
	p.mu.Unlock()
	for _, f := range waiting {
		p.Post(f)
	}
}

// Stop drops what is posted from now on.
func (p *Poster) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
}
