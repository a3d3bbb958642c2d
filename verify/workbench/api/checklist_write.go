package api

import (
	"context"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// SheetIn is what a person says in their sheet of an item: what is not given
// stays as it is. It stands under the name of who works here.
type SheetIn struct {
	ID         verify.Digest     `json:"id" in:"path"`
	Answers    []AnswerIn        `json:"answers"`
	Claims     []ClaimIn         `json:"claims"`
	Conclusion assess.Conclusion `json:"conclusion"`
	Limits     string            `json:"limits"`
	Marks      *MarksIn          `json:"marks"`
	Done       bool              `json:"done"`      // hands the sheet in
	Single     bool              `json:"single"`    // no second review is wanted
	Reopen     bool              `json:"reopen"`    // begins a closed review anew
	TakeBack   int64             `json:"take_back"` // an entry of this person's that does not hold, 0 for none
}

// AnswerIn is an answer to a question; an empty one takes it away.
type AnswerIn struct {
	Step     string       `json:"step"`
	Answer   assess.Reply `json:"answer"`
	Note     string       `json:"note"`
	Evidence []string     `json:"evidence"` // as typed: "frame_ms=1200"
	Minutes  float64      `json:"minutes"`
}

// ClaimIn is the grade of a claim.
type ClaimIn struct {
	Claim assess.Subject `json:"claim"`
	Grade assess.Grade   `json:"grade"`
	Value string         `json:"value"`
	Basis []string       `json:"basis"`
}

// MarksIn are marks of an item; null leaves one as it is.
type MarksIn struct {
	Graphic        *int                  `json:"graphic"`
	Sensitivity    *[]assess.Sensitivity `json:"sensitivity"`
	Restriction    *string               `json:"restriction"`
	Faces          *bool                 `json:"faces"`
	Consent        *string               `json:"consent"`
	RightsOwner    *string               `json:"rights_owner"`
	Rights         *string               `json:"rights"`
	CreatorWilling *bool                 `json:"creator_willing"`
}

// assessItem writes in the sheet of who works here.
func assessItem(ctx context.Context, c *Case, in SheetIn) (Done, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Done{}, err
	}
	it := v.Item(in.ID)
	if it == nil {
		return Done{}, missing("this item is not in the case, or no longer in any source")
	}
	act, err := in.act()
	if err != nil {
		return Done{}, err
	}
	me, err := c.reviewer(ctx)
	if err != nil {
		return Done{}, err
	}
	review := v.reviewOf(in.ID)
	if round, err := review.Turn(me); err == nil {
		act.Round = round
	}
	text := strings.TrimSuffix(in.words(v.card(it).Name), ".")
	return c.act(ctx, func(ctx context.Context, f *casefile.File) (desk.Made, bool, error) {
		made, err := in.record(ctx, f, me.Name, act)
		if made.Seq == 0 {
			return desk.Made{}, false, err
		}
		return desk.Made{Entries: []desk.Entry{{Seq: made.Seq, By: made.By, Text: text}}}, false, err
	})
}

// record writes the act, or takes an earlier one back.
func (in *SheetIn) record(ctx context.Context, f *casefile.File, by string, act assess.Act) (assess.Act, error) {
	if in.TakeBack != 0 {
		return desk.TakeBackAct(ctx, f, by, in.TakeBack)
	}
	made, err := desk.Assess(ctx, f, by, act)
	if len(made) == 0 {
		return assess.Act{}, err
	}
	return made[0], err
}

// act is what the person says, as the ledger takes it.
func (in *SheetIn) act() (assess.Act, error) {
	a := assess.Act{
		Item: in.ID, Round: assess.First, Conclusion: in.Conclusion, Limits: in.Limits, Done: in.Done, Single: in.Single, Reopen: in.Reopen,
		Marks: in.Marks.marks(),
	}
	for _, n := range in.Answers {
		answer := assess.Answer{Step: n.Step, Answer: n.Answer, Note: n.Note, Minutes: n.Minutes}
		for _, text := range n.Evidence {
			e, err := assess.ParseEvidence(text)
			if err != nil {
				return a, refused("question %s: %w", n.Step, err)
			}
			answer.Evidence = append(answer.Evidence, e...)
		}
		a.Answers = append(a.Answers, answer)
	}
	for _, k := range in.Claims {
		a.Claims = append(a.Claims, assess.Claim{Claim: k.Claim, Grade: k.Grade, Value: source.Text(k.Value), Basis: k.Basis})
	}
	return a, nil
}

func (m *MarksIn) marks() *assess.Marks {
	if m == nil {
		return nil
	}
	out := &assess.Marks{
		Graphic: m.Graphic, Restriction: m.Restriction, FacesVisible: m.Faces, ConsentNote: m.Consent,
		RightsOwner: m.RightsOwner, RightsDeclaration: m.Rights, CreatorWilling: m.CreatorWilling,
	}
	if m.Sensitivity != nil {
		out.Sensitivity = append([]assess.Sensitivity{}, *m.Sensitivity...)
	}
	return out
}

// words say what was recorded, for the message after it.
func (in *SheetIn) words(of string) string {
	switch {
	case in.TakeBack != 0:
		return fmt.Sprintf("Entry %d is taken back: the sheet of %s can be changed again.", in.TakeBack, of)
	case in.Reopen:
		return fmt.Sprintf("The review of %s begins anew.", of)
	case in.Done:
		return fmt.Sprintf("The sheet of %s is handed in.", of)
	case in.Single:
		return fmt.Sprintf("No second review of %s is wanted.", of)
	case len(in.Answers) == 1 && in.Answers[0].Answer == "":
		return fmt.Sprintf("%s: not done.", in.Answers[0].Step)
	case len(in.Answers) == 1:
		return fmt.Sprintf("%s: %s.", in.Answers[0].Step, in.Answers[0].Answer.InWords())
	case in.Conclusion != "":
		return "The conclusion is recorded."
	case len(in.Claims) > 0:
		return "The grade is recorded."
	case in.Marks != nil:
		return fmt.Sprintf("How %s is to be handled is recorded.", of)
	}
	return "Recorded."
}
