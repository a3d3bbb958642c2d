package strip

import (
	"math"

	"github.com/firsthand-media/firsthand/verify"
)

// Lanes says where to draw two videos as bars, one above the other, and the
// stretches that both show as bridges between them. All of it is in shares of
// the width of the drawing, 0 to 1, whoever draws it.
type Lanes struct {
	A, B    Lane
	Bridges []Bridge
}

// Lane is the bar of one video.
type Lane struct {
	From, To float64 // of the width
	Seconds  float64 // how long the video is
	Enlarged bool    // longer than the scale of the other one: it would hardly be seen
}

// Bridge joins a stretch of A to the one of B that shows the same.
type Bridge struct {
	A, B      [2]float64 // start and end, of the width
	Uncertain bool       // the same is shown, but not which moment is which
	Mirrored  bool
	Number    int // in the list of segments, from 1
}

// Bounds of what is drawn.
const (
	mostBridges = 40
	leastLane   = 0.2   // of the width: a shorter bar is drawn longer than its scale
	leastBridge = 0.006 // of the width: a shorter stretch is drawn wider
	mostSeconds = 1e7
)

// NewLanes lays out two videos of so many seconds with what they share. A
// length that is not known, or shorter than what is shared, is taken to be up
// to the end of what is shared. The shorter video lies below or above the
// place in the other where its longest shared stretch is.
func NewLanes(secondsA, secondsB float64, shared verify.Segments) Lanes {
	a, b := sane(secondsA), sane(secondsB)
	for _, s := range shared {
		a, b = max(a, sane(s.TimeA[1])), max(b, sane(s.TimeB[1]))
	}
	longest := max(a, b)
	if longest == 0 {
		return Lanes{A: Lane{To: 1}, B: Lane{To: 1}}
	}
	l := Lanes{A: Lane{To: a / longest, Seconds: a}, B: Lane{To: b / longest, Seconds: b}}
	for _, short := range []*Lane{&l.A, &l.B} {
		if short.To < leastLane {
			short.To, short.Enlarged = leastLane, true
		}
	}
	l.align(shared)
	for i, s := range shared[:min(len(shared), mostBridges)] {
		l.Bridges = append(l.Bridges, Bridge{
			A: l.A.stretch(s.TimeA), B: l.B.stretch(s.TimeB), Uncertain: s.Uncertain, Mirrored: s.Mirrored, Number: i + 1,
		})
	}
	return l
}

// align moves the shorter bar to where its first shared stretch, the longest,
// lies in the other, as far as there is room.
func (l *Lanes) align(shared verify.Segments) {
	if len(shared) == 0 {
		return
	}
	long, short := &l.A, &l.B
	inLong, inShort := shared[0].TimeA, shared[0].TimeB
	if l.B.To > l.A.To {
		long, short, inLong, inShort = short, long, inShort, inLong
	}
	by := middle(long.stretch(inLong)) - middle(short.stretch(inShort))
	by = min(max(by, 0), 1-short.To)
	short.From, short.To = short.From+by, short.To+by
}

// At is where a second of the video lies.
func (l Lane) At(second float64) float64 {
	if l.Seconds == 0 {
		return l.From
	}
	return l.From + (l.To-l.From)*min(sane(second)/l.Seconds, 1)
}

// stretch is where a stretch lies, at least as wide as can be seen and within
// the bar.
func (l Lane) stretch(t [2]float64) [2]float64 {
	from, to := l.At(t[0]), l.At(max(sane(t[0]), sane(t[1])))
	if to-from < leastBridge {
		from = min(max((from+to-leastBridge)/2, l.From), l.To-leastBridge)
		to = from + leastBridge
	}
	return [2]float64{from, to}
}

func middle(t [2]float64) float64 { return (t[0] + t[1]) / 2 }

// sane bounds seconds from a file; what is no number becomes 0.
func sane(s float64) float64 {
	if !(s > 0) {
		return 0
	}
	return math.Min(s, mostSeconds)
}

// Seconds is how long a video is, as its container claims and no shorter than
// its frames; a claim of more than a day is not believed. It is 0 for a still.
func Seconds(it *verify.Item) float64 {
	seconds := 0.0
	if n := len(it.Frames); n > 0 {
		seconds = it.Frames[n-1].At.Seconds()
	}
	if d := it.Media.DurationSeconds; d != nil && *d > seconds && *d <= widest.Seconds() {
		seconds = *d
	}
	return seconds
}
