package clock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Zones are the time zones that a person gave for clocks that state none.
type Zones struct {
	Case *time.Location // for all sources; nil leaves them open
	// Sources are zones of single sources, or of folders in them
	// ("telegram/channel_02"); nil leaves those open. The longest name that a
	// path begins with counts. Upper and lower case are one, as in settings
	// files.
	Sources map[string]*time.Location
}

// NewZones takes the names of zones of the IANA database ("Europe/Kyiv", "UTC"):
// that of the case, "" for none, and those of single sources. The error names
// the one that does not exist; [ZoneError].
func NewZones(zone string, sources map[string]string) (Zones, error) {
	var z Zones
	var err error
	if z.Case, err = location(zone); err != nil {
		return Zones{}, err
	}
	for _, source := range slices.Sorted(maps.Keys(sources)) {
		loc, err := location(sources[source])
		if err != nil {
			return Zones{}, fmt.Errorf("%s: %w", source, err)
		}
		if z.Sources == nil {
			z.Sources = make(map[string]*time.Location, len(sources))
		}
		z.Sources[source] = loc
	}
	return z, nil
}

// Names is the inverse of [NewZones].
func (z Zones) Names() (zone string, sources map[string]string) {
	for source, loc := range z.Sources {
		if sources == nil {
			sources = make(map[string]string, len(z.Sources))
		}
		sources[source] = nameOf(loc)
	}
	return nameOf(z.Case), sources
}

func nameOf(loc *time.Location) string {
	if loc == nil {
		return ""
	}
	return loc.String()
}

// ZoneError is a zone that does not exist.
type ZoneError struct{ Name string }

func (e ZoneError) Error() string { return fmt.Sprintf("there is no time zone %q", e.Name) }

// location finds a zone. That of the machine is none: it says nothing of the
// case, and is another one elsewhere.
func location(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, ZoneError{name}
	}
	return loc, nil
}

// Of gives the zone for a path (SOURCE/relative/path), nil when none was given.
func (z Zones) Of(path string) *time.Location {
	zone, _ := z.of(strings.ToLower(path))
	return zone
}

// of also says whether the zone is that of the source, and not of the case.
func (z Zones) of(path string) (zone *time.Location, own bool) {
	longest, zone := "", z.Case
	for name, loc := range z.Sources {
		n := strings.ToLower(strings.Trim(name, "/"))
		if (path == n || strings.HasPrefix(path, n+"/")) && len(n) > len(longest) {
			longest, zone, own = n, loc, true
		}
	}
	return zone, own
}

// none says that no person gave any zone.
func (z Zones) none() bool { return z.Case == nil && len(z.Sources) == 0 }

// unused are findings about zones for sources that the case does not have:
// misspelt, they would leave clocks open without a word.
func (z Zones) unused(items []verify.Item) []verify.Finding {
	used := map[string]bool{}
	for i := range items {
		for _, s := range items[i].Sightings {
			path := strings.ToLower(s.Path)
			for name := range z.Sources {
				n := strings.ToLower(strings.Trim(name, "/"))
				used[name] = used[name] || path == n || strings.HasPrefix(path, n+"/")
			}
		}
	}
	var out []verify.Finding
	for name, loc := range z.Sources {
		if !used[name] && loc != nil {
			out = append(out, verify.Finding{Finding: extract.Finding{
				Code: "zone-unused", Severity: "warning",
				Message: fmt.Sprintf("the zone %s was given for %q, and the case has no source or folder of that name", loc, name),
			}})
		}
	}
	return out
}

// locations are the zones in which the item's own clock may have run: those
// that a person gave for the sources it was seen in. Zones given for a source
// go before the one given for the case.
func (z Zones) locations(it *verify.Item) []*time.Location {
	var general, own []*time.Location
	for i := range it.Sightings {
		loc, isOwn := z.of(strings.ToLower(it.Sightings[i].Path))
		switch {
		case loc == nil:
		case isOwn:
			own = append(own, loc)
		default:
			general = append(general, loc)
		}
	}
	if len(own) == 0 {
		own = general
	}
	slices.SortFunc(own, func(a, b *time.Location) int { return strings.Compare(a.String(), b.String()) })
	return slices.CompactFunc(own, func(a, b *time.Location) bool { return a.String() == b.String() })
}

// zoned gives for each floating time one in the given zones. Where sources
// disagree on the zone of one file, its bounds hold all of them.
func zoned(times []extract.Time, in []*time.Location) []extract.Time {
	var out []extract.Time
	for _, t := range times {
		if t.Zone != extract.Floating || len(in) == 0 || t.Trust == extract.TrustNone || t.Kind == extract.FileSystem {
			continue
		}
		z := extract.WithZone(t, in[0])
		if z.Zone == extract.Floating {
			continue // there is no reading to put into a zone
		}
		names := in[0].String()
		for _, loc := range in[1:] {
			other := extract.WithZone(t, loc)
			if z.OffsetMinutes == nil || other.OffsetMinutes == nil || *z.OffsetMinutes != *other.OffsetMinutes {
				z.OffsetMinutes = nil
			}
			if other.Earliest.Before(z.Earliest) {
				z.Earliest = other.Earliest
			}
			if other.Latest.After(z.Latest) {
				z.Latest = other.Latest
			}
			names += " or " + loc.String()
		}
		z.Raw = fmt.Sprintf("%s, in the zone %s that a person gave", t.Raw, names)
		out = append(out, z.Zoned())
	}
	return out
}

// InWords names the zones for people, "" for none.
func InWords(z Zones) string {
	zone, sources := z.Names()
	var out []string
	if zone != "" {
		out = append(out, zone)
	}
	for _, source := range slices.Sorted(maps.Keys(sources)) {
		name := sources[source]
		if name == "" {
			name = "left open"
		}
		out = append(out, source+": "+name)
	}
	return strings.Join(out, "; ")
}
