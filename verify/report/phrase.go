package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// phrase is a piece of a sentence: text, or a reference to an original or an
// incident of the report.
type phrase struct {
	Text   string
	Anchor string // "" for text
}

// sentence is one reason in words, with its strength where it is weighed.
type sentence struct {
	Phrases  []phrase
	Strength string
	Bits     string
	weight   float64 // in bits, 0 where it is not weighed
	code     string
}

// Against says that it speaks against belonging together.
func (s sentence) Against() bool { return s.weight < 0 }

// Total says that it is what the others add up to.
func (s sentence) Total() bool { return s.code == "total" }

// weighed puts evidence in order: why it is shown as possible; what speaks for
// it, the strongest first; what speaks against it; what they add up to; and
// last what is not weighed.
func weighed(list []sentence) []sentence {
	slices.SortStableFunc(list, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), cmp.Compare(math.Abs(b.weight), math.Abs(a.weight)))
	})
	return list
}

func rankOf(s sentence) int {
	switch {
	case s.code == "possible", s.code == "suggestion":
		return 0
	case s.Total():
		return 3
	case s.weight > 0:
		return 1
	case s.weight < 0:
		return 2
	}
	return 4
}

// mark stands around references while a sentence is put together: "#" and an
// incident's ID, or "=" and a path. Messages cannot hold one: visible spells
// it out.
const mark = "\x00"

// compared are the reasons whose message states the bits itself.
var compared = map[string]bool{"weakest-member": true, "best-rival": true, "suggestion": true, "possible": true}

// namer gives the originals of one incident their letters in sentences.
type namer struct {
	r     *reader
	own   string // the incident
	paths *strings.Replacer
}

func (r *reader) namer(inc *verify.Incident) *namer {
	paths := make([]string, 0, len(inc.Members))
	for _, m := range inc.Members {
		if m.Path != "" {
			paths = append(paths, m.Path)
		}
	}
	// The longest first, so that no path is taken for the start of another.
	slices.SortFunc(paths, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var pairs []string
	for _, p := range paths {
		to := visible(p)
		if l, ok := r.letters[p]; ok && l.incident == inc.ID {
			to = mark + "=" + p + mark
		}
		pairs = append(pairs, visible(p), to)
	}
	return &namer{r, inc.ID, strings.NewReplacer(pairs...)}
}

// sentence puts a reason into words: paths of originals become their letters,
// IDs of incidents their numbers.
func (n *namer) sentence(reason verify.Reason) sentence {
	text := n.paths.Replace(n.r.w.Sentence(visible(reason.Message)))
	switch {
	case compared[reason.Code]:
		text = n.r.mentions.Replace(text)
	case reason.Code == "recycled":
		text = n.elsewhere(text, visible(reason.Message))
	}
	s := sentence{Phrases: n.phrases(text), code: reason.Code}
	if reason.Weight != 0 && !compared[reason.Code] {
		s.Strength, s.Bits, s.weight = n.r.w.bits(reason.Weight), n.r.w.signed(reason.Weight), reason.Weight
	}
	return s
}

// phrases cuts a text at its marks.
func (n *namer) phrases(text string) []phrase {
	var out []phrase
	for i, part := range strings.Split(text, mark) {
		switch {
		case i%2 == 1:
			out = append(out, n.reference(part))
		case part != "":
			out = append(out, phrase{Text: part})
		}
	}
	return out
}

// seeOriginal stands before the path of the original in a message on a post of
// an old picture.
const seeOriginal = ", see "

// elsewhere marks the original that a message names last and that stands in
// another incident: "… see PATH".
func (n *namer) elsewhere(text, message string) string {
	_, path, found := strings.Cut(message, seeOriginal)
	l, ok := n.r.letters[path]
	at := strings.LastIndex(text, path)
	if !found || !ok || at < 0 || l.incident == n.own {
		return text
	}
	return text[:at] + mark + "=" + path + mark + text[at+len(path):]
}

func (n *namer) reference(to string) phrase {
	if id, ok := strings.CutPrefix(to, "#"); ok {
		return phrase{n.r.w.incident(n.r.number[id]), anchorOf(id)}
	}
	l := n.r.letters[strings.TrimPrefix(to, "=")]
	p := phrase{strings.ToUpper(l.name), anchorOf(l.incident) + "-" + l.name}
	if l.incident != n.own {
		p.Text = n.r.w.T("report.reference.of", "letter", p.Text, "number", strconv.Itoa(n.r.number[l.incident]))
	}
	return p
}

// cautions says what each flag means for the person who relies on it.
var cautions = map[string]string{
	"clock-contradiction": "The times that one of its files claims contradict each other",
	"absorbed":            "It was rejected, and its files are grouped with others now",
	"no-place":            "Nothing says where it was",
	"recycled-member":     "One of its pictures was posted again long after it first appeared",
	"rival":               "One of its files fits another incident nearly as well",
	"single-item":         "It rests on a single photo or video and its copies",
	"single-source":       "All of it comes from a single account or contributor",
	"suggestion":          "Files outside it may belong to it; that is for a person to decide",
	"weak-time":           "None of its files says, in a known time zone, when it was taken",
}

// Caution puts a flag into words, in English; flags are all that the incident
// carries.
func Caution(flag string, flags []string) string {
	if flag == "single-source" && slices.Contains(flags, "recycled-member") {
		return "Later reposts aside, all of it comes from a single account or contributor"
	}
	if s, ok := cautions[flag]; ok {
		return s
	}
	return visible(flag)
}
