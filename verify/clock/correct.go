package clock

import (
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// The extremes of civil time, and the step between its zones.
const (
	westernmost = 12 * time.Hour
	easternmost = 14 * time.Hour
	quarter     = 15 * time.Minute
)

// maxShift bounds the errors that are looked at: more is no clock's.
const maxShift = 100 * 365 * 24 * time.Hour

// oldFix is how old the last satellite fix of a picture may be: a receiver
// that lost the sky goes on writing it.
const oldFix = 2 * time.Hour

// correct adds corrected times to the files of one device. A satellite time of
// the file itself speaks first, then those of the device's other files, then
// the films of its account, then posts.
func (r *reader) correct(d device, list []sample, films []stamp) {
	c := newClock(stamps(list), d.states)
	steady := c.steady()
	stretches := newStretches(d, BySatellite, c.modes)
	var left []sample
	for _, s := range list {
		m, agrees := c.own[s.id]
		switch {
		case s.fix != nil && agrees && steady:
			stretches.add(s, c.modes[m].lo-slack, c.modes[m].hi+oldFixes, m)
		case s.fix != nil:
			r.correctAlone(s, d.states)
		default:
			left = append(left, s)
		}
	}
	if steady {
		left = stretches.addOthers(c, left)
	} else if len(c.stamps) > 0 {
		r.doubt(d, c, left)
	}
	r.keep(stretches)
	if !d.states {
		films := newClock(films, false)
		stretches = newStretches(d, ByFilms, films.modes)
		if films.steady() {
			left = stretches.addOthers(films, left)
		}
		r.keep(stretches)
	}
	r.byPosts(d, left)
}

// correctAlone corrects a file by its own satellite time, which speaks for no
// other file. One that is a little older than the reading can be an old fix,
// so that the clock may be right.
func (r *reader) correctAlone(s sample, states bool) {
	apart := s.fix.Earliest.Sub(s.read)
	if apart.Abs() > maxShift || s.time.OffsetMinutes != nil && apartFrom(s.time, *s.fix) <= agreement {
		return // the two agree, or the zone was worked out from them
	}
	t := s.time
	t.Earliest, t.Latest = s.fix.Earliest, s.fix.Latest
	why := "by the satellite time of the same file"
	switch late := -apart; {
	case states && late > 0 && late <= oldFix:
		t.Latest = s.read.Add(s.width)
		why += ", which may be that of an old fix"
	case !states && late >= -westernmost && late <= easternmost:
		t.Latest = t.Latest.Add(quarter)
		why += ", which may be that of an old fix, in a zone that is not known"
	}
	r.added[s.item] = append(r.added[s.item], s.written(t, s.fix.Earliest, nil, why))
}

// apartFrom is how far a time of known zone lies from a satellite time.
func apartFrom(t, fix extract.Time) time.Duration { return t.Earliest.Sub(fix.Earliest).Abs() }

// stretches are the modes of one clock with the files that are corrected by
// each.
type stretches struct {
	device device
	basis  Basis
	modes  []mode
	files  [][]corrected
}

// corrected is a file with what its reading is to be moved by.
type corrected struct {
	sample
	lo, hi time.Duration
}

func newStretches(d device, basis Basis, modes []mode) *stretches {
	return &stretches{device: d, basis: basis, modes: modes, files: make([][]corrected, len(modes))}
}

func (st *stretches) add(s sample, lo, hi time.Duration, mode int) {
	st.files[mode] = append(st.files[mode], corrected{s, lo, hi})
}

// addOthers takes the files of which the clock knows the error, and gives
// those that are left. A correction that puts a picture after its own post is
// none.
func (st *stretches) addOthers(c clock, list []sample) (left []sample) {
	for _, s := range list {
		lo, hi, m, ok := c.shiftAt(s.read)
		if !ok || s.post.known() && s.read.Add(lo).After(s.post.to.Add(afterPost)) {
			left = append(left, s)
			continue
		}
		st.add(s, lo, hi, m)
	}
	return left
}

// keep adds the corrected times and records each stretch that corrected any.
// A clock that was right within the agreement of satellite times is left.
func (r *reader) keep(st *stretches) {
	for i, m := range st.modes {
		if st.device.states && m.right() {
			continue
		}
		zone, isZone := m.zone()
		c := Correction{
			Device: st.device.name, Shift: m.lo, Spread: m.hi - m.lo, Since: m.since, Until: m.until,
			Basis: st.basis, Proofs: m.proofs, Items: []verify.Digest{},
		}
		var offset *int
		if isZone && !st.device.states {
			c.Zone, offset = &zone, &zone
		}
		why := fmt.Sprintf("%s by %s", st.device.off(m), proofs(m.proofs, st.basis))
		for _, f := range st.files[i] {
			if offset != nil && f.fix != nil {
				continue // its own satellite time has given it that zone
			}
			r.added[f.item] = append(r.added[f.item], f.moved(m, offset, why))
			c.Items = append(c.Items, f.id)
		}
		if len(c.Items) > 0 {
			r.corrections = append(r.corrections, c)
			r.report(c, st.device, m)
		}
	}
}

// moved is the reading put right by a mode, in the zone that its clock ran in unless that
// can have changed since it was known.
func (f corrected) moved(m mode, zone *int, why string) extract.Time {
	t := f.time
	t.Earliest, t.Latest = f.read.Add(f.lo), f.read.Add(f.hi+f.width)
	if zone != nil && f.hi-f.lo >= summer {
		zone, why = nil, why+", give or take summer time"
	}
	likely := t.Earliest.Add(t.Latest.Sub(t.Earliest) / 2)
	switch {
	case f.fix != nil:
		likely = f.fix.Earliest
	case f.hi-f.lo < summer:
		likely = f.read.Add((m.lo + m.hi) / 2)
	}
	return f.written(t, likely, zone, why)
}

// written completes a corrected time whose bounds are set: its likeliest
// moment in the zone, if it is known, else in the one that the device states,
// else in UTC, cut to what is certain of it.
func (s sample) written(t extract.Time, likely time.Time, zone *int, why string) extract.Time {
	offset := 0
	if zone != nil {
		offset = *zone
	} else if s.time.OffsetMinutes != nil {
		offset = *s.time.OffsetMinutes
	}
	layout := "2006-01-02T15:04:05"
	switch width := t.Latest.Sub(t.Earliest); {
	case width <= 2*time.Second:
		t.Precision = extract.Second
	case width <= 2*time.Hour:
		t.Precision, layout = extract.Minute, "2006-01-02T15:04"
	default:
		t.Precision, layout = extract.Day, "2006-01-02"
	}
	t.Local = extract.Text(likely.UTC().Add(time.Duration(offset) * time.Minute).Format(layout))
	t.Zone, t.OffsetMinutes = extract.Derived, &offset
	t.Raw = s.time.Raw + ", " + why
	return t.Corrected()
}
