package xmp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// fieldPacket is the Field of a Problem that concerns the packet as a whole.
const fieldPacket = "XMP"

const (
	// maxName bounds the length of a tag's name and of each local name in it.
	maxName = 200
	// maxRoots bounds the root elements of one packet.
	maxRoots = 16
	// tokensPerProperty bounds the tokens that are looked at, those of parts
	// that are passed over included.
	tokensPerProperty = 10
)

// reader turns the RDF of a packet into properties: values with the path of
// names that leads to them. It keeps the open elements only.
type reader struct {
	lim    Limits
	scopes *scopes
	out    *tags

	open    []element
	path    []name // names of the open elements, wrappers left out
	skipped int    // open elements below one that is not read
	count   int    // elements and attributes read
	tokens  int
	item    int // counts the items of outermost lists, so that structures keep together
	lists   int // counts outermost lists
	said    map[string]bool
}

// element is one open element.
type element struct {
	written xml.Name // as in the file, to match its end
	name    name
	onPath  bool
	lang    string
	binary  bool   // rdf:datatype says base64
	instead string // rdf:value, rdf:resource or rdf:about: the value if there is no other
	text    []byte
	beyond  beyond // of the text that was not kept

	children   bool // has elements, so its text is no value
	attributes bool // has properties written as attributes
	items      int  // rdf:li met so far
}

const doctypeDropped = "the XMP has a document type declaration, which was left out"

// errEnough ends the reading at a limit that makes going on useless.
var errEnough = errors.New("the limit on elements and attributes was reached")

// read reads everything from the start of a packet's XML on. What follows the
// root element is searched for another one.
func (r *reader) read(text []byte) {
	for roots := 0; ; roots++ {
		if roots == maxRoots {
			r.problem("limit", fieldPacket, fmt.Sprintf("the XMP has more than %d root elements, the others were not read", maxRoots))
			return
		}
		n, err := r.root(text)
		if err != nil {
			r.damage(err)
			return
		}
		text = text[n:]
		next := -1
		for _, start := range starts[1:] { // not <?xpacket, which also ends one
			if at := bytes.Index(text, []byte(start)); at >= 0 && (next < 0 || at < next) {
				next = at
			}
		}
		if next < 0 {
			return
		}
		text = text[next:]
	}
}

// root reads one root element and returns where it ends.
func (r *reader) root(text []byte) (int, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = true
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now, whatever the declaration says
	for {
		tok, err := dec.RawToken()
		if err != nil {
			return 0, err
		}
		if r.tokens++; r.tokens/tokensPerProperty > r.lim.Properties {
			return 0, errEnough
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = r.start(t)
		case xml.EndElement:
			r.end(t.Name)
			if len(r.open) == 0 && r.skipped == 0 {
				return int(dec.InputOffset()), nil
			}
		case xml.CharData:
			r.characters(t)
		case xml.Directive:
			r.problem("entity", fieldPacket, doctypeDropped)
		}
		if err != nil {
			return 0, err
		}
	}
}

// start opens an element and files the properties among its attributes.
func (r *reader) start(t xml.StartElement) error {
	if r.skipped > 0 {
		r.skipped++
		return nil
	}
	if len(r.open) >= r.lim.Depth {
		r.problem("limit", fieldPacket, fmt.Sprintf("the XMP is nested more than %d levels deep, what is deeper was not read", r.lim.Depth))
		r.skipped = 1
		return nil
	}
	if !r.nextItem(t.Name) {
		r.skipped = 1
		return nil
	}
	if r.count += 1 + len(t.Attr); r.count > r.lim.Properties {
		return errEnough
	}
	if len(r.open) > 0 {
		r.open[len(r.open)-1].children = true
	}
	r.scopes.open(t.Attr)
	n := r.qualified(t.Name, "")
	e := element{written: t.Name, name: n, onPath: !n.wrapper()}
	if e.onPath {
		r.path = append(r.path, n)
	}
	r.open = append(r.open, e)
	r.attributes(t.Attr)
	return nil
}

// nextItem counts an item of a list and says whether it is to be read.
func (r *reader) nextItem(written xml.Name) bool {
	if len(r.open) == 0 || !r.isItem(written) {
		return true
	}
	parent := &r.open[len(r.open)-1]
	if parent.items++; parent.items > r.lim.ListItems {
		r.problem("limit", r.out.field(r.path), fmt.Sprintf("a list of the XMP has more than %d items, the others were not read", r.lim.ListItems))
		return false
	}
	for _, e := range r.open[:len(r.open)-1] {
		if e.items > 0 {
			return true // in a list within a list, or in a structure of one
		}
	}
	if parent.items == 1 {
		r.lists++
	}
	r.item++
	return true
}

func (r *reader) isItem(written xml.Name) bool {
	return written.Local == "li" && r.scopes.prefix(written.Space) == "rdf"
}

