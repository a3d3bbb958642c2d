package match

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

// The codes of the findings that sound gives.
const (
	sameSound    = "same-sound-other-picture"
	samePictures = "same-picture-other-sound"
)

// What Match.Sound says.
const (
	soundSame  source.Text = "same"
	soundOther source.Text = "other"
	soundNone  source.Text = "none"
)

const (
	// heardLeast is how many seconds two videos must share before their sound
	// is said to differ, and must sound alike before that is worth a finding.
	heardLeast = 4.0
	// soundFindings is how many findings of one kind an item gets; the others
	// are counted in the last.
	soundFindings = 8
)

// heard is what the sound tracks of the case have in common.
type heard struct {
	tracks map[int]*sound.Track // of videos, by place in the list
	shared map[[2]int][]sound.Stretch
}

// listen compares the sound tracks: of those pairs that an index of them
// proposes, and of the videos that share pictures.
func (s *search) listen(ctx context.Context, links []link) (*heard, error) {
	h := &heard{tracks: map[int]*sound.Track{}, shared: map[[2]int][]sound.Stretch{}}
	var of []int
	var tracks []sound.Track
	for i := range s.items {
		if !isVideo(&s.items[i]) {
			continue
		}
		t, ok, err := s.x.track(&s.items[i])
		if err != nil {
			s.note(err.Error())
		}
		if ok {
			of, tracks = append(of, i), append(tracks, t)
		}
	}
	for k := range of {
		h.tracks[of[k]] = &tracks[k]
	}
	var pairs [][2]int
	for _, p := range sound.Pairs(tracks) {
		pairs = append(pairs, [2]int{of[p[0]], of[p[1]]})
	}
	for i := range links {
		if l := &links[i]; l.samePictures() && h.tracks[l.a] != nil && h.tracks[l.b] != nil {
			pairs = append(pairs, [2]int{l.a, l.b})
		}
	}
	slices.SortFunc(pairs, func(p, q [2]int) int { return slices.Compare(p[:], q[:]) })
	pairs = slices.Compact(pairs)
	found := make([][]sound.Stretch, len(pairs))
	err := s.each(ctx, len(pairs), func(i int) { found[i] = s.aligned(h, pairs[i]) })
	for i, p := range pairs {
		if len(found[i]) > 0 {
			h.shared[p] = found[i]
		}
	}
	return h, err
}

// aligned is what the tracks of two items have in common, from the one with the
// lesser place. It does not depend on the places.
func (s *search) aligned(h *heard, p [2]int) []sound.Stretch {
	a, b := h.tracks[p[0]], h.tracks[p[1]]
	if a.Silent() || b.Silent() {
		return nil
	}
	if s.items[p[0]].Digest < s.items[p[1]].Digest {
		return sound.Align(a, b)
	}
	all := sound.Align(b, a)
	for i, t := range all {
		all[i].StartA, all[i].EndA, all[i].StartB, all[i].EndB = t.StartB, t.EndB, t.StartA, t.EndA
	}
	return all
}

// track is the fingerprint of a video's sound; ok is false where it was not
// made.
func (s *shelf) track(it *verify.Item) (t sound.Track, ok bool, err error) {
	switch {
	case s.o.Sound != nil:
		t, err = s.o.Sound(it.Digest)
	case it.Moving != nil && len(it.Moving.Sound) > 0:
		t, err = sound.Decode(it.Moving.Sound)
	default:
		return t, false, nil
	}
	if err != nil {
		return t, false, fmt.Errorf("read the sound of %s: %w", firstPath(it), err)
	}
	return t, true, nil
}

// samePictures says that a link joins two videos of which one shows pictures of
// the other.
func (l *link) samePictures() bool {
	return l.Film != nil && !l.Film.Still[0] && !l.Film.Still[1] && l.Film.kind() != otherShot
}

