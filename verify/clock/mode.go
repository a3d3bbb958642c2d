package clock

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

const (
	// agreement is how far apart the shifts of two stamps may be for one clock
	// with one error: satellite times are those of the last fix and may be some
	// minutes old.
	agreement = 5 * time.Minute
	// steady is how much the shifts of one error may spread in all; beyond it,
	// the clock is not off by a constant.
	steady = 15 * time.Minute
	// enoughShare of a clock's stamps must agree with others, or the clock says
	// nothing of files without stamps.
	enoughShare = 2.0 / 3
	// slack is added below, for the receiver and the shutter are not one, and
	// oldFixes above, for all fixes on which an error was found may be a little
	// old and none is new.
	slack    = time.Minute
	oldFixes = 3 * time.Minute
	// drift of a quartz clock in a day, at its worst.
	drift = 5 * time.Second
	// reach is how long before the first and after the last stamp an error is
	// taken to have been the same.
	reach = 30 * 24 * time.Hour
	// summer is by how much a clock that states no zone may have been set.
	summer = time.Hour
)

// mode is a shift on which stamps of two or more moments agree.
type mode struct {
	lo, hi time.Duration
	since  time.Time // first and last reading
	until  time.Time
	proofs int
}

// findModes sorts stamps by their shift, splits them where neighbours do not
// agree, and marks each with the mode that it belongs to. stamps must be in
// order of their readings and stay so.
func findModes(stamps []stamp) []mode {
	order := make([]int, len(stamps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(stamps[a].shift, stamps[b].shift) })
	var modes []mode
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && stamps[order[j]].shift-stamps[order[j-1]].shift <= agreement {
			j++
		}
		group := order[i:j]
		slices.Sort(group) // by reading
		if m := newMode(stamps, group); m.proofs >= 2 && m.hi-m.lo <= steady {
			for _, k := range group {
				stamps[k].mode = len(modes)
			}
			modes = append(modes, m)
		}
		i = j
	}
	return modes
}

// newMode bounds the shifts of a group, and counts its moments: pictures of
// one minute repeat one fix.
func newMode(stamps []stamp, group []int) mode {
	first, last := stamps[group[0]], stamps[group[len(group)-1]]
	m := mode{lo: first.shift, hi: first.shift, since: first.read, until: last.read}
	var counted time.Time
	for _, k := range group {
		s := stamps[k]
		m.lo, m.hi = min(m.lo, s.shift), max(m.hi, s.shift)
		if at := s.read.Add(s.shift); m.proofs == 0 || at.Sub(counted).Abs() >= time.Minute {
			m.proofs, counted = m.proofs+1, at
		}
	}
	return m
}

// right says that the clock needs no correction.
func (m mode) right() bool { return m.lo >= -agreement && m.hi <= agreement }

// zone is the zone, in minutes east of UTC, that explains the whole shift of a
// clock that states none.
func (m mode) zone() (minutes int, ok bool) {
	east := -(m.lo + m.hi) / 2
	whole := east.Round(quarter)
	return int(whole / time.Minute), (east-whole).Abs() <= agreement && whole >= -westernmost && whole <= easternmost
}

// fits says that nothing is wrong with the clock: it was right, or it states no
// zone and one explains the shift.
func (m mode) fits(states bool) bool {
	if states {
		return m.right()
	}
	_, ok := m.zone()
	return ok
}

// clock is what stamps say of one device's clock.
type clock struct {
	stamps []stamp // by reading
	modes  []mode
	own    map[verify.Digest]int // mode of the stamp of a file
	before []int                 // the nearest stamp with a mode up to each, -1 for none
	after  []int                 // and from each on
	states bool                  // the device states its zone
}

// newClock reads stamps that are in order of their readings.
func newClock(stamps []stamp, states bool) clock {
	stamps = slices.Clone(stamps)
	c := clock{stamps: stamps, modes: findModes(stamps), own: map[verify.Digest]int{}, states: states}
	c.before, c.after = make([]int, len(stamps)), make([]int, len(stamps))
	last := -1
	for i, s := range stamps {
		if s.mode >= 0 {
			c.own[s.id], last = s.mode, i
		}
		c.before[i] = last
	}
	last = -1
	for i := len(stamps) - 1; i >= 0; i-- {
		if stamps[i].mode >= 0 {
			last = i
		}
		c.after[i] = last
	}
	return c
}

// steady says that most stamps agree with others.
func (c clock) steady() bool {
	agree := 0
	for _, s := range c.stamps {
		if s.mode >= 0 {
			agree++
		}
	}
	return agree > 0 && float64(agree) >= enoughShare*float64(len(c.stamps))
}

// shiftAt gives the shift for a reading that has no stamp of its own: that of
// the stamps around it. Between two errors that differ by summer time both are
// allowed for, and so is a change to or from summer time that lies between the
// reading and stamps on one side of it alone; between other errors, and beyond
// reach of all, nothing is known.
func (c clock) shiftAt(read time.Time) (lo, hi time.Duration, mode int, ok bool) {
	next := sort.Search(len(c.stamps), func(i int) bool { return !c.stamps[i].read.Before(read) })
	before, b := c.neighbour(read, c.before, next-1)
	after, a := c.neighbour(read, c.after, next)
	switch {
	case !b && !a, !a && c.stamps[next-1].mode < 0, !b && c.stamps[next].mode < 0:
		return 0, 0, 0, false // on one side alone, another stamp nearer by contradicts
	case b && a && !c.compatible(before.mode, after.mode):
		return 0, 0, 0, false
	}
	nearest := before
	if !b || a && after.read.Sub(read) < read.Sub(before.read) {
		nearest = after
	}
	m := c.modes[nearest.mode]
	lo, hi = m.lo, m.hi
	if b && a {
		n := c.modes[before.mode+after.mode-nearest.mode]
		lo, hi = min(lo, n.lo), max(hi, n.hi)
	}
	apart := nearest.read.Sub(read).Abs()
	wider := slack + time.Duration(float64(drift)*apart.Hours()/24)
	if !c.states && a != b && summerTimeChanges(read.Add(lo), nearest.read.Add(lo)) {
		wider += summer
	}
	return lo - wider, hi + wider + oldFixes - slack, nearest.mode, true
}

// compatible says that two errors are one, or that they can be those of a clock
// set to summer time or back. Stamps between two of one error that have none,
// or another, are old fixes.
func (c clock) compatible(i, j int) bool {
	m, n := c.modes[i], c.modes[j]
	return i == j || !c.states && max(m.hi, n.hi)-min(m.lo, n.lo) <= summer+steady
}

// neighbour is the stamp that nearest gives for place i, if it is within reach.
func (c clock) neighbour(read time.Time, nearest []int, i int) (stamp, bool) {
	if i < 0 || i >= len(nearest) || nearest[i] < 0 {
		return stamp{}, false
	}
	s := c.stamps[nearest[i]]
	return s, s.read.Sub(read).Abs() <= reach
}
