package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/report"
)

func reportRoutes() []Route {
	return []Route{
		onCase("GET", "/reports", "reports", "What can be handed on of a case, and in which forms.", handOnChoices),
		onCase("POST", "/reports/look", "lookReport", "What a draft would hold and leave out, without making it.", lookAtHandOn),
		onCase("POST", "/reports/draft", "draftReport", "Makes what is to be handed on, without writing it anywhere: what it holds, what it leaves out, and what it will look like.", draftHandOn),
		onCase("POST", "/reports/save", "saveReport", "Writes a draft into a folder of this machine, never over something that is there.", saveDraft),
	}
}

// HandOnChoices is what a person chooses from.
type HandOnChoices struct {
	Title     string           `json:"title" say:"sentence.named"`
	Formats   []Format         `json:"formats"` // for reading first
	Sections  []Choice         `json:"sections"`
	Incidents []HandOnIncident `json:"incidents"`
	Sources   []string         `json:"sources"`
	Items     int              `json:"items"`
	Folder    string           `json:"folder"` // suggested to write into
}

// Format is one form that a case can be handed on in.
type Format struct {
	ID      string `json:"id"` // "html", "csv", "atlos .zip" …
	Title   string `json:"title" say:"sentence"`
	What    string `json:"what" say:"sentence"`
	Ending  string `json:"ending"`  // of the file, "" for a folder
	Reading bool   `json:"reading"` // for people, with sections and pictures
	Public  bool   `json:"public"`  // has a public form
	Redacts bool   `json:"redacts"` // names, notes and positions can be left out of it
	Alone   bool   `json:"alone"`   // takes one incident at most, or the whole case
}

// HandOnIncident is an incident to choose.
type HandOnIncident struct {
	ID     string        `json:"id"`
	Text   string        `json:"text"`
	When   string        `json:"when" say:"sentence"`
	Where  string        `json:"where" say:"sentence"`
	Status verify.Status `json:"status"`
	Items  int           `json:"items"`
}

// htmlFormat is the report for reading.
const htmlFormat = "html"

// formats lists what can be made, each ending of an export apart.
func formats() []Format {
	out := []Format{{
		ID: htmlFormat, Title: "Report for reading", Ending: ".html", Reading: true, Public: true, Redacts: true,
		What: "One HTML file that loads nothing from elsewhere. For PDF, open it and print it: the browser's print writes one.",
	}}
	for _, e := range exchange.Exports() {
		endings := e.Ending
		if e.Folder {
			endings = []string{""}
		}
		for i, ending := range endings {
			if i > 0 && e.HandsOn(ending) == e.HandsOn(endings[0]) { // another ending of the same thing
				continue
			}
			id, title := e.Name, formatTitles()[e.Name]
			if i > 0 {
				id, title = id+" "+ending, title+", "+ending
			}
			out = append(out, Format{ID: id, Title: title, What: e.What, Ending: ending, Public: e.Public, Redacts: !e.HandsOn(ending), Alone: e.Folder && e.HandsOn("")})
		}
	}
	return out
}

// formatTitles are the names of formats as those who make them write them.
func formatTitles() map[string]string {
	return map[string]string{
		"bagit": "BagIt", "atlos": "Atlos", "timemap": "TimeMap", "csv": "CSV", "geojson": "GeoJSON", "kml": "KML", "uwazi": "Uwazi", "case-uco": "CASE/UCO",
	}
}

// formatOf finds a format, and the export that makes it; nil for the report.
func formatOf(id string) (Format, *exchange.Export, error) {
	i := slices.IndexFunc(formats(), func(f Format) bool { return f.ID == id })
	if i < 0 {
		return Format{}, nil, refused("there is no format %q to hand a case on in", id)
	}
	f := formats()[i]
	if f.ID == htmlFormat {
		return f, nil, nil
	}
	name, _, _ := strings.Cut(f.ID, " ")
	e, err := exchange.FindExport(name)
	return f, &e, err
}

func handOnChoices(ctx context.Context, c *Case, _ None) (HandOnChoices, error) {
	v, err := c.View(ctx)
	if err != nil {
		return HandOnChoices{}, err
	}
	out := HandOnChoices{Title: c.title(), Formats: formats(), Sections: []Choice{}, Incidents: []HandOnIncident{}, Sources: []string{}, Items: len(v.Items)}
	for _, s := range report.Sections() {
		out.Sections = append(out.Sections, Choice{ID: string(s), Text: upperFirst(s.InWords())})
	}
	for _, inc := range assess.Incidents(v.Incidents, v.Records) {
		out.Incidents = append(out.Incidents, handOnIncident(&inc))
	}
	slices.SortStableFunc(out.Incidents, func(a, b HandOnIncident) int { return cmp.Compare(statusOrder(a.Status), statusOrder(b.Status)) })
	for _, s := range v.Sources {
		out.Sources = append(out.Sources, s.Name)
	}
	slices.Sort(out.Sources)
	if s, err := c.api.settings(); err == nil {
		out.Folder = nearestFolder(s.CaseFolder)
	}
	return out, nil
}

// statusOrder puts what a person confirmed first and what they rejected last.
func statusOrder(s verify.Status) int {
	return map[verify.Status]int{verify.Confirmed: 0, verify.Candidate: 1, verify.Rejected: 2}[s]
}

func handOnIncident(inc *assess.Incident) HandOnIncident {
	counted := map[verify.Digest]bool{}
	for _, m := range inc.Members {
		if m.Counts() {
			counted[m.Digest] = true
		}
	}
	for _, d := range inc.Record.Members {
		counted[d] = true
	}
	return HandOnIncident{
		ID: inc.ID, Text: string(inc.Record.Text()), When: report.Span(inc.Earliest, inc.Latest), Where: report.Where(&inc.Incident), Status: inc.Status, Items: len(counted),
	}
}

// title is what the case is called on what is handed on.
func (c *Case) title() string {
	if c.exercise() {
		return "Exercise case"
	}
	return c.Name()
}
