package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

func checklistRoutes() []Route {
	return []Route{
		onCase("GET", "/checklist", "checklists", "The reviews of a case, as the person may see them, and how well reviewers agree.", checklists),
		onCase("GET", "/checklist/{id}", "checklist", "The checklist of an item: this person's sheet, and those of others once they may be seen.", checklist),
		onCase("POST", "/checklist/{id}", "assess", "Writes in this person's sheet of an item, hands it in, takes that back, or begins a closed review anew.", assessItem),
	}
}

// Checklist is the record of one item's verification as a person may see it:
// while the double review is open, nothing of what others wrote is in it.
type Checklist struct {
	Card        Card               `json:"card"`
	Me          string             `json:"me"` // "" where nobody gave a name
	State       assess.State       `json:"state"`
	StateText   string             `json:"state_text" say:"sentence"`
	Open        bool               `json:"open"` // sheets of others are sealed
	Round       assess.Round       `json:"round"`
	Blind       bool               `json:"blind"` // this sheet is written without having seen another
	CanWrite    bool               `json:"can_write"`
	WhyNot      string             `json:"why_not" say:"sentence"` // "" where it can be written
	HandedIn    string             `json:"handed_in"`              // when, RFC 3339; "" while it is not
	HandedEntry int64              `json:"handed_entry"`           // the entry that can be taken back to go on writing, 0 for none
	Single      bool               `json:"single"`                 // no second review is wanted
	Cycle       int                `json:"cycle"`
	Sections    []ChecklistSection `json:"sections"`
	Claims      []ClaimAsked       `json:"claims"`
	Conclusion  assess.Conclusion  `json:"conclusion"` // of this sheet
	Limits      string             `json:"limits"`
	Lacks       []string           `json:"lacks" say:"sentence"`   // what this sheet's claims lack for "verified"
	Outcome     assess.Conclusion  `json:"outcome"`                // of the review as a whole, "" while it is open
	Missing     []string           `json:"missing" say:"sentence"` // what the item lacks to be verified
	Marks       ItemMarks          `json:"marks"`
	Sides       []SheetSide        `json:"sides"` // the sheets of all, once they may be seen
	Differ      []SheetDiffers     `json:"differ"`
	Choices     ChecklistChoices   `json:"choices"`
}

// ChecklistSection is a heading with its questions.
type ChecklistSection struct {
	ID        string     `json:"id"`
	Title     string     `json:"title" say:"sentence"`
	Result    string     `json:"result" say:"sentence"` // of this sheet, in a sentence
	Questions []Question `json:"questions"`
}

// Question is one step of the checklist.
type Question struct {
	Step     string       `json:"step"`
	Question string       `json:"question" say:"sentence"`
	Help     string       `json:"help" say:"sentence"`
	Derived  string       `json:"derived" say:"sentence"` // the answer that the program gives, of a step that no person answers; else ""
	Answer   assess.Reply `json:"answer"`                 // "" is not done
	Note     string       `json:"note"`
	Evidence []Evidence   `json:"evidence"`
	Minutes  float64      `json:"minutes"`
	By       string       `json:"by"` // who filled it in, "" for nobody
	At       string       `json:"at"`
	Known    []KnownFact  `json:"known"`
}

// KnownFact is something that the program knows beside a question. It answers
// nothing until a person takes it.
type KnownFact struct {
	Text   string   `json:"text" say:"sentence"`
	Origin []string `json:"origin"` // fields that say so; none where it is of the case
}

// Evidence is what an answer rests on, as it is typed and in words.
type Evidence struct {
	Text  string        `json:"text"` // "frame_ms=1200", see assess.ParseEvidence
	Words string        `json:"words" say:"sentence.evidenced"`
	Item  verify.Digest `json:"item"` // the other file that it is in, "" for this one
}

// ClaimAsked is a claim to be graded.
type ClaimAsked struct {
	Claim  assess.Subject `json:"claim"`
	Title  string         `json:"title" say:"sentence"`
	Help   string         `json:"help" say:"sentence"` // how its value is written
	Needed bool           `json:"needed"`              // for "verified"
	Grade  assess.Grade   `json:"grade"`
	Value  string         `json:"value"`
	Basis  []string       `json:"basis"`
}

// SheetSide is one sheet beside others.
type SheetSide struct {
	Round      assess.Round      `json:"round"`
	Title      string            `json:"title" say:"sentence"`
	By         []string          `json:"by"`
	Blind      bool              `json:"blind"`
	HandedIn   string            `json:"handed_in"`
	Answers    []SideAnswer      `json:"answers"`
	Claims     []ClaimAsked      `json:"claims"`
	Conclusion assess.Conclusion `json:"conclusion"`
	Limits     string            `json:"limits"`
	Results    []string          `json:"results" say:"sentence"` // a sentence for each section
}

// SideAnswer is an answer on a sheet beside others.
type SideAnswer struct {
	Step     string       `json:"step"`
	Answer   assess.Reply `json:"answer"`
	Words    string       `json:"words" say:"sentence"`
	Note     string       `json:"note"`
	Evidence []Evidence   `json:"evidence"`
}

