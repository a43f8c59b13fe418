package cayleystore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

var errInjected = errors.New("injected")

func openFile(path string, flag int, mode os.FileMode) (*os.File, error) {
	return os.OpenFile(path, flag, mode)
}

// failAt fails the n-th operation of a kind; the empty kind is any.
func failAt(op string, n int) func(string) error {
	return func(o string) error {
		if op == "" || o == op {
			if n--; n == 0 {
				return errInjected
			}
		}
		return nil
	}
}

// TestFailureAtEveryStep lets every single operation of an edit fail, and
// shows that the edit leaves no trace and the next one works.
func TestFailureAtEveryStep(t *testing.T) {
	path := casePath(t)
	r := storetest.NewRandom(5, storetest.Schema())
	g, m := r.Case(25)
	s := mustCreate(t, path, g)
	f := s.back.(*file)
	var rev graphstore.Revision
	failures := 0
	for step := 1; ; step++ {
		d := r.Edit(m)
		if _, err := g.Apply(d); err != nil {
			continue
		}
		f.fault = failAt("", step*7)
		next, err := s.Apply(t.Context(), rev, d)
		f.fault = nil
		if err == nil && step > 30 {
			break // the edit has fewer operations
		}
		if err == nil {
			rev, m = next, m.Apply(d)
		} else {
			if failures++; !strings.Contains(err.Error(), errInjected.Error()) {
				t.Fatal(err)
			}
			have, at, err := s.Load(t.Context())
			if err != nil || at != rev {
				t.Fatalf("revision %d, want %d: %v", at, rev, err)
			}
			if err := m.Differs(have); err != nil {
				t.Fatal(err)
			}
			if rev, err = s.Apply(t.Context(), rev, d); err != nil {
				t.Fatal(err)
			}
			m = m.Apply(d)
		}
		if g, _, err = s.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d failures", failures)
	if failures < 20 {
		t.Errorf("only %d failures happened", failures)
	}
	checkSound(t, s, path)
}

func TestFullDiskIsSaid(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, nil)
	f := s.back.(*file)
	for _, cause := range []error{syscall.ENOSPC, &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}, fmt.Errorf("file resize error: %s", syscall.ENOSPC), syscall.EDQUOT} {
		f.fault = func(op string) error {
			if op == "flush" {
				return cause
			}
			return nil
		}
		d := &graphstore.Diff{}
		d.Add(nil, note("urn:a", "v"))
		if _, err := s.Apply(t.Context(), 0, d); !errors.Is(err, graphstore.ErrFull) {
			t.Errorf("%v gives %v", cause, err)
		}
	}
	f.fault = nil
	d := &graphstore.Diff{}
	d.Add(nil, note("urn:a", "v"))
	if _, err := s.Apply(t.Context(), 0, d); err != nil {
		t.Fatal(err)
	}
	checkSound(t, s, path)
}

