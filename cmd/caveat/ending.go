package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// ending ends the program when the system asks it to: by closing the window as its user would, or without the
// window where that does not answer, as with a display that is gone or stands still. Edits are written on a
// goroutine of their own, and are waited for in either case.
type ending struct {
	signals   []os.Signal
	asked     chan os.Signal
	begun     chan struct{} // the window is being closed
	over      chan struct{} // the case is
	unwritten func() int    // edits not yet on disk
	exit      func(code int)
}

// How long the window may take until it begins to close, until the case is closed, and until it is gone; and how long edits
// may take to be written if it takes longer.
const (
	answerTime = 4 * time.Second
	writeTime  = time.Minute
)

// newEnding listens from now on.
func newEnding(exit func(code int)) *ending {
	x := &ending{asked: make(chan os.Signal, 2), begun: make(chan struct{}), over: make(chan struct{}), exit: exit}
	for _, s := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // as nohup has it
			x.signals = append(x.signals, s)
		}
	}
	x.listen()
	return x
}

func (x *ending) listen() { signal.Notify(x.asked, x.signals...) }

// claim takes the signals away from Fyne, which would end its loop without a word: nothing would be saved, and what
// other goroutines post would run on those.
func (x *ending) claim() {
	signal.Reset(x.signals...)
	x.listen()
}

// watch waits for a signal on a goroutine of its own, which ends with the program. closing runs f, which closes case and window, on the
// goroutine of the window, soon.
func (x *ending) watch(unwritten func() int, closing func(f func()), f func()) {
	x.unwritten = unwritten
	closing(x.claim) // by when Fyne listens, as a rule;
	time.AfterFunc(time.Second, x.claim)
	go func() {
		<-x.asked
		closing(func() {
			close(x.begun)
			f()
			close(x.over)
		})
		if x.within(x.begun) && x.within(x.over) {
			x.within(nil) // main returns
		}
		x.leave()
	}()
}

// within waits for c, but not for long, nor after another signal.
func (x *ending) within(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	case <-x.asked:
	case <-time.After(answerTime):
	}
	return false
}

// leave ends the program without its window, as soon as nothing is left to write.
func (x *ending) leave() {
	for end := time.Now().Add(writeTime); x.unwritten() > 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Fprintln(os.Stderr, "caveat: the window does not answer; ended without it")
	x.exit(1)
}
