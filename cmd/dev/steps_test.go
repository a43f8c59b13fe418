package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ticking returns a clock that moves on by a second each time it is read.
func ticking() func() time.Time {
	now := time.Unix(0, 0)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func TestOneFailureFailsTheRunAndStopsNothing(t *testing.T) {
	var ran []string
	note := func(name string, err error) step {
		return step{name, func(context.Context) error { ran = append(ran, name); return err }}
	}
	var out strings.Builder
	err := runSteps(context.Background(), &out, ticking(), []step{note("a", nil), note("b", errors.New("broken")), note("c", notHere("no c here")), note("d", nil)})
	if err == nil || !strings.Contains(err.Error(), "1 of 4 steps failed: b") {
		t.Errorf("err = %v", err)
	}
	if got := strings.Join(ran, ""); got != "abcd" {
		t.Errorf("ran %q, want all four in order", got)
	}
	want := `
==== 1/4 a

==== 2/4 b
FAILED: broken

==== 3/4 c
not run: no c here

==== 4/4 d

==== summary
     1.0 s  ok       a
     1.0 s  FAILED   b
     1.0 s  not run  c
     1.0 s  ok       d
     9.0 s  in all
`
	if out.String() != want {
		t.Errorf("output:\n%s\nwant:\n%s", out.String(), want)
	}
}

func TestAllStepsGoodIsSuccess(t *testing.T) {
	var out strings.Builder
	if err := runSteps(context.Background(), &out, ticking(), []step{{"a", func(context.Context) error { return nil }}}); err != nil {
		t.Error(err)
	}
}

func TestAnInterruptedRunIsAFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var out strings.Builder
	err := runSteps(ctx, &out, ticking(), []step{
		{"a", func(context.Context) error { cancel(); return nil }},
		{"b", func(context.Context) error { t.Error("b ran after the end"); return nil }},
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "1 of 2") {
		t.Errorf("err = %v", err)
	}
}

func TestStepsOfTheTestVerb(t *testing.T) {
	names := func(quick bool) string {
		var n []string
		for _, s := range checks(&tool{}, quick) {
			n = append(n, s.name)
		}
		return strings.Join(n, "; ")
	}
	if got, want := names(true), "modules; gofmt -l; go vet, with the window; go vet, without cgo; go test -short"; got != want {
		t.Errorf("quick: %s", got)
	}
	if got, want := names(false), "modules; gofmt -l; go vet, with the window; go vet, without cgo; staticcheck; "+
		"go build, without cgo; go test; go test -race; go build, with Fyne's check of goroutines"; got != want {
		t.Errorf("whole: %s", got)
	}
}

func TestTestDataIsSaidFromTheProject(t *testing.T) {
	tl := &tool{out: io.Discard, errs: io.Discard, environ: append(os.Environ(), "CAVEAT_TESTDATA=../x")}
	if err := tl.findRoot(); err != nil {
		t.Fatal(err)
	}
	s, err := tl.steady(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.env("CAVEAT_TESTDATA"), filepath.Join(filepath.Dir(tl.root), "x"); got != want {
		t.Errorf("tests look for their data in %s, want %s", got, want)
	}
}
