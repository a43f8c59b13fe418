package cayleystore

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

// childEnv names what the test binary does instead of testing, when it is
// started again as another process.
const childEnv = "CAVEAT_STORE_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		if err := child(job, os.Args[1:]); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func child(job string, args []string) error {
	switch job {
	case "edit":
		return editForEver(args[0])
	case "hold":
		return hold(args[0])
	case "fill":
		return fillUp(args[0])
	}
	return fmt.Errorf("no job %q", job)
}

// startChild starts this test binary as another process with a job.
func startChild(t *testing.T, job string, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childEnv+"="+job)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewReader(out)
}

// nthEdit is the edit that leads from m, at the given revision, on: a
// function of both, so that parent and child agree on it. Some are large.
func nthEdit(m *storetest.Model, g *graphstore.Graph, rev graphstore.Revision) *graphstore.Diff {
	for try := uint64(0); ; try++ {
		r := storetest.NewRandom(uint64(rev)*1000+try, storetest.Schema())
		r.Skip(int(rev) * 100)
		d := r.Edit(m)
		if rev%5 == 4 {
			for i := range 60 {
				d.Add(nil, note(graphstore.ID(fmt.Sprintf("urn:bulk:%d:%d", rev, i)), fmt.Sprint("bulk ", i%7, rev)))
			}
		}
		if rev%10 == 9 {
			for id := range 60 {
				if e := g.Entity(graphstore.ID(fmt.Sprintf("urn:bulk:%d:%d", rev-5, id))); e != nil && g.UseCount(e.ID, graphstore.AsSubject) == 0 {
					d.Add(e, nil)
				}
			}
		}
		if _, err := g.Apply(d); err == nil {
			return d
		}
	}
}

// editForEver edits the case and prints each revision once it is durable.
func editForEver(path string) error {
	s, err := Open(path, storetest.Schema(), Options{})
	if err != nil {
		return err
	}
	s.back.(*file).limits = limits{single: 100, part: 40} // so that bulk edits are large ones
	ctx := context.Background()
	for {
		g, rev, err := s.Load(ctx)
		if err != nil {
			return err
		}
		if _, err := s.Apply(ctx, rev, nthEdit(storetest.ModelOf(g), g, rev)); err != nil {
			return err
		}
		fmt.Println(rev + 1)
	}
}

// TestKillLosesNothing kills a process that is editing, at a random moment,
// again and again: every edit it said was saved is there, and the one it was at is there whole or not at all.
func TestKillLosesNothing(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	const seed = 21
	t.Logf("seed %d, %d rounds", seed, rounds)
	r := rand.New(rand.NewPCG(seed, 3))
	dir := memoryDir(t)
	path := filepath.Join(dir, "0.caveat")
	mustCreate(t, path, nil).Close()
	m := storetest.NewModel()
	g := graphstore.NewGraph(storetest.Schema())
	var rev graphstore.Revision
	extra := 0
	for round := range rounds {
		acked := killOnce(t, path, 1+r.IntN(4), time.Duration(r.IntN(4000))*time.Microsecond)
		s := mustOpen(t, path)
		have, at, err := s.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at < acked || at < rev {
			t.Fatalf("round %d: revision %d was acknowledged, the file is at %d", round, max(acked, rev), at)
		}
		if at > acked {
			extra++
		}
		for ; rev < at; rev++ {
			d := nthEdit(m, g, rev)
			m = m.Apply(d)
			if g, err = g.Apply(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Differs(have); err != nil {
			t.Fatalf("round %d, revision %d: %v", round, rev, err)
		}
		s.Close()
		if round%50 == 49 {
			check, err := Check(t.Context(), path, storetest.Schema())
			if err != nil || len(check.Problems) > 0 {
				t.Fatalf("round %d: %v %v", round, err, check.Problems)
			}
		}
		if len(m.IDs()) > 500 { // keep the rounds quick: start over with a new case
			path, rev = filepath.Join(dir, fmt.Sprint(round, ".caveat")), 0
			mustCreate(t, path, nil).Close()
			m, g = storetest.NewModel(), graphstore.NewGraph(storetest.Schema())
		}
	}
	t.Logf("%d edits at the end; %d times one more was there than acknowledged", rev, extra)
}

// memoryDir returns a folder in memory where the system has one: a killed
// process leaves its writes to the kernel, so the disk has no part in this and only costs time.
func memoryDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "caveat-test-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// killOnce lets a child edit until it has acknowledged that many edits, and
// a little longer, kills it, and returns the last revision it acknowledged.
func killOnce(t *testing.T, path string, acks int, longer time.Duration) graphstore.Revision {
	t.Helper()
	cmd, out := startChild(t, "edit", path)
	var last graphstore.Revision
	read := func() bool {
		line, err := out.ReadString('\n')
		if err != nil {
			return false
		}
		n, err := strconv.ParseUint(strings.TrimSpace(line), 10, 64)
		if err != nil {
			t.Fatalf("the child says %q", line)
		}
		last = graphstore.Revision(n)
		return true
	}
	for range acks {
		if !read() {
			t.Fatal("the child ended by itself")
		}
	}
	time.Sleep(longer)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for read() { // what it said before it died
	}
	cmd.Wait()
	return last
}

// hold opens a case and keeps it open until its input ends.
func hold(path string) error {
	s, err := Open(path, storetest.Schema(), Options{})
	if err != nil {
		return err
	}
	fmt.Println("open")
	_, err = io.Copy(io.Discard, os.Stdin)
	s.Close()
	return err
}

// TestOtherProcessLocks shows that a case that another process has open is
// refused, and opens once that process is killed.
func TestOtherProcessLocks(t *testing.T) {
	path := casePath(t)
	mustCreate(t, path, nil).Close()
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), childEnv+"=hold")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "open\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	for _, readOnly := range []bool{false, true} {
		if _, err := Open(path, storetest.Schema(), Options{ReadOnly: readOnly}); err == nil || !strings.Contains(err.Error(), graphstore.ErrLocked.Error()) {
			t.Errorf("read only %v: %v", readOnly, err)
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	mustOpen(t, path)
}
