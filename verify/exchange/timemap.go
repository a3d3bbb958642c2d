package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// The categories of filters that Bellingcat's map has.
const (
	areaFilter   = "Type of area affected"
	weaponFilter = "Weapon System"
)

// timemapHidden is the source that stands for all that are not shown.
const timemapHidden = "srcHidden"

// timemapDate is how TimeMap writes a day.
const timemapDate = "1/2/2006"

// timemapEvent is an event of TimeMap (forensic-architecture/timemap, and
// Bellingcat's fork of it). All scalars are texts. The viewer puts the number of
// the row in place of the id, hence civId.
type timemapEvent struct {
	ID            string   `json:"id"`
	CivID         string   `json:"civId"`
	Description   string   `json:"description"`
	Graphic       string   `json:"graphic"` // TRUE, FALSE or nothing
	Date          string   `json:"date"`    // M/D/YYYY
	Time          string   `json:"time"`    // HH:mm
	TimePrecision string   `json:"time_precision"`
	Location      string   `json:"location"`
	Latitude      string   `json:"latitude"`
	Longitude     string   `json:"longitude"`
	Type          string   `json:"type"`
	Category      string   `json:"category"`
	CategoryFull  string   `json:"category_full"`
	Associations  []string `json:"associations"`
	Sources       []string `json:"sources"`
	Comments      string   `json:"comments"`

	rest map[string]json.RawMessage // what an event that came from a map has beside
}

// MarshalJSON writes the fields in their order, then the rest by name.
func (e timemapEvent) MarshalJSON() ([]byte, error) {
	type plain timemapEvent
	text, err := plainJSON(plain(e))
	if err != nil || len(e.rest) == 0 {
		return text, err
	}
	rest, err := plainJSON(e.rest)
	if err != nil {
		return nil, err
	}
	return append(append(text[:len(text)-1], ','), rest[1:]...), nil
}

// plainJSON is compact JSON in which < and & stay as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// timemapSource is where an event was reported.
type timemapSource struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Thumbnail   string   `json:"thumbnail"`
	Paths       []string `json:"paths"`
	Type        string   `json:"type"`
	Affiliated  []string `json:"affil_s"`
	URL         string   `json:"url"`
	Description string   `json:"description"`
	Parent      string   `json:"parent"`
	Author      string   `json:"author"`
	Date        string   `json:"date"`
	Notes       string   `json:"notes"`
}

// timemapAssociation is a filter that events can be chosen by.
type timemapAssociation struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Desc  string   `json:"desc"`
	Mode  string   `json:"mode"` // FILTER
	Paths []string `json:"filter_paths"`
}

// timemapWriter gathers the parts of a map.
type timemapWriter struct {
	events       []timemapEvent
	sources      map[string]timemapSource
	associations []timemapAssociation
	byPath       map[string]string // ids of associations, by their path
}

func newTimemapWriter() *timemapWriter {
	w := &timemapWriter{events: []timemapEvent{}, sources: map[string]timemapSource{}, byPath: map[string]string{}}
	for _, v := range assess.AreaTypes() {
		w.association(areaFilter, v)
	}
	for _, v := range assess.WeaponSystems() {
		w.association(weaponFilter, v)
	}
	return w
}

// association gives the id of a filter, which is made where it is new.
func (w *timemapWriter) association(path ...string) string {
	key := strings.Join(path, "\x00")
	if id, ok := w.byPath[key]; ok {
		return id
	}
	id := fmt.Sprintf("asc%d", len(w.associations)+1)
	w.byPath[key] = id
	w.associations = append(w.associations, timemapAssociation{ID: id, Title: path[len(path)-1], Mode: "FILTER", Paths: path})
	return id
}

