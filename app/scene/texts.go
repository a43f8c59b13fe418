package scene

import (
	"cmp"
	"image/color"
	"slices"
	"strconv"

	"caveat/app/geom"
)

// Measures of texts in canvas units.
const (
	labelGap   = 3.5
	lineHeight = 1.2 // ems
	textAir    = 1.5 // kept free around a text
	farAir     = 9
	farLabels  = 36   // names on a canvas of a million square units at the far level
	labelTries = 1600 // names, and counts, for which room is looked for at most
)

// texts writes what there is room for: the ticks of disputes, the names that were there before,
// the counts of bundles, further names by importance, values, verbs.
func (k *sketch) texts() {
	scale := k.look.Scale
	k.labels.reset(k.f.Size.X, k.f.Size.Y, 48*scale)
	k.rims.reset(k.f.Size.X, k.f.Size.Y, 48*scale)
	k.specks.reset(k.f.Size.X, k.f.Size.Y, 48*scale)
	k.guideTexts()
	if k.level != far {
		for i := range k.f.Marks {
			m := &k.f.Marks[i]
			w, h := m.Outline.Half(m.Radius)
			k.rims.add(geom.RectAround(m.At, w, h))
		}
		for i := range k.f.Dots {
			d := &k.f.Dots[i]
			k.specks.add(geom.RectAround(d.At, d.Radius, d.Radius))
		}
		k.ticks()
	}
	for _, i := range k.folds { // counts do not hide them
		if r := k.radius(i); k.level == far {
			k.rims.add(geom.RectAround(k.at(k.pos[i]), r, r))
		}
	}
	k.groupNames()
	k.names()
	if k.level != near {
		return
	}
	k.chips()
	if k.look.Camera.Zoom >= verbZoom {
		k.verbsOnEdges()
	}
}

// letters returns the size of letters in device pixels, in quarters of a pixel so that masks are few.
func (k *sketch) letters(size float32) float32 {
	growth := min(max(k.soft, 1), 1.5)
	return float32(int(size*growth*k.look.Scale*4+0.5)) / 4
}

// write adds a text if its ground, and air around it, is free. Texts wholly outside the
// frame are not written.
func (k *sketch) write(t Text, width float32, marksToo bool) bool {
	b := t.box(width)
	if !k.inFrame(b) {
		return false
	}
	b = b.Inset(-textAir * k.look.Scale)
	if marksToo && !(k.rims.free(b) && k.specks.free(b)) || !k.labels.take(b) {
		return false
	}
	k.f.Texts = append(k.f.Texts, t)
	return true
}

func (k *sketch) inFrame(b geom.Rect) bool {
	return b.Max.X > 0 && b.Max.Y > 0 && b.Min.X < float32(k.f.Size.X) && b.Min.Y < float32(k.f.Size.Y)
}

func (k *sketch) width(s string, size float32, bold bool) float32 {
	return k.look.Faces.Width(s, size, bold)
}

// plate is a short bold text on a filled box, its middle at p.
func (k *sketch) plate(s string, p geom.Point, size float32, fill, ink color.NRGBA) Text {
	return Text{At: geom.Point{X: p.X, Y: p.Y + (plateTop-plateBottom)/2*size}, String: s, Size: size, Bold: true, Color: ink, Plate: fill}
}

// ticks writes the number of disputed claims at the upper left of their nodes.
func (k *sketch) ticks() {
	size := k.letters(badgeSize)
	for _, i := range k.scratch.nodes {
		n := &k.Scene.nodes[i]
		if n.disputed == 0 {
			continue
		}
		fill, ink := k.theme.Alert, k.theme.AlertInk
		if k.faded(k.nodeState(i)) {
			fill, ink = mix(fill, k.theme.Background, k.theme.Fade), mix(ink, k.theme.Background, k.theme.Fade)
		}
		r, p := k.radius(i), k.at(k.pos[i])
		if r < tickFrom*k.look.Scale {
			d := 0.75*r + 1.5*k.look.Scale
			k.f.Dots = append(k.f.Dots, Dot{p.Sub(geom.Point{X: d, Y: d}), 2.4 * k.look.Scale, fill})
			continue
		}
		s := strconv.Itoa(int(n.disputed))
		at := p.Sub(geom.Point{X: 0.82 * r, Y: 0.82 * r})
		t := k.plate(s, at, size, fill, ink)
		k.write(t, k.width(s, size, true), false)
	}
}

// counts writes how many claims the bundles among some edges hold, each at its middle.
func (k *sketch) counts(edges []int32) {
	size := k.letters(badgeSize)
	var fill, ink color.NRGBA
	for _, i := range k.counted(edges) {
		e := &k.Scene.edges[i]
		if c := k.edgeColor(e, k.edgeState(i)); c != fill {
			fill, ink = c, k.theme.inkOn(c)
		}
		s := strconv.Itoa(int(e.count))
		width := k.width(s, size, true)
		k.glance(i, func(r run) {
			for _, t := range r.apart([3]float32{0.5, 0.36, 0.64}) {
				if k.write(k.plate(s, r.At(t), size, fill, ink), width, true) {
					break
				}
			}
		})
	}
}

