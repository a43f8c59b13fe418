package scene

import (
	"image/color"
	"math"
	"math/rand"
	"reflect"
	"slices"
	"sync"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

// cases are scenes of all sorts, placed.
func cases(t testing.TB) map[string]*Scene {
	out := map[string]*Scene{}
	for i, n := range []int{1, 40, 200} {
		rng := rand.New(rand.NewSource(int64(i + 1)))
		out[[]string{"one", "small", "large"}[i]] = scatter(FromGraph(random(t, rng, n, 2*n), Options{}), rng, 110)
	}
	rng := rand.New(rand.NewSource(9))
	crowd := FromGraph(random(t, rng, 150, 300), Options{})
	out["crowd"] = scatter(crowd, rng, 45)
	out["spiral"] = crowd
	out["sample"] = scatter(FromGraph(sample(t, "kaspersky"), Options{Lang: "de"}), rng, 130)
	out["list"] = scatter(network(rng, 3000, 6000), rng, 60)
	for _, name := range []string{"small", "large", "crowd", "sample", "list"} {
		out["bundled "+name] = bundled(t, out[name])
	}
	return out
}

func network(rng *rand.Rand, n, m int) *Scene {
	names := make([]string, n)
	for i := range names {
		names[i] = "node " + itoa(i)
		if i%7 == 0 { // of three lines, the last the widest
			names[i] = itoa(i) + " of-the-state authority-of-the for-telecommunications-here"
		}
	}
	edges := make([][2]int32, m)
	for i := range edges {
		a := rng.Intn(n)
		b := min(max(a+rng.Intn(41)-20, 0), n-1)
		if rng.Intn(10) == 0 {
			b = rng.Intn(n)
		}
		edges[i] = [2]int32{int32(a), int32(b)}
	}
	return FromEdges(names, edges)
}

var zooms = []float32{0.03, 0.08, 0.15, 0.29, 0.45, 0.7, 1, 1.5, 2.4, 5}

func TestTextsNeverOverlapAtTenZooms(t *testing.T) {
	f := faces(t)
	some := 0
	for name, s := range cases(t) {
		for _, remember := range []bool{false, true} {
			memory := new(LabelMemory)
			for i, z := range zooms {
				l := Look{Camera: Camera{s.Bounds().Center(), z}, Width: 1280, Height: 800, Scale: []float32{1, 1.25, 1.5, 2}[i%4], Faces: f}
				if remember {
					l.Labels = memory
				}
				if i%3 == 1 {
					l.Selected = NewSet([]graphstore.ID{s.ID(0)})
				}
				texts := s.Frame(l).Texts
				some += len(texts)
				boxes := make([]geom.Rect, len(texts))
				for k := range texts {
					boxes[k] = texts[k].Box(f)
				}
				for a := range boxes {
					for b := range a {
						if c := boxes[a].Intersect(boxes[b]); !c.Empty() && c.Width() > 0.01 && c.Height() > 0.01 {
							t.Fatalf("%s at zoom %v: %q overlaps %q", name, z, texts[a].String, texts[b].String)
						}
					}
				}
			}
		}
	}
	if some < 1000 {
		t.Fatalf("only %d texts in all frames", some)
	}
}

func TestNoTextIsSmallerThanElevenPixels(t *testing.T) {
	f := faces(t)
	for name, s := range cases(t) {
		for _, z := range zooms {
			for _, x := range s.Frame(Look{Camera: Camera{s.Bounds().Center(), z}, Width: 1280, Height: 800, Faces: f}).Texts {
				if x.Size < 11 {
					t.Fatalf("%s at zoom %v: %q is set at %v", name, z, x.String, x.Size)
				}
			}
		}
	}
}

func TestALabelShownStaysWhenZoomingIn(t *testing.T) {
	f := faces(t)
	for name, s := range cases(t) {
		memory := new(LabelMemory)
		size := geom.Point{X: 1280, Y: 800}
		c := Fit(s.Bounds(), size, 40)
		shown, lost := 0, 0
		for range 60 {
			s.Frame(Look{Camera: c, Width: size.X, Height: size.Y, Faces: f, Labels: memory})
			before := memory.shown
			c = c.About(geom.Point{X: 600, Y: 420}, size, 1.06)
			l := Look{Camera: c, Width: size.X, Height: size.Y, Faces: f, Labels: memory, Theme: Light()}
			frame := s.Frame(l)
			for id := range before {
				n, _ := s.Node(id)
				p := c.ToCanvas(s.NodePoint(n), size)
				if p.X < 0 || p.Y < 0 || p.X > size.X || p.Y > size.Y-40 {
					continue
				}
				shown++
				if _, ok := memory.shown[id]; !ok {
					lost++
					if p, ok := room(s, l, frame, n); ok {
						t.Errorf("%s: the label of %s vanished though it fits at placement %d", name, id, p)
					}
				}
			}
		}
		if lost*50 > shown { // the rest fits nowhere, see above
			t.Errorf("%s: %d of %d labels vanished on the way in", name, lost, shown)
		}
	}
}

// room looks for a placement of a node's name that overlaps no text of a frame, and no mark and no line that leads to a name
// unless the crowd is so large that names may lie on marks.
func room(s *Scene, l Look, f *Frame, n int32) (placement, bool) {
	k := s.sketch(l)
	defer k.done()
	k.find()
	k.level = k.chooseLevel()
	k.labels.reset(f.Size.X, f.Size.Y, 48)
	for i := range f.Texts {
		k.labels.add(f.Texts[i].Box(l.Faces).Inset(-textAir))
	}
	k.rims.reset(f.Size.X, f.Size.Y, 48)
	k.specks.reset(f.Size.X, f.Size.Y, 48)
	on := ground(0)
	if k.nodeCount <= leadCrowd && k.level != far {
		on = open
	}
	for i := range f.Marks {
		w, h := f.Marks[i].Outline.Half(f.Marks[i].Radius)
		k.rims.add(geom.RectAround(f.Marks[i].At, w, h))
	}
	for i := range f.Dots {
		k.specks.add(geom.RectAround(f.Dots[i].At, f.Dots[i].Radius, f.Dots[i].Radius))
	}
	for _, x := range f.Strokes {
		if x.Width == leaderWidth*f.Scale && x.Color == l.Theme.Muted {
			k.along(x.A, x.B, 0, func(r geom.Rect) bool { k.rims.add(r); return true })
		}
	}
	for p := range leaders {
		if k.nameAt(n, p, on) {
			return p, true
		}
	}
	return 0, false
}

func TestLabelsStayWhilePanning(t *testing.T) {
	f := faces(t)
	s := cases(t)["crowd"]
	memory := new(LabelMemory)
	c := Camera{s.Bounds().Center(), 0.8}
	inside := geom.Rect{Min: geom.Point{X: 150, Y: 80}, Max: geom.Point{X: 1130, Y: 700}}
	for range 40 {
		s.Frame(Look{Camera: c, Width: 1280, Height: 800, Faces: f, Labels: memory})
		before := memory.shown
		c.Center = c.Center.Add(geom.Point{X: 3, Y: -2})
		s.Frame(Look{Camera: c, Width: 1280, Height: 800, Faces: f, Labels: memory})
		for id, p := range before {
			n, _ := s.Node(id)
			if !inside.Contains(c.ToCanvas(s.NodePoint(n), geom.Point{X: 1280, Y: 800})) {
				continue
			}
			if q, ok := memory.shown[id]; !ok || p != q {
				t.Fatalf("the label of %s jumped while the picture was moved", id)
			}
		}
	}
}

func TestEqualLooksGiveEqualFramesAndChangeNothing(t *testing.T) {
	f := faces(t)
	for name, s := range cases(t) {
		pos := slices.Clone(s.Positions())
		l := Look{Camera: Camera{s.Bounds().Center(), 0.7}, Width: 900, Height: 700, Faces: f, Hover: s.ID(0)}
		first := s.Frame(l)
		keep := *first
		keep.Strokes, keep.Texts, keep.Marks = slices.Clone(first.Strokes), slices.Clone(first.Texts), slices.Clone(first.Marks)
		other := l
		other.Camera.Zoom = 1.9
		s.Frame(other)
		if second := s.Frame(l); !reflect.DeepEqual(first, second) {
			t.Errorf("%s: the second frame differs", name)
		}
		if !reflect.DeepEqual(*first, keep) {
			t.Errorf("%s: a frame changed after it was made", name)
		}
		if !slices.Equal(pos, s.Positions()) {
			t.Errorf("%s: a frame moved nodes", name)
		}
	}
}

// finite checks every number of a frame by reflection.
func finite(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		x := v.Float()
		return !math.IsNaN(x) && !math.IsInf(x, 0)
	case reflect.Struct:
		for i := range v.NumField() {
			if !finite(v.Field(i)) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !finite(v.Index(i)) {
				return false
			}
		}
	}
	return true
}

