package editor

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// writeEdges makes a packed edge list of n nodes called by name, with three edges a node to nodes near in number.
func writeEdges(t testing.TB, n int, name func(i int) string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.tsv.gz")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	rng := rand.New(rand.NewSource(1))
	for i := range 3 * n {
		if _, err := fmt.Fprintf(z, "%s\t%s\n", name(i%n), name((i%n+1+rng.Intn(5))%n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openDrawing returns a desk with an edge list on it.
func openDrawing(t testing.TB, path string) *desk {
	t.Helper()
	d := newDesk(t, t.TempDir())
	d.OpenFile(path, false)
	d.settleAll()
	if d.Case() == nil || !d.Case().Drawing {
		t.Fatalf("no drawing is open: %+v", d.Message())
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func names(d *desk, text string) []string {
	d.Find(text, 5)
	d.settleAll() // a large drawing is searched by a job
	var out []string
	for _, h := range d.Find(text, 5) {
		out = append(out, h.Name)
	}
	return out
}

// TestNodesOfADrawingAreFoundByName searches a small drawing and a large one: whole names before beginnings before words
// before the rest, whatever the case.
func TestNodesOfADrawingAreFoundByName(t *testing.T) {
	special := []string{"Zürich", "zürichsee", "Lake of ZÜRICH", "unZürich", "Ort"}
	for _, n := range []int{500, findNow + 1000} {
		d := openDrawing(t, writeEdges(t, n, func(i int) string {
			if i < len(special) {
				return special[i]
			}
			return fmt.Sprint("node ", i)
		}))
		for text, want := range map[string][]string{"zÜrich": {"Zürich", "zürichsee", "Lake of ZÜRICH", "unZürich"}, " ort ": {"Ort"}, "nobody": nil, "  ": nil} {
			if got := names(d, text); !slices.Equal(got, want) {
				t.Errorf("%d nodes, %q: %q", n, text, got)
			}
		}
		if got := names(d, "node 7"); len(got) != 5 || got[0] != "node 7" || !strings.HasPrefix(got[4], "node 7") {
			t.Errorf("%d nodes: %q", n, got)
		}
		d.Find("node 77", 1)
		d.settleAll()
		hit := d.Find("node 77", 1)[0]
		d.GoTo(hit.ID)
		d.settleAll()
		if hit.Name != "node 77" || !slices.Equal(d.Selection(), []graphstore.ID{"node 77"}) || !d.onCanvas("node 77") {
			t.Errorf("%d nodes: %q is found, %v selected", n, hit.Name, d.Selection())
		}
	}
}

// TestAQuestionReplacesTheOneBefore types on while a large drawing is searched.
func TestAQuestionReplacesTheOneBefore(t *testing.T) {
	d := openDrawing(t, writeEdges(t, findNow+1000, func(i int) string { return fmt.Sprint("n", i) }))
	d.Find("n1", 5)
	d.Find("n12", 5)
	if !d.Finding() {
		t.Error("nothing is searched")
	}
	d.settleAll()
	if d.Finding() || len(d.Find("n12", 5)) != 5 || d.Find("n12", 1)[0].Name != "n12" {
		t.Errorf("found %v", d.Find("n12", 5))
	}
	if still := d.Find("n121", 5); len(still) > 0 && !strings.HasPrefix(still[0].Name, "n121") {
		t.Errorf("%v is shown while n121 is searched", still)
	}
	d.settleAll()
}

// TestWhatADrawingCannotDoSaysWhy asks every action that changes a case.
func TestWhatADrawingCannotDoSaysWhy(t *testing.T) {
	d := openDrawing(t, writeEdges(t, 100, func(i int) string { return fmt.Sprint(i) }))
	d.SelectAll()
	off := []string{"import", "rename", "history", "newclaim", "newentity", "edit", "pin", "delete", "expand", "connect", "saveview", "groupcountry"}
	on := []string{"hide", "only", "showall", "export", "saveas", "close", "selectall", "find", "fit", "center", "layout", "layouts", "map"}
	for _, a := range Actions() {
		err := a.Ready(d.Editor)
		if slices.Contains(off, a.Name) && err != errDrawing {
			t.Errorf("%s: %v", a.Name, err)
		}
		if (a.Name == "undo" && err != errNoUndo) || (a.Name == "redo" && err != errNoRedo) {
			t.Errorf("%s before the first step: %v", a.Name, err)
		}
		if slices.Contains(on, a.Name) && err != nil {
			t.Errorf("%s: %v", a.Name, err)
		}
		if title := d.ActionTitle(a); a.Name == "saveas" && title != "Save as a case…" {
			t.Errorf("%s is called %q", a.Name, title)
		}
	}
}

// TestAFailedOpeningLeavesTheCollectorAsItWas opens a file that is no edge list: while one is opened the collector runs seldom.
func TestAFailedOpeningLeavesTheCollectorAsItWas(t *testing.T) {
	const usual = 137
	defer debug.SetGCPercent(debug.SetGCPercent(usual))
	path := filepath.Join(t.TempDir(), "bad.tsv")
	if err := os.WriteFile(path, []byte("a\tb\nc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, t.TempDir())
	d.OpenFile(path, false)
	d.settleAll()
	if got := debug.SetGCPercent(usual); got != usual || d.Case() != nil {
		t.Errorf("the collector lets %d %% grow, not %d", got, usual)
	}
}

// TestHostileEdgeListsSayWhatIsWrong opens files that are none.
func TestHostileEdgeListsSayWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{"a\tb\nc\n": "line 2", "": "no edge", "a\tb\n\xff\xfe\tc\n": "line 2 is not valid UTF-8", "\x1f\x8b\x08rubbish": "gzip"} {
		path := filepath.Join(t.TempDir(), "bad.tsv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		d := newDesk(t, t.TempDir())
		d.OpenFile(path, false)
		d.settleAll()
		if d.Case() != nil || d.Message().Err == nil || !strings.Contains(d.Message().Text, want) {
			t.Errorf("%.20q: %q", text, d.Message().Text)
		}
	}
}

// heapNow returns the bytes that are alive.
func heapNow() float64 {
	runtime.GC()
	runtime.GC() // what finalizers and pools held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// drawingGrowth opens an edge list and returns what it keeps alive beyond the list itself: names and edges. The scene
// has all that is searched for the pointer, and has been drawn.
func drawingGrowth(t *testing.T, path string) (bytes float64, s *scene.Scene) {
	before := heapNow()
	d := openDrawing(t, path)
	d.Scene().MakeIndex()
	l := d.Look(1000, 700, 1)
	d.Scene().Recycle(d.Scene().Frame(l))
	after := heapNow()
	list := d.open.edges
	graph := float64(8 * len(list.Edges))
	for _, name := range list.Names {
		graph += 16 + float64(len(name))
	}
	return after - before - graph, d.Scene()
}

// TestADrawingTakesLittleMemory holds 100,000 nodes and 300,000 edges to 400 bytes a node and 100 an edge beyond the
// list itself.
func TestADrawingTakesLittleMemory(t *testing.T) {
	n := 100_000
	if testing.Short() { // the race run looks at the goroutines of it
		n = 20_000
	}
	grown, s := drawingGrowth(t, writeEdges(t, n, func(i int) string { return fmt.Sprint(i) }))
	if s.Len() != n {
		t.Fatalf("%d nodes", s.Len())
	}
	bound := 400*float64(s.Len()) + 100*float64(s.EdgeCount())
	t.Logf("%.1f MB, bound %.1f MB", grown/1e6, bound/1e6)
	if grown > bound {
		t.Errorf("%.0f bytes are kept, over %.0f", grown, bound)
	}
}

// BenchmarkOpenDrawing opens edge lists to the first scene, by nodes, and reports what is then alive.
func BenchmarkOpenDrawing(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := writeEdges(b, n, func(i int) string { return fmt.Sprint(i) })
			if f, err := os.Open(path); err == nil { // read once beforehand
				_, _ = io.Copy(io.Discard, f)
				_ = f.Close()
			}
			before := heapNow()
			var kept float64
			for b.Loop() {
				_, s, err := readDrawing(b.Context(), path, func(float64) {})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				kept = heapNow() - before
				runtime.KeepAlive(s)
				b.StartTimer()
			}
			b.ReportMetric(kept/float64(n), "B/node+3edges")
		})
	}
}

// BenchmarkFindNodes searches the names of drawings for what few and what many have.
func BenchmarkFindNodes(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		names := make([]string, n)
		for i := range names {
			names[i] = fmt.Sprint("Node ", i)
		}
		s := scene.FromEdges(names, nil)
		s.IndexIDs()
		for _, text := range []string{"node", "99", "nobody"} {
			b.Run(fmt.Sprint(text, "/", n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					nodesNamed(b.Context(), s, text, 10)
				}
			})
		}
	}
}

// kindedDrawing returns a desk with a drawing of n nodes, of kinds a, b and none by turns.
func kindedDrawing(t testing.TB, n int) *desk {
	path := writeEdges(t, n, func(i int) string { return fmt.Sprint("n", i) })
	var b strings.Builder
	for i := range n {
		if k := [...]string{"a", "b", ""}[i%3]; k != "" {
			fmt.Fprintf(&b, "n%d\t%s\tNode %d\n", i, k, i)
		}
	}
	if err := os.WriteFile(strings.TrimSuffix(path, ".tsv.gz")+".nodes.tsv", []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return openDrawing(t, path)
}

func TestWhatADrawingHidesComesBackWhereItWas(t *testing.T) {
	for _, n := range []int{300, 9000} { // at once, and by a job
		d := kindedDrawing(t, n)
		places := map[graphstore.ID]geom.Point{}
		for i := range int32(d.Scene().Len()) {
			places[d.Scene().ID(i)] = d.Scene().NodePoint(i)
		}
		stands := func(what string, shown int) {
			t.Helper()
			d.settleAll()
			if st := d.Status(); st.Shown != shown || d.Scene().Len() != shown || st.Entities != n {
				t.Fatalf("%s: %d of %d on show, not %d of %d", what, st.Shown, st.Entities, shown, n)
			}
			for i := range int32(d.Scene().Len()) {
				if id := d.Scene().ID(i); d.Scene().NodePoint(i) != places[id] {
					t.Fatalf("%s: %s moved", what, id)
				}
			}
			for _, id := range d.Selection() {
				if _, on := d.Scene().Node(id); !on {
					t.Fatalf("%s: %s is selected but hidden", what, id)
				}
			}
		}
		if kinds := d.DrawingKinds(); len(kinds) != 3 || kinds[0].Nodes != n/3 || kinds[2].Kind != nil {
			t.Fatalf("kinds %+v", kinds)
		}
		d.Select("n0", "n1", "n2", "n3")
		d.ok(d.Hide("n0", "n1"))
		stands("two hidden", n-2)
		if got := d.Selection(); !slices.Equal(got, []graphstore.ID{"n2", "n3"}) {
			t.Errorf("selected %v", got)
		}
		d.ok(d.Hide("n2"))
		d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"b", ""}}))
		stands("kinds hidden", n/3-1)
		if len(d.DrawingKinds()) != 3 {
			t.Error("hidden kinds are not counted")
		}
		to := places["n3"].Add(geom.Point{X: 5})
		node, _ := d.Scene().Node("n3")
		pos := slices.Clone(d.Scene().Positions())
		pos[node], places["n3"] = to, to
		d.scene = d.Scene().WithPositions(pos)
		d.ok(d.SetFilter(graphstore.Filter{}))
		stands("kinds back", n-3)
		d.ok(d.ShowOnly("n5", "n6"))
		stands("only two", 2)
		d.ok(d.ShowAll())
		stands("all back", n)
	}
}

func TestEveryActionOnADrawingWorksOrSaysWhy(t *testing.T) {
	for _, a := range Actions() {
		for _, some := range []bool{false, true} {
			if testing.Short() && !some {
				continue
			}
			d := kindedDrawing(t, 60)
			if some {
				d.SelectAll()
				d.Select(d.Selection()[:3]...)
			}
			if err := a.Ready(d.Editor); err != nil {
				if why := d.Words().Say(err.Error()); why == err.Error() {
					t.Errorf("%s is off without a reason in words: %v", a.Name, err)
				}
				continue
			}
			a.Do(d.Editor)
			d.settleAll()
			for _, ask := range d.asked {
				if e, failed := ask.(ShowError); failed {
					t.Errorf("%s: %v", a.Name, e)
				}
			}
		}
	}
}

// TestFoldedGroupsAreFittedBesideWhatCoversTheCorner folds all groups of a drawing that was fitted: their marks and names lie on the
// canvas, and none under the legend.
func TestFoldedGroupsAreFittedBesideWhatCoversTheCorner(t *testing.T) {
	for _, size := range []geom.Point{{X: 1030, Y: 915}, {X: 740, Y: 715}, {X: 900, Y: 500}} {
		d := kindedDrawing(t, 1500)
		d.Resize(size.X, size.Y)
		d.Cover(0.3*size.X, 0.3*size.Y)
		d.do("groupkind")
		d.do("foldall")
		canvas := geom.Rect{Max: size}
		corner := geom.Rect{Min: geom.Point{Y: 0.7 * size.Y}, Max: geom.Point{X: 0.3 * size.X, Y: size.Y}}
		boxes := d.boxes()
		if len(boxes) < 4 {
			t.Fatalf("%d marks and texts", len(boxes))
		}
		for _, b := range boxes {
			if !canvas.ContainsRect(b) || corner.Intersects(b) {
				t.Errorf("canvas %v: something lies at %v, the corner is %v", size, b, corner)
			}
		}
	}
}

// TestALayoutOfADrawingIsSeenMoving lays a drawing out whose index is made with the layout: nodes and camera leave from where they are
// and arrive together.
func TestALayoutOfADrawingIsSeenMoving(t *testing.T) {
	const n = aheadFrom + 500
	d := openDrawing(t, writeEdges(t, n, func(i int) string { return fmt.Sprint("node ", i) }))
	was, camera := d.Scene().Positions(), d.Camera()
	d.Arrange("circular", 0.5)
	for !d.Moving() {
		(<-d.posts)()
	}
	if d.Camera() != camera || !slices.Equal(d.Scene().Positions(), was) {
		t.Error("the movement begins with a jump")
	}
	end := d.Destination()
	for range 3 {
		d.tick()
	}
	if at := d.Scene().Positions(); slices.Equal(at, was) || !d.Moving() || d.Camera() == camera || d.Camera() == end {
		t.Errorf("nothing is on its way from %v to %v: %v", camera, end, d.Camera())
	}
	for d.Animating() {
		d.tick()
	}
	if d.Camera() != end || d.fitAll(d.Scene()) != end {
		t.Errorf("the camera went to %v and shows the whole from %v: %v", end, d.fitAll(d.Scene()), d.Camera())
	}
	if !d.Scene().Indexed() || slices.Equal(d.Scene().Positions(), was) {
		t.Error("the end of the movement is not the layout with its index")
	}
}

// TestCommunitiesOfADrawingAreItsGroups opens three cliques in a ring, with a pair and a lone node beside them: each clique is a group with
// ground and a colour of its own, a node when folded, and a count on what joins two of them.
func TestCommunitiesOfADrawingAreItsGroups(t *testing.T) {
	const cliques, members = 3, 8
	var b strings.Builder
	for c := range cliques {
		for i := range members {
			for k := range i {
				fmt.Fprintf(&b, "n%d\tn%d\n", c*members+i, c*members+k)
			}
		}
		for i := range 2 { // two edges to the next, both of its first node
			fmt.Fprintf(&b, "n%d\tn%d\n", c*members, (c+1)%cliques*members+1+i)
		}
	}
	b.WriteString("p\tq\nlone\tlone\n")
	path := filepath.Join(t.TempDir(), "cliques.tsv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDrawing(t, path)
	d.do("groupcommunity")
	groups := d.ViewGroups()
	if len(groups) != cliques {
		t.Fatalf("groups %+v", groups)
	}
	s := d.Scene()
	colors := map[string]bool{}
	for c := range cliques {
		first, _ := s.Node(graphstore.ID(fmt.Sprint("n", c*members)))
		g := s.GroupOf(first)
		for i := range members {
			n, _ := s.Node(graphstore.ID(fmt.Sprint("n", c*members+i)))
			if s.GroupOf(n) != g || s.GroupAt(s.NodePoint(n)) != g {
				t.Errorf("n%d is in group %d on the ground of %d, its clique in %d", c*members+i, s.GroupOf(n), s.GroupAt(s.NodePoint(n)), g)
			}
		}
		if groups[g].Name != fmt.Sprint("Around n", c*members) || groups[g].Shown != members {
			t.Errorf("group %+v", groups[g])
		}
		colors[groups[g].Light] = true
	}
	if len(colors) != cliques {
		t.Errorf("colours %v", colors)
	}
	for _, id := range []graphstore.ID{"p", "lone"} {
		if n, ok := s.Node(id); !ok || s.GroupOf(n) != -1 {
			t.Errorf("%s is in a group", id)
		}
	}
	d.do("foldall")
	if got := d.Scene().Len(); got != cliques+3 {
		t.Errorf("%d nodes when all is folded", got)
	}
	counts := 0
	for _, text := range d.Scene().Frame(d.Look(d.width, d.height, 1)).Texts {
		if text.String == "2" {
			counts++
		}
	}
	if counts != cliques {
		t.Errorf("%d counts on the edges between folded groups", counts)
	}
	d.do("undo")
	d.do("undo")
	if d.Scene().Grouping() != nil || d.Scene().Len() != cliques*members+3 {
		t.Error("two steps back there are still groups")
	}
}

// TestADrawingWithoutKindsIsColouredByItsCommunities opens rings of cliques, a small one and one so large that a job finds the communities:
// they are kinds with colours that can be hidden, but not what "by kind" groups by.
func TestADrawingWithoutKindsIsColouredByItsCommunities(t *testing.T) {
	const members = 40
	for _, cliques := range []int{12, 140} {
		var b strings.Builder
		for c := range cliques {
			for i := range members - c%3 { // of three sizes
				for k := range i {
					fmt.Fprintf(&b, "%d-%d\t%d-%d\n", c, i, c, k)
				}
			}
			fmt.Fprintf(&b, "%d-0\t%d-1\n", c, (c+1)%cliques)
		}
		path := filepath.Join(t.TempDir(), "cliques.tsv")
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		d := openDrawing(t, path)
		if large := d.Scene().Len()+d.Scene().EdgeCount() >= tonedAtOnce; large != (cliques > 100) {
			t.Fatalf("%d nodes and %d edges", d.Scene().Len(), d.Scene().EdgeCount())
		}
		kinds := d.DrawingKinds()
		if !d.DrawnCommunities() || len(kinds) != scene.MaxClusters+1 || kinds[0].Nodes != members || kinds[scene.MaxClusters].Kind != nil {
			t.Fatalf("%d cliques: kinds %+v", cliques, kinds)
		}
		if kinds[0].Kind.Plural.In("en") != "Around 0-1" { // of those with most edges the first in the list
			t.Errorf("the first is called %q", kinds[0].Kind.Plural.In("en"))
		}
		for _, a := range Actions() {
			if a.Name == "groupkind" && a.Ready(d.Editor) == nil {
				t.Error("the drawing can be grouped by kind")
			}
		}
		all := d.Scene().Len()
		d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{kinds[0].Kind.ID}}) //nolint:errcheck // nothing is stored
		d.settleAll()
		if got := d.Scene().Len(); got != all-members {
			t.Errorf("%d nodes of %d without the first community", got, all)
		}
		if !d.DrawnCommunities() {
			t.Error("a part of the drawing has forgotten its communities")
		}
	}
}

