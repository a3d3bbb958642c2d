package api

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

func overviewRoutes() []Route {
	return append([]Route{
		onCase("GET", "/overview", "overview", "Where a case stands, in numbers, and what to do next.", overview),
		onCase("GET", "/overview/marks", "overviewMarks", "Where and when everything in a case was, for map and timeline.", overviewMarks),
	}, mapRoutes()...)
}

// Overview is a case in numbers. They count as the gallery's filters do, so
// that each can be looked at there.
type Overview struct {
	Name       string      `json:"name" say:"sentence.named"`
	Dir        string      `json:"dir"`
	Exercise   bool        `json:"exercise"`
	Files      int         `json:"files"`    // where something was seen
	Distinct   int         `json:"distinct"` // by content
	Kinds      []KindCount `json:"kinds"`    // of the distinct, the commonest first
	Unreadable int         `json:"unreadable"`
	NoTime     int         `json:"no_time"`
	NoZone     int         `json:"no_zone"` // have a time whose zone is not known
	NoPlace    int         `json:"no_place"`
	SetAside   int         `json:"set_aside"`
	Reviewed   int         `json:"reviewed"` // a person decided or wrote something, or set it aside
	Clusters   Settling    `json:"clusters"`
	Incidents  Deciding    `json:"incidents"`
	Checked    Checking    `json:"checked"`
	Next       []NextStep  `json:"next"` // three at most
	Sources    []SourceRow `json:"sources"`
	Zone       string      `json:"zone"` // of the case, "" for none
}

// KindCount is how many things are of a kind.
type KindCount struct {
	Kind string `json:"kind"` // image, video, audio, document, other
	N    int    `json:"n"`
}

// Settling is how many clusters wait for a person. In the others one was
// chosen, or all copies are equal.
type Settling struct {
	Total int `json:"total"`
	Open  int `json:"open"`
}

// Deciding is how far incidents are decided.
type Deciding struct {
	Candidates int `json:"candidates"`
	Confirmed  int `json:"confirmed"`
	Rejected   int `json:"rejected"`
}

// Checking is how far checklists are. Members are the files that confirmed
// incidents count.
type Checking struct {
	Members int `json:"members"`
	Begun   int `json:"begun"`  // of the members
	Closed  int `json:"closed"` // nothing is left to be said of them
}

// NextStep is something worth doing now: what, and of how many.
type NextStep struct {
	Code string `json:"code"` // import, scan, resume, zones, triage, incidents, clusters, checklist, unreadable, report
	N    int    `json:"n"`
}

// mostNext is how many next steps are shown.
const mostNext = 3

func overview(ctx context.Context, c *Case, _ None) (Overview, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{
		Name: c.Name(), Dir: c.Dir, Exercise: c.exercise(), Distinct: len(v.Items), Sources: v.sourceRows(), Zone: v.Settings["zone"],
	}
	out.countItems(v)
	out.countDecided(v)
	scan, err := c.standing(ctx)
	if err != nil {
		return out, err
	}
	out.Next = out.nextSteps(scan.State, scan.Interrupted != nil)
	return out, nil
}

func (o *Overview) countItems(v *View) {
	kinds := map[string]int{}
	docs := v.worked().Documents
	for i := range v.Items {
		d := &docs[i]
		o.Files += len(v.Items[i].Sightings)
		kinds[string(v.Items[i].Media.Kind)]++
		if !d.Readable {
			o.Unreadable++
		}
		switch {
		case d.To.IsZero():
			o.NoTime++
		case !d.ZoneKnown:
			o.NoZone++
		}
		if d.Latitude == nil && !d.Named {
			o.NoPlace++
		}
		if d.Marks.SetAside {
			o.SetAside++
		}
		if d.Marks.Reviewed || d.Marks.SetAside {
			o.Reviewed++
		}
	}
	o.Kinds = []KindCount{}
	for _, kind := range []extract.Kind{extract.Image, extract.Video, extract.Audio, extract.Document, extract.Other} {
		if n := kinds[string(kind)]; n > 0 {
			o.Kinds = append(o.Kinds, KindCount{string(kind), n})
		}
	}
	slices.SortStableFunc(o.Kinds, func(a, b KindCount) int { return b.N - a.N })
}

