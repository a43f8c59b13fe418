package editor

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/app/scene"
	"caveat/app/words"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// askSample asks about the whole Kaspersky case.
func askSample(t *testing.T, question string) *desk {
	t.Helper()
	d := openSample(t)
	d.Ask(question, "")
	d.settleAll()
	if a := d.Answers(); a.Question != question || !a.Fresh || len(a.Results) == 0 {
		t.Fatalf("asked %s: %q, fresh %v, %d results; %+v", question, a.Question, a.Fresh, len(a.Results), d.Message())
	}
	return d
}

func TestEveryQuestionIsAnswered(t *testing.T) {
	d := openSample(t)
	for _, q := range dispute.Questions() {
		d.Ask(q.Name, "")
		d.settleAll()
		a := d.Answers()
		if a.Question != q.Name || !a.Fresh || d.Message().Err != nil {
			t.Fatalf("%s: %q, fresh %v, %v", q.Name, a.Question, a.Fresh, d.Message().Err)
		}
		telling := 0
		for i, r := range a.Results {
			if r.Told().Why == "" || r.Told().Question != q.Name {
				t.Errorf("%s %d: no sentence: %+v", q.Name, i, r.Told())
			}
			if r.Change != "" && q.Name != whatIf {
				t.Errorf("%s %d changed though nothing is left out", q.Name, i)
			}
			if r.Group != "" && i > 0 && a.Results[i-1].Group != r.Group {
				for _, before := range a.Results[:i-1] {
					if before.Group == r.Group {
						t.Errorf("%s: the group %q is in two parts", q.Name, r.Group)
					}
				}
			}
			if countsInMenu(r) {
				telling++
			}
		}
		if n, known := d.AnswerCount(q.Name); q.Name != whatIf && !q.Off && (!known || n != telling) {
			t.Errorf("%s: the menu counts %d (%v), the list has %d", q.Name, n, known, telling)
		}
	}
}

