package editor

import (
	"context"

	"caveat/app/plan"
	"caveat/app/scene"
)

// tonedAtOnce is how many nodes and edges a list has less of whose communities are found before its first picture: that takes up to
// some 50 ms. Those of larger ones are found once they are laid out.
const tonedAtOnce = 100_000

// DrawnCommunities reports whether the kinds of DrawingKinds are the communities of the drawing, because its nodes have no others.
func (e *Editor) DrawnCommunities() bool { return e.open != nil && e.open.part.communal }

// tone colours an edge list whose nodes have no kinds by its communities.
func (p *drawnPart) tone(ctx context.Context, s *scene.Scene, say func(string, ...string) string) (*scene.Scene, error) {
	toned, sets, err := plan.Toned(ctx, s, say)
	p.sets, p.communal = sets, toned != s
	return toned, err
}

// toneDrawing colours a drawing by its communities as a job, unless it has kinds or they were looked for before.
func (e *Editor) toneDrawing() {
	if e.open == nil || e.open.doc != nil || e.open.part.sets != nil || e.runs("communities") || e.drawing().HasKinds() {
		return
	}
	s, say := e.drawing(), e.Words().Say
	e.start("communities", e.Words().Say("job.groups"), func(ctx context.Context, _ func(float64)) (func(), error) {
		var found drawnPart
		toned, err := found.tone(ctx, s, say)
		if err != nil {
			return nil, err
		}
		giveBack(s.Len())
		if found.communal {
			toned.MakeIndex()
		}
		return func() {
			p := &e.open.part
			if p.sets == nil {
				p.sets = found.sets
			}
			switch {
			case !found.communal:
			case e.scene == s: // only coloured
				p.communal = true
				e.scene = toned
				e.changed(NoticeScene | NoticeView)
			default: // moved, grouped or in part on show meanwhile
				p.toned = toned
				e.makePart()
			}
		}, nil
	})
}
