package casefile

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// Change says what of a case is other than it was at an entry of the ledger.
type Change struct {
	Last        int64 // position of the last entry
	Items       bool  // items, sightings or sources
	Likeness    bool  // matches and clusters
	Incidents   bool
	Decisions   bool
	Assessments bool
	Records     bool // of incidents
	Marks       bool // of items
	Findings    bool
	Settings    bool
	Exercise    bool // answers, hints, what was handed in, the key
	Other       bool // anything that is in none of these
}

// Any says whether there was a change at all.
func (c Change) Any() bool {
	return c.Items || c.Likeness || c.Incidents || c.Decisions || c.Assessments || c.Records || c.Marks || c.Findings || c.Settings || c.Exercise || c.Other
}

// Add joins a later change to this one.
func (c Change) Add(later Change) Change {
	return Change{
		Last: later.Last, Items: c.Items || later.Items, Likeness: c.Likeness || later.Likeness, Incidents: c.Incidents || later.Incidents,
		Decisions: c.Decisions || later.Decisions, Assessments: c.Assessments || later.Assessments, Records: c.Records || later.Records, Marks: c.Marks || later.Marks,
		Findings: c.Findings || later.Findings, Settings: c.Settings || later.Settings, Exercise: c.Exercise || later.Exercise, Other: c.Other || later.Other,
	}
}

// all is a change of everything.
func all(last int64) Change {
	return Change{Last: last, Items: true, Likeness: true, Incidents: true, Decisions: true, Assessments: true, Records: true, Marks: true, Findings: true, Settings: true, Exercise: true, Other: true}
}

// Changed says what changed after an entry of the ledger; -1 stands for a case
// of which nothing is known yet. It reads the entries since, so that asking
// often costs little.
func (f *File) Changed(ctx context.Context, after int64) (Change, error) {
	if after < 0 {
		rows, err := f.query(ctx, "SELECT coalesce(max(seq), -1) FROM events")
		if err != nil {
			return Change{}, err
		}
		defer rows.Close()
		last := int64(-1)
		for rows.Next() {
			if err := rows.Scan(&last); err != nil {
				return Change{}, fmt.Errorf("read ledger: %w", err)
			}
		}
		return all(last), rows.Err()
	}
	change := Change{Last: after}
	rows, err := f.query(ctx, "SELECT seq, entry FROM events WHERE seq > ? ORDER BY seq", after)
	if err != nil {
		return change, err
	}
	defer rows.Close()
	for rows.Next() {
		var entry []byte
		var of struct {
			Kind string `json:"kind"`
		}
		if err := rows.Scan(&change.Last, &entry); err != nil {
			return change, fmt.Errorf("read ledger: %w", err)
		}
		if err := json.Unmarshal(entry, &of); err != nil {
			return change, fmt.Errorf("read ledger: entry %d: %w", change.Last, err)
		}
		change.add(of.Kind)
	}
	return change, rows.Err()
}

// add notes what an event of a kind changes. One of a kind that is not named
// here may change anything.
func (c *Change) add(kind string) {
	switch kind {
	case custody.CaseCreated, custody.KeyAdded, anchorAdded, keyTrusted, scanBegan, scanEnded, knownLoaded, knownRemoved, filesCollected:
		c.Other = true
	case filesRead, sourceRead:
		c.Items, c.Findings = true, true
	case matchesFound:
		c.Likeness = true
	case incidentsProposed:
		c.Incidents = true
	case findingsReported:
		c.Findings = true
	case settingChanged:
		c.Settings = true
	case decided:
		c.Decisions = true
	case assessed:
		c.Assessments = true
	case incidentRecorded:
		c.Records = true
	case marked:
		c.Marks = true
	case exerciseBegan, exerciseAnswered, exerciseHint, exerciseHandedIn, exerciseKey:
		c.Exercise = true
	default:
		*c = all(c.Last)
	}
}
