package main

import (
	"bytes"
	"os"
	"testing"
)

func TestHasDisplay(t *testing.T) {
	server := func(network, address string) bool { return network == "unix" && address == "/tmp/.X11-unix/X3" }
	cases := []struct {
		goos    string
		environ map[string]string
		want    bool
	}{
		{"darwin", nil, true},
		{"windows", nil, true},
		{"linux", nil, false},
		{"linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		{"linux", map[string]string{"DISPLAY": ":3"}, true},
		{"linux", map[string]string{"DISPLAY": ":3.0"}, true},
		{"linux", map[string]string{"DISPLAY": "unix:3"}, true},
		{"linux", map[string]string{"DISPLAY": ":4"}, false},
		{"linux", map[string]string{"DISPLAY": "far:4"}, true},
	}
	for _, c := range cases {
		if got := hasDisplay(c.goos, func(n string) string { return c.environ[n] }, server); got != c.want {
			t.Errorf("hasDisplay(%s, %v) = %v, want %v", c.goos, c.environ, got, c.want)
		}
	}
}

func TestLocalDisplay(t *testing.T) {
	cases := []struct {
		display string
		n       int
		local   bool
	}{
		{":0", 0, true}, {":12.1", 12, true}, {"unix:7", 7, true},
		{"host:0", 0, false}, {"localhost:10.0", 0, false}, {":", 0, false}, {":x", 0, false}, {"", 0, false}, {":-1", -1, false},
	}
	for _, c := range cases {
		n, local := localDisplay(c.display)
		if local != c.local || local && n != c.n {
			t.Errorf("localDisplay(%q) = %d, %v, want %d, %v", c.display, n, local, c.n, c.local)
		}
	}
}

func TestAuthorityIsOneKeyForAnyDisplay(t *testing.T) {
	got := authority([]byte{1, 2, 3})
	want := append([]byte{0xff, 0xff, 0, 0, 0, 0, 0, 18}, append([]byte("MIT-MAGIC-COOKIE-1"), 0, 3, 1, 2, 3)...)
	if !bytes.Equal(got, want) {
		t.Errorf("authority = % x, want % x", got, want)
	}
}

func TestADesktopHidesTheUsersAndGoesAway(t *testing.T) {
	d, err := openDesktop()
	if err != nil {
		t.Fatal(err)
	}
	user := &tool{environ: []string{"HOME=/home/ada", "DISPLAY=:0", "WAYLAND_DISPLAY=wayland-0", "XDG_CONFIG_HOME=/home/ada/.config", "LC_ALL=nl_NL.UTF-8", "PATH=/bin"}}
	inside := user.with(d.variables()...)
	for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "LC_ALL", "XAUTHORITY"} {
		if v := inside.env(name); v != "" {
			t.Errorf("%s=%s is still seen", name, v)
		}
	}
	if inside.env("PATH") != "/bin" {
		t.Error("PATH was lost")
	}
	info, err := os.Stat(inside.env("XDG_RUNTIME_DIR"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("runtime folder: %v, %v", info, err)
	}
	home := inside.env("HOME")
	d.close()
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("the private home is left: %v", err)
	}
}
