package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"caveat/app/ui"
	"caveat/graphstore"
)

// The journeys drive the real program in a real window, with a real pointer and real keys. They read
// what the program says of itself in its state file, wait for it, and look at the pixels too.

// needed are the programs the journeys use.
var needed = []string{"Xvfb", "openbox", "xdotool", "xwininfo", "import"}

// screen is the display all journeys share, with the program built once.
type screen struct {
	once    sync.Once
	err     error
	display string
	binary  string
	dir     string
	stop    []func()
}

var shared screen

func TestMain(m *testing.M) {
	code := m.Run()
	for i := len(shared.stop) - 1; i >= 0; i-- {
		shared.stop[i]()
	}
	os.Exit(code)
}

func (s *screen) start() {
	if s.dir, s.err = os.MkdirTemp("", "caveat-journey-*"); s.err != nil {
		return
	}
	s.stop = append(s.stop, func() { _ = os.RemoveAll(s.dir) })
	s.binary = filepath.Join(s.dir, "caveat")
	if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", s.binary, ".").CombinedOutput(); err != nil {
		s.err = fmt.Errorf("building caveat: %v\n%s", err, out)
		return
	}
	if s.display = os.Getenv("DISPLAY"); s.display != "" {
		return
	}
	var server *exec.Cmd
	if s.display, server, s.err = startXvfb(); s.err == nil {
		s.stop = append(s.stop, func() { _ = server.Process.Kill(); _ = server.Wait() })
		s.err = s.startOpenbox()
	}
}

// startXvfb lets the server choose a free display and tell its number.
func startXvfb() (display string, server *exec.Cmd, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1500x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("starting Xvfb: %w", err)
	}
	_ = w.Close()
	line := make([]byte, 16)
	n, err := r.Read(line)
	if err != nil {
		_ = cmd.Process.Kill()
		return "", nil, errors.Join(fmt.Errorf("Xvfb did not say its display: %w", err), cmd.Wait())
	}
	return ":" + strings.TrimSpace(string(line[:n])), cmd, nil
}

func (s *screen) startOpenbox() error {
	cmd := exec.Command("openbox")
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.dir)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting openbox: %w", err)
	}
	s.stop = append(s.stop, func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return nil
}

// journey is one run of the program.
type journey struct {
	*testing.T
	cmd      *exec.Cmd
	dir      string // settings and cases
	state    string
	log      *bytes.Buffer
	origin   image.Point // of the window on the screen
	taken    time.Time   // when a node was last clicked on
	finished chan struct{}
}

const patience = 30 * time.Second

// begin starts the program and waits until its first picture is on show.
func begin(t *testing.T, args ...string) *journey {
	t.Helper()
	return beginIn(t, t.TempDir(), args...)
}

func beginIn(t *testing.T, dir string, args ...string) *journey {
	t.Helper()
	j := launch(t, "", dir, args...)
	j.wait("the window", func(s *ui.State) bool { return s.Title != "" && s.Canvas.W >= 0 })
	j.findWindow()
	return j
}

// prepare builds the program and starts the display that all share, or skips the test.
func prepare(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("window journeys take a minute; -short leaves them out")
	}
	for _, p := range needed {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("CAVEAT_TESTDATA_REQUIRED") == "1" {
				t.Fatalf("window journeys need %s: %v", p, err)
			}
			t.Skipf("window journeys need %s: %v", p, err)
		}
	}
	shared.once.Do(shared.start)
	if shared.err != nil {
		t.Fatal(shared.err)
	}
}

