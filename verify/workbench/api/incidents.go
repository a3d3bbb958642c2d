package api

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/report"
)

func incidentRoutes() []Route {
	return []Route{
		onCase(http.MethodGet, "/incidents", "incidents", "Lists the incidents with how sure each is and what weakens it.", listIncidents),
		onCase(http.MethodGet, "/incidents/{incident}", "incident", "Shows one incident: members, time, place, why, and what might belong to it.", readIncident),
		onCase(http.MethodGet, "/incidents/{incident}/explain", "explainIncident", "Says why an incident is one, or why an item is in it or not; takes seconds in a large case.", explainIncident),
		onCase(http.MethodGet, "/incidents/{incident}/split", "previewSplit", "Says what two incidents a split would leave.", previewSplit),
		onCase(http.MethodGet, "/incidents/{incident}/merge/{other}", "previewMerge", "Says what speaks for two incidents being one, and what against.", previewMerge),
		onCase(http.MethodGet, "/incident-changes", "incidentChanges", "Lists what the last grouping would change in incidents that people confirmed.", listIncidentChanges),
	}
}

// IncidentRow is an incident in the list.
type IncidentRow struct {
	ID         string        `json:"id"`
	Status     verify.Status `json:"status"`
	ByHand     bool          `json:"by_hand"`             // written by a person or imported: no grouping proposes it
	Summary    string        `json:"summary"`             // a person's sentence, "" for none
	Day        string        `json:"day"`                 // YYYY-MM-DD, "" where nothing says one
	When       string        `json:"when" say:"sentence"` // in words, in UTC
	Earliest   string        `json:"earliest"`            // RFC 3339, UTC, "" for unknown
	Latest     string        `json:"latest"`
	Where      string        `json:"where" say:"sentence"` // in words
	PlaceBasis string        `json:"place_basis" say:"sentence"`
	Latitude   *float64      `json:"latitude"`
	Longitude  *float64      `json:"longitude"`
	RadiusM    *float64      `json:"radius_m"`
	Media      int           `json:"media"` // items that count, copies of one picture once
	Copies     int           `json:"copies"`
	Sources    int           `json:"sources"`
	Bits       *float64      `json:"bits"`     // what speaks for the member that fits least; null where it is alone
	Possible   int           `json:"possible"` // that might belong to it
	Changes    int           `json:"changes"`  // that the grouping proposes to what was confirmed
	Flags      []string      `json:"flags"`
	Weak       bool          `json:"weak"` // one source, or no time in a known zone and no place
}

// IncidentsIn asks for the incidents.
type IncidentsIn struct {
	Sort   string `json:"sort" in:"query"`   // confidence (the default), time, size, sources, name
	Status string `json:"status" in:"query"` // candidate, confirmed, rejected; "" for all
	Words  string `json:"words" in:"query"`  // in name, sentence, place or the path of a member
}

// IncidentsOut is the incidents of a case.
type IncidentsOut struct {
	Incidents  []IncidentRow `json:"incidents"`
	Candidates int           `json:"candidates"`
	Confirmed  int           `json:"confirmed"`
	Rejected   int           `json:"rejected"`
	Changes    int           `json:"changes"` // proposed to confirmed ones, in all
}

