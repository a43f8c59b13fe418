package graphview

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
)

// program is one way to show the picture, as the Shader is told it: what has one name is compiled once.
type program struct {
	name          string
	desktop, lean []byte // lean is for OpenGL ES
}

// variables are what both programs are given: pixel p of the canvas shows pixel p·oz + (ox, oy) of the picture tex, which
// is 1/tw by 1/th pixels, or the ground gr, gg, gb where the picture ends.
const variables = `
uniform vec2 frame;
uniform vec4 bounds;
uniform sampler2D tex;
uniform float ox, oy, oz, tw, th, gr, gg, gb;
vec2 place() { return vec2(gl_FragCoord.x - bounds.x, frame.y - gl_FragCoord.y - bounds.y); }
`

// scaledBody shows the picture at any zoom. No branches: without a graphics card all of them run for every pixel.
const scaledBody = variables + `
void main() {
  vec2 uv = place() * vec2(oz * tw, oz * th) + vec2(ox * tw, oy * th);
  vec2 inside = step(abs(uv - 0.5), vec2(0.5));
  gl_FragColor = vec4(mix(vec3(gr, gg, gb), texture2D(tex, uv).rgb, inside.x * inside.y), 1.0);
}`

// pixelsBody shows pixels of the picture as they are, where the canvas lies in it by whole pixels. Fyne sets textures up to be
// smoothed, which without a graphics card costs twice as much as all else about a frame; fetching does not smooth.
const pixelsBody = variables + `
void main() {
#ifdef GL_EXT_gpu_shader4
  gl_FragColor = vec4(texelFetch2D(tex, ivec2(place() + vec2(ox, oy)), 0).rgb, 1.0);
#else
  gl_FragColor = vec4(texture2D(tex, place() * vec2(tw, th) + vec2(ox * tw, oy * th)).rgb, 1.0);
#endif
}`

const (
	desktopHead = "#version 110\n"
	fetching    = "#extension GL_EXT_gpu_shader4 : enable\n" // of OpenGL 2.1, which has it for most
	leanHead    = "#version 100\nprecision highp float;\n"
)

func scaledProgram() program {
	return program{"caveat-canvas", []byte(desktopHead + scaledBody), []byte(leanHead + scaledBody)}
}

func pixelsProgram() program {
	return program{"caveat-canvas-pixels", []byte(desktopHead + fetching + pixelsBody), []byte(leanHead + pixelsBody)}
}

// use has the Shader of the picture show it by g.
func (p *picture) use(g *program) {
	if p.shader.Name != g.name {
		p.shader.Name, p.shader.Source, p.shader.SourceES = g.name, g.desktop, g.lean
	}
}

// edge returns how many pixels a Shader paints beyond its bounds on each side.
func edge(scale float32) int { return int(math.Ceil(float64(scale))) }

// pixelwise reports whether a canvas of that size in units that lies there shows pixels of a picture of that size in
// pixels and nothing else.
func (at place) pixelwise(size fyne.Size, scale float32, picture image.Point) bool {
	fits := func(from, length float32, most int) bool {
		whole := int(from)
		return float32(whole) == from && whole >= edge(scale) && whole+int(math.Ceil(float64(length*scale)))+edge(scale) <= most
	}
	return at.zoom == 1 && fits(at.x, size.Width, picture.X) && fits(at.y, size.Height, picture.Y)
}
