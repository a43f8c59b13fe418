package report

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"caveat/app/geom"
	"caveat/app/render"
	"caveat/app/scene"
	"caveat/graphstore"
)

// mostNumbers is how many source numbers an edge shows before an ellipsis.
const mostNumbers = 3

// number writes the numbers of the sources that a claim cites beside the
// middle of its edge, where there is room: no text covers another text or a node. Only
// a drawing that shows edges one by one has them.
func (in *Input) number(fr *scene.Frame, c scene.Camera, size geom.Point) {
	if in.Graph == nil || len(fr.Strokes) == 0 || c.Zoom < numbersFrom {
		return
	}
	labels, where := in.citations(in.places())
	var taken []geom.Rect
	for i := range fr.Texts {
		taken = append(taken, fr.Texts[i].Box(in.Faces).Inset(-in.Scale))
	}
	for i := range fr.Marks {
		taken = append(taken, render.MarkBounds(&fr.Marks[i], fr.Scale))
	}
	for _, edge := range slices.Sorted(maps.Keys(labels)) {
		t := scene.Text{String: citation(labels[edge], mostNumbers), Size: smallSize * in.Scale, Anchor: scene.Start, Color: in.Theme.Muted, Halo: in.Theme.Background}
		at := c.ToCanvas(where[edge], size).Mul(in.Scale)
		if box, ok := in.room(&t, at, taken); ok {
			taken = append(taken, box)
			fr.Texts = append(fr.Texts, t)
		}
	}
}

// numbersFrom is the zoom from which edges are numbered.
const numbersFrom = .5

// citations collects the numbers by edge and where each edge has its middle.
func (in *Input) citations(place map[graphstore.ID]int) (map[int32][]int, map[int32]geom.Point) {
	labels, where := map[int32][]int{}, map[int32]geom.Point{}
	for _, c := range in.shown() {
		edge, _ := in.Scene.EdgeOf(c.ID)
		p, ok := in.Scene.ClaimPoint(c.ID)
		if !ok {
			continue
		}
		rest(c, func(id graphstore.ID) {
			if n := place[id]; n > 0 {
				labels[edge] = append(labels[edge], n)
			}
		})
		where[edge] = p
	}
	for edge, l := range labels {
		slices.Sort(l)
		labels[edge] = slices.Compact(l)
	}
	return labels, where
}

// citation writes numbers as "[3, 12]", with an ellipsis after the most.
func citation(numbers []int, most int) string {
	var parts []string
	for i, n := range numbers {
		if i == most {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, strconv.Itoa(n))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// room moves t to the first place about the point where its box is free.
func (in *Input) room(t *scene.Text, about geom.Point, taken []geom.Rect) (geom.Rect, bool) {
	w := in.Faces.Width(t.String, t.Size, t.Bold)
	near, high := 5*in.Scale, t.Size*.36
	for _, d := range [...]geom.Point{
		{X: near, Y: -near}, {X: near, Y: near + 2*high}, {X: -near - w, Y: -near}, {X: -near - w, Y: near + 2*high},
		{X: -w / 2, Y: -1.6 * near}, {X: -w / 2, Y: 1.6*near + 2*high}, {X: 2 * near, Y: high}, {X: -2*near - w, Y: high},
	} {
		t.At = about.Add(d)
		box := t.Box(in.Faces)
		if !slices.ContainsFunc(taken, box.Intersects) {
			return box, true
		}
	}
	return geom.Rect{}, false
}
