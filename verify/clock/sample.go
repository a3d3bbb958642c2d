package clock

import (
	"cmp"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// sample is one file of a device: what its clock shows, and what else dates
// the file.
type sample struct {
	item  int // in the list of items
	id    verify.Digest
	time  extract.Time  // the clock's reading as the file has it
	read  time.Time     // the same in UTC where the device states its zone; else the wall clock, held in UTC
	width time.Duration // of the unit that the reading states
	fix   *extract.Time // satellite time of the same file
	claim span          // when the reading says it was taken, in the zone of the person where there is one
	post  span          // first publication of the file or of a copy
}

// span is an interval of UTC; zero where nothing is known.
type span struct{ from, to time.Time }

func (s span) known() bool { return !s.to.IsZero() }

// before orders what bounds a capture from above, the tightest first.
func (s span) before(t span) bool {
	return s.to.Before(t.to) || s.to.Equal(t.to) && s.from.After(t.from)
}

// stamp is a moment at which another clock says what the device's own reading
// is worth: UTC is read + shift.
type stamp struct {
	read  time.Time
	shift time.Duration
	id    verify.Digest
	mode  int // the shift it agrees on with others, -1 for none
}

// samples gathers the files of each device, by reading. zoned are the times
// that were added for the person's zones, by item.
func samples(items []verify.Item, zoned map[int][]extract.Time, posts map[verify.Digest]span) map[device][]sample {
	out := map[device][]sample{}
	for i := range items {
		it := &items[i]
		t := clockTime(it.Media.Times)
		if t == nil {
			continue
		}
		wall, width, ok := t.Wall()
		if !ok {
			continue
		}
		s := sample{item: i, id: it.Digest, time: *t, read: wall, width: width, fix: satellite(it.Media.Times), post: posts[it.Digest]}
		d, ok := deviceOf(it)
		if !ok && s.fix == nil {
			continue
		}
		if !ok {
			d.key = string(it.Digest) // speaks for itself alone
		}
		s.claim = span{t.Earliest, t.Latest}
		for _, z := range zoned[i] {
			if z.ReadFrom() == t.Field {
				s.claim = span{z.Earliest, z.Latest}
			}
		}
		d.states = t.Zone == extract.Offset || t.Zone == extract.UTC
		if d.states {
			s.read = t.Earliest
		}
		out[d] = append(out[d], s)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b sample) int {
			return cmp.Or(a.read.Compare(b.read), cmp.Compare(a.id, b.id))
		})
	}
	return out
}

// stamps are what satellite times say of the clock.
func stamps(list []sample) []stamp {
	var out []stamp
	for _, s := range list {
		if s.fix == nil {
			continue
		}
		if shift := s.fix.Earliest.Sub(s.read); shift.Abs() <= maxShift {
			out = append(out, stamp{read: s.read, shift: shift, id: s.id, mode: -1})
		}
	}
	return out
}

// publications gives for each item when it, or a copy of it, was first
// published, as far as that is known.
func publications(items []verify.Item, copies []verify.Cluster) map[verify.Digest]span {
	first := map[verify.Digest]span{}
	note := func(d verify.Digest, s span) {
		if have, ok := first[d]; s.known() && (!ok || s.before(have)) {
			first[d] = s
		}
	}
	for i := range items {
		for _, s := range items[i].Sightings {
			for _, t := range s.Times {
				if isPublication(t) {
					note(items[i].Digest, span{t.Earliest, t.Latest})
				}
			}
		}
	}
	own := make(map[verify.Digest]span, len(first))
	for d, s := range first {
		own[d] = s
	}
	for _, c := range copies {
		var earliest span
		for _, d := range c.Digests {
			if s := own[d]; s.known() && (!earliest.known() || s.before(earliest)) {
				earliest = s
			}
		}
		for _, d := range c.Digests {
			note(d, earliest)
		}
	}
	return first
}

// isPublication holds for times by which a picture existed, because it was
// posted or sent then. The zone of a person is no witness against a clock: it
// may be that of another one.
func isPublication(t extract.Time) bool {
	switch t.Kind {
	case extract.Posted, extract.Received, extract.Forwarded, extract.PlatformID:
		return t.Trust != extract.TrustNone && !t.IsZoned() && !t.Latest.IsZero()
	}
	return false
}
