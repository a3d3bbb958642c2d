package api

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// HandOnForm is what is to be handed on and how.
type HandOnForm struct {
	Format    string           `json:"format"`
	Title     string           `json:"title"`
	Incidents []string         `json:"incidents"` // none and no media: the whole case
	Media     []verify.Digest  `json:"media"`
	Leave     []report.Section `json:"leave"`
	Pictures  string           `json:"pictures"` // none, softened (the default), sharp
	Sharp     []verify.Digest  `json:"sharp"`    // ticked one by one; counts with sharp alone

	Public      bool     `json:"public"` // the public-safe form
	Show        []string `json:"show"`   // sources that it may show
	Hide        []string `json:"hide"`
	Unconfirmed bool     `json:"unconfirmed"`

	People      bool `json:"people"`
	Names       bool `json:"names"`
	Captions    bool `json:"captions"`
	Notes       bool `json:"notes"`
	Decimals    *int `json:"decimals"`
	NoPositions bool `json:"no_positions"`

	BOM            bool `json:"bom"`
	WithoutMissing bool `json:"without_missing"`
}

// The ways in which pictures are shown in a report.
const (
	noPictures    = "none"
	softPictures  = "softened"
	sharpPictures = "sharp"
)

// mostSharp is how many pictures can be shown as they are in one report.
const mostSharp = 200

func (f *HandOnForm) part() desk.Part { return desk.Part{Incidents: f.Incidents, Media: f.Media} }

func (f *HandOnForm) redaction() publish.Redaction {
	return publish.Redaction{People: f.People, Names: f.Names, Captions: f.Captions, Notes: f.Notes, Decimals: f.Decimals, NoPositions: f.NoPositions}
}

func (f *HandOnForm) profile() publish.Profile {
	return publish.Profile{Show: f.Show, Hide: f.Hide, Unconfirmed: f.Unconfirmed}
}

func (f *HandOnForm) options() exchange.Options {
	o := exchange.Options{BOM: f.BOM, WithoutMissing: f.WithoutMissing, Public: f.Public}
	if len(f.Incidents) == 1 && len(f.Media) == 0 {
		o.Incident = f.Incidents[0]
	}
	return o
}

// check refuses what cannot be meant, before any work is done.
func (f *HandOnForm) check(format Format) error {
	if err := f.redaction().Check(); err != nil {
		return refused("%w", err)
	}
	switch {
	case f.Public && !format.Public:
		return refused("%s has no public form", format.Title)
	case f.redaction().Some() && !format.Redacts && !f.Public:
		e := refused("%w", exchange.ErrMedia)
		e.Safe = "nothing was written"
		return e
	case f.Pictures != "" && !slices.Contains([]string{noPictures, softPictures, sharpPictures}, f.Pictures):
		return refused("pictures are none, softened or sharp, not %q", f.Pictures)
	case len(f.Sharp) > mostSharp:
		return refused("%d pictures cannot be shown as they are in one report: %d at most", len(f.Sharp), mostSharp)
	case format.Alone && len(f.Incidents)+len(f.Media) > 0 && (len(f.Incidents) != 1 || len(f.Media) > 0):
		e := refused("%s takes the whole case or one incident", format.Title)
		e.Hint = "choose one incident, or all of the case"
		return e
	}
	for _, s := range f.Leave {
		if !slices.Contains(report.Sections(), s) {
			return refused("there is no section %q", s)
		}
	}
	return nil
}
