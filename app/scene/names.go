package scene

import (
	"image/color"
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/graphstore"
)

// How much is done for the names of the most important nodes in view.
const (
	mustName    = 10  // are written in any case
	leadName    = 60  // may have a line that leads to them
	leadCrowd   = 400 // if no more nodes than this are in view
	leaderWidth = 0.7
	regrown     = 1.2 // times the zoom at which a line was drawn, its name is moved to its mark again if it can
	leaderReach = 30  // canvas units from a mark to its name
)

// names writes the names of nodes.
func (k *sketch) names() {
	memory := k.look.Labels
	var before map[graphstore.ID]spot
	if memory != nil {
		before = memory.shown
		memory.shown = make(map[graphstore.ID]spot, len(before))
	}
	order := k.byImportance()
	kept := func(i int32) bool { _, ok := before[k.Scene.nodes[i].id]; return ok }
	budget, tries := len(order), labelTries
	if k.level == far {
		w, h := float32(k.f.Size.X)/k.look.Scale, float32(k.f.Size.Y)/k.look.Scale
		budget = int(farLabels*min(max(w*h/1e6, 1), 4)) + 1
	}
	shown := 0
	place := func(i int32, r rank) {
		was, kept := before[k.Scene.nodes[i].id]
		p, ok := k.name(i, was, kept, r)
		if !ok {
			return
		}
		shown++
		if memory != nil {
			if !kept || p != was.placement {
				was = spot{p, k.look.Camera.Zoom}
			}
			memory.shown[k.Scene.nodes[i].id] = was
		}
	}
	// Folded groups and what is selected first, then what was there, then the counts of bundles, then the rest.
	first := func(i int32) bool { return k.foldedEnd(i) || k.nodeState(i)&(selected|lit) != 0 }
	for _, i := range k.folds {
		if k.view.Contains(k.pos[i]) {
			place(i, needed)
		}
	}
	if len(k.state.nodes.some) > 0 {
		for _, i := range order {
			if first(i) && !k.foldedEnd(i) {
				place(i, needed)
			}
		}
	}
	if len(before) > 0 {
		for _, i := range order {
			if kept(i) && !first(i) {
				place(i, needed)
			}
		}
	}
	if k.level == far {
		k.counts(k.between)
	} else {
		k.counts(k.scratch.edges)
	}
	for n, i := range order {
		if first(i) || kept(i) {
			continue
		}
		if tries--; shown >= budget || tries < 0 {
			break
		}
		switch {
		case n < mustName:
			place(i, needed)
		case n < leadName && k.nodeCount <= leadCrowd:
			place(i, important)
		default:
			place(i, ordinary)
		}
	}
}

// byImportance lists the nodes in view, the most important first; of very many only the
// first that matter.
func (k *sketch) byImportance() []int32 {
	const many = 4096
	k.order = k.order[:0]
	if k.nodeCount <= many {
		for at := range k.nodeCount {
			k.order = append(k.order, k.nodeInView(at))
		}
		sortByWeight(k.order, k.Scene.nodes)
		return k.order
	}
	for _, i := range k.byWeight {
		if p := k.at(k.pos[i]); p.X >= 0 && p.Y >= 0 && p.X < float32(k.f.Size.X) && p.Y < float32(k.f.Size.Y) {
			if k.order = append(k.order, i); len(k.order) == many {
				break
			}
		}
	}
	return k.order
}

// ground says what a name may lie on.
type ground uint8

const (
	best    ground = iota // all of it on the canvas, on no mark
	good                  // on no mark
	anyFree               // on no other text
)

// rank says how much is done for a name.
type rank uint8

const (
	ordinary  rank = iota // beside its mark or not at all
	important             // else at the end of a line
	needed                // rather across other marks than that
)

