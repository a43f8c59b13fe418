package settings

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSettingsSurviveReopening(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "er")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"/a", "/b", "/a"} {
		if err := s.Change(func(v *Settings) { v.Visit(p) }); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := again.Now()
	if got.Last != "/a" || len(got.Recent) != 2 || got.Recent[1] != "/b" {
		t.Errorf("got %+v", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("temporary files left: %v", left)
	}
}

func TestBrokenSettingsGiveDefaultsAndSayso(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(`{"lang":`), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err == nil {
		t.Error("no error for a broken file")
	}
	if s.Now().Lang != "" {
		t.Error("half-read settings are used")
	}
}

func TestFailedWriteKeepsTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.json")
	if err := WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(path, "below-a-file"), []byte("new")); err == nil {
		t.Error("writing below a file succeeded")
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("file holds %q", b)
	}
}
