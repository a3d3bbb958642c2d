package sound

// A quad is four marks: a first one, and three of those that follow it within
// a second and three quarters of an octave. Its key holds their pitches
// against that of the first, and how they divide its time, so that it stays
// the same when the sound is played faster, slower, higher or lower.
//
// It is packed into a word: its key in the upper bits, so that quads in order
// are in order of their keys, then the frame of the first mark, the frames from
// the first mark to the last, and the pitch of the first.
type quad uint64

func newQuad(key, frame, span uint32, pitch uint8) quad {
	return quad(key)<<34 | quad(frame)<<14 | quad(span)<<8 | quad(pitch)
}

func (q quad) key() uint32    { return uint32(q >> 34) }
func (q quad) frame() float64 { return float64(q >> 14 & (1<<20 - 1)) }
func (q quad) span() float64  { return float64(q >> 8 & (1<<6 - 1)) }
func (q quad) pitch() int     { return int(q & (1<<8 - 1)) }

// middle is the time half way between the first mark and the last.
func (q quad) middle() float64 { return q.frame() + q.span()/2 }

const (
	zoneStart  = 4 // frames after the first mark
	zoneFrames = 44
	zonePitch  = 36
	zoneMarks  = 16 // the most that are looked at, those nearest in time
	leastSpan  = 20 // frames: shorter ones do not tell how time is divided

	pitchStep  = 3
	pitchSteps = 2*zonePitch/pitchStep + 1
	timeSteps  = 8
	quadKeys   = pitchSteps * pitchSteps * pitchSteps * timeSteps * timeSteps
)

// eachQuad gives the quads of a track, thinned by a power of two: which ones
// are left out depends on their keys alone, so that the same ones are left in
// every track.
func eachQuad(marks []mark, thin uint, yield func(quad)) {
	var zone [zoneMarks]mark
	low := 0
	for i, first := range marks {
		n := 0
		low = max(low, i+1)
		for low < len(marks) && marks[low].frame < first.frame+zoneStart {
			low++
		}
		for _, m := range marks[low:] {
			if n == zoneMarks || m.frame > first.frame+zoneFrames {
				break
			}
			if d := int(m.pitch) - int(first.pitch); d >= -zonePitch && d <= zonePitch {
				zone[n] = m
				n++
			}
		}
		quadsOf(first, zone[:n], thin, yield)
	}
}

func quadsOf(first mark, zone []mark, thin uint, yield func(quad)) {
	var pitch [zoneMarks]uint32
	for i, m := range zone {
		pitch[i] = uint32(int(m.pitch)-int(first.pitch)+zonePitch) / pitchStep
	}
	for l := len(zone) - 1; l >= 2; l-- {
		span := zone[l].frame - first.frame
		if span < leastSpan {
			break
		}
		for k := 1; k < l; k++ {
			high := min((zone[k].frame-first.frame)*timeSteps/span, timeSteps-1)
			upper := (pitch[l]*pitchSteps+pitch[k])*timeSteps + high
			for j := range k {
				lower := min((zone[j].frame-first.frame)*timeSteps/span, timeSteps-1)
				key := (upper*pitchSteps+pitch[j])*timeSteps + lower
				if left := key * 0x9e3779b1; left>>(32-thin) == 0 {
					yield(newQuad(key, first.frame, span, first.pitch))
				}
			}
		}
	}
}