func mustWords(t *testing.T, lang string) *words.Table {
	t.Helper()
	w, err := words.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func countsInMenu(f Found) bool { return telling(f.Result) }

func TestAnAnswerIsDrawnAndTheRestFades(t *testing.T) {
	d := askSample(t, "contradictions")
	at := slices.IndexFunc(d.Answers().Results, func(f Found) bool { return len(d.HiddenOf(0)) == 0 && f.Group != "" })
	d.ShowAnswer(at)
	d.settleAll()
	lit := d.Look(1000, 700, 1).Highlight.IDs()
	fades := func(id graphstore.ID) bool { return id != "" && !slices.Contains(lit, id) }
	for _, id := range d.Answers().Results[at].Told().Claims {
		c := d.Graph().Claim(id)
		if fades(id) || fades(c.Subject) || fades(c.Object.ID) || fades(c.Speaker) {
			t.Errorf("%s or one of its ends fades", id)
		}
		for _, end := range []graphstore.ID{c.Subject, c.Object.ID} {
			if !d.onCanvas(end) {
				t.Errorf("%s is off the canvas", end)
			}
		}
	}
	if len(lit) > d.Scene().Len()/2 || d.Answers().Shown != at {
		t.Errorf("%d lit, shown %d", len(lit), d.Answers().Shown)
	}
	d.StepAnswer(1)
	if d.Answers().Shown != at+1 {
		t.Errorf("the next answer is %d", d.Answers().Shown)
	}
	d.Escape()
	d.settleAll()
	if d.Look(1, 1, 1).Highlight != nil || d.Answers().Shown != -1 || len(d.Answers().Results) == 0 {
		t.Error("Escape does not let everything shine again, or drops the answers")
	}
}

func TestAnEditAsksAgain(t *testing.T) {
	d := askSample(t, "contradictions")
	before := d.Answers()
	count, _ := d.AnswerCount("contradictions")
	d.ShowAnswer(0)
	keep := identity(before.Results[0].Result)
	gone := slices.IndexFunc(before.Results, func(f Found) bool {
		return !slices.Contains(before.Results[0].Told().Claims, f.Told().Claims[1])
	})
	claim := before.Results[gone].Told().Claims[1]
	if err := d.Delete(claim); err != nil {
		t.Fatal(err)
	}
	if d.Answers().Fresh {
		t.Error("answers of before the edit pass for fresh")
	}
	d.settleAll()
	after := d.Answers()
	if !after.Fresh || len(after.Results) >= len(before.Results) {
		t.Errorf("fresh %v, %d answers before, %d after", after.Fresh, len(before.Results), len(after.Results))
	}
	for _, f := range after.Results {
		if slices.Contains(f.Told().Claims, claim) {
			t.Error("an answer still rests on the deleted claim")
		}
	}
	if after.Shown < 0 || identity(after.Results[after.Shown].Result) != keep {
		t.Errorf("the answer on show was lost: %d", after.Shown)
	}
	if n, known := d.AnswerCount("contradictions"); !known || n >= count {
		t.Errorf("the menu counts %d (%v), before %d", n, known, count)
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if !slices.EqualFunc(d.Answers().Results, before.Results, func(a, b Found) bool { return identity(a.Result) == identity(b.Result) }) {
		t.Error("undo does not bring the answers back")
	}
}

func TestMovingANodeAsksNothing(t *testing.T) {
	d := askSample(t, "contradictions")
	serial := d.asking.lists[0].found
	id := d.node("BSI")
	d.drag(d.at(id), d.at(id).Add(d.at(id)).Mul(0.6), Primary, 0)
	if !d.Answers().Fresh || &serial[0] != &d.asking.lists[0].found[0] {
		t.Error("a place on the canvas made the answers old")
	}
}

func TestLeavingOutSaysWhatDisappears(t *testing.T) {
	d := askSample(t, "contradictions")
	before := len(d.Answers().Results)
	speaker := d.Graph().Claim(d.Answers().Results[0].Told().Claims[0]).Speaker
	d.LeaveOut(speaker)
	d.settleAll()
	a := d.Answers()
	drops := 0
	for _, f := range a.Results {
		said := slices.ContainsFunc(f.Told().Claims[:2], func(id graphstore.ID) bool { return d.Graph().Claim(id).Speaker == speaker })
		if said && f.Change != Disappears {
			t.Errorf("%s stays though its speaker is left out", f.Told().Why)
		}
		if f.Change == Disappears {
			drops++
		}
	}
	if drops == 0 || len(a.Results) < before {
		t.Errorf("%d of %d disappear; %d before", drops, len(a.Results), before)
	}
	if n, _ := d.AnswerCount("contradictions"); n != len(a.Results)-drops {
		t.Errorf("the menu counts %d, %d stay", n, len(a.Results)-drops)
	}
	if !slices.Equal(d.LeftOut(), []graphstore.ID{speaker}) {
		t.Errorf("left out: %v", d.LeftOut())
	}
	d.TakeBack(speaker)
	d.settleAll()
	if a := d.Answers(); len(a.Results) != before || slices.ContainsFunc(a.Results, func(f Found) bool { return f.Change != "" }) {
		t.Error("taking back does not restore the answers")
	}
}

func TestPinnedListsStay(t *testing.T) {
	d := askSample(t, "contradictions")
	d.Ask("circular", "")
	d.settleAll()
	if lists, _ := d.AnswerLists(); len(lists) != 1 || lists[0].Question != "circular" {
		t.Fatalf("an unpinned list stays: %d", len(lists))
	}
	d.PinAnswers(true)
	id := d.node("BSI")
	d.Ask("contradictions", id)
	d.settleAll()
	lists, at := d.AnswerLists()
	if len(lists) != 2 || at != 1 || lists[1].Entity != id || !lists[0].Pinned {
		t.Fatalf("lists %+v, at %d", lists, at)
	}
	for _, f := range lists[1].Results {
		if !strings.Contains(f.Told().Why, "BSI") && !strings.Contains(f.Told().Why, "Federal") {
			t.Logf("about the BSI: %s", f.Told().Why)
		}
	}
	d.Ask("circular", "") // asked already: its list comes back
	d.settleAll()
	if lists, at := d.AnswerLists(); len(lists) != 2 || at != 0 {
		t.Errorf("%d lists, at %d", len(lists), at)
	}
	d.ClearAnswers()
	d.ClearAnswers()
	if a := d.Answers(); a.Question != "" || a.Shown != -1 {
		t.Errorf("cleared: %+v", a)
	}
	d.settleAll()
}

func TestQuestionsNameTheSelectedEntity(t *testing.T) {
	d := openSample(t)
	action := Actions()[slices.IndexFunc(Actions(), func(a Action) bool { return a.Name == "ask-contradictions" })]
	if got := d.ActionTitle(action); got != "Who disagrees?" {
		t.Errorf("%q", got)
	}
	whole, _ := d.AnswerCount("contradictions")
	d.Select(d.node("ACN"))
	d.settleAll()
	if got := d.ActionTitle(action); got != "Who disagrees about ACN?" {
		t.Errorf("%q", got)
	}
	if n, known := d.AnswerCount("contradictions"); !known || n >= whole {
		t.Errorf("%d answers about ACN (%v), %d in all", n, known, whole)
	}
	action.Do(d.Editor)
	d.settleAll()
	if a := d.Answers(); a.Entity != d.node("ACN") {
		t.Errorf("asked about %q", a.Entity)
	}
}

func TestLanguageAsksAgain(t *testing.T) {
	d := askSample(t, "contradictions")
	english := d.Answers().Results[0].Told().Why
	w := mustWords(t, "nl")
	d.SetWords(w)
	d.settleAll()
	if a := d.Answers(); !a.Fresh || a.Results[0].Told().Why == english {
		t.Errorf("still %q", a.Results[0].Told().Why)
	}
}

func TestClosingTheCaseForgetsItsAnswers(t *testing.T) {
	d := askSample(t, "contradictions")
	d.LeaveOut(d.node("BSI"))
	if err := d.CloseCase(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	d.OpenSample("huawei")
	d.settleAll()
	if a := d.Answers(); a.Question != "" || len(d.LeftOut()) > 0 {
		t.Errorf("another case has answers of the one before: %+v, %v", a, d.LeftOut())
	}
}

func TestExportedAnswersReadBack(t *testing.T) {
	d := askSample(t, "contradictions")
	speaker := d.Graph().Claim(d.Answers().Results[0].Told().Claims[0]).Speaker
	d.LeaveOut(speaker)
	d.settleAll()
	a := d.Answers()
	dir := t.TempDir()
	lines, table := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "a.csv")
	d.ExportAnswers(lines)
	d.settleAll()
	d.ExportAnswers(table)
	d.settleAll()
	raw, err := os.ReadFile(lines)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	for i, f := range a.Results {
		var got struct {
			dispute.Contradiction
			LeftOut Change `json:"left_out"`
		}
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if identity(&got.Contradiction) != identity(f.Result) || got.Why != f.Told().Why || got.LeftOut != f.Change {
			t.Errorf("line %d: %+v", i, got)
		}
	}
	if dec.More() {
		t.Error("more lines than answers")
	}
	raw, err = os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	why, out, claims := slices.Index(rows[0], "why"), slices.Index(rows[0], "left_out"), slices.Index(rows[0], "claims")
	if len(rows) != len(a.Results)+1 || why < 0 || out < 0 {
		t.Fatalf("%d rows, columns %q", len(rows), rows[0])
	}
	for i, f := range a.Results {
		var ids []string
		for _, id := range f.Told().Claims {
			ids = append(ids, string(id))
		}
		if row := rows[i+1]; row[why] != f.Told().Why || row[out] != string(f.Change) || row[claims] != strings.Join(ids, "; ") {
			t.Errorf("row %d: %q", i, row)
		}
	}
	d.ExportAnswers(filepath.Join(table, "below-a-file.csv"))
	d.settleAll()
	if d.Message().Err == nil {
		t.Error("an export that cannot be written is not told")
	}
}

// TestAnExportedSheetHasTheAnswersKeptAndOnShow holds for a page that is text: SVG.
func TestAnExportedSheetHasTheAnswersKeptAndOnShow(t *testing.T) {
	d := askSample(t, "contradictions")
	d.PinAnswers(true)
	d.Ask("values", "")
	d.settleAll()
	lists, _ := d.AnswerLists()
	if len(lists) != 2 || len(lists[0].Results) == 0 || len(lists[1].Results) == 0 {
		t.Fatalf("%d lists", len(lists))
	}
	page := func(o ExportOptions) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "a.svg")
		d.Export(path, o)
		d.settleAll()
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("%v; %+v", err, d.Message())
		}
		return wordsOf(string(raw))
	}
	with, bare := page(ExportOptions{Answers: true}), page(ExportOptions{})
	for _, l := range lists {
		for _, want := range []string{d.QuestionTitle(l.Question, l.Entity), l.Results[0].Told().Why, l.Results[len(l.Results)-1].Told().Why} {
			if !strings.Contains(with, letters(want)) {
				t.Errorf("the page lacks %q", want)
			}
			if strings.Contains(bare, letters(want)) {
				t.Errorf("%q is on a page without answers", want)
			}
		}
	}
	d.PinAnswers(false)
	d.UseAnswers(0)
	d.LeaveOut(d.node("BSI"))
	d.settleAll()
	if with = page(ExportOptions{Answers: true}); !strings.Contains(with, letters(d.Words().Say("report.left-out", "names", ""))+"BSI") {
		t.Error("the page does not say what is left out")
	}
	if strings.Contains(with, letters(d.QuestionTitle("values", ""))) {
		t.Error("the page has a list that is neither kept nor on show")
	}
}

