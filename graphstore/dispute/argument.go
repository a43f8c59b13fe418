package dispute

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"caveat/graphstore"
)

// Label says whether an argument stands.
type Label string

// The labels of arguments.
const (
	In        Label = "in"        // every attack on it is defeated
	Out       Label = "out"       // an attack on it stands
	Undecided Label = "undecided" // neither can be shown
)

// Reason is one line of a defence tree: an argument, its label and the attackers that decide it.
type Reason struct {
	Claim graphstore.ID   `json:"claim"`
	Label Label           `json:"label"`
	By    []graphstore.ID `json:"by,omitempty"`
}

// Readings says in how many of the preferred readings of its component an undecided argument stands.
type Readings struct {
	In int `json:"in"`
	Of int `json:"of"`
}

// Argument is the status of one claim that attacks or is attacked.
type Argument struct {
	Answer
	Claim graphstore.ID `json:"claim"`
	Label Label         `json:"label"`
	// Attackers are the claims that attack it, sorted.
	Attackers []graphstore.ID `json:"attackers"`
	// Defence is the tree that decides it, the argument itself first; each claim once.
	Defence []Reason `json:"defence"`
	// Preferred is nil for decided arguments and for components of more than 30 undecided ones.
	Preferred *Readings `json:"preferred,omitempty"`
}

// Framework is an abstract argumentation framework: who attacks whom.
type framework struct {
	claims   []*graphstore.Claim // arguments, by id
	attacks  [][]int32           // whom each attacks
	attacked [][]int32           // by whom
}

// Arguments returns the status of every claim that attacks or is attacked,
// after Dung, "On the acceptability of arguments" (1995): the grounded labelling, in time linear in the attacks.
//
// A claim with an attacking predicate (disputes, rebuts, undercuts, overturns) attacks the claim
// it points at. Where it says so of a claim ("k21 rebuts k18") it stands only
// with that claim: what attacks k21 attacks it too (Baroni, Cerutti, Giacomin and Guida, "AFRA", 2011). A claim that its own
// speaker superseded or retracted attacks nothing. For undecided components of
// up to 30 arguments, preferred readings are counted.
func Arguments(ctx context.Context, c *Case) ([]*Argument, error) {
	f := newFramework(c)
	label, rank := grounded(f.attacks, f.attacked)
	preferred, err := readings(ctx, f.attacks, f.attacked, label)
	if err != nil {
		return nil, err
	}
	var out []*Argument
	for i, x := range f.claims {
		if !c.concerns(x) {
			continue
		}
		a := &Argument{Answer: Answer{Question: "arguments", Claims: []graphstore.ID{x.ID}}, Claim: x.ID, Label: label[i], Attackers: f.ids(f.attacked[i]), Preferred: preferred[int32(i)]}
		a.Defence = f.defence(int32(i), label, rank)
		for _, r := range a.Defence {
			for _, id := range append([]graphstore.ID{r.Claim}, r.By...) {
				if !slices.Contains(a.Claims, id) {
					a.Claims = append(a.Claims, id)
				}
			}
		}
		c.tellArgument(a)
		out = append(out, a)
	}
	return out, nil
}

func (f *framework) ids(list []int32) []graphstore.ID {
	out := make([]graphstore.ID, len(list))
	for i, n := range list {
		out[i] = f.claims[n].ID
	}
	return out
}

