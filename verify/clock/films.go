package clock

import (
	"cmp"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// filmStamps compares, for each account that holds the files of one device
// alone, the names of films, by the clock of the phone, with their headers,
// which phones write in UTC. The header can be of the end of the recording.
// Where the two are equal, the header may hold local time, too, and says
// nothing.
func filmStamps(items []verify.Item) map[string][]stamp {
	out := map[string][]stamp{}
	devices := map[string]string{}
	for i := range items {
		it := &items[i]
		account, ok := accountOf(it)
		if !ok {
			continue
		}
		if d, ok := deviceOf(it); ok {
			if had, ok := devices[account]; ok && had != d.key {
				devices[account] = "" // of several
			} else {
				devices[account] = d.key
			}
			continue
		}
		if s, ok := filmStamp(it); ok {
			out[account] = append(out[account], s)
		}
	}
	for account, list := range out {
		if devices[account] == "" {
			delete(out, account)
			continue
		}
		slices.SortFunc(list, func(a, b stamp) int {
			return cmp.Or(a.read.Compare(b.read), cmp.Compare(a.id, b.id))
		})
	}
	return out
}

// filmStamp reads one film: the zone is the whole quarter of an hour between
// its name and its header, if that is any.
func filmStamp(it *verify.Item) (stamp, bool) {
	_, name, shift, ok := nameAndHeader(it)
	if !ok || shift == 0 {
		return stamp{}, false
	}
	return stamp{read: name, shift: shift, id: it.Digest, mode: -1}, true
}

// nameAndHeader compares the header of a film with a name that a camera gave
// it: UTC is the name's reading and shift, where the header holds UTC. ok is
// false where no whole quarters of an hour within the zones on earth lie
// between them, or one is missing.
func nameAndHeader(it *verify.Item) (header *extract.Time, name time.Time, shift time.Duration, ok bool) {
	header = clockTime(it.Media.Times)
	if it.Media.Kind != extract.Video || header == nil || header.Kind != extract.Container || header.Zone != extract.UTC {
		return nil, time.Time{}, 0, false
	}
	var length time.Duration
	if s := it.Media.DurationSeconds; s != nil && *s > 0 && *s < 24*3600 {
		length = time.Duration(*s * float64(time.Second))
	}
	for i := range it.Sightings {
		for _, t := range it.Sightings[i].Times {
			if t.Kind != extract.FileName || !t.IsCapture() || t.Zone != extract.Floating || t.Precision == extract.Day {
				continue
			}
			name, _, ok := t.Wall()
			if !ok {
				continue
			}
			apart := header.Earliest.Sub(name)
			shift := (apart - length/2).Round(quarter)
			if late := apart - shift; -shift >= -westernmost && -shift <= easternmost && late >= -filmSlack && late <= length+filmSlack {
				return header, name, shift, true
			}
		}
	}
	return nil, time.Time{}, 0, false
}

// filmSlack is how far the name of a film and its header may be apart beside
// its length.
const filmSlack = 30 * time.Second

// localHeaders corrects the films whose headers hold local time, against the
// standard: they show the same as the name that the camera gave, and a person
// says that its clock was not in UTC.
func (r *reader) localHeaders() {
	for i := range r.items {
		it := &r.items[i]
		header, _, shift, ok := nameAndHeader(it)
		if !ok || shift != 0 {
			continue
		}
		reading := *header
		reading.Zone, reading.OffsetMinutes = extract.Floating, nil
		for _, t := range zoned([]extract.Time{reading}, r.zones.locations(it)) {
			if t.Earliest.Equal(header.Earliest) && t.Latest.Equal(header.Latest) {
				continue // the zone is that of UTC
			}
			t.Field, t.Raw = header.Field, t.Raw+": the name of the film shows the same, so that its header holds no UTC"
			r.added[i] = append(r.added[i], t.Corrected())
		}
	}
}