func TestNoFrameHoldsWhatIsNoNumber(t *testing.T) {
	f := faces(t)
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	rng := rand.New(rand.NewSource(4))
	s := FromGraph(random(t, rng, 30, 90), Options{})
	spots := map[string][]geom.Point{"none": nil, "spoiled": make([]geom.Point, 30), "one spot": make([]geom.Point, s.Len()), "huge": make([]geom.Point, s.Len())}
	for i := range spots["spoiled"] {
		spots["spoiled"][i] = geom.Point{X: nan, Y: inf}
	}
	for i := range spots["huge"] {
		spots["huge"][i] = geom.Point{X: rng.Float32() * 1e18, Y: -rng.Float32() * 1e18}
	}
	for name, pos := range spots {
		s := s.WithPositions(pos)
		for _, z := range []float32{0, 1e-30, 1, 1e9, nan, inf, -1} {
			for _, at := range []geom.Point{{}, {X: nan}, {Y: inf}, {X: 1e30}} {
				for _, size := range []float32{0, 500, nan, inf, -4} {
					l := Look{Camera: Camera{at, z}, Width: size, Height: 300, Scale: z, Margin: z, Faces: f}
					if !finite(reflect.ValueOf(*s.Frame(l))) {
						t.Fatalf("%s: zoom %v at %v size %v: a number is none", name, z, at, size)
					}
				}
				s.Hit(at, z)
			}
		}
	}
}

