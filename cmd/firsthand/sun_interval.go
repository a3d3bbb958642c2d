package main

import (
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// interval says what is known of the sun while only that a picture was taken
// at some time of it is known.
func (w sunWriter) interval() error {
	sky, err := sun.Over(w.where, w.radiusM, w.from, w.to)
	if err != nil {
		return err
	}
	if w.json {
		return w.t.json(newSkyLine(sky))
	}
	n := w.note()
	n.say("claimed", sentence(report.TimeInWords(w.claim.time))+
		": between "+minuteOf(w.from)+" and "+minuteOf(w.to)+" UTC")
	n.say("sun", sentence(sky.Height()))
	n.say("light", lightsInWords(sky.Lights()))
	if w.claim.time.Zone == extract.Floating {
		n.say("left open", "The clock's zone: --zone NAME narrows this, and a measured shadow can tell it")
	}
	return nil
}

// clockZones says in which zones a clock that states none was, if a measured
// shadow fell when it was read: those of whole quarters of an hour in which it
// fits.
func (w sunWriter) clockZones() string {
	t := w.claim.time
	wall, err := time.Parse("2006-01-02T15:04:05", string(t.Local))
	if err != nil || t.Zone != extract.Floating {
		return ""
	}
	const quarter, first, last = 15, -12 * 60, 14 * 60 // minutes
	var fitting []string
	for from := first; from <= last; from += quarter {
		to := from - quarter
		for to < last && w.measured.Fits(w.where, wall.Add(-time.Duration(to+quarter)*time.Minute)) {
			to += quarter
		}
		switch {
		case to == from:
			fitting = append(fitting, utcOffset(&from))
		case to > from:
			fitting = append(fitting, utcOffset(&from)+" to "+utcOffset(&to))
		}
		from = max(from, to)
	}
	if len(fitting) == 0 {
		return "No zone puts the clock there"
	}
	return "The clock was there if it was set to " + listed(fitting)
}
