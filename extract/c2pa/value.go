package c2pa

import "strconv"

// kind is what a CBOR or JSON value is.
type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindInteger
	kindFloat
	kindText
	kindBytes
	kindList
	kindMap
	kindOther // a CBOR simple value without a name
)

// value is one CBOR or JSON value. Maps keep the order of the file, for that
// is the order in which ExifTool names what they hold.
type value struct {
	kind   kind
	date   dateTag
	minus  bool    // of a kindInteger
	twice  bool    // a key of this map, or of one inside it, stands twice
	number uint64  // of a kindInteger: the magnitude, or 1 less where negative
	text   string  // text, and every number as it is printed
	data   []byte  // of kindBytes the bytes; of a CBOR map the map as it is encoded
	items  []value // of a kindList; of a kindMap keys and values by turns
}

// dateTag is the CBOR tag that makes a date of the value behind it.
type dateTag uint8

const (
	noDate dateTag = iota
	dateText
	dateEpoch
)

// name is a key as ExifTool writes it.
func (v *value) name() string { return v.text }

// pairs gives the number of pairs of a map, key and val the parts of one.
func (v *value) pairs() int {
	if v == nil || v.kind != kindMap {
		return 0
	}
	return len(v.items) / 2
}

func (v *value) key(i int) *value { return &v.items[2*i] }
func (v *value) val(i int) *value { return &v.items[2*i+1] }

// get gives the member of that name, or nil. Where a key stands twice the
// first counts.
func (v *value) get(name string) *value {
	for i := range v.pairs() {
		if k := v.key(i); k.kind == kindText && k.text == name {
			return v.val(i)
		}
	}
	return nil
}

// label gives the member with that integer as its key, as COSE headers have.
func (v *value) label(n uint64) *value {
	for i := range v.pairs() {
		if k := v.key(i); k.kind == kindInteger && !k.minus && k.number == n {
			return v.val(i)
		}
	}
	return nil
}

// one gives the text of a value, or of the first of a list of them.
func (v *value) one() string {
	if v != nil && v.kind == kindList && len(v.items) > 0 {
		v = &v.items[0]
	}
	return v.plain()
}

// plain gives any value that is not built of others, in words.
func (v *value) plain() string {
	if v == nil {
		return ""
	}
	switch v.kind {
	case kindText, kindBool, kindInteger, kindFloat:
		return v.text
	}
	return ""
}

// list gives the elements of a list; a lone value counts as a list of one,
// as JSON-LD has it.
func (v *value) list() []value {
	switch {
	case v == nil || v.kind == kindNull:
		return nil
	case v.kind == kindList:
		return v.items[:min(len(v.items), maxEntries)]
	}
	return []value{*v}
}

// strings gives the texts of a list.
func (v *value) strings() []string {
	var texts []string
	for _, item := range v.list() {
		if s := item.plain(); s != "" {
			texts = append(texts, s)
		}
	}
	return texts
}

// raw gives a byte string. Some writers turned byte strings into lists of
// numbers, which are taken for what they are.
func (v *value) raw() []byte {
	if v == nil {
		return nil
	}
	if v.kind == kindBytes {
		return v.data
	}
	if v.kind != kindList || len(v.items) == 0 {
		return nil
	}
	out := make([]byte, len(v.items))
	for i := range v.items {
		if it := &v.items[i]; it.kind != kindInteger || it.minus || it.number > 255 {
			return nil
		}
		out[i] = byte(v.items[i].number)
	}
	return out
}

// size gives a whole number that is not negative.
func (v *value) size() (uint64, bool) {
	if v == nil || v.kind != kindInteger || v.minus {
		return 0, false
	}
	return v.number, true
}

// present tells whether there is a value other than null.
func (v *value) present() bool { return v != nil && v.kind != kindNull }

// floatText prints a number as ExifTool does, with 15 digits at the most.
func floatText(f float64) string {
	return strconv.FormatFloat(f, 'g', 15, 64)
}
