package ui

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
)

// statusBar says what the case holds, whether it is saved, and what runs.
type statusBar struct {
	w            *Window
	root         fyne.CanvasObject
	left, middle *widgets.Prose
	right        *widgets.Prose
	job          *fyne.Container
	jobText      *widgets.Prose
	bar          *widget.ProgressBar
	spin         *widget.ProgressBarInfinite
	cancel       *widgets.Button
	shownJob     string
}

// jobDelay is how long work may take before it shows.
const jobDelay = 300 * time.Millisecond

// messageTime is how long a message stays in the status bar.
const messageTime = 8 * time.Second

func newStatusBar(w *Window) *statusBar {
	text := func() *widgets.Prose {
		p := widgets.NewProse("", widgets.ColorDim)
		p.Small, p.Line = true, true
		return p
	}
	s := &statusBar{w: w, left: text(), middle: text(), right: text(), jobText: text()}
	s.bar, s.spin = widget.NewProgressBar(), widget.NewProgressBarInfinite()
	s.spin.Stop()
	s.bar.TextFormatter = func() string { return fmt.Sprintf("%d %%", int(s.bar.Value*100)) }
	s.cancel = widgets.NewButton("", func() {
		if s.shownJob == "" {
			w.run("redraw")
			return
		}
		w.editor.CancelJob(s.shownJob)
	})
	s.cancel.Importance = widget.LowImportance
	s.job = container.New(jobLayout{}, s.jobText, s.bar, s.spin, s.cancel)
	s.job.Hide()
	s.root = widgets.NewGround(widgets.ColorPanel, container.New(statusLayout{}, s.left, s.middle, s.job, s.right))
	return s
}

// refresh shows how things stand.
func (s *statusBar) refresh() {
	s.left.Say(s.counts())
	s.right.Say(s.saved())
	s.message()
	s.jobs()
	s.root.(*widgets.Ground).Content.Refresh()
}

func (s *statusBar) counts() string {
	w := s.w.words()
	c := s.w.editor.Case()
	if c == nil {
		return ""
	}
	st := s.w.editor.Status()
	parts := []string{w.Count("status.entities", st.Entities), w.Count("status.claims", st.Claims)}
	if st.Drawing {
		parts = []string{w.Say("drawing.counts", "nodes", w.Number(st.Entities), "edges", w.Number(st.Claims))}
	}
	if st.Disputed > 0 {
		parts = append(parts, w.Count("status.disputed", st.Disputed))
	}
	if st.Unsourced > 0 {
		parts = append(parts, w.Count("status.unsourced", st.Unsourced))
	}
	if hidden := st.Entities - st.Shown; hidden > 0 {
		parts = append(parts, w.Count("status.hidden", hidden))
	}
	return strings.Join(parts, "   ")
}

func (s *statusBar) saved() string {
	w := s.w.words()
	c := s.w.editor.Case()
	if c == nil {
		return ""
	}
	st := s.w.editor.Status()
	var parts []string
	switch {
	case st.Drawing:
		parts = append(parts, w.Say("status.drawing"))
	case st.ReadOnly:
		parts = append(parts, w.Say("status.readonly"))
	case st.Pending > 0:
		parts = append(parts, w.Say("status.saving"))
	case !st.SavedAt.IsZero():
		parts = append(parts, w.Say("status.saved", "time", st.SavedAt.Format("15:04")))
	}
	if c.Path != "" {
		parts = append(parts, filepath.Base(c.Path))
	}
	if st.LayoutTime >= 5*time.Millisecond { // less rounds to nothing
		parts = append(parts, w.Say("status.layout", "seconds", seconds(st.LayoutTime, w.Lang())))
	}
	return strings.Join(parts, "   ")
}

// seconds writes a time with one digit behind the point of the language.
func seconds(d time.Duration, lang string) string {
	t := fmt.Sprintf("%.1f", d.Seconds())
	if d < 100*time.Millisecond {
		t = fmt.Sprintf("%.2f", d.Seconds())
	}
	if lang != "en" {
		t = strings.Replace(t, ".", ",", 1)
	}
	return t
}

