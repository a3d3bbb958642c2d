// Package clock says what can be known of the clocks that dated the files of a
// case: which zone a person gave them, and by how much a device's clock was
// off.
//
// Start at [Apply]. It works in four steps:
//
//  1. zones: beside a time without a zone stands the same in the zone that a
//     person gave for its source or for the case, unless a post shows that this
//     cannot be; a film whose header is not in UTC, as its name shows, likewise;
//  2. satellites: a device's clock is off by what satellite times in its own
//     files say; files without one take what those around them agree on;
//  3. films: where a phone names its films by its own clock and dates them in
//     UTC, the difference is the zone of its photos that state none;
//  4. posts: a clock that shows later than the post of its own picture is
//     wrong; where several are so by the same amount, that bounds its error.
//
// It promises: what a file says stays as it is, and what is made of it is
// added beside it, marked ([extract.Time.IsZoned], [extract.Time.IsCorrected])
// and with the reason in Raw; no zone is made up; other files speak for one
// only where at least two moments agree on the error and no more than a third
// disagree, and a satellite time of the file itself is never left outside; the
// result depends on what the case holds and on the zones alone, not on the
// order of the items, and applying it twice equals applying it once.
package clock

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Reading is a case with its clocks understood.
type Reading struct {
	Items       []verify.Item // in the order given; those with added times are copies
	Corrections []Correction  // by device, then by the reading they begin with
	Findings    []verify.Finding
}

// Basis is what the error of a clock was found against.
type Basis string

// The bases, strongest first.
const (
	BySatellite Basis = "gps"       // satellite times in the device's own files
	ByFilms     Basis = "container" // films of the same account, named by the clock and dated in UTC
	ByPosts     Basis = "posts"     // posts of its pictures
)

// Correction is a stretch of a device's readings with one error, from which
// readings without any other evidence were corrected.
type Correction struct {
	Device string          `json:"device"` // for people: maker, model, and serial number or account
	Shift  time.Duration   `json:"-"`      // UTC is the reading and at least Shift
	Spread time.Duration   `json:"-"`      // and at most Shift + Spread
	Zone   *int            `json:"zone"`   // minutes east of UTC, where the whole shift is that of a zone; else nil
	Since  time.Time       `json:"since"`  // first and last reading that the error was found on, as the clock shows them
	Until  time.Time       `json:"until"`  // (held in UTC; in UTC where the device states its zone)
	Basis  Basis           `json:"basis"`
	Proofs int             `json:"proofs"` // moments that agree
	Items  []verify.Digest `json:"items"`  // corrected by it, in order
}

// Apply puts floating times into the zones that a person gave, and corrects
// the clocks of devices. copies are the clusters of the case, by which a post
// speaks of the camera's own file; without them posts speak of equal bytes
// alone.
func Apply(items []verify.Item, copies []verify.Cluster, z Zones) Reading {
	r := &reader{items: plain(items), zones: z, added: map[int][]extract.Time{}, at: make(map[verify.Digest]int, len(items))}
	for i := range items {
		r.at[items[i].Digest] = i
	}
	r.giveZones()
	posts := publications(r.items, copies)
	r.checkZones(posts)
	r.localHeaders()
	devices := samples(r.items, r.added, posts)
	films := filmStamps(r.items)
	names := make([]device, 0, len(devices))
	for d := range devices {
		names = append(names, d)
	}
	slices.SortFunc(names, device.compare)
	for _, d := range names {
		r.correct(d, devices[d], films[d.account])
	}
	r.finish()
	return Reading{Items: r.items, Corrections: r.corrections, Findings: r.findings}
}

// reader is one run of Apply.
type reader struct {
	items       []verify.Item
	zones       Zones
	added       map[int][]extract.Time // to the file's own times, by item
	corrections []Correction
	findings    []verify.Finding
	at          map[verify.Digest]int
}

// plain gives the items without what an earlier run added.
func plain(items []verify.Item) []verify.Item {
	made := func(t extract.Time) bool { return t.IsZoned() || t.IsCorrected() }
	out := slices.Clone(items)
	for i := range out {
		it := &out[i]
		if slices.ContainsFunc(it.Media.Times, made) {
			it.Media.Times = slices.DeleteFunc(slices.Clone(it.Media.Times), made)
			it.Media.BestTime = extract.Best(it.Media.Times)
		}
		for j := range it.Sightings {
			if slices.ContainsFunc(it.Sightings[j].Times, made) {
				it.Sightings = slices.Clone(it.Sightings)
				it.Sightings[j].Times = slices.DeleteFunc(slices.Clone(it.Sightings[j].Times), made)
			}
		}
	}
	return out
}

// giveZones adds what the zones of the person make of floating times. A file's
// own clock takes the zones of all sources that have it, the rest that of its
// own source.
func (r *reader) giveZones() {
	if r.zones.none() {
		return
	}
	for i := range r.items {
		it := &r.items[i]
		r.added[i] = zoned(it.Media.Times, r.zones.locations(it))
		for j, s := range it.Sightings {
			loc, own := r.zones.of(strings.ToLower(s.Path))
			if loc == nil {
				continue
			}
			more := zoned(s.Times, []*time.Location{loc})
			if !own {
				more = slices.DeleteFunc(more, ofArchiver)
			}
			if len(more) == 0 {
				continue
			}
			it.Sightings = slices.Clone(it.Sightings)
			times := slices.Concat(s.Times, more)
			extract.SortTimes(times)
			it.Sightings[j].Times = times
		}
	}
	r.findings = append(r.findings, r.zones.unused(r.items)...)
}

// ofArchiver says that a time is of a sheet of auto-archiver, which ran on
// some server: the zone of a case says nothing of it, only one for the sheet.
func ofArchiver(t extract.Time) bool { return strings.HasPrefix(t.ReadFrom(), "auto-archiver:") }

// checkZones takes back what a zone makes of a file's own clock where that is
// after the file, or a copy of it, was posted: its clock ran in another zone,
// or was wrong.
func (r *reader) checkZones(posts map[verify.Digest]span) {
	for i, more := range r.added {
		it := &r.items[i]
		post := posts[it.Digest]
		impossible := func(t extract.Time) bool {
			return t.IsCapture() && t.Earliest.After(post.to.Add(afterPost))
		}
		if !post.known() || !slices.ContainsFunc(more, impossible) {
			continue
		}
		r.added[i] = slices.DeleteFunc(more, impossible)
		r.findings = append(r.findings, verify.Finding{Path: extract.Text(it.Path()), Finding: extract.Finding{
			Code: "zone-contradicts-post", Severity: "warning",
			Message: "in the zone that a person gave, it would have been taken after it was posted: its clock ran in another zone, or was wrong",
		}})
	}
}

// finish adds the times to the files' own and puts the findings in order.
func (r *reader) finish() {
	for i, more := range r.added {
		if len(more) == 0 {
			continue
		}
		m := &r.items[i].Media
		m.Times = slices.Concat(m.Times, more)
		extract.SortTimes(m.Times)
		m.BestTime = extract.Best(m.Times)
	}
	slices.SortStableFunc(r.findings, func(a, b verify.Finding) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
}
