package sound

import "slices"

// mark is a point of the spectrogram that stands out.
type mark struct {
	frame uint32 // hops from the start
	pitch uint8  // above the lowest band, pitchUnits an octave
	clear bool   // stands out as those of noise do not
}

const (
	pitchUnits = 2 * octave
	topPitch   = 2 * (bandCount - 1)
)

// A mark is the highest point within reach of it, higher by rise (in octaves
// of energy, 3 dB) than the mean of its band about it: what goes on evenly is
// no mark. It is kept where fewer than crowd higher ones are within crowding
// frames, which makes 28 a second at most.
const (
	reachFrames = 5
	reachBands  = 3
	rise        = 0.5
	about       = 10
	crowding    = 21
	crowd       = 28
)

// A mark is clear where it is 12 dB above the mean of all that is about it.
// Noise has two such marks a minute, faint sound that can be told from noise
// two a second, speech and music fifteen.
const (
	clearRise  = 4
	aboutBands = 8
)

// found is a mark with its height.
type found struct {
	mark
	height float32
}

// marker finds the marks in rows that come one after the other.
type marker struct {
	rows    []row // from frame first on
	first   int
	next    int     // the frame to be looked at next
	found   []found // in order of time
	settled int     // of found: whether they are kept is known
	marks   []mark
}

// add looks at one more row.
func (m *marker) add(r row) {
	m.rows = append(m.rows, r)
	if m.first+len(m.rows) <= m.next+about {
		return
	}
	m.look(m.next)
	m.next++
	if spare := m.next - about - m.first; spare >= 256 {
		m.rows = append(m.rows[:0], m.rows[spare:]...)
		m.first += spare
	}
	if m.next%256 == 0 {
		m.settle(m.next - crowding)
	}
}

// end gives the marks of all rows; nothing can be added any more.
func (m *marker) end() []mark {
	for ; m.next < m.first+len(m.rows); m.next++ {
		m.look(m.next)
	}
	m.settle(m.next)
	slices.SortFunc(m.marks, mark.compare)
	return m.marks
}

// clone is a marker of its own in the same state.
func (m *marker) clone() *marker {
	c := *m
	c.rows, c.found, c.marks = slices.Clone(m.rows), slices.Clone(m.found), slices.Clone(m.marks)
	return &c
}

func (a mark) compare(b mark) int {
	if a.frame != b.frame {
		return int(int64(a.frame) - int64(b.frame))
	}
	return int(a.pitch) - int(b.pitch)
}

// look finds the points of a frame that stand out.
func (m *marker) look(frame int) {
	at := frame - m.first
	r := &m.rows[at]
	for b := 1; b < bandCount-1; b++ {
		if r[b] > r[b-1] && r[b] >= r[b+1] && m.highest(at, b) && m.rises(at, b) {
			m.found = append(m.found, found{mark{uint32(frame), fine(r, b), m.clear(at, b)}, r[b]})
		}
	}
}

// highest says that no point within reach is higher; of equals the first is.
func (m *marker) highest(at, b int) bool {
	h := m.rows[at][b]
	for u := max(at-reachFrames, 0); u < min(at+reachFrames+1, len(m.rows)); u++ {
		for c := max(b-reachBands, 0); c < min(b+reachBands+1, bandCount); c++ {
			if v := m.rows[u][c]; v > h || v == h && (u < at || u == at && c < b) {
				return false
			}
		}
	}
	return true
}

func (m *marker) rises(at, b int) bool {
	from, to := max(at-about, 0), min(at+about+1, len(m.rows))
	sum := float32(0)
	for u := from; u < to; u++ {
		sum += m.rows[u][b]
	}
	return m.rows[at][b]-sum/float32(to-from) >= rise
}

func (m *marker) clear(at, b int) bool {
	sum, n := float32(0), 0
	for u := max(at-about, 0); u < min(at+about+1, len(m.rows)); u++ {
		for _, v := range m.rows[u][max(b-aboutBands, 0):min(b+aboutBands+1, bandCount)] {
			sum += v
			n++
		}
	}
	return m.rows[at][b]-sum/float32(n) >= clearRise
}

// fine places the top of a parabola through three bands.
func fine(r *row, b int) uint8 {
	low, mid, high := r[b-1], r[b], r[b+1]
	d := (low - high) / (2 * (low - mid - mid + high))
	return uint8(float32((float32(b)+d)*(pitchUnits/octave)) + 0.5)
}

// settle keeps those found before a frame that are not crowded out.
func (m *marker) settle(before int) {
	low, high := 0, 0
	for ; m.settled < len(m.found) && int(m.found[m.settled].frame) < before; m.settled++ {
		f := m.found[m.settled]
		for m.found[low].frame+crowding < f.frame {
			low++
		}
		for high = max(high, m.settled); high < len(m.found) && m.found[high].frame <= f.frame+crowding; {
			high++
		}
		higher := 0
		for i, o := range m.found[low:high] {
			if o.height > f.height || o.height == f.height && low+i < m.settled {
				higher++
			}
		}
		if higher < crowd {
			m.marks = append(m.marks, f.mark)
		}
	}
	m.found = append(m.found[:0], m.found[low:]...)
	m.settled -= low
}
