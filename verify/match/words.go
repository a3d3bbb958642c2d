package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// Turns and scales that are worth a word.
const (
	worthTurn  = 1.0 // degrees
	worthScale = 0.02
)

// placesNamed is how many changed places are named one by one.
const placesNamed = 3

// why puts a finding into one sentence. The finding reads from a to b.
func (f *finding) why(k kind, a, b *verify.Item) string {
	g := &f.Agreement
	moved := manner(f.transform(a, b))
	var s string
	switch k {
	case wholeCopy:
		s = "both show the same picture" + prefixed(", the second ", moved)
	case firstInSecond:
		s = shownIn("first", g.RegionA, f.Boxes[0], "second", g.RegionB) + prefixed(", there ", moved)
	case secondInFirst:
		back := f.exchanged()
		s = shownIn("second", g.RegionB, f.Boxes[1], "first", g.RegionA) + prefixed(", there ", manner(back.transform(b, a)))
	case otherShot:
		return "both show the same place or thing in different shots: " + f.evidence() + ", and what they show has shifted as it does between two photographs and not between copies"
	}
	s += ": " + f.evidence()
	if f.Again > 0 {
		s += ", and it is there " + plural(f.Again, "more time")
	}
	s += f.changes(k, a.Digest < b.Digest)
	if f.Led {
		s += "; found by way of another copy"
	}
	if d := burst(a, b); d > 0 && k == wholeCopy {
		s += fmt.Sprintf("; their cameras' clocks are %s apart, and shots of one burst cannot be told from copies", seconds(d))
	}
	return s
}

// shownIn says which part of one picture is seen in which part of another.
func shownIn(name string, region [][2]float64, box hashing.Box, other string, there [][2]float64) string {
	in := fmt.Sprintf("is shown in %s of the %s (%s of it)", verify.Where(bounds(there)), other, percent(covered(there)))
	if c := filled(region, box); c < wholeCover {
		return fmt.Sprintf("a part of the %s, %s (%s), %s", name, verify.Where(bounds(region)), percent(c), in)
	}
	return "the " + name + " " + in
}

// evidence is what was counted.
func (f *finding) evidence() string {
	g := &f.Agreement
	words := fmt.Sprintf("%d of %d textured blocks agree, hash distance %d of 64", g.Agreeing, g.Textured, f.Bits)
	if g.Inliers > 0 && !f.Led {
		words = plural(g.Inliers, "keypoint") + " and " + words
	}
	return words
}

// changes names the places that differ inside what both show: in the picture
// that is shown in the other, or in the one with the lesser digest, so that it
// reads alike from either side.
func (f *finding) changes(k kind, firstIsLesser bool) string {
	g := &f.Agreement
	name, changed := "first", g.ChangedA
	if k == secondInFirst || k == wholeCopy && !firstIsLesser {
		name, changed = "second", g.ChangedB
	}
	if len(changed) == 0 || g.Share == 1 {
		return ""
	}
	changed = slices.Clone(changed)
	slices.SortStableFunc(changed, func(p, q hashing.Box) int {
		return -cmp.Compare((p.X1-p.X0)*(p.Y1-p.Y0), (q.X1-q.X0)*(q.Y1-q.Y0))
	})
	var places []string
	more := 0
	for _, c := range changed {
		switch w := verify.Where([4]float64{c.X0, c.Y0, c.X1, c.Y1}); {
		case slices.Contains(places, w):
		case len(places) == placesNamed:
			more++
		default:
			places = append(places, w)
		}
	}
	if more > 0 {
		places = append(places, plural(more, "more place"))
	}
	return fmt.Sprintf("; the %s differs in %s", name, listed(places))
}

// manner says how a picture was moved: "mirrored, turned by 90 degrees
// clockwise and at 0.5 times the size", or "".
func manner(t verify.Transform) string {
	var how []string
	switch upright := t.Rotation < worthTurn || t.Rotation > 360-worthTurn; {
	case t.Mirrored && math.Abs(t.Rotation-180) < worthTurn:
		how = append(how, "flipped upside down")
	case t.Mirrored && upright:
		how = append(how, "mirrored")
	case t.Mirrored:
		how = append(how, "mirrored", turned(t.Rotation))
	case !upright:
		how = append(how, turned(t.Rotation))
	}
	if math.Abs(t.Scale-1) > worthScale {
		how = append(how, fmt.Sprintf("at %.2g times the size", t.Scale))
	}
	return listed(how)
}

// turned says by how much a picture is turned the shorter way.
func turned(angle float64) string {
	way := "clockwise"
	if angle > 180 {
		angle, way = 360-angle, "anticlockwise"
	}
	if math.Abs(angle-180) < worthTurn {
		return "turned upside down"
	}
	return fmt.Sprintf("turned by %.0f degrees %s", angle, way)
}

func prefixed(prefix, words string) string {
	if words == "" {
		return ""
	}
	return prefix + words
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

func seconds(v float64) string {
	if v < 1 {
		return fmt.Sprintf("%.2g s", v)
	}
	return fmt.Sprintf("%.0f s", v)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// clockFace writes seconds as m:ss.
func clockFace(seconds float64) string {
	s := int(math.Round(seconds))
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func round(v float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(v*p) / p
}

func swapWords(s string) string {
	return strings.NewReplacer("the first", "the second", "the second", "the first").Replace(s)
}
