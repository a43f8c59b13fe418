package panel

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// LegendRows explain the positions and the kinds of line that occur in g.
func (d *Desk) LegendRows(g *graphstore.Graph) []fyne.CanvasObject {
	occurs := map[graphstore.Position]bool{}
	var unsourced, past, onClaim, inferred bool
	for c := range g.Claims() {
		if c.Position != nil {
			occurs[*c.Position] = true
		}
		unsourced = unsourced || c.Unsourced()
		onClaim = onClaim || g.Claim(c.Object.ID) != nil
		past = past || g.Status(c, d.Now()) != graphstore.StatusCurrent
		for _, t := range c.Tags {
			inferred = inferred || t == "inferred"
		}
	}
	var out []fyne.CanvasObject
	row := func(text string, mark fyne.Resource) {
		i := widgets.NewItem(text)
		i.Mark, i.Tight = mark, true
		out = append(out, i)
	}
	for _, p := range g.Schema().Positions {
		if occurs[p.Value] {
			row(p.Label.In(d.lang()), d.positionMark(&p.Value))
		}
	}
	ink := "#6b7280"
	if d.Dark() {
		ink = "#a2a9b2"
	}
	for _, l := range []struct {
		on        bool
		key, dash string
	}{{past, "legend.past", "4 2.5"}, {inferred, "legend.inferred", "1.5 2.5"}, {onClaim, "legend.on-claim", "="}, {unsourced, "legend.unsourced", ">"}} {
		if l.on {
			row(d.say(l.key), lineMark(ink, l.dash))
		}
	}
	return out
}

// DrawingLegend explains what is drawn of an edge list: its kinds of node, and what dots and darkness mean
// where it is too large to show each node and edge.
func (d *Desk) DrawingLegend(s *scene.Scene) []fyne.CanvasObject {
	w := d.words()
	var out []fyne.CanvasObject
	row := func(text, trail string, mark fyne.Resource) {
		i := widgets.NewItem(text)
		i.Mark, i.Trail, i.Tight = mark, trail, true
		out = append(out, i)
	}
	dots, density := s.DrawnByDensity()
	theme := d.Editor.Theme()
	kinds, other := s.KindCounts(), "legend.kind-other"
	if d.Editor.DrawnCommunities() {
		other = "legend.community-other"
	}
	for _, k := range kinds {
		if k.Kind != nil {
			row(k.Kind.Label.In(d.lang()), w.Number(k.Nodes), d.kindMark(k.Kind))
		} else {
			row(d.say(other), w.Number(k.Nodes), widgets.Swatch(graphstore.ShapeDisc, d.nodeColor()))
		}
	}
	if len(kinds) == 0 {
		row(d.say("legend.node"), w.Number(s.Len()), widgets.Swatch(graphstore.ShapeDisc, d.nodeColor()))
	}
	row(d.say("legend.edge"), w.Number(s.EdgeCount()), lineMark(hex(theme.Muted), ""))
	if dots {
		row(d.say("legend.dots"), "", nil)
	}
	if density && d.Dark() {
		row(d.say("legend.density-dark"), "", nil)
	} else if density {
		row(d.say("legend.density"), "", nil)
	}
	return out
}

// nodeColor is the colour of nodes without a kind.
func (d *Desk) nodeColor() string { return hex(d.Editor.Theme().Kindless(d.Editor.Scene())) }

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// lineMark is a small picture of a line: dashes, "=" a double line, ">" a hollow arrow.
func lineMark(ink, dash string) fyne.Resource {
	body := fmt.Sprintf(`<path d="M0 8 H16" stroke="%s" stroke-width="2" stroke-dasharray="%s" fill="none"/>`, ink, dash)
	switch dash {
	case "=":
		body = fmt.Sprintf(`<path d="M0 6 H16 M0 10 H16" stroke="%s" stroke-width="1.6" fill="none"/>`, ink)
	case ">":
		body = fmt.Sprintf(`<path d="M0 8 H8 M8 3.5 L15 8 L8 12.5 Z" stroke="%s" stroke-width="1.5" fill="none"/>`, ink)
	}
	name := map[string]string{"=": "double", ">": "hollow", "4 2.5": "dashed", "1.5 2.5": "dotted"}[dash]
	return fyne.NewStaticResource("line-"+name+ink[1:]+".svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">`+body+`</svg>`))
}
