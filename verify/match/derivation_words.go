package match

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// What a step changed.
const (
	SavedAgain = "saved_again" // other bytes, nothing else found
	Smaller    = "smaller"
	Larger     = "larger" // enlarged, or made from one that is not in the case
	Cropped    = "cropped"
	Surrounded = "surrounded" // bars or a border were added, or it stands in a collage or on a screen
	Marked     = "marked"     // something inside it differs: a caption, a logo, something painted over
	Turned     = "turned"
	Mirrored   = "mirrored"
	AsFrame    = "frame" // one moment of a video
	AsClip     = "clip"  // a stretch of a video
)

// changesBetween says what was done in a step, by code and in one sentence.
func changesBetween(from, to *copyNode, match *verify.Match) ([]string, string) {
	p := copyPair{a: 0, b: 1, m: match}
	origin := 0
	if match.DigestA != from.item.Digest {
		origin = 1
	}
	m := oriented(&p, origin)
	var codes, words []string
	add := func(code, text string, args ...any) {
		codes, words = append(codes, code), append(words, fmt.Sprintf(text, args...))
	}
	switch m.is {
	case "frame":
		add(AsFrame, "one moment of the video%s", at(m.timeFrom))
	case "clip":
		add(AsClip, "a stretch of the video%s", at(m.timeFrom))
	}
	of, in := covered(m.regionFrom), covered(m.regionTo)
	switch {
	case len(m.regionFrom) == 0 || of >= missingPart:
	case barred(m.regionFrom):
		add(Cropped, "without the bars beside it")
	default:
		add(Cropped, "cropped to %s of it, %s", percent(of), verify.Where(bounds(m.regionFrom)))
	}
	switch {
	case len(m.regionTo) == 0 || in >= missingPart:
	case barred(m.regionTo):
		add(Surrounded, "with bars beside it")
	default:
		add(Surrounded, "set in something larger, of which it fills %s", percent(in))
	}
	switch detail := m.detail(from, to); {
	case detail >= finer:
		add(Smaller, "made smaller%s", sizes(from, to))
	case detail > 0 && detail <= 1/finer:
		add(Larger, "larger than the one before it%s", sizes(from, to))
	}
	if m.Transform.Mirrored {
		add(Mirrored, "mirrored")
	}
	if r := m.Transform.Rotation; r >= worthTurn && r <= 360-worthTurn {
		add(Turned, "%s", turned(m.turn()))
	}
	if where := largest(m.changedTo); where != "" {
		add(Marked, "different in %s", where)
	}
	if len(codes) == 0 {
		add(SavedAgain, "saved again in %s: other bytes, no change found in the picture", to.item.Media.MediaType)
	}
	return codes, listed(words)
}

// turn is the rotation from the origin to the copy, in degrees clockwise.
func (m sided) turn() float64 {
	r := m.Transform.Rotation
	if reversed := len(m.regionFrom) > 0 && len(m.RegionA) > 0 && &m.regionFrom[0] != &m.RegionA[0]; reversed && !m.Transform.Mirrored {
		return 360 - r
	}
	return r
}

// sizes says from what to what, where both are known.
func sizes(from, to *copyNode) string {
	if from.pixels == 0 || to.pixels == 0 {
		return ""
	}
	return fmt.Sprintf(", %d × %d from %d × %d", *to.item.Media.Width, *to.item.Media.Height, *from.item.Media.Width, *from.item.Media.Height)
}

// at says which moments of a video.
func at(t *[2]float64) string {
	switch {
	case t == nil:
		return ""
	case t[1]-t[0] < 1:
		return ", at " + clockFace(t[0])
	}
	return fmt.Sprintf(", from %s to %s", clockFace(t[0]), clockFace(t[1]))
}

// largest says where the largest of some boxes lies, "" for none.
func largest(boxes verify.Boxes) string {
	if len(boxes) == 0 {
		return ""
	}
	area := func(b [4]float64) float64 { return (b[2] - b[0]) * (b[3] - b[1]) }
	where := verify.Where(slices.MaxFunc(boxes, func(a, b [4]float64) int { return cmp.Compare(area(a), area(b)) }))
	if n := len(boxes) - 1; n > 0 {
		where += fmt.Sprintf(" and in %s", plural(n, "more place"))
	}
	return where
}
