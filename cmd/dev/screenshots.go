package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"caveat/app/settings"
)

// shot is one screenshot: the window's size in units, pixels per unit, theme.
type shot struct {
	size  size
	scale int
	theme string // as in settings.Settings
}

// shots returns the screenshots that are taken: the least, the usual and a
// large window, every theme, and both scales.
func shots() []shot {
	usual := size{1280, 800}
	return []shot{
		{usual, 1, "light"}, {usual, 1, "dark"}, {usual, 1, "contrast"},
		{size{960, 640}, 1, "light"}, {size{2560, 1440}, 1, "light"},
		{usual, 2, "light"}, {usual, 2, "dark"},
	}
}

// name returns the picture's file name.
func (s shot) name() string {
	return fmt.Sprintf("%dx%d@%d-%s.png", s.size.w, s.size.h, s.scale, s.theme)
}

// screenshotsVerb opens Caveat once for every shot and saves what its window shows.
func screenshotsVerb(ctx context.Context, t *tool, args []string) error {
	if runtime.GOOS != "linux" {
		return errors.New("screenshots are taken on a private X display, which this system has not: use Linux")
	}
	if err := t.setup(ctx, buildGroup(), openGroup(), windowGroup(), pictureGroup()); err != nil {
		return err
	}
	program, err := t.build(ctx, "caveat", "CGO_ENABLED=1")
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--sample", sampleName}
	}
	dir, err := t.dist("screenshots")
	if err != nil {
		return err
	}
	for _, s := range shots() {
		picture, err := s.take(ctx, t, program, args)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name(), err)
		}
		path := filepath.Join(dir, s.name())
		if err := savePNG(path, picture); err != nil {
			return err
		}
		fmt.Fprintln(t.out, path)
	}
	return nil
}

// take opens the window on a display of its own, as if for the first time but
// with the shot's theme and without animation, and returns what it shows at rest.
func (s shot) take(ctx context.Context, t *tool, program string, args []string) (image.Image, error) {
	d, err := openDesktop()
	if err != nil {
		return nil, err
	}
	defer d.close()
	w, h := s.size.w*s.scale, s.size.h*s.scale
	if err := d.startDisplay(ctx, t, size{w + 100, h + 100}); err != nil {
		return nil, err
	}
	remembered, err := settings.Open(filepath.Join(d.dir, "home", ".config", "caveat"))
	if err != nil {
		return nil, err
	}
	err = remembered.Change(func(c *settings.Settings) {
		c.Lang, c.Theme, c.Still, c.Width, c.Height = "en", s.theme, true, float32(s.size.w), float32(s.size.h)
	})
	if err != nil {
		return nil, err
	}
	inside := t.with(append(d.variables(), "FYNE_SCALE="+strconv.Itoa(s.scale))...)
	cmd := inside.command(ctx, program, args...)
	cmd.Dir = "" // file names in args are meant from where the user is
	ended, err := d.keepCommand(cmd)
	if err != nil {
		return nil, err
	}
	window, err := inside.window(ctx, cmd.Process.Pid, ended)
	if err != nil {
		return nil, err
	}
	for _, command := range [][]string{
		{"windowmove", window, "0", "0"}, {"windowsize", window, strconv.Itoa(w), strconv.Itoa(h)}, {"mousemove", strconv.Itoa(w + 99), strconv.Itoa(h + 99)},
	} {
		if _, err := inside.output(ctx, "xdotool", command...); err != nil {
			return nil, err
		}
	}
	return inside.rest(ctx, window, size{w, h}, ended)
}

// window waits for the program's window and returns its id.
func (t *tool) window(ctx context.Context, pid int, ended <-chan struct{}) (string, error) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		ids, err := t.output(ctx, "xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(pid))
		if f := strings.Fields(ids); err == nil && len(f) > 0 {
			return f[len(f)-1], nil
		}
		if err := pause(ctx, 100*time.Millisecond, ended); err != nil {
			return "", err
		}
	}
	return "", errors.New("no window after 30 seconds")
}

// rest returns what a window shows once it has the size and four looks in a row saw the same.
func (t *tool) rest(ctx context.Context, window string, want size, ended <-chan struct{}) (image.Image, error) {
	var last []byte
	same := 0
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); {
		raw, err := t.output(ctx, "import", "-window", window, "-depth", "8", "ppm:-")
		if err != nil {
			return nil, err
		}
		if bytes.Equal(last, []byte(raw)) {
			same++
		} else {
			last, same = []byte(raw), 0
		}
		if same >= 3 {
			picture, err := parsePPM(bytes.NewReader(last))
			if err != nil {
				return nil, err
			}
			if got := picture.Bounds().Size(); got != image.Pt(want.w, want.h) {
				return nil, fmt.Errorf("the window took a size of %v pixels, not %v", got, want)
			}
			if oneColour(picture) {
				return nil, errors.New("the window stayed empty")
			}
			return picture, nil
		}
		if err := pause(ctx, 300*time.Millisecond, ended); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the window did not come to rest within a minute")
}

// pause waits, unless the program or the work ends.
func pause(ctx context.Context, d time.Duration, ended <-chan struct{}) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-ended:
		return errors.New("the program ended before its picture was taken")
	case <-time.After(d):
		return nil
	}
}

// parsePPM reads a binary portable pixmap (P6, 8 bits a channel), which unlike
// PNG from ImageMagick holds no date: equal windows give equal bytes.
func parsePPM(r io.Reader) (*image.NRGBA, error) {
	var w, h, top int
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &w, &h, &top); err != nil {
		return nil, fmt.Errorf("read a picture's head: %w", err)
	}
	if top != 255 || w <= 0 || h <= 0 || w > 1<<15 || h > 1<<15 {
		return nil, fmt.Errorf("a picture of %d x %d with %d levels", w, h, top)
	}
	pixels := make([]byte, 3*w*h)
	if _, err := io.ReadFull(r, pixels); err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	picture := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(picture.Pix[4*i:], pixels[3*i:3*i+3])
		picture.Pix[4*i+3] = 255
	}
	return picture, nil
}

// oneColour tells whether all pixels are equal.
func oneColour(picture *image.NRGBA) bool {
	first := picture.NRGBAAt(0, 0)
	for i := 0; i < len(picture.Pix); i += 4 {
		if p := picture.Pix[i : i+3]; p[0] != first.R || p[1] != first.G || p[2] != first.B {
			return false
		}
	}
	return true
}

func savePNG(path string, picture image.Image) error {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	return nil
}