func TestNoAnswersArePrintedWhereNothingWasAsked(t *testing.T) {
	d := openSample(t)
	if l := d.PrintedAnswers(); l != nil {
		t.Errorf("%+v", l)
	}
}

// wordsOf returns the letters of an XML document's texts, breaks of lines left out.
func wordsOf(doc string) string {
	var b strings.Builder
	for dec := xml.NewDecoder(strings.NewReader(doc)); ; {
		tok, err := dec.Token()
		if err != nil {
			return letters(b.String())
		}
		if text, ok := tok.(xml.CharData); ok {
			b.Write(text)
		}
	}
}

// letters returns s without spaces.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

func TestATimelineIsDrawnAsLanesAndExported(t *testing.T) {
	d := askSample(t, "timeline")
	c := d.Chart(700, 1, 0)
	if c == nil || c.Frame.Size.X != 700 {
		t.Fatal("no lanes")
	}
	for i := range d.Answers().Results {
		b, drawn := c.Box(i)
		if !drawn {
			continue
		}
		if at, ok := c.At(b.Center()); !ok || identity(d.Answers().Results[at].Result) == "" {
			t.Errorf("answer %d is not hit", i)
		}
	}
	dir := t.TempDir()
	for format, start := range map[string]string{"png": "\x89PNG", "svg": "<?xml", "pdf": "%PDF"} {
		path := filepath.Join(dir, "lanes."+format)
		d.ExportAnswers(path)
		d.settleAll()
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(start)) && !bytes.HasPrefix(b, []byte("<svg")) {
			t.Errorf("%s: %v, %q, %v", format, err, b[:min(len(b), 20)], d.Message().Err)
		}
	}
	d.Ask("circular", "")
	d.settleAll()
	if d.Chart(700, 1, 0) != nil || !slices.Equal(d.AnswerFormats(), []string{"csv", "jsonl"}) {
		t.Error("circles have lanes")
	}
}

