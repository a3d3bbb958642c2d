package desk

import (
	"context"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// Loaded is a case in memory, as listings and reports need it: items with
// their clocks understood as the zones say.
type Loaded struct {
	Items     []verify.Item // by path
	Clusters  []verify.Cluster
	Incidents []verify.Incident // with what people decided
	Clocks    clock.Reading     // of the same items
}

// Load reads a case. The zones are those of today: no scan is needed for
// others.
func Load(ctx context.Context, file *casefile.File, zones clock.Zones) (Loaded, error) {
	var l Loaded
	var err error
	if l.Items, err = AllItems(ctx, file); err != nil {
		return l, err
	}
	if l.Clusters, err = file.Clusters(ctx); err != nil {
		return l, fmt.Errorf("read the clusters of the case: %w", err)
	}
	l.Clocks = clock.Apply(l.Items, l.Clusters, zones)
	l.Items = l.Clocks.Items
	if l.Incidents, err = Decided(ctx, file); err != nil {
		return l, err
	}
	return l, nil
}

// AllItems reads the items that are still there, by path.
func AllItems(ctx context.Context, file *casefile.File) ([]verify.Item, error) {
	var items []verify.Item
	for it, err := range file.Items(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the items of the case: %w", err)
		}
		if len(it.Sightings) > 0 {
			items = append(items, it)
		}
	}
	return items, nil
}

// Decided gives the incidents with what people have decided since they were
// made.
func Decided(ctx context.Context, file *casefile.File) ([]verify.Incident, error) {
	incidents, err := file.Incidents(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the incidents of the case: %w", err)
	}
	decisions, err := file.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the decisions of the case: %w", err)
	}
	item := func(d verify.Digest) *verify.Item {
		it, err := file.Item(ctx, d)
		if err != nil || len(it.Sightings) == 0 {
			return nil
		}
		return &it
	}
	return verify.WithContext(verify.Decided(incidents, decisions), decisions, item), nil
}
