package render

import (
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
)

// haloRadius is how far the halo of a text reaches, in units.
const haloRadius = 2

// labelMask is the ink of a whole line of text and the halo about it, both
// as coverage, with the place of its upper left pixel relative to the pixel that holds the
// pen's start on the baseline.
type labelMask struct {
	ink, halo     []uint8 // halo is nil where the text has none
	width, height int
	left, top     int
}

type labelKey struct {
	text string
	size float32
	halo float32
	bold bool
	sub  uint8
}

// labels keeps the masks of whole lines, because most labels of a frame were
// in the frame before. It is a cache of two generations: when the young one is full it
// becomes the old one, and what is asked for again moves back.
type labels struct {
	faces      *typeset.Faces
	young, old map[labelKey]*labelMask
	bytes      int
	halos      map[haloKey]*glyphHalo
}

// labelCache bounds the bytes of one generation of masks, haloCache the number of
// glyph halos.
const (
	labelCache = 24 << 20
	haloCache  = 8192
)

type haloKey struct {
	glyph  *typeset.Glyph
	radius float32
}

// glyphHalo is a glyph's mask grown by a radius; grown says by how many
// whole pixels on each side.
type glyphHalo struct {
	cov           []uint8
	width, height int
	grown         int
}

func newLabels(f *typeset.Faces) *labels {
	return &labels{faces: f, young: map[labelKey]*labelMask{}, old: map[labelKey]*labelMask{}, halos: map[haloKey]*glyphHalo{}}
}

// placed is a label and the pixel of its pen's start.
type placed struct {
	mask *labelMask
	x, y int
}

// place finds or makes the mask of t at so many pixels per unit.
func (s *labels) place(t *scene.Text, scale float32) placed {
	if t.String == "" || !(t.Size > 0) || !t.At.Finite() {
		return placed{}
	}
	key := labelKey{text: t.String, size: t.Size, bold: t.Bold}
	if t.Halo.A > 0 {
		key.halo = haloRadius * scale
	}
	at := t.At
	switch t.Anchor {
	case scene.Middle:
		at.X -= s.faces.Width(t.String, t.Size, t.Bold) / 2
	case scene.End:
		at.X -= s.faces.Width(t.String, t.Size, t.Bold)
	}
	if t.Angle != 0 { // turned later, about At
		at.X -= t.At.X
	}
	at.X = min(max(at.X, -1<<20), 1<<20)
	p := placed{y: floor(at.Y + .5)}
	p.x, key.sub = typeset.Place(at.X)
	p.mask = s.get(key)
	return p
}

func (s *labels) get(key labelKey) *labelMask {
	if m := s.young[key]; m != nil {
		return m
	}
	m := s.old[key]
	if m == nil {
		m = s.compose(key)
	}
	if s.bytes > labelCache {
		s.young, s.old = s.old, s.young
		clear(s.young)
		s.bytes = 0
	}
	s.young[key] = m
	s.bytes += len(m.ink) + len(m.halo) + 128
	return m
}

// compose draws the glyphs of a line and their halos into one mask.
func (s *labels) compose(key labelKey) *labelMask {
	const none = 1 << 30
	x0, y0, x1, y1 := none, none, -none, -none
	each := func(f func(g *typeset.Glyph, x, y int)) {
		s.faces.Each(key.text, key.size, key.bold, func(r rune, x float32) {
			px, sub := typeset.Place(x + float32(key.sub)/typeset.Subpixels)
			if g := s.faces.Glyph(r, key.size, key.bold, sub); g.Mask != nil {
				f(g, px+g.Left, g.Top)
			}
		})
	}
	each(func(g *typeset.Glyph, x, y int) {
		x0, y0 = min(x0, x), min(y0, y)
		x1, y1 = max(x1, x+g.Mask.Rect.Dx()), max(y1, y+g.Mask.Rect.Dy())
	})
	m := new(labelMask)
	if x0 >= x1 {
		return m
	}
	grow := 0
	if key.halo > 0 {
		grow = int(math.Ceil(float64(key.halo)))
	}
	m.left, m.top = x0-grow, y0-grow
	m.width, m.height = x1-x0+2*grow, y1-y0+2*grow
	m.ink = make([]uint8, m.width*m.height)
	each(func(g *typeset.Glyph, x, y int) {
		w := g.Mask.Rect.Dx()
		m.merge(m.ink, g.Mask.Pix, w, g.Mask.Stride, g.Mask.Rect.Dy(), x-m.left, y-m.top)
	})
	if key.halo > 0 {
		m.halo = make([]uint8, m.width*m.height)
		each(func(g *typeset.Glyph, x, y int) {
			h := s.halo(g, key.halo)
			m.merge(m.halo, h.cov, h.width, h.width, h.height, x-h.grown-m.left, y-h.grown-m.top)
		})
	}
	return m
}

// merge puts the greater coverage of a part into dst at x, y.
func (m *labelMask) merge(dst, cov []uint8, w, stride, h, x, y int) {
	for j := range h {
		row := dst[(y+j)*m.width+x:][:w]
		for i, v := range cov[j*stride:][:w] {
			row[i] = max(row[i], v)
		}
	}
}

// halo returns the mask of g grown by a disc of that radius.
func (s *labels) halo(g *typeset.Glyph, radius float32) *glyphHalo {
	key := haloKey{g, radius}
	if h := s.halos[key]; h != nil {
		return h
	}
	if len(s.halos) >= haloCache {
		clear(s.halos)
	}
	h := dilate(g, radius)
	s.halos[key] = h
	return h
}

