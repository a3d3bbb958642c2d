package api

import (
	"context"
	"errors"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// ExplainIn asks why.
type ExplainIn struct {
	Incident string        `json:"incident" in:"path"`
	Item     verify.Digest `json:"item" in:"query"` // "" for the incident as a whole
}

// ExplainOut says why an incident is one, or an item in it or not. One bit
// more makes it twice as likely that it is one event.
type ExplainOut struct {
	Is        string       `json:"is"`        // original, copy, recycled, context, also-in, possible, excluded, none; "" of an incident
	Bits      *float64     `json:"bits"`      // what speaks for the item beside the others
	Threshold float64      `json:"threshold"` // bits above which files are joined
	Evidence  []WhyLine    `json:"evidence"`  // sums to the bits
	Members   []ExplainFit `json:"members"`   // of an incident, the weakest first
	Rival     *ExplainFit  `json:"rival"`     // the incident that fits best beside this one
	Less      float64      `json:"less"`      // by how many bits the rival fits less; below zero more
	Other     string       `json:"other"`     // the rival's id
	Decisions []Ruled      `json:"decisions"`
}

// ExplainFit is how well an item fits.
type ExplainFit struct {
	Path  string   `json:"path"`
	Bits  *float64 `json:"bits"` // null where there are no others
	Fixed bool     `json:"fixed"`
}

func explainIncident(ctx context.Context, c *Case, in ExplainIn) (ExplainOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return ExplainOut{}, err
	}
	inc, err := findIncident(assess.Incidents(v.Incidents, v.Records), in.Incident)
	if err != nil {
		return ExplainOut{}, err
	}
	if !inc.Proposed {
		return ExplainOut{}, missing("%s was made by hand or imported: nothing was weighed of it", inc.ID)
	}
	var x incident.Explanation
	err = c.Reading(ctx, func(file *casefile.File) (err error) {
		x, err = ingest.Explain(ctx, file, inc.ID, in.Item)
		return err
	})
	if errors.Is(err, incident.ErrUnknown) {
		return ExplainOut{}, missing("this is no photo or video that can be read: nothing is weighed of it")
	}
	if err != nil {
		return ExplainOut{}, err
	}
	return explained(x, v), nil
}

func explained(x incident.Explanation, v *View) ExplainOut {
	out := ExplainOut{Is: x.Is, Bits: x.Bits, Threshold: x.Threshold, Evidence: whyLines(x.Evidence), Members: []ExplainFit{}, Decisions: []Ruled{}}
	for _, m := range x.Members {
		out.Members = append(out.Members, ExplainFit{string(m.Path), m.Bits, m.Fixed})
	}
	if r := x.Rival; r != nil {
		out.Rival, out.Less, out.Other = &ExplainFit{Path: string(r.Item), Bits: &r.Bits}, r.Less, r.Incident
	}
	for _, d := range v.Decisions {
		for _, r := range x.Decisions {
			if r.Entry == d.Seq {
				out.Decisions = append(out.Decisions, *ruled(d))
			}
		}
	}
	return out
}
