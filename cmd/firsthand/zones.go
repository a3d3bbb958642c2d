package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// caseZone is the setting of the case that keeps the zone given with --zone.
const caseZone = "zone"

// zones are those that people gave for clocks that state none: for the case
// and for single sources. file is nil where there is no case.
func (g *globalOptions) zones(ctx context.Context, file *casefile.File) (clock.Zones, error) {
	zone, _, err := g.zone(ctx, file)
	if err != nil {
		return clock.Zones{}, err
	}
	sources, err := g.settings.table("zones")
	if err != nil {
		return clock.Zones{}, err
	}
	if sources, err = withKeptZones(ctx, file, sources); err != nil {
		return clock.Zones{}, err
	}
	z, err := clock.NewZones(zone, sources)
	if missing := (clock.ZoneError{}); errors.As(err, &missing) {
		return z, withHint(usageError{err}, "names are those of the IANA database, as Europe/Kyiv or UTC")
	}
	return z, err
}

// sourceZone begins the settings of the case that keep the zone of one source,
// as it was given in the workbench.
const sourceZone = "zone."

// withKeptZones adds the zones that the case keeps for single sources, where
// the settings have none for them.
func withKeptZones(ctx context.Context, file *casefile.File, sources map[string]string) (map[string]string, error) {
	if file == nil {
		return sources, nil
	}
	kept, err := file.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the settings of the case: %w", err)
	}
	out := map[string]string{}
	for key, zone := range kept {
		if name, ok := strings.CutPrefix(key, sourceZone); ok {
			out[name] = zone
		}
	}
	maps.Copy(out, sources)
	return out, nil
}

// zone is the zone of the case and where it comes from: the one that the case
// keeps, unless a flag, the environment or the file in the case says another.
func (g *globalOptions) zone(ctx context.Context, file *casefile.File) (name, origin string, err error) {
	if file != nil && g.settings.isWeak("zone") {
		kept, err := file.Settings(ctx)
		if err != nil {
			return "", "", fmt.Errorf("read the settings of the case: %w", err)
		}
		if name, ok := kept[caseZone]; ok {
			return name, "the case, once given with --zone", nil
		}
	}
	return g.settings.string("zone"), g.settings.origin["zone"], nil
}

// keepZone keeps a zone given with --zone in the case, where every later
// command finds it; --zone "" takes it back. A zone from elsewhere stays there.
func (g *globalOptions) keepZone(ctx context.Context, file *casefile.File) error {
	if !g.settings.isFlag("zone") {
		return nil
	}
	if _, err := g.zones(ctx, file); err != nil {
		return err
	}
	if err := file.Set(ctx, caseZone, g.settings.string("zone")); err != nil {
		return fmt.Errorf("keep the zone: %w", err)
	}
	return nil
}

// readClocks gives items with their clocks understood as the settings say
// today: no scan is needed for another zone.
func (g *globalOptions) readClocks(ctx context.Context, file *casefile.File, items []verify.Item, copies []verify.Cluster) (clock.Reading, error) {
	z, err := g.zones(ctx, file)
	if err != nil {
		return clock.Reading{}, err
	}
	return clock.Apply(items, copies, z), nil
}

// noteOldZones says when the incidents were made with other zones than those
// of today.
func (g *globalOptions) noteOldZones(ctx context.Context, file *casefile.File) error {
	made, ok, err := ingest.LastZones(ctx, file)
	if err != nil || !ok {
		return err
	}
	now, err := g.zones(ctx, file)
	if err != nil {
		return err
	}
	if clock.InWords(made) != clock.InWords(now) {
		g.term.note("the incidents were made with other time zones (%s) than the settings have now; firsthand group --case %s makes them anew",
			orNone(clock.InWords(made)), g.caseDir)
	}
	return nil
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
