package sidebyside

import (
	"fmt"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// Description is a match in words, beside its Why, which names the evidence.
// Each field is a sentence without its full stop, or "" where there is nothing
// to say. A and B stand for the two files.
type Description struct {
	Verdict   string   // what the match proposes, in a few words
	Shared    string   // which part of A and of B both show
	Moment    string   // when in a video that is
	Stretches []string // of two videos that share several: when each is, the longest first
	Transform string   // what A looks like beside B
	Changed   string   // where they differ inside what both show
	Sound     string   // what is heard with it, of two videos
	Limits    string   // what the match does not say
}

// Describe puts a match into words.
func Describe(m verify.Match) Description {
	d := Description{
		Verdict: verdict(m), Moment: moment(m),
		Stretches: stretches(m), Sound: sound(m),
		Changed: changed(m), Limits: limits(m),
	}
	if m.Relation == "" || m.Relation == verify.Exact {
		return d
	}
	if len(m.RegionA) > 2 && len(m.RegionB) > 2 {
		d.Shared = both(part("A", m.RegionA), part("B", m.RegionB))
		if m.Relation != verify.SameScene { // two photographs are not moved into each other
			d.Transform = transform(m.Transform)
		}
	}
	return d
}

// both joins what is said of A and of B.
func both(a, b string) string {
	if strings.Contains(a+b, ",") {
		return a + "; " + b
	}
	return a + " and " + b
}

func verdict(m verify.Match) string {
	switch m.Relation {
	case verify.Exact:
		return "the same file twice"
	case verify.Near:
		if videos(m) {
			return "two copies of one whole video"
		}
		return "two copies of one whole picture"
	case verify.SameScene:
		return "not copies: " + twoOf(m) + " of one place"
	case verify.Part:
		switch n := len(m.Segments); {
		case n == 0:
			return parts[m.AIs]
		case n > 1:
			return fmt.Sprintf("A and B share %d stretches", n)
		}
		return "A and B share a stretch"
	}
	return ""
}

// videos says that a match is one of two videos.
func videos(m verify.Match) bool { return m.TimeA != nil && m.TimeB != nil || len(m.Segments) > 0 }

// twoOf names what two pictures of one place are.
func twoOf(m verify.Match) string {
	switch {
	case videos(m):
		return "two takes"
	case m.TimeA != nil || m.TimeB != nil:
		return "a photograph and a video"
	}
	return "two photographs"
}

var parts = map[string]string{
	"crop_of_b":  "A is a part of B",
	"contains_b": "A contains B",
	"frame_of_b": "A is a frame of B",
	"clip_of_b":  "A is a clip of B",
}

// Turns and scales that are not worth a word.
const (
	leastTurn  = 0.5 // degrees
	leastScale = 0.01
)

// transform says how A is to be moved to look like B.
func transform(t verify.Transform) string {
	var how []string
	if t.Mirrored {
		how = append(how, "mirrored")
	}
	switch turn := math.Mod(math.Mod(t.Rotation, 360)+360, 360); {
	case !(turn >= leastTurn && turn <= 360-leastTurn): // or no number
	case math.Abs(turn-180) < leastTurn:
		how = append(how, "turned upside down")
	case turn <= 180:
		how = append(how, "turned by "+degrees(turn)+" clockwise")
	default:
		how = append(how, "turned by "+degrees(360-turn)+" anticlockwise")
	}
	switch s := t.Scale; {
	case !(s > 0) || math.IsInf(s, 0):
	case s < 1-leastScale:
		how = append(how, fmt.Sprintf("at %.2g of the size", s))
	case s > 1+leastScale:
		how = append(how, fmt.Sprintf("at %.3g times the size", s))
	}
	if len(how) == 0 {
		return "B is A as it stands, at the same size"
	}
	return "B is A " + strings.Join(how, ", ")
}

func degrees(v float64) string {
	if v < 10 && math.Abs(v-math.Round(v)) > 0.05 {
		return fmt.Sprintf("%.1f degrees", v)
	}
	return plural(int(math.Round(v)), "degree", "degrees")
}

// mostNamed is how many changed regions are named one by one.
const mostNamed = 4

// changed names the regions that differ. Where each of A's has its twin in B
// they are numbered, as in the picture.
func changed(m verify.Match) string {
	a, b := m.ChangedA, m.ChangedB
	n := max(len(a), len(b))
	if n == 0 {
		return ""
	}
	frames := ""
	if len(m.Segments) > 0 {
		frames = "in two frames that were compared: "
	}
	var named []string
	for i := range min(n, mostNamed) {
		words := ""
		switch {
		case len(a) == len(b):
			words = inBoth(a[i], b[i])
		case i < len(b):
			words = where(b[i]) + " of B" + size(b[i])
		default:
			words = where(a[i]) + " of A" + size(a[i])
		}
		if n > 1 {
			words = fmt.Sprintf("(%d) %s", i+1, words)
		}
		named = append(named, words)
	}
	if n > mostNamed {
		named = append(named, fmt.Sprintf("and %d more", n-mostNamed))
	}
	return frames + strings.Join(named, "; ")
}

// inBoth says where one difference lies in A and in B.
func inBoth(a, b [4]float64) string {
	switch {
	case where(a) != where(b):
		return where(a) + " of A" + size(a) + " and " + where(b) + " of B" + size(b)
	case size(a) != size(b):
		return where(b) + " of both (" + percent(share(a)) + " of A, " + percent(share(b)) + " of B)"
	}
	return where(b) + " of both" + size(b)
}

// scattered is the share of a picture from which a box around differences
// says little: they lie here and there in it.
const scattered = 0.5

func where(box [4]float64) string {
	if share(box) >= scattered {
		return "here and there in " + verify.Where(box)
	}
	return verify.Where(box)
}

// size is how much of the picture a difference takes up at most, or "" where
// that would mislead.
func size(box [4]float64) string {
	if share(box) >= scattered {
		return ""
	}
	return " (" + percent(share(box)) + ")"
}

// limits says what each verdict leaves open.
func limits(m verify.Match) string {
	switch {
	case m.Relation == verify.Exact:
		return "which of the two was first"
	case m.Relation == verify.SameScene && videos(m):
		return "that both show the same event or the same day: a place can be filmed many times"
	case m.Relation == verify.SameScene:
		return "that both show the same event or the same day: a place can be photographed many times"
	case m.Relation == "":
		return "whether the two differ: not to be found is not to be different"
	case videos(m):
		return "which of the two was first, or who cut or changed it"
	}
	return "which of the two was first, or who changed it; photographs of one burst and neighbouring frames of one video cannot be told from copies"
}
