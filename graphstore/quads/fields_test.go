package quads_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// fill sets v to something that is not its zero value. Texts are IRIs, so
// that they do for ids too.
func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case graphstore.Date:
		v.Set(reflect.ValueOf(graphstore.Date{Precision: graphstore.PrecisionDay, Value: "2022-03-15"}))
		return
	case graphstore.Object:
		v.Set(reflect.ValueOf(graphstore.Object{ID: "urn:object"}))
		return
	case json.RawMessage:
		v.Set(reflect.ValueOf(json.RawMessage(`{"a":[1]}`)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("urn:text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8:
		v.SetInt(2)
	case reflect.Float32:
		v.SetFloat(1.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for _, f := range v.Fields() {
			fill(f)
		}
	default:
		panic("no way to fill a " + v.Kind().String())
	}
}

// TestEveryFieldSurvives fills each field of each record alone, and all at
// once; a field that is added to a record and forgotten here fails.
func TestEveryFieldSurvives(t *testing.T) {
	shuffle := rand.New(rand.NewPCG(1, 1))
	for _, typ := range graphstore.Types() {
		whole := graphstore.NewRecord(typ)
		for i := -1; i < reflect.ValueOf(whole).Elem().NumField(); i++ {
			r := graphstore.NewRecord(typ)
			v := reflect.ValueOf(r).Elem()
			if i >= 0 {
				fill(v.Field(i))
			} else {
				fill(v)
			}
			v.FieldByName("ID").SetString("urn:caveat:x")
			if c, ok := r.(*graphstore.Claim); ok {
				c.Subject, c.Object = "urn:s", graphstore.Object{Literal: "x", Datatype: "xsd:date"}
			}
			checkRoundTrip(t, r, shuffle)
		}
	}
	for i := range reflect.TypeFor[graphstore.Header]().NumField() {
		h := new(graphstore.Header)
		fill(reflect.ValueOf(h).Elem().Field(i))
		qs, err := quads.EncodeHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		_, back, foreign, err := quads.Decode(qs)
		if err != nil || len(foreign) > 0 || back == nil {
			t.Fatalf("%+v gives %v, foreign %v, %v", h, back, foreign, err)
		}
		a, errA := h.MarshalJSON()
		b, errB := back.MarshalJSON()
		if errA != nil || errB != nil || !slices.Equal(a, b) {
			t.Errorf("wrote %s, read %s", a, b)
		}
	}
}