// TestPanicInsideBecomesAnError shows that a panic while a transaction holds
// bbolt's locks neither ends the program nor blocks the store.
func TestPanicInsideBecomesAnError(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, nil)
	f := s.back.(*file)
	d := &graphstore.Diff{}
	d.Add(nil, note("urn:a", "v"))
	f.fault = func(op string) error {
		if op == "flush" {
			panic("unexpected fault address")
		}
		return nil
	}
	if _, err := s.Apply(t.Context(), 0, d); !errors.Is(err, graphstore.ErrDamaged) {
		t.Fatalf("error is %v", err)
	}
	f.fault = nil
	if _, err := s.Apply(t.Context(), 0, d); err != nil {
		t.Fatal(err)
	}
	checkSound(t, s, path)
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := filepath.Join(dir, "other.bolt")
	db, err := bbolt.Open(other, 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("things"))
		if err == nil {
			err = b.Put([]byte("a"), []byte("b"))
		}
		return err
	})
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.caveat")
	mustCreate(t, newer, nil).Close()
	setState(t, newer, func(st *state) { st.Version = formatVersion + 1 })
	alien := filepath.Join(dir, "alien.caveat")
	mustCreate(t, alien, nil).Close()
	setState(t, alien, func(st *state) { st.Format = "something else" })
	for _, c := range []struct {
		path string
		want error
	}{
		{write("empty.caveat", nil), graphstore.ErrNotCase},
		{write("text.caveat", []byte(strings.Repeat("this is a text file\n", 999))), graphstore.ErrNotCase},
		{write("short.caveat", []byte("x")), graphstore.ErrNotCase},
		{dir, graphstore.ErrNotCase},
		{other, graphstore.ErrNotCase},
		{alien, graphstore.ErrNotCase},
		{newer, graphstore.ErrNewer},
		{filepath.Join(dir, "missing.caveat"), fs.ErrNotExist},
	} {
		for _, readOnly := range []bool{false, true} {
			before, _ := os.ReadFile(c.path)
			s, err := Open(c.path, storetest.Schema(), Options{ReadOnly: readOnly})
			if !errors.Is(err, c.want) || s != nil {
				t.Errorf("%s, read only %v: %v, want %v", c.path, readOnly, err, c.want)
			}
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Errorf("%s was changed", c.path)
			}
		}
		if _, err := Check(t.Context(), c.path, storetest.Schema()); !errors.Is(err, c.want) {
			t.Errorf("Check %s: %v, want %v", c.path, err, c.want)
		}
		if _, err := Repair(t.Context(), c.path, filepath.Join(dir, "repaired.caveat"), storetest.Schema()); !errors.Is(err, c.want) {
			t.Errorf("Repair %s: %v, want %v", c.path, err, c.want)
		}
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*repaired*")); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
}

