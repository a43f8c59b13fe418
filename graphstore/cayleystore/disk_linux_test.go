package cayleystore

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

// fileLimit is the size in bytes at which the child's files are full.
const fileLimit = 3 << 20

// limitFiles makes the kernel refuse to let files of this process grow
// beyond fileLimit, which needs no rights: writes fail with EFBIG.
func limitFiles() {
	signal.Ignore(syscall.SIGXFSZ)
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: fileLimit, Max: fileLimit})
}

// smallDisk returns a folder on a file system of 3 MB where this process may
// mount one, else any folder, where limitFiles alone stands in for a full disk.
func smallDisk(t *testing.T) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2800k"); err != nil {
		t.Logf("no small file system here (%v): the limit on file sizes stands in for it", err)
		return dir
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fillUp edits the case until the disk is full, then shows that the store
// goes on: it still loads, refuses again, and takes a small edit after a large one was refused.
func fillUp(path string) error {
	limitFiles()
	s, err := Open(path, storetest.Schema(), Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	ctx := context.Background()
	before, rev, err := s.Load(ctx)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		d := &graphstore.Diff{}
		for n := range 40 {
			d.Add(nil, note(graphstore.ID(fmt.Sprintf("urn:fill:%d:%d", i, n)), strings.Repeat(fmt.Sprint("x", i, n), 400)))
		}
		next, err := s.Apply(ctx, rev, d)
		if err == nil {
			if rev = next; i > 400 {
				return fmt.Errorf("the disk is never full")
			}
			if before, _, err = s.Load(ctx); err != nil {
				return err
			}
			continue
		}
		if !strings.Contains(err.Error(), graphstore.ErrFull.Error()) {
			return fmt.Errorf("edit %d: %w", i, err)
		}
		after, at, err := s.Load(ctx)
		if err != nil || at != rev || !after.Same(before) {
			return fmt.Errorf("after a refused edit revision %d of %d, %w", at, rev, err)
		}
		break
	}
	// Deleting frees pages, so there is room for this however full the disk is.
	d := &graphstore.Diff{}
	d.Add(before.Entity("urn:first"), nil)
	if _, err := s.Apply(ctx, rev, d); err != nil && !strings.Contains(err.Error(), graphstore.ErrFull.Error()) {
		return err
	}
	fmt.Println("full at", rev)
	return nil
}

// TestFullDisk fills a file system, or what stands in for one, and shows that every acknowledged edit is there afterwards.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "full.caveat")
	first := &graphstore.Diff{}
	first.Add(nil, note("urn:first", "here from the start"))
	g, err := graphstore.NewGraph(storetest.Schema()).Apply(first)
	if err != nil {
		t.Fatal(err)
	}
	mustCreate(t, path, g).Close()
	_, out := startChild(t, "fill", path)
	line, _ := out.ReadString('\n')
	var rev graphstore.Revision
	if _, err := fmt.Sscanf(line, "full at %d", &rev); err != nil || rev < 3 {
		t.Fatalf("the child says %q", line)
	}
	io.Copy(io.Discard, out)
	t.Logf("full after %d edits in %s", rev, dir)
	s := mustOpen(t, path)
	have, at, err := s.Load(t.Context())
	if err != nil || at != rev && at != rev+1 || have.Entity(graphstore.ID(fmt.Sprintf("urn:fill:%d:39", rev-1))) == nil {
		t.Fatalf("revision %d, acknowledged %d: %v", at, rev, err)
	}
	checkSound(t, s, path)
}
