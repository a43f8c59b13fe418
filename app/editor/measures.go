package editor

import (
	"maps"
	"math"
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// isMeasure reports whether a name is one of the measures of the network.
func isMeasure(name string) bool {
	return slices.ContainsFunc(dispute.Measures(), func(q dispute.Question) bool { return q.Name == name })
}

// measureActions are one action a measure of the network. Its table is a list of answers, and while
// that is on show the nodes of the canvas are sized by it.
func measureActions() []Action {
	var list []Action
	for _, q := range dispute.Measures() {
		list = append(list, Action{Name: askAction + q.Name, Menu: "ask", Ready: withGraph, Do: func(e *Editor) { e.Ask(q.Name, "") }})
	}
	return list
}

// followMeasure sizes or colours the nodes by the measure whose list is on show, or as ever again.
func (e *Editor) followMeasure() {
	sizes, clusters := e.measured(), e.clustered()
	if maps.Equal(sizes, e.sizes) && maps.Equal(clusters, e.clusters) {
		return
	}
	e.sizes, e.clusters = sizes, clusters
	e.rebuildScene()
}

// clustered returns the number of the cluster of every entity, the largest 1; nil when no clusters are on show.
func (e *Editor) clustered() map[graphstore.ID]int {
	var clusters map[graphstore.ID]int
	for _, f := range e.Answers().Results {
		c, ok := f.Result.(*dispute.Cluster)
		if !ok {
			return nil
		}
		if clusters == nil {
			clusters = map[graphstore.ID]int{}
		}
		for _, id := range c.Entities {
			clusters[id] = c.Number
		}
	}
	return clusters
}

// measured returns the share of every entity in the largest value of the measure on show, by its square root so
// that the area of a node tells the value; nil when no measure is on show.
func (e *Editor) measured() map[graphstore.ID]float32 {
	var sizes map[graphstore.ID]float32
	top := 0.0
	for _, f := range e.Answers().Results {
		m, ok := f.Result.(*dispute.Measured)
		if !ok {
			return nil
		}
		if sizes == nil {
			sizes, top = map[graphstore.ID]float32{}, m.Value // the first is the largest
		}
		if top > 0 && m.Value > 0 {
			sizes[m.Entity] = float32(math.Sqrt(m.Value / top))
		}
	}
	return sizes
}
