package scene

import (
	"image/color"
	"math"
	"slices"

	"caveat/app/geom"
)

// Widths in canvas units at zoom 1.
const (
	edgeWidth     = 1.2
	positionWidth = 2.0
	bundleGrowth  = 0.55 // for every doubling of the claims in a bundle
	hoverGrowth   = 0.7
	borderWidth   = 1.5
	ringGrowth    = 0.8
)

// Zooms from which small things are drawn.
const (
	headZoom      = 0.28
	verbZoom      = 0.68
	plainVerbZoom = 1.1 // of edges without a position
	iconFrom      = 8.5 // canvas units of a mark's radius
	tickFrom      = 8.0
)

// The order in which edges are painted over each other.
const (
	classThin uint8 = iota // drawn as a hairline already
	classFaded
	classPlain
	classPosition
	classClaim
	classNear // the pointer is at an end of it
	classMarked
	classes
)

func (k *sketch) classOf(i int32) uint8 {
	e, st := &k.Scene.edges[i], k.edgeState(i)
	switch {
	case st&(selected|hovered) != 0:
		return classMarked
	case k.faded(st):
		return classFaded
	case st&adjacent != 0:
		return classNear
	case e.flags&edgeDouble != 0:
		return classClaim
	case e.pos != noPosition:
		return classPosition
	}
	return classPlain
}

// strokes draws the edges of the near and middle level.
func (k *sketch) strokes() {
	list := k.scratch.edges
	k.class = k.class[:0]
	var count [classes]int
	var thin *[256]color.NRGBA
	if k.crowded {
		thin = k.farColors(len(list))
	}
	for _, i := range list {
		c := k.classOf(i)
		if k.crowded && c < classNear && k.passes(i) {
			e := &k.Scene.edges[i]
			faint := thin[uint8(e.pos)]
			faint.A = uint8(float32(faint.A) * passingPart)
			k.f.Lines = k.hairlines(k.f.Lines, i, faint)
			c = classThin
		}
		k.class = append(k.class, c)
		count[c]++
	}
	k.f.Strokes = slices.Grow(k.f.Strokes, len(list)-count[classThin]+16)
	for c := classFaded; c < classes; c++ {
		if count[c] == 0 {
			continue
		}
		for at, i := range list {
			if k.class[at] == c {
				k.stroke(i)
			}
		}
	}
}

// curveAt returns the way of an edge in the frame, from middle to middle.
func (k *sketch) curveAt(i int32) geom.Curve {
	c := k.curve(i)
	return geom.Curve{A: k.at(c.A), C: k.at(c.C), B: k.at(c.B)}
}

func (k *sketch) stroke(i int32) {
	e, st := &k.Scene.edges[i], k.edgeState(i)
	c := k.run(i)
	scale := k.look.Scale
	s := Stroke{A: c.A, Ctrl: c.C, B: c.B, Way: c.pieces, Color: k.edgeColor(e, st), Width: k.edgeWidth(e, st)}
	switch {
	case e.flags&edgeDotted != 0:
		s.Dash = Dotted
	case e.flags&edgeDashed != 0:
		s.Dash = Dashed
	}
	if e.flags&edgeArrow != 0 && k.look.Camera.Zoom >= headZoom && c.A.Dist(c.B) > 14*scale {
		s.Head = Arrow
		if e.flags&edgeUnsourced != 0 {
			s.Head = HollowArrow
		}
	}
	s.Double = e.flags&edgeDouble != 0 && k.look.Camera.Zoom >= headZoom
	s.Bolt = e.flags&edgeBolt != 0
	switch {
	case st&selected != 0:
		s.Halo = withAlpha(k.theme.Selection, 0.45)
	case st&hovered != 0:
		s.Halo = withAlpha(k.theme.Hover, 0.45)
	}
	if s.Bolt && e.dot >= 0 { // beside the dot: on a piece of its own over the same line, so short that it hides no dashes
		s.Bolt = false
		k.f.Strokes = append(k.f.Strokes, s)
		half := min(scale/max(c.A.Dist(c.B), 1), 0.06)
		part := c.part(0.68-half, 0.68+half)
		s.A, s.Ctrl, s.B, s.Way, s.Bolt, s.Head, s.Dash, s.Halo = part.A, part.C, part.B, nil, true, NoHead, Solid, color.NRGBA{}
	}
	k.f.Strokes = append(k.f.Strokes, s)
}

func (k *sketch) edgeColor(e *edge, st state) color.NRGBA {
	c := k.positions[uint8(e.pos)]
	switch {
	case k.faded(st):
		return mix(c, k.theme.Background, k.theme.Fade)
	case e.pos == noPosition && st&(adjacent|hovered|selected) != 0:
		return k.theme.Muted
	case e.flags&edgeDouble != 0 && e.pos == noPosition: // two lines weigh more than one
		return mix(c, k.theme.Background, 0.22)
	}
	return c
}

