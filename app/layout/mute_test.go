package layout

import (
	"slices"
	"testing"

	"caveat/app/geom"
)

// TestMutedStepsEndAlike steps every engine with and without places on the way: the end is the same.
func TestMutedStepsEndAlike(t *testing.T) {
	const n = 3000
	p := &Problem{N: n, Seed: 1, Shape: DefaultShape, Group: make([]int32, n)}
	for i := int32(1); i < n; i++ {
		p.Edges = append(p.Edges, [2]int32{i / 3, i}, [2]int32{i - 1, i})
		p.Group[i] = i % 3
	}
	for _, name := range Names() {
		var ends [2][]geom.Point
		for k := range ends {
			e, err := New(name, p)
			if err != nil {
				t.Fatal(err)
			}
			m, ok := e.(Muter)
			if !ok {
				t.Fatalf("%s cannot be muted", name)
			}
			m.Mute(k == 1)
			pos := make([]geom.Point, n)
			for e.Step(p, pos) {
			}
			ends[k] = pos
		}
		if !slices.Equal(ends[0], ends[1]) {
			t.Errorf("%s: other places where nobody looks", name)
		}
	}
}