// TestCullingDropsNothingVisible holds a small window against a large one over the same scene.
func TestCullingDropsNothingVisible(t *testing.T) {
	for name, s := range cases(t) {
		rng := rand.New(rand.NewSource(3))
		b := s.Bounds()
		for range 12 { // without names, which may have lines that lead to them
			c := Camera{geom.Point{X: b.Min.X + rng.Float32()*b.Width(), Y: b.Min.Y + rng.Float32()*b.Height()}, 0.6 + rng.Float32()}
			small := Look{Camera: c, Width: 300, Height: 200}
			large := small
			large.Margin = 3
			if s.LevelOf(small) != s.LevelOf(large) {
				continue
			}
			window := geom.Rect{Max: geom.Point{X: 300, Y: 200}}
			got, all := s.Frame(small), s.Frame(large)
			shift := geom.Point{X: -900, Y: -600}
			for _, m := range all.Marks {
				w, h := m.Outline.Half(m.Radius)
				at := m.At.Add(shift)
				if geom.RectAround(at, w, h).Intersects(window) && !slices.ContainsFunc(got.Marks, func(g Mark) bool { return g.At.Dist(at) < 0.1 }) {
					t.Fatalf("%s: the mark at %v is not drawn", name, at)
				}
			}
			for _, x := range all.Strokes {
				c := wayOf(x)
				seen := false
				for i := range 101 {
					seen = seen || window.Contains(c.At(float32(i)/100).Add(shift))
				}
				a, b := x.A.Add(shift), x.B.Add(shift)
				if seen && !slices.ContainsFunc(got.Strokes, func(g Stroke) bool { return g.A.Dist(a) < 0.5 && g.B.Dist(b) < 0.5 }) {
					t.Fatalf("%s: the stroke %v is not drawn", name, x)
				}
			}
		}
	}
}