func dilate(g *typeset.Glyph, radius float32) *glyphHalo {
	n := int(math.Ceil(float64(radius)))
	w, hgt := g.Mask.Rect.Dx(), g.Mask.Rect.Dy()
	h := &glyphHalo{width: w + 2*n, height: hgt + 2*n, grown: n}
	h.cov = make([]uint8, h.width*h.height)
	for dy := -n; dy <= n; dy++ {
		for dx := -n; dx <= n; dx++ {
			d := float32(math.Sqrt(float64(dx*dx + dy*dy)))
			weight := uint32(clamp01(radius+1-d) * 256)
			if weight == 0 {
				continue
			}
			for y := range hgt {
				row := h.cov[(y+n+dy)*h.width+n+dx:][:w]
				for x, v := range g.Mask.Pix[y*g.Mask.Stride:][:w] {
					if v != 0 {
						row[x] = max(row[x], uint8(uint32(v)*weight>>8))
					}
				}
			}
		}
	}
	return h
}

// text paints a label: plate, halo, ink.
func (w *worker) text(t *scene.Text, p placed, faces *typeset.Faces) {
	c := &w.canvas
	if t.Angle != 0 {
		w.turned(t, p, faces)
		return
	}
	if t.Plate.A > 0 {
		s := boxShape(t.Box(faces), t.PlateCorner())
		c.paint(&s, inkOf(t.Plate), ink{}, 0)
	}
	m := p.mask
	if m == nil || m.width == 0 {
		return
	}
	left, top := p.x+m.left, p.y+m.top
	x0, x1 := max(left, c.left), min(left+m.width, c.right)
	if x0 >= x1 {
		return
	}
	k, halo := inkOf(t.Color), inkOf(t.Halo)
	for y := max(top, c.top); y < min(top+m.height, c.bot); y++ {
		row := c.between(y, x0, x1)
		o := (y-top)*m.width + x0 - left
		covered := m.ink[o : o+len(row)]
		if m.halo == nil {
			for i, v := range covered {
				if v != 0 {
					k.cover(&row[i], scale256(uint32(v)))
				}
			}
			continue
		}
		for i, v := range m.halo[o : o+len(row)] {
			if v == 0 {
				continue
			}
			// Most of a halo lies on ground of its own colour already.
			if in := covered[i]; in != 255 && row[i] != halo.px {
				halo.cover(&row[i], scale256(uint32(v)))
			}
			if in := covered[i]; in != 0 {
				k.cover(&row[i], scale256(uint32(in)))
			}
		}
	}
}

// turned paints a label at an angle by sampling its mask between pixels.
func (w *worker) turned(t *scene.Text, p placed, faces *typeset.Faces) {
	c, m := &w.canvas, p.mask
	sin, cos := sincos(t.Angle)
	if t.Plate.A > 0 {
		quad := turn(t.Box(faces), t.At, sin, cos)
		w.mask.polygon(quad[:])
		w.mask.flush(c, inkOf(t.Plate))
	}
	if m == nil || m.width == 0 {
		return
	}
	// The mask's origin relative to At, before turning.
	ox, oy := float32(p.x+m.left), float32(m.top)
	at := geom.Point{}
	area := geom.Rect{Min: geom.Point{X: ox, Y: oy}, Max: geom.Point{X: ox + float32(m.width), Y: oy + float32(m.height)}}
	quad := turn(area, at, sin, cos)
	bounds := geom.BoundsOf(quad[:]).Translate(t.At)
	k, halo := inkOf(t.Color), inkOf(t.Halo)
	x0, x1 := max(floor(bounds.Min.X)-1, c.left), min(floor(bounds.Max.X)+2, c.right)
	for y := max(floor(bounds.Min.Y)-1, c.top); y < min(floor(bounds.Max.Y)+2, c.bot); y++ {
		row := c.row(y)
		dy := float32(y) + .5 - t.At.Y
		for x := x0; x < x1; x++ {
			dx := float32(x) + .5 - t.At.X
			sx, sy := cos*dx+sin*dy-ox-.5, cos*dy-sin*dx-oy-.5
			if sx <= -1 || sy <= -1 || sx >= float32(m.width) || sy >= float32(m.height) {
				continue
			}
			if m.halo != nil {
				halo.cover(&row[x-c.left], scale256(m.sample(m.halo, sx, sy)))
			}
			k.cover(&row[x-c.left], scale256(m.sample(m.ink, sx, sy)))
		}
	}
}

func sincos(angle float32) (sin, cos float32) {
	s, c := math.Sincos(float64(angle))
	return float32(s), float32(c)
}

// turn returns the corners of b turned about at.
func turn(b geom.Rect, at geom.Point, sin, cos float32) [4]geom.Point {
	corners := [4]geom.Point{b.Min, {X: b.Max.X, Y: b.Min.Y}, b.Max, {X: b.Min.X, Y: b.Max.Y}}
	for i, p := range corners {
		d := p.Sub(at)
		corners[i] = at.Add(geom.Point{X: cos*d.X - sin*d.Y, Y: sin*d.X + cos*d.Y})
	}
	return corners
}

// sample returns the coverage between the four pixels about (x, y).
func (m *labelMask) sample(cov []uint8, x, y float32) uint32 {
	ix, iy := floor(x), floor(y)
	fx, fy := x-float32(ix), y-float32(iy)
	at := func(x, y int) float32 {
		if uint(x) >= uint(m.width) || uint(y) >= uint(m.height) {
			return 0
		}
		return float32(cov[y*m.width+x])
	}
	top := at(ix, iy)*(1-fx) + at(ix+1, iy)*fx
	bottom := at(ix, iy+1)*(1-fx) + at(ix+1, iy+1)*fx
	return uint32(top*(1-fy) + bottom*fy + .5)
}
