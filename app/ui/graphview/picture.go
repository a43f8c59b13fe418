package graphview

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"caveat/app/render/live"
	"caveat/app/scene"
)

// margin is what is painted beyond each side of the canvas, as a fraction of its size.
const margin = .25

// reserve is the part of the margin that must be left while the canvas is moved under one picture; when less
// is, the next is painted about where the canvas is by then.
const reserve = .5

// steady is how many frames in a row have moved when zooming is no longer a matter of single steps. Then the picture on
// show is scaled for as long as that looks well; else there would be no time left for the frames.
const steady = 2

// settled is for how many frames a camera that moves on its own must have been heading for one place before the picture of that
// is painted although the one on show still looks well: turns of the wheel that follow each other come sooner.
const settled = 3

// picture is the painting on show and the object that shows it.
//
// While the canvas is only moved, the picture on show moves along by whole pixels and stays crisp: a
// new one is painted when the margin in the direction of travel gets small, and one for the very
// camera once a frame passes without movement. Zooming asks for another picture at once, but after some
// frames in a row only where the one on show, scaled, has become poor. A camera that moves on its own has the picture
// painted of where it is heading, and on show before it is there. Everything else asks at once.
//
// Where the drawing and the camera change together, as in a layout that is seen moving, the picture on show stays as it was painted
// until the next is ready: it is of nothing that the camera of now is about.
type picture struct {
	live   *live.Painter
	shown  *live.Picture
	view   place // where in it the canvas lies
	shader *canvas.Shader
	scaled program
	pixels program
	raster *canvas.Raster       // instead of the shader; nil where the shader can be drawn
	frame  [4]*canvas.Rectangle // marks the focus: four sides, as software goes through all that lies in one
	asked  uint64               // serial of the newest request
	look   scene.Look           // and scene that were asked for
	scene  *scene.Scene
	stays  bool // the picture on show is shown as it was painted, whatever the camera
	movement
}

// movement is what is known of how the camera moves.
type movement struct {
	at      scene.Camera // that was followed last
	heading scene.Camera // where it was heading then
	held    int          // for how many frames before that
	byHand  bool         // it was and is heading for where it is
	rest    *fyne.Animation
	moving  bool // since the frame before
	frames  int  // in a row with movement before that
	resting bool // rest runs
}

// follow takes note of a frame with the camera at now, heading elsewhere, or not on its own.
func (m *movement) follow(now, heading scene.Camera) {
	m.byHand = heading == now && m.heading == m.at
	if m.held++; heading != m.heading || heading == now {
		m.held = 0
	}
	m.at, m.heading = now, heading
}

// place says where in the picture on show the canvas lies: pixel p of the canvas shows pixel p·zoom + (x, y).
type place struct{ x, y, zoom float32 }

func (p *picture) init(v *View) {
	p.scaled, p.pixels = scaledProgram(), pixelsProgram()
	p.shader = canvas.NewShader("", nil, nil)
	p.shader.Uniforms = map[string]float32{}
	p.shader.Textures = map[string]image.Image{}
	if v.opts.Software {
		p.raster = canvas.NewRaster(func(w, h int) image.Image { return p.cropped(v, w, h) })
	}
	for i := range p.frame {
		p.frame[i] = canvas.NewRectangle(color.Transparent)
	}
	p.rest = fyne.NewAnimation(time.Hour, func(done float32) { p.tick(v, done) })
	p.rest.RepeatCount = fyne.AnimationRepeatForever
	p.live = live.New(v.opts.Faces, v.opts.Post, func(pic *live.Picture) { p.swap(v, pic) }, v.opts.Editor.Fail)
	p.uniforms(v)
}

func (p *picture) object() fyne.CanvasObject {
	if p.raster != nil {
		return p.raster
	}
	return p.shader
}

// resize gives the picture and its frame their places on a canvas of that size.
func (p *picture) resize(s fyne.Size) {
	p.object().Resize(s)
	for i, side := range p.frame { // top, bottom, left, right
		if i < 2 {
			side.Move(fyne.NewPos(0, float32(i)*(s.Height-1)))
			side.Resize(fyne.NewSize(s.Width, 1))
		} else {
			side.Move(fyne.NewPos(float32(i-2)*(s.Width-1), 1))
			side.Resize(fyne.NewSize(1, s.Height-2))
		}
	}
}

// redraw moves the picture on show under the camera at once and asks for one of how things are now.
func (p *picture) redraw(v *View) {
	if v.closed {
		return
	}
	for _, side := range p.frame {
		if side.FillColor = color.Transparent; v.focused {
			side.FillColor = theme.Color(theme.ColorNameFocus)
		}
	}
	now := v.opts.Editor.Camera()
	p.stays = p.stays || now != p.at && v.opts.Editor.Scene() != p.scene
	p.at = now
	p.move(v)
	p.ask(v)
	p.wait()
}

