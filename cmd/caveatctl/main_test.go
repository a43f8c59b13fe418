package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"caveatctl": main})
}

func TestScripts(t *testing.T) {
	held := map[string]*cayleystore.Store{} // by working folder of the script
	var mu sync.Mutex
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("CAVEAT_BY", "tester")
			return nil
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"huge":   huge,
			"cut":    cut,
			"size":   size,
			"hold": func(ts *testscript.TestScript, neg bool, args []string) {
				schema, err := graphstore.Builtin()
				ts.Check(err)
				store, err := cayleystore.Open(ts.MkAbs(args[0]), schema, cayleystore.Options{})
				ts.Check(err)
				mu.Lock()
				held[ts.Getenv("WORK")] = store
				mu.Unlock()
			},
			"release": func(ts *testscript.TestScript, neg bool, args []string) {
				mu.Lock()
				defer mu.Unlock()
				ts.Check(held[ts.Getenv("WORK")].Close())
			},
		},
	})
}

// status runs a program and checks its exit status: status 2 caveatctl new.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program args...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		code = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("exit status %s, want %s", code, args[0])
	}
}

// huge writes a bundle with a line of 100 MB: huge FILE.
func huge(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	_, err = f.WriteString("{\"type\":\"caveat\",\"version\":1}\n{\"type\":\"entity\",\"id\":\"urn:e:ok\",\"kind\":\"vendor\"}\n{\"type\":\"entity\",\"note\":\"")
	ts.Check(err)
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = 'x'
	}
	for range 100 {
		_, err = f.Write(block)
		ts.Check(err)
	}
	_, err = f.WriteString("\"}\n")
	ts.Check(err)
}

// cut leaves only the first half of a file: cut FILE.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()/2))
}

// size checks the pixels of a PNG and that not all are of one colour: size FILE W H.
func size(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	im, err := png.Decode(f)
	ts.Check(err)
	b := im.Bounds()
	if strconv.Itoa(b.Dx()) != args[1] || strconv.Itoa(b.Dy()) != args[2] {
		ts.Fatalf("%s has %d by %d pixels", args[0], b.Dx(), b.Dy())
	}
	first := im.At(b.Min.X, b.Min.Y)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if im.At(x, y) != first {
				return
			}
		}
	}
	ts.Fatalf("%s is empty", args[0])
}
