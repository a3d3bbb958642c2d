package publish

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
)

// cut is one kind of thing that a redaction leaves out, in the order of the
// list.
type cut int

const (
	wasPerson cut = iota
	wasSource
	wasFile
	wasAccount
	wasDevice
	wasLink
	wasCaption
	wasNote
	wasPosition
	cuts // how many there are
)

// editor carries out a redaction.
type editor struct {
	Redaction
	names names
	count [cuts]int
}

func newEditor(x Redaction, t *Telling) *editor {
	e := &editor{Redaction: x}
	if x.People {
		e.names.number("person", &e.count[wasPerson], people(t))
	}
	if x.Names {
		sources, paths := Labels(t.Items)
		for _, s := range t.Sources { // those without any item that is shown
			if sources[s] == "" {
				sources[s] = fmt.Sprintf("source-%d", len(sources)+1)
			}
		}
		e.names.take(sources, &e.count[wasSource])
		e.names.take(paths, &e.count[wasFile])
		e.names.take(fileNames(paths), new(int))
		e.names.number("account", &e.count[wasAccount], accounts(t))
	}
	e.names.order()
	return e
}

// edited copies a value and everything that it leads to, with each text and each
// position as they may be told. It goes by types and by names of fields, so that
// a field that is added elsewhere is looked at too.
func edited[T any](e *editor, v T) T {
	return e.value(reflect.ValueOf(&v).Elem(), "").Interface().(T)
}

// fixed are fields of plain text that hold a word of a list or an identity, and
// no words of a person or a file.
var fixed = []string{
	"Kind", "Code", "ID", "AIs", "Incident", "Other", "DuplicateOf", "Step", "MediaType", "Codecs", "Engine",
	"DateStart", "DateEnd", "TimeLocal", "Zone", "Visible", "Restriction", "Format", "Status", "Flags",
	"AreaTypes", "Weapons", "IncidentTypes", "ViolationTypes", "ProtectedObjects", "Key", "SatImageDate", "Type",
}

var textTypes = []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[source.Text]()}

func (e *editor) value(v reflect.Value, field string) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if !slices.Contains(textTypes, v.Type()) || slices.Contains(fixed, field) {
			return v
		}
		return reflect.ValueOf(e.text(v.String())).Convert(v.Type())
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(e.value(v.Elem(), field))
		return out
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(e.value(v.Index(i), field))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for key, value := range v.Seq2() {
			out.SetMapIndex(key, e.value(value, field))
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				out.Field(i).Set(e.value(v.Field(i), f.Name))
			}
		}
		e.positions(out)
		return out
	}
	return v
}

// text is a text with its names and positions as they may be told.
func (e *editor) text(s string) string {
	s = e.names.replace(s)
	if e.NoPositions || e.Decimals != nil {
		s = e.coordinates(s)
	}
	return s
}

// withheld lists what was left out, in a fixed order.
func (e *editor) withheld() []Withheld {
	chosen := "as whoever made this chose"
	labelled := chosen + "; labels stand in their place"
	places := [2]string{"positions and names of places", chosen}
	if !e.NoPositions && e.Decimals != nil {
		places = [2]string{fmt.Sprintf("positions, rounded to %d decimals of a degree", *e.Decimals), fmt.Sprintf("%s: to some %s", chosen, metresInWords(*e.Decimals))}
	}
	words := [cuts][2]string{
		wasPerson:   {"names of people who reviewed, decided or wrote", chosen + "; numbers stand in their place"},
		wasSource:   {"names of sources", labelled},
		wasFile:     {"names of files", labelled},
		wasAccount:  {"names of accounts", labelled},
		wasDevice:   {"files' devices, serial numbers and programs", chosen},
		wasLink:     {"links of incidents", chosen + ", for they name accounts"},
		wasCaption:  {"captions", chosen},
		wasNote:     {"notes, reasons, bases and limits", chosen},
		wasPosition: places,
	}
	out := []Withheld{}
	for c := range cuts {
		if n := e.count[c]; n > 0 {
			out = append(out, Withheld{What: words[c][0], Count: n, Why: words[c][1]})
		}
	}
	return out
}