// follow is redraw where the camera or the scene may have changed and nothing else has. It reports whether one has.
func (p *picture) follow(v *View) bool {
	now := v.opts.Editor.Camera()
	if v.closed || now == p.at && v.opts.Editor.Scene() == p.scene {
		return false
	}
	p.stays = false
	p.movement.follow(now, v.opts.Editor.Destination())
	if !p.serves(v, now) {
		p.uniforms(v)
		if p.frames < steady || !p.bearable(v) || p.held == settled && reaches(p.heading, now, v.Size()) {
			p.redraw(v)
			return true
		}
	}
	p.move(v)
	if p.shown != nil && !p.shown.Whole && p.shown.Serial == p.asked && p.byHand { // the part is soon left
		p.live.Finish()
	}
	p.wait()
	return true
}

// move shows the picture under the camera of now.
func (p *picture) move(v *View) {
	p.uniforms(v)
	canvas.Refresh(p.object())
	v.opts.Log.refreshed()
}

// serves reports whether the picture asked for last will do for a camera that has come from its own by
// movement alone.
func (p *picture) serves(v *View, now scene.Camera) bool {
	was, size := p.look.Camera, v.Size()
	if p.scene != v.opts.Editor.Scene() || now.Zoom != was.Zoom || p.look.Width != size.Width || p.look.Height != size.Height || p.look.Scale != v.scale() {
		return false
	}
	const left = float32(margin * (1 - reserve))
	return abs(now.Center.X-was.Center.X)*now.Zoom <= left*size.Width && abs(now.Center.Y-was.Center.Y)*now.Zoom <= left*size.Height
}

func abs(v float32) float32 { return max(v, -v) }

// ask asks for a picture of how things are now, unless that was asked for last.
func (p *picture) ask(v *View) {
	size := v.Size()
	if size.Width < 8 || size.Height < 8 {
		return
	}
	look := v.opts.Editor.Look(size.Width, size.Height, v.scale())
	look.Margin = margin
	if heading := v.opts.Editor.Destination(); !v.opts.Editor.Moving() && reaches(heading, look.Camera, size) {
		look.Camera = heading
	}
	s := v.opts.Editor.Scene()
	if p.asked != 0 && s == p.scene && sameLook(&look, &p.look) {
		return
	}
	p.look, p.scene = look, s
	first := image.Rectangle{}
	if !p.crisp(v) || p.shown.Look.Camera == look.Camera { // else the margin is what is needed
		first = p.first(v)
	}
	p.asked = p.live.Request(s, look, first)
	if p.bearable(v) {
		p.live.Hurry()
	}
}

// reaches reports whether a picture for the camera to, with its margin, has all of what a canvas of that size shows
// under the camera now.
func reaches(to, now scene.Camera, size fyne.Size) bool {
	k := to.Zoom / now.Zoom
	fits := func(a, b, side float32) bool { return abs(a-b)*to.Zoom+side/2*k <= side*(.5+margin) }
	return fits(to.Center.X, now.Center.X, size.Width) && fits(to.Center.Y, now.Center.Y, size.Height)
}

// first returns the part of the frame asked for that is needed at once: what the canvas shows, under the camera of now
// and that of the frame, and some more where it is zoomed out, as it will be again.
func (p *picture) first(v *View) image.Rectangle {
	const more = .07 // of the canvas on every side: a turn of the wheel
	size, now, to := v.Size(), v.opts.Editor.Camera(), p.look.Camera
	part := func(middle, size, a, b float32) (from, end int) {
		reach := size / 2
		if p.shown != nil && p.view.zoom > 1 && now == to {
			reach += size * more
		}
		off, half := (a-b)*to.Zoom, size/2*to.Zoom/now.Zoom
		least, most := min(-reach, off-half), max(reach, off+half)
		beyond := edge(p.look.Scale)
		return int((middle+least)*p.look.Scale) - beyond - 1, int((middle+most)*p.look.Scale) + beyond + 2
	}
	const wide = .5 + margin
	x0, x1 := part(size.Width*wide, size.Width, now.Center.X, to.Center.X)
	y0, y1 := part(size.Height*wide, size.Height, now.Center.Y, to.Center.Y)
	return image.Rect(max(x0, 0), max(y0, 0), x1, y1)
}

// sameLook reports whether two looks of one scene give one picture.
func sameLook(a, b *scene.Look) bool {
	return a.Camera == b.Camera && a.Width == b.Width && a.Height == b.Height && a.Scale == b.Scale && a.Margin == b.Margin && a.Theme == b.Theme &&
		a.Hover == b.Hover && a.Labels == b.Labels && a.Faces == b.Faces &&
		(a.Highlight == nil) == (b.Highlight == nil) && a.Highlight.Same(b.Highlight) && a.Selected.Same(b.Selected)
}

