package editor

import (
	"cmp"
	"context"
	"image"
	"slices"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/render"
	"caveat/app/scene"
)

// previewNodes is up to how many nodes a preview shows the drawing itself, above the part of it around one node.
const previewNodes = 30_000

// Preview is what one layout would make of the drawing, or of the selection.
type Preview struct {
	Layout string
	Image  *image.RGBA // nil: it cannot be made
	Part   bool        // of a large drawing only the part around one node
}

// previewRun is one call of PreviewLayouts; its address tells it from later ones.
type previewRun struct{ _ byte }

// PreviewLayouts draws a picture of size in pixels for each layout, as a job: of the whole drawing
// or, with only set, of what is selected. show is called for each when it is ready, in the order of
// names; a later call ends the earlier one.
func (e *Editor) PreviewLayouts(names []string, shape float32, only bool, size image.Point, scale float32, show func(Preview)) {
	if e.open == nil || e.scene.Len() == 0 || size.X < 1 || size.Y < 1 {
		return
	}
	e.settle()
	s, theme, faces, g := e.scene, e.theme, e.opts.Faces, e.Graph()
	base := copyView(e.View())
	base.Shape = &shape
	selected := e.selectedNodes()
	run := new(previewRun)
	e.open.previews = run
	e.start("previews", e.Words().Say("job.previews"), func(ctx context.Context, progress func(float64)) (func(), error) {
		nodes, part := selected, false
		if !only || len(nodes) < 2 {
			nodes, part = around(s, selected)
		}
		bare := s.Excerpt(nodes)
		painter := render.NewPainter(faces)
		for i, name := range names {
			v := *base
			v.Layout = name
			p := plan.Problem(s, &v, g)
			p.Focus = selected
			p = excerpt(p, nodes)
			p.Start, p.Pinned = nil, nil
			made := Preview{Layout: name, Part: part}
			pos, err := plan.Run(ctx, name, p, nil)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err == nil {
				made.Image = thumbnail(ctx, painter, bare.WithPositions(pos), theme, size, scale)
			}
			e.opts.Post(func() {
				if e.open != nil && e.open.previews == run {
					show(made)
				}
			})
			progress(float64(i+1) / float64(len(names)))
		}
		return nil, ctx.Err()
	})
}

// thumbnail draws a whole scene without texts.
func thumbnail(ctx context.Context, p *render.Painter, s *scene.Scene, t *scene.Theme, size image.Point, scale float32) *image.RGBA {
	const margin = 10 // units
	canvas := geom.Point{X: float32(size.X) / scale, Y: float32(size.Y) / scale}
	look := scene.Look{Camera: scene.Fit(s.Bounds(), canvas, margin), Width: canvas.X, Height: canvas.Y, Scale: scale, Theme: t}
	fr := s.Frame(look)
	for i := range fr.Strokes {
		fr.Strokes[i].Bolt = false // too large for so small a picture
	}
	img := image.NewRGBA(image.Rectangle{Max: fr.Size})
	if p.Paint(ctx, fr, img) != nil {
		return nil
	}
	return img
}

// around returns all nodes of a scene or, of a large one, as many as a preview can show: those nearest by edges to
// the first selected, else to the most joined.
func around(s *scene.Scene, selected []int32) (nodes []int32, part bool) {
	const most = 3000
	if s.Len() <= previewNodes {
		for i := range int32(s.Len()) {
			nodes = append(nodes, i)
		}
		return nodes, false
	}
	from := int32(0)
	if len(selected) > 0 {
		from = selected[0]
	} else {
		degree := make([]int, s.Len())
		for _, e := range s.Edges() {
			degree[e[0]]++
			degree[e[1]]++
		}
		for i, d := range degree {
			if d > degree[from] {
				from = int32(i)
			}
		}
	}
	next := make([][]int32, s.Len())
	for _, e := range s.Edges() {
		next[e[0]], next[e[1]] = append(next[e[0]], e[1]), append(next[e[1]], e[0])
	}
	seen := map[int32]bool{from: true}
	nodes = []int32{from}
	for i := 0; i < len(nodes) && len(nodes) < most; i++ {
		for _, n := range next[nodes[i]] {
			if !seen[n] && len(nodes) < most {
				seen[n] = true
				nodes = append(nodes, n)
			}
		}
	}
	slices.SortFunc(nodes, cmp.Compare)
	return nodes, true
}

// StopPreviews ends what PreviewLayouts began.
func (e *Editor) StopPreviews() {
	e.cancel("previews")
	if e.open != nil {
		e.open.previews = nil
	}
}
