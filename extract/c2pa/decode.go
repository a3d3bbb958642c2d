package c2pa

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Decode reads the manifest store in data, a JUMBF superbox, and checks it as
// far as opt allows. The error is ErrNotJUMBF where there is no superbox at
// all; damage further in is a Problem of the store, and what was read before
// it is in the store.
func Decode(data []byte, opt Options) (store *Store, err error) {
	store = &Store{}
	defer func() { // the certificate and CBOR readers are not ours
		if p := recover(); p != nil {
			store.Problems = append(store.Problems, Problem{Code: "c2pa-malformed", Message: fmt.Sprintf("reading the manifest store ended early: %v", p), Field: "JUMBF"})
		}
	}()
	kind, body, _, boxErr := readBox(data)
	if kind != "jumb" {
		return nil, ErrNotJUMBF
	}
	if boxErr != nil { // cut short: read what there is
		body = data[min(8, len(data)):]
	}
	values, err := newValues()
	if err != nil {
		return nil, err
	}
	d := &decoder{opt: opt, store: store, size: len(data), values: values, contents: map[*superbox]content{}, hashLeft: maxHashed, signatures: maxSignatures}
	if boxErr != nil {
		d.malformed("JUMBF", "the manifest store is cut short: "+boxErr.Error())
	}
	d.read(body)
	return store, nil
}

// decoder holds what one decoding needs.
type decoder struct {
	opt        Options
	store      *Store
	size       int // of the store, in bytes
	root       *superbox
	boxes      []*superbox // of the manifests, as in store.Manifests
	values     *values
	contents   map[*superbox]content
	tagger     tagger
	redacted   map[string]bool   // labels of the assertions that later manifests took out: "manifest/assertion"
	stamps     map[string][]byte // time stamps that assertions hold, by the label of the manifest
	ingredient bool              // the manifest being checked is not the active one
	signatures int               // that may still be checked
	hashLeft   int64             // bytes inside the store that may still be hashed
}

// content is the CBOR or JSON of a superbox, taken apart.
type content struct {
	value value
	data  []byte // as written
}

func (d *decoder) read(body []byte) {
	var boxes jumbf
	root, err := boxes.superbox(body, "JUMBF", 1)
	if err != nil {
		d.damage("JUMBF", err)
	}
	d.root = root
	d.walk(root, 0)
	d.store.Tags = d.tagger.tags
	if d.tagger.full {
		d.problem("c2pa-limit", "JUMBF", "the manifest store holds more values than are listed")
	}
	if root.kind != typeStore {
		return // JUMBF of another kind, or of C2PA's forerunner: its tags are all there is
	}
	d.manifests()
	d.checkAll()
}

// walk decodes every box once and writes its tags in file order.
func (d *decoder) walk(s *superbox, depth int) {
	if depth > maxBoxDepth {
		return
	}
	d.tagger.description(s)
	label := s.label
	for _, b := range s.boxes {
		switch b.kind {
		case "jumb":
			d.walk(b.super, depth+1)
			label = "" // ExifTool forgets the label behind a box inside
		case "cbor":
			d.readCBOR(s, b.data)
		case "json":
			d.readJSON(s, b.data)
		default:
			d.tagger.plainBox(label, b)
		}
	}
}

// readCBOR reads a CBOR box: one item, behind which there may be more, or
// padding with zeros. Only the first counts.
func (d *decoder) readCBOR(s *superbox, data []byte) {
	for rest := data; len(rest) > 0 && (len(rest) == len(data) || rest[0] != 0); {
		v, after, err := d.values.cbor(rest)
		if err != nil {
			d.damage(s.where, err)
			return
		}
		rest = after
		d.tagger.cborTags(&v)
		d.keep(s, v, data)
	}
}

func (d *decoder) readJSON(s *superbox, data []byte) {
	if len(bytes.Trim(data, "\x00")) == 0 {
		return // blanked
	}
	v, err := d.values.json(data)
	if err != nil {
		d.damage(s.where, err)
		return
	}
	d.tagger.jsonTags(&v)
	d.keep(s, v, data)
}

// keep holds on to the first content of a superbox.
func (d *decoder) keep(s *superbox, v value, data []byte) {
	if v.twice {
		d.malformed(s.where, "a key stands twice in "+s.where+", so that readers may differ in what it says")
	}
	if _, ok := d.contents[s]; !ok {
		d.contents[s] = content{value: v, data: data}
	}
}

// value gives the decoded content of a superbox, or nil.
func (d *decoder) value(s *superbox) *value {
	if c, ok := d.contents[s]; ok {
		return &c.value
	}
	return nil
}

// problem notes a problem once. What is wrong with the manifest of an
// ingredient says nothing against the file, and gets a code of its own.
func (d *decoder) problem(code, where, message string) {
	switch code {
	case "c2pa-signature-invalid", "c2pa-assertion-changed", "c2pa-assertion-missing", "c2pa-assertion-unlisted", "c2pa-timestamp-invalid", "c2pa-identity-invalid":
		if d.ingredient {
			code, message = "c2pa-ingredient-invalid", "in the manifest of an ingredient, "+message
		}
	}
	p := Problem{Code: code, Message: message, Field: where}
	for _, q := range d.store.Problems {
		if q == p {
			return
		}
	}
	if len(d.store.Problems) < maxProblems {
		d.store.Problems = append(d.store.Problems, p)
	}
}

func (d *decoder) malformed(where, message string) {
	d.problem("c2pa-malformed", where, oneLine(message))
}

// damage notes an error met while reading, and tells bounds from damage.
func (d *decoder) damage(where string, err error) {
	code := "c2pa-malformed"
	for _, bound := range []error{errBoxDepth, errBoxCount, errValueCount, errJSONDepth} {
		if errors.Is(err, bound) {
			code = "c2pa-limit"
		}
	}
	d.problem(code, where, oneLine("part of the manifest store cannot be read: "+err.Error()))
}

// oneLine keeps words taken from the file from breaking a message.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	const longest = 400
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return s
}
