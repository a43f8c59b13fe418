package graphview

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"caveat/app/render/live"
	"caveat/app/scene"
)

// margin is what is painted beyond each side of the canvas, as a fraction of its size.
const margin = .25

// shaderBody shows the picture under the camera: pixel p of the canvas shows
// pixel p·oz + (ox, oy) of the picture, and the ground where the picture ends.
const shaderBody = `
uniform vec2 frame;
uniform vec4 bounds;
uniform sampler2D tex;
uniform float ox, oy, oz, tw, th, gr, gg, gb;
void main() {
  vec2 p = vec2(gl_FragCoord.x - bounds.x, frame.y - gl_FragCoord.y - bounds.y);
  vec2 uv = (p * oz + vec2(ox, oy)) / vec2(max(tw, 1.0), max(th, 1.0));
  if (tw < 1.0 || uv.x < 0.0 || uv.y < 0.0 || uv.x > 1.0 || uv.y > 1.0) { gl_FragColor = vec4(gr, gg, gb, 1.0); return; }
  gl_FragColor = vec4(texture2D(tex, uv).rgb, 1.0);
}`

// picture is the painting on show and the object that shows it.
type picture struct {
	live   *live.Painter
	shown  *live.Picture
	shader *canvas.Shader
	raster *canvas.Raster    // instead of the shader; nil where the shader can be drawn
	frame  *canvas.Rectangle // marks the focus
	asked  uint64            // serial of the newest request
	camera scene.Camera      // and scene that were asked for
	scene  *scene.Scene
}

func (p *picture) init(v *View) {
	p.shader = canvas.NewShader("caveat-canvas", []byte("#version 110\n"+shaderBody), []byte("#version 100\nprecision highp float;\n"+shaderBody))
	p.shader.Uniforms = map[string]float32{}
	p.shader.Textures = map[string]image.Image{}
	if v.opts.Software {
		p.raster = canvas.NewRaster(func(w, h int) image.Image { return p.cropped(v, w, h) })
	}
	p.frame = canvas.NewRectangle(color.Transparent)
	p.live = live.New(v.opts.Faces, v.opts.Post, func(pic *live.Picture) { p.swap(v, pic) }, v.opts.Editor.Fail)
	p.uniforms(v)
}

func (p *picture) object() fyne.CanvasObject {
	if p.raster != nil {
		return p.raster
	}
	return p.shader
}

// redraw moves the picture on show under the camera at once and asks for a
// crisp one.
func (p *picture) redraw(v *View) {
	if v.closed {
		return
	}
	p.frame.StrokeColor, p.frame.StrokeWidth = color.Transparent, 0
	if v.focused {
		p.frame.StrokeColor, p.frame.StrokeWidth = theme.Color(theme.ColorNameFocus), 1
	}
	p.uniforms(v)
	canvas.Refresh(p.object())
	v.opts.Log.refreshed()
	size := v.Size()
	if size.Width < 8 || size.Height < 8 {
		return
	}
	look := v.opts.Editor.Look(size.Width, size.Height, v.scale())
	look.Margin = margin
	p.camera, p.scene = look.Camera, v.opts.Editor.Scene()
	p.asked = p.live.Request(p.scene, look)
}

// stale reports whether another camera or scene was asked for than there is now.
func (p *picture) stale(v *View) bool {
	return p.camera != v.opts.Editor.Camera() || p.scene != v.opts.Editor.Scene()
}

// swap shows a finished picture and gives the one before back.
func (p *picture) swap(v *View, pic *live.Picture) {
	if v.closed {
		return
	}
	old := p.shown
	p.shown = pic
	// Fyne uploads a texture only when the image is another one. Buffers are painted again, and two
	// swaps may come between two frames: so every picture gets a header of its own.
	header := *pic.Image
	p.shader.Textures["tex"] = &header
	p.uniforms(v)
	canvas.Refresh(p.object())
	v.opts.Log.painted(pic)
	if old != nil {
		p.live.Done(old)
	}
}

// uniforms sets the camera: where in the picture the canvas lies.
func (p *picture) uniforms(v *View) {
	u := p.shader.Uniforms
	g := v.opts.Editor.Theme().Background
	u["gr"], u["gg"], u["gb"] = float32(g.R)/255, float32(g.G)/255, float32(g.B)/255
	u["ox"], u["oy"], u["oz"], u["tw"], u["th"] = 0, 0, 1, 0, 0
	if p.shown == nil || p.shown.Look.Camera.Zoom <= 0 {
		return
	}
	now, was := v.opts.Editor.Camera(), p.shown.Look.Camera
	scale := v.scale()
	tw, th := p.shown.Image.Rect.Dx(), p.shown.Image.Rect.Dy()
	w, h := v.Size().Width*scale, v.Size().Height*scale
	oz := was.Zoom * p.shown.Look.Scale / (now.Zoom * scale)
	ox := float32(tw)/2 - w/2*oz + (now.Center.X-was.Center.X)*was.Zoom*p.shown.Look.Scale
	oy := float32(th)/2 - h/2*oz + (now.Center.Y-was.Center.Y)*was.Zoom*p.shown.Look.Scale
	if math.Abs(float64(oz-1)) < 1e-4 { // whole pixels stay crisp while panning
		oz, ox, oy = 1, float32(math.Round(float64(ox))), float32(math.Round(float64(oy)))
	}
	u["ox"], u["oy"], u["oz"] = ox, oy, oz
	u["tw"], u["th"] = float32(tw), float32(th)
}

// cropped is the middle of the picture, for the painter of tests.
func (p *picture) cropped(v *View, w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.NewUniform(v.opts.Editor.Theme().Background), image.Point{}, draw.Src)
	if p.shown != nil {
		s := p.shown.Image.Rect.Size()
		draw.Draw(dst, dst.Rect, p.shown.Image, image.Pt((s.X-w)/2, (s.Y-h)/2), draw.Src)
	}
	return dst
}

// Crisp reports whether the picture on show is the newest one asked for.
func (v *View) Crisp() bool {
	return v.picture.shown != nil && v.picture.shown.Serial == v.picture.asked
}
