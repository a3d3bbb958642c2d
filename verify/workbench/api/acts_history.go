package api

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// HistoryIn says of what: of one of the three, or of the case.
type HistoryIn struct {
	Item     verify.Digest `json:"item" in:"query"`
	Cluster  string        `json:"cluster" in:"query"`
	Incident string        `json:"incident" in:"query"`
}

// History is what people did, the latest first.
type History struct {
	Deeds []Deed `json:"deeds"`
	Redo  bool   `json:"redo"` // something can be redone
	Undo  int64  `json:"undo"` // an entry of the act that undo takes back first, 0 for none
}

// Deed is one thing that a person did.
type Deed struct {
	Entry     int64     `json:"entry"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`   // "" for who writes in a review that is open
	Kind      string    `json:"kind"` // of the decision, or mark, warning, assessed
	Text      string    `json:"text" say:"sentence"`
	Reason    string    `json:"reason" say:"sentence.given"`
	Incident  string    `json:"incident"`
	Holds     bool      `json:"holds"`      // nobody took it back
	TakesBack int64     `json:"takes_back"` // the entry that it takes back, 0 for none
	Undo      bool      `json:"undo"`       // it can be taken back here
	Files     int       `json:"files"`
}

// mostHistory is how many of the last deeds in the case are listed.
const mostHistory = 200

func history(ctx context.Context, c *Case, in HistoryIn) (History, error) {
	v, err := c.View(ctx)
	if err != nil {
		return History{}, err
	}
	var items []verify.Digest
	switch {
	case in.Item != "":
		if v.Item(in.Item) == nil {
			return History{}, missing("there is no such file in this case")
		}
		items = []verify.Digest{in.Item}
	case in.Cluster != "":
		cluster := v.clusterNamed(in.Cluster)
		if cluster == nil {
			return History{}, missing("there is no cluster %s in this case", in.Cluster)
		}
		items = cluster.Digests
	}
	var past *desk.Past
	if err := c.Reading(ctx, func(f *casefile.File) (err error) { past, err = desk.ReadPast(ctx, f); return }); err != nil {
		return History{}, err
	}
	var events []desk.Event
	switch {
	case len(items) > 0:
		events = past.OfItems(v.pathOf, items...)
	case in.Incident != "":
		events = past.OfIncident(v.pathOf, in.Incident)
	default:
		events = past.Latest(v.pathOf, mostHistory)
	}
	return c.newHistory(events), nil
}

func (c *Case) newHistory(events []desk.Event) History {
	h := History{Deeds: make([]Deed, len(events)), Redo: len(c.acts.again()) > 0}
	if act, _ := c.acts.of(0); len(act) > 0 {
		h.Undo = act[len(act)-1]
	}
	for i, e := range events {
		h.Deeds[i] = Deed{
			Entry: e.Entry, At: e.At, By: e.By, Kind: e.Kind, Text: e.Text, Reason: e.Reason, Incident: e.Incident,
			Holds: e.Holds, TakesBack: e.TakesBack, Undo: e.Holds && e.Kind != desk.AssessEvent, Files: e.Files,
		}
	}
	return h
}

// pathOf names an item in a sentence.
func (v *View) pathOf(d verify.Digest) string {
	if it := v.Item(d); it != nil {
		return it.Path()
	}
	return string(d[:min(len(d), 12)])
}

func (v *View) clusterNamed(id string) *verify.Cluster {
	for i := range v.Clusters {
		if v.Clusters[i].ID == id {
			return &v.Clusters[i]
		}
	}
	return nil
}
