package exchange

import (
	"errors"

	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// ErrMedia is a redaction of an export that hands on the files themselves: they
// say all of it again.
var ErrMedia = errors.New("this format hands on the files themselves, which cannot be redacted: choose the public form, which hands on copies without their metadata")

// Telling is everything of the case that an export may hold.
func (c *Case) Telling() publish.Telling {
	t := publish.Telling{
		Content: publish.Content{Items: c.Items, Clusters: c.Clusters, Reviews: c.Reviews},
		Matches: c.Matches, Decisions: c.Decisions, Findings: c.Findings,
	}
	for i := range c.Incidents {
		inc := &c.Incidents[i]
		if inc.Proposed {
			t.Incidents = append(t.Incidents, inc.Incident)
		}
		t.Records = append(t.Records, inc.Record)
	}
	for _, s := range c.Sources {
		t.Sources = append(t.Sources, s.Name)
	}
	return t
}

// Redact leaves out of the case what a person chose to, and lists it in
// Withheld. Files can no longer be found by what is left of their names: an
// export that hands them on is refused, see [Export.HandsOn].
func (c *Case) Redact(x publish.Redaction) {
	if !x.Some() {
		return
	}
	out, withheld := x.Apply(c.Telling())
	c.Items, c.Clusters, c.Reviews, c.Matches = out.Items, out.Clusters, out.Reviews, out.Matches
	c.Decisions, c.Findings, c.Incidents = out.Decisions, out.Findings, assess.Incidents(out.Incidents, out.Records)
	c.Settings, c.Known, c.Sources = nil, nil, nil
	if x.People || x.Names {
		c.Title = ""
	}
	c.Withheld = append(c.Withheld, withheld...)
}