func TestIndexFindsWhatASearchOfAllFinds(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	s := scatter(network(rng, 6000, 12000), rng, 60)
	f := faces(t)
	for range 20 {
		l := Look{Camera: Camera{geom.Point{X: (rng.Float32() - 0.5) * 4000, Y: (rng.Float32() - 0.5) * 3000}, 0.3 + rng.Float32()}, Width: 700, Height: 500, Faces: f}
		s.queried.Store(false)
		plain := s.Frame(l)
		s.queried.Store(true)
		if !reflect.DeepEqual(plain, s.Frame(l)) {
			t.Fatal("the frame by index differs")
		}
	}
}

func TestStepOfALayoutIsDrawnWithoutAnIndex(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	s := scatter(network(rng, 6000, 12000), rng, 60)
	l := Look{Camera: Camera{Zoom: 0.5}, Width: 700, Height: 500, Faces: faces(t)}
	want := s.Frame(l)
	step := s.WithStep(s.Positions())
	for range 3 {
		if !reflect.DeepEqual(want, step.Frame(l)) {
			t.Fatal("the frame of a step differs")
		}
	}
	if step.index.edges != nil || step.index.nodes != nil {
		t.Error("an index was made for a step that the next one replaces")
	}
	step.MakeIndex()
	if !reflect.DeepEqual(want, step.Frame(l)) {
		t.Fatal("the frame by index differs")
	}
}

func TestHitFindsWhatTheFrameDraws(t *testing.T) {
	for name, s := range cases(t) {
		f := s.Frame(Look{Camera: Camera{s.Bounds().Center(), 1}, Width: s.Bounds().Width() + 300, Height: s.Bounds().Height() + 300})
		size := geom.Point{X: float32(f.Size.X), Y: float32(f.Size.Y)}
		c := Camera{s.Bounds().Center(), 1}
		for _, m := range f.Marks {
			got := s.Hit(c.ToWorld(m.At, size), 2)
			if got.Part != NodeBody && got.Part != NodeRim {
				t.Fatalf("%s: in the middle of a mark: %+v", name, got)
			}
			if p := c.ToCanvas(s.NodePoint(got.Node), size); p.Dist(m.At) > m.Radius {
				t.Fatalf("%s: in the middle of a mark another node is hit", name)
			}
		}
		edges := 0
		for _, x := range f.Strokes {
			at := c.ToWorld(wayOf(x).At(0.3), size)
			switch got := s.Hit(at, 3); got.Part {
			case Nothing:
				t.Fatalf("%s: nothing on a stroke at %v", name, at)
			case EdgeLine:
				edges++
				if d := s.edgeDist(got.Edge, at); d > 3 {
					t.Fatalf("%s: the edge hit is %v away", name, d)
				}
			}
		}
		if len(f.Strokes) > 20 && edges == 0 {
			t.Errorf("%s: no edge was ever hit", name)
		}
		for _, p := range s.points {
			if got := s.Hit(p, 1); got.Part == Nothing {
				t.Fatalf("%s: nothing at a claim's dot", name)
			}
		}
	}
}

