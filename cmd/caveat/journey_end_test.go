package main

import (
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"caveat/app/ui"
)

// ends waits until the program has ended and returns its exit code.
func (j *journey) ends(why string) int {
	j.Helper()
	select {
	case <-j.finished:
	case <-time.After(patience):
		j.Fatalf("%s: the program goes on", why)
	}
	return j.cmd.ProcessState.ExitCode()
}

// signal sends one to the program.
func (j *journey) signal(s os.Signal) {
	j.Helper()
	if err := j.cmd.Process.Signal(s); err != nil {
		j.Fatal(err)
	}
}

// TestJourneySignalsCloseTheWindow asks the program to end while it loads, lays out, and asks something.
func TestJourneySignalsCloseTheWindow(t *testing.T) {
	drawing := drawingOf(t, 100_000)
	for _, c := range []struct {
		name   string
		signal os.Signal
		args   []string
		until  func(*ui.State) bool
		key    string
	}{
		{"as it starts", syscall.SIGTERM, []string{drawing}, func(s *ui.State) bool { return s.Title != "" }, ""},
		{"while it loads", syscall.SIGINT, []string{drawing}, func(s *ui.State) bool { return slices.Contains(s.Jobs, "open") || s.Status.Shown > 0 }, ""},
		{"in a layout", syscall.SIGTERM, []string{drawing}, func(s *ui.State) bool { return slices.Contains(s.Jobs, "layout") || s.Status.LayoutTime > 0 }, ""},
		{"with a page open", syscall.SIGHUP, []string{"--sample", "kaspersky"}, func(s *ui.State) bool { return len(s.Dialogs) > 0 }, "ctrl+o"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := launch(t, "", t.TempDir(), c.args...)
			if c.key != "" {
				j.wait("the window", func(s *ui.State) bool { return s.Title != "" && s.Canvas.W >= 0 })
				j.findWindow()
				j.opened()
				j.keys(c.key)
			}
			j.wait(c.name, c.until)
			j.signal(c.signal)
			if code := j.ends(c.signal.String()); code != 0 || strings.Contains(j.log.String(), "goroutine") {
				t.Errorf("%s %s: exit code %d\n%s", c.signal, c.name, code, j.log)
			}
		})
	}
}

// TestJourneyASignalLosesNothing ends the program right after an edit.
func TestJourneyASignalLosesNothing(t *testing.T) {
	dir := t.TempDir()
	j := beginIn(t, dir, "--sample", "kaspersky")
	j.opened()
	const name = "BSI"
	j.take(name, "1")
	j.wait("it selected", func(s *ui.State) bool { return len(s.Selection) == 1 })
	j.keys("p")
	j.wait("it pinned", func(s *ui.State) bool {
		return slices.ContainsFunc(s.Nodes, func(n ui.StateNode) bool { return n.Name == name && n.Pin })
	})
	j.signal(syscall.SIGTERM)
	if code := j.ends("SIGTERM"); code != 0 {
		t.Errorf("exit code %d", code)
	}
	j = beginIn(t, dir)
	if j.opened(); !j.node(name).Pin {
		t.Error("the edit is lost")
	}
}

// TestJourneyADisplayThatIsGoneHoldsNothing freezes the display, and ends it, under the program.
func TestJourneyADisplayThatIsGoneHoldsNothing(t *testing.T) {
	prepare(t)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, frozen := range []bool{true, false} {
		display, server, err := startXvfb()
		check(err)
		t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
		j := launch(t, display, t.TempDir(), "--sample", "kaspersky")
		j.wait("the case", func(s *ui.State) bool { return len(s.Nodes) > 0 && s.Crisp && s.Idle })
		if frozen {
			check(server.Process.Signal(syscall.SIGSTOP))
			j.signal(syscall.SIGTERM)
		} else {
			check(server.Process.Kill())
		}
		if code := j.ends("the display"); code != 1 {
			t.Errorf("frozen %v: exit code %d", frozen, code)
		}
	}
}
