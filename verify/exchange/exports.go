package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Export is one format that a case can be written in.
type Export struct {
	Name   string   // as --format names it
	What   string   // one line for people
	Folder bool     // a folder is written, not one file
	Ending []string // that the file may have, with the dot
	Public bool     // has a public form
	Media  []string // endings with which the files themselves are handed on, "" for a folder
	Raw    bool     // times as the files have them, not as the zones of today make them
	Write  func(ctx context.Context, c *Case, opt Options, out *Output) error
}

// HandsOn says whether the files themselves are handed on under an ending, so
// that no redaction but the public form helps.
func (e Export) HandsOn(ending string) bool { return slices.Contains(e.Media, ending) }

// Options is what a person asks of an export.
type Options struct {
	Incident       string // this incident alone; "" for all
	BOM            bool   // CSV begins with a byte order mark, for spreadsheets
	WithoutMissing bool   // a bag leaves out originals that are gone or have changed, and lists them
	Public         bool   // the case was put into its public form before
}

// Exports are the formats, in the order of the contract.
func Exports() []Export {
	return []Export{
		{Name: "bagit", What: "a bag (RFC 8493): originals, records, ledger, how to check them", Folder: true, Media: []string{""}, Raw: true, Public: true, Write: exportBagit},
		{Name: "atlos", What: "for Atlos: a CSV for its bulk import, or the form of its full export with files", Ending: []string{".csv", ".zip"}, Media: []string{".zip"}, Public: true, Write: noted(exportAtlos)},
		{Name: "timemap", What: "a map for TimeMap: events, sources, associations, and the download of a map", Folder: true, Public: true, Write: noted(exportTimemap)},
		{Name: "csv", What: "incidents.csv and media.csv in a folder", Folder: true, Public: true, Write: noted(exportCSV)},
		{Name: "geojson", What: "incidents on a map (RFC 7946), with circles of precision", Ending: []string{".geojson", ".json"}, Public: true, Write: noted(exportGeoJSON)},
		{Name: "kml", What: "incidents on a map (OGC KML 2.3), with circles of precision", Ending: []string{".kml"}, Public: true, Write: noted(exportKML)},
		{Name: "uwazi", What: "for Uwazi's import: import.csv and the files, in one archive", Ending: []string{".zip"}, Media: []string{".zip"}, Public: true, Write: noted(exportUwazi)},
		{Name: "case-uco", What: "items, provenance and incidents in CASE/UCO 1.4 (JSON-LD)", Ending: []string{".jsonld", ".json"}, Public: true, Write: noted(exportCaseUCO)},
	}
}

// FindExport gives the format of a name.
func FindExport(name string) (Export, error) {
	var names []string
	for _, e := range Exports() {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return Export{}, fmt.Errorf("there is no format %q to export; it is one of %s", name, strings.Join(names, ", "))
}

// Loss is what an export did not carry over, and why: what the format has no
// place for, and what the public form withholds.
type Loss struct {
	What string `json:"what"` // an incident or a path, and what of it
	Why  string `json:"why" say:"sentence"`
}

func (l Loss) String() string { return l.What + ": " + l.Why }