func listIncidents(ctx context.Context, c *Case, in IncidentsIn) (IncidentsOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return IncidentsOut{}, err
	}
	order, ok := incidentOrders[cmp.Or(in.Sort, "confidence")]
	if !ok {
		return IncidentsOut{}, refused("incidents cannot be sorted by %q", in.Sort)
	}
	out := IncidentsOut{Incidents: []IncidentRow{}}
	words := strings.ToLower(strings.TrimSpace(in.Words))
	for _, inc := range assess.Incidents(v.Incidents, v.Records) {
		row := v.incidentRow(&inc)
		switch row.Status {
		case verify.Confirmed:
			out.Confirmed++
		case verify.Rejected:
			out.Rejected++
		default:
			out.Candidates++
		}
		out.Changes += row.Changes
		if (in.Status == "" || in.Status == string(row.Status)) && speaksOf(&inc, &row, words) {
			out.Incidents = append(out.Incidents, row)
		}
	}
	slices.SortStableFunc(out.Incidents, func(a, b IncidentRow) int { return cmp.Or(order(&a, &b), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// speaksOf says whether words, in lower case, stand in what an incident says
// of itself.
func speaksOf(inc *assess.Incident, row *IncidentRow, words string) bool {
	if words == "" {
		return true
	}
	for _, text := range []string{row.ID, row.Summary, row.Where, row.PlaceBasis, row.When} {
		if strings.Contains(strings.ToLower(text), words) {
			return true
		}
	}
	return slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return strings.Contains(strings.ToLower(m.Path), words) })
}

// incidentOrders are the orders in which incidents can be listed.
var incidentOrders = map[string]func(a, b *IncidentRow) int{
	"confidence": func(a, b *IncidentRow) int { return cmp.Compare(b.confidence(), a.confidence()) },
	"time": func(a, b *IncidentRow) int {
		return cmp.Compare(cmp.Or(a.Earliest, a.Latest, "~"), cmp.Or(b.Earliest, b.Latest, "~"))
	},
	"size": func(a, b *IncidentRow) int { return cmp.Compare(b.Media, a.Media) },
	"sources": func(a, b *IncidentRow) int {
		return cmp.Or(cmp.Compare(b.Sources, a.Sources), cmp.Compare(b.Media, a.Media))
	},
	"name": func(a, b *IncidentRow) int { return cmp.Compare(a.ID, b.ID) },
}

// confidence sorts incidents: those of one picture come after all others.
func (r *IncidentRow) confidence() float64 {
	if r.Bits == nil {
		return math.Inf(-1)
	}
	return *r.Bits
}

// incidentRow puts an incident into a row.
func (v *View) incidentRow(inc *assess.Incident) IncidentRow {
	r := IncidentRow{
		ID: inc.ID, Status: inc.Status, ByHand: !inc.Proposed, Summary: string(inc.Record.Text()), Day: inc.Day(),
		When: report.Span(inc.Earliest, inc.Latest), Earliest: stampOf(inc.Earliest), Latest: stampOf(inc.Latest),
		Where: report.Where(&inc.Incident), PlaceBasis: string(inc.PlaceBasis), Latitude: inc.Latitude, Longitude: inc.Longitude, RadiusM: inc.RadiusM,
		Bits: leastFit(&inc.Incident), Flags: append([]string{}, inc.Flags...),
	}
	if at := &inc.Record; at.Latitude != nil && at.Longitude != nil { // a person's goes before that of the grouping
		placed := inc.Placed()
		r.Latitude, r.Longitude, r.RadiusM, r.Where, r.PlaceBasis = placed.Latitude, placed.Longitude, placed.RadiusM, report.Where(placed), "stated by "+at.UpdatedBy
	}
	v.countMembers(&r, inc)
	for i := range inc.Possible {
		if p := &inc.Possible[i]; isHead(p) {
			r.Possible++
		}
	}
	r.Changes = len(proposedFor(&inc.Incident))
	single := slices.Contains(r.Flags, "single-source")
	r.Weak = single || slices.Contains(r.Flags, "weak-time") && r.Latitude == nil
	return r
}

// countMembers counts what an incident rests on.
func (v *View) countMembers(r *IncidentRow, inc *assess.Incident) {
	sources := map[string]bool{}
	for i := range inc.Members {
		m := &inc.Members[i]
		if !m.Counts() {
			continue
		}
		source, _, _ := strings.Cut(m.Path, "/")
		sources[source] = true
		if m.Role == verify.Original {
			r.Media++
		} else {
			r.Copies++
		}
	}
	for _, d := range inc.Record.Members {
		if it := v.Item(d); it != nil && !slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return m.Digest == d }) {
			r.Media++
			for _, s := range desk.SourcesOf(it) {
				sources[s] = true
			}
		}
	}
	r.Sources = len(sources)
}

// leastFit is what speaks, in bits, for the member that fits the others least;
// nil where an incident has but one.
func leastFit(inc *verify.Incident) *float64 {
	var least *float64
	originals := 0
	for i := range inc.Members {
		m := &inc.Members[i]
		if m.Role != verify.Original || !m.Counts() {
			continue
		}
		originals++
		if bits := bitsOf(m.Reasons); least == nil || bits < *least {
			least = &bits
		}
	}
	if originals < 2 {
		return nil
	}
	return least
}

// bitsOf adds up a table of evidence, to a tenth.
func bitsOf(reasons []verify.Reason) float64 {
	sum := 0.0
	for _, r := range reasons {
		if !isHeading(r.Code) {
			sum += r.Weight
		}
	}
	return math.Round(sum*10) / 10
}

func stampOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return stamp(*t)
}
