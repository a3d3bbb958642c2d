package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// readJSON finds the list of entries in a document.
func (k *knownReader) readJSON(data []byte) error {
	if data[0] == '[' {
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil {
			return fmt.Errorf("the file is no whole JSON: %w", err)
		}
		return k.each(list, k.loose)
	}
	var doc struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
		GeoJSON  *struct {
			Features []json.RawMessage `json:"features"`
		} `json:"geojson"`
		Folders []struct {
			Name       string            `json:"name"`
			Placemarks []json.RawMessage `json:"mapDataPlacemarks"`
		} `json:"mapDataFolders"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("the file is no GeoJSON: %w", err)
	}
	switch {
	case doc.Type == "FeatureCollection":
		return k.features(doc.Features)
	case doc.Type == "Feature":
		return k.features([]json.RawMessage{data})
	case doc.GeoJSON != nil:
		return k.features(doc.GeoJSON.Features)
	case doc.Folders != nil:
		for _, f := range doc.Folders {
			if isLegend(f.Name) {
				k.out.Skipped += len(f.Placemarks)
				continue
			}
			if err := k.each(f.Placemarks, k.loose); err != nil {
				return err
			}
		}
		k.format = geoConfirmed
		return nil
	}
	return fmt.Errorf("the JSON holds neither features of GeoJSON nor a list of incidents")
}

// isLegend tells folders in which GeoConfirmed explains its map.
func isLegend(folder string) bool {
	return strings.HasPrefix(folder, "A.") || strings.HasPrefix(folder, "B.")
}

// errNoIncident is an entry that is no incident and no fault.
var errNoIncident = errors.New("no incident")

// each decodes the entries of a list with their numbers as they are written.
func (k *knownReader) each(list []json.RawMessage, read func(int, object) (rawKnown, error)) error {
	for _, raw := range list {
		line := len(k.entries) + k.out.Skipped + len(k.out.Incident.Bad) + 1
		o, err := decodeObject(raw)
		if err == nil {
			var e rawKnown
			if e, err = read(line, o); err == nil {
				e.line = line
				if err := k.add(e); err != nil {
					return err
				}
				continue
			}
		}
		if errors.Is(err, errNoIncident) {
			k.out.Skipped++
			continue
		}
		k.out.Incident.Refuse(line, "entry", "%v", err)
	}
	return nil
}

// object is a JSON object whose keys are folded to lower case.
type object map[string]any

func decodeObject(raw json.RawMessage) (object, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var o map[string]any
	if err := d.Decode(&o); err != nil || o == nil {
		return nil, fmt.Errorf("the entry is no JSON object")
	}
	return fold(o), nil
}

// fold puts keys into lower case; the first in order wins where two fall
// together.
func fold(o map[string]any) object {
	out := make(object, len(o))
	keys := make([]string, 0, len(o))
	for key := range o {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if low := strings.ToLower(strings.TrimSpace(key)); out[low] == nil {
			out[low] = o[key]
		}
	}
	return out
}

// text gives the first value among keys that is a text or a number.
func (o object) text(keys ...string) string {
	for _, key := range keys {
		switch v := o[key].(type) {
		case string:
			if s := strings.TrimSpace(v); s != "" {
				return s
			}
		case json.Number:
			return v.String()
		}
	}
	return ""
}

func (o object) has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := o[key]; !ok {
			return false
		}
	}
	return true
}

// links gives the addresses among keys: a text, a list of texts, or a list of
// objects with an address.
func (o object) links(keys ...string) (links []string, hidden int) {
	for _, key := range keys {
		list, isList := o[key].([]any)
		if !isList {
			list = []any{o[key]}
		}
		for _, v := range list {
			text, _ := v.(string)
			if inner, ok := v.(map[string]any); ok {
				text = fold(inner).text("path", "url", "link", "href")
			}
			for _, part := range splitPaths(text) {
				switch {
				case strings.EqualFold(part, Hidden):
					hidden++
				case strings.HasPrefix(part, "http"):
					links = appendLink(links, part)
				default:
					links = append(links, linksIn(part)...)
				}
			}
		}
	}
	return links, hidden
}

// The names under which tables give what an entry states.
var (
	idKeys          = []string{"id", "entry", "civid", "slug", "uuid", "incident"}
	titleKeys       = []string{"title", "name"}
	descriptionKeys = []string{"description", "brief description", "desc", "narrative"}
	dateKeys        = []string{"verifieddate", "date", "incident_date", "event_date", "datetime", "reported date"}
	linkKeys        = []string{"url", "link", "links", "media_url", "originalsource", "geolocation", "sources"}
	placeKeys       = []string{"place_desc", "location", "place"}
	townKeys        = []string{"city", "town/city", "town", "district", "province", "country"}
)

// entryNumber is how Eyes on Russia numbered its entries in their texts.
var entryNumber = regexp.MustCompile(`ENTRY: *(\w+)`)

// entry reads what all forms have in common.
func (o object) entry() rawKnown {
	e := rawKnown{
		id: o.text(idKeys...), title: o.text(titleKeys...), description: o.text(descriptionKeys...),
		date: o.text(dateKeys...), source: o.text("source"), place: o.text(placeKeys...),
	}
	if e.place == "" {
		var names []string
		for _, key := range townKeys {
			if name := o.text(key); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		e.place = strings.Join(names, ", ")
	}
	if strings.HasPrefix(e.source, "http") {
		e.links, e.source = appendLink(e.links, e.source), ""
	}
	links, hidden := o.links(linkKeys...)
	for _, l := range links {
		e.links = appendLink(e.links, l)
	}
	e.hidden = hidden
	if m := entryNumber.FindStringSubmatch(e.description); e.id == "" && m != nil {
		e.id = m[1]
	}
	if e.date == "" {
		e.date = statedDate(e.title)
	}
	return e
}

// loose reads an entry of a list that is no GeoJSON: of TimeMap, or of
// GeoConfirmed and what has its form.
func (k *knownReader) loose(_ int, o object) (rawKnown, error) {
	e := o.entry()
	switch {
	case o.has("filters", "sources") || o.has("associations", "sources"):
		k.format, k.order, e.accuracyM = timemapFormat, monthFirst, timemapAccuracyM
	case o.has("coordinates"):
		k.format = geoConfirmed
	case o.has("links", "place_desc"):
		k.format, e.noDate = geoExtractor, geoExtractorNoDate
	case k.format == "":
		k.format = geoJSONFormat
	}
	e.lat, e.lon = o.text("latitude", "lat"), o.text("longitude", "lon", "lng", "long")
	switch c := o["coordinates"].(type) {
	case []any:
		if len(c) < 2 {
			return e, fmt.Errorf("%d coordinates make no position", len(c))
		}
		e.lat, e.lon = numberText(c[0]), numberText(c[1]) // GeoConfirmed's order, and not that of GeoJSON
	case string:
		e.lat, e.lon, _ = strings.Cut(c, ",")
	}
	if e.title == "" && e.description == "" && e.lat == "" && e.date == "" {
		return e, fmt.Errorf("the entry states neither what nor where nor when")
	}
	return e, nil
}

const (
	timemapAccuracyM   = 150          // by its method, which also says that positions are slightly obscured
	geoExtractorNoDate = "2022-02-24" // what it writes for a date that it cannot read
)

func numberText(v any) string {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case string:
		return strings.TrimSpace(v)
	}
	return ""
}