// TestADrawingIsColouredWhateverIsShownOfIt hides nodes while the communities are looked for.
func TestADrawingIsColouredWhateverIsShownOfIt(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.OpenFile(writeEdges(t, 40_000, func(i int) string { return fmt.Sprint("n", i) }), false)
	for d.Case() == nil || d.runs("layout") || !d.runs("communities") {
		select {
		case f := <-d.posts:
			f()
		case <-time.After(time.Minute):
			t.Fatal("nobody looks for communities")
		}
	}
	if err := d.Hide("n1", "n2"); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if s := d.Scene(); !d.DrawnCommunities() || !s.HasKinds() || s.Len() != 40_000-2 {
		t.Errorf("%d nodes, coloured: %v", s.Len(), s.HasKinds())
	}
	d.do("undo")
	if s := d.Scene(); !s.HasKinds() || s.Len() != 40_000 {
		t.Errorf("a step back: %d nodes, coloured: %v", s.Len(), s.HasKinds())
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// TestADrawingWithoutCommunitiesStaysPlain opens a network joined at random, of many edges a node.
func TestADrawingWithoutCommunitiesStaysPlain(t *testing.T) {
	const n = 120
	rng := rand.New(rand.NewSource(3))
	var b strings.Builder
	for i := range n {
		for k := range i {
			if rng.Intn(2) == 0 {
				fmt.Fprintf(&b, "%d\t%d\n", i, k)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "random.tsv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := openDrawing(t, path); d.DrawnCommunities() || d.DrawingKinds() != nil {
		t.Errorf("it has communities: %+v", d.DrawingKinds())
	}
}
