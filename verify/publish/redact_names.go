package publish

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names finds names in texts, whole and in upper or lower case, and gives what
// stands in their place.
type names struct {
	whole   map[string]string // of a text that is nothing but the name
	inText  map[string]string // by the name in lower case
	lengths []int             // in bytes, of those in inText, the longest first
}

// shortest is the fewest letters of a name that is looked for inside texts: a
// source that is called "a" would be found in every sentence.
const shortest = 3

// take adds names with their labels; they are counted in n.
func (l *names) take(labels map[string]string, n *int) {
	if l.whole == nil {
		l.whole, l.inText = map[string]string{}, map[string]string{}
	}
	for _, from := range slices.Sorted(maps.Keys(labels)) {
		if from == "" || l.whole[from] != "" {
			continue
		}
		*n++
		l.whole[from] = labels[from]
		if utf8.RuneCountInString(from) >= shortest {
			l.inText[strings.ToLower(from)] = labels[from]
			l.lengths = append(l.lengths, len(from))
		}
	}
}

// number adds names that are known by their number from then on. Numbers are
// of one length, so that they stand in order.
func (l *names) number(kind string, n *int, list []string) {
	labels := map[string]string{}
	for i, from := range list {
		labels[from] = fmt.Sprintf("%s %0*d", kind, len(fmt.Sprint(len(list))), i+1)
	}
	l.take(labels, n)
}

// order puts long names before those that they begin with.
func (l *names) order() {
	slices.SortFunc(l.lengths, func(a, b int) int { return cmp.Compare(b, a) })
	l.lengths = slices.Compact(l.lengths)
}

func (l *names) replace(s string) string {
	if to, ok := l.whole[s]; ok {
		return to
	}
	if len(l.lengths) == 0 {
		return s
	}
	var b strings.Builder
	kept, before := 0, ' '
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if to, n := l.at(s[i:], r, before); n > 0 {
			b.WriteString(s[kept:i])
			b.WriteString(to)
			i += n
			kept, before = i, 'x'
			continue
		}
		i, before = i+size, r
	}
	if kept == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// at finds the name that a text begins with, and its length; 0 for none. A name
// in letters of the Latin alphabet stands alone, or after another sign than a
// letter or a digit; in scripts that join words it may stand anywhere.
func (l *names) at(s string, first, before rune) (to string, n int) {
	if first <= unicode.MaxLatin1 && inWord(before) && !joined(s[:min(len(s), l.lengths[0])]) {
		return "", 0
	}
	for _, n := range l.lengths {
		if n > len(s) {
			continue
		}
		to, ok := l.inText[strings.ToLower(s[:n])]
		if !ok {
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[n:])
		if joined(s[:n]) || !inWord(before) && !inWord(after) {
			return to, n
		}
	}
	return "", 0
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func joined(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxLatin1 }) >= 0
}

// fileNames are the last parts of paths, which findings and notes quote alone.
func fileNames(paths map[string]string) map[string]string {
	out := map[string]string{}
	for from, to := range paths {
		if base := path.Base(from); strings.Contains(base, ".") {
			out[base] = path.Base(to)
		}
	}
	return out
}

// people are those who reviewed, decided and wrote.
func people(t *Telling) []string {
	var out []string
	for i := range t.Decisions {
		out = append(out, t.Decisions[i].By)
	}
	for i := range t.Reviews {
		for _, s := range t.Reviews[i].Sheets {
			for _, r := range s.Reviewers {
				out = append(out, r.Name)
			}
			for _, a := range s.Answers {
				out = append(out, a.By)
			}
			for _, c := range s.Claims {
				out = append(out, c.Reviewer)
			}
		}
	}
	for i := range t.Records {
		out = append(out, t.Records[i].CreatedBy, t.Records[i].UpdatedBy)
	}
	return distinct(out)
}

// accounts are those that files were posted by and forwarded from.
func accounts(t *Telling) []string {
	var out []string
	for i := range t.Items {
		for _, s := range t.Items[i].Sightings {
			out = append(out, s.Account)
			for _, r := range s.Records {
				out = append(out, r.Account, r.ForwardedFrom)
			}
		}
	}
	for i := range t.Records {
		for _, s := range t.Records[i].Sources {
			out = append(out, s.Author)
		}
	}
	return distinct(out)
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" })
}
