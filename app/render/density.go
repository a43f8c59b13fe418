package render

import (
	"image/color"
	"math"
	"math/bits"
	"slices"

	"caveat/app/scene"
)

// density accumulates how many hairlines pass through each pixel of a band,
// colour by colour, and turns the sums into ink by a curve like a logarithm:
// one line stays visible and hundreds of thousands do not saturate. Rare
// colours weigh more than their share, so that a few red edges show in a sea of grey.
type density struct {
	stride int
	// count has a row above and one below the band, and a margin on both
	// sides, so that the two pixels a line shares need no checks. 256 is one line.
	count []uint32
	total []uint32
	tint  []tint
	inks  inks
}

// margin is how many columns the counts go on beyond both sides: a clipped
// hairline ends within a pixel of the picture, and its rounding stays within another.
const margin = 4

type tint struct{ weight, r, g, b float32 }

// maxColors bounds how many colours of lines are kept apart; further ones
// count as the nearest of these.
const maxColors = 24

// palette maps the colours of lines to at most maxColors classes.
type palette struct {
	colors []color.NRGBA
	last   color.NRGBA
	index  uint8
}

func (p *palette) class(c color.NRGBA) uint8 {
	if c == p.last && len(p.colors) > 0 {
		return p.index
	}
	i := slices.Index(p.colors, c)
	switch {
	case i >= 0:
	case len(p.colors) < maxColors:
		p.colors = append(p.colors, c)
		i = len(p.colors) - 1
	default:
		i = nearest(p.colors, c)
	}
	p.last, p.index = c, uint8(i)
	return p.index
}

func nearest(colors []color.NRGBA, c color.NRGBA) int {
	best, dist := 0, math.MaxInt
	for i, d := range colors {
		r, g, b, a := int(c.R)-int(d.R), int(c.G)-int(d.G), int(c.B)-int(d.B), int(c.A)-int(d.A)
		if e := r*r + g*g + b*b + a*a; e < dist {
			best, dist = i, e
		}
	}
	return best
}

func (d *density) reset(c *canvas, several bool) {
	rows := c.bot - c.top + 2
	d.stride = c.width + 2*margin
	if n := rows * d.stride; len(d.count) < n {
		d.count = make([]uint32, n)
	}
	if several && len(d.total) < len(d.count) {
		d.total, d.tint = make([]uint32, len(d.count)), make([]tint, len(d.count))
	}
}

// add counts one line in the rows of c.
func (d *density) add(l *hairline, c *canvas) {
	from, to, _ := l.part(c.top, c.bot)
	from = max(from, -1)
	if from > to {
		return
	}
	minor := l.minor + int64(from-l.from)*l.step
	if l.steep {
		o := (from-c.top+1)*d.stride + margin
		to = min(to, c.bot-1)
		for i := from; i <= to; i++ {
			f := uint32(minor>>8) & 255
			x := o + int(minor>>16)
			p := d.count[x : x+2 : x+2]
			p[0] += 256 - f
			p[1] += f
			minor += l.step
			o += d.stride
		}
		return
	}
	to = min(to, c.right)
	if from < c.left {
		minor += int64(c.left-from) * l.step
		from = c.left
	}
	for i := from; i <= to; i++ {
		y := int(minor >> 16)
		f := uint32(minor>>8) & 255
		minor += l.step
		o := (y-c.top+1)*d.stride + i + margin
		d.count[o] += 256 - f
		d.count[o+d.stride] += f
	}
}

// curve maps a density to a coverage of 0..256.
type curve struct {
	single float32 // coverage of one line
	octave float32 // added for each doubling
}

// curveFor returns the curve for a picture in which lines cover a pixel
// mean times on average: one line keeps a coverage that thins out as the picture
// fills, and sixteen times the mean is nearly full. Where the picture is hardly filled the curve is about that of lines blended
// one by one.
func curveFor(mean float32) curve {
	top := float32(math.Log2(float64(max(16*mean, 4))))
	single := max(.10, .5/(1+.25*top))
	if top < 4 {
		single += .125 * (4 - top) * (1 - .25*(4-top)/2)
	}
	return curve{single, (.96 - single) / top}
}

