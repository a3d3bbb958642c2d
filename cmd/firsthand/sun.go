package main

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/sun"
	"github.com/spf13/cobra"
)

// sunOptions are the flags of sun.
type sunOptions struct {
	place, time, date, until, light string
	azimuth, length, tolerance      float64
	direction, stretch              bool // azimuth and length were given
}

func newSunCommand(g *globalOptions) *cobra.Command {
	var o sunOptions
	cmd := &cobra.Command{
		Use:   "sun [FILE --case CASE] [--place LAT,LON] [--time TIME | --date DATE]",
		Short: "where the sun stood and how shadows fell, or when a shadow fell so",
		Long: `Says where the sun stood at a time and place and how long and in which
direction shadows fell; when the sun rose and set on a day; and, the other way
round, when a shadow that you measured can have been cast.

    firsthand sun --place 49.99,36.23 --time 2022-03-11T10:30+02:00
    firsthand sun --place 49.99,36.23 --date 2022-03-11 --zone Europe/Kyiv
    firsthand sun --place 49.99,36.23 --date 2022-03-11 --until 2022-03-14 \
        --shadow-azimuth 310 --shadow-length 1.8 --tolerance 4
    firsthand sun --place 49.99,36.23 --time "2022-03-11 23:10 UTC" --light day
    firsthand sun phone/IMG_0001.jpg --case my-case

A place is in degrees, as 49.99,36.23 or 49°59'24"N 36°13'48"E, or a name that
the gazetteer knows one place of; how far off it may be widens what fits. A
time states its zone (Z, UTC, +02:00), or --zone names it, as Europe/Kyiv; none is made up.
A date without --zone is a day of UTC. With --case and a FILE of it, the place
and the time are those that the file claims, unless you give others.

The azimuth of a shadow is the direction in which it points, in degrees
clockwise from true north, which is up on a map and is not where a compass
points; its length is for a height of 1. --tolerance is how far off, in
degrees, the direction and the sun's height may be. Where both a time and a
shadow are given, it says whether they fit and when on that day they would.

--light says whether a picture that shows day, twilight or night can be from
that time and place. What comes out is a lead, not proof: ground that slopes,
hills at the horizon and the picture's perspective all bend it.

Exit status: 0 done, whatever the answer, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.direction, o.stretch = cmd.Flags().Changed("shadow-azimuth"), cmd.Flags().Changed("shadow-length")
			if len(args) == 1 {
				return g.sunOfItem(cmd.Context(), args[0], o)
			}
			return g.sun(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&g.caseDir, "case", "", "the case folder that FILE is in")
	f.StringVar(&o.place, "place", "", "latitude and longitude in degrees, as 49.99,36.23, or the name of a place")
	f.StringVar(&o.time, "time", "", "a moment, as 2022-03-11T10:30+02:00 or, with --zone, 2022-03-11T10:30")
	f.StringVar(&o.date, "date", "", "a day, as 2022-03-11")
	f.StringVar(&o.until, "until", "", "the last day, where more than one is asked for")
	f.Float64Var(&o.azimuth, "shadow-azimuth", 0, "where the shadow points, in degrees clockwise from true north")
	f.Float64Var(&o.length, "shadow-length", 0, "how long the shadow is for a height of 1")
	f.Float64Var(&o.tolerance, "tolerance", 3, "how far off the shadow may be measured, in degrees")
	f.StringVar(&o.light, "light", "", "what the picture shows: day, twilight or night")
	f.String("zone", "", "time zone of a time or date that states none, as Europe/Kyiv")
	g.jsonFlag(cmd)
	return cmd
}

// sunQuery is what is asked of the sun.
type sunQuery struct {
	sunOptions
	where    sun.Place
	named    *gazetteer.Place // where the place was given by its name
	radiusM  float64          // how far off the place may be
	loc      *time.Location   // the person's zone, or nil
	moments  []moment         // a clock reading can stand for two
	from, to time.Time        // the days or the interval, where no moment is given
	measured *sun.Measured
	claim    *claim // of a file of a case, or nil
}

// sun answers for a place and time that a person gives.
func (g *globalOptions) sun(ctx context.Context, o sunOptions) error {
	zones, err := g.zones(ctx, nil)
	if err != nil {
		return err
	}
	q := sunQuery{sunOptions: o, loc: zones.Case}
	if o.place == "" {
		return withHint(usagef("no place is given"), "give one with --place LAT,LON, or a FILE of a case with --case")
	}
	if err := g.readPlace(ctx, &q); err != nil {
		return err
	}
	if err := q.readTimes(); err != nil {
		return err
	}
	return g.answerSun(q)
}

// readTimes reads the moment or the days that a person gives.
func (q *sunQuery) readTimes() (err error) {
	switch {
	case q.time != "" && (q.date != "" || q.until != ""):
		return usagef("--time is a moment and --date a day: give one of them")
	case q.time != "":
		q.moments, err = parseMoment(q.time, q.loc)
	case q.date != "":
		q.from, q.to, err = parseDays(q.date, q.until, q.loc)
	default:
		return withHint(usagef("no time is given"), "give a moment with --time or a day with --date")
	}
	return err
}

// check reads what is left to read and refuses what cannot be answered.
func (q *sunQuery) check() error {
	if q.direction || q.stretch {
		q.measured = &sun.Measured{AzimuthTolerance: q.tolerance, ElevationTolerance: q.tolerance, RadiusM: q.radiusM}
		if q.direction {
			q.measured.Azimuth = &q.azimuth
		}
		if q.stretch {
			q.measured.Ratio = &q.length
		}
		if err := q.measured.Check(); err != nil {
			return usageError{err}
		}
	}
	for _, m := range q.moments {
		if y := m.at.UTC().Year(); y < sun.FirstYear || y > sun.LastYear {
			return usagef("the sun's position is given for the years %d to %d", sun.FirstYear, sun.LastYear)
		}
	}
	switch sun.Light(q.light) {
	case "", sun.Day, sun.Twilight, sun.Night:
		return nil
	}
	return usagef("there is no light %q; it is day, twilight or night", q.light)
}

// answerSun prints what is asked for, in this order: the sun at the moment or
// what it did on the days, when a measured shadow fell, and the light.
func (g *globalOptions) answerSun(q sunQuery) error {
	if err := q.check(); err != nil {
		return err
	}
	w := sunWriter{t: g.term, json: g.jsonOut, sunQuery: q}
	if err := w.place(); err != nil {
		return err
	}
	for _, m := range q.moments {
		if err := w.moment(m); err != nil {
			return err
		}
	}
	var err error
	switch {
	case len(q.moments) > 0:
	case q.measured != nil:
		err = w.windows(q.from, q.to)
	case q.claim != nil && q.claim.time != nil:
		err = w.interval()
	case q.light == "":
		err = w.days()
	}
	if err == nil && q.light != "" {
		err = w.lights()
	}
	if err == nil {
		w.limits()
	}
	return err
}
