package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// claim is what a file says of its place and time, as far as it was taken.
type claim struct {
	path  string
	place *extract.Place // nil where a person gave the place
	time  *extract.Time  // nil where a person gave the time
}

// sunOfItem answers for the place and time that a file of a case claims.
func (g *globalOptions) sunOfItem(ctx context.Context, name string, o sunOptions) error {
	if g.caseDir == "" {
		return withHint(usagef("a FILE is one of a case"), "name the case with --case, or give --place and --time")
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	it, err := g.clockedItem(ctx, file, name)
	if err != nil {
		return err
	}
	zones, err := g.zones(ctx, file)
	if err != nil {
		return err
	}
	q := sunQuery{sunOptions: o, loc: zones.Of(it.Path()), claim: &claim{path: it.Path()}}
	if q.place != "" {
		err = g.readPlace(ctx, &q)
	} else {
		err = q.claimPlace(it.Line().BestPlace)
	}
	if err != nil {
		return err
	}
	if q.time != "" || q.date != "" {
		err = q.readTimes()
	} else {
		err = q.claimTime(clock.Claim(&it))
	}
	if err != nil {
		return err
	}
	return g.answerSun(q)
}

// clockedItem finds a file of the case and gives it with its clocks understood.
func (g *globalOptions) clockedItem(ctx context.Context, file *casefile.File, name string) (verify.Item, error) {
	digest, err := file.Named(ctx, name)
	if errors.Is(err, casefile.ErrUnknownItem) {
		return verify.Item{}, withHint(fmt.Errorf("there is no file %s in this case", name), "firsthand items --case %s lists their paths", g.caseDir)
	}
	if err != nil {
		return verify.Item{}, err
	}
	items, err := desk.AllItems(ctx, file) // what is known of its clock is known from the others
	if err != nil {
		return verify.Item{}, err
	}
	copies, err := file.Clusters(ctx)
	if err != nil {
		return verify.Item{}, fmt.Errorf("read the clusters of the case: %w", err)
	}
	read, err := g.readClocks(ctx, file, items, copies)
	if err != nil {
		return verify.Item{}, err
	}
	i := slices.IndexFunc(read.Items, func(it verify.Item) bool { return it.Digest == digest })
	if i < 0 {
		return verify.Item{}, fmt.Errorf("%s is no longer in any source", name)
	}
	return read.Items[i], nil
}

// claimPlace takes the position that the file claims.
func (q *sunQuery) claimPlace(p *extract.Place) error {
	if p == nil || p.Latitude == nil || p.Longitude == nil {
		return withHint(fmt.Errorf("%s claims no position", q.claim.path), "give one with --place LAT,LON")
	}
	q.where, q.claim.place = sun.Place{Latitude: *p.Latitude, Longitude: *p.Longitude}, p
	if p.AccuracyM != nil {
		q.radiusM = max(0, *p.AccuracyM)
	}
	return nil
}

// claimTime takes the file's time of its recording, as far as it is known: one
// without a zone spans every zone there is.
func (q *sunQuery) claimTime(t *extract.Time) error {
	if t == nil {
		return withHint(fmt.Errorf("%s states no time of its recording", q.claim.path), "give one with --time or --date")
	}
	q.claim.time = t
	if width := t.Latest.Sub(t.Earliest); width <= time.Minute {
		at := t.Earliest.UTC()
		if m := t.OffsetMinutes; m != nil && *m != 0 {
			at = at.In(time.FixedZone("", *m*60))
		}
		q.moments = []moment{{at, width}}
		return nil
	}
	q.from, q.to = t.Earliest.UTC(), t.Latest.UTC()
	return nil
}
