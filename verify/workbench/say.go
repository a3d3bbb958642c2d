package workbench

import (
	"reflect"
	"strings"
	"sync"

	"github.com/firsthand-media/firsthand/verify/locale"
)

// The tag of fields whose text the program makes: say:"sentence", or
// say:"sentence.FAMILY" where other people's text can stand there too (see
// [locale.Catalogue.SentenceOf]).
const (
	sayTag    = "say"
	sentences = "sentence"
)

// mostSaid is how many sentences of a language are remembered.
const mostSaid = 8192

// speaker puts answers into a language. The answers themselves stay as they
// are: what they share with the case is not touched.
type speaker struct {
	mu   sync.Mutex
	said map[said]string
	says map[reflect.Type]bool
}

type said struct{ language, family, text string }

func newSpeaker() *speaker {
	return &speaker{said: map[said]string{}, says: map[reflect.Type]bool{}}
}

// in gives an answer with the sentences of the program in a language.
func (s *speaker) in(c *locale.Catalogue, answer any) any {
	v := reflect.ValueOf(answer)
	if c.Tag == locale.English || !v.IsValid() || !s.speaks(v.Type()) {
		return answer
	}
	return s.copied(c, v).Interface()
}

// speaks says whether values of a type can hold a sentence.
func (s *speaker) speaks(t reflect.Type) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.holds(t)
}

func (s *speaker) holds(t reflect.Type) bool {
	if known, ok := s.says[t]; ok {
		return known
	}
	s.says[t] = false // while it is looked into, which ends types that hold themselves
	found := false
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		found = s.holds(t.Elem())
	case reflect.Struct:
		for f := range fieldsOf(t) {
			found = f.Tag.Get(sayTag) != "" || s.holds(f.Type) || found
		}
	}
	s.says[t] = found
	return found
}

// fieldsOf gives the fields of a struct that are written.
func fieldsOf(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && !yield(f) {
				return
			}
		}
	}
}

// copied is a copy of a value as deep as sentences lie in it.
func (s *speaker) copied(c *locale.Catalogue, v reflect.Value) reflect.Value {
	t := v.Type()
	out := reflect.New(t).Elem()
	out.Set(v)
	switch t.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(t.Elem()))
			out.Elem().Set(s.copied(c, v.Elem()))
		}
	case reflect.Slice, reflect.Array:
		s.each(v, out, func(e reflect.Value) reflect.Value { return s.copied(c, e) })
	case reflect.Map:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeMapWithSize(t, v.Len()))
		for e := v.MapRange(); e.Next(); {
			out.SetMapIndex(e.Key(), s.copied(c, e.Value()))
		}
	case reflect.Struct:
		for f := range fieldsOf(t) {
			switch family, tagged := strings.CutPrefix(f.Tag.Get(sayTag), sentences); {
			case tagged:
				out.FieldByIndex(f.Index).Set(s.told(c, strings.TrimPrefix(family, "."), v.FieldByIndex(f.Index)))
			case s.speaks(f.Type):
				out.FieldByIndex(f.Index).Set(s.copied(c, v.FieldByIndex(f.Index)))
			}
		}
	}
	return out
}

// each sets the elements of a copy of a list, nil for nil.
func (s *speaker) each(v, out reflect.Value, of func(reflect.Value) reflect.Value) {
	if v.Kind() == reflect.Slice {
		if v.IsNil() {
			return
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
	}
	for i := range v.Len() {
		out.Index(i).Set(of(v.Index(i)))
	}
}

// told is a text, or a list of texts, in the language.
func (s *speaker) told(c *locale.Catalogue, family string, v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(s.sentence(c, family, v.String()))
	case reflect.Slice:
		s.each(v, out, func(e reflect.Value) reflect.Value { return s.told(c, family, e) })
	default:
		return v
	}
	return out
}

// sentence says a sentence, one of those remembered where it is among them.
func (s *speaker) sentence(c *locale.Catalogue, family, english string) string {
	key := said{c.Tag, family, english}
	s.mu.Lock()
	text, ok := s.said[key]
	s.mu.Unlock()
	if ok {
		return text
	}
	text = c.SentenceOf(family, english)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.said) >= mostSaid {
		clear(s.said)
	}
	s.said[key] = text
	return text
}
