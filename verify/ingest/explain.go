package ingest

import (
	"context"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// ErrNotGrouped says that a case has no incidents yet.
var ErrNotGrouped = errors.New("the case was not grouped yet")

// Explain says why an item is in an incident or not, or why the incident is
// one when the item is empty, under the settings of the last grouping. It
// reads the case and writes nothing.
func Explain(ctx context.Context, file *casefile.File, id string, item verify.Digest) (incident.Explanation, error) {
	was, ok, err := lastRun(ctx, file)
	if err != nil {
		return incident.Explanation{}, err
	}
	if !ok {
		return incident.Explanation{}, ErrNotGrouped
	}
	var opt Options
	if opt.Zones, _, err = LastZones(ctx, file); err != nil {
		return incident.Explanation{}, err
	}
	in, err := Input(ctx, file, opt)
	if err != nil {
		return incident.Explanation{}, err
	}
	if in.Statistics, err = taught(ctx, file); err != nil {
		return incident.Explanation{}, err
	}
	incidents, err := file.Incidents(ctx)
	if err != nil {
		return incident.Explanation{}, fmt.Errorf("read the incidents: %w", err)
	}
	params := incident.Automatic()
	if was.Params != nil {
		params = *was.Params
	}
	x, err := incident.Explain(ctx, in, params, verify.Decided(incidents, in.Decisions), id, item)
	if err != nil {
		return x, fmt.Errorf("explain %s: %w", id, err)
	}
	return x, nil
}
