package report

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/sidebyside"
)

// likenessView is the matches of one kind.
type likenessView struct {
	Heading string
	Explain string
	Command string // that lists all of them
	Pairs   int
	Groups  []groupView
	More    int  // pairs of groups that are left out
	LeftOut bool // some pair is
}

// groupView is the pairs that join the same two contents, or the copies of one.
type groupView struct {
	Anchor   string
	Pairs    []pairView // the best evidence first
	More     int        // pairs that are left out
	Incident string     // anchor of the incident that one of them is in, or ""
	Number   int        // of that incident
}

// pairView is one match in words and pictures.
type pairView struct {
	PathA, PathB string
	Drawing      drawing
	Lanes        template.HTML // of two videos: what they share, over time
	Verdict, Why string
	Words        sidebyside.Description
}

// Bounds of what is shown with pictures. The case itself holds all of it.
const (
	pairsPerGroup = 3
	groupsPerKind = 40
)

// kinds of matches that the report shows, with the key of their heading: what
// explains them stands under the same with "-explain". Equal bytes need no
// picture.
var kinds = []struct {
	relation         verify.Relation
	videos           bool // of two videos, else of at least one picture
	heading, command string
}{
	{verify.Near, false, "report.likeness.pictures", "firsthand duplicates --case CASE"},
	{verify.Near, true, "report.likeness.videos", "firsthand duplicates --case CASE"},
	{verify.Part, false, "report.likeness.parts", "firsthand duplicates --case CASE"},
	{verify.Part, true, "report.likeness.stretches", "firsthand duplicates --case CASE"},
	{verify.SameScene, false, "report.likeness.scenes", "firsthand duplicates --scenes --case CASE"},
	{verify.SameScene, true, "report.likeness.takes", "firsthand duplicates --scenes --case CASE"},
}

// likeness shows the matches by kind, and by the contents that they join.
func (r *reader) likeness(matches []verify.Match) []likenessView {
	var out []likenessView
	n := 0
	for _, k := range kinds {
		v := likenessView{Heading: r.w.T(k.heading), Explain: r.w.T(k.heading + "-explain"), Command: k.command}
		for _, g := range r.inReportOrder(r.joined(matches, k.relation, k.videos)) {
			v.Pairs += len(g)
			if len(v.Groups) == groupsPerKind {
				v.More, v.LeftOut = v.More+len(g), true
				continue
			}
			n++
			shown := r.group(g)
			shown.Anchor = fmt.Sprintf("like-%d", n)
			if c := r.content(g[0].A); c == r.content(g[0].B) {
				r.likened[c] = shown.Anchor
			}
			v.Groups = append(v.Groups, shown)
			v.LeftOut = v.LeftOut || shown.More > 0
		}
		if v.Pairs > 0 {
			out = append(out, v)
		}
	}
	return out
}

// joined gathers the matches of one kind that join the same two contents.
func (r *reader) joined(matches []verify.Match, kind verify.Relation, videos bool) map[[2]string][]verify.Match {
	groups := map[[2]string][]verify.Match{}
	for _, m := range matches {
		if m.Relation != kind || r.items[m.A] == nil || r.items[m.B] == nil {
			continue
		}
		if videos != (moves(r.items[m.A]) && moves(r.items[m.B])) {
			continue
		}
		a, b := r.content(m.A), r.content(m.B)
		key := [2]string{min(a, b), max(a, b)}
		groups[key] = append(groups[key], m)
	}
	return groups
}

// content is what a path is counted as: its cluster, or its own digest.
func (r *reader) content(path string) string {
	d := r.items[path].Digest
	return cmp.Or(r.cluster[d], string(d))
}

// inReportOrder puts groups in the order of the incidents that they are in,
// those in none last, and the pairs of each with the best evidence first.
func (r *reader) inReportOrder(groups map[[2]string][]verify.Match) [][]verify.Match {
	var out [][]verify.Match
	for _, g := range groups {
		slices.SortFunc(g, func(a, b verify.Match) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.BlocksAgree, a.BlocksAgree),
				cmp.Compare(b.Inliers, a.Inliers), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
		})
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b []verify.Match) int {
		return cmp.Or(cmp.Compare(r.rank(a), r.rank(b)), cmp.Compare(a[0].A, b[0].A), cmp.Compare(a[0].B, b[0].B))
	})
	return out
}

// rank is the number of the first incident that a group is in; those in none
// come last.
func (r *reader) rank(g []verify.Match) int {
	if id := r.incidentOf(g); id != "" {
		return r.number[id]
	}
	return math.MaxInt
}

// incidentOf is the first incident that holds one of the files, or "".
func (r *reader) incidentOf(g []verify.Match) (first string) {
	for _, m := range g {
		for _, path := range []string{m.A, m.B} {
			id := r.home[r.items[path].Digest]
			if id != "" && (first == "" || r.number[id] < r.number[first]) {
				first = id
			}
		}
	}
	return first
}

func (r *reader) group(matches []verify.Match) groupView {
	v := groupView{More: max(0, len(matches)-pairsPerGroup)}
	if id := r.incidentOf(matches); id != "" {
		v.Incident, v.Number = anchorOf(id), r.number[id]
	}
	for _, m := range matches[:len(matches)-v.More] {
		words := r.w.described(m)
		v.Pairs = append(v.Pairs, pairView{
			PathA: m.A, PathB: m.B, Verdict: capital(words.Verdict), Why: capital(r.w.Sentence(visible(m.Why))), Words: words, Drawing: r.draw(m), Lanes: r.lanes(m),
		})
	}
	return v
}

// described is what two files share and differ in.
func (w Words) described(m verify.Match) sidebyside.Description {
	d := sidebyside.Describe(m)
	for _, s := range []*string{&d.Verdict, &d.Shared, &d.Moment, &d.Transform, &d.Changed, &d.Sound} {
		*s = w.Sentence(*s)
	}
	d.Stretches = w.sentences(d.Stretches)
	return d
}

// capital makes the first letter one, as at the start of a sentence.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// shots are the pictures that a match speaks of: of a video, the frame that
// comes closest to where the shared part begins; of two videos, two frames of
// one moment.
func (r *reader) shots(m verify.Match) [2]shot {
	a, b := r.withFrames(m.A, m.TimeA), r.withFrames(m.B, m.TimeB)
	if len(m.Segments) > 0 {
		if i, j, ok := sidebyside.OneMoment(a, b, m.Segments[0], everyFrame); ok {
			return [2]shot{{a.Digest, a.Frames[i].At}, {b.Digest, b.Frames[j].At}}
		}
	}
	at := func(it *verify.Item, t *[2]float64) shot {
		if i := sidebyside.Nearest(it, t, everyFrame); t != nil && i >= 0 {
			return shot{it.Digest, it.Frames[i].At}
		}
		return shot{it.Digest, standing}
	}
	return [2]shot{at(a, m.TimeA), at(b, m.TimeB)}
}

// withFrames is the item at a path with its frames, where a moment of it is
// asked for.
func (r *reader) withFrames(path string, t *[2]float64) *verify.Item {
	it := *r.items[path]
	if t != nil && it.Frames == nil && r.frames != nil {
		it.Frames = r.frames(it.Digest)
	}
	return &it
}

func everyFrame(verify.Frame) bool { return true }
