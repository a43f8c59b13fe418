package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Prose is running text that wraps at its width and takes no more room than
// it needs.
type Prose struct {
	widget.BaseWidget

	Text  string
	Color fyne.ThemeColorName
	Small bool
	Large bool
	Bold  bool
	Line  bool   // one line, cut with an ellipsis
	Role  string // for tests: "text" or "error"
	Inset float32
}

// NewProse returns running text.
func NewProse(text string, color fyne.ThemeColorName) *Prose {
	p := &Prose{Text: text, Color: color, Role: "text", Inset: ItemPad}
	p.ExtendBaseWidget(p)
	return p
}

// Say changes the text.
func (p *Prose) Say(text string) {
	if p.Text != text {
		p.Text = text
		p.Refresh()
	}
}

// Parts reports the text.
func (p *Prose) Parts() []Part {
	if p.Text == "" {
		return nil
	}
	return []Part{{Role: p.Role, Text: p.Text, Size: p.Size()}}
}

func (p *Prose) size() float32 {
	switch {
	case p.Small:
		return theme.Size(theme.SizeNameCaptionText)
	case p.Large:
		return theme.Size(theme.SizeNameSubHeadingText)
	}
	return theme.Size(theme.SizeNameText)
}

// Lines returns text as so many lines of an item as it takes to read all of it in a width.
func Lines(text string, width float32) []Line {
	var out []Line
	for _, l := range Wrap(text, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{}, width) {
		out = append(out, Line{Text: l})
	}
	return out
}

// Wrap breaks text into lines of at most width w; words that are longer are broken too.
func Wrap(text string, size float32, style fyne.TextStyle, w float32) []string {
	var lines []string
	for _, par := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(par) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if measure(next, size, style) <= w {
				line = next
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			r := []rune(word)
			for len(r) > 1 && measure(string(r), size, style) > w {
				n := len(r) - 1
				for n > 1 && measure(string(r[:n]), size, style) > w {
					n--
				}
				lines, r = append(lines, string(r[:n])), r[n:]
			}
			word = string(r)
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

// CreateRenderer draws the text.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return &proseRenderer{p: p}
}

type proseRenderer struct {
	p       *Prose
	width   float32
	made    string
	objects []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *proseRenderer) Destroy() {}

// Objects returns the lines.
func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is the height at the last width.
func (r *proseRenderer) MinSize() fyne.Size {
	if r.p.Text == "" {
		return fyne.NewSize(0, 0)
	}
	if r.made != r.p.Text {
		r.fill()
	}
	if r.p.Line {
		return fyne.NewSize(measure(r.p.Text, r.p.size(), fyne.TextStyle{Bold: r.p.Bold})+2*r.p.Inset, r.p.size()*1.38+2*ItemPadY)
	}
	return fyne.NewSize(40, float32(max(len(r.objects), 1))*r.p.size()*1.38+2*ItemPadY)
}

// Layout wraps anew where the width changed.
func (r *proseRenderer) Layout(s fyne.Size) {
	if s.Width != r.width || r.made != r.p.Text {
		r.width = s.Width
		r.fill()
	}
}

func (r *proseRenderer) fill() {
	w := r.width
	if w == 0 {
		w = 240
	}
	r.made = r.p.Text
	r.objects = r.objects[:0]
	style := fyne.TextStyle{Bold: r.p.Bold}
	var lines []string
	if r.p.Line {
		lines = []string{Elide(r.p.Text, r.p.size(), style, w-2*r.p.Inset+.5)}
	} else {
		lines = Wrap(r.p.Text, r.p.size(), style, w-2*r.p.Inset)
	}
	for k, line := range lines {
		t := canvas.NewText(line, Themed(r.p.Color))
		t.TextSize, t.TextStyle = r.p.size(), style
		t.Move(fyne.NewPos(r.p.Inset, ItemPadY+float32(k)*r.p.size()*1.38))
		t.Resize(t.MinSize())
		r.objects = append(r.objects, t)
	}
}

// Refresh takes over text and theme.
func (r *proseRenderer) Refresh() {
	r.fill()
	canvas.Refresh(r.p)
}