// message shows the last thing told for a while.
func (s *statusBar) message() {
	m := s.w.editor.Message()
	left := messageTime - time.Since(m.At)
	if m.Text == "" || left <= 0 {
		s.middle.Say("")
		return
	}
	s.middle.Color = theme.ColorNameForeground
	if m.Err != nil {
		s.middle.Color = widgets.ColorDisputed
	}
	s.middle.Say(m.Text)
	s.later(left)
}

// jobs shows what runs for longer than jobDelay, with a way to cancel it; else that drawing or figures are not of now, with a way to mend that.
func (s *statusBar) jobs() {
	var show *editor.Job
	for _, j := range s.w.editor.Jobs() {
		if wait := jobDelay - time.Since(j.Since); wait > 0 {
			s.later(wait)
			continue
		}
		show = &j
		break
	}
	if show == nil {
		s.shownJob = ""
		s.spin.Stop()
		text, button := "status.outdated", "action.redraw"
		switch {
		case s.w.editor.Outdated():
		case s.w.editor.Uncounted():
			text, button = "status.uncounted", "button.recount"
		default:
			s.job.Hide()
			return
		}
		s.spin.Hide()
		s.bar.Hide()
		s.jobText.Say(s.w.say(text))
		s.cancel.SetText(s.w.say(button))
		s.job.Show()
		return
	}
	s.shownJob = show.Kind
	s.jobText.Say(show.Title)
	s.cancel.SetText(s.w.say("button.cancel"))
	if show.Done < 0 {
		s.bar.Hide()
		s.spin.Show()
		s.spin.Start()
	} else {
		s.spin.Stop()
		s.spin.Hide()
		s.bar.SetValue(show.Done)
		s.bar.Show()
	}
	s.job.Show()
}

// later refreshes the bar again after a while.
func (s *statusBar) later(d time.Duration) {
	time.AfterFunc(d+5*time.Millisecond, func() {
		s.w.opts.Poster.Post(func() {
			if !s.w.closing {
				s.refresh()
				s.w.showCenter()
			}
		})
	})
}

// statusLayout puts counts at the left, the state at the right, a job beside it, and a message between.
type statusLayout struct{}

// Layout places them.
func (statusLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, middle, job, right := o[0], o[1], o[2], o[3]
	lw, rw, jw := left.MinSize().Width, right.MinSize().Width, float32(0)
	if job.Visible() {
		jw = min(360, s.Width/3)
	}
	rw = min(rw, s.Width/2)
	lw = min(lw, s.Width-rw-jw)
	left.Move(fyne.NewPos(0, 0))
	left.Resize(fyne.NewSize(lw, s.Height))
	right.Move(fyne.NewPos(s.Width-rw, 0))
	right.Resize(fyne.NewSize(rw, s.Height))
	job.Move(fyne.NewPos(s.Width-rw-jw, 0))
	job.Resize(fyne.NewSize(jw, s.Height))
	middle.Move(fyne.NewPos(lw+6, 0))
	middle.Resize(fyne.NewSize(max(0, s.Width-rw-jw-lw-6), s.Height))
}

// MinSize is one line.
func (statusLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 23) }

// jobLayout puts title, progress and cancel beside each other.
type jobLayout struct{}

// Layout places them.
func (jobLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	c := o[3].MinSize().Width
	bar := float32(96)
	if !o[1].Visible() && !o[2].Visible() {
		bar = 0
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(max(0, s.Width-c-bar-8), s.Height))
	for _, b := range o[1:3] {
		b.Move(fyne.NewPos(s.Width-c-bar-4, 4))
		b.Resize(fyne.NewSize(bar, s.Height-8))
	}
	o[3].Move(fyne.NewPos(s.Width-c, 0))
	o[3].Resize(fyne.NewSize(c, s.Height))
}

// MinSize is one line.
func (jobLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 22) }