// wait has tick called with every frame until one passes without movement.
func (p *picture) wait() {
	if p.moving = true; !p.resting {
		p.resting = true
		p.rest.Start()
	}
}

// tick is called after the events of a frame. Where there are no frames, in tests, it is called
// once and at once, with everything done.
func (p *picture) tick(v *View, done float32) {
	if p.moving && done < 1 {
		p.moving = false
		p.frames++
		return
	}
	p.moving, p.resting, p.frames = false, false, 0
	p.rest.Stop()
	if v.closed {
		return
	}
	p.ask(v)
	p.live.Hurry()
}

// swap shows a finished picture and gives the one before back.
func (p *picture) swap(v *View, pic *live.Picture) {
	if v.closed {
		return
	}
	old := p.shown
	p.shown, p.stays = pic, p.stays && v.opts.Editor.Moving()
	p.shader.Textures["tex"] = pic.Image // a value of its own: Fyne uploads a texture only when the image is another one
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
	u["ox"], u["oy"], u["oz"], u["tw"], u["th"] = -1, -1, 0, 1, 1 // beside the picture everywhere
	p.use(&p.scaled)
	if p.shown == nil || p.shown.Look.Camera.Zoom <= 0 {
		return
	}
	p.view = p.placed(v)
	u["ox"], u["oy"], u["oz"] = p.view.x, p.view.y, p.view.zoom
	u["tw"], u["th"] = 1/float32(p.shown.Image.Rect.Dx()), 1/float32(p.shown.Image.Rect.Dy())
	if p.view.pixelwise(v.Size(), v.scale(), p.shown.Image.Rect.Size()) {
		p.use(&p.pixels)
	}
}

// placed returns where in the picture on show the canvas lies.
func (p *picture) placed(v *View) place {
	now, was := v.opts.Editor.Camera(), p.shown.Look.Camera
	if p.stays {
		now = was
	}
	scale, size := v.scale(), p.shown.Frame
	w, h := v.Size().Width*scale, v.Size().Height*scale
	oz := was.Zoom * p.shown.Look.Scale / (now.Zoom * scale)
	ox := float32(size.X)/2 - w/2*oz + (now.Center.X-was.Center.X)*was.Zoom*p.shown.Look.Scale
	oy := float32(size.Y)/2 - h/2*oz + (now.Center.Y-was.Center.Y)*was.Zoom*p.shown.Look.Scale
	if math.Abs(float64(oz-1)) < 1e-4 { // whole pixels stay crisp while panning
		oz, ox, oy = 1, float32(math.Round(float64(ox))), float32(math.Round(float64(oy)))
	}
	return place{ox - float32(p.shown.At.X), oy - float32(p.shown.At.Y), oz}
}

// crisp reports whether every pixel of the canvas is one of the picture on show, of the scene of now.
func (p *picture) crisp(v *View) bool {
	return p.covers(v) && p.view.zoom == 1
}

// covers reports whether the canvas lies wholly in the picture on show, which is of the scene of now.
func (p *picture) covers(v *View) bool {
	if p.shown == nil || p.shown.Scene != v.opts.Editor.Scene() {
		return false
	}
	k := v.scale() * p.view.zoom
	s := p.shown.Image.Rect.Size()
	return p.view.x >= 0 && p.view.y >= 0 && p.view.x+v.Size().Width*k < float32(s.X)+1 && p.view.y+v.Size().Height*k < float32(s.Y)+1
}

// bearable reports whether the picture on show, scaled as it is, can stay until the newest is ready: if not, the
// one being painted is waited for although it is not of the camera of now.
func (p *picture) bearable(v *View) bool {
	const most = 1.3
	return p.covers(v) && p.view.zoom < most && p.view.zoom > 1/most
}

// exact reports whether the picture on show is of the camera, the scene and the selection of now.
func (p *picture) exact(v *View) bool {
	return p.shown != nil && p.shown.Serial == p.asked && p.look.Camera == v.opts.Editor.Camera() && p.scene == v.opts.Editor.Scene()
}

// cropped is what the canvas shows of the picture, for the painter of tests.
func (p *picture) cropped(v *View, w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.NewUniform(v.opts.Editor.Theme().Background), image.Point{}, draw.Src)
	if p.shown != nil {
		at := p.placed(v)
		draw.Draw(dst, dst.Rect, p.shown.Image, image.Pt(int(math.Round(float64(at.x))), int(math.Round(float64(at.y)))), draw.Src)
	}
	return dst
}

// Crisp reports whether the picture on show is of how things are now.
func (v *View) Crisp() bool { return v.picture.exact(v) }