// launch starts the program on a display, or the one that all share.
func launch(t *testing.T, display, dir string, args ...string) *journey {
	t.Helper()
	prepare(t)
	if display == "" {
		display = shared.display
	}
	j := &journey{T: t, dir: dir, state: filepath.Join(t.TempDir(), "state.json"), log: new(bytes.Buffer), finished: make(chan struct{})}
	home := t.TempDir()
	j.cmd = exec.Command(shared.binary, append([]string{"--settings", dir, "--state", j.state, "--size", "1280x800", "--theme", "light", "--lang", "en"}, args...)...)
	j.cmd.Env = append(os.Environ(), "DISPLAY="+display, "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_CONFIG_HOME="+home, "FYNE_SCALE=1", "LC_ALL=C.UTF-8")
	j.cmd.Stdout, j.cmd.Stderr = j.log, j.log
	if err := j.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = j.cmd.Wait(); close(j.finished) }()
	t.Cleanup(j.kill)
	return j
}

func (j *journey) kill() {
	select {
	case <-j.finished:
	default:
		_ = j.cmd.Process.Kill()
		<-j.finished
	}
	if j.Failed() {
		j.Logf("the program said:\n%s", j.log)
	}
}

// opened waits for the case to be on show, crisp and at rest.
func (j *journey) opened() *ui.State {
	j.Helper()
	s := j.wait("the case", func(s *ui.State) bool { return len(s.Nodes) > 0 && s.Crisp && s.Idle && s.Focus == "canvas" })
	j.findWindow() // the window manager may have moved it meanwhile
	return s
}

// settled waits until nothing moves and the picture is of now.
func (j *journey) settled() *ui.State {
	j.Helper()
	return j.wait("rest", func(s *ui.State) bool { return s.Crisp && s.Idle && len(s.Jobs) == 0 })
}

func (j *journey) read() *ui.State {
	b, err := os.ReadFile(j.state)
	if err != nil {
		return &ui.State{}
	}
	s := new(ui.State)
	if json.Unmarshal(b, s) != nil {
		return &ui.State{}
	}
	return s
}

// wait polls the state file until ok; what says what was waited for.
func (j *journey) wait(what string, ok func(*ui.State) bool) *ui.State {
	j.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		if s := j.read(); ok(s) {
			return s
		}
		select {
		case <-j.finished:
			j.Fatalf("waiting for %s: the program ended", what)
		default:
		}
	}
	s := j.read()
	j.Fatalf("waited in vain for %s; dialogs %q, focus %q, selection %v, message %q, jobs %v, texts %s", what, s.Dialogs, s.Focus, s.Selection, s.Message, s.Jobs, sheetTexts(s))
	return nil
}

func sheetTexts(s *ui.State) string {
	var b strings.Builder
	for _, part := range []string{"sheet", "menu"} {
		for _, t := range s.Texts[part] {
			fmt.Fprintf(&b, "%s:%q ", t.Role, t.Text)
		}
	}
	return b.String()
}

