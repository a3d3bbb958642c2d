package exchange

import (
	"io"
	"strings"
)

// timemapDownload is an event of the file that visitors of a map can take away.
type timemapDownload struct {
	ID          string            `json:"id"`
	Date        string            `json:"date"`
	Latitude    string            `json:"latitude"`
	Longitude   string            `json:"longitude"`
	Location    string            `json:"location"`
	Description string            `json:"description"`
	Sources     []timemapDownFrom `json:"sources"`
	Filters     []timemapFilter   `json:"filters"`
}

type timemapDownFrom struct {
	ID          string `json:"id"`
	Path        string `json:"path"`
	Description string `json:"description"`
}

type timemapFilter struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (w *timemapWriter) download() []timemapDownload {
	out := []timemapDownload{}
	for _, e := range w.events {
		d := timemapDownload{e.CivID, e.Date, e.Latitude, e.Longitude, e.Location, e.Description, []timemapDownFrom{}, []timemapFilter{}}
		for _, s := range w.sourcesOf(e) {
			path := s.URL
			if len(s.Paths) > 0 {
				path = s.Paths[0]
			}
			d.Sources = append(d.Sources, timemapDownFrom{s.ID, path, s.Description})
		}
		for _, p := range w.pathsOf(e) {
			d.Filters = append(d.Filters, timemapFilter{p[0], strings.Join(p[1:], "/")})
		}
		out = append(out, d)
	}
	return out
}

// downloadCSV writes the download as CSV: sources with a comma between,
// associations as Key=Value.
func (w *timemapWriter) downloadCSV(to io.Writer, bom bool) error {
	t := newTable(to, bom, timemapColumns()...)
	for _, d := range w.download() {
		var sources, filters []string
		for _, s := range d.Sources {
			sources = append(sources, s.Path)
		}
		for _, f := range d.Filters {
			filters = append(filters, f.Key+"="+f.Value)
		}
		t.row(d.ID, d.Date, d.Latitude, d.Longitude, d.Location, d.Description, strings.Join(sources, ","), strings.Join(filters, ","))
	}
	return t.close()
}

func timemapColumns() []string {
	return []string{"id", "date", "latitude", "longitude", "location", "description", "sources", "associations"}
}