func (o *Overview) countDecided(v *View) {
	for i := range v.Clusters {
		row, ok := v.clusterRow(&v.Clusters[i])
		if !ok {
			continue
		}
		o.Clusters.Total++
		if row.State == clusterOpen {
			o.Clusters.Open++
		}
	}
	members := map[verify.Digest]bool{}
	for i := range v.Incidents {
		inc := &v.Incidents[i]
		switch inc.Status {
		case verify.Confirmed:
			o.Incidents.Confirmed++
			for m := range inc.Members {
				if inc.Members[m].Counts() {
					members[inc.Members[m].Digest] = true
				}
			}
		case verify.Rejected:
			o.Incidents.Rejected++
		default:
			o.Incidents.Candidates++
		}
	}
	o.Checked.Members = len(members)
	for i := range v.Reviews {
		r := &v.Reviews[i]
		if !members[r.Item] {
			continue
		}
		switch r.State() {
		case assess.Unassessed:
		case assess.SingleReview, assess.DoubleAgree, assess.Adjudicated:
			o.Checked.Closed++
			o.Checked.Begun++
		default:
			o.Checked.Begun++
		}
	}
}

// nextSteps are the things worth doing now, the most urgent first: what keeps
// the rest from being right, then what waits for a person.
func (o *Overview) nextSteps(scan string, interrupted bool) []NextStep {
	gone := 0
	for _, s := range o.Sources {
		if !s.There {
			gone++
		}
	}
	steps := []NextStep{
		{"scan", count(scan == scanRunning || scan == scanPausing)},
		{"resume", count(interrupted || scan == scanPaused || scan == scanStopped || scan == scanFailed)},
		{"import", count(len(o.Sources) == 0)},
		{"folders", gone},
		{"zones", o.NoZone},
		{"triage", o.Distinct - o.Reviewed},
		{"incidents", o.Incidents.Candidates},
		{"clusters", o.Clusters.Open},
		{"checklist", o.Checked.Members - o.Checked.Closed},
		{"unreadable", o.Unreadable},
		{"report", o.Incidents.Confirmed},
	}
	steps = slices.DeleteFunc(steps, func(s NextStep) bool { return s.N <= 0 })
	return slices.Clip(steps[:min(mostNext, len(steps))])
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// OverviewMarks are the best place and time of everything in a case.
type OverviewMarks struct {
	Places []PlaceMark `json:"places"`
	Times  []TimeMark  `json:"times"`
}

// PlaceMark is a place, with how many things are said to be of it.
type PlaceMark struct {
	ID     verify.Digest `json:"id"` // of the first of them
	Lat    float64       `json:"lat"`
	Lon    float64       `json:"lon"`
	Radius *float64      `json:"radius_m"`
	Trust  string        `json:"trust"`
	Label  string        `json:"label"`
	N      int           `json:"n"`
}

// TimeMark is a time, with how many things are said to be of it.
type TimeMark struct {
	ID    verify.Digest `json:"id"`
	From  string        `json:"from"` // RFC 3339, UTC
	To    string        `json:"to"`
	Trust string        `json:"trust"`
	Label string        `json:"label"`
	N     int           `json:"n"`
}

func overviewMarks(ctx context.Context, c *Case, _ None) (OverviewMarks, error) {
	v, err := c.View(ctx)
	if err != nil {
		return OverviewMarks{}, err
	}
	out := OverviewMarks{Places: []PlaceMark{}, Times: []TimeMark{}}
	places, times := map[string]int{}, map[string]int{}
	for i := range v.Items {
		it := &v.Items[i]
		card := v.card(it)
		if card.SetAside {
			continue
		}
		if p := card.Place; p != nil && p.Latitude != nil && p.Longitude != nil {
			key := fmt.Sprintf("%.4f %.4f %s", *p.Latitude, *p.Longitude, p.Trust)
			n, ok := places[key]
			if !ok {
				n, places[key] = len(out.Places), len(out.Places)
				out.Places = append(out.Places, PlaceMark{ID: it.Digest, Lat: *p.Latitude, Lon: *p.Longitude, Radius: p.RadiusM, Trust: p.Trust, Label: markLabel(&card)})
			}
			out.Places[n].N++
		}
		if t := card.Time; t != nil && t.Latest != "" {
			key := t.Earliest + t.Latest + string(t.Trust)
			n, ok := times[key]
			if !ok {
				n, times[key] = len(out.Times), len(out.Times)
				out.Times = append(out.Times, TimeMark{ID: it.Digest, From: t.Earliest, To: t.Latest, Trust: string(t.Trust), Label: markLabel(&card)})
			}
			out.Times[n].N++
		}
	}
	return out, nil
}

// longestLabel bounds the names of marks, of which there may be many thousands.
const longestLabel = 80

func markLabel(c *Card) string {
	if r := []rune(c.Name); len(r) > longestLabel {
		return string(r[:longestLabel]) + "…"
	}
	return c.Name
}