func TestHitPrefersNodesThenDotsThenEdges(t *testing.T) {
	g := graph(t, entity("a", "vendor"), entity("b", "vendor"), entity("x", "vendor"),
		claim("c1", "a", "uses", "b"), claim("c2", "x", "disputes", "c1"))
	s := FromGraph(g, Options{}).WithPositions([]geom.Point{{X: -100}, {X: 100}, {X: 0, Y: 150}})
	r := s.Radius(0)
	for _, c := range []struct {
		at   geom.Point
		part Part
		id   string
	}{
		{geom.Point{X: -100}, NodeBody, "a"}, {geom.Point{X: -100 + 0.6*r}, NodeBody, "a"}, {geom.Point{X: -100 + 0.8*r}, NodeRim, "a"},
		{geom.Point{X: -100 - r - 3}, NodeRim, "a"}, {geom.Point{}, ClaimDot, "c1"}, {geom.Point{X: 3, Y: 2}, ClaimDot, "c1"},
		{geom.Point{X: 50, Y: 2}, EdgeLine, "c1"}, {geom.Point{X: 2, Y: 70}, EdgeLine, "c2"}, {geom.Point{X: 50, Y: 60}, Nothing, ""},
	} {
		got := s.Hit(c.at, 4)
		want := graphstore.ID("")
		if c.id != "" {
			want = id(c.id)
		}
		if got.Part != c.part || got.ID != want {
			t.Errorf("at %v: part %d of %q, want %d of %q", c.at, got.Part, got.ID, c.part, want)
		}
	}
	if got := s.Within(geom.Rect{Min: geom.Point{X: -150, Y: -50}, Max: geom.Point{X: 10, Y: 200}}); !slices.Equal(got, []int32{0, 2}) {
		t.Errorf("within: %v", got)
	}
}

func TestFarLevelShowsDensityAndTheImportantNames(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	s := scatter(network(rng, 30_000, 70_000), rng, 60)
	l := Look{Camera: Fit(s.Bounds(), geom.Point{X: 1280, Y: 800}, 20), Width: 1280, Height: 800, Faces: faces(t)}
	f := s.Frame(l)
	if s.LevelOf(l) != "far" || !f.ToneMap || len(f.Strokes) != 0 || len(f.Dots) != 30_000 {
		t.Errorf("level %s, tone map %v, %d strokes, %d dots, %d lines", s.LevelOf(l), f.ToneMap, len(f.Strokes), len(f.Dots), len(f.Lines))
	}
	if len(f.Texts) == 0 {
		t.Error("no names")
	}
	l.Selected = NewSet([]graphstore.ID{s.ID(5)})
	if f := s.Frame(l); len(f.Marks) != 1 || f.Marks[0].Ring != Light().Selection {
		t.Error("what is selected cannot be seen")
	}
}

// TestFewNodesAreMarksFromHoweverFar looks at a case of a hundred nodes from very far: it is no cloud of dots, and positions, dashes
// and lightning marks are there.
func TestFewNodesAreMarksFromHoweverFar(t *testing.T) {
	s := FromGraph(sample(t, "kaspersky"), Options{Contradicted: func(graphstore.ID) bool { return true }})
	s = scatter(s, rand.New(rand.NewSource(2)), 900)
	f := s.Frame(Look{Camera: Fit(s.Bounds(), geom.Point{X: 900, Y: 600}, 20), Width: 900, Height: 600, Faces: faces(t)})
	dashes, bolts, colours := 0, 0, map[color.NRGBA]bool{}
	for _, x := range f.Strokes {
		colours[x.Color] = true
		if x.Dash != Solid {
			dashes++
		}
		if x.Bolt {
			bolts++
		}
	}
	if len(f.Marks) != s.Len() || s.Len() < 100 || dashes == 0 || bolts == 0 || len(colours) < 5 {
		t.Errorf("%d marks of %d nodes, %d dashed lines, %d lightning marks, %d colours", len(f.Marks), s.Len(), dashes, bolts, len(colours))
	}
}

func TestMillionsAreDrawnWithinLimits(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	s := scatter(network(rng, 200_000, 700_000), rng, 60)
	f := s.Frame(Look{Camera: Fit(s.Bounds(), geom.Point{X: 1280, Y: 800}, 20), Width: 1280, Height: 800, Scale: 1})
	if len(f.Lines) > maxLines || len(f.Dots) > maxDots+f.Size.X*f.Size.Y/4 || len(f.Dots) < 1000 || !f.ToneMap {
		t.Errorf("%d lines, %d dots", len(f.Lines), len(f.Dots))
	}
}