// setState rewrites the state of a closed case file.
func setState(t *testing.T, path string, f func(*state)) {
	t.Helper()
	db, err := bbolt.Open(path, 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(stateBucket))
		st, err := decodeState(b.Get([]byte(stateKey)))
		if err != nil {
			return err
		}
		f(st)
		enc, err := st.encode()
		if err != nil {
			return err
		}
		return b.Put([]byte(stateKey), enc)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCreateNeverReplaces(t *testing.T) {
	path := casePath(t)
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path, storetest.Schema(), nil); !errors.Is(err, graphstore.ErrExists) {
		t.Errorf("error is %v", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	// Somebody takes the name while the case is being made.
	other := filepath.Join(t.TempDir(), "made.caveat")
	temp, err := reserve(other)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := place(temp, other); !errors.Is(err, graphstore.ErrExists) {
		t.Errorf("error is %v", err)
	}
	if _, err := Create(filepath.Join(t.TempDir(), "no", "such", "folder.caveat"), storetest.Schema(), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error is %v", err)
	}
	bad := &graphstore.Diff{}
	bad.Add(nil, note("urn:a", "\xff"))
	bad.Entities[0].After.Names = nil
	g, err := graphstore.NewGraph(storetest.Schema()).Apply(bad)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := Create(filepath.Join(dir, "bad.caveat"), storetest.Schema(), g); err == nil {
		t.Error("text that is not UTF-8 is stored")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReadOnly(t *testing.T) {
	path := casePath(t)
	g, m := storetest.NewRandom(2, storetest.Schema()).Case(20)
	mustCreate(t, path, g).Close()
	denied := func(path string, flag int, mode os.FileMode) (*os.File, error) {
		if flag&(os.O_RDWR|os.O_WRONLY) != 0 {
			return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.EROFS}
		}
		return os.OpenFile(path, flag, mode)
	}
	if _, err := open(path, storetest.Schema(), Options{}, denied); !errors.Is(err, graphstore.ErrReadOnly) {
		t.Errorf("error is %v", err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var open2 [2]*Store
	for i := range open2 { // any number of readers
		if open2[i], err = open(path, storetest.Schema(), Options{ReadOnly: true}, denied); err != nil {
			t.Fatal(err)
		}
		defer open2[i].Close()
		have, _, err := open2[i].Load(t.Context())
		if err != nil || m.Differs(have) != nil {
			t.Fatal(err, m.Differs(have))
		}
		if _, err := open2[i].Apply(t.Context(), 0, &graphstore.Diff{}); !errors.Is(err, graphstore.ErrReadOnly) {
			t.Errorf("error is %v", err)
		}
	}
	if _, err := Open(path, storetest.Schema(), Options{}); !errors.Is(err, graphstore.ErrLocked) {
		t.Errorf("writing beside readers: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Error("reading changed the file", err)
	}
}

// damage is one way to harm a file.
type damage struct {
	name string
	harm func(b []byte) []byte
}

func damages(size int, seed uint64) []damage {
	r := rand.New(rand.NewPCG(seed, 2))
	var ds []damage
	for n := range 20 {
		at := size * n / 20
		ds = append(ds, damage{fmt.Sprintf("cut at %d", at), func(b []byte) []byte { return b[:at] }})
	}
	for range 120 {
		at, bit := r.IntN(size), r.IntN(8)
		if r.IntN(4) == 0 { // the first pages, where it hurts most
			at = r.IntN(4 * 4096)
		}
		ds = append(ds, damage{fmt.Sprintf("bit %d of byte %d", bit, at), func(b []byte) []byte { b[at] ^= 1 << bit; return b }})
	}
	for range 25 {
		at := r.IntN(size/4096) * 4096
		ds = append(ds, damage{fmt.Sprintf("zeros at %d", at), func(b []byte) []byte { clear(b[at : at+4096]); return b }},
			damage{fmt.Sprintf("noise at %d", at), func(b []byte) []byte {
				for i := at; i < at+16+r.IntN(64); i++ {
					b[i] = byte(r.Uint32())
				}
				return b
			}})
	}
	return ds
}

// TestDamageIsFoundAndRepaired harms a case in 190 ways. Either it
// opens as it was, or it is refused and Repair says what it could not bring over.
func TestDamageIsFoundAndRepaired(t *testing.T) {
	const seed = 13
	t.Logf("seed %d", seed)
	path := casePath(t)
	r := storetest.NewRandom(seed, storetest.Schema())
	g, m := r.Case(60)
	s := mustCreate(t, path, g)
	var rev graphstore.Revision
	for range 12 {
		d := r.Edit(m)
		if next, err := s.Apply(t.Context(), rev, d); err == nil {
			rev, m = next, m.Apply(d)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused, repaired, lost := 0, 0, 0
	for _, d := range damages(len(whole), seed) {
		bad := filepath.Join(t.TempDir(), "bad.caveat")
		if err := os.WriteFile(bad, d.harm(bytes.Clone(whole)), 0o644); err != nil {
			t.Fatal(err)
		}
		if opensWhole(t, d.name, bad, m, rev) {
			continue
		}
		refused++
		fixed := filepath.Join(filepath.Dir(bad), "fixed.caveat")
		report, err := Repair(t.Context(), bad, fixed, storetest.Schema())
		if err != nil {
			if lost++; !errors.Is(err, graphstore.ErrDamaged) && !errors.Is(err, graphstore.ErrNotCase) {
				t.Fatalf("%s: Repair says %v", d.name, err)
			}
			continue
		}
		repaired++
		checkRepaired(t, d.name, fixed, report, m)
	}
	t.Logf("%d refused, %d of them repaired, %d beyond repair", refused, repaired, lost)
	if refused < 60 || repaired < 40 {
		t.Errorf("%d refused, %d repaired: the harm is too small to show anything", refused, repaired)
	}
}

// opensWhole reports whether a harmed file opens; then it must be the case it was.
func opensWhole(t *testing.T, name, path string, m *storetest.Model, rev graphstore.Revision) bool {
	t.Helper()
	s, err := Open(path, storetest.Schema(), Options{})
	if err != nil {
		if !errors.Is(err, graphstore.ErrDamaged) && !errors.Is(err, graphstore.ErrNotCase) {
			t.Fatalf("%s: Open says %v", name, err)
		}
		return false
	}
	defer s.Close()
	g, at, err := s.Load(t.Context())
	if err != nil {
		t.Fatalf("%s: opens, then Load says %v", name, err)
	}
	if err := m.Differs(g); err != nil || at != rev {
		t.Fatalf("%s: opens as another case, revision %d of %d: %v", name, at, rev, err)
	}
	return true
}

// checkRepaired shows that a repaired case is sound, and that where it
// differs from the original the report says so.
func checkRepaired(t *testing.T, name, path string, report Report, m *storetest.Model) {
	t.Helper()
	check, err := Check(t.Context(), path, storetest.Schema())
	if err != nil || len(check.Problems) > 0 {
		t.Fatalf("%s: the repaired case has problems: %v %v", name, err, check.Problems)
	}
	s := mustOpen(t, path)
	defer s.Close()
	g, _, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := m.Differs(g); diff != nil && len(report.Problems) == 0 {
		t.Fatalf("%s: repaired with a silent loss: %v", name, diff)
	}
	told := fmt.Sprint(report.Problems)
	for _, id := range m.Altered(g) {
		if !strings.Contains(told, string(id)) && !strings.Contains(told, "the last edit cannot be read") && !strings.Contains(told, "that nothing tells of") {
			t.Fatalf("%s: record %s was altered, the report says only %v", name, id, report.Problems)
		}
	}
}

// TestRepairCompacts shows that a sound case comes out the same, with its
// journal, and smaller: Cayley keeps deleted quads for ever.
func TestRepairCompacts(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, storetest.Large(1, 200))
	g, rev, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := g.Claim("urn:caveat:c:000001")
	for i := range 60 {
		after := *c
		after.Note = strings.Repeat("x", 900) + fmt.Sprint(i)
		d := &graphstore.Diff{Claims: []graphstore.Change[graphstore.Claim]{{Before: c, After: &after}}}
		if rev, err = s.Apply(t.Context(), rev, d); err != nil {
			t.Fatal(err)
		}
		c = &after
	}
	g, _, _ = s.Load(t.Context())
	s.Close()
	small := filepath.Join(t.TempDir(), "small.caveat")
	report, err := Repair(t.Context(), path, small, storetest.Schema())
	if err != nil || len(report.Problems) > 0 || report.Edits != 60 || report.Revision != rev || report.Records != g.Count() {
		t.Fatalf("%+v, %v", report, err)
	}
	check, err := Check(t.Context(), small, storetest.Schema())
	if err != nil || len(check.Problems) > 0 || check.Edits != 60 || check.Revision != rev {
		t.Fatalf("%+v, %v", check, err)
	}
	s = mustOpen(t, small)
	if have, at, err := s.Load(t.Context()); err != nil || at != rev || !have.Same(g) {
		t.Fatal("the compacted case is another", err)
	}
	if _, err := Repair(t.Context(), path, small, storetest.Schema()); !errors.Is(err, graphstore.ErrExists) {
		t.Errorf("Repair replaces a file: %v", err)
	}
}

func TestLockIsKnownInTime(t *testing.T) {
	if 2*lockWait > 2*time.Second {
		t.Errorf("opening waits twice %v", lockWait)
	}
	path := casePath(t)
	mustCreate(t, path, nil)
	for _, readOnly := range []bool{false, true} {
		if _, err := Open(path, storetest.Schema(), Options{ReadOnly: readOnly}); !errors.Is(err, graphstore.ErrLocked) {
			t.Errorf("read only %v: %v", readOnly, err)
		}
	}
	if _, err := Repair(t.Context(), path, path+".new", storetest.Schema()); !errors.Is(err, graphstore.ErrLocked) {
		t.Errorf("Repair: %v", err)
	}
}
