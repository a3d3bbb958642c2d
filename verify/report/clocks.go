package report

import (
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/verify/clock"
)

// clockView is a device's clock that was put right.
type clockView struct {
	Device   string
	Off      string
	Basis    string
	Readings string
	Files    int
}

func clocks(list []clock.Correction) []clockView {
	var out []clockView
	for _, c := range list {
		v := clockView{Device: visible(c.Device), Off: offInWords(c), Basis: basisInWords(c), Files: len(c.Items)}
		const day = "2 Jan 2006"
		if v.Readings = c.Since.Format(day); c.Until.Format(day) != v.Readings {
			v.Readings += " to " + c.Until.Format(day)
		}
		out = append(out, v)
	}
	return out
}

// offInWords says what has to be added to a reading to give UTC.
func offInWords(c clock.Correction) string {
	if c.Zone != nil {
		return "ran at " + utcOffset(*c.Zone)
	}
	sign, shift := "+", c.Shift+c.Spread/2
	if shift < 0 {
		sign, shift = "−", -shift
	}
	s := fmt.Sprintf("UTC = its reading %s %s", sign, lasting(shift))
	if half := (c.Spread + 1) / 2; half >= time.Second {
		s += ", give or take " + lasting(half)
	}
	return s
}

func basisInWords(c clock.Correction) string {
	switch c.Basis {
	case clock.BySatellite:
		return plural(c.Proofs, "satellite time", "satellite times")
	case clock.ByFilms:
		return plural(c.Proofs, "film", "films") + " dated in UTC"
	case clock.ByPosts:
		return plural(c.Proofs, "post", "posts") + " of its pictures"
	}
	return visible(string(c.Basis))
}

// lasting writes a duration to the second: "3 h 2 min 5 s".
func lasting(d time.Duration) string {
	d = d.Round(time.Second)
	s := ""
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / u.unit; n > 0 {
			s += fmt.Sprintf(" %d\u00a0%s", n, u.name)
			d %= u.unit
		}
	}
	if s == "" {
		return "0\u00a0s"
	}
	return s[1:]
}
