package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

func actRoutes() []Route {
	return []Route{
		onCase("POST", "/acts/mark", "mark", "Says something of files: pins them, sets them aside, tags, notes, describes, covers or warns of them.", markItems),
		onCase("POST", "/acts/confirm-time", "confirmTime", "Confirms when a file was recorded, beside what it claims.", confirmTime),
		onCase("POST", "/acts/confirm-place", "confirmPlace", "Confirms where a file was recorded, beside what it claims.", confirmPlace),
		onCase("POST", "/acts/representative", "representative", "Has a file shown in the place of its copies, or no longer.", chooseRepresentative),
		onCase("POST", "/acts/take-out", "takeOut", "Says that a file is no copy of any other in its cluster.", takeOut),
		onCase("POST", "/acts/verdict", "verdict", "Says whether two files show the same.", giveVerdict),
		onCase("POST", "/acts/incident", "decideIncident", "Decides on an incident or on its members.", decideIncident),
		onCase("POST", "/acts/undo", "undo", "Takes back an act; what was recorded stays in the ledger.", undo),
		onCase("POST", "/acts/redo", "redo", "Takes back the last taking back.", redo),
		onCase("GET", "/history", "history", "What people did to a file, a cluster or an incident, or to the case, the latest first.", history),
	}
}

// act has something recorded, has the incidents made anew where it bears on
// them, and gives the answer when the next View shows what was recorded; see
// regroup for the incidents. An act that began is ended, whether or not the page
// still waits for it.
func (c *Case) act(ctx context.Context, do func(context.Context, *casefile.File) (made desk.Made, regroup bool, err error)) (Done, error) {
	made, err := c.recording(ctx, do)
	if len(made.Entries) > 0 {
		c.acts.did(made)
	}
	if err != nil {
		return Done{}, unacted(err)
	}
	return newDone(made), nil
}

func (c *Case) recording(ctx context.Context, do func(context.Context, *casefile.File) (desk.Made, bool, error)) (made desk.Made, err error) {
	ctx = context.WithoutCancel(ctx)
	var regroup bool
	err = c.Writing(ctx, func(f *casefile.File) (err error) {
		made, regroup, err = do(ctx, f)
		return err
	})
	if err != nil || !regroup || len(made.Entries) == 0 {
		return made, err
	}
	return made, c.regroup(ctx)
}

// decide is act for what is decided at the desk.
func (c *Case) decide(ctx context.Context, do func(context.Context, *desk.Desk) (desk.Made, error)) (Done, error) {
	return c.act(ctx, func(ctx context.Context, f *casefile.File) (desk.Made, bool, error) {
		d, err := desk.Open(ctx, f)
		if err != nil {
			return desk.Made{}, false, err
		}
		made, err := do(ctx, d)
		return made, !made.Stands, err
	})
}

func newDone(made desk.Made) Done {
	d := Done{Notes: append([]string{}, made.Notes...)}
	var texts []string
	for _, e := range made.Entries {
		d.Entry, d.Undo = e.Seq, true
		if !slices.Contains(texts, e.Text) && len(texts) < mostTexts {
			texts = append(texts, e.Text)
		}
	}
	d.Text = strings.Join(texts, "; ")
	if d.Text == "" {
		d.Text = "nothing was changed"
	}
	if made.CopiesLeft > 0 {
		d.Notes = append(d.Notes, copiesLeft(made.CopiesLeft))
	}
	return d
}

// mostTexts is how many sentences an answer joins.
const mostTexts = 3

func copiesLeft(n int) string {
	if n == 1 {
		return "1 copy stays as it is"
	}
	return fmt.Sprintf("%d copies stay as they are", n)
}

// word is what a person says with a decision; no name stands for that of the
// settings.
func (c *Case) word(by, reason string) desk.Word {
	if strings.TrimSpace(by) == "" {
		by = c.api.by()
	}
	return desk.Word{By: by, Reason: reason}
}

// unacted says why an act was not carried out, or not to its end.
func unacted(err error) error {
	var p *desk.Error
	var already *Error
	switch {
	case errors.As(err, &already):
		return already
	case errors.Is(err, casefile.ErrUnknownItem):
		return &Error{Status: http.StatusNotFound, What: "there is no such file in this case", Hint: "it may be gone since the last scan: load the page again", Safe: "nothing was changed", cause: err}
	case !errors.As(err, &p):
		return err
	}
	e := &Error{Status: http.StatusUnprocessableEntity, What: err.Error(), Hint: p.Hint, Safe: "nothing was changed", cause: err}
	switch p.Kind {
	case desk.Unclear, desk.NoName, desk.NoReason:
		e.Status = http.StatusBadRequest
	case desk.UnknownItem, desk.UnknownIncident, desk.UnknownEntry:
		e.Status = http.StatusNotFound
	case desk.Contradicts: // the one that can be made to prevail
		e.Status = http.StatusConflict
	case desk.NotRegrouped:
		e.Status, e.Safe = http.StatusInternalServerError, "the decision is recorded"
	}
	return e
}

// digests are the names of items, as the desk takes them.
func digests(items []verify.Digest) []string {
	out := make([]string, len(items))
	for i, d := range items {
		out[i] = string(d)
	}
	return out
}
