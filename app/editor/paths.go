package editor

import (
	"context"
	"slices"

	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// alternatives is how many ways between two things are looked for.
const alternatives = 5

// pathState is the answer to "How are they connected?" on show.
type pathState struct {
	from, to graphstore.ID
	found    []algo.Path
	at       int
	lit      *scene.Set // what does not fade; nil: nothing fades
	answer   int        // one more than the answer on show; 0: none is
}

// stale drops an answer whose claims are gone.
func (p *pathState) stale(e *Editor) {
	if len(p.found) == 0 {
		return
	}
	g := e.Graph()
	for _, id := range p.lit.IDs() {
		if g == nil || g.Record(id) == nil {
			e.ClearHighlight()
			return
		}
	}
}

// Paths returns the ways found by Connect, shortest first, and which one is drawn.
func (e *Editor) Paths() (paths []algo.Path, at int) { return e.paths.found, e.paths.at }

// Connect answers "How are they connected?" for two entities or claims, as a job.
func (e *Editor) Connect(a, b graphstore.ID) {
	g := e.Graph()
	if g == nil {
		return
	}
	e.start("path", e.Words().Say("job.path"), func(context.Context, func(float64)) (func(), error) {
		p := algo.Project(g)
		first, err := p.ShortestPath(a, b)
		if err != nil {
			return nil, err
		}
		found := p.Alternatives(a, b, alternatives)
		if len(found) == 0 {
			found = []algo.Path{first}
		}
		return func() {
			e.paths.from, e.paths.to, e.paths.found = a, b, found
			e.ShowPath(0)
		}, nil
	})
}

// ShowPath draws the i-th way and fades the rest.
func (e *Editor) ShowPath(i int) {
	if i < 0 || i >= len(e.paths.found) {
		return
	}
	path := e.paths.found[i]
	lit := slices.Concat(append([][]graphstore.ID{path.Entities}, path.Claims...)...)
	e.paths.at, e.paths.lit, e.paths.answer = i, scene.NewSet(lit), 0
	if b, ok := e.boundsOf(scene.NewSet(path.Entities)); ok {
		e.flyTo(e.fitCamera(b))
	}
	e.changed(NoticeScene | NoticeView)
}

// NextPath draws the next way, round and round.
func (e *Editor) NextPath() {
	if n := len(e.paths.found); n > 0 {
		e.ShowPath((e.paths.at + 1) % n)
	}
}

// ClearHighlight lets nothing fade. It reports whether there was anything to clear.
func (e *Editor) ClearHighlight() bool {
	was := e.paths.lit != nil
	e.paths = pathState{}
	e.changed(NoticeScene | NoticeView)
	return was
}

// Light fades everything but these records.
func (e *Editor) Light(ids []graphstore.ID) {
	e.paths = pathState{lit: scene.NewSet(slices.Clone(ids))}
	e.changed(NoticeScene | NoticeView)
}
