package api

import (
	"context"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// TakeOutIn is a file that is no copy of the others.
type TakeOutIn struct {
	Item   verify.Digest `json:"item"`
	By     string        `json:"by"`
	Reason string        `json:"reason"`
}

func takeOut(ctx context.Context, c *Case, in TakeOutIn) (Done, error) {
	return c.decide(ctx, func(ctx context.Context, d *desk.Desk) (desk.Made, error) {
		return d.TakeOut(ctx, c.word(in.By, in.Reason), string(in.Item))
	})
}

// VerdictIn is what a person says of two files.
type VerdictIn struct {
	A       verify.Digest `json:"a"`
	B       verify.Digest `json:"b"`
	Verdict string        `json:"verdict"` // same-image, same-scene, not-same, unsure
	By      string        `json:"by"`
	Reason  string        `json:"reason"` // "" is written as that the two were compared
}

// compared is the reason of a verdict for which nobody gave another.
const compared = "compared side by side"

func giveVerdict(ctx context.Context, c *Case, in VerdictIn) (Done, error) {
	if in.Reason == "" {
		in.Reason = compared
	}
	return c.decide(ctx, func(ctx context.Context, d *desk.Desk) (desk.Made, error) {
		w, a, b := c.word(in.By, in.Reason), string(in.A), string(in.B)
		switch in.Verdict {
		case verify.SameImage:
			return d.SameImage(ctx, w, a, b)
		case verify.SceneOnly:
			return d.SameScene(ctx, w, a, b)
		case verify.NotSame:
			return d.NotSame(ctx, w, a, b)
		case verify.Unsure:
			return d.Unsure(ctx, w, a, b)
		}
		return desk.Made{}, refused("a verdict is same-image, same-scene, not-same or unsure, and not %q", in.Verdict)
	})
}

// IncidentActIn is a decision on an incident or on its members.
type IncidentActIn struct {
	Act       string          `json:"act"` // confirm, reject, pin, add, remove, exclude, move, context, merge, split, not-same-incident
	Incident  string          `json:"incident"`
	Other     string          `json:"other"` // of a merge
	Items     []verify.Digest `json:"items"` // two, of not-same-incident
	Stays     []verify.Digest `json:"stays"` // of a split: those that stay; empty for all others
	Copies    bool            `json:"copies"`
	NewerWins bool            `json:"newer_wins"` // over the earlier decisions that it contradicts
	By        string          `json:"by"`
	Reason    string          `json:"reason"`
}

func decideIncident(ctx context.Context, c *Case, in IncidentActIn) (Done, error) {
	w := c.word(in.By, in.Reason)
	w.Copies, w.NewerWins = in.Copies, in.NewerWins
	return c.decide(ctx, func(ctx context.Context, d *desk.Desk) (desk.Made, error) { return in.decide(ctx, d, w) })
}

func (in IncidentActIn) decide(ctx context.Context, d *desk.Desk, w desk.Word) (desk.Made, error) {
	items := digests(in.Items)
	switch in.Act {
	case verify.Confirm:
		return d.Confirm(ctx, w, in.Incident)
	case verify.Reject:
		return d.Reject(ctx, w, in.Incident)
	case verify.Pin:
		return d.Pin(ctx, w, in.Incident, items)
	case verify.Add:
		return d.Add(ctx, w, in.Incident, items)
	case verify.Remove:
		return d.Remove(ctx, w, in.Incident, items)
	case verify.Exclude:
		return d.Exclude(ctx, w, items)
	case verify.Move:
		return d.Move(ctx, w, in.Incident, items)
	case verify.ForContext:
		return d.Context(ctx, w, in.Incident, items)
	case verify.Merge:
		return d.Merge(ctx, w, in.Incident, in.Other)
	case verify.Split:
		return d.Split(ctx, w, in.Incident, items, digests(in.Stays))
	case verify.NotSameIncident:
		if len(items) != 2 {
			return desk.Made{}, refused("two files are of two incidents, and %d are named", len(items))
		}
		return d.NotSameIncident(ctx, w, items[0], items[1])
	}
	return desk.Made{}, refused("there is no act %q on an incident", in.Act)
}
