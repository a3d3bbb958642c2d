package c2pa

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
)

// The groups under which ExifTool lists what it finds in JUMBF boxes.
const (
	groupJUMBF = "JUMBF:"
	groupBox   = "JUMBF:Jpeg2000:"
	groupCBOR  = "JUMBF:CBOR:"
	groupJSON  = "JUMBF:JSON:"
)

// tagger writes the tags of a store. Where a field stands more than once, as
// it does where a store holds several manifests, the first is the one that
// ExifTool prints without being asked for duplicates.
type tagger struct {
	tags  []container.Tag
	bytes int
	full  bool
}

func (t *tagger) add(field string, values ...string) {
	text := strings.Join(values, ", ")
	t.bytes += len(field) + len(text)
	if len(t.tags) >= maxTags || t.bytes > maxTagBytes {
		t.full = true
		return
	}
	tag := container.Tag{Field: field, Value: text}
	if len(values) > 1 {
		tag.List = values
	}
	t.tags = append(t.tags, tag)
}

// description writes the tags of a superbox itself.
func (t *tagger) description(s *superbox) {
	t.add(groupJUMBF+"JUMDType", hex.EncodeToString(s.uuid[:]))
	if s.label != "" {
		t.add(groupJUMBF+"JUMDLabel", cleanText([]byte(s.label)))
	}
	if s.salt != nil {
		t.salt(s.label, s.salt)
	}
}

func (t *tagger) salt(label string, salt []byte) {
	t.add(groupBox+boxName(label, "C2PASaltHash", "Salt"), hex.EncodeToString(salt))
}

// plainBox writes the tags of the content boxes that are neither CBOR nor JSON.
func (t *tagger) plainBox(label string, b box) {
	switch b.kind {
	case "bfdb":
		if len(b.data) > 1 {
			name := strings.TrimRight(string(b.data[1:]), "\x00")
			t.add(groupBox+boxName(label, "BinaryDataType", "Type"), strings.ReplaceAll(cleanText([]byte(name)), "\x00", ", "))
		}
	case "bidb":
		t.add(groupBox+boxName(label, "BinaryData", "Data"), binaryText(b.data))
	case "c2sh":
		t.salt(label, b.data)
	}
}

// binaryText is how ExifTool prints a value that is not text.
func binaryText(b []byte) string {
	return fmt.Sprintf("(Binary data %d bytes, use -b option to extract)", len(b))
}

var (
	afterMark      = regexp.MustCompile(`[^-_a-zA-Z0-9]([a-z])`)
	afterNonLetter = regexp.MustCompile(`([^a-zA-Z])([a-z])`)
	notInNames     = regexp.MustCompile(`[^-_a-zA-Z0-9]`)
)

// boxName makes a tag name of a label and what the box is.
func boxName(label, unlabelled, suffix string) string {
	if label == "" {
		return unlabelled
	}
	name := afterMark.ReplaceAllStringFunc(label, strings.ToUpper)
	name = notInNames.ReplaceAllString(name, "")
	return legal(upperFirst(strings.Replace(name, "__", "_", 1))) + suffix
}

// tagName makes a tag name of a key, as ExifTool does.
func tagName(key string) string {
	return legal(upperFirst(notInNames.ReplaceAllString(key, "")))
}

// legal makes a name of at least two characters that begins with a letter.
func legal(name string) string {
	if len(name) < 2 || !(name[0] >= 'A' && name[0] <= 'Z') {
		return "Tag" + name
	}
	return name
}

func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// renamed are the keys of CBOR maps to which ExifTool gives names of its own.
func renamed(key string) string {
	switch key {
	case "dc:title":
		return "Title"
	case "dc:format":
		return "Format"
	case "thumbnailUrl":
		return "ThumbnailURL"
	}
	return tagName(key)
}

// flattener collects the tags of one CBOR or JSON box. The elements of a list
// make one tag with several values.
type flattener struct {
	*tagger
	name   func(key string) string
	sorted bool // by key, as the hashes of JSON are
	fields []field
	lists  map[string]int
}