// attributes files the attributes of the element just opened: those that are
// properties, and what the others say of the element.
func (r *reader) attributes(attrs []xml.Attr) {
	e := &r.open[len(r.open)-1]
	var about string
	for _, a := range attrs {
		n := r.qualified(a.Name, e.name.prefix)
		switch {
		case n == name{"xml", "lang"}:
			e.lang = a.Value
		case n == name{"rdf", "value"}, n == name{"rdf", "resource"}:
			e.instead = a.Value
		case n == name{"rdf", "about"}:
			about = a.Value
			r.out.addOnce([]name{n}, a.Value)
		case n == name{"rdf", "datatype"}:
			e.binary = strings.Contains(a.Value, "base64")
		case n == name{"x", "xmptk"}, n == name{"x", "xaptk"}:
			r.out.addOnce([]name{{"x", "xmptk"}}, a.Value)
		case n.wrapper() || a.Name.Space == "" && a.Name.Local == "xmlns":
		default:
			e.attributes = true
			r.emit(property{path: append(r.path, n), value: a.Value})
		}
	}
	if e.instead == "" {
		e.instead = about
	}
}

// qualified gives a name its standard prefix; one without a prefix takes the
// default namespace, or for an attribute its element's.
func (r *reader) qualified(written xml.Name, inherit string) name {
	prefix := inherit
	if written.Space != "" || inherit == "" {
		prefix = r.scopes.prefix(written.Space)
	}
	return name{short(prefix), short(written.Local)}
}

// short cuts a name that no real file has.
func short(s string) string {
	if len(s) > maxName {
		return strings.ToValidUTF8(s[:maxName], "")
	}
	return s
}

// characters keeps text that may be a value, a little more of it than a value
// may have.
func (r *reader) characters(text xml.CharData) {
	if r.skipped > 0 || len(r.open) == 0 {
		return
	}
	e := &r.open[len(r.open)-1]
	if e.children {
		return
	}
	kept := min(len(text), max(0, r.lim.ValueBytes+utf8.UTFMax-len(e.text)))
	e.text = append(e.text, text[:kept]...)
	e.beyond.length += len(text) - kept
	e.beyond.digits += base64Digits(text[kept:])
}

// end closes the innermost element of that name. An end without a beginning
// is passed over; one that closes several elements loses what the inner ones
// held.
func (r *reader) end(written xml.Name) {
	if r.skipped > 0 {
		r.skipped--
		return
	}
	last := len(r.open) - 1
	match := last
	for match >= 0 && r.open[match].written != written {
		match--
	}
	if match != last {
		r.problem("corrupt-xml", fieldPacket, "the elements of the XMP are not closed in the order they were opened")
	}
	if match < 0 {
		return
	}
	for len(r.open)-1 > match {
		r.drop()
	}
	r.finish()
	r.drop()
}

// drop leaves the innermost element.
func (r *reader) drop() {
	last := len(r.open) - 1
	if r.open[last].onPath {
		r.path = r.path[:len(r.path)-1]
	}
	r.open = r.open[:last]
	r.scopes.close()
}

// finish files the text of the innermost element if that is a value.
func (r *reader) finish() {
	e := &r.open[len(r.open)-1]
	if e.children || len(r.path) == 0 {
		return
	}
	value := string(e.text)
	if e.name == (name{"rdf", "Description"}) {
		value = strings.TrimSpace(value)
	}
	if value == "" {
		if e.attributes {
			return
		}
		if e.name == (name{"rdf", "type"}) && e.instead != "" {
			return // says what kind of structure this is
		}
		value = e.instead
	}
	r.emit(property{path: r.path, value: value, beyond: e.beyond, lang: e.lang, binary: e.binary, inList: r.isItem(e.written)})
}

// emit files a property.
func (r *reader) emit(p property) {
	p.list, p.item = r.lists, r.item
	if p.inList && len(r.open) > 1 {
		p.container = r.open[len(r.open)-2].name.local
	}
	r.out.add(p)
}

// damage says why the reading ended early.
func (r *reader) damage(err error) {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, errEnough):
		r.problem("limit", fieldPacket, fmt.Sprintf("the XMP has more parts than the limit of %d elements and attributes allows, what follows was not read", r.lim.Properties))
	case errors.Is(err, io.EOF) && len(r.open) == 0 && r.skipped == 0:
		// the end of the text where it may be
	case errors.Is(err, io.EOF), errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		r.problem("truncated", fieldPacket, "the XMP ends in the middle, what stands before was read")
	default:
		r.problem("corrupt-xml", fieldPacket, fmt.Sprintf("the XMP is damaged (%v), what stands before was read", cause(err)))
	}
}

// cause is what an XML error says without its prefix and line.
func cause(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return strings.TrimPrefix(err.Error(), "xml: ")
}

// problem files a problem, each kind once for each field.
func (r *reader) problem(code, field, message string) {
	if key := code + field; !r.said[key] {
		r.said[key] = true
		r.out.problems = append(r.out.problems, Problem{Code: code, Field: field, Message: message})
	}
}
