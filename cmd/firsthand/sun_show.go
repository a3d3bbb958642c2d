package main

import (
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// sunWriter writes what the sun did, for people or as JSON Lines.
type sunWriter struct {
	t    *terminal
	json bool
	sunQuery
}

func (w sunWriter) note() note { return note{t: w.t} }

func (w sunWriter) heading(text string) {
	if !w.json {
		w.t.printf("%s\n", shown(text))
	}
}

// place writes the place, and of a file of a case what it claims.
func (w sunWriter) place() error {
	if w.claim != nil {
		if w.json {
			if err := w.t.json(claimLine{"claim", w.claim.path, w.claim.place, w.claim.time}); err != nil {
				return err
			}
		}
		w.heading(w.claim.path)
	}
	if w.named != nil {
		if w.json {
			return w.t.json(namedLine{"place", placeName(*w.named), w.named.Lat, w.named.Lon, w.named.RadiusM})
		}
		w.heading(placeName(*w.named))
	}
	w.heading(report.Position(w.where.Latitude, w.where.Longitude, w.radiusM))
	return nil
}

// moment says where the sun stood and how shadows fell, and sets a measured
// one beside that.
func (w sunWriter) moment(m moment) error {
	p := sun.At(w.where, m.at)
	if w.json {
		line := newSunLine("position", w.where, p, m.at.Location())
		if w.measured != nil {
			fits := w.measured.Fits(w.where, m.at)
			line.Fits = &fits
		}
		if err := w.t.json(line); err != nil {
			return err
		}
	} else {
		w.heading(fullMoment(m))
		w.note().say("sun", heightInWords(p)+", in the "+direction(p.Azimuth))
		w.note().say("shadow", shadowInWords(p))
		w.note().say("light", string(p.Light()))
	}
	if w.measured == nil {
		return nil
	}
	if !w.json {
		w.note().say("measured", comparedShadow(*w.measured, w.where, p))
	}
	day := dayBegin(m.at, m.at.Location())
	return w.windows(day, dayBegin(day.AddDate(0, 0, 1), m.at.Location()))
}

// days lists what the sun did on each day.
func (w sunWriter) days() error {
	loc := w.zone()
	for day := w.from; day.Before(w.to); day = dayBegin(day.AddDate(0, 0, 1), loc) {
		events, err := sun.Events(w.where, day, dayBegin(day.AddDate(0, 0, 1), loc))
		if err != nil {
			return err
		}
		w.heading(day.Format("2 January 2006") + ", " + zoneName(loc))
		for _, e := range events {
			if w.json {
				line := newSunLine("event", w.where, e.Position, loc)
				line.Event = source.Text(e.Kind)
				if err := w.t.json(line); err != nil {
					return err
				}
				continue
			}
			at := e.At.Add(30 * time.Second).In(loc) // to the nearest minute
			w.t.printf("  %s %-9s  %s\n", at.Format("15:04"), offsetAt(at), eventInWords(e))
		}
		w.noRise(events)
	}
	return nil
}

// noRise says of a day without sunrise and sunset which of the two it is.
func (w sunWriter) noRise(events []sun.Event) {
	if w.json || slices.ContainsFunc(events, func(e sun.Event) bool { return e.Kind == sun.Sunrise || e.Kind == sun.Sunset }) {
		return
	}
	for _, e := range events {
		if e.Kind == sun.SolarNoon {
			text := "The sun does not rise"
			if e.Light() == sun.Day {
				text = "The sun does not set"
			}
			w.t.printf("  %s\n", text)
			return
		}
	}
}

// windows lists when a measured shadow can have been cast.
func (w sunWriter) windows(from, to time.Time) error {
	windows, err := w.measured.Windows(w.where, from, to)
	if err != nil {
		return err
	}
	loc := from.Location()
	if w.json {
		for _, win := range windows {
			if err := w.t.json(newSunWindow(w.where, win, loc)); err != nil {
				return err
			}
		}
		return nil
	}
	n := w.note()
	n.say("asked", measuredInWords(*w.measured))
	if len(windows) == 0 {
		n.say("when", "Never from "+from.Format("2 January 2006")+" to "+to.Add(-time.Second).In(loc).Format("2 January 2006")+", "+zoneName(loc))
	}
	lines := make([]string, len(windows))
	for i, win := range windows {
		lines[i] = windowInWords(win, loc)
	}
	n.say("when", lines...)
	if w.claim != nil && w.claim.time != nil {
		n.say("zone", w.clockZones())
	}
	return nil
}

// lights says whether what a picture shows fits the time and place.
func (w sunWriter) lights() error {
	stretches := [][2]time.Time{{w.from, w.to}}
	if len(w.moments) > 0 {
		stretches = nil
	}
	for _, m := range w.moments {
		stretches = append(stretches, [2]time.Time{m.at, m.at.Add(m.width)})
	}
	for _, s := range stretches {
		sky, err := sun.Over(w.where, w.radiusM, s[0], s[1])
		if err != nil {
			return err
		}
		f, misfit := sky.Misfit(sun.Light(w.light))
		if w.json {
			line := lightLine{skyLine: newSkyLine(sky), Shows: w.light, Fits: !misfit}
			line.Kind = "light"
			if misfit {
				line.Finding = &f
			}
			if err := w.t.json(line); err != nil {
				return err
			}
			continue
		}
		text := "A picture that shows " + w.light + " fits: it was " + lightsInWords(sky.Lights())
		if misfit {
			text = "Does not fit: " + f.Message
		}
		w.note().say("picture", text)
	}
	return nil
}

// limits says what the answer leaves open.
func (w sunWriter) limits() {
	if !w.json && (len(w.moments) > 0 || w.measured != nil) {
		w.note().say("left open", "Slopes, hills at the horizon and perspective; directions are from true north, not a compass")
	}
	if !w.json && w.named != nil && !w.named.Own {
		w.note().say("credit", sentence(gazetteer.Credit))
	}
}

// zone is that of the days: the person's, else UTC.
func (w sunWriter) zone() *time.Location {
	if w.loc == nil {
		return time.UTC
	}
	return w.loc
}
