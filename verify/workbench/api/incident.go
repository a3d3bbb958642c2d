package api

import (
	"context"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/report"
)

// IncidentIn names an incident.
type IncidentIn struct {
	Incident string `json:"incident" in:"path"`
}

// IncidentOut is one incident.
type IncidentOut struct {
	Row         IncidentRow          `json:"row"`
	Zone        string               `json:"zone"` // of the clocks of all members that state one, "" where they differ or none does
	Members     []IncidentMember     `json:"members"`
	Suggestions []IncidentSuggestion `json:"suggestions"`
	Changes     []IncidentChange     `json:"changes"` // proposed to it, where it is confirmed
	Why         []WhyLine            `json:"why"`     // the strongest evidence of each kind
	Against     []WhyLine            `json:"against"` // what weakens it: the weakest member, the closest rival
	Cautions    []IncidentCaution    `json:"cautions"`
	Conflicts   []string             `json:"conflicts" say:"sentence"` // decisions about it that contradict each other
	Decided     *Ruled               `json:"decided"`                  // the confirmation or rejection that holds
	Apart       []IncidentApart      `json:"apart"`                    // items that people keep out of it
	Neighbours  []IncidentNeighbour  `json:"neighbours"`
	Known       []KnownIncident      `json:"known"` // what others documented near there that day
}

// IncidentCaution is a flag with what it means.
type IncidentCaution struct {
	Code string `json:"code"`
	Says string `json:"says" say:"sentence"`
}

// IncidentApart is an item that a decision keeps out of an incident.
type IncidentApart struct {
	Card    Card  `json:"card"`
	Decided Ruled `json:"decided"`
}

// KnownIncident is an incident that others have documented: a lead and no
// evidence.
type KnownIncident struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Date   string  `json:"date"`
	Place  string  `json:"place"`
	Source string  `json:"source"`
	Link   string  `json:"link"` // to copy, never opened
	Apart  string  `json:"apart" say:"sentence"`
	Metres float64 `json:"metres"`
}

// comparedCodes are reasons that compare an incident with others, or its
// members with each other; they weaken it.
var comparedCodes = []string{"weakest-member", "best-rival"}

func readIncident(ctx context.Context, c *Case, in IncidentIn) (IncidentOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return IncidentOut{}, err
	}
	all := assess.Incidents(v.Incidents, v.Records)
	inc, err := findIncident(all, in.Incident)
	if err != nil {
		return IncidentOut{}, err
	}
	out := IncidentOut{
		Row: v.incidentRow(inc), Members: v.incidentMembers(inc), Suggestions: v.suggestions(inc), Changes: v.changesOf(&inc.Incident),
		Why: []WhyLine{}, Against: []WhyLine{}, Cautions: []IncidentCaution{}, Conflicts: v.conflictsOf(inc), Decided: v.statusOf(inc.ID),
		Apart: v.keptOut(inc), Neighbours: v.neighbours(inc, all),
	}
	out.Zone = commonZone(out.Members)
	for _, r := range inc.Reasons {
		switch line := (WhyLine{r.Code, r.Weight, r.Message}); {
		case isHeading(r.Code): // listed as a change
		case slices.Contains(comparedCodes, r.Code):
			out.Against = append(out.Against, line)
		default:
			out.Why = append(out.Why, line)
		}
	}
	for _, f := range inc.Flags {
		out.Cautions = append(out.Cautions, IncidentCaution{f, report.Caution(f, inc.Flags)})
	}
	out.Known, err = c.knownNear(ctx, inc.Placed())
	return out, err
}

func findIncident(all []assess.Incident, id string) (*assess.Incident, error) {
	i := slices.IndexFunc(all, func(inc assess.Incident) bool { return strings.EqualFold(inc.ID, id) })
	if i < 0 {
		gone := missing("there is no incident %s in this case", id)
		gone.Hint = "a decision or a scan may have joined it to another; look it up in the list"
		return nil, gone
	}
	return &all[i], nil
}

// commonZone is the zone that the clocks of the members state, where they
// agree.
func commonZone(members []IncidentMember) string {
	zone := ""
	for i := range members {
		t := members[i].Card.Time
		if t == nil || !members[i].Counts || t.Zone == zoneUnknown || t.Kind != string(extract.Capture) {
			continue
		}
		if zone != "" && zone != t.Zone {
			return ""
		}
		zone = t.Zone
	}
	return zone
}

// statusOf is the confirmation or rejection of an incident that holds, nil for
// none.
func (v *View) statusOf(incident string) *Ruled {
	var out *Ruled
	for _, d := range verify.Standing(v.Decisions) {
		if d.Incident == incident && (d.Kind == verify.Confirm || d.Kind == verify.Reject) {
			out = ruled(d)
		}
	}
	return out
}

// keptOut lists the items that people took out of an incident.
func (v *View) keptOut(inc *assess.Incident) []IncidentApart {
	last := map[verify.Digest]verify.Decision{}
	for _, d := range verify.Standing(v.Decisions) {
		for _, s := range d.Subjects {
			switch {
			case d.Kind == verify.Remove && d.Incident == inc.ID, d.Kind == verify.Move && d.Other == inc.ID:
				last[s] = d
			case slices.Contains(holdsMembers, d.Kind) && d.Incident == inc.ID:
				delete(last, s)
			}
		}
	}
	out := []IncidentApart{}
	for s, d := range last {
		it := v.Item(s)
		if it == nil || slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return m.Digest == s && m.Counts() }) {
			continue
		}
		out = append(out, IncidentApart{v.card(it), *ruled(d)})
	}
	slices.SortFunc(out, func(a, b IncidentApart) int { return strings.Compare(a.Card.Path, b.Card.Path) })
	return out
}

// conflictsOf are the findings on decisions that contradict each other and
// name the incident.
func (v *View) conflictsOf(inc *assess.Incident) []string {
	out := []string{}
	for i := range v.Findings {
		if f := &v.Findings[i]; f.Code == "decisions-conflict" && strings.Contains(f.Message, inc.ID) {
			out = append(out, f.Message)
		}
	}
	return out
}

// knownNear looks up what others documented near an incident.
func (c *Case) knownNear(ctx context.Context, at *verify.Incident) ([]KnownIncident, error) {
	out := []KnownIncident{}
	err := c.Reading(ctx, func(file *casefile.File) error {
		known, err := file.Known(ctx)
		if err != nil || len(known) == 0 {
			return err
		}
		for _, k := range verify.NewKnownIndex(known).Near(at) {
			out = append(out, KnownIncident{
				ID: k.ID, Title: string(k.Title), Date: string(k.Date), Place: string(k.Place), Source: string(k.Source),
				Link: string(k.URL), Apart: distanceText(k.DistanceM) + " away", Metres: k.DistanceM,
			})
		}
		return nil
	})
	return out, err
}
