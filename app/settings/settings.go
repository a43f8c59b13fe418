// Package settings remembers what the user chose between sessions: one JSON
// file, written whole and renamed into place, so that a killed process
// leaves the old or the new one. (Fyne's own preferences can be lost on a kill.)
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Settings is what is remembered. The zero value is a first start.
type Settings struct {
	Lang      string   `json:"lang,omitempty"`  // empty follows the system
	Theme     string   `json:"theme,omitempty"` // light, dark, contrast; empty follows the system
	User      string   `json:"user,omitempty"`  // goes into recorded_by
	Still     bool     `json:"still,omitempty"` // no animation
	Width     float32  `json:"width,omitempty"` // of the window, in units
	Height    float32  `json:"height,omitempty"`
	Outline   Panel    `json:"outline,omitzero"`
	Inspector Panel    `json:"inspector,omitzero"`
	Answers   float32  `json:"answers,omitempty"`   // share of the height below the inspector
	Lanes     float32  `json:"lanes,omitempty"`     // share of the height below the canvas
	NoMap     bool     `json:"no_map,omitempty"`    // no overview above the canvas
	Last      string   `json:"last,omitempty"`      // path of the last case
	Recent    []string `json:"recent,omitempty"`    // paths, newest first
	Stands    []Stand  `json:"stands,omitempty"`    // how cases were left, newest first
	Folder    string   `json:"folder,omitempty"`    // last used in a file dialog
	Questions []string `json:"questions,omitempty"` // turned on, of those that are off at first
}

// Panel is the state of a side panel.
type Panel struct {
	Hidden bool    `json:"hidden,omitempty"`
	Width  float32 `json:"width,omitempty"` // fraction of the window
}

// Stand is how a case was left: in which view, and where the camera stood in drawing units. A zoom of
// zero means that all was in view.
type Stand struct {
	Path string  `json:"path"`
	View string  `json:"view,omitempty"`
	X    float32 `json:"x,omitempty"`
	Y    float32 `json:"y,omitempty"`
	Zoom float32 `json:"zoom,omitempty"` // canvas units per drawing unit
}

// recentMax is how many recent cases are remembered.
const recentMax = 12

// Visit puts path at the head of the recent cases.
func (s *Settings) Visit(path string) {
	s.Last = path
	s.Recent = slices.DeleteFunc(s.Recent, func(p string) bool { return p == path })
	s.Recent = slices.Insert(s.Recent, 0, path)
	s.Recent = s.Recent[:min(len(s.Recent), recentMax)]
}

// Leave remembers how a case was left.
func (s *Settings) Leave(as Stand) {
	s.Stands = slices.DeleteFunc(slices.Clone(s.Stands), func(t Stand) bool { return t.Path == as.Path })
	s.Stands = slices.Insert(s.Stands, 0, as)
	s.Stands = s.Stands[:min(len(s.Stands), recentMax)]
}

// StandOf returns how the case in path was left, or the zero Stand.
func (s Settings) StandOf(path string) Stand {
	for _, t := range s.Stands {
		if t.Path == path {
			return t
		}
	}
	return Stand{}
}

// Store keeps Settings in one file. It belongs to one goroutine.
type Store struct {
	path string
	now  Settings
}

// DefaultDir returns the user's configuration folder for Caveat.
func DefaultDir() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("finding the settings folder: %w", err)
	}
	return filepath.Join(dir, "caveat"), nil
}

// Open reads the settings in dir. A file that is missing gives the zero
// settings; one that cannot be read gives them too, with an error to show.
func Open(dir string) (*Store, error) {
	s := &Store{path: filepath.Join(dir, "settings.json")}
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s.now)
	}
	if err != nil {
		s.now = Settings{}
		return s, fmt.Errorf("reading the settings in %s: %w; starting with the defaults", s.path, err)
	}
	return s, nil
}

// Now returns the settings.
func (s *Store) Now() Settings { return s.now }

// Change applies f and writes the file.
func (s *Store) Change(f func(*Settings)) error {
	f(&s.now)
	b, err := json.MarshalIndent(s.now, "", "  ")
	if err != nil {
		return err
	}
	if err := WriteFile(s.path, append(b, '\n')); err != nil {
		return fmt.Errorf("remembering the settings: %w", err)
	}
	return nil
}

// WriteFile writes b to a neighbour of path, syncs it and renames it into
// place; the folder is made if need be.
func WriteFile(path string, b []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
