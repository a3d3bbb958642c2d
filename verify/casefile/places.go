package casefile

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// placeKey begins the keys of the settings that are places of the case's own
// gazetteer: each is an event of the ledger when it is entered, changed or
// taken out.
const placeKey = "place/"

// Places gives the case's own gazetteer, by name.
func (f *File) Places(ctx context.Context) ([]gazetteer.Own, error) {
	settings, err := f.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	return placesOf(settings)
}

// Gazetteer is the world's gazetteer with the places of the case before it.
func (f *File) Gazetteer(ctx context.Context) (*gazetteer.Gazetteer, error) {
	world, err := gazetteer.World()
	if err != nil {
		return nil, err
	}
	own, err := f.Places(ctx)
	if err != nil {
		return nil, err
	}
	return world.With(own), nil
}

func placesOf(settings map[string]string) ([]gazetteer.Own, error) {
	var places []gazetteer.Own
	for key, value := range settings {
		name, ok := strings.CutPrefix(key, placeKey)
		if !ok {
			continue
		}
		var p gazetteer.Own
		if err := json.Unmarshal([]byte(value), &p); err != nil {
			return nil, fmt.Errorf("read place %s: %w", name, err)
		}
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b gazetteer.Own) int { return cmp.Compare(a.Name, b.Name) })
	return places, nil
}

// SetPlaces enters places, all of them or none. One that has the name of a
// place of the case takes its stead. It gives how many were new or changed;
// entering what is there already leaves no trace.
func (f *File) SetPlaces(ctx context.Context, places []gazetteer.Own) (changed int, err error) {
	values := map[string]string{}
	for _, p := range places {
		if p, err = p.Check(); err != nil {
			return 0, fmt.Errorf("enter places: %w", err)
		}
		value, err := json.Marshal(p)
		if err != nil {
			return 0, fmt.Errorf("enter places: %s: %w", p.Name, err)
		}
		values[placeKey+p.Name] = string(value)
	}
	changed, err = f.changeSettings(ctx, values)
	if err != nil {
		return 0, fmt.Errorf("enter places: %w", err)
	}
	return changed, nil
}

// RemovePlace takes a place out; false when the case has none of that name.
func (f *File) RemovePlace(ctx context.Context, name string) (bool, error) {
	changed, err := f.changeSettings(ctx, map[string]string{placeKey + name: ""})
	if err != nil {
		return false, fmt.Errorf("take out place: %w", err)
	}
	return changed > 0, nil
}
