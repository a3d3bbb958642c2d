package api

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// acts is what was done in a case since the program was started, by which
// whole acts are undone and redone: one act can be many entries of the ledger.
type acts struct {
	mu     sync.Mutex
	done   [][]int64 // the entries of each act that holds, in the order in which they were done
	undone [][]int64 // the entries that took acts back, the last last; what is done next empties it
}

// mostActs is how many acts are remembered.
const mostActs = 1000

// did remembers an act, after which nothing can be redone any more.
func (a *acts) did(made desk.Made) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done, a.undone = kept(a.done, seqs(made)), nil
}

// took moves an act that was taken back to what can be redone.
func (a *acts) took(back []int64, made desk.Made) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done, a.undone = without(a.done, back), kept(a.undone, seqs(made))
}

// gave moves what was redone back to what can be undone: by the entries that
// took back the taking back.
func (a *acts) gave(again []int64, made desk.Made) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done, a.undone = kept(a.done, seqs(made)), without(a.undone, again)
}

// of gives all entries of the act that an entry belongs to, of the last act for
// 0; nil for none. taken says that they took an act back themselves.
func (a *acts) of(entry int64) (entries []int64, taken bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if entry == 0 {
		return last(a.done), false
	}
	has := func(act []int64) bool { return slices.Contains(act, entry) }
	if i := slices.IndexFunc(a.done, has); i >= 0 {
		return a.done[i], false
	}
	if i := slices.IndexFunc(a.undone, has); i >= 0 {
		return a.undone[i], true
	}
	return []int64{entry}, false
}

// again gives the entries that took back what can be redone first.
func (a *acts) again() []int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return last(a.undone)
}

func last(list [][]int64) []int64 {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

func kept(list [][]int64, act []int64) [][]int64 {
	list = append(list, act)
	return slices.Clone(list[max(0, len(list)-mostActs):])
}

func without(list [][]int64, act []int64) [][]int64 {
	return slices.DeleteFunc(slices.Clone(list), func(x []int64) bool { return slices.Equal(x, act) })
}

func seqs(made desk.Made) []int64 {
	out := make([]int64, len(made.Entries))
	for i, e := range made.Entries {
		out[i] = e.Seq
	}
	return out
}

// UndoIn names an act.
type UndoIn struct {
	Entry  int64  `json:"entry"` // any of the act; 0 for the last act since the program was started
	By     string `json:"by"`
	Reason string `json:"reason"`
}

func undo(ctx context.Context, c *Case, in UndoIn) (Done, error) {
	entries, taken := c.acts.of(in.Entry)
	if entries == nil {
		return Done{}, nothing("nothing was done since Firsthand was started that could be undone", "the history of a file or an incident takes back what was done before")
	}
	w := c.word(in.By, in.Reason)
	if taken {
		return c.redoing(ctx, w, entries)
	}
	w.Reason = orElse(w.Reason, "undone")
	made, err := c.takeBack(ctx, w, entries)
	if len(made.Entries) > 0 {
		c.acts.took(entries, made)
	}
	return undoneOr(made, "undone: ", err)
}

// RedoIn is who redoes what was undone last.
type RedoIn struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
}

func redo(ctx context.Context, c *Case, in RedoIn) (Done, error) {
	entries := c.acts.again()
	if entries == nil {
		return Done{}, nothing("there is nothing to redo", "what was undone can be redone until something else is done")
	}
	return c.redoing(ctx, c.word(in.By, in.Reason), entries)
}

func (c *Case) redoing(ctx context.Context, w desk.Word, entries []int64) (Done, error) {
	w.Reason = orElse(w.Reason, "redone")
	made, err := c.takeBack(ctx, w, entries)
	if len(made.Entries) > 0 {
		c.acts.gave(entries, made)
	}
	return undoneOr(made, "redone: ", err)
}

func (c *Case) takeBack(ctx context.Context, w desk.Word, entries []int64) (desk.Made, error) {
	return c.recording(ctx, func(ctx context.Context, f *casefile.File) (desk.Made, bool, error) {
		return desk.TakeBack(ctx, f, w, entries...)
	})
}

func undoneOr(made desk.Made, verb string, err error) (Done, error) {
	if err != nil {
		return Done{}, unacted(err)
	}
	d := newDone(made)
	d.Text = verb + d.Text
	return d, nil
}

func nothing(what, hint string) *Error {
	return &Error{Status: http.StatusNotFound, What: what, Hint: hint, Safe: "nothing was changed"}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