// heftOf returns how much wider a line is for having little contrast with the ground: colours mean something, so
// what is pale is drawn stronger, not darker.
func heftOf(contrast float64) float32 {
	const readable, growth = 3, 0.9 // 3 to 1 is what WCAG 2.2 asks of graphics; canvas units for each step below
	return float32(max(0, readable-contrast)) * growth
}

func (k *sketch) edgeWidth(e *edge, st state) float32 {
	w := float32(edgeWidth)
	if e.pos != noPosition {
		w = positionWidth + k.heft[uint8(e.pos)]
	}
	if e.count > 1 {
		w += bundleGrowth * float32(math.Log2(float64(e.count)))
	}
	if e.flags&edgeDouble != 0 {
		w = max(w*0.7, 0.8)
	}
	if st&(adjacent|hovered|selected) != 0 {
		w += hoverGrowth
	}
	return max(w*min(k.soft, 1.6), 0.7) * k.look.Scale
}

// cut shortens the way of an edge to what lies between its ends. Where nothing does,
// as the marks overlap, the way stays whole under them.
func (k *sketch) cut(c geom.Curve, e *edge) geom.Curve {
	if e.flags&edgeLoop != 0 {
		return c
	}
	t0 := k.leave(c, e.a)
	t1 := 1 - k.leave(geom.Curve{A: c.B, C: c.C, B: c.A}, e.b)
	if !(t0 < t1) {
		return c
	}
	return c.Between(t0, t1)
}

// leave returns where a curve that starts in the middle of an end leaves it, or 1.
func (k *sketch) leave(c geom.Curve, end int32) float32 {
	outline, r := Disc, float32(0)
	if end >= 0 {
		outline = k.paint(end).outline
		r = k.radius(end) + (borderWidth/2+0.8)*k.look.Scale
	} else {
		r = k.dotSize() + 1.2*k.look.Scale
		if k.anchors[^end].value {
			r = 2 * k.look.Scale
		}
	}
	low, high := float32(0), float32(1)
	if outline.Contains(c.B.Sub(c.A), r) {
		return 1
	}
	// The way out is near the start: narrow it down from there.
	for high > 0.02 {
		half := high / 2
		if outline.Contains(c.At(half).Sub(c.A), r) {
			low = half
			break
		}
		high = half
	}
	for range 10 {
		mid := (low + high) / 2
		if outline.Contains(c.At(mid).Sub(c.A), r) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// dotSize is the radius of a claim's dot in device pixels.
func (k *sketch) dotSize() float32 {
	return min(max(dotRadius*k.look.Camera.Zoom, 1.6), 6) * k.look.Scale
}

// dots draws the middles of claims that others are about.
func (k *sketch) dots() {
	for i, p := range k.points {
		an := k.anchors[i]
		if !k.view.Contains(p) {
			continue
		}
		e, st := &k.Scene.edges[an.edge], k.edgeState(an.edge)
		if an.value && e.dot < 0 {
			if k.level == near && k.look.Faces != nil {
				continue // its text says it
			}
		}
		c := k.edgeColor(e, st)
		if st&selected != 0 {
			k.f.Dots = append(k.f.Dots, Dot{k.at(p), k.dotSize() + 2.5*k.look.Scale, k.theme.Selection})
		}
		k.f.Dots = append(k.f.Dots, Dot{k.at(p), k.dotSize(), c})
	}
}

// marks draws the nodes of the near and middle level, those that stand out last.
func (k *sketch) marks() {
	k.f.Marks = slices.Grow(k.f.Marks, len(k.scratch.nodes))
	for _, i := range k.scratch.nodes {
		if k.nodeState(i)&(selected|hovered) == 0 {
			k.mark1(i)
		}
	}
	if len(k.state.nodes.some) == 0 {
		return
	}
	for _, i := range k.scratch.nodes {
		if k.nodeState(i)&(selected|hovered) != 0 {
			k.mark1(i)
		}
	}
}

func (k *sketch) mark1(i int32) {
	p, st := k.paint(i), k.nodeState(i)
	n := &k.Scene.nodes[i]
	scale := k.look.Scale
	r := k.radius(i)
	m := Mark{At: k.at(k.pos[i]), Radius: r, Outline: p.outline, Fill: p.fill, Border: p.border, Ink: p.border,
		Width: min(max(borderWidth*k.soft, 1), 2.4) * scale}
	if k.level != near { // small marks speak by colour
		m.Fill, m.Ink = mix(k.theme.Background, p.border, 0.62), k.theme.Background
	}
	if r >= iconFrom*scale {
		m.Icon = p.icon
		m.Pin = n.pin
	}
	if k.faded(st) {
		bg := k.theme.Background
		m.Fill, m.Border, m.Ink = mix(m.Fill, bg, k.theme.Fade), mix(m.Border, bg, k.theme.Fade), mix(m.Ink, bg, k.theme.Fade)
	}
	switch {
	case st&selected != 0:
		m.Ring = k.theme.Selection
	case st&hovered != 0:
		m.Ring = k.theme.Hover
	}
	if m.Ring.A != 0 {
		m.Width += ringGrowth * scale
	}
	k.f.Marks = append(k.f.Marks, m)
}