type field struct {
	name   string
	values []string
}

// cborTags writes the tags of one CBOR item.
func (t *tagger) cborTags(v *value) {
	f := flattener{tagger: t, name: renamed, lists: map[string]int{}}
	switch v.kind {
	case kindMap:
		for i := range v.pairs() {
			f.flatten(v.key(i).name(), v.val(i), false)
		}
	case kindList:
		for i := range v.items {
			f.flatten(fmt.Sprintf("Item%d", i), &v.items[i], false)
		}
	}
	t.write(groupCBOR, f.fields)
}

// jsonTags writes the tags of one JSON value: of an object, or of the last
// object of a list.
func (t *tagger) jsonTags(v *value) {
	if v.kind == kindList {
		for i := range v.items {
			if v.items[len(v.items)-1-i].kind == kindMap {
				v = &v.items[len(v.items)-1-i]
				break
			}
		}
	}
	f := flattener{tagger: t, name: tagName, sorted: true, lists: map[string]int{}}
	for _, i := range f.order(v) {
		f.flatten(v.key(i).name(), v.val(i), false)
	}
	t.write(groupJSON, f.fields)
}

func (t *tagger) write(group string, fields []field) {
	for _, f := range fields {
		t.add(group+f.name, f.values...)
	}
}

// order gives the pairs of a map in the order in which they are listed.
func (f *flattener) order(v *value) []int {
	order := make([]int, v.pairs())
	for i := range order {
		order[i] = i
	}
	if f.sorted {
		slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(v.key(a).text, v.key(b).text) })
	}
	return order
}

// flatten joins the keys on the way to each value into one name. The work is
// bounded by what it may add to the tags, however the names repeat.
func (f *flattener) flatten(key string, v *value, inList bool) {
	f.bytes += len(key)
	if f.full = f.full || f.bytes > maxTagBytes || len(key) > maxName; f.full {
		return
	}
	switch v.kind {
	case kindMap:
		for _, i := range f.order(v) {
			if len(v.key(i).text) <= maxName {
				f.flatten(joinKeys(key, v.key(i).name()), v.val(i), inList)
			}
		}
	case kindList:
		for i := range v.items {
			f.flatten(key, &v.items[i], true)
		}
	default:
		f.found(f.name(key), v.printed(), inList)
	}
}

// joinKeys sets the key of a member behind that of the map it stands in.
func joinKeys(outer, inner string) string {
	if inner != "" && isDigit(inner[0]) && outer != "" && isDigit(outer[len(outer)-1]) {
		outer += "_"
	}
	return afterNonLetter.ReplaceAllStringFunc(outer+upperFirst(inner), strings.ToUpper)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (f *flattener) found(name, text string, inList bool) {
	if inList {
		if i, ok := f.lists[name]; ok {
			f.fields[i].values = append(f.fields[i].values, text)
			return
		}
		f.lists[name] = len(f.fields)
	}
	f.fields = append(f.fields, field{name, []string{text}})
}

// printed gives a value as ExifTool prints it.
func (v *value) printed() string {
	switch {
	case v.kind == kindNull:
		return "null"
	case v.kind == kindBytes:
		return binaryText(v.data)
	case v.date == dateText && v.kind == kindText:
		return exifDate(v.text)
	case v.date == dateEpoch && v.kind == kindInteger && !v.minus && v.number < 1<<40:
		return time.Unix(int64(v.number), 0).UTC().Format("2006:01:02 15:04:05-07:00")
	}
	return v.text
}

var dateTime = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2})(:\d{2})?\s*(\S*)$`)

// exifDate writes a date and time of RFC 3339 with colons, as ExifTool does.
func exifDate(s string) string {
	if m := dateTime.FindStringSubmatch(s); m != nil {
		return m[1] + ":" + m[2] + ":" + m[3] + " " + m[4] + m[5] + m[6]
	}
	if len(s) >= 4 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && isDigit(s[3]) {
		return strings.ReplaceAll(s, "-", ":")
	}
	return s
}
