package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// hasDisplay tells whether a window can be opened: always but on Linux, where
// a variable must name a server, and a server on this machine must answer.
func hasDisplay(goos string, env func(string) string, answers func(network, address string) bool) bool {
	if goos != "linux" {
		return true
	}
	if env("WAYLAND_DISPLAY") != "" {
		return true
	}
	display := env("DISPLAY")
	if display == "" {
		return false
	}
	n, local := localDisplay(display)
	if !local {
		return true
	}
	socket := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
	return answers("unix", "@"+socket) || answers("unix", socket)
}

// localDisplay returns the number of a display on this machine: 1 for ":1" and ":1.0".
func localDisplay(display string) (n int, local bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(display, "unix"), ":")
	if !ok {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	return n, err == nil && n >= 0
}

// answers tells whether somebody listens at address.
func answers(network, address string) bool {
	c, err := net.DialTimeout(network, address, 2*time.Second)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// desktop is a place for programs with a home and a runtime folder of its own,
// so that nothing of the user's is seen or changed, and, once startDisplay was
// called, with a private X server and a window manager.
type desktop struct {
	dir     string
	display string // ":7", or empty without a display
	stops   []func()
}

// size is a screen's or a window's, in pixels.
type size struct{ w, h int }

// openDesktop makes the folders; close removes them.
func openDesktop() (*desktop, error) {
	dir, err := os.MkdirTemp("", "caveat-desktop-")
	if err != nil {
		return nil, fmt.Errorf("make a private desktop: %w", err)
	}
	d := &desktop{dir: dir}
	d.stops = append(d.stops, func() { os.RemoveAll(dir) })
	for _, sub := range []string{"home", "run"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			d.close()
			return nil, fmt.Errorf("make a private desktop: %w", err)
		}
	}
	return d, nil
}

// startDisplay starts Xvfb on a display number that it finds free, and openbox
// on it, and returns when windows can be opened. close ends both.
func (d *desktop) startDisplay(ctx context.Context, t *tool, screen size) error {
	cookie := make([]byte, 16)
	rand.Read(cookie)
	if err := os.WriteFile(d.authority(), authority(cookie), 0o600); err != nil {
		return fmt.Errorf("write the display's key: %w", err)
	}
	if err := d.startServer(ctx, t, screen); err != nil {
		return err
	}
	manager := t.with(d.variables()...)
	manager.out, manager.errs = nil, nil
	if _, err := d.keep(manager, ctx, "openbox", "--sm-disable"); err != nil {
		return err
	}
	return d.managed(ctx, manager)
}

// startServer starts Xvfb, which looks for a free display number itself and
// tells it through a pipe once it listens: no race with another server.
func (d *desktop) startServer(ctx context.Context, t *tool, screen size) error {
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("start Xvfb: %w", err)
	}
	defer r.Close()
	cmd := t.command(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", screen.w, screen.h),
		"-dpi", "96", "-nolisten", "tcp", "-auth", d.authority(), "-noreset")
	cmd.Stdout, cmd.Stderr = nil, nil
	cmd.ExtraFiles = []*os.File{w}
	ended, err := d.keepCommand(cmd)
	w.Close()
	if err != nil {
		return err
	}
	number := make(chan string, 1)
	go func() { // ends with the pipe, which Xvfb or the deferred Close shuts
		line, _ := bufio.NewReader(r).ReadString('\n') // to the end: Xvfb gives up when it cannot write all of it
		number <- strings.TrimSpace(line)
	}()
	select {
	case n := <-number:
		if _, err := strconv.Atoi(n); err != nil {
			return errors.New("start Xvfb: it ended without a display")
		}
		d.display = ":" + n
		return nil
	case <-ended:
		return errors.New("start Xvfb: it ended at once")
	case <-time.After(30 * time.Second):
		return errors.New("start Xvfb: no display after 30 seconds")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// managed waits until the window manager has announced itself.
func (d *desktop) managed(ctx context.Context, t *tool) error {
	deadline := time.Now().Add(20 * time.Second)
	for {
		answer, err := t.output(ctx, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
		if err == nil && strings.Contains(answer, "window id #") {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("openbox did not take over display %s within 20 seconds: %s %w", d.display, strings.TrimSpace(answer), err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// variables returns what a program on this desktop sees, for tool.with.
func (d *desktop) variables() []string {
	v := []string{
		"HOME=" + filepath.Join(d.dir, "home"), "XDG_RUNTIME_DIR=" + filepath.Join(d.dir, "run"),
		"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(d.dir, "run", "no-bus"),
		"LANG=C.UTF-8", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LC_TIME", "LANGUAGE",
		"WAYLAND_DISPLAY", "FYNE_THEME", "FYNE_SCALE=1",
	}
	if d.display == "" {
		return append(v, "DISPLAY", "XAUTHORITY")
	}
	return append(v, "DISPLAY="+d.display, "XAUTHORITY="+d.authority(), "XDG_SESSION_TYPE=x11", "LIBGL_ALWAYS_SOFTWARE=1", "NO_AT_BRIDGE=1")
}

func (d *desktop) authority() string { return filepath.Join(d.dir, "authority") }

// keep starts a program that runs until the desktop closes.
func (d *desktop) keep(t *tool, ctx context.Context, name string, args ...string) (ended <-chan struct{}, err error) {
	return d.keepCommand(t.command(ctx, name, args...))
}

// keepCommand starts cmd and has close stop it and wait for it. The goroutine
// keeps its thread, because a program that is to die with the tool dies with
// the thread that started it.
func (d *desktop) keepCommand(cmd *exec.Cmd) (ended <-chan struct{}, err error) {
	dieTogether(cmd)
	started, done := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // it is stopped by a signal; its status says nothing
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", filepath.Base(cmd.Path), err)
	}
	d.stops = append(d.stops, func() {
		_ = stopGroup(cmd) // fails when it has ended already
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-done
		}
	})
	return done, nil
}

// close stops what was started, last first, and removes the folder.
func (d *desktop) close() {
	for i := len(d.stops) - 1; i >= 0; i-- {
		d.stops[i]()
	}
	d.stops = nil
}

// authority returns an X authority file with one key for any display, in the
// format of libXau's Xau(3): big-endian counted strings.
func authority(cookie []byte) []byte {
	const wild = 0xffff
	b := []byte{wild >> 8, wild & 0xff}
	for _, field := range [][]byte{nil, nil, []byte("MIT-MAGIC-COOKIE-1"), cookie} {
		b = append(b, byte(len(field)>>8), byte(len(field)))
		b = append(b, field...)
	}
	return b
}
