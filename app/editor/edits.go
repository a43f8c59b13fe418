package editor

import (
	"slices"

	"caveat/app/document"
	"caveat/app/geom"
	"caveat/graphstore"
)

// Draft is what a form hands over: one record and whatever was made in the same breath. New
// records carry ids of graphstore.NewID so that the others can name them. One step that can be undone.
type Draft struct {
	Claim        *graphstore.Claim
	Entity       *graphstore.Entity
	Document     *graphstore.Document
	NewEntities  []*graphstore.Entity
	NewDocuments []*graphstore.Document
	At           *geom.Point // where a new Entity goes, in drawing units
}

// edit makes one step of the case. title is a words key.
func (e *Editor) edit(title string, f func(*document.Tx) error, pairs ...string) error {
	switch {
	case e.open == nil || e.open.doc == nil:
		return graphstore.ErrReadOnly
	case e.open.readOnly:
		return graphstore.ErrReadOnly
	}
	return e.open.doc.Edit(e.Words().Say(title, pairs...), f)
}

// Save puts a draft into the case. An error that wraps *graphstore.FieldError belongs to
// that field; nothing has changed then.
func (e *Editor) Save(d Draft) error {
	title, about := draftTitle(e, d)
	return e.edit(title, func(tx *document.Tx) error {
		v := e.keepView(tx)
		for _, doc := range d.NewDocuments {
			tx.Put(doc)
		}
		for _, ent := range d.NewEntities {
			tx.Put(ent)
			e.placeNew(v, ent.ID, e.besides(d.Claim, ent.ID))
		}
		if d.Document != nil {
			tx.Put(d.Document)
		}
		if d.Entity != nil {
			isNew := tx.Record(d.Entity.ID) == nil
			tx.Put(d.Entity)
			if isNew {
				at := e.camera.Center
				if d.At != nil {
					at = *d.At
				}
				e.placeNew(v, d.Entity.ID, at)
			}
		}
		if d.Claim != nil {
			tx.Put(d.Claim)
			show(v, []graphstore.ID{d.Claim.ID, d.Claim.Subject, d.Claim.Object.ID})
		}
		return nil
	}, "name", about)
}

// draftTitle names the step in the history.
func draftTitle(e *Editor, d Draft) (key, about string) {
	g := e.Graph()
	verb := func(id graphstore.ID) string {
		if g != nil && g.Record(id) != nil {
			return "edit.change"
		}
		return "edit.add"
	}
	switch {
	case d.Claim != nil:
		return verb(d.Claim.ID) + "claim", ""
	case d.Entity != nil:
		return verb(d.Entity.ID) + "entity", d.Entity.Name(e.Words().Lang())
	case d.Document != nil:
		return verb(d.Document.ID) + "document", d.Document.Label()
	}
	return "edit.change", ""
}

// besides returns a point next to the other end of a new claim.
func (e *Editor) besides(c *graphstore.Claim, id graphstore.ID) geom.Point {
	if c != nil {
		for _, other := range []graphstore.ID{c.Subject, c.Object.ID, c.Speaker} {
			if p, ok := e.pointOf(other); ok && other != id {
				return geom.Point{X: p.X + 110, Y: p.Y + 30}
			}
		}
	}
	return e.camera.Center
}

// placeNew gives a new entity its place in v and brings it into view.
func (e *Editor) placeNew(v *graphstore.View, id graphstore.ID, at geom.Point) {
	p := e.freePlace(at)
	v.Places[id] = graphstore.Place{X: p.X, Y: p.Y}
	show(v, []graphstore.ID{id})
}

// Delete removes records with the claims that cannot stand without them.
func (e *Editor) Delete(ids ...graphstore.ID) error {
	err := e.edit("edit.delete", func(tx *document.Tx) error {
		v := e.keepView(tx)
		for _, id := range ids {
			if tx.Record(id) == nil {
				continue // went with an earlier one
			}
			gone, err := tx.RemoveWith(id)
			if err != nil {
				return err
			}
			leaveGroups(v, append(gone, id))
			for _, g := range append(gone, id) {
				delete(v.Places, g)
				v.Hidden = slices.DeleteFunc(v.Hidden, func(h graphstore.ID) bool { return h == g })
				v.Only = slices.DeleteFunc(v.Only, func(o graphstore.ID) bool { return o == g })
			}
		}
		return nil
	})
	if err == nil {
		e.dropMissing(nil)
	}
	return err
}

// DeleteOrAsk deletes, asking first when claims fall with what is deleted.
func (e *Editor) DeleteOrAsk(ids ...graphstore.ID) {
	g := e.Graph()
	if g == nil || len(ids) == 0 {
		return
	}
	claims := 0
	for _, id := range ids {
		claims += g.UseCount(id, graphstore.AsSubject) + g.UseCount(id, graphstore.AsObject) + g.UseCount(id, graphstore.AsSpeaker)
	}
	if claims > 0 {
		e.asks(DeleteAsk{IDs: ids, Claims: claims})
		return
	}
	e.Fail(e.Delete(ids...))
}

// SetTitle renames the case.
func (e *Editor) SetTitle(title string) error {
	return e.edit("edit.title", func(tx *document.Tx) error {
		h := *tx.Graph().Header()
		h.Title = title
		tx.SetHeader(&h)
		return nil
	})
}

// Undo takes the last edit back, also one of an earlier session; in a drawing the last change of what is shown, and how.
func (e *Editor) Undo() error {
	switch {
	case e.open == nil:
		return graphstore.ErrReadOnly
	case e.open.doc == nil:
		e.stepDrawing(&e.open.steps.past, &e.open.steps.future)
		return nil
	case e.open.readOnly:
		e.stepView(&e.open.steps.past, &e.open.steps.future)
		return nil
	}
	return e.open.doc.Undo()
}

// Redo repeats the last edit taken back.
func (e *Editor) Redo() error {
	switch {
	case e.open == nil:
		return graphstore.ErrReadOnly
	case e.open.doc == nil:
		e.stepDrawing(&e.open.steps.future, &e.open.steps.past)
		return nil
	case e.open.readOnly:
		e.stepView(&e.open.steps.future, &e.open.steps.past)
		return nil
	}
	return e.open.doc.Redo()
}

// UndoTitle returns what Undo would take back.
func (e *Editor) UndoTitle() (string, bool) {
	switch {
	case e.open == nil:
		return "", false
	case !e.canEdit():
		return e.open.steps.past.titled()
	}
	return e.open.doc.UndoTitle()
}

// RedoTitle returns what Redo would repeat.
func (e *Editor) RedoTitle() (string, bool) {
	switch {
	case e.open == nil:
		return "", false
	case !e.canEdit():
		return e.open.steps.future.titled()
	}
	return e.open.doc.RedoTitle()
}
