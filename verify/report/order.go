package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// reader knows the whole case while the incidents are put into words.
type reader struct {
	w        Words
	items    map[string]*verify.Item // by each of their paths
	cluster  map[verify.Digest]string
	order    []verify.Incident
	number   map[string]int           // of an incident that is not rejected, by ID
	letters  map[string]letter        // of the originals, by path
	mentions *strings.Replacer        // incident IDs to references
	home     map[verify.Digest]string // the first incident, not rejected, that a content is in
	filmed   map[verify.Digest]string // the incident that shows the frames of a video
	likened  map[string]string        // where the copies of a content are shown side by side
	reposts  map[string][]repost      // of the pictures of an incident, in later ones, by its ID
	frames   func(verify.Digest) []verify.Frame
	album    *album
	pictures int                       // for each incident, at most
	records  map[string]*assess.Record // by the ID of the incident
	reviews  map[verify.Digest]assess.Review
	paths    map[verify.Digest]string
	dossier  bool
}

// letter names an original inside its incident.
type letter struct {
	incident string
	name     string // "a", "b", … "aa"
}

// The most pictures in a report, and for one incident of a small case. With
// about 1.2 kB each, pictures stay below 4 MB however big the case is.
const (
	mostPictures        = 3000
	picturesPerIncident = 12
)

func newReader(d Data, recorded []assess.Incident) *reader {
	r := &reader{
		w:       In(d.Words),
		items:   byPath(d.Items),
		cluster: map[verify.Digest]string{},
		records: map[string]*assess.Record{},
		reviews: map[verify.Digest]assess.Review{},
		paths:   map[verify.Digest]string{},
		dossier: d.dossier(),
		number:  map[string]int{},
		letters: map[string]letter{},
		home:    map[verify.Digest]string{},
		filmed:  map[verify.Digest]string{},
		likened: map[string]string{},
		frames:  d.Frames,
		album:   newAlbum(d),
	}
	for i := range d.Items {
		r.paths[d.Items[i].Digest] = d.Items[i].Path()
	}
	incidents := make([]verify.Incident, len(recorded))
	for i := range recorded {
		incidents[i] = r.withNamed(&recorded[i])
		r.records[incidents[i].ID] = &recorded[i].Record
	}
	r.order = inOrder(incidents)
	for _, review := range d.Reviews {
		r.reviews[review.Item] = review
	}
	for _, c := range d.Clusters {
		for _, digest := range c.Digests {
			r.cluster[digest] = c.ID
		}
	}
	var ids []string
	for _, inc := range r.order {
		if inc.Status == verify.Rejected {
			continue
		}
		r.number[inc.ID] = len(r.number) + 1
		if inc.ID != "" {
			ids = append(ids, inc.ID, mark+"#"+inc.ID+mark)
		}
		n := 0
		for _, m := range inc.Members {
			if it := r.items[m.Path]; it != nil && r.home[it.Digest] == "" {
				r.home[it.Digest] = inc.ID
			}
			if m.Role == verify.Original && m.Counts() {
				r.letters[m.Path] = letter{inc.ID, letters(n)}
				n++
			}
		}
	}
	r.mentions = strings.NewReplacer(ids...)
	r.reposts = r.postedAgain()
	r.pictures = max(1, min(picturesPerIncident, mostPictures/max(1, len(r.number))))
	return r
}

// withNamed is an incident with the items that a person named in its record
// among its members.
func (r *reader) withNamed(in *assess.Incident) verify.Incident {
	inc := in.Incident
	for _, d := range in.Record.Members {
		if path := r.paths[d]; path != "" && !slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return m.Digest == d }) {
			inc.Members = append(slices.Clip(inc.Members), verify.Member{Path: path, Role: verify.Original, Digest: d})
		}
	}
	return inc
}

// letters counts a, b, … z, aa, ab, …
func letters(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

// byPath finds each item by each of its paths.
func byPath(items []verify.Item) map[string]*verify.Item {
	m := make(map[string]*verify.Item, len(items))
	for i := range items {
		for _, s := range items[i].Sightings {
			m[s.Path] = &items[i]
		}
	}
	return m
}

// inOrder sorts incidents by when they happened: by the earliest they can have
// been, or where nothing says that, by the latest. Those without a time come
// last.
func inOrder(incidents []verify.Incident) []verify.Incident {
	out := slices.Clone(incidents)
	slices.SortStableFunc(out, func(a, b verify.Incident) int {
		x, y := anchor(&a), anchor(&b)
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// anchor is where an incident stands on a line of time, or zero.
func anchor(inc *verify.Incident) time.Time {
	switch {
	case inc.Earliest != nil:
		return *inc.Earliest
	case inc.Latest != nil:
		return *inc.Latest
	}
	return time.Time{}
}

// anchorOf is the incident's anchor in the page: its ID, with nothing in it
// that an address or an attribute would read otherwise.
func anchorOf(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '-':
			return r
		}
		return '_'
	}, id)
}
