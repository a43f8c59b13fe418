package plan

import (
	"cmp"
	"context"
	"slices"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/scene"
	"caveat/graphstore"
)

// The layouts that are another way of using an engine; a view names them like engines.
const (
	LayeredRight = "layered-right" // layers from left to right
	LanesCountry = "lanes-country"
)

// Layouts returns the names of all layouts in the order of a choice.
func Layouts() []string {
	return []string{"force", "layered", LayeredRight, "radial", "lanes", LanesCountry, "timeline", "circular", "grid"}
}

// Course is how a layout uses its engine.
type Course struct {
	Engine string
	flip   bool    // x and y exchanged
	wide   float32 // times as wide as the engine makes it: names are written from left to right
}

// CourseOf returns how a layout is made; one of a newer Caveat is made by force.
func CourseOf(name string) Course {
	switch name {
	case LayeredRight:
		return Course{"layered", true, 1.6}
	case "layered", "grid":
		return Course{name, false, 1.3}
	case "lanes", "timeline":
		return Course{name, false, 1.9}
	case LanesCountry:
		return Course{"lanes", false, 1.9}
	}
	if !slices.Contains(layout.Names(), name) {
		name = "force"
	}
	return Course{Engine: name, wide: 1}
}

// plain reports whether the engine's places are those of the drawing.
func (c Course) plain() bool { return !c.flip && c.wide == 1 }

// Prepared returns the problem as the engine is to see it.
func (c Course) Prepared(p *layout.Problem) *layout.Problem {
	if c.plain() || p.Start == nil {
		return p
	}
	q := *p
	q.Start = make([]geom.Point, len(p.Start))
	for i, at := range p.Start {
		at.X /= c.wide
		if c.flip {
			at.X, at.Y = at.Y, at.X
		}
		q.Start[i] = at
	}
	return &q
}

// Placed turns what the engine found into places of the drawing: those of pinned nodes are what they were.
func (c Course) Placed(p *layout.Problem, pos []geom.Point) []geom.Point {
	if c.plain() {
		return pos
	}
	out := make([]geom.Point, len(pos))
	for i, at := range pos {
		if c.flip {
			at.X, at.Y = at.Y, at.X
		}
		at.X *= c.wide
		if p.Pinned != nil && p.Pinned[i] && p.Start != nil {
			at = p.Start[i]
		}
		out[i] = at
	}
	return out
}

// Run makes a layout of Layouts to its end.
func Run(ctx context.Context, name string, p *layout.Problem, progress func(float64)) ([]geom.Point, error) {
	c := CourseOf(name)
	pos, err := layout.Run(ctx, c.Engine, c.Prepared(p), progress)
	return c.Placed(p, pos), err
}

// Laning says in which lane every node of a drawing is, -1 for the last, and how the lanes are called.
type Laning struct {
	Of     []int32
	Titles []string
}

// LaningOf returns the lanes of the view's layout: its groups, if it is grouped by something, else countries or kinds.
func LaningOf(s *scene.Scene, v *graphstore.View, g *graphstore.Graph, lang string) Laning {
	switch gr := s.Grouping(); {
	case gr != nil && v.Group != "" && v.Layout == "lanes":
		l := Laning{Of: make([]int32, s.Len())}
		for i := range l.Of {
			l.Of[i] = s.GroupOf(int32(i))
		}
		for i := range gr.Groups {
			l.Titles = append(l.Titles, gr.Groups[i].Label)
		}
		return l
	case v.Layout == LanesCountry:
		return countryLanes(s, g, lang)
	}
	return kindLanes(s, g, lang)
}

// kindLanes numbers the kinds in the order of the schema.
func kindLanes(s *scene.Scene, g *graphstore.Graph, lang string) Laning {
	var l Laning
	lane := map[graphstore.Kind]int32{}
	for i, k := range g.Schema().Kinds {
		lane[k.ID] = int32(i)
		title := k.Plural.In(lang)
		if title == "" {
			title = k.Label.In(lang)
		}
		l.Titles = append(l.Titles, title)
	}
	l.Of = make([]int32, s.Len())
	for i := range l.Of {
		l.Of[i] = -1
		if ent := g.Entity(s.ID(int32(i))); ent != nil {
			if n, ok := lane[ent.Kind]; ok {
				l.Of[i] = n
			}
		}
	}
	return l
}

// countryLanes numbers the countries, those of the most nodes first.
func countryLanes(s *scene.Scene, g *graphstore.Graph, lang string) Laning {
	l := Laning{Of: make([]int32, s.Len())}
	codes := make([]string, s.Len())
	count := map[string]int{}
	for i := range codes {
		if codes[i] = countryCode(g, g.Entity(s.ID(int32(i))), 0); codes[i] != "" {
			count[codes[i]]++
		}
	}
	var order []string
	for _, c := range codes {
		if n := count[c]; n > 0 {
			order = append(order, c)
		}
	}
	slices.SortFunc(order, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	order = slices.Compact(order)
	lane, names := map[string]int32{}, countryNames(g, lang)
	for i, c := range order {
		lane[c] = int32(i)
		title := c
		if n := names[c]; n != "" {
			title = n
		}
		l.Titles = append(l.Titles, title)
	}
	for i, c := range codes {
		l.Of[i] = -1
		if n, ok := lane[c]; ok {
			l.Of[i] = n
		}
	}
	return l
}

// countryNames returns the names of the jurisdictions that stand for a country, by its code.
func countryNames(g *graphstore.Graph, lang string) map[string]string {
	out := map[string]string{}
	for ent := range g.Entities() {
		if ent.Kind == "jurisdiction" && ent.Country != "" && out[ent.Country] == "" {
			out[ent.Country] = ent.Name(lang)
		}
	}
	return out
}

// countryCode returns the country of an entity: its own, else that of the place or the law it is under.
func countryCode(g *graphstore.Graph, ent *graphstore.Entity, steps int) string {
	const far = 8
	if ent == nil || steps > far || ent.Country != "" {
		if ent == nil {
			return ""
		}
		return ent.Country
	}
	for _, p := range []graphstore.Predicate{"located-in", "subject-to-law-of", "part-of"} {
		for c := range g.Uses(ent.ID, graphstore.AsSubject) {
			if c.Predicate != p {
				continue
			}
			if code := countryCode(g, g.Entity(c.Object.ID), steps+1); code != "" {
				return code
			}
		}
	}
	return ""
}
