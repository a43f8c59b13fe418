package main

import (
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	for _, c := range []struct{ args, fails string }{
		{"", ""},
		{"--sample kaspersky --lang nl --theme dark --size 960x640", ""},
		{"case.caveat --lang nl", ""},
		{"--lang nl case.caveat --theme dark", ""},
		{"a.caveat b.caveat", "one file"},
		{"--sample huawei case.caveat", "cannot both"},
		{"--size 960", "1280x800"},
		{"--size 0x0", "1280x800"},
		{"--theme pink", "light, dark, contrast"},
		{"--colour", "not defined"},
	} {
		_, err := parse(strings.Fields(c.args))
		switch {
		case c.fails == "" && err != nil:
			t.Errorf("%q: %v", c.args, err)
		case c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)):
			t.Errorf("%q: %v, want %q", c.args, err, c.fails)
		}
	}
}

func TestWithoutADisplayItSaysSo(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := checkDisplay(); err == nil || !strings.Contains(err.Error(), "caveatctl") {
		t.Errorf("said %v", err)
	}
}

func TestLanguageIsTheFlagTheSettingOrTheSystem(t *testing.T) {
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "")
	t.Setenv("LANG", "fr_BE.UTF-8")
	for _, c := range []struct{ flag, kept, want string }{{"de", "nl", "de"}, {"", "nl", "nl"}, {"", "", "fr_BE.UTF-8"}} {
		if got := language(c.flag, c.kept); got != c.want {
			t.Errorf("language(%q, %q) = %q", c.flag, c.kept, got)
		}
	}
}
