package publish

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// Holds is what something that leaves the room names and places: to be read
// before it is written. Names that stand in captions and notes alone cannot be
// listed.
type Holds struct {
	People    []string // who reviewed, decided and wrote
	Sources   []string
	Accounts  []string
	Files     int // names of files
	Devices   int // files that name what recorded them
	Captions  int
	Notes     int // notes, reasons, bases and limits that people wrote
	Positions int // of incidents, of claims and of files
	Items     int
	Incidents int
	Decisions int
	Reviews   int
}

// Look says what a telling holds.
func Look(t Telling) Holds {
	h := Holds{
		People: people(&t), Accounts: accounts(&t), Sources: sourceNames(&t),
		Items: len(t.Items), Incidents: len(t.Incidents), Decisions: len(t.Decisions), Reviews: len(t.Reviews),
	}
	for i := range t.Items {
		it := &t.Items[i]
		h.Files += len(it.Sightings)
		if it.Media.Device.Make+it.Media.Device.Model+it.Media.Device.Serial+it.Media.Device.Software != "" {
			h.Devices++
		}
		if p := it.Media.BestPlace; p != nil && p.Latitude != nil {
			h.Positions++
		}
		for _, s := range it.Sightings {
			for _, r := range s.Records {
				if r.Text != "" {
					h.Captions++
				}
			}
		}
	}
	for i := range t.Incidents {
		if t.Incidents[i].Latitude != nil {
			h.Positions++
		}
	}
	for i := range t.Records {
		h.record(&t.Records[i])
	}
	for i := range t.Reviews {
		for k := range t.Reviews[i].Sheets {
			h.sheet(&t.Reviews[i].Sheets[k])
		}
	}
	for i := range t.Decisions {
		h.note(t.Decisions[i].Reason)
	}
	return h
}

func (h *Holds) note(text string) {
	if text != "" {
		h.Notes++
	}
}

func (h *Holds) record(r *assess.Record) {
	if r.Latitude != nil {
		h.Positions++
	}
	h.note(r.MoreInfo)
	h.Notes += len(r.DateBasis) + len(r.LocationBasis) + len(r.Tags)
}

func (h *Holds) sheet(s *assess.Sheet) {
	for _, a := range s.Answers {
		h.note(a.Note)
	}
	for subject, c := range s.Claims {
		h.Notes += len(c.Basis)
		if subject == assess.Where && c.Value != "" {
			h.Positions++
		}
	}
	h.note(s.Limits)
}

func sourceNames(t *Telling) []string {
	out := slices.Clone(t.Sources)
	for i := range t.Items {
		for _, s := range t.Items[i].Sightings {
			out = append(out, s.Source)
		}
	}
	return distinct(out)
}
