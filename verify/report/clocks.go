package report

import (
	"strconv"
	"strings"
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

func (w Words) clocks(list []clock.Correction) []clockView {
	var out []clockView
	for _, c := range list {
		v := clockView{Device: visible(c.Device), Off: w.off(c), Basis: w.basis(c), Files: len(c.Items)}
		if v.Readings = w.day(c.Since); w.day(c.Until) != v.Readings {
			v.Readings = w.T("report.days.from-to", "from", v.Readings, "to", w.day(c.Until))
		}
		out = append(out, v)
	}
	return out
}

// off says what has to be added to a reading to give UTC.
func (w Words) off(c clock.Correction) string {
	if c.Zone != nil {
		return w.T("report.clock.ran", "zone", utcOffset(*c.Zone))
	}
	sign, shift := "+", c.Shift+c.Spread/2
	if shift < 0 {
		sign, shift = "−", -shift
	}
	if half := (c.Spread + 1) / 2; half >= time.Second {
		return w.T("report.clock.off-within", "sign", sign, "shift", w.lasting(shift), "half", w.lasting(half))
	}
	return w.T("report.clock.off", "sign", sign, "shift", w.lasting(shift))
}

func (w Words) basis(c clock.Correction) string {
	switch c.Basis {
	case clock.BySatellite:
		return w.amount("report.clock.satellites", c.Proofs)
	case clock.ByFilms:
		return w.amount("report.clock.films", c.Proofs)
	case clock.ByPosts:
		return w.amount("report.clock.posts", c.Proofs)
	}
	return w.Sentence(visible(string(c.Basis)))
}

// lasting writes a duration to the second: "3 h 2 min 5 s".
func (w Words) lasting(d time.Duration) string {
	d = d.Round(time.Second)
	var parts []string
	for _, u := range []struct {
		unit time.Duration
		key  string
	}{{24 * time.Hour, "report.lasting.d"}, {time.Hour, "report.lasting.h"}, {time.Minute, "report.lasting.min"}, {time.Second, "report.lasting.s"}} {
		if n := d / u.unit; n > 0 {
			parts = append(parts, w.T(u.key, "n", strconv.Itoa(int(n))))
			d %= u.unit
		}
	}
	if len(parts) == 0 {
		return w.T("report.lasting.s", "n", "0")
	}
	return strings.Join(parts, " ")
}
