package publish

import (
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// Redaction is what a person leaves out of a report or an export that is not in
// the public form: for a colleague or a court, who may see more than the public
// and less than all. The zero value leaves out nothing.
//
// What is named is looked for wherever it stands, in reasons and notes too. What
// nobody stated as a name cannot be found: a caption or a note may still name
// people in other words, which is why both can be left out as a whole.
type Redaction struct {
	People      bool // names of who reviewed, decided and wrote: numbers stand in their place
	Names       bool // of sources, files, accounts and devices: labels stand in their place
	Captions    bool // texts and addresses of posts
	Notes       bool // notes, reasons, bases and limits that people wrote
	Decimals    *int // of a degree, that positions are rounded to; nil leaves them as they are
	NoPositions bool // no position and no name of a place
}

// Some says whether anything is left out.
func (x Redaction) Some() bool { return x != Redaction{} }

// Check refuses what cannot be meant.
func (x Redaction) Check() error {
	if x.Decimals != nil && (*x.Decimals < 0 || *x.Decimals > mostDecimals) {
		return fmt.Errorf("positions cannot be rounded to %d decimals: it is 0 to %d", *x.Decimals, mostDecimals)
	}
	return nil
}

// mostDecimals of a degree are some 11 cm.
const mostDecimals = 6

// Telling is everything of a case that a report or an export may hold.
type Telling struct {
	Content
	Sources     []string // by name
	Matches     []verify.Match
	Decisions   []verify.Decision
	Findings    []verify.Finding
	Corrections []clock.Correction
}

// Apply gives what is left of t, and what it lacks. The case itself is not
// changed.
func (x Redaction) Apply(t Telling) (Telling, []Withheld) {
	if !x.Some() {
		return t, []Withheld{}
	}
	e := newEditor(x, &t)
	out := edited(e, t)
	e.items(out.Items)
	e.reviews(out.Reviews)
	e.records(out.Records)
	e.decisions(out.Decisions)
	if x.NoPositions {
		for i := range out.Incidents {
			out.Incidents[i].PlaceBasis = ""
		}
	}
	return out, e.withheld()
}

// items drops what sightings and files say in words of their own.
func (e *editor) items(items []verify.Item) {
	for i := range items {
		it := &items[i]
		m := &it.Media
		m.Fields, m.History = nil, nil // every tag as read: nothing in them can be told apart
		if e.Names {
			if m.Device != (extract.Device{}) {
				e.count[wasDevice]++
			}
			m.Device = extract.Device{}
		}
		for k := range it.Sightings {
			e.sighting(&it.Sightings[k])
		}
	}
}

func (e *editor) sighting(s *verify.Sighting) {
	if e.Names {
		s.Rel = ""
		for i := range s.Times {
			s.Times[i].Raw = "" // of a time in a file's name it is the name
		}
	}
	for i := range s.Records {
		r := &s.Records[i]
		if e.Names {
			r.Sidecar, r.PostID, r.Album = "", "", ""
		}
		if e.Names || e.Captions {
			r.URL = "" // holds the account, and leads to the text
		}
		if e.Captions && r.Text != "" {
			e.count[wasCaption]++
			r.Text = ""
		}
	}
	if !e.Captions {
		return
	}
	for i := range s.Places {
		s.Places[i].Raw = ""
	}
}

// reviews drops notes, and positions that stand in words.
func (e *editor) reviews(reviews []assess.Review) {
	for i := range reviews {
		r := &reviews[i]
		for k := range r.Sheets {
			e.sheet(&r.Sheets[k])
		}
		if m := &r.Marks; e.Notes || e.People {
			for _, note := range []**string{&m.ConsentNote, &m.RightsOwner, &m.RightsDeclaration} {
				if *note != nil && **note != "" {
					e.count[wasNote]++
				}
				*note = nil
			}
		}
	}
}

func (e *editor) sheet(s *assess.Sheet) {
	for i := range s.Reviewers {
		if e.People {
			s.Reviewers[i].Key = ""
		}
	}
	for step, a := range s.Answers {
		if e.Notes {
			e.dropped(&a.Note)
		}
		if e.Names { // an address of the open web names accounts
			a.Evidence = slices.DeleteFunc(a.Evidence, func(v assess.Evidence) bool { return v.URL != "" })
		}
		s.Answers[step] = a
	}
	for subject, c := range s.Claims {
		if e.Notes && len(c.Basis) > 0 {
			e.count[wasNote] += len(c.Basis)
			c.Basis = nil
		}
		if subject == assess.Where {
			c.Value = e.claimed(c.Value)
		}
		s.Claims[subject] = c
	}
	if e.Notes {
		e.dropped(&s.Limits)
	}
}

func (e *editor) dropped(note *string) {
	if *note != "" {
		e.count[wasNote]++
		*note = ""
	}
}

// records drops what a record holds for the team alone, and addresses that name
// accounts.
func (e *editor) records(records []assess.Record) {
	for i := range records {
		r := &records[i]
		if r.Foreign != nil {
			r.Foreign.Fields = nil // of another program: nothing in them can be told apart
		}
		if e.Notes {
			e.dropped(&r.MoreInfo)
			e.count[wasNote] += len(r.DateBasis) + len(r.LocationBasis) + len(r.Tags)
			r.DateBasis, r.LocationBasis, r.Tags = nil, nil, nil
		}
		if e.Names {
			for k := range r.Sources {
				if !r.Sources[k].Hidden {
					e.count[wasLink]++
				}
				r.Sources[k].Hidden = true
			}
			r.Sources = r.PublicSources()
		}
		if e.NoPositions || e.Decimals != nil && *e.Decimals < 2 {
			r.PlaceNames, r.Admin2 = nil, "" // they say more than a coarse position
		}
		if e.NoPositions {
			r.Admin1, r.LocationPrecision = "", assess.PlaceUnknown
		}
	}
}

func (e *editor) decisions(decisions []verify.Decision) {
	for i := range decisions {
		if e.Notes {
			e.dropped(&decisions[i].Reason)
		}
	}
}