// exportTimemap writes the three files that TimeMap is served from, and its
// download as JSON and CSV.
func exportTimemap(_ context.Context, c *Case, opt Options, out *Output) error {
	w, losses, items := newTimemapWriter(), newLossBook(), c.ItemOf()
	for _, inc := range c.exported(out) {
		r := c.whole(inc, items)
		if r.DateStart == "" {
			losses.lose(r.Incident, "the whole", "TimeMap leaves out an event without a day, and says nothing")
			continue
		}
		for _, what := range w.add(r) {
			losses.lose(r.Incident, what, "TimeMap has no place for it, or not for all of it")
		}
	}
	losses.tell(out)
	for _, file := range []struct {
		name  string
		value any
	}{{"events.json", w.events}, {"sources.json", w.sources}, {"associations.json", w.associations}, {"api.json", w.download()}} {
		if err := out.Write(file.name, func(to io.Writer) error { return writeJSON(to, file.value) }); err != nil {
			return err
		}
	}
	return out.Write("api.csv", func(to io.Writer) error { return w.downloadCSV(to, opt.BOM) })
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// add takes in the incident of a record, which has a day, and gives the fields
// that are lost. TimeMap is for publication: a description holds what is seen,
// where a person wrote that.
func (w *timemapWriter) add(r assess.Record) []string {
	f := foreignOf(r, timemapFormat)
	day, err := time.Parse(time.DateOnly, r.DateStart)
	if err != nil {
		return []string{"date_start"}
	}
	e := timemapEvent{
		ID: r.Incident, CivID: r.Incident, Description: described(r).Description, Date: day.Format(timemapDate), TimePrecision: string(r.TimePrecision),
		Location: inOneLanguage(r.PlaceNames), Type: f.text("type"), Category: f.text("category"), CategoryFull: f.text("category_full"),
		Comments: f.text("comments"), Graphic: timemapGraphic(r, f), Associations: []string{}, Sources: []string{},
	}
	if raw := f.fields["event"]; raw != nil && json.Unmarshal(raw, &e.rest) != nil {
		e.rest = nil
	}
	if r.Foreign != nil && r.Foreign.Format == timemapFormat && r.Foreign.ID != "" {
		e.ID, e.CivID = r.Foreign.ID, r.Foreign.ID
	}
	if clock, known, err := parseClock(r.TimeLocal); err == nil && known {
		e.Time = time.Time{}.Add(clock).Format("15:04")
	}
	if r.Latitude != nil && r.Longitude != nil {
		e.Latitude, e.Longitude = number(*r.Latitude), number(*r.Longitude)
	}
	for _, v := range r.AreaTypes {
		e.Associations = append(e.Associations, w.association(areaFilter, v))
	}
	for _, v := range r.Weapons {
		e.Associations = append(e.Associations, w.association(weaponFilter, v))
	}
	for _, path := range f.paths() {
		e.Associations = appendNew(e.Associations, w.association(path...))
	}
	for n, s := range r.Sources {
		e.Sources = append(e.Sources, w.source(e.ID, n+1, s))
	}
	w.events = append(w.events, e)
	back, _ := timemapRow{timemapEvent: e, sources: w.sourcesOf(e), paths: w.pathsOf(e)}.record()
	return differing(numbered(described(r)), numbered(back))
}

// described has one text where a person wrote only one.
func described(r assess.Record) assess.Record {
	if r.Description == "" {
		r.Description, r.Summary = r.Summary, ""
	}
	return r
}

// numbered has sources whose ids are their places, since each format gives its
// own.
func numbered(r assess.Record) assess.Record {
	r.Sources = slices.Clone(r.Sources)
	for i := range r.Sources {
		r.Sources[i].ID = fmt.Sprint(i + 1)
	}
	return r
}

func timemapGraphic(r assess.Record, f foreign) string {
	switch {
	case slices.Contains(r.Sensitivity, assess.GraphicViolence), r.Graphic != nil && *r.Graphic > 0:
		return "TRUE"
	case slices.Contains(r.Sensitivity, assess.NotSensitive), r.Graphic != nil:
		return "FALSE"
	}
	return f.text("graphic")
}

// paths are the filters that came with a record and are not of our lists.
func (f foreign) paths() [][]string {
	var out [][]string
	if json.Unmarshal(f.fields["filters"], &out) != nil {
		return nil
	}
	return slices.DeleteFunc(out, func(p []string) bool { return len(p) == 0 })
}

// source gives the id of a source in the map, which is taken in.
func (w *timemapWriter) source(event string, n int, s assess.Source) string {
	if s.Hidden {
		w.sources[timemapHidden] = timemapSource{ID: timemapHidden, Paths: []string{Hidden}, Title: "-", Description: "Source hidden", Affiliated: []string{}}
		return timemapHidden
	}
	t := timemapSource{
		Title: s.Title, Paths: slices.Clone(s.Paths), Type: s.Type, URL: s.URL, Description: s.Description, Author: s.Author, Date: s.Date, Affiliated: []string{},
	}
	if len(t.Paths) == 0 {
		t.Paths = []string{}
		if s.URL != "" {
			t.Paths = []string{s.URL}
		}
	}
	t.ID = fmt.Sprintf("src%s_%d", event, n)
	if _, taken := w.sources[s.ID]; strings.HasPrefix(s.ID, "src") && s.ID != timemapHidden && !taken {
		t.ID = s.ID
	}
	for k := 2; w.sources[t.ID].ID != ""; k++ {
		t.ID = fmt.Sprintf("src%s_%d_%d", event, n, k)
	}
	w.sources[t.ID] = t
	return t.ID
}

func (w *timemapWriter) sourcesOf(e timemapEvent) []timemapSource {
	var out []timemapSource
	for _, id := range e.Sources {
		out = append(out, w.sources[id])
	}
	return out
}

func (w *timemapWriter) pathsOf(e timemapEvent) [][]string {
	var out [][]string
	for _, a := range w.associations {
		if slices.Contains(e.Associations, a.ID) {
			out = append(out, a.Paths)
		}
	}
	return out
}
