package xmp

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed schema.txt
var schemaText string

// schema knows the standard namespaces and the names that ExifTool gives
// their properties.
type schema struct {
	byPrefix map[string]*namespace
	byURI    map[string]*namespace
}

// namespace is one standard namespace.
type namespace struct {
	prefix string
	group  string // family 1 group of ExifTool: "XMP-iptcCore"
	uri    string
	first  bool // of several values of one property the first counts
	fields fieldSet
}

// fieldSet holds the properties of a namespace by local name, or the fields
// of a structure by local name with its first letter in upper case.
type fieldSet map[string]*field

// listMode says whether a property gathers several values.
type listMode byte

const (
	asParent listMode = iota // as the structure it stands in
	isList
	isSingle
)

// field is one property or field of a structure.
type field struct {
	name   string // "=X" and "!X" of schema.txt are kept apart by absolute
	prefix string // what the names of its own fields begin with
	// absolute marks name and prefix that do not follow the structure's.
	nameAbsolute, prefixAbsolute bool

	list   listMode
	first  bool // of several values the first counts
	form   form
	fields fieldSet // of a structure
	open   bool     // takes properties of any other namespace
}

// standardSchema reads schema.txt once, when the first packet is decoded.
var standardSchema = sync.OnceValue(func() *schema { return parseSchema(schemaText) })

// parseSchema reads the text form that the head of schema.txt explains.
func parseSchema(text string) *schema {
	s := &schema{byPrefix: map[string]*namespace{}, byURI: map[string]*namespace{}}
	structs := map[string]fieldSet{}
	set := func(name string) fieldSet {
		if structs[name] == nil {
			structs[name] = fieldSet{}
		}
		return structs[name]
	}
	var current fieldSet
	var inStruct bool
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "namespace" && len(words) >= 4:
			n := s.add(words[1], words[2], words[3])
			n.first = len(words) == 5
			current, inStruct = n.fields, false
		case words[0] == "struct" && len(words) == 2:
			current, inStruct = set(words[1]), true
		default:
			for _, word := range words {
				if other, ok := strings.CutPrefix(word, "@"); ok {
					s.byPrefix[other].lend(current)
					continue
				}
				local, f := parseField(word, inStruct, set)
				current[local] = f
			}
		}
	}
	return s
}

// lend gives the properties of a namespace to another that has the same.
func (n *namespace) lend(to fieldSet) {
	if n == nil {
		return
	}
	for local, f := range n.fields {
		to[local] = f
	}
}

// add files a namespace.
func (s *schema) add(prefix, group, uri string) *namespace {
	if group == "=" {
		group = prefix
	}
	n := &namespace{prefix: prefix, group: "XMP-" + group, uri: uri, fields: fieldSet{}}
	s.byPrefix[prefix] = n
	if uri != "-" {
		s.byURI[uri] = n
	}
	return n
}

// parseField reads one LOCAL[=NAME][/FLAT][^][*|-][:FORM][@STRUCT].
func parseField(word string, inStruct bool, set func(string) fieldSet) (string, *field) {
	f := &field{}
	word, structName, _ := strings.Cut(word, "@")
	structName, f.open = strings.CutSuffix(structName, "*")
	if structName != "" {
		f.fields = set(structName)
	}
	word, formName, _ := strings.Cut(word, ":")
	f.form = formNames[formName]
	if rest, ok := strings.CutSuffix(word, "*"); ok {
		word, f.list = rest, isList
	} else if rest, ok := strings.CutSuffix(word, "-"); ok {
		word, f.list = rest, isSingle
	}
	word, f.first = strings.CutSuffix(word, "^")
	word, flat, hasFlat := strings.Cut(word, "/")
	local, name, renamed := strings.Cut(word, "=")
	if !renamed {
		name = capital(local)
	}
	f.name, f.nameAbsolute = strings.CutPrefix(name, "!")
	f.prefix, f.prefixAbsolute = f.name, f.nameAbsolute
	if hasFlat {
		f.prefix, f.prefixAbsolute = strings.CutPrefix(flat, "!")
	}
	if inStruct {
		local = capital(local)
	}
	return local, f
}

// tagInfo is what the schema says of one property.
type tagInfo struct {
	group string // "XMP-dc"
	name  string // "Creator"; not yet fit for an unknown property, see tagName
	form  form
	list  bool
	first bool // of several values the first counts
	known bool
}

// resolve names the property at the end of a path of qualified names, the
// wrappers of RDF left out. It is never called with an empty path.
func (s *schema) resolve(path []name) tagInfo {
	info := tagInfo{group: groupOf(s, path[0].prefix), first: true}
	var fields fieldSet
	var first bool
	if n := s.byPrefix[path[0].prefix]; n != nil {
		fields, first = n.fields, n.first
	}
	var prefix string // what the names begin with inside the innermost structure
	inner := 0        // index of the first step inside it
	for i, step := range path {
		local := s.local(step)
		if i > 0 {
			local = capital(local)
		}
		f := fields[local]
		if f == nil {
			break
		}
		info.list = f.list == isList || f.list == asParent && info.list
		if i == len(path)-1 {
			info.name, info.form, info.first, info.known = f.under(prefix), f.form, first || f.first, true
			return info
		}
		if f.fields == nil && !f.open {
			break
		}
		prefix, inner, fields = f.prefixUnder(prefix), i+1, f.fields
		if next := path[inner]; f.open && fields[capital(s.local(next))] == nil {
			rest := s.resolve(path[inner:])
			rest.group, rest.name, rest.first = info.group, prefix+rest.name, first || !rest.known
			return rest
		}
	}
	info.list = false
	info.name = prefix
	for _, step := range path[inner:] {
		if len(info.name) > maxName {
			break
		}
		info.name += capital(s.local(step))
	}
	return info
}

func (f *field) under(prefix string) string {
	if f.nameAbsolute {
		return f.name
	}
	return prefix + f.name
}

func (f *field) prefixUnder(prefix string) string {
	if f.prefixAbsolute {
		return f.prefix
	}
	return prefix + f.prefix
}

// local is the local name as ExifTool uses it: one wholly in upper case that
// the namespace does not know is written in lower case, "MAX_SIZE" as "maxSize".
func (s *schema) local(n name) string {
	if strings.ContainsFunc(n.local, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return n.local
	}
	if ns := s.byPrefix[n.prefix]; ns != nil && ns.fields[n.local] != nil {
		return n.local
	}
	words := strings.Split(strings.ToLower(n.local), "_")
	for i := 1; i < len(words); i++ {
		words[i] = capital(words[i])
	}
	return strings.Join(words, "")
}

// groupOf is the family 1 group for a prefix, "" for no namespace at all.
func groupOf(s *schema, prefix string) string {
	if n := s.byPrefix[prefix]; n != nil {
		return n.group
	}
	if prefix == "" {
		return ""
	}
	return "XMP-" + prefix
}

// capital puts the first letter in upper case, if it is an ASCII one.
func capital(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}
