package exchange

import (
	"errors"
	"fmt"
)

// knownPlace is where an entry is said to be; one that is not taken is listed.
type knownPlace struct {
	at    *Position // nil where no position is stated
	taken bool
}

// positions reads the positions of all entries, and asks about those that look
// swapped.
func (k *knownReader) positions() ([]knownPlace, error) {
	out := make([]knownPlace, len(k.entries))
	var all []Position
	for i := range k.entries {
		e := &k.entries[i]
		at, err := parsePosition(e.lat, e.lon)
		switch {
		case errors.Is(err, errSwapped):
			out[i] = k.doubt(e, nil)
		case err != nil:
			k.out.Incident.Refuse(e.line, e.id+" position", "%v; the entry is not taken", err)
		default:
			out[i] = knownPlace{at, true}
		}
		if at != nil {
			all = append(all, *at)
		}
	}
	if err := k.askWhole(all, out); err != nil {
		return nil, err
	}
	crowd := company{}
	for _, p := range all {
		crowd.add(p)
	}
	for i := range out {
		if at := out[i].at; at != nil && k.entries[i].lat != "" && crowd.looksSwapped(*at) {
			out[i] = k.doubt(&k.entries[i], at)
		}
	}
	return out, nil
}

// doubt does what the person said of positions that look swapped. Written is
// nil for one that can be no position as it is written.
func (k *knownReader) doubt(e *rawKnown, written *Position) knownPlace {
	switch {
	case k.opt.Doubtful == SwapDoubtful:
		if at, err := parsePosition(e.lon, e.lat); err == nil {
			return knownPlace{at, true}
		}
	case k.opt.Doubtful == KeepDoubtful && written != nil:
		return knownPlace{written, true}
	}
	const ask = "the entry is not taken; import again with --doubtful swap or, where it is right as written, --doubtful keep"
	if written == nil {
		k.out.Incident.Refuse(e.line, e.id+" position", "latitude %s lies beyond the poles, longitude %s would fit: are they swapped? %s", e.lat, e.lon, ask)
		return knownPlace{}
	}
	k.out.Incident.Refuse(e.line, e.id+" position", "%s, %s stands alone, and with latitude and longitude swapped it would be among the other entries: are they swapped? %s", e.lat, e.lon, ask)
	return knownPlace{}
}

// askWhole wants a person's word where the whole file looks swapped by where
// the case is. Swapping is done here, for all of it.
func (k *knownReader) askWhole(all []Position, out []knownPlace) error {
	asWritten, swapped, looks := swappedThroughout(all, k.opt.Around)
	switch {
	case !looks || k.opt.Doubtful == KeepDoubtful:
		return nil
	case k.opt.Doubtful != SwapDoubtful:
		return fmt.Errorf("%w: of %d positions %d lie where this case is, and %d with the two numbers swapped; "+
			"import again with --doubtful swap or --doubtful keep", errWholeSwapped, len(all), asWritten, swapped)
	}
	n := 0
	for i := range out {
		at := out[i].at
		if at == nil {
			continue
		}
		if p, err := checkPosition(at.Longitude, at.Latitude); err == nil {
			out[i].at = p
		} else {
			out[i] = knownPlace{}
			k.out.Incident.Refuse(k.entries[i].line, k.entries[i].id+" position", "swapped, %v; the entry is not taken", err)
			continue
		}
		all[n] = *out[i].at
		n++
	}
	return nil
}