func TestHighlightFadesAllElse(t *testing.T) {
	s := cases(t)["small"]
	l := Look{Camera: Camera{s.Bounds().Center(), 0.8}, Width: 1600, Height: 1200, Faces: faces(t)}
	plain := s.Frame(l)
	l.Highlight = NewSet([]graphstore.ID{s.ID(3)})
	lit := s.Frame(l)
	same := 0
	for i := range lit.Marks {
		if lit.Marks[i].Fill == plain.Marks[i].Fill {
			same++
		}
	}
	if same != 1 {
		t.Errorf("%d nodes keep their colour, want 1", same)
	}
}

func TestStrokesEndAtRims(t *testing.T) {
	g := graph(t, entity("a", "vendor"), entity("b", "regulator"), entity("c", "location"), entity("d", "law"),
		claim("c1", "a", "uses", "b"), claim("c2", "b", "uses", "c"), claim("c3", "c", "uses", "d"), claim("c4", "d", "uses", "a"), claim("c5", "d", "uses", "a"))
	for seed := int64(1); seed < 30; seed++ {
		rng := rand.New(rand.NewSource(seed))
		s := FromGraph(g, Options{})
		pos := make([]geom.Point, s.Len())
		for i := range pos {
			pos[i] = geom.Point{X: float32(i%2)*200 + rng.Float32()*80, Y: float32(i/2)*200 + rng.Float32()*80}
		}
		s = s.WithPositions(pos)
		f := s.Frame(Look{Camera: Camera{s.Bounds().Center(), 1}, Width: 800, Height: 800})
		for _, x := range f.Strokes {
			for _, end := range []geom.Point{x.A, x.B} {
				near := 0
				for _, m := range f.Marks {
					if m.Outline.Contains(end.Sub(m.At), m.Radius-0.01) {
						t.Fatalf("seed %d: a stroke ends inside a mark", seed)
					}
					if m.Outline.Contains(end.Sub(m.At), m.Radius+4) {
						near++
					}
				}
				if near != 1 {
					t.Fatalf("seed %d: a stroke ends at %d rims", seed, near)
				}
			}
		}
	}
}

func TestManyGoroutinesMayFrameOneScene(t *testing.T) {
	f := faces(t)
	rng := rand.New(rand.NewSource(5))
	s := scatter(network(rng, 6000, 9000), rng, 60)
	l := Look{Camera: Camera{s.Bounds().Center(), 0.7}, Width: 900, Height: 700, Faces: f}
	want := s.Frame(l)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			x := s
			if i == 3 { // and others that share its parts
				x = s.WithPositions(s.Positions())
			}
			for range 5 {
				if !reflect.DeepEqual(want, x.Frame(l)) {
					t.Error("a frame differs")
				}
				x.Hit(s.NodePoint(int32(i)), 3)
			}
		})
	}
	wg.Wait()
}

func TestRecycledMemoryChangesNoFrame(t *testing.T) {
	f := faces(t)
	for name, s := range cases(t) {
		looks := make([]Look, 0, len(zooms))
		for _, z := range zooms {
			looks = append(looks, Look{Camera: Camera{s.Bounds().Center(), z}, Width: 1000, Height: 700, Faces: f})
		}
		for _, l := range looks {
			want := s.Frame(l)
			other := s.Frame(looks[3])
			s.Recycle(other)
			got := s.Frame(l)
			if got.ToneMap != want.ToneMap || !slices.Equal(got.Lines, want.Lines) || !slices.EqualFunc(got.Strokes, want.Strokes, func(a, b Stroke) bool { return reflect.DeepEqual(a, b) }) ||
				!slices.Equal(got.Dots, want.Dots) || !slices.Equal(got.Marks, want.Marks) || !slices.Equal(got.Texts, want.Texts) {
				t.Fatalf("%s at zoom %v: a frame in used memory differs", name, l.Camera.Zoom)
			}
		}
	}
}
