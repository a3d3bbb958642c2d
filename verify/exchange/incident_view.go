package exchange

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// located is where an incident is: what a person said goes before what the
// grouping found.
type located struct {
	Position
	radiusM float64 // 0 where nothing is known of it
	basis   string
}

// placeOf is nil where nothing places the incident.
func placeOf(inc *assess.Incident) *located {
	if r := &inc.Record; r.Latitude != nil && r.Longitude != nil {
		basis := strings.Join(r.LocationBasis, "; ")
		return &located{Position{*r.Latitude, *r.Longitude}, r.LocationPrecision.Metres(), cmp.Or(basis, "person")}
	}
	if inc.Latitude == nil || inc.Longitude == nil {
		return nil
	}
	p := &located{Position: Position{*inc.Latitude, *inc.Longitude}, basis: string(inc.PlaceBasis)}
	if inc.RadiusM != nil {
		p.radiusM = *inc.RadiusM
	}
	return p
}

// placeInWords is what the place is called: in English where there is such a name.
func placeInWords(r *assess.Record) string {
	parts := []string{inOneLanguage(r.PlaceNames)}
	for _, p := range []string{r.Admin2, r.Admin1, r.Country} {
		if p != "" && !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

func inOneLanguage(texts map[string]string) string {
	for _, tag := range append([]string{"en"}, slices.Sorted(maps.Keys(texts))...) {
		if t := texts[tag]; t != "" {
			return t
		}
	}
	return ""
}

// titleOf is one line about the incident: its sentence, else its identity.
func titleOf(inc *assess.Incident) string {
	return cmp.Or(inOneLanguage(inc.Record.Titles), oneLine(string(inc.Record.Text())), inc.ID)
}

// linksOf are the addresses where the incident was reported or its media were
// published, each once. A hidden source is [Hidden].
func linksOf(inc *assess.Incident, items map[verify.Digest]*verify.Item) []string {
	out := []string{}
	add := func(link string) {
		if link != "" && !slices.Contains(out, link) {
			out = append(out, link)
		}
	}
	for _, s := range inc.Record.PublicSources() {
		if s.Hidden {
			add(Hidden)
			continue
		}
		add(s.URL)
	}
	for _, d := range inc.Items() {
		if it := items[d]; it != nil {
			for i := range it.Sightings {
				for _, r := range it.Sightings[i].Records {
					if isWebAddress(r.URL) {
						add(r.URL)
					}
				}
			}
		}
	}
	return out
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// instant writes a time for exchange, "" for none.
func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
