package sidebyside

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// moment says when in a video the shared part is; of several stretches, how
// many there are and how long they are together.
func moment(m verify.Match) string {
	switch n := len(m.Segments); {
	case n == 1:
		return stretch(m.Segments[0])
	case n > 1:
		total := 0.0
		for _, s := range m.Segments {
			total += clamp(s.TimeA[1]-s.TimeA[0], 0, mostSeconds)
		}
		return fmt.Sprintf("%d stretches, %s of A together", n, clockTo(total, 0))
	}
	var out []string
	for _, v := range []struct {
		name string
		at   *[2]float64
	}{{"A", m.TimeA}, {"B", m.TimeB}} {
		switch {
		case v.at == nil:
		case !(v.at[1]-v.at[0] >= 0.5):
			out = append(out, fmt.Sprintf("at %s of %s", instant(v.at[0]), v.name))
		default:
			out = append(out, fmt.Sprintf("from %s to %s of %s", clockTo(v.at[0], 0), clockTo(v.at[1], 0), v.name))
		}
	}
	return listed(out)
}

// mostNamedStretches is how many are put into words one by one.
const mostNamedStretches = 12

// stretches says of each of several stretches when it is, the longest first.
// They are numbered, as in the drawing.
func stretches(m verify.Match) []string {
	n := len(m.Segments)
	if n < 2 {
		return nil
	}
	var out []string
	for i, s := range m.Segments[:min(n, mostNamedStretches)] {
		out = append(out, fmt.Sprintf("(%d) %s", i+1, stretch(s)))
	}
	if n > mostNamedStretches {
		out = append(out, fmt.Sprintf("and %d more", n-mostNamedStretches))
	}
	return out
}

// What is worth a word of a stretch.
const (
	leastSpeed  = 0.01 // beside 1
	leastOffset = 0.25 // seconds
	briefly     = 10.0 // seconds: shorter stretches are given to a tenth
	mostSeconds = 1e7
)

// stretch says which part of A is which part of B.
func stretch(s verify.Segment) string {
	decimals := 0
	if min(s.TimeA[1]-s.TimeA[0], s.TimeB[1]-s.TimeB[0]) < briefly {
		decimals = 1
	}
	a, b := span(s.TimeA, decimals), span(s.TimeB, decimals)
	if s.Uncertain {
		return fmt.Sprintf("%s of A and %s of B%s; hardly anything moves there, so that it is not known which moment of one is which of the other", a, b, mirrored(s))
	}
	return fmt.Sprintf("%s of A is %s of B%s%s", a, b, mirrored(s), relativeTo(s))
}

func mirrored(s verify.Segment) string {
	if s.Mirrored {
		return ", mirrored"
	}
	return ""
}

// relativeTo says how much earlier or later, or faster or slower, B shows it.
func relativeTo(s verify.Segment) string {
	switch {
	case s.Speed > 1+leastSpeed && s.Speed < 100:
		return fmt.Sprintf(", at %.3g times the speed", s.Speed)
	case s.Speed > 0 && s.Speed < 1-leastSpeed:
		return fmt.Sprintf(", slowed down to %.2g of the speed", s.Speed)
	case s.Offset >= leastOffset && s.Offset < mostSeconds:
		return fmt.Sprintf(", %.1f s earlier", s.Offset)
	case s.Offset <= -leastOffset && s.Offset > -mostSeconds:
		return fmt.Sprintf(", %.1f s later", -s.Offset)
	case math.Abs(s.Offset) < leastOffset:
		return ", at the same time"
	}
	return ""
}

func span(t [2]float64, decimals int) string {
	return clockTo(t[0], decimals) + "–" + clockTo(t[1], decimals)
}

// instant writes a moment to a tenth of a second, where it has tenths.
func instant(seconds float64) string { return strings.TrimSuffix(clockTo(seconds, 1), ".0") }

// clockTo writes seconds as a player shows them, rounded to so many decimals.
func clockTo(seconds float64, decimals int) string {
	unit := math.Pow(10, float64(decimals))
	s := math.Round(clamp(seconds, 0, mostSeconds)*unit) / unit
	return strip.Clock(time.Duration(math.Round(s*1e9)), decimals)
}

// sound says what is heard with what both show; nothing where it could not be
// compared.
func sound(m verify.Match) string {
	switch m.Sound {
	case "same":
		return "the same in both"
	case "other":
		return "not the same: one picture, two sound tracks"
	}
	return ""
}