func (j *journey) xdo(args ...string) string {
	j.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+shared.display)
	out, err := cmd.CombinedOutput()
	if err != nil {
		j.Fatalf("xdotool %v: %v: %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// findWindow finds where the window's inside is on the screen and gives it the keyboard.
func (j *journey) findWindow() {
	j.Helper()
	id, _, _ := strings.Cut(j.xdo("search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(j.cmd.Process.Pid)), "\n")
	j.xdo("windowactivate", "--sync", id)
	cmd := exec.Command("xwininfo", "-id", id)
	cmd.Env = append(os.Environ(), "DISPLAY="+shared.display)
	out, err := cmd.Output()
	if err != nil {
		j.Fatal(err)
	}
	for _, line := range strings.Split(string(out), "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		n, _ := strconv.Atoi(strings.TrimSpace(value))
		switch key {
		case "Absolute upper-left X":
			j.origin.X = n
		case "Absolute upper-left Y":
			j.origin.Y = n
		}
	}
}

func (j *journey) at(x, y float32) (string, string) {
	return strconv.Itoa(int(x) + j.origin.X), strconv.Itoa(int(y) + j.origin.Y)
}

// move brings the pointer to a place and waits until it is there; from that very place it goes aside first, or the wait would last
// for seconds.
func (j *journey) move(x, y float32) {
	j.Helper()
	sx, sy := j.at(x, y)
	ax, _ := j.at(x+1, y)
	j.xdo("mousemove", ax, sy, "mousemove", "--sync", sx, sy)
}

func (j *journey) click(x, y float32, button string) {
	j.Helper()
	sx, sy := j.at(x, y)
	j.xdo("mousemove", sx, sy, "sleep", "0.05", "click", button)
}

// take clicks on a node once the pointer is seen to be over it, and so long after it last did that the two are no double click.
func (j *journey) take(name, button string) ui.StateNode {
	j.Helper()
	n := j.node(name)
	j.move(n.X, n.Y)
	j.wait("the pointer over "+name, func(s *ui.State) bool { return s.Hover == n.ID })
	const apart = 700 * time.Millisecond
	time.Sleep(time.Until(j.taken.Add(apart)))
	j.xdo("click", button)
	j.taken = time.Now()
	return n
}

// drag presses at one place, moves in steps and lets go at another.
func (j *journey) drag(x0, y0, x1, y1 float32, button string) {
	j.Helper()
	sx, sy := j.at(x0, y0)
	args := []string{"mousemove", sx, sy, "sleep", "0.05", "mousedown", button}
	const steps = 12
	for i := 1; i <= steps; i++ {
		f := float32(i) / steps
		sx, sy = j.at(x0+(x1-x0)*f, y0+(y1-y0)*f)
		args = append(args, "mousemove", sx, sy, "sleep", "0.02")
	}
	j.xdo(append(args, "mouseup", button)...)
}

// quit ends the program by its key and returns with what code it ended.
func (j *journey) quit() int {
	j.Helper()
	j.keys("ctrl+q")
	<-j.finished
	return j.cmd.ProcessState.ExitCode()
}

func (j *journey) keys(names ...string) {
	j.Helper()
	for _, n := range names {
		j.xdo("key", "--delay", "30", n)
	}
}

// write types text into what has the keyboard.
func (j *journey) write(text string) {
	j.Helper()
	j.xdo("type", "--delay", "12", text)
}

func (j *journey) node(name string) ui.StateNode {
	j.Helper()
	for _, n := range j.read().Nodes {
		if n.Name == name {
			return n
		}
	}
	j.Fatalf("no node is called %q", name)
	return ui.StateNode{}
}

func hasNode(s *ui.State, name string) bool {
	for _, n := range s.Nodes {
		if n.Name == name {
			return true
		}
	}
	return false
}

// find returns a text of a part of the window that holds words and has a role, if given.
func find(s *ui.State, part, role, words string) (ui.StateText, bool) {
	for _, t := range s.Texts[part] {
		if !t.Hidden && strings.Contains(t.Text, words) && (role == "" || t.Role == role) {
			return t, true
		}
	}
	return ui.StateText{}, false
}

// press clicks on a text once it stands still, and again where that came too early: on a busy machine a page may still
// be finding its size. It waits until ok; what says what was waited for.
func (j *journey) press(part, role, words, what string, ok func(*ui.State) bool) *ui.State {
	j.Helper()
	for range 4 {
		if t, stands := j.standing(part, role, words, ok); stands {
			j.click(t.X+min(t.W/2, 24), t.Y+t.H/2, "1")
		}
		for end := time.Now().Add(patience / 6); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
			if s := j.read(); ok(s) {
				return s
			}
		}
	}
	return j.wait(fmt.Sprintf("%s after a press on %s %q in %s", what, role, words, part), ok)
}

// standing waits until a text has been in one place for a while, or done; it reports whether the text is there.
func (j *journey) standing(part, role, words string, done func(*ui.State) bool) (t ui.StateText, ok bool) {
	j.Helper()
	seen := 0
	for end := time.Now().Add(patience / 3); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		s := j.read()
		now, on := find(s, part, role, words)
		if !on && done(s) {
			return t, false
		}
		if !on || now.Off || now.StateBox != t.StateBox {
			seen = 0 // not there, or still on its way
		}
		t = now
		if seen++; on && !t.Off && seen > 6 {
			return t, true
		}
	}
	return t, false
}

// choose checks an unchecked box or chip of the page.
func (j *journey) choose(words string) {
	j.Helper()
	j.press("sheet", "unchecked", words, "the choice", func(s *ui.State) bool { _, ok := find(s, "sheet", "checked", words); return ok })
}

// export fills the open page of an export in, in a format if one is named, and waits until it is done.
func (j *journey) export(format, path string) {
	j.Helper()
	if _, ok := find(j.read(), "sheet", "checked", format); !ok {
		j.choose(format)
	}
	j.press("sheet", "input", "", "the path", func(s *ui.State) bool { return strings.HasPrefix(s.Focus, "input:") })
	j.keys("ctrl+a")
	j.write(path)
	j.wait("the path typed", func(s *ui.State) bool { return s.Focus == "input:"+path })
	j.keys("Return")
	j.wait("the export", func(s *ui.State) bool { return strings.Contains(s.Message, path) && len(s.Dialogs) == 0 })
}

// shot returns what the screen shows.
func (j *journey) shot() image.Image {
	j.Helper()
	cmd := exec.Command("import", "-window", "root", "png:-")
	cmd.Env = append(os.Environ(), "DISPLAY="+shared.display)
	out, err := cmd.Output()
	if err != nil {
		j.Fatalf("taking a picture: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		j.Fatal(err)
	}
	return img
}

// see looks at the screen until ok: a state is told before its picture is on the screen.
func (j *journey) see(what string, ok func(image.Image) bool) {
	j.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if ok(j.shot()) {
			return
		}
	}
	j.Errorf("%s cannot be seen", what)
	j.keep()
}

// keep writes what the screen shows to the folder in CAVEAT_JOURNEY_SHOTS, if it is set.
func (j *journey) keep() {
	dir := os.Getenv("CAVEAT_JOURNEY_SHOTS")
	if dir == "" {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, j.shot()); err == nil {
		path := filepath.Join(dir, strings.ReplaceAll(j.Name(), "/", "-")+".png")
		j.Logf("%s: %v", path, os.WriteFile(path, b.Bytes(), 0o644))
	}
}

// near reports whether two colours are alike to the eye.
func near(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	diff := func(x, y uint32) int {
		d := int(x>>8) - int(y>>8)
		return max(d, -d)
	}
	return diff(r1, r2) <= 36 && diff(g1, g2) <= 36 && diff(b1, b2) <= 36
}

// ringed returns the share of directions from a node in which a colour is met near its rim.
func (j *journey) ringed(img image.Image, n ui.StateNode, c color.Color) float64 {
	const directions = 24
	hits := 0
	for k := range directions {
		dx, dy := unit(k, directions)
		for r := n.R; r < n.R*1.5+10; r += .5 {
			if near(img.At(j.origin.X+int(n.X+dx*r+.5), j.origin.Y+int(n.Y+dy*r+.5)), c) {
				hits++
				break
			}
		}
	}
	return float64(hits) / directions
}

// painted counts the pixels of a colour in a box of the window.
func (j *journey) painted(img image.Image, box ui.StateBox, c color.Color) int {
	n := 0
	for y := int(box.Y); y < int(box.Y+box.H); y++ {
		for x := int(box.X); x < int(box.X+box.W); x++ {
			if near(img.At(x+j.origin.X, y+j.origin.Y), c) {
				n++
			}
		}
	}
	return n
}

// around is the box about a node.
func around(n ui.StateNode, room float32) ui.StateBox {
	r := n.R + room
	return ui.StateBox{X: n.X - r, Y: n.Y - r, W: 2 * r, H: 2 * r}
}

func contains(list []graphstore.ID, id graphstore.ID) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}
