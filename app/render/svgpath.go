package render

import (
	"fmt"
	"math"
	"strconv"

	"caveat/app/geom"
)

// segment of a path in an icon's own units: op is M, L, C or Z.
type pathSegment struct {
	op byte
	p  [3]geom.Point // C: two controls and the end; M and L: the end in p[0]
}

// pathReader reads the path data of SVG 1.1, section 8.3.
type pathReader struct {
	s     string
	i     int
	out   []pathSegment
	at    geom.Point // current point
	start geom.Point // of the current subpath
	ctrl  geom.Point // last control, for S and T
	last  byte
}

// parsePath turns path data into moves, lines and cubic curves.
func parsePath(d string) ([]pathSegment, error) {
	r := &pathReader{s: d}
	var cmd byte
	for {
		r.space()
		if r.i >= len(r.s) {
			return r.out, nil
		}
		if c := r.s[r.i]; c >= 'A' && c <= 'z' {
			cmd = c
			r.i++
		} else if cmd == 0 {
			return nil, fmt.Errorf("path data starts with %q", c)
		}
		if err := r.command(cmd); err != nil {
			return nil, err
		}
		r.last = cmd &^ 0x20
		switch cmd { // numbers that follow a move are lines
		case 'M':
			cmd = 'L'
		case 'm':
			cmd = 'l'
		case 'Z', 'z':
			cmd = 0
		}
	}
}

func (r *pathReader) space() {
	for r.i < len(r.s) && (r.s[r.i] == ' ' || r.s[r.i] == ',' || r.s[r.i] == '\n' || r.s[r.i] == '\t' || r.s[r.i] == '\r') {
		r.i++
	}
}

func (r *pathReader) number() (float32, error) {
	r.space()
	from, dot, exp := r.i, false, false
	for ; r.i < len(r.s); r.i++ {
		c := r.s[r.i]
		switch {
		case c >= '0' && c <= '9':
		case (c == '-' || c == '+') && (r.i == from || r.s[r.i-1]|0x20 == 'e'):
		case c == '.' && !dot && !exp:
			dot = true
		case c|0x20 == 'e' && !exp && r.i > from:
			exp = true
		default:
			return r.parse(from)
		}
	}
	return r.parse(from)
}

func (r *pathReader) parse(from int) (float32, error) {
	v, err := strconv.ParseFloat(r.s[from:r.i], 32)
	if err != nil {
		return 0, fmt.Errorf("path data at %d: no number", from)
	}
	return float32(v), nil
}

// flag reads a single 0 or 1 of an arc, which needs no space after it.
func (r *pathReader) flag() (bool, error) {
	r.space()
	if r.i >= len(r.s) || r.s[r.i] != '0' && r.s[r.i] != '1' {
		return false, fmt.Errorf("path data at %d: no flag", r.i)
	}
	r.i++
	return r.s[r.i-1] == '1', nil
}

// numbers reads n numbers.
func (r *pathReader) numbers(n int) (v [6]float32, err error) {
	for i := range n {
		if v[i], err = r.number(); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (r *pathReader) command(cmd byte) error {
	var base geom.Point
	if cmd >= 'a' {
		base = r.at
	}
	upper := cmd &^ 0x20
	counts := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 3, 'Z': 0}
	n, known := counts[upper]
	if !known {
		return fmt.Errorf("path command %q is not known", cmd)
	}
	v, err := r.numbers(n)
	if err != nil {
		return err
	}
	pt := func(i int) geom.Point { return geom.Point{X: v[i], Y: v[i+1]}.Add(base) }
	switch upper {
	case 'M':
		r.at = pt(0)
		r.start = r.at
		r.out = append(r.out, pathSegment{'M', [3]geom.Point{r.at}})
	case 'L':
		r.line(pt(0))
	case 'H':
		r.line(geom.Point{X: v[0] + base.X, Y: r.at.Y})
	case 'V':
		r.line(geom.Point{X: r.at.X, Y: v[0] + base.Y})
	case 'C':
		r.cubic(pt(0), pt(2), pt(4))
	case 'S':
		r.cubic(r.mirror('C', 'S'), pt(0), pt(2))
	case 'Q':
		r.quad(pt(0), pt(2))
	case 'T':
		r.quad(r.mirror('Q', 'T'), pt(0))
	case 'A':
		return r.arc(v, base)
	case 'Z':
		r.at = r.start
		r.out = append(r.out, pathSegment{op: 'Z'})
	}
	return nil
}

// mirror returns the control point that goes on smoothly after one of the commands.
func (r *pathReader) mirror(a, b byte) geom.Point {
	if r.last == a || r.last == b {
		return r.at.Mul(2).Sub(r.ctrl)
	}
	return r.at
}

func (r *pathReader) line(p geom.Point) {
	r.at = p
	r.out = append(r.out, pathSegment{'L', [3]geom.Point{p}})
}

func (r *pathReader) cubic(a, b, p geom.Point) {
	r.at, r.ctrl = p, b
	r.out = append(r.out, pathSegment{'C', [3]geom.Point{a, b, p}})
}

func (r *pathReader) quad(c, p geom.Point) {
	from := r.at
	r.cubic(from.Lerp(c, 2./3), p.Lerp(c, 2./3), p)
	r.ctrl = c
}

// arc reads the rest of an elliptical arc and turns it into cubics
// (SVG 1.1, appendix F.6).
func (r *pathReader) arc(v [6]float32, base geom.Point) error {
	large, err := r.flag()
	if err != nil {
		return err
	}
	sweep, err := r.flag()
	if err != nil {
		return err
	}
	e, err := r.numbers(2)
	if err != nil {
		return err
	}
	to := geom.Point{X: e[0], Y: e[1]}.Add(base)
	rx, ry := math.Abs(float64(v[0])), math.Abs(float64(v[1]))
	if rx == 0 || ry == 0 || to == r.at {
		r.line(to)
		return nil
	}
	sin, cos := math.Sincos(float64(v[2]) * math.Pi / 180)
	dx, dy := float64(r.at.X-to.X)/2, float64(r.at.Y-to.Y)/2
	x1, y1 := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	num := rx*rx*ry*ry - rx*rx*y1*y1 - ry*ry*x1*x1
	k := math.Sqrt(max(num, 0) / (rx*rx*y1*y1 + ry*ry*x1*x1))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*y1/ry, -k*ry*x1/rx
	mx, my := float64(r.at.X+to.X)/2, float64(r.at.Y+to.Y)/2
	place := func(x, y float64) geom.Point {
		return geom.Point{X: float32(cos*x - sin*y + mx), Y: float32(sin*x + cos*y + my)}
	}
	from := math.Atan2((y1-cy)/ry, (x1-cx)/rx)
	turn := math.Atan2((-y1-cy)/ry, (-x1-cx)/rx) - from
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	n := int(math.Ceil(math.Abs(turn) / (math.Pi / 2)))
	step := turn / float64(max(n, 1))
	h := 4. / 3 * math.Tan(step/4)
	for i := range n {
		a, b := from+float64(i)*step, from+float64(i+1)*step
		sa, ca := math.Sincos(a)
		sb, cb := math.Sincos(b)
		end := place(cx+rx*cb, cy+ry*sb)
		if i == n-1 {
			end = to
		}
		r.cubic(place(cx+rx*(ca-h*sa), cy+ry*(sa+h*ca)), place(cx+rx*(cb+h*sb), cy+ry*(sb-h*cb)), end)
	}
	return nil
}
