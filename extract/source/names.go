package source

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// names finds the files of a source by the paths that sidecars write.
type names struct {
	rels     []string
	exact    map[string]int
	normal   map[string][]int // by NFC: macOS and some archivers store names decomposed
	inFolder map[string][]int // by folder, in order
	marks    *xMarks          // made when they are first needed, as those below
	tails    map[string][]int // by the end of the path in NFC: a/b/c.jpg, b/c.jpg and c.jpg
	prefixes map[string][]int // by the first hashedName bytes of the base name
	stems    map[string][]int // media by folder and name, with and without extension
	dotted   map[string][]int // by folder and the part of the name before one of its last dots
}

func newNames(rels []string) *names {
	n := &names{
		rels:     rels,
		exact:    make(map[string]int, len(rels)),
		normal:   make(map[string][]int, len(rels)),
		inFolder: make(map[string][]int),
	}
	for i, rel := range rels {
		n.exact[rel] = i
		key := norm.NFC.String(rel)
		n.normal[key] = append(n.normal[key], i)
		dir := path.Dir(rel)
		n.inFolder[dir] = append(n.inFolder[dir], i)
	}
	return n
}

// lookup says how the search for a named file ended.
type lookup int

const (
	present lookup = iota
	absent
	outside // the path leads out of the source, or would on some system
)

// find resolves a path written in a sidecar that lies in folder dir. Only
// names of this inventory can be found: no path from a sidecar ever reaches
// the file system.
func (n *names) find(dir, written string) (int, lookup) {
	if i, ok := n.exact[path.Join(dir, written)]; ok && staysInside(dir, written) {
		return i, present
	}
	slashed := strings.ReplaceAll(written, `\`, "/")
	if !staysInside(dir, slashed) {
		return 0, outside
	}
	rel := path.Join(dir, slashed)
	if i, ok := n.exact[rel]; ok {
		return i, present
	}
	// Two files whose names are equal but for their normal form cannot be told
	// apart, so neither is taken.
	if same := n.normal[norm.NFC.String(rel)]; len(same) == 1 {
		return same[0], present
	}
	return 0, absent
}

// Bounds on what is compared to find a file by the end of its path.
const (
	maxTail  = 8  // elements of the path
	maxAlike = 64 // files of one ending, of which more say nothing
)

// findTail resolves a path or address that was written on another machine: the
// file below folder dir is taken that has most of its last elements in common
// with it, and at least the name.
func (n *names) findTail(dir, written string) (int, lookup) {
	elements := strings.Split(strings.ReplaceAll(written, `\`, "/"), "/")
	for length := min(len(elements), maxTail); length > 0; length-- {
		alike := n.namesakes(strings.Join(elements[len(elements)-length:], "/"))
		if len(alike) > maxAlike {
			return 0, absent
		}
		below := slices.DeleteFunc(slices.Clone(alike), func(i int) bool { return !n.isBelow(dir, i) })
		switch len(below) {
		case 0:
		case 1:
			return below[0], present
		default:
			return 0, absent
		}
	}
	return 0, absent
}

// namesakes lists the files whose path ends with some whole elements, in
// whatever normal form: with a base name as a rule.
func (n *names) namesakes(tail string) []int {
	if n.tails == nil {
		n.tails = make(map[string][]int, 2*len(n.rels))
		for i, rel := range n.rels {
			rel = norm.NFC.String(rel)
			for at, length := len(rel), 0; at > 0 && length < maxTail; length++ {
				at = strings.LastIndexByte(rel[:at], '/')
				n.tails[rel[at+1:]] = append(n.tails[rel[at+1:]], i)
			}
		}
	}
	return n.tails[norm.NFC.String(tail)]
}

// hashedName is how many digits of a file's hash archivers make its name of.
const hashedName = 24

// hashed returns the files below folder dir that are named after a hash.
func (n *names) hashed(dir, digits string) []int {
	if n.prefixes == nil {
		n.prefixes = n.index(func(base string) string { return strings.ToLower(base[:min(len(base), hashedName)]) })
	}
	if len(digits) < hashedName {
		return nil
	}
	var found []int
	for _, i := range n.prefixes[strings.ToLower(digits[:hashedName])] {
		if n.isBelow(dir, i) {
			found = append(found, i)
		}
	}
	return found
}

// findHash returns the one picture, video or sound below folder dir that is
// named after its hash.
func (n *names) findHash(dir, digits string) (int, lookup) {
	media := slices.DeleteFunc(n.hashed(dir, digits), func(i int) bool { return !isMediaName(n.rels[i]) })
	if len(media) != 1 {
		return 0, absent
	}
	return media[0], present
}

// media returns the pictures, videos and sounds in a folder with a name, which
// may or may not have their extension. No name gives all in the folder.
func (n *names) media(dir, name string) []int {
	if n.stems == nil {
		n.stems = make(map[string][]int)
		for i, rel := range n.rels {
			if !isMediaName(rel) {
				continue
			}
			folder, base := path.Dir(rel), path.Base(rel)
			for _, form := range []string{"", base, strings.TrimSuffix(base, path.Ext(base))} {
				n.stems[folder+"/"+form] = append(n.stems[folder+"/"+form], i)
			}
		}
	}
	return n.stems[dir+"/"+name]
}

// index lists the files by something of their base names.
func (n *names) index(key func(base string) string) map[string][]int {
	index := make(map[string][]int, len(n.rels))
	for i, rel := range n.rels {
		k := key(path.Base(rel))
		index[k] = append(index[k], i)
	}
	return index
}

// maxDots is how many extensions a name can have: "clip.f137.mp4.part".
const maxDots = 4

// extended returns the files in folder dir whose name is stem with one or more
// extensions.
func (n *names) extended(dir, stem string) []int {
	if n.dotted == nil {
		n.dotted = make(map[string][]int, 2*len(n.rels))
		for i, rel := range n.rels {
			part := path.Base(rel)
			for range maxDots {
				dot := strings.LastIndexByte(part, '.')
				if dot < 0 {
					break
				}
				part = part[:dot]
				n.dotted[path.Dir(rel)+"/"+part] = append(n.dotted[path.Dir(rel)+"/"+part], i)
			}
		}
	}
	return n.dotted[dir+"/"+stem]
}

// isBelow reports a file in folder dir or a folder in it.
func (n *names) isBelow(dir string, file int) bool {
	return dir == "." || strings.HasPrefix(n.rels[file], dir+"/")
}

// commonTail counts the last elements that two paths have in common.
func commonTail(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// inside returns the files directly in folder dir whose name is wanted.
func (n *names) inside(dir string, wanted func(name string) bool) []int {
	var found []int
	for _, i := range n.inFolder[dir] {
		if wanted(path.Base(n.rels[i])) {
			found = append(found, i)
		}
	}
	return found
}

// staysInside reports a relative path that climbs nowhere, on any system.
func staysInside(dir, written string) bool {
	if written == "" || strings.HasPrefix(written, "/") || strings.ContainsRune(written, 0) {
		return false
	}
	if len(written) >= 2 && written[1] == ':' && isLetter(written[0]) {
		return false // a drive of Windows
	}
	for element := range strings.SplitSeq(written, "/") {
		if element == ".." {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// maxQuoted is how many bytes of a foreign text a finding repeats.
const maxQuoted = 120

// quoted shows a text from a file inside a message: escaped, so that it can
// neither break the line nor steer a terminal, and shortened.
func quoted(s string) string {
	if len(s) > maxQuoted {
		cut := maxQuoted
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		return fmt.Sprintf("%q…", s[:cut])
	}
	return fmt.Sprintf("%q", s)
}
