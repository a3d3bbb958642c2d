package xmp

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// name is a qualified name whose prefix is the standard one of its namespace,
// or the file's own where the namespace is not a standard one.
type name struct {
	prefix, local string
}

// wrapper tells the elements that only hold others (RDF's and x:xmpmeta) and
// the attributes that say something about an element, not about the picture.
func (n name) wrapper() bool {
	switch n.prefix {
	case "x", "rdf", "xml", "xmlns", "et":
		return true
	}
	return n == name{"xmp", "xmpmeta"} // as Microsoft's software once wrote it
}

// maxNamespaces is the number of namespaces of its own that a file may bring;
// more keep the prefix they are written with.
const maxNamespaces = 1000

// scopes translates the prefixes of a file. Prefixes are declared on elements
// and hold until those end; the same namespace keeps one prefix throughout.
type scopes struct {
	schema *schema
	now    map[string]string // prefix in the file -> prefix to use
	undo   []binding         // what the open elements replaced in now
	marks  []int             // length of undo at the start of each open element
	ours   map[string]string // URI of a namespace that is not a standard one -> prefix
	taken  map[string]bool   // prefixes given out in ours
}

// binding is a prefix as it was before an element declared it anew.
type binding struct {
	prefix, before string
	bound          bool
}

func newScopes(s *schema) *scopes {
	return &scopes{schema: s, now: map[string]string{}, ours: map[string]string{}, taken: map[string]bool{}}
}

// open enters an element with its declarations.
func (s *scopes) open(attrs []xml.Attr) {
	s.marks = append(s.marks, len(s.undo))
	for _, a := range attrs {
		switch {
		case a.Name.Space == "xmlns":
			s.declare(a.Name.Local, s.canonical(a.Name.Local, a.Value))
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			s.declare("", s.defaultNamespace(a.Value))
		}
	}
}

func (s *scopes) declare(prefix, canonical string) {
	before, bound := s.now[prefix]
	s.undo = append(s.undo, binding{prefix, before, bound})
	s.now[prefix] = canonical
}

// close leaves the innermost element.
func (s *scopes) close() {
	last := len(s.marks) - 1
	for i := len(s.undo) - 1; i >= s.marks[last]; i-- {
		if b := s.undo[i]; b.bound {
			s.now[b.prefix] = b.before
		} else {
			delete(s.now, b.prefix)
		}
	}
	s.undo, s.marks = s.undo[:s.marks[last]], s.marks[:last]
}

// prefix gives the prefix to use for one of the file's; an undeclared one
// stands for itself.
func (s *scopes) prefix(written string) string {
	if canonical, ok := s.now[written]; ok {
		return canonical
	}
	return written
}

// canonical is the prefix to use for a namespace: the standard one if it is a
// standard namespace, else the first that the file gave it, unless another
// namespace has that.
func (s *scopes) canonical(written, uri string) string {
	if n := s.standard(uri); n != nil {
		return n.prefix
	}
	if given, ok := s.ours[uri]; ok {
		return given
	}
	given := written
	if len(s.ours) >= maxNamespaces {
		return given
	}
	for i := 0; s.taken[given] || s.schema.byPrefix[given] != nil; i++ {
		given = "tmp" + strconv.Itoa(i)
	}
	s.ours[uri], s.taken[given] = given, true
	return given
}

func (s *scopes) defaultNamespace(uri string) string {
	if n := s.standard(uri); n != nil {
		return n.prefix
	}
	return ""
}

// versionPart is where the URI of a namespace states its version.
var versionPart = regexp.MustCompile(`/\d+\.\d+(/|$)`)

// standard finds a standard namespace by its URI, with or without the slash
// at its end (Nikon's NX2 differs there) and in any version.
func (s *scopes) standard(uri string) *namespace {
	known := s.schema.byURI
	if n := known[uri]; n != nil {
		return n
	}
	if rest, ok := strings.CutSuffix(uri, "/"); ok {
		if n := known[rest]; n != nil {
			return n
		}
	} else if n := known[uri+"/"]; n != nil {
		return n
	}
	return s.otherVersion(uri)
}

// otherVersion finds the standard namespace that differs in its version only.
// Several may (those of prism): the first by prefix is taken, so that the
// result does not depend on the order of a map.
func (s *scopes) otherVersion(uri string) *namespace {
	at := versionPart.FindStringIndex(uri)
	if at == nil || len(uri) > maxName {
		return nil
	}
	var found *namespace
	for known, n := range s.schema.byURI {
		if strings.HasPrefix(known, uri[:at[0]]) && versionPart.ReplaceAllString(known, "/$1") == versionPart.ReplaceAllString(uri, "/$1") &&
			(found == nil || n.prefix < found.prefix) {
			found = n
		}
	}
	return found
}
