package assess

import (
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Words are the free texts of an act, kept apart from its other fields so that
// they can be erased and the rest still stands.
type Words struct {
	Answers map[string]AnswerWords `json:"answers,omitempty"` // by step
	Claims  map[Subject]ClaimWords `json:"claims,omitempty"`
	Limits  string                 `json:"limits,omitempty"`
	Marks   map[string]string      `json:"marks,omitempty"` // consent_note, rights_owner, rights_declaration
}

// AnswerWords are those of an answer.
type AnswerWords struct {
	Note     string     `json:"note,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// ClaimWords are those of a claim.
type ClaimWords struct {
	Value source.Text `json:"value,omitempty"`
	Basis []string    `json:"basis,omitempty"`
}

// Facts are the other fields of an act, as the ledger has them in the clear.
type Facts struct {
	Round      Round         `json:"round,omitempty"`
	Blind      bool          `json:"blind,omitempty"`
	Answers    []AnswerFacts `json:"answers,omitempty"`
	Claims     []ClaimFacts  `json:"claims,omitempty"`
	Conclusion Conclusion    `json:"conclusion,omitempty"`
	Marks      *MarkFacts    `json:"marks,omitempty"`
	Done       bool          `json:"handed_in,omitempty"`
	Single     bool          `json:"single,omitempty"`
	Reopen     bool          `json:"reopened,omitempty"`
	TakesBack  int64         `json:"takes_back,omitempty"`
	By         string        `json:"by"`
}

// AnswerFacts are those of an answer. An empty answer takes it away.
type AnswerFacts struct {
	Step     string  `json:"step"`
	Answer   Reply   `json:"answer"`
	Minutes  float64 `json:"minutes,omitempty"`
	Evidence int     `json:"evidence,omitempty"` // how many pieces
}

// ClaimFacts are those of a claim.
type ClaimFacts struct {
	Claim Subject `json:"claim"`
	Grade Grade   `json:"grade"`
	Bases int     `json:"bases,omitempty"` // how many
}

// MarkFacts are those of marks; a nil field says nothing.
type MarkFacts struct {
	Graphic        *int          `json:"graphic_level,omitempty"`
	Sensitivity    []Sensitivity `json:"sensitivity"` // null says nothing, [] that there is none
	Restriction    *string       `json:"security_restriction,omitempty"`
	FacesVisible   *bool         `json:"faces_visible,omitempty"`
	CreatorWilling *bool         `json:"creator_willing,omitempty"`
}

// Split takes an act apart for the ledger: its facts, and its words as JSON, ""
// where it has none.
func (a *Act) Split() (Facts, string, error) {
	f := Facts{Round: a.Round, Blind: a.Blind, Conclusion: a.Conclusion, Done: a.Done, Single: a.Single, Reopen: a.Reopen, TakesBack: a.TakesBack, By: a.By}
	w := Words{Limits: a.Limits}
	for _, n := range a.Answers {
		f.Answers = append(f.Answers, AnswerFacts{n.Step, n.Answer, n.Minutes, len(n.Evidence)})
		if n.Note != "" || len(n.Evidence) > 0 {
			if w.Answers == nil {
				w.Answers = map[string]AnswerWords{}
			}
			w.Answers[n.Step] = AnswerWords{n.Note, n.Evidence}
		}
	}
	for _, c := range a.Claims {
		f.Claims = append(f.Claims, ClaimFacts{c.Claim, c.Grade, len(c.Basis)})
		if c.Value != "" || len(c.Basis) > 0 {
			if w.Claims == nil {
				w.Claims = map[Subject]ClaimWords{}
			}
			w.Claims[c.Claim] = ClaimWords{c.Value, c.Basis}
		}
	}
	if m := a.Marks; m != nil {
		f.Marks = &MarkFacts{m.Graphic, m.Sensitivity, m.Restriction, m.FacesVisible, m.CreatorWilling}
		for name, text := range m.texts() {
			if *text != nil {
				if w.Marks == nil {
					w.Marks = map[string]string{}
				}
				w.Marks[name] = **text
			}
		}
	}
	text, err := json.Marshal(w)
	if err != nil {
		return f, "", fmt.Errorf("words of an assessment: %w", err)
	}
	if string(text) == "{}" {
		return f, "", nil
	}
	return f, string(text), nil
}

// texts are the fields of marks that are words.
func (m *Marks) texts() map[string]**string {
	return map[string]**string{"consent_note": &m.ConsentNote, "rights_owner": &m.RightsOwner, "rights_declaration": &m.RightsDeclaration}
}

// Join puts facts and words together again; "" is the words of an act that has
// none or whose words were erased.
func Join(f Facts, words string) (Act, error) {
	a := Act{By: f.By, Round: f.Round, Blind: f.Blind, Conclusion: f.Conclusion, Done: f.Done, Single: f.Single, Reopen: f.Reopen, TakesBack: f.TakesBack}
	var w Words
	if words != "" {
		if err := json.Unmarshal([]byte(words), &w); err != nil {
			return a, fmt.Errorf("words of an assessment: %w", err)
		}
	}
	a.Limits = w.Limits
	for _, n := range f.Answers {
		said := w.Answers[n.Step]
		a.Answers = append(a.Answers, Answer{Step: n.Step, Answer: n.Answer, Minutes: n.Minutes, Note: said.Note, Evidence: said.Evidence})
	}
	for _, c := range f.Claims {
		said := w.Claims[c.Claim]
		a.Claims = append(a.Claims, Claim{Claim: c.Claim, Grade: c.Grade, Value: said.Value, Basis: said.Basis})
	}
	if m := f.Marks; m != nil {
		a.Marks = &Marks{Graphic: m.Graphic, Sensitivity: m.Sensitivity, Restriction: m.Restriction, FacesVisible: m.FacesVisible, CreatorWilling: m.CreatorWilling}
		for name, to := range a.Marks.texts() {
			if text, ok := w.Marks[name]; ok {
				*to = &text
			}
		}
	}
	return a, nil
}
