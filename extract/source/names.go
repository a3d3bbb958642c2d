package source

import (
	"fmt"
	"path"
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
