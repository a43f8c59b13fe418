package main

import (
	"context"
	"os"
	"runtime"
	"testing"
)

// TestPrivateDisplaysAreApartAndGoAway starts real X servers, so it runs only
// where `dev test` has installed them and says so.
func TestPrivateDisplaysAreApartAndGoAway(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getenv("CAVEAT_WINDOW_TESTS") != "1" {
		t.Skip("needs Xvfb and openbox: run by `go run ./cmd/dev test` on Linux")
	}
	here := &tool{root: ".", environ: os.Environ()}
	var displays []string
	for range 2 {
		d, err := openDesktop()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			d.close()
			if hasDisplay("linux", here.with("WAYLAND_DISPLAY", "DISPLAY="+d.display).env, answers) {
				t.Errorf("display %s still answers", d.display)
			}
		})
		if err := d.startDisplay(context.Background(), here, size{640, 480}); err != nil {
			t.Fatal(err)
		}
		inside := here.with(d.variables()...)
		if !hasDisplay("linux", inside.env, answers) {
			t.Errorf("display %s does not answer", d.display)
		}
		if _, err := inside.with("XAUTHORITY="+os.DevNull).output(t.Context(), "xprop", "-root"); err == nil {
			t.Errorf("display %s lets in a program without its key", d.display)
		}
		displays = append(displays, d.display)
	}
	if displays[0] == displays[1] || displays[0] == os.Getenv("DISPLAY") {
		t.Errorf("displays %q beside ours, %s", displays, os.Getenv("DISPLAY"))
	}
}
