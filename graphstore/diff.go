package graphstore

import "slices"

// Change is one record before and after: nil Before adds, nil After
// removes. Both nil is refused.
type Change[R any] struct {
	Before *R `json:"before,omitempty"`
	After  *R `json:"after,omitempty"`
}

// Cause says what brought a diff about; undo stacks are rebuilt from it.
type Cause string

// The causes of diffs.
const (
	CauseEdit Cause = "edit"
	CauseUndo Cause = "undo"
	CauseRedo Cause = "redo"
)

// Diff is one step from a Graph to the next: a set of changes that is
// applied whole or not at all. A record id occurs at most once in it.
type Diff struct {
	Title string `json:"title,omitempty"` // what the user did: "Add claim"
	By    string `json:"by,omitempty"`
	At    string `json:"at,omitempty"` // RFC 3339, UTC
	Cause Cause  `json:"cause,omitempty"`

	Header    *Change[Header]    `json:"header,omitempty"`
	Entities  []Change[Entity]   `json:"entities,omitempty"`
	Documents []Change[Document] `json:"documents,omitempty"`
	Claims    []Change[Claim]    `json:"claims,omitempty"`
	Views     []Change[View]     `json:"views,omitempty"`
	Foreign   []Change[Foreign]  `json:"foreign,omitempty"`
}

// Empty reports whether the diff changes nothing.
func (d *Diff) Empty() bool { return d.Header == nil && d.Len() == 0 }

// Len returns the number of records changed; the header does not count.
func (d *Diff) Len() int {
	return len(d.Entities) + len(d.Documents) + len(d.Claims) + len(d.Views) + len(d.Foreign)
}

// Inverse returns the diff that leads back.
func (d *Diff) Inverse() *Diff {
	inv := &Diff{Title: d.Title, By: d.By, At: d.At, Cause: d.Cause,
		Entities: invert(d.Entities), Documents: invert(d.Documents), Claims: invert(d.Claims),
		Views: invert(d.Views), Foreign: invert(d.Foreign)}
	if d.Header != nil {
		inv.Header = &Change[Header]{d.Header.After, d.Header.Before}
	}
	return inv
}

func invert[R any](cs []Change[R]) []Change[R] {
	out := slices.Clone(cs)
	for i, c := range out {
		out[i] = Change[R]{c.After, c.Before}
	}
	return out
}

// Add appends a change of whichever type the records have; either may be
// nil, not both. It panics if they differ in type, which is a programming error.
func (d *Diff) Add(before, after Record) {
	r := after
	if r == nil {
		r = before
	}
	switch r.(type) {
	case *Entity:
		d.Entities = append(d.Entities, change[Entity](before, after))
	case *Document:
		d.Documents = append(d.Documents, change[Document](before, after))
	case *Claim:
		d.Claims = append(d.Claims, change[Claim](before, after))
	case *View:
		d.Views = append(d.Views, change[View](before, after))
	case *Foreign:
		d.Foreign = append(d.Foreign, change[Foreign](before, after))
	}
}

func change[R any](before, after Record) Change[R] {
	var c Change[R]
	if before != nil {
		c.Before = any(before).(*R)
	}
	if after != nil {
		c.After = any(after).(*R)
	}
	return c
}

// Records calls f for every change, in canonical order of types.
func (d *Diff) Records(f func(before, after Record)) {
	each(d.Entities, f)
	each(d.Documents, f)
	each(d.Claims, f)
	each(d.Views, f)
	each(d.Foreign, f)
}

func each[R any, P interface {
	*R
	Record
}](cs []Change[R], f func(before, after Record)) {
	for _, c := range cs {
		var b, a Record
		if c.Before != nil {
			b = P(c.Before)
		}
		if c.After != nil {
			a = P(c.After)
		}
		f(b, a)
	}
}