// SheetDiffers is one thing on which two reviewers differ.
type SheetDiffers struct {
	What   string `json:"what"` // a step, a claim or conclusion
	First  string `json:"first" say:"sentence"`
	Second string `json:"second" say:"sentence"`
	Why    string `json:"why" say:"sentence"`
	Third  bool   `json:"third"` // needs the decision of a third person
}

// checklist is asked for an item alone: who asks is who works here.
func checklist(ctx context.Context, c *Case, in ItemIn) (Checklist, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Checklist{}, err
	}
	it := v.Item(in.ID)
	if it == nil {
		return Checklist{}, missing("this item is not in the case, or no longer in any source")
	}
	me, err := c.reviewer(ctx)
	if err != nil {
		return Checklist{}, err
	}
	review := v.reviewOf(in.ID)
	out := newChecklist(v, it, &review, me)
	if out.HandedIn != "" && out.Open {
		err = c.Reading(ctx, func(f *casefile.File) (err error) {
			out.HandedEntry, err = desk.HandedIn(ctx, f, in.ID, out.Round)
			return err
		})
	}
	return out, err
}

// reviewer is who works here, as the ledger names them; nobody where no name
// was given.
func (c *Case) reviewer(ctx context.Context) (assess.Reviewer, error) {
	name := strings.TrimSpace(c.api.by())
	if name == "" || c.api.program.Reviewer == nil {
		return assess.Reviewer{}, nil
	}
	var me assess.Reviewer
	err := c.Reading(ctx, func(f *casefile.File) (err error) {
		me, err = c.api.program.Reviewer(f, name)
		return err
	})
	if err != nil {
		return assess.Reviewer{}, fmt.Errorf("say who reviews: %w", err)
	}
	return me, nil
}

// reviewOf is the review of an item, empty where nobody has begun. It is whole:
// what is shown of it goes through [assess.Review.Seen].
func (v *View) reviewOf(item verify.Digest) assess.Review {
	if i := slices.IndexFunc(v.Reviews, func(r assess.Review) bool { return r.Item == item }); i >= 0 {
		return v.Reviews[i]
	}
	return assess.Review{Item: item, Sheets: []assess.Sheet{}}
}

// newChecklist is the checklist of an item as a person may see it. Everything
// that others wrote comes from seen.
func newChecklist(v *View, it *verify.Item, review *assess.Review, me assess.Reviewer) Checklist {
	seen := review.Seen(me)
	round, fault := review.Turn(me)
	sheet := assess.Sheet{Round: round}
	if own := seen.Sheet(round); own != nil {
		sheet = *own
	}
	out := Checklist{
		Card: v.card(it), Me: me.Name, State: review.State(), StateText: review.State().InWords(), Open: review.Open(),
		Round: round, Blind: round == assess.Second && (sheet.Blind || seen.Sheet(round) == nil && !review.Single), Single: review.Single, Cycle: review.Cycle,
		CanWrite: round != 0 && !sheet.Done && (review.Open() || review.State() == assess.Unassessed || review.State() == assess.SingleReview && round == assess.Second || round == assess.Adjudication),
		WhyNot:   whyNot(fault, &sheet, review), Sections: sectionsOf(&sheet, review, assess.Suggest(it, v.Clusters)), Claims: claimsOf(sheet.Claims),
		Conclusion: sheet.Conclusion, Limits: sheet.Limits, Lacks: listOf(seenLacks(&seen, round)), Outcome: review.Conclusion(), Missing: listOf(review.Missing()),
		Marks: itemMarks(&review.Marks), Sides: []SheetSide{}, Differ: []SheetDiffers{}, Choices: checklistChoices(),
	}
	if sheet.Done {
		out.HandedIn = instantText(sheet.DoneAt)
	}
	if !review.Open() {
		for i := range seen.Sheets {
			out.Sides = append(out.Sides, newSheetSide(&seen.Sheets[i]))
		}
		out.Differ = differences(&seen)
	}
	return out
}

// seenLacks goes by the sheets that the person may see alone.
func seenLacks(seen *assess.Review, round assess.Round) []string {
	if round == 0 {
		return nil
	}
	return seen.Lacks(round)
}

// whyNot says in a sentence why a person cannot write.
func whyNot(fault error, sheet *assess.Sheet, r *assess.Review) string {
	switch {
	case errors.Is(fault, assess.ErrNobody):
		return "Give your name or initials in the settings first: a review stands under a name."
	case errors.Is(fault, assess.ErrClosed):
		return "This review is closed and its sheets stay as they are. It can be begun anew."
	case errors.Is(fault, assess.ErrSamePerson):
		return "Another person has to write here: your name or your signing key took part in this review already. Each person works under an account of their own on the computer."
	case fault != nil:
		return upperFirst(fault.Error()) + "."
	case sheet.Done && r.Open():
		return "You handed this sheet in. Take that back to change it, as long as the other has not handed in."
	case sheet.Done:
		return "Both sheets are handed in and stay as they are."
	}
	return ""
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// listOf is a list that is written as one where it is empty.
func listOf(list []string) []string { return append([]string{}, list...) }
