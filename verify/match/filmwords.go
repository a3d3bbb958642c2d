package match

import (
	"fmt"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

const (
	// worthSpeed is the difference of speed that is worth a word, where it makes
	// so much of a second.
	worthSpeed = 0.015
	// stretchesNamed is how many further stretches are named one by one.
	stretchesNamed = 3
)

// why puts a finding into one sentence. The finding reads from a to b.
func (f *film) why(k kind, a, b *verify.Item) string {
	switch {
	case f.Still[0]:
		return f.frameWords(k, a, b)
	case f.Still[1]:
		back := f.exchanged()
		return swapWords(back.frameWords(k.exchanged(), b, a))
	case f.Take:
		return fmt.Sprintf("both show the same place in different takes, at %s and %s: %s, and what moves in one does not move so in the other",
			clockFace(f.Times[0]), clockFace(f.Times[1]), f.evidence())
	case k == otherShot:
		return fmt.Sprintf("both show the same place or thing in different shots, at %s and %s: %s", clockFace(f.Times[0]), clockFace(f.Times[1]), f.evidence())
	case len(f.Shared) == 0 && min(len(a.Frames), len(b.Frames)) >= leastStretch:
		return fmt.Sprintf("both move over the same still picture, each in its own way, alike at %s and %s%s: %s",
			clockFace(f.Times[0]), clockFace(f.Times[1]), prefixed(", the second ", manner(f.transform(a, b))), f.evidence())
	case len(f.Shared) == 0:
		return fmt.Sprintf("both show the same picture, at %s and %s%s, and at least one of them hardly moves: %s",
			clockFace(f.Times[0]), clockFace(f.Times[1]), prefixed(", the second ", manner(f.transform(a, b))), f.evidence())
	}
	return f.stretchWords(k, a, b)
}

// frameWords speaks of a photograph, the first, and a moment of a video.
func (f *film) frameWords(k kind, a, b *verify.Item) string {
	moment := fmt.Sprintf("the second at %s", clockFace(f.Times[1]))
	if k == otherShot {
		return "the first shows the same place or thing as " + moment + ", at another moment or in another shot: " + f.evidence()
	}
	moved := prefixed(", there ", manner(f.transform(a, b)))
	g := &f.Agreement
	switch f.layout() {
	case wholeCopy:
		return "the first shows the frame of " + moment + moved + ": " + f.evidence() + f.changes(k, true)
	case secondInFirst:
		return fmt.Sprintf("the frame of %s is shown in %s of the first (%s of it)%s: %s",
			moment, verify.Where(bounds(g.RegionA)), percent(covered(g.RegionA)), moved, f.evidence()) + f.changes(k, true)
	}
	return fmt.Sprintf("the first shows a part of the frame of %s, %s (%s of it)%s: %s",
		moment, verify.Where(bounds(g.RegionB)), percent(covered(g.RegionB)), moved, f.evidence()) + f.changes(k, true)
}

// stretchWords speaks of what two videos share in time.
func (f *film) stretchWords(k kind, a, b *verify.Item) string {
	s := f.Shared[0]
	moved := manner(f.transform(a, b))
	fromTo := func(from, to float64) string { return clockFace(from) + " to " + clockFace(to) }
	whole := [2]bool{f.Filled[0] >= wholeVideo, f.Filled[1] >= wholeVideo}
	var words string
	switch {
	case k == wholeCopy:
		words = "both show the same video from beginning to end" + prefixed(", the second ", joined(pace(s.Speed, s.EndB-s.StartB), moved))
	case whole[0] && whole[1] && k == firstInSecond:
		words = "all of " + shownIn("first", f.Agreement.RegionA, f.Boxes[0], "second", f.Agreement.RegionB) + prefixed(", there ", joined(pace(s.Speed, s.EndB-s.StartB), moved))
	case whole[0] && whole[1]:
		back := f.exchanged()
		words = "all of " + shownIn("second", f.Agreement.RegionB, f.Boxes[1], "first", f.Agreement.RegionA) +
			prefixed(", there ", joined(pace(1/s.Speed, s.EndA-s.StartA), manner(back.transform(b, a))))
	case whole[0]:
		words = "the first is shown in the second from " + fromTo(s.StartB, s.EndB) + prefixed(", there ", joined(pace(s.Speed, s.EndB-s.StartB), moved))
	case whole[1]:
		back := f.exchanged()
		words = "the second is shown in the first from " + fromTo(s.StartA, s.EndA) +
			prefixed(", there ", joined(pace(1/s.Speed, s.EndA-s.StartA), manner(back.transform(b, a))))
	default:
		words = fmt.Sprintf("what the first shows from %s the second shows from %s", fromTo(s.StartA, s.EndA), fromTo(s.StartB, s.EndB)) +
			prefixed(", there ", joined(pace(s.Speed, s.EndB-s.StartB), moved))
	}
	words += fmt.Sprintf(": %s agree in one order, and in pictures %s", plural(s.Moments, "moment"), f.evidence())
	if s.Uncertain {
		words = strings.Replace(words, " agree in one order", " agree", 1) + "; the picture hardly moves, so that the times are uncertain"
	}
	return words + f.further()
}

// further names the other stretches, by the times of the first.
func (f *film) further() string {
	var more []string
	for _, s := range f.Shared[1:] {
		if len(more) < stretchesNamed {
			more = append(more, fmt.Sprintf("from %s to %s of the first and %s to %s of the second",
				clockFace(s.StartA), clockFace(s.EndA), clockFace(s.StartB), clockFace(s.EndB)))
		}
	}
	if left := len(f.Shared) - 1 - len(more); left > 0 {
		more = append(more, plural(left, "more part"))
	}
	return prefixed("; beside it ", listed(more))
}

// pace says how fast one video runs beside another: the speed of a stretch that
// is so long.
func pace(speed, seconds float64) string {
	if math.Abs(speed-1) < worthSpeed || math.Abs(speed-1)*seconds < 0.25 || math.IsInf(speed, 0) || math.IsNaN(speed) {
		return ""
	}
	return fmt.Sprintf("at %.2f times the speed", speed)
}

func joined(p, q string) string {
	switch {
	case p == "":
		return q
	case q == "":
		return p
	}
	return p + ", " + q
}