// counted lists the bundles among some edges; where they are far more than there can be room for, the largest.
func (k *sketch) counted(edges []int32) []int32 {
	list := k.several[:0]
	for _, i := range edges {
		if e := &k.Scene.edges[i]; e.count > 1 && e.flags&edgeValue == 0 && !(k.crowded && k.passes(i)) {
			list = append(list, i)
		}
	}
	if k.several = list; len(list) > labelTries {
		slices.SortFunc(list, func(a, b int32) int {
			return cmp.Or(cmp.Compare(k.Scene.edges[b].count, k.Scene.edges[a].count), cmp.Compare(a, b))
		})
		list = list[:labelTries]
	}
	return list
}

// chips writes the values of claims about literals.
func (k *sketch) chips() {
	size := k.letters(verbSize)
	for i, p := range k.points {
		an := k.anchors[i]
		if !an.value || !k.view.Contains(p) {
			continue
		}
		s := k.look.Faces.Elide(k.values[an.edge], size, false, valueWidth*size)
		t := k.plate(s, k.at(p), size, k.theme.Plate, k.theme.Muted)
		t.Bold = false
		if k.faded(k.edgeState(an.edge)) {
			t.Plate, t.Color = mix(t.Plate, k.theme.Background, k.theme.Fade), mix(t.Color, k.theme.Background, k.theme.Fade)
		}
		width, written := k.width(s, size, false), false
		for _, way := range [3]float32{0, -1.7, 1.7} { // at its place, above, below
			moved := t
			moved.At.Y += way * size
			if written = k.write(moved, width, true); written {
				break
			}
		}
		if !written && k.Scene.edges[an.edge].dot < 0 {
			k.f.Dots = append(k.f.Dots, Dot{k.at(p), k.dotSize(), k.edgeColor(&k.Scene.edges[an.edge], k.edgeState(an.edge))})
		}
	}
}

// verbsOnEdges writes what edges say where they are long enough for it.
func (k *sketch) verbsOnEdges() {
	size := k.letters(verbSize)
	k.order = k.order[:0]
	for _, i := range k.scratch.edges {
		if e := &k.Scene.edges[i]; e.verb != 0 && e.count == 1 && e.flags&edgeValue == 0 && !k.faded(k.edgeState(i)) && !(k.crowded && k.passes(i)) &&
			(k.verbRank(i) > 0 || k.look.Camera.Zoom >= plainVerbZoom) {
			k.order = append(k.order, i)
		}
	}
	slices.SortStableFunc(k.order, func(a, b int32) int {
		return cmp.Compare(k.verbRank(b), k.verbRank(a))
	})
	for _, i := range k.order {
		k.verb(i, size)
	}
}

// verbRank says which verbs come first: those that stand out, then positions, then claims on claims.
func (k *sketch) verbRank(i int32) int {
	e := &k.Scene.edges[i]
	switch {
	case k.edgeState(i) != 0:
		return 3
	case e.pos != noPosition:
		return 2
	case e.flags&edgeDouble != 0:
		return 1
	}
	return 0
}

func (k *sketch) verb(i int32, size float32) {
	k.glance(i, func(r run) { k.verbAlong(i, r, size) })
}

func (k *sketch) verbAlong(i int32, c run, size float32) {
	e := &k.Scene.edges[i]
	word := k.verbs[e.verb]
	width := k.width(word, size, false)
	// How much of the edge the word would cover: much if it runs level, little if steep.
	d := c.B.Sub(c.A)
	length := d.Len()
	if !(length > 0) {
		return
	}
	cover := min(width*length/max(abs(d.X), 1), 1.2*size*length/max(abs(d.Y), 1))
	if cover > 0.72*length || length < 2.2*size {
		return
	}
	color := k.theme.Muted
	if e.pos != noPosition {
		color = k.theme.readable(mix(k.positions[uint8(e.pos)], k.theme.Ink, 0.3), 4.5)
	}
	places := [3]float32{0.5, 0.38, 0.62}
	if e.dot >= 0 || e.flags&edgeBolt != 0 {
		places = [3]float32{0.3, 0.27, 0.7}
	}
	for _, t := range c.apart(places) {
		p := c.At(t)
		text := Text{At: geom.Point{X: p.X, Y: p.Y + 0.27*size}, String: word, Size: size, Color: color, Halo: k.theme.Background}
		if k.write(text, width, true) {
			return
		}
	}
}

func abs(v float32) float32 { return max(v, -v) }