// name writes a node's name where it fits: where it was before, else below, above, right, left, in
// any of these rather on the canvas than over its edge; an important one also further off, with
// a line that leads there.
func (k *sketch) name(i int32, was spot, kept bool, r rank) (placement, bool) {
	l := k.label(k.look.Faces, i)
	if l.n == 0 {
		return 0, false
	}
	first := was.placement
	// A line is given up only once the picture has grown.
	if kept && (first < leaders || k.look.Camera.Zoom < regrown*was.zoom) && k.nameAt(i, l, first, good) {
		return first, true
	}
	for g := best; g <= good; g++ {
		for p := range leaders {
			if k.nameAt(i, l, p, g) {
				return p, true
			}
		}
	}
	if r == needed {
		if kept && first < leaders && k.nameAt(i, l, first, anyFree) {
			return first, true
		}
		for p := range leaders {
			if k.nameAt(i, l, p, anyFree) {
				return p, true
			}
		}
	}
	if r == ordinary || k.level == far {
		return 0, false
	}
	if kept && first >= leaders && k.nameAt(i, l, first, good) {
		return first, true
	}
	for p := leaders; p < placements; p++ {
		if k.nameAt(i, l, p, best) {
			return p, true
		}
	}
	return 0, false
}

// nameAt writes a name at one placement if that ground is free.
func (k *sketch) nameAt(i int32, l *label, p placement, on ground) bool {
	size := k.letters(labelSize)
	at := k.at(k.pos[i])
	t := Text{Size: size, Color: k.theme.Ink, Halo: k.theme.Background}
	leading := lineHeight * size
	rest := float32(l.n-1) * leading
	t.At, t.Anchor = k.placeName(i, p, size, rest)
	box := t.box(slices.Max(l.width[:]) * size)
	box.Max.Y += rest
	if !k.inFrame(box) || on == best && !k.canvas.ContainsRect(box) && k.canvas.Contains(at) {
		return false
	}
	air := box.Inset(-textAir * k.look.Scale)
	if k.level == far { // a few names, well spread
		air = box.Inset(-farAir * k.look.Scale)
	}
	if on != anyFree && !k.rims.free(air) || !k.labels.take(air) {
		return false
	}
	line := k.theme.Muted
	if k.faded(k.nodeState(i)) {
		t.Color = mix(t.Color, k.theme.Background, k.theme.Fade)
		line = mix(line, k.theme.Background, k.theme.Fade)
	}
	if p >= leaders {
		k.lead(i, at, box, line)
	}
	for n := range l.n {
		t.String = l.lines[n]
		k.f.Texts = append(k.f.Texts, t)
		t.At.Y += leading
	}
	return true
}

// placeName returns the first baseline point of a name at a placement and its anchor.
func (k *sketch) placeName(i int32, p placement, size, rest float32) (geom.Point, Anchor) {
	at, r := k.at(k.pos[i]), float32(0)
	if k.level == far {
		r = k.farRadius(i)
	} else {
		r = k.radius(i)
	}
	w, h := k.paint(i).outline.Half(r)
	gap := labelGap * k.look.Scale
	switch p {
	case below:
		return geom.Point{X: at.X, Y: at.Y + h + gap + textTop*size}, Middle
	case above:
		return geom.Point{X: at.X, Y: at.Y - h - gap - textBottom*size - rest}, Middle
	case right:
		return geom.Point{X: at.X + w + 1.4*gap, Y: at.Y + 0.36*size - rest/2}, Start
	case left:
		return geom.Point{X: at.X - w - 1.4*gap, Y: at.Y + 0.36*size - rest/2}, End
	}
	// Around the mark in rings, the first direction to the upper right.
	step := p - leaders
	sin, cos := math.Sincos((float64(step%leaderWays) - 0.5) * 2 * math.Pi / leaderWays)
	reach := r + (leaderReach+leaderReach*float32(step/leaderWays))*k.look.Scale
	end := geom.Point{X: at.X + reach*1.25*float32(cos), Y: at.Y + reach*float32(sin) + 0.26*size - rest/2}
	if cos < 0 {
		return end, End
	}
	return end, Start
}

// lead draws a line from a mark's rim to its name.
func (k *sketch) lead(i int32, at geom.Point, box geom.Rect, c color.NRGBA) {
	end := geom.Point{X: box.Min.X - 2*k.look.Scale, Y: (box.Min.Y + box.Max.Y) / 2}
	if end.X < at.X {
		end.X = box.Max.X + 2*k.look.Scale
	}
	way := end.Sub(at).Unit()
	from := at.Add(way.Mul(k.radius(i)))
	k.f.Strokes = append(k.f.Strokes, Stroke{A: from, Ctrl: from.Lerp(end, 0.5), B: end, Width: leaderWidth * k.look.Scale, Color: c})
}
