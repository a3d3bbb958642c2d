package search

import "slices"

// The answers of keys that ask whether something is so, and of all that can be
// unknown.
const (
	yes  = "yes"
	no   = "no"
	None = "none" // nothing is said of it
	Any  = "any"  // something is
)

// Key is something that can be asked of an item.
type Key struct {
	Name   string
	What   string   // for people, a few words
	Values []string // all that can follow, where that is settled; else nil
	Like   string   // a value as it is typed, where Values are nil
}

// Catalogue lists the keys, in the order in which they are offered.
func Catalogue() []Key { return slices.Clone(catalogue[:]) }

var yesOrNo = []string{yes, no}

var catalogue = [...]Key{
	{"source", "where the file came from", nil, "telegram-a"},
	{"account", "who posted it, as the source says", nil, "channel_02"},
	{"type", "what kind of file it is", []string{"photo", "video", "audio", "document", "other"}, ""},
	{"time", "whose word its best time is", []string{"device", "platform", "derived", None}, ""},
	{"zone", "whether the zone of its time is known", []string{"known", "unknown"}, ""},
	{"after", "not before this day or time (UTC where no zone is written)", nil, "2026-05-16"},
	{"before", "before this day or time (UTC where no zone is written)", nil, "2026-05-17T14:00+03:00"},
	{"has", "what is known or said of it", hasValues, ""},
	{"near", "within so far of a position", nil, "33.3128,44.3615,2km"},
	{"place", "words in the name of its place", nil, "Kharkiv"},
	{"tag", "a tag that somebody gave it", nil, "smoke"},
	{"warning", "how graphic it is said to be", []string{None, "moderate", "severe", "unsaid"}, ""},
	{"reviewed", "whether a person decided or wrote anything of it", yesOrNo, ""},
	{"setaside", "whether it is set aside (left out unless asked for)", []string{yes, no, Any}, ""},
	{"pinned", "whether it is pinned", yesOrNo, ""},
	{"incident", "the incident that counts it", nil, "I-8"},
	{"cluster", "the cluster of copies that it is in", nil, "C-3"},
	{"copies", "how many copies of it there are, itself among them", nil, "2.."},
	{"device", "words in maker, model or software", nil, "Pixel"},
	{"name", "part of the file’s name", nil, "IMG_04"},
	{"path", "part of the path", nil, "telegram-a/photos"},
	{"caption", "words in what was posted with it", nil, "bridge"},
	{"note", "words in notes and descriptions", nil, "two cars"},
	{"problem", "what is wrong with it", []string{yes, no, "unreadable"}, ""},
	{"length", "how long it runs", nil, "30s.."},
	{"size", "how big the file is", nil, "5MB.."},
	{"sha256", "the beginning of its SHA-256", nil, "9f2c"},
}

// hasValues are what can be asked with has.
var hasValues = []string{
	"gps", "place", "time", "device", "caption", "sound", "note", "description", "tag", "warning", "mask", "incident", "copies", "problem",
}

// yesNo are keys that can be written as a word alone, as -setaside.
var yesNo = map[string]bool{"reviewed": true, "setaside": true, "pinned": true}

// keyNamed finds a key of the catalogue.
func keyNamed(name string) (Key, bool) {
	i := slices.IndexFunc(catalogue[:], func(k Key) bool { return k.Name == name })
	if i < 0 {
		return Key{}, false
	}
	return catalogue[i], true
}

// nearestKey is the key that a mistyped one most looks like, "" for none.
func nearestKey(name string) string {
	best, apart := "", 3
	for _, k := range catalogue {
		if d := edits(name, k.Name); d < apart {
			best, apart = k.Name, d
		}
	}
	return best
}

// edits counts the letters to change, add or drop between two words.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