// newFramework collects the claims that attack or are attacked.
func newFramework(c *Case) *framework {
	ended := func(x *graphstore.Claim) bool {
		for by := range c.g.Uses(x.ID, graphstore.AsObject) {
			if (by.Predicate == graphstore.Supersedes || by.Predicate == graphstore.Retracts) && c.Counts(by) {
				return true
			}
		}
		return false
	}
	f := &framework{}
	number := map[graphstore.ID]int32{}
	attacker := map[graphstore.ID]bool{}
	for _, x := range c.claims {
		target := c.claim(x.Object.ID)
		if target == nil || !c.predicate(x).Attack || ended(x) {
			continue
		}
		if from := c.claim(x.Subject); from != nil && ended(from) {
			continue
		}
		attacker[x.ID] = true
		for _, y := range []*graphstore.Claim{x, target} {
			if _, seen := number[y.ID]; !seen {
				number[y.ID] = 0
				f.claims = append(f.claims, y)
			}
		}
	}
	slices.SortFunc(f.claims, func(a, b *graphstore.Claim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	for i, x := range f.claims {
		number[x.ID] = int32(i)
	}
	spoken := make([][]int32, len(f.claims)) // attacks made in the name of a claim
	for i, x := range f.claims {
		if from, ok := number[x.Subject]; ok && attacker[x.ID] {
			spoken[from] = append(spoken[from], int32(i))
		}
	}
	f.attacks, f.attacked = make([][]int32, len(f.claims)), make([][]int32, len(f.claims))
	for i, x := range f.claims {
		if !attacker[x.ID] {
			continue
		}
		on := number[x.Object.ID]
		for _, to := range append([]int32{on}, spoken[on]...) {
			f.attacks[i] = append(f.attacks[i], to)
			f.attacked[to] = append(f.attacked[to], int32(i))
		}
	}
	for i := range f.claims {
		slices.Sort(f.attacks[i])
		f.attacks[i] = slices.Compact(f.attacks[i])
		slices.Sort(f.attacked[i])
		f.attacked[i] = slices.Compact(f.attacked[i])
	}
	return f
}

// grounded returns the grounded labelling, and for each decided argument the
// round in which it was decided, which its reasons precede. The cost is linear in the attacks.
func grounded(attacks, attacked [][]int32) (label []Label, rank []int32) {
	n := len(attacks)
	label, rank = make([]Label, n), make([]int32, n)
	standing := make([]int, n) // attackers that are not out
	var queue []int32
	for i := range n {
		label[i], standing[i] = Undecided, len(attacked[i])
		if standing[i] == 0 {
			label[i] = In
			queue = append(queue, int32(i))
		}
	}
	for i := 0; i < len(queue); i++ {
		a := queue[i]
		for _, b := range attacks[a] {
			if label[b] != Undecided {
				continue
			}
			label[b], rank[b] = Out, rank[a]+1
			for _, d := range attacks[b] {
				if standing[d]--; standing[d] == 0 && label[d] == Undecided {
					label[d], rank[d] = In, rank[b]+1
					queue = append(queue, d)
				}
			}
		}
	}
	return label, rank
}

// defended bounds the lines of a defence tree.
const defended = 40

// defence lists what decides an argument: for one that is out an attacker that
// stands, decided first; for one that is in every attacker, and what defeats it; for one undecided the attackers that are.
func (f *framework) defence(i int32, label []Label, rank []int32) []Reason {
	var out []Reason
	seen := map[int32]bool{i: true}
	for queue := []int32{i}; len(queue) > 0 && len(out) < defended; queue = queue[1:] {
		n := queue[0]
		r := Reason{Claim: f.claims[n].ID, Label: label[n]}
		var by []int32
		switch label[n] {
		case In:
			by = f.attacked[n]
		case Out:
			for _, a := range f.attacked[n] {
				if label[a] == In && (by == nil || rank[a] < rank[by[0]]) {
					by = []int32{a}
				}
			}
		case Undecided:
			for _, a := range f.attacked[n] {
				if label[a] == Undecided {
					by = append(by, a)
				}
			}
		}
		r.By = f.ids(by)
		out = append(out, r)
		for _, a := range by {
			if !seen[a] && label[n] != Undecided {
				seen[a] = true
				queue = append(queue, a)
			}
		}
	}
	return out
}

func (c *Case) tellArgument(a *Argument) {
	s, ok := c.speech()
	if !ok {
		return
	}
	var lines []string
	for _, r := range a.Defence[1:] {
		if len(lines) == listed {
			break
		}
		key := "ask.arguments.line-" + string(r.Label)
		if len(r.By) == 0 {
			key = "ask.arguments.line-free"
		}
		lines = append(lines, s.Say(key, "claim", s.claim(r.Claim), "by", s.names(r.By)))
	}
	key := "ask.arguments." + string(a.Label)
	if len(a.Attackers) == 0 {
		key = "ask.arguments.free"
	}
	a.Why = strings.Join(append([]string{s.Say(key, "claim", s.claim(a.Claim), "by", s.names(a.Defence[0].By))}, lines...), " ")
	if p := a.Preferred; p != nil {
		a.Why += " " + s.Say("ask.arguments.preferred", "in", strconv.Itoa(p.In), "of", strconv.Itoa(p.Of))
	}
	a.Change = s.Say("ask.arguments.change-" + string(a.Label))
}