// of says how the sound of two videos with the same pictures goes with these.
func (h *heard) of(l *link, pictures [2]*[2]float64) source.Text {
	a, b := h.tracks[l.a], h.tracks[l.b]
	if !l.samePictures() || a == nil || b == nil {
		return ""
	}
	if a.Silent() || b.Silent() {
		return soundNone
	}
	for _, s := range h.shared[[2]int{l.a, l.b}] {
		if overlaps(pictures[0], s.StartA, s.EndA) && overlaps(pictures[1], s.StartB, s.EndB) {
			return soundSame
		}
	}
	p, q := pictures[0], pictures[1]
	if min(p[1]-p[0], q[1]-q[0]) >= heardLeast && sound.Differ(a, b, p[0], p[1], q[0], q[1]) {
		return soundOther
	}
	return "" // too short, too noisy or too uniform to tell
}

func overlaps(t *[2]float64, from, to float64) bool { return t != nil && t[0] <= to && from <= t[1] }

// findings are what sound says of the items: of pairs with the same pictures
// and another sound, and of pairs with the same sound and other pictures.
func (s *search) findings(h *heard, links []link, matches []verify.Match) []verify.Finding {
	var out byItem
	pictured := map[[2]int]bool{}
	for i := range links {
		l := &links[i]
		pictured[[2]int{l.a, l.b}] = l.samePictures()
		m := &matches[i]
		if m.Sound == soundOther {
			out.add(samePictures, &s.items[l.a], &s.items[l.b], *m.TimeA, *m.TimeB)
		}
	}
	pairs := make([][2]int, 0, len(h.shared))
	for p := range h.shared {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(p, q [2]int) int { return slices.Compare(p[:], q[:]) })
	for _, p := range pairs {
		t := h.shared[p][0]
		if !pictured[p] && !s.apart(&s.items[p[0]], &s.items[p[1]]) && min(t.EndA-t.StartA, t.EndB-t.StartB) >= heardLeast {
			out.add(sameSound, &s.items[p[0]], &s.items[p[1]], [2]float64{t.StartA, t.EndA}, [2]float64{t.StartB, t.EndB})
		}
	}
	return out.findings()
}

// remark is what sound says of an item with regard to another.
type remark struct {
	code, path, other string
	times, there      [2]float64
}

// byItem gathers remarks.
type byItem struct{ all []remark }

func (r *byItem) add(code string, a, b *verify.Item, ta, tb [2]float64) {
	p, q := firstPath(a), firstPath(b)
	r.all = append(r.all, remark{code, p, q, ta, tb}, remark{code, q, p, tb, ta})
}

// findings puts the remarks into words, by path, the longest first.
func (r *byItem) findings() []verify.Finding {
	slices.SortFunc(r.all, func(p, q remark) int {
		return cmp.Or(cmp.Compare(p.path, q.path), cmp.Compare(p.code, q.code),
			cmp.Compare(q.times[1]-q.times[0], p.times[1]-p.times[0]), cmp.Compare(p.other, q.other))
	})
	var out []verify.Finding
	for i := 0; i < len(r.all); {
		n := i
		for n < len(r.all) && r.all[n].path == r.all[i].path && r.all[n].code == r.all[i].code {
			n++
		}
		for k, m := range r.all[i:min(n, i+soundFindings)] {
			words := m.words()
			if left := n - i - soundFindings; k == soundFindings-1 && left > 0 {
				words += fmt.Sprintf("; so it is with %s", plural(left, "more video"))
			}
			out = append(out, verify.Finding{Path: source.Text(m.path), Finding: extract.Finding{Code: m.code, Severity: source.Info, Message: words}})
		}
		i = n
	}
	return out
}

func (m remark) words() string {
	here := clockFace(m.times[0]) + " to " + clockFace(m.times[1])
	there := fmt.Sprintf("%s from %s to %s", m.other, clockFace(m.there[0]), clockFace(m.there[1]))
	if m.code == sameSound {
		return fmt.Sprintf("the sound from %s is that of %s, and the pictures are not known to be the same", here, there)
	}
	return fmt.Sprintf("the pictures from %s are those of %s, and the sound is another", here, there)
}
