package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// Fields is every tag that was read, in the order of the file, duplicates
// included. A tag's Field is ExifTool's family-0 group, family-1 group and
// name, joined by colons; the first two are one word where they are the same.
//
// In JSON it is one object. A key is the family-0 group and the name, as
// "EXIF:Model"; of several tags of that key it holds the one that ExifTool
// prints (see [Fields.Keyed]). A further key names the family-1 group too, as
// "EXIF:IFD1:Compression", for each tag whose name stands in more than one
// group of the family and for each that does not describe the main picture or
// the movie as a whole: previews, pages, tracks. Values are those of
// `exiftool -j -n`.
type Fields []container.Tag

// maxFields bounds what one file can make a listing hold.
const maxFields = 20_000

// fieldGroups takes a tag's field apart: "EXIF", "IFD0", "Model".
func fieldGroups(field string) (family0, family1, name string) {
	i, j := strings.IndexByte(field, ':'), strings.LastIndexByte(field, ':')
	switch {
	case i < 0:
		return "", "", field
	case i == j:
		return field[:i], field[:i], field[i+1:]
	}
	return field[:i], field[i+1 : j], field[j+1:]
}

// Keyed gives the keys of the JSON form with their tags, in the order of the
// file; no key comes twice.
func (f Fields) Keyed() iter.Seq2[string, container.Tag] {
	return func(yield func(string, container.Tag) bool) {
		order := f.order()
		short, long := order.chosen(shortKey), order.chosen(longKey)
		for i, t := range f {
			if key := shortKey(t.Field); short[key] == i && !yield(key, t) {
				return
			}
			key := longKey(t.Field)
			if key != shortKey(t.Field) && long[key] == i && order.isLong(t.Field) && !yield(key, t) {
				return
			}
		}
	}
}

// Grouped gives the tags with their family-1 group and name, in the order of
// the file, of several with the same group and name the one that ExifTool
// prints.
func (f Fields) Grouped() iter.Seq2[[2]string, container.Tag] {
	return func(yield func([2]string, container.Tag) bool) {
		long := f.order().chosen(longKey)
		for i, t := range f {
			if _, group, name := fieldGroups(t.Field); long[longKey(t.Field)] == i && !yield([2]string{group, name}, t) {
				return
			}
		}
	}
}

func shortKey(field string) string {
	family0, _, name := fieldGroups(field)
	return family0 + ":" + name
}

func longKey(field string) string { return field }

// MarshalJSON writes the object in the order of the file.
func (f Fields) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for key, t := range f.Keyed() {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		k, err := json.Marshal(key)
		if err != nil {
			return nil, fmt.Errorf("write field name: %w", err)
		}
		v, err := tagJSON(t)
		if err != nil {
			return nil, fmt.Errorf("write field %s: %w", key, err)
		}
		b.Write(k)
		b.WriteByte(':')
		b.Write(v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func tagJSON(t container.Tag) ([]byte, error) {
	if t.List == nil {
		return valueJSON(t.Value)
	}
	items := make([]json.RawMessage, 0, len(t.List))
	for _, item := range t.List {
		v, err := valueJSON(item)
		if err != nil {
			return nil, err
		}
		items = append(items, v)
	}
	return json.Marshal(items)
}

// jsonNumber is ExifTool's rule for what it writes as a number: nothing longer
// than a float64 can hold.
var jsonNumber = regexp.MustCompile(`^-?(\d|[1-9]\d{1,14})(\.\d{1,16})?([eE][-+]?\d{1,3})?$`)

// valueJSON writes a value as ExifTool does: what looks like a number or a
// truth value is one, whatever the file meant by it. ExifTool ends the number
// test at a line break too, which JSON cannot hold.
func valueJSON(s string) ([]byte, error) {
	switch {
	case jsonNumber.MatchString(s):
		return []byte(s), nil
	case strings.EqualFold(s, "true"), strings.EqualFold(s, "false"):
		return []byte(strings.ToLower(s)), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(strings.ReplaceAll(s, "\x00", "")); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
