package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Checklists are the reviews of a case.
type Checklists struct {
	Me        string        `json:"me"`
	Reviews   []ReviewRow   `json:"reviews"` // those that wait for this person first
	More      int           `json:"more"`    // left out of Reviews
	Left      int           `json:"left"`    // items that nobody has begun
	Items     int           `json:"items"`
	Agreement []AgreedRow   `json:"agreement"`
	Next      verify.Digest `json:"next"` // an item that nobody has begun, "" for none
}

// ReviewRow is the review of one item as the person may see it.
type ReviewRow struct {
	Card      Card              `json:"card"`
	State     assess.State      `json:"state"`
	StateText string            `json:"state_text" say:"sentence"`
	Outcome   assess.Conclusion `json:"outcome"` // "" while it is open
	Turn      string            `json:"turn"`    // yours-first, yours-second, yours-third, handed-in, "" where nothing is to be done
	By        []string          `json:"by"`      // whose sheets may be seen
	Differ    int               `json:"differ"`  // things that need a third person
}

// AgreedRow is how two reviewers answered one question over all items whose two
// reviews are handed in.
type AgreedRow struct {
	What       string   `json:"what"` // a step, a claim or conclusion
	Kind       string   `json:"kind"`
	Title      string   `json:"title" say:"sentence"`
	Both       int      `json:"both"`
	Alike      int      `json:"alike"`
	Words      string   `json:"words" say:"sentence"` // Cohen's kappa, or why none is given
	Categories []string `json:"categories" say:"sentence"`
	Table      [][]int  `json:"table"` // rows are answers of the first reviewer
}

// mostReviews is how many reviews are listed.
const mostReviews = 500

func checklists(ctx context.Context, c *Case, _ None) (Checklists, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Checklists{}, err
	}
	me, err := c.reviewer(ctx)
	if err != nil {
		return Checklists{}, err
	}
	out := Checklists{Me: me.Name, Reviews: []ReviewRow{}, Items: len(v.Items), Agreement: agreedRows(v.Reviews)}
	begun := map[verify.Digest]bool{}
	for i := range v.Reviews {
		r := &v.Reviews[i]
		if r.State() == assess.Unassessed {
			continue
		}
		begun[r.Item] = true
		if it := v.Item(r.Item); it != nil {
			out.Reviews = append(out.Reviews, reviewRow(v, it, r, me))
		}
	}
	for i := range v.Items {
		if begun[v.Items[i].Digest] {
			continue
		}
		if out.Left++; out.Next == "" {
			out.Next = v.Items[i].Digest
		}
	}
	slices.SortStableFunc(out.Reviews, func(a, b ReviewRow) int {
		return cmp.Or(cmp.Compare(waiting(a.Turn), waiting(b.Turn)), cmp.Compare(a.Card.Path, b.Card.Path))
	})
	out.More = max(0, len(out.Reviews)-mostReviews)
	out.Reviews = out.Reviews[:len(out.Reviews)-out.More]
	return out, nil
}

// waiting puts what waits for the person before what does not.
func waiting(turn string) int {
	return map[string]int{"yours-third": 0, "yours-second": 1, "yours-first": 2, "handed-in": 3, "": 4}[turn]
}

func reviewRow(v *View, it *verify.Item, r *assess.Review, me assess.Reviewer) ReviewRow {
	seen := r.Seen(me)
	row := ReviewRow{Card: v.card(it), State: r.State(), StateText: r.State().InWords(), Outcome: r.Conclusion(), By: []string{}}
	for _, s := range seen.Sheets {
		for _, who := range s.Reviewers {
			if !slices.Contains(row.By, who.Name) {
				row.By = append(row.By, who.Name)
			}
		}
	}
	if !r.Open() {
		row.Differ = len(seen.Disagreements())
	}
	round, err := r.Turn(me)
	own := seen.Sheet(round)
	switch {
	case err != nil:
	case own != nil && own.Done && r.Open():
		row.Turn = "handed-in"
	case own != nil && own.Done:
	case round == assess.First:
		row.Turn = "yours-first"
	case round == assess.Second && r.State() != assess.SingleReview:
		row.Turn = "yours-second"
	case round == assess.Adjudication:
		row.Turn = "yours-third"
	}
	return row
}

func agreedRows(reviews []assess.Review) []AgreedRow {
	out := []AgreedRow{}
	for _, a := range assess.Agreements(reviews) {
		row := AgreedRow{What: a.What, Kind: a.Kind, Title: a.What, Both: a.Pairs, Alike: a.Agree, Words: a.Kappa.InWords(), Table: a.Table, Categories: []string{}}
		for _, k := range a.Categories {
			row.Categories = append(row.Categories, replyWords(k))
		}
		if step, ok := assess.FindStep(a.What); ok && a.Kind == "step" {
			row.Title = step.Question
		} else if title, ok := claimTitles()[assess.Subject(a.What)]; ok {
			row.Title = title[0]
		} else {
			row.Title = fmt.Sprintf("The %s", a.What)
		}
		out = append(out, row)
	}
	return out
}