func TestWhatTheViewHidesOfAnAnswerIsBroughtIn(t *testing.T) {
	d := askSample(t, "jurisdiction")
	at := slices.IndexFunc(d.Answers().Results, func(f Found) bool {
		return slices.ContainsFunc(f.Told().Claims, func(id graphstore.ID) bool { _, drawn := d.Scene().EdgeOf(id); return !drawn })
	})
	if at < 0 {
		t.Fatal("the opening view hides nothing")
	}
	d.ShowAnswer(at)
	d.settleAll()
	if len(d.HiddenOf(at)) == 0 {
		t.Fatal("an answer with hidden claims has nothing hidden")
	}
	before := d.View()
	if err := d.RevealAnswer(at); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if left := d.HiddenOf(at); len(left) > 0 || d.Answers().Shown != at {
		t.Errorf("still hidden: %v; shown %d", left, d.Answers().Shown)
	}
	for _, id := range d.Answers().Results[at].Told().Claims {
		if _, drawn := d.Scene().EdgeOf(id); !drawn && d.Graph().Claim(id).Object.ID != "" {
			t.Errorf("%s is not drawn", id)
		}
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if !slices.Equal(d.View().Hide.Predicates, before.Hide.Predicates) || !slices.Equal(d.View().Only, before.Only) {
		t.Error("undo does not bring the view back")
	}
}

// fills returns the fill colours of the marks on the canvas, by how many have them.
func (d *desk) fills() map[string]int {
	out := map[string]int{}
	for _, m := range d.Scene().Frame(d.Look(1000, 700, 1)).Marks {
		out[fmt.Sprint(m.Fill)]++
	}
	return out
}

func TestClustersColourTheNodesWhileTheirTableIsOnShow(t *testing.T) {
	d := openSample(t)
	before := d.fills()
	d.Ask("communities", "")
	d.settleAll()
	during := d.fills()
	if maps.Equal(before, during) {
		t.Error("the colours do not follow the clusters")
	}
	if len(during) > scene.MaxClusters+len(before) {
		t.Errorf("%d colours", len(during))
	}
	d.ClearAnswers()
	d.settleAll()
	if !maps.Equal(d.fills(), before) {
		t.Error("the colours stay after the table is gone")
	}
}

func TestMeasureSizesTheNodesWhileItsTableIsOnShow(t *testing.T) {
	d := openSample(t)
	radii := func() map[graphstore.ID]float32 {
		out := map[graphstore.ID]float32{}
		for i := range int32(d.Scene().Len()) {
			out[d.Scene().ID(i)] = d.Scene().Radius(i)
		}
		return out
	}
	before := radii()
	for _, q := range dispute.Measures() {
		d.Ask(q.Name, "")
		d.settleAll()
		a := d.Answers()
		if a.Question != q.Name || len(a.Results) == 0 || !a.Fresh {
			t.Fatalf("%s: %d results, fresh %v", q.Name, len(a.Results), a.Fresh)
		}
		if top, ok := a.Results[0].Result.(*dispute.Measured); ok {
			n, shown := d.Scene().Node(top.Entity)
			if !shown {
				t.Fatalf("%s: the first, %s, is not shown", q.Name, top.Entity)
			}
			for i := range int32(d.Scene().Len()) {
				if d.Scene().Radius(i) > d.Scene().Radius(n) {
					t.Errorf("%s: %s is drawn larger than the first", q.Name, d.Scene().ID(i))
				}
			}
		} else if !maps.Equal(radii(), before) {
			t.Errorf("%s changes the sizes of nodes", q.Name)
		} else if fills := d.fills(); len(fills) < 2 {
			t.Errorf("%s colours all nodes alike: %v", q.Name, fills)
		}
	}
	d.Ask("pagerank", "")
	d.settleAll()
	if maps.Equal(radii(), before) {
		t.Error("sizes do not follow the measure")
	}
	d.ClearAnswers()
	d.settleAll()
	if !maps.Equal(radii(), before) {
		t.Error("sizes stay after the table is gone")
	}
}
