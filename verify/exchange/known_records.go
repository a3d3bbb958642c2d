package exchange

import (
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Differing gives the fields in which two records differ, sorted, but for
// those that each case gives by itself.
func Differing(a, b assess.Record) []string { return differing(a, b) }

// KnownOf makes incidents that were read as records known ones.
func KnownOf(p Preview[assess.Record], set string) KnownFile {
	out := KnownFile{Set: set, Incident: Preview[verify.Known]{Format: p.Format, Bad: slices.Clone(p.Bad)}}
	for _, row := range p.Good {
		r := row.Value
		k := verify.Known{
			Set: set, ID: r.Incident, Title: source.Text(cut(oneLine(r.Summary), maxTitle)), Description: source.Text(cut(r.Description, maxText)),
			Date: source.Text(r.DateStart), Latitude: r.Latitude, Longitude: r.Longitude, Place: source.Text(inOneLanguage(r.PlaceNames)), Links: []string{},
		}
		if r.Latitude != nil {
			accuracy := max(r.LocationPrecision.Metres(), digitsAccuracy(number(*r.Latitude), number(*r.Longitude)))
			if p.Format == timemapFormat {
				accuracy = max(accuracy, timemapAccuracyM)
			}
			k.AccuracyM = &accuracy
		}
		for _, s := range r.Sources {
			if s.Hidden {
				k.Hidden++
			} else {
				k.Links = appendLink(k.Links, s.URL)
			}
		}
		out.Incident.Take(row.Line, k.What(), k)
	}
	return out
}
