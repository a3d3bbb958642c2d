package assess

import (
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Line is the assessment of one item as a person may see it, in the form of the
// output contract. While the double review is open, sheets of others are not in
// it, and neither are claims and conclusion.
type Line struct {
	Path         string        `json:"path"`
	SHA256       verify.Digest `json:"sha256"`
	Review       source.Text   `json:"review"` // a [State]; null where nobody has begun
	Open         bool          `json:"open"`
	Conclusion   source.Text   `json:"conclusion"`
	Missing      []string      `json:"missing"` // for verified
	Claims       []Claim       `json:"claims"`
	Marks        Marks         `json:"marks"`
	GraphicLevel *int          `json:"graphic_level"` // of the item or of a copy
	GraphicBasis source.Text   `json:"graphic_basis"` // stated or derived
	Sheets       []SheetLine   `json:"sheets"`
	Suggestions  []Suggestion  `json:"suggestions"`
}

// SheetLine is one sheet; without what the reader of a file of sheets does not
// know, it is one of those.
type SheetLine struct {
	Round      Round       `json:"round"`
	Reviewers  []Reviewer  `json:"reviewers"`
	Blind      bool        `json:"blind"`
	Answers    []Answer    `json:"answers"` // in the order of the checklist
	Claims     []Claim     `json:"claims"`
	Conclusion source.Text `json:"conclusion"`
	Limits     string      `json:"limits"`
	Done       bool        `json:"handed_in"`
	DoneAt     *time.Time  `json:"handed_in_at"`
	OpenSteps  []string    `json:"open_steps"`
}

// NewLine is an item as a person may see its assessment. What the program knows
// beside it is the caller's to add: see [Suggest].
func NewLine(it *verify.Item, r Review, by Reviewer, graphic map[verify.Digest]Graphic) Line {
	seen := r.Seen(by)
	l := Line{
		Path: it.Path(), SHA256: it.Digest, Review: source.Text(r.State()), Open: r.Open(), Conclusion: source.Text(r.Conclusion()),
		Missing: append([]string{}, r.Missing()...), Claims: claimList(r.Claims()), Marks: r.Marks, Sheets: []SheetLine{}, Suggestions: []Suggestion{},
	}
	if g, ok := graphic[it.Digest]; ok {
		l.GraphicLevel, l.GraphicBasis = &g.Level, source.Text(g.Basis)
	}
	for _, s := range seen.Sheets {
		l.Sheets = append(l.Sheets, NewSheetLine(s))
	}
	return l
}

// NewSheetLine is a sheet with its lists in the order of the checklist.
func NewSheetLine(s Sheet) SheetLine {
	l := SheetLine{
		Round: s.Round, Reviewers: append([]Reviewer{}, s.Reviewers...), Blind: s.Blind, Answers: []Answer{}, Claims: claimList(s.Claims),
		Conclusion: source.Text(s.Conclusion), Limits: s.Limits, Done: s.Done, OpenSteps: []string{},
	}
	if s.Done {
		l.DoneAt = &s.DoneAt
	}
	for _, step := range Steps() {
		a, ok := s.Answers[step.ID]
		switch {
		case ok:
			a.Evidence = append([]Evidence{}, a.Evidence...)
			l.Answers = append(l.Answers, a)
		case !step.Derived:
			l.OpenSteps = append(l.OpenSteps, step.ID)
		}
	}
	return l
}

func claimList(claims map[Subject]Claim) []Claim {
	out := []Claim{}
	for _, s := range Subjects() {
		if c, ok := claims[s]; ok {
			c.Basis = append([]string{}, c.Basis...)
			out = append(out, c)
		}
	}
	return out
}
