package casefile

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// The kinds of event about decisions. A reason-erased is of an earlier version,
// which kept the reason in the row of the decision.
const (
	decided      = "decided"
	reasonErased = "reason-erased"
)

// reasonField is the field of texts that holds the reason of a decision.
const reasonField = "reason"

type decidedBody struct {
	Decision   string          `json:"decision"`
	Incident   string          `json:"incident"`
	Other      string          `json:"other,omitempty"`      // the second incident
	Others     []verify.Digest `json:"others,omitempty"`     // a second list of items
	Left       []verify.Digest `json:"left,omitempty"`       // the items that stay in the second incident
	NewerWins  bool            `json:"newer_wins,omitempty"` // over what it contradicts
	TakesBack  int64           `json:"takes_back,omitempty"` // position of the decision that no longer holds
	By         string          `json:"by"`
	ReasonHMAC string          `json:"reason_hmac,omitempty"` // of an earlier version; since then under "texts"
}

// Decide records what a person decided: event and decision in one
// transaction, then a checkpoint. It sets Seq and At. An error of the
// checkpoint alone leaves the decision in place, and its Seq is set then too.
// It refuses a decision that could not be read later as one of its kind; one
// that is taken back has to hold, else the error is [ErrNoDecision]. Whether it
// contradicts others is for who decides to know.
func (f *File) Decide(ctx context.Context, d verify.Decision) (verify.Decision, error) {
	made, err := f.DecideAll(ctx, d)
	if len(made) == 0 {
		return d, err
	}
	return made[0], err
}

// DecideAll is [File.Decide] for decisions that were made as one, in the order
// given: all of them are recorded, or none.
func (f *File) DecideAll(ctx context.Context, decisions ...verify.Decision) ([]verify.Decision, error) {
	if len(decisions) == 0 {
		return nil, nil
	}
	for _, d := range decisions {
		if err := f.decidable(ctx, d); err != nil {
			return nil, fmt.Errorf("record decision: %w", err)
		}
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	var made []verify.Decision
	err := f.write(ctx, func(t *txn) error {
		for _, d := range decisions {
			d, err := t.decide(d)
			if err != nil {
				return err
			}
			made = append(made, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("record decision: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return made, fmt.Errorf("decision %d is recorded but not signed: %w", made[len(made)-1].Seq, err)
	}
	return made, nil
}

func (t *txn) decide(d verify.Decision) (verify.Decision, error) {
	d.Incident, d.Other, d.By = ledgerText(d.Incident), ledgerText(d.Other), ledgerText(d.By)
	body := decidedBody{
		Decision: d.Kind, Incident: d.Incident, Other: d.Other, Others: d.Others, Left: d.Left, NewerWins: d.NewerWins,
		TakesBack: d.TakesBack, By: d.By,
	}
	event, err := t.eventWithTexts(decided, digestTexts(d.Subjects), body, map[string]string{reasonField: d.Reason})
	if err != nil {
		return d, err
	}
	d.Seq, d.At = event.Seq, event.At
	return d, t.putDecision(event, body)
}

// digestTexts are digests as the subjects of an event.
func digestTexts(digests []verify.Digest) []string {
	out := make([]string, len(digests))
	for i, d := range digests {
		out[i] = string(d)
	}
	return out
}

// listTexts writes the lists of a decision beside its subjects as JSON.
func listTexts(others, left []verify.Digest) (string, string, error) {
	a, err := json.Marshal(append([]verify.Digest{}, others...))
	b, err2 := json.Marshal(append([]verify.Digest{}, left...))
	return string(a), string(b), errors.Join(err, err2)
}

// readList reads one back, nil when it is empty.
func readList(text []byte, list *[]verify.Digest) error {
	err := json.Unmarshal(text, list)
	if len(*list) == 0 {
		*list = nil
	}
	return err
}

// Decisions gives all decisions in the order they were made, also where some
// were taken over from another case. The reason of
// one that was erased is empty.
func (f *File) Decisions(ctx context.Context) ([]verify.Decision, error) {
	rows, err := f.query(ctx, `SELECT d.seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor, coalesce(text, '')
		FROM decisions d LEFT JOIN texts t ON t.seq = d.seq AND field = 'reason' ORDER BY d.seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []verify.Decision
	for rows.Next() {
		var d verify.Decision
		var at string
		var subjects, others, left []byte
		if err := rows.Scan(&d.Seq, &at, &d.Kind, &d.Incident, &d.Other, &d.TakesBack, &d.NewerWins, &subjects, &others, &left, &d.By, &d.Reason); err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		if d.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Seq, err)
		}
		if err := errors.Join(json.Unmarshal(subjects, &d.Subjects), readList(others, &d.Others), readList(left, &d.Left)); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Seq, err)
		}
		list = append(list, d)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return f.ranked(ctx, list)
}

// ranked puts decisions in order where some were taken over from another case.
func (f *File) ranked(ctx context.Context, list []verify.Decision) ([]verify.Decision, error) {
	ranks, err := f.ranks(ctx, "decisions")
	if err != nil || ranks == nil {
		return list, err
	}
	for i := range list {
		list[i].Rank = ranks[list[i].Seq]
	}
	slices.SortFunc(list, func(a, b verify.Decision) int { return cmp.Compare(a.Order(), b.Order()) })
	return list, nil
}
