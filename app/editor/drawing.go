package editor

import (
	"context"
	"encoding/json"
	"path/filepath"
	"time"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/exchange/edgelist"
)

// edgeList is a graph drawn without a case.
type edgeList struct{ *edgelist.List }

// readPart is about how much of the time to the first picture it takes to read the file.
const readPart = 0.6

// openEdges reads an edge list as a job with progress, shows it at once on rough places, and lays it out as another job.
func (e *Editor) openEdges(path string) {
	if err := e.CloseCase(); err != nil {
		e.Fail(err)
		return
	}
	usual, say := e.hurryOpening(path), e.Words().Say
	e.start("open", e.Words().Say("job.open", "name", filepath.Base(path)), func(ctx context.Context, progress func(float64)) (show func(), err error) {
		defer func() {
			if err != nil {
				keepSize(0, usual)
			}
		}()
		list, s, err := readDrawing(ctx, path, progress)
		if err != nil {
			return nil, err
		}
		view := &graphstore.View{ID: mainView}
		part := drawnPart{shown: drawn{view: view}}
		if s.Len()+s.EdgeCount() < tonedAtOnce {
			if s, err = part.tone(ctx, s, say); err != nil {
				return nil, err
			}
		}
		p := plan.Problem(s, view, nil)
		return func() {
			e.open = &openCase{path: path, title: filepath.Base(path), edges: &edgeList{list}, readOnly: true, view: mainView, local: view, part: part}
			e.showScene(s)
			e.layOut("force", func() *layout.Problem {
				leaveCores(s)
				keepSize(len(list.Names)+len(list.Edges), usual)
				return p
			}, s, func(pos []geom.Point, _ homing) error {
				if e.fitted {
					e.labels = new(scene.LabelMemory) // names stood beside other neighbours
				}
				e.showStep(s.WithPositions(pos))
				e.hoverAgain()
				e.toneDrawing()
				return nil
			})
		}, ctx.Err()
	})
}

// The layout of a large drawing waits for about as long as its first picture takes, which so has both cores.
const (
	firstPicture = 150 * time.Millisecond
	waitsFrom    = 200_000 // nodes
)

// leaveCores waits until the first picture of a large drawing is about there.
func leaveCores(s *scene.Scene) {
	if s.Len() >= waitsFrom {
		time.Sleep(firstPicture)
	}
}

// readDrawing reads an edge list, and what its nodes are called if that is told, and makes the first scene of it.
func readDrawing(ctx context.Context, path string, progress func(float64)) (*edgelist.List, *scene.Scene, error) {
	progress(0)
	list, err := edgelist.OpenContext(ctx, path, func(done float64) { progress(readPart * done) })
	if err != nil {
		return nil, nil, err
	}
	nodes, err := edgelist.OpenNodes(path)
	if err != nil {
		return nil, nil, err
	}
	s := scene.FromEdgesRoughly(list.Names, list.Edges)
	if nodes != nil {
		s = s.Labelled(func(id string) (string, string, bool) { n, ok := nodes[id]; return n.Label, n.Kind, ok })
	}
	progress(1)
	return list, s, ctx.Err()
}

// The words that an edge list gets when it becomes a case: nothing is inferred about what its nodes or
// edges are, so the case's own schema names them so.
const (
	nodeKind   graphstore.Kind      = "node"
	linkedWith graphstore.Predicate = "linked-with"
)

// asCase makes a case of the edge list, one entity a node and one unsourced claim an edge, with places.
func (l *edgeList) asCase(builtin *graphstore.Schema, s *scene.Scene) (*graphstore.Graph, error) {
	words, err := json.Marshal(graphstore.Schema{
		Kinds: []graphstore.KindInfo{{ID: nodeKind, Icon: "component", Shape: graphstore.ShapeDisc, Light: "#5b6770", Dark: "#9aa7b0",
			Label:  graphstore.Text{"en": "node", "nl": "knoop", "de": "Knoten", "fr": "nœud"},
			Plural: graphstore.Text{"en": "nodes", "nl": "knopen", "de": "Knoten", "fr": "nœuds"}}},
		Predicates: []graphstore.PredicateInfo{{ID: linkedWith, Group: graphstore.GroupStructure,
			Label:   graphstore.Text{"en": "is linked with", "nl": "is verbonden met", "de": "ist verbunden mit", "fr": "est lié à"},
			Inverse: graphstore.Text{"en": "is linked with", "nl": "is verbonden met", "de": "ist verbunden mit", "fr": "est lié à"}}},
	})
	if err != nil {
		return nil, err
	}
	d := &graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{After: &graphstore.Header{Schema: words}}}
	ids := make([]graphstore.ID, len(l.Names))
	view := &graphstore.View{ID: mainView, Places: map[graphstore.ID]graphstore.Place{}}
	pos := s.Positions()
	for i, name := range l.Names {
		ids[i] = graphstore.NewID()
		if i < s.Len() {
			name = s.Name(int32(i))
		}
		d.Add(nil, &graphstore.Entity{ID: ids[i], Kind: nodeKind, Names: []graphstore.Name{{Text: name}}})
		if len(l.Names) <= plan.KeepPlaces && len(pos) == len(l.Names) {
			view.Places[ids[i]] = graphstore.Place{X: pos[i].X, Y: pos[i].Y}
		}
	}
	for _, edge := range l.Edges {
		if edge[0] != edge[1] {
			d.Add(nil, &graphstore.Claim{ID: graphstore.NewID(), Subject: ids[edge[0]], Predicate: linkedWith, Object: graphstore.Object{ID: ids[edge[1]]}})
		}
	}
	if len(view.Places) > 0 {
		d.Add(nil, view)
	}
	return graphstore.NewGraph(builtin).Apply(d)
}
