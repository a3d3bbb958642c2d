package xmp

import (
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// property is one value and the path of names that leads to it.
type property struct {
	path      []name
	value     string
	beyond    beyond
	lang      string
	binary    bool   // written in base64
	inList    bool   // an item of a list
	container string // of that list: "Bag", "Seq" or "Alt"
	list      int    // number of the outermost list met last
	item      int    // number of the item of an outermost list met last
}

// beyond measures the part of a value that was not kept.
type beyond struct {
	length int // bytes
	digits int // of base64
}

// entry is one tag on its way: values as shown and as written, side by side.
type entry struct {
	field  string
	values []string
	raws   []string
	form   form
	list   bool
	date   bool
	epoch  int // number of the list that its values come from
}

// tags gathers the properties of one packet.
type tags struct {
	schema     *schema
	lim        Limits
	entries    []entry
	index      map[string]int
	structures structures
	problems   []Problem
}

// add files a property. Values add up where the tag is a list and they come
// from the same one. Otherwise one value stays: the last, or for some tags the
// first, as in ExifTool.
func (t *tags) add(p property) {
	info := t.schema.resolve(p.path)
	alternative := info.form == langAlt || !info.known && p.lang != "" && p.container == "Alt"
	if !info.known {
		info.name = tagName(info.name)
		info.list = p.inList && p.container != "" && !alternative
	}
	if alternative && p.lang != "" && !strings.EqualFold(p.lang, "x-default") {
		info.name += "-" + languageCode(p.lang)
	}
	field := fieldName(info.group, short(info.name))
	e := entry{field: field, form: info.form, list: info.list, epoch: p.list}
	text, raw := t.shown(p, info, &e)
	t.structures.add(p, raw)

	at, met := t.index[field]
	if !met {
		e.values, e.raws = []string{text}, []string{raw}
		t.index[field] = len(t.entries)
		t.entries = append(t.entries, e)
		return
	}
	switch old := &t.entries[at]; {
	case old.list && old.epoch == p.list:
		old.values, old.raws = append(old.values, text), append(old.raws, raw)
	case !info.first:
		e.values, e.raws = []string{text}, []string{raw}
		*old = e
	}
}

// shown converts the value of a property and bounds its length. Binary data
// is shown by its size.
func (t *tags) shown(p property, info tagInfo, e *entry) (text, raw string) {
	size := -1
	switch length := len(p.value) + p.beyond.length; {
	case p.binary || info.form == base64Data:
		size = (base64Digits([]byte(p.value)) + p.beyond.digits) * 3 / 4
	case info.form == binaryData || !info.known && length > unknownBinary:
		size = length
	case info.known:
		text, e.date = show(info.form, p.value), info.form == date
	default:
		text, e.date = showUnknown(p.value)
	}
	if size >= 0 {
		return fmt.Sprintf("(Binary data %d bytes, use -b option to extract)", size), t.cut(p.value)
	}
	if len(text) > t.lim.ValueBytes {
		t.say(Problem{Code: "limit", Field: e.field, Message: fmt.Sprintf("a value of the XMP is longer than %d bytes and was cut there", t.lim.ValueBytes)})
	}
	return t.cut(text), t.cut(p.value)
}

// cut bounds the length of a value.
func (t *tags) cut(value string) string {
	if len(value) <= t.lim.ValueBytes {
		return value
	}
	return strings.ToValidUTF8(value[:t.lim.ValueBytes], "")
}

// say files a problem, unless it was the last one too.
func (t *tags) say(p Problem) {
	if n := len(t.problems); n == 0 || t.problems[n-1] != p {
		t.problems = append(t.problems, p)
	}
}

// addOnce files what a wrapper says, unless it says nothing.
func (t *tags) addOnce(path []name, value string) {
	if value != "" {
		t.add(property{path: path, value: value, list: -1})
	}
}

// field names the tag of a path, for a Problem.
func (t *tags) field(path []name) string {
	if len(path) == 0 {
		return fieldPacket
	}
	info := t.schema.resolve(path)
	return fieldName(info.group, short(tagName(info.name)))
}

// tags gives the tags in the order in which the file has them.
func (t *tags) tags() []container.Tag {
	out := make([]container.Tag, 0, len(t.entries))
	for i := range t.entries {
		e := &t.entries[i]
		if e.form == lens && len(e.raws) > 1 { // a list in the file, one value in ExifTool
			e.values = []string{showLensList(e.raws)}
		}
		tag := container.Tag{Field: e.field, Value: e.values[0]}
		if len(e.values) > 1 {
			tag.List, tag.Value = e.values, strings.Join(e.values, ", ")
		}
		out = append(out, tag)
	}
	return out
}

func fieldName(group, name string) string {
	if group == "" {
		return "XMP:" + name
	}
	return "XMP:" + group + ":" + name
}

// tagName makes a tag's name of what a file calls its property: letters,
// digits, hyphen and underscore, a letter first, at least two of them.
func tagName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
	s = capital(s)
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' {
		s = "Tag" + s
	}
	return s
}

// languageCode writes a language as ExifTool does: "en-us" as "en-US".
func languageCode(s string) string {
	parts := strings.Split(strings.ToLower(s), "-")
	if len(parts) > 1 && len(parts[1]) == 2 && (len(parts[0]) == 2 || len(parts[0]) == 3 || parts[0] == "x" || parts[0] == "i") {
		parts[1] = strings.ToUpper(parts[1])
	}
	return strings.ReplaceAll(strings.Join(parts, "-"), "_", "-")
}