// coverage returns the curve's value at n, where 256 is one line.
func (v curve) coverage(n uint32) float32 {
	if n <= 256 {
		return v.single * float32(n) / 256
	}
	return min(v.single+v.octave*(log2(n)-8), 1)
}

// log2 approximates the binary logarithm by straight pieces within 0.09.
func log2(n uint32) float32 {
	e := bits.Len32(n) - 1
	return float32(e) + float32(n)/float32(uint32(1)<<e) - 1
}

// inks are the first weights of 256 that a curve and an opacity, 0 … 256, give to densities: most pixels have few lines.
type inks struct {
	curve   curve
	opacity float32
	of      [16 * 256]uint16
}

// set makes the table, unless it is there.
func (t *inks) set(v curve, opacity float32) {
	if t.curve == v && t.opacity == opacity {
		return
	}
	t.curve, t.opacity = v, opacity
	for n := range t.of {
		t.of[n] = uint16(v.coverage(uint32(n)) * opacity)
	}
}

// at returns the weight of density n.
func (t *inks) at(n uint32) uint32 {
	if n < uint32(len(t.of)) {
		return uint32(t.of[n])
	}
	return uint32(t.curve.coverage(n) * t.opacity)
}

// fold adds the counts of one colour to the totals and clears them.
func (d *density) fold(c *canvas, k color.NRGBA, v curve) {
	r, g, b, a := float32(k.R), float32(k.G), float32(k.B), float32(k.A)/255
	for y := c.top; y < c.bot; y++ {
		o, n := (y-c.top+1)*d.stride+margin+c.left, c.right-c.left
		count := d.count[o : o+n]
		total, tints := d.total[o:o+n], d.tint[o:o+n]
		for x, n := range count {
			if n == 0 {
				continue
			}
			total[x] += uint32(float32(n) * a)
			w := v.coverage(n)
			t := &tints[x]
			t.weight += w
			t.r += w * r
			t.g += w * g
			t.b += w * b
		}
	}
	clear(d.count)
}

// resolve blends the totals into c and clears them.
func (d *density) resolve(c *canvas, v curve) {
	d.inks.set(v, 256)
	for y := c.top; y < c.bot; y++ {
		o, n := (y-c.top+1)*d.stride+margin+c.left, c.right-c.left
		row := c.row(y)
		total, tints := d.total[o:o+n], d.tint[o:o+n]
		for x, n := range total {
			t := &tints[x]
			if t.weight == 0 {
				continue
			}
			k := packed(color.NRGBA{uint8(t.r / t.weight), uint8(t.g / t.weight), uint8(t.b / t.weight), 255})
			row[x] = blend(row[x], k, d.inks.at(n))
			total[x], *t = 0, tint{}
		}
	}
}

// resolveOne blends the counts of the only colour into c and clears them.
func (d *density) resolveOne(c *canvas, k color.NRGBA, v curve) {
	px := packed(k)
	d.inks.set(v, float32(k.A)/255*256)
	for y := c.top; y < c.bot; y++ {
		o := (y-c.top+1)*d.stride + margin
		row := c.row(y)
		for x, n := range d.count[o+c.left : o+c.right] {
			if n != 0 {
				row[x] = blend(row[x], px, d.inks.at(n))
			}
		}
	}
	clear(d.count)
}

// meanDensity estimates from every sixteenth line, or all of few, how often
// lines cover a pixel of the picture on average.
func meanDensity(lines []scene.Line, w, h int) float32 {
	var sum float64
	step := 1
	if len(lines) > 20000 {
		step = 16
	}
	for i := 0; i < len(lines); i += step {
		if l, ok := hairlineOf(lines[i].A, lines[i].B, w, h); ok {
			sum += float64(l.to - l.from + 1)
		}
	}
	return float32(sum * float64(step) / float64(max(w*h, 1)))
}
