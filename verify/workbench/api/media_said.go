package api

import (
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Sayings is what people noted of an item, beside the marks on its card.
type Sayings struct {
	Notes       []Noted       `json:"notes"` // oldest first
	Masks       []verify.Mask `json:"masks"`
	DescribedBy string        `json:"described_by"` // "" where nobody described it
	Time        *Said         `json:"time"`         // a time that a person confirmed, else null
	Place       *Said         `json:"place"`        // likewise a place
}

// Noted is a note on an item.
type Noted struct {
	Entry int64  `json:"entry"` // of the ledger
	Text  string `json:"text"`
	By    string `json:"by"`
	At    string `json:"at" say:"sentence.value"`
}

// Said is a time or a place that a person confirmed, and why.
type Said struct {
	Entry    int64    `json:"entry"`
	By       string   `json:"by"`
	At       string   `json:"at" say:"sentence.value"`
	Reason   string   `json:"reason"`
	Evidence []string `json:"evidence"`
	Time     *When    `json:"time"`  // of a time
	Place    *Spot    `json:"place"` // of a place
}

// sayings gathers what stands of an item.
func (v *View) sayings(d verify.Digest) Sayings {
	m := v.Marks[d]
	s := Sayings{Notes: []Noted{}, Masks: orNone(m.Masks)}
	for _, n := range m.Notes {
		s.Notes = append(s.Notes, Noted{n.Entry, n.Text, n.By, momentText(n.At)})
	}
	if m.DescribedSaid != nil && m.Described != "" {
		s.DescribedBy = m.DescribedSaid.By
	}
	if t := m.Time; t != nil {
		s.Time = &Said{t.Entry, t.By, momentText(t.At), t.Reason, orNone(t.Evidence), when(&t.Time), nil}
	}
	if p := m.Place; p != nil {
		s.Place = &Said{p.Entry, p.By, momentText(p.At), p.Reason, orNone(p.Evidence), nil, spot(&p.Place)}
		s.Place.Place.By = p.By
	}
	return s
}

// momentText writes when something was recorded, in UTC.
func momentText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006 15:04:05") + " Z"
}
