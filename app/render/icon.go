package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"caveat/app/geom"
)

// icon is a parsed drawing: what may be filled and stroked in one ink.
type icon struct {
	view  geom.Rect
	parts []iconPart
}

// iconPart is one path. Stroke is the width of its line, 0 for none; ends
// and joins are round.
type iconPart struct {
	path   []pathSegment
	fill   bool
	stroke float32
}

// style is what elements inherit.
type style struct {
	fill, stroke bool
	width        float32
}

// parseIcon reads the part of SVG that icons use: path, line, polyline,
// polygon, circle, ellipse and rect inside svg and g, with fill, stroke and stroke-width as
// attributes. Colours do not matter: all that is not "none" is ink.
func parseIcon(svg []byte) (*icon, error) {
	ic := &icon{view: geom.Rect{Max: geom.Point{X: 24, Y: 24}}}
	dec := xml.NewDecoder(bytes.NewReader(svg))
	stack := []style{{fill: true, width: 1}}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return ic, nil
		}
		if err != nil {
			return nil, err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range el.Attr {
				at[a.Name.Local] = a.Value
			}
			st := stack[len(stack)-1].with(at)
			stack = append(stack, st)
			if err := ic.element(el.Name.Local, at, st); err != nil {
				return nil, fmt.Errorf("<%s>: %w", el.Name.Local, err)
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func (s style) with(at map[string]string) style {
	if v, ok := at["fill"]; ok {
		s.fill = v != "none"
	}
	if v, ok := at["stroke"]; ok {
		s.stroke = v != "none"
	}
	if v, ok := at["stroke-width"]; ok {
		s.width = number(v)
	}
	return s
}

func number(s string) float32 {
	v, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 32)
	if err != nil {
		return 0
	}
	return float32(v)
}

// kappa places the controls of a quarter circle drawn as a cubic.
const kappa = .5522847

func (ic *icon) element(name string, at map[string]string, st style) error {
	n := func(key string) float32 { return number(at[key]) }
	var d string
	switch name {
	case "svg":
		if f := strings.Fields(strings.ReplaceAll(at["viewBox"], ",", " ")); len(f) == 4 {
			min := geom.Point{X: number(f[0]), Y: number(f[1])}
			ic.view = geom.Rect{Min: min, Max: min.Add(geom.Point{X: number(f[2]), Y: number(f[3])})}
		}
		return nil
	case "path":
		d = at["d"]
	case "line":
		d = fmt.Sprintf("M%g %gL%g %g", n("x1"), n("y1"), n("x2"), n("y2"))
	case "polyline", "polygon":
		d = "M" + at["points"]
		if name == "polygon" {
			d += "Z"
		}
	case "circle":
		ic.add(roundedPath(geom.RectAround(geom.Point{X: n("cx"), Y: n("cy")}, n("r"), n("r")), n("r")), st)
		return nil
	case "ellipse":
		d = fmt.Sprintf("M%g %ga%g %g 0 1 1 %g 0a%g %g 0 1 1 %g 0Z", n("cx")-n("rx"), n("cy"), n("rx"), n("ry"), 2*n("rx"), n("rx"), n("ry"), -2*n("rx"))
	case "rect":
		min := geom.Point{X: n("x"), Y: n("y")}
		ic.add(roundedPath(geom.Rect{Min: min, Max: min.Add(geom.Point{X: n("width"), Y: n("height")})}, max(n("rx"), n("ry"))), st)
		return nil
	default:
		return nil
	}
	path, err := parsePath(d)
	if err != nil {
		return err
	}
	ic.add(path, st)
	return nil
}

func (ic *icon) add(path []pathSegment, st style) {
	p := iconPart{path: path, fill: st.fill}
	if st.stroke {
		p.stroke = st.width
	}
	if p.fill || p.stroke > 0 {
		ic.parts = append(ic.parts, p)
	}
}

// roundedPath returns a box with round corners; a corner of half its size makes a circle.
func roundedPath(b geom.Rect, r float32) []pathSegment {
	r = min(r, b.Width()/2, b.Height()/2)
	x0, y0, x1, y1 := b.Min.X, b.Min.Y, b.Max.X, b.Max.Y
	k := r * (1 - kappa)
	pt := func(x, y float32) geom.Point { return geom.Point{X: x, Y: y} }
	line := func(x, y float32) pathSegment { return pathSegment{'L', [3]geom.Point{pt(x, y)}} }
	path := []pathSegment{{'M', [3]geom.Point{pt(x0+r, y0)}}, line(x1-r, y0)}
	if r > 0 {
		path = append(path, pathSegment{'C', [3]geom.Point{pt(x1-k, y0), pt(x1, y0+k), pt(x1, y0+r)}})
	}
	path = append(path, line(x1, y1-r))
	if r > 0 {
		path = append(path, pathSegment{'C', [3]geom.Point{pt(x1, y1-k), pt(x1-k, y1), pt(x1-r, y1)}})
	}
	path = append(path, line(x0+r, y1))
	if r > 0 {
		path = append(path, pathSegment{'C', [3]geom.Point{pt(x0+k, y1), pt(x0, y1-k), pt(x0, y1-r)}})
	}
	path = append(path, line(x0, y0+r))
	if r > 0 {
		path = append(path, pathSegment{'C', [3]geom.Point{pt(x0, y0+k), pt(x0+k, y0), pt(x0+r, y0)}})
	}
	return append(path, pathSegment{op: 'Z'})
}

// fit returns the scale and the shift that put the icon into a box.
func (ic *icon) fit(b geom.Rect) (k float32, shift geom.Point) {
	k = min(b.Width()/ic.view.Width(), b.Height()/ic.view.Height())
	return k, b.Center().Sub(ic.view.Center().Mul(k))
}

// outline flattens a path into rings, moved and scaled; closed says of each
// whether it was closed.
func outline(path []pathSegment, k float32, shift geom.Point) (rings [][]geom.Point, closed []bool) {
	place := func(p geom.Point) geom.Point { return p.Mul(k).Add(shift) }
	var at geom.Point
	for _, s := range path {
		last := len(rings) - 1
		if s.op != 'M' && last < 0 {
			continue
		}
		switch s.op {
		case 'M':
			at = place(s.p[0])
			rings, closed = append(rings, []geom.Point{at}), append(closed, false)
		case 'L':
			at = place(s.p[0])
			rings[last] = append(rings[last], at)
		case 'C':
			a, b, c := place(s.p[0]), place(s.p[1]), place(s.p[2])
			const n = 12
			for i := 1; i <= n; i++ {
				t := float32(i) / n
				p, q, r := at.Lerp(a, t), a.Lerp(b, t), b.Lerp(c, t)
				rings[last] = append(rings[last], p.Lerp(q, t).Lerp(q.Lerp(r, t), t))
			}
			at = c
		case 'Z':
			closed[last] = true
			at = rings[last][0]
		}
	}
	return rings, closed
}

// iconMask is an icon at one size and half-pixel phase, and where it goes.
type iconMask struct {
	cov       []uint8 // size rows of size
	size      int
	left, top int
}

// iconKey names a mask in the cache.
type iconKey struct {
	name   string
	size   int16
	fx, fy uint8
}

// icons parses icons once and rasterises them once a size and phase.
type icons struct {
	load   func(name string) ([]byte, error)
	parsed map[string]*icon
	masks  map[iconKey][]uint8
	mask   mask
}

// maxIconMasks bounds the cache; beyond it all masks are forgotten.
const maxIconMasks = 4096

func newIcons(load func(string) ([]byte, error)) *icons {
	return &icons{load: load, parsed: map[string]*icon{}, masks: map[iconKey][]uint8{}}
}

// parse returns the icon of that name, or nil where there is none to be read.
func (s *icons) parse(name string) *icon {
	ic, ok := s.parsed[name]
	if ok {
		return ic
	}
	if raw, err := s.load(name); err == nil {
		if parsed, err := parseIcon(raw); err == nil && !parsed.view.Empty() && parsed.view.Width() > 0 && parsed.view.Height() > 0 {
			ic = parsed
		}
	}
	s.parsed[name] = ic
	return ic
}

// get puts into m the mask of the icon that fills the box b and reports
// whether there is one.
func (s *icons) get(m *iconMask, name string, b geom.Rect) bool {
	size := int(b.Width() + .5)
	if name == "" || size < 3 || size > 4096 || !b.Min.Finite() {
		return false
	}
	c := b.Center()
	qx, qy := floor((c.X-float32(size)/2)*2+.5), floor((c.Y-float32(size)/2)*2+.5)
	key := iconKey{name, int16(size), uint8(qx & 1), uint8(qy & 1)}
	cov, ok := s.masks[key]
	if !ok {
		if ic := s.parse(name); ic != nil {
			cov = s.rasterise(ic, size, float32(key.fx)/2, float32(key.fy)/2)
		}
		if len(s.masks) >= maxIconMasks {
			clear(s.masks)
		}
		s.masks[key] = cov
	}
	*m = iconMask{cov, size + 1, qx >> 1, qy >> 1}
	return cov != nil
}

// rasterise draws an icon of the given size, shifted by a fraction of a
// pixel, into a square one pixel larger.
func (s *icons) rasterise(ic *icon, size int, fx, fy float32) []uint8 {
	c := canvas{width: size + 1, bot: size + 1}
	s.mask.reset(&c)
	k, shift := ic.fit(geom.Rect{Min: geom.Point{X: fx, Y: fy}, Max: geom.Point{X: fx + float32(size), Y: fy + float32(size)}})
	for _, p := range ic.parts {
		rings, closed := outline(p.path, k, shift)
		if p.fill {
			s.mask.polygon(rings...)
		}
		for i, r := range rings {
			switch half := max(p.stroke*k/2, .5); {
			case p.stroke == 0:
			case len(r) == 1:
				s.mask.segment(r[0], r[0], half, round, round)
			case closed[i]:
				s.mask.closed(r, half)
			default:
				s.mask.chain(r, half, round, round, round)
			}
		}
	}
	return s.mask.take()
}

// draw blends the icon in one ink.
func (m *iconMask) draw(c *canvas, k ink) {
	for y := max(m.top, c.top); y < min(m.top+m.size, c.bot); y++ {
		cov := m.cov[(y-m.top)*m.size : (y-m.top+1)*m.size]
		x0, x1 := max(m.left, c.left), min(m.left+m.size, c.right)
		if x0 >= x1 {
			return
		}
		row := c.between(y, x0, x1)
		for i, v := range cov[x0-m.left : x1-m.left] {
			if v != 0 {
				k.cover(&row[i], scale256(uint32(v)))
			}
		}
	}
}
