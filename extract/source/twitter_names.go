package source

import (
	"path"
	"strings"
	"time"
)

// xMarks finds files by what downloaders of X put into names: the id of the
// post ("1498186193330396312_1.jpg") or of the medium, and the key of the
// picture ("FMqZ3wVXoAAyZ0k.jpg", "1498186193330396312-FMqZ3wVXoAAyZ0k.jpg").
type xMarks struct {
	ids, keys map[string][]int
	still     map[int]bool // files that are pictures by their names
}

// shortestID is how many digits an id has at least that is looked for in
// names; ids of X have had so many since 2010.
const shortestID = 15

// Lengths of X's keys, which are 11 and 12 bytes in base 64, and of what a
// whole name may be to be one.
const (
	shortKey, longKey         = 15, 16
	shortestStem, longestStem = 10, 24
)

// xMarks indexes the names of the source, once.
func (n *names) xMarks() *xMarks {
	if n.marks != nil {
		return n.marks
	}
	n.marks = &xMarks{ids: make(map[string][]int), keys: make(map[string][]int), still: make(map[int]bool)}
	for i, rel := range n.rels {
		n.marks.index(i, rel)
	}
	return n.marks
}

func (m *xMarks) index(file int, rel string) {
	kind := mediaKind(rel)
	if kind == notMedia {
		return
	}
	m.still[file] = kind == pictureName
	name := path.Base(rel)
	stem, _, _ := strings.Cut(strings.TrimSuffix(name, path.Ext(name)), ":") // "KEY.jpg:orig" has the size in its extension, "KEY:orig.jpg" here
	for _, id := range digitRuns(stem) {
		add(m.ids, id, file)
	}
	if folder := path.Base(path.Dir(rel)); len(folder) >= shortestID && isPostID(folder) {
		add(m.ids, folder, file)
	}
	if n := len(stem); shortestStem <= n && n <= longestStem && isKey(stem) {
		add(m.keys, stem, file)
	}
	for start := 0; start+shortKey <= len(stem); start++ {
		if start > 0 && isKeyByte(stem[start-1]) {
			continue
		}
		for _, length := range []int{shortKey, longKey} {
			end := start + length
			if end <= len(stem) && (end == len(stem) || !isKeyByte(stem[end])) && isKey(stem[start:end]) {
				add(m.keys, stem[start:end], file)
			}
		}
	}
}

// maxPerMark bounds the files of one mark: a post has four.
const maxPerMark = 200

// add keeps the files of a mark in order, each once.
func add(to map[string][]int, mark string, file int) {
	if have := to[mark]; len(have) == 0 || have[len(have)-1] != file && len(have) < maxPerMark {
		to[mark] = append(have, file)
	}
}

// digitRuns returns the long numbers in a name.
func digitRuns(s string) []string {
	var runs []string
	for start := 0; start < len(s); {
		end := start
		for end < len(s) && '0' <= s[end] && s[end] <= '9' {
			end++
		}
		if end-start >= shortestID && end-start <= 19 {
			runs = append(runs, s[start:end])
		}
		start = max(end, start+1)
	}
	return runs
}

// maxIDGap is how far the time in a post's id may be from the time that is
// stated of it to the second.
const maxIDGap = 2 * time.Second

// isKeyByte reports a letter or digit. Keys have "-" and "_" too, which also
// stand between the parts of names.
func isKeyByte(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// isKey reports text of base 64 that is no plain number.
func isKey(s string) bool {
	letters := false
	for i := range len(s) {
		if c := s[i]; isLetter(c) {
			letters = true
		} else if !isKeyByte(c) && c != '-' && c != '_' {
			return false
		}
	}
	return letters
}
