package sun

import (
	"fmt"
	"math"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
)

// Light is what the sky gives, in the words of the person who looks at a
// picture.
type Light string

// The lights, by the sun's true elevation: by day its upper edge is above a
// level horizon, at night it is more than 6° below, where civil twilight ends
// and lamps are needed; between the two is twilight.
const (
	Day      Light = "day"
	Twilight Light = "twilight"
	Night    Light = "night"
)

// Light is the light at a position.
func (p Position) Light() Light {
	switch {
	case p.TrueElevation >= upperEdge:
		return Day
	case p.TrueElevation >= civil:
		return Twilight
	}
	return Night
}

// Sky is what the sun did during an interval over a place that is known to
// within a radius.
type Sky struct {
	From, To        time.Time // UTC
	Lowest, Highest float64   // true elevations of the sun's centre, in degrees, anywhere within the radius
}

// metresPerDegree is the least way over ground, in metres, that changes the
// sun's elevation by one degree.
const metresPerDegree = 110_500.0

// sample is how often the sun is looked at during an interval. Within half of
// it a highest or lowest elevation changes by less than 0.03°, unless the sun
// passes through the zenith or the nadir, where it decides nothing.
const sample = 5 * time.Minute

// Over gives what the sun did from one moment to another. Of an interval of
// more than [MostDays] days so many are looked at, since the year repeats.
func Over(p Place, radiusM float64, from, to time.Time) (Sky, error) {
	if err := p.Check(); err != nil {
		return Sky{}, err
	}
	if err := checkSpan(from, to); err != nil {
		return Sky{}, err
	}
	if !(radiusM >= 0) {
		return Sky{}, fmt.Errorf("a radius of %v metres is none", radiusM)
	}
	s := Sky{From: from.UTC(), To: to.UTC(), Lowest: 90, Highest: -90}
	if most := from.Add(MostDays * 24 * time.Hour); to.After(most) {
		to = most
	}
	for t := from; ; t = t.Add(sample) {
		if t.After(to) {
			t = to
		}
		e := At(p, t).TrueElevation
		s.Lowest, s.Highest = min(s.Lowest, e), max(s.Highest, e)
		if !t.Before(to) {
			break
		}
	}
	margin := radiusM / metresPerDegree
	s.Lowest, s.Highest = max(-90, s.Lowest-margin), min(90, s.Highest+margin)
	return s, nil
}

// Lights lists the lights that the interval can have had, the brightest first.
func (s Sky) Lights() []Light {
	var out []Light
	if s.Highest >= upperEdge {
		out = append(out, Day)
	}
	if s.Highest >= civil && s.Lowest < upperEdge {
		out = append(out, Twilight)
	}
	if s.Lowest < civil {
		out = append(out, Night)
	}
	return out
}

// Elevations, in degrees, up to which a picture can pass for another light: a
// low sun behind clouds or a hill for twilight, and a sky with the last light
// of nautical twilight, in a long exposure, for it too.
const (
	passesForTwilightHigh = 6.0
	passesForTwilightLow  = nautical
)

// Fits says whether a picture from that interval can show the light that a
// person sees in it. It is generous: twilight passes for day and for night,
// and a low sun for twilight.
func (s Sky) Fits(said Light) bool {
	switch said {
	case Day:
		return s.Highest >= civil
	case Night:
		return s.Lowest < upperEdge
	case Twilight:
		return s.Highest >= passesForTwilightLow && s.Lowest <= passesForTwilightHigh
	}
	return true
}

// Misfit gives the finding light-misfit where the light that a person sees
// does not fit the interval and place that are claimed, and false where it
// does. Smoke, an eclipse, exposure and lamps can deceive: it asks a person to
// look again at the time, the place and the picture.
func (s Sky) Misfit(said Light) (extract.Finding, bool) {
	if s.Fits(said) {
		return extract.Finding{}, false
	}
	return extract.Finding{
		Code: "light-misfit", Severity: source.Warning,
		Message: fmt.Sprintf("the picture shows %s, and at the claimed time and place the sun stood %s", said, s.Height()),
	}, true
}

// Height says in words between which elevations the sun stood.
func (s Sky) Height() string {
	low, high := elevationInWords(s.Lowest), elevationInWords(s.Highest)
	above, below := s.Lowest >= 0, s.Highest <= 0
	switch {
	case above && low == high:
		return high + " above the horizon"
	case above:
		return low + " to " + high + " above the horizon"
	case below && low == high:
		return low + " below the horizon"
	case below:
		return high + " to " + low + " below the horizon"
	}
	return "between " + low + " below and " + high + " above the horizon"
}

// elevationInWords leaves off the sign, and decimals where they say nothing.
func elevationInWords(e float64) string {
	if e = math.Abs(e); e < 9.95 {
		return fmt.Sprintf("%.1f°", e)
	}
	return fmt.Sprintf("%.0f°", e)
}
