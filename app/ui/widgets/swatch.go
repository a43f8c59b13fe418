package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"

	"caveat/graphstore"
)

// Swatch returns a small mark in a colour: the outline of a node's kind, so
// that a row of the panel looks like the node on the canvas.
func Swatch(shape graphstore.Shape, hex string) fyne.Resource {
	c := parseColor(hex)
	fill := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	body := `<circle cx="8" cy="8" r="6"`
	switch shape {
	case graphstore.ShapeSquare:
		body = `<rect x="2.5" y="2.5" width="11" height="11" rx="2.5"`
	case graphstore.ShapeDiamond:
		body = `<path d="M8 1 L15 8 L8 15 L1 8 Z"`
	case graphstore.ShapePage:
		body = `<path d="M3 1.5 H10 L13 4.5 V14.5 H3 Z"`
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">` + body + ` fill="` + fill + `"/></svg>`
	return fyne.NewStaticResource("swatch-"+string(shape)+"-"+fill[1:]+".svg", []byte(svg))
}

// Bar returns a flat upright mark in a colour, the sign of a position.
func Bar(hex string) fyne.Resource {
	c := parseColor(hex)
	fill := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><rect x="6" y="1" width="4" height="14" rx="1.5" fill="` + fill + `"/></svg>`
	return fyne.NewStaticResource("bar-"+fill[1:]+".svg", []byte(svg))
}
