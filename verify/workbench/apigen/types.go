package main

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// types are the structs that were met so far, by the name they get.
type types struct {
	named   map[string]reflect.Type
	names   map[reflect.Type]string
	claimed map[string]reflect.Type // bare names that are kept for their structs
}

func newTypes() *types {
	return &types{named: map[string]reflect.Type{}, names: map[reflect.Type]string{}, claimed: map[string]reflect.Type{}}
}

// claim gives the structs of a package their bare names before any other is met:
// those are the ones that the page speaks of most.
func (t *types) claim(pkg string, g reflect.Type, met map[reflect.Type]bool) {
	switch g.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		t.claim(pkg, g.Elem(), met)
	case reflect.Struct:
		if met[g] {
			return
		}
		met[g] = true
		name := generic.ReplaceAllString(g.Name(), "_")
		if g.PkgPath() == pkg && name != "" {
			t.claimed[name] = g
		}
		for i := range g.NumField() {
			t.claim(pkg, g.Field(i).Type, met)
		}
	}
}

// of is how a Go type is written in TypeScript, in the form that JSON gives it.
func (t *types) of(g reflect.Type) (string, error) {
	if text, ok, err := t.marshalled(g); ok || err != nil {
		return text, err
	}
	switch g.Kind() {
	case reflect.String:
		return "string", nil
	case reflect.Bool:
		return "boolean", nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return "number", nil
	case reflect.Interface:
		return "unknown", nil
	case reflect.Pointer:
		inner, err := t.of(g.Elem())
		return inner + " | null", err
	case reflect.Slice, reflect.Array:
		return t.list(g)
	case reflect.Map:
		if g.Key().Kind() != reflect.String {
			return "", fmt.Errorf("a map by %s has no form in TypeScript", g.Key())
		}
		inner, err := t.of(g.Elem())
		return "Record<string, " + inner + ">", err
	case reflect.Struct:
		return t.structure(g)
	}
	return "", fmt.Errorf("%s has no form in JSON", g)
}

func (t *types) list(g reflect.Type) (string, error) {
	if g.Elem().Kind() == reflect.Uint8 {
		return "string", nil // base64
	}
	inner, err := t.of(g.Elem())
	if strings.Contains(inner, " ") && !strings.HasSuffix(inner, ">") {
		inner = "(" + inner + ")"
	}
	if g.Kind() == reflect.Array && g.Len() <= 4 {
		return "[" + strings.Join(slices.Repeat([]string{inner}, g.Len()), ", ") + "]", err
	}
	return inner + "[]", err
}

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// marshalled is how types write themselves.
func (t *types) marshalled(g reflect.Type) (text string, ok bool, err error) {
	switch {
	case g == reflect.TypeFor[time.Time]():
		return "string", true, nil
	case g == reflect.TypeFor[json.RawMessage]():
		return "unknown", true, nil
	case g == reflect.TypeFor[source.Text]():
		return "string | null", true, nil // null where it is empty
	case g.Kind() == reflect.Interface || g.Kind() == reflect.Pointer:
		return "", false, nil
	case g.Implements(textMarshaler) && !g.Implements(jsonMarshaler):
		return "string", true, nil
	case !g.Implements(jsonMarshaler):
		return "", false, nil
	case g.Kind() == reflect.Slice: // those that are never null
		text, err = t.list(g)
		return text, true, err
	}
	return "", true, fmt.Errorf("%s writes itself as JSON: say here in what form", g)
}

var generic = regexp.MustCompile(`[^A-Za-z0-9_]+`)

// structure gives a struct its name. Two of one name are told apart by their
// packages.
func (t *types) structure(g reflect.Type) (string, error) {
	if name, ok := t.names[g]; ok {
		return name, nil
	}
	name := generic.ReplaceAllString(g.Name(), "_")
	if name == "" {
		return "", fmt.Errorf("a struct without a name cannot travel: %s", g)
	}
	_, taken := t.named[name]
	if owner, claimed := t.claimed[name]; taken || claimed && owner != g {
		pkg := path.Base(g.PkgPath())
		name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	if other, taken := t.named[name]; taken {
		return "", fmt.Errorf("%s and %s would both be %s", other, g, name)
	}
	t.named[name], t.names[g] = g, name
	return name, nil
}

// declarations writes every struct that is needed, by name.
func (t *types) declarations() (string, error) {
	written := map[string]string{}
	for len(written) < len(t.named) { // fields lead to further structs
		for _, name := range slices.Sorted(maps.Keys(t.named)) {
			if _, ok := written[name]; ok {
				continue
			}
			text, err := t.declaration(name, t.named[name])
			if err != nil {
				return "", err
			}
			written[name] = text
		}
	}
	names := slices.Sorted(maps.Keys(written))
	var b strings.Builder
	for _, name := range names {
		b.WriteString("\n" + written[name])
	}
	return b.String(), nil
}

func (t *types) declaration(name string, g reflect.Type) (string, error) {
	fields, err := fieldsOf(g)
	if err != nil {
		return "", err
	}
	if len(fields) == 0 {
		return "export type " + name + " = Record<string, never>;\n", nil
	}
	var b strings.Builder
	b.WriteString("export interface " + name + " {\n")
	for _, f := range fields {
		of, err := t.of(f.of)
		if err != nil {
			return "", fmt.Errorf("%s.%s: %w", name, f.name, err)
		}
		mark := ""
		if f.optional {
			mark = "?"
		}
		fmt.Fprintf(&b, "  %s%s: %s;\n", f.name, mark, of)
	}
	b.WriteString("}\n")
	return b.String(), nil
}
