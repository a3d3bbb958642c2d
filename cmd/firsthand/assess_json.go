package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// assessedLine is the assessment of one item as --json writes it. While the
// double review is open, sheets of others are not in it, and neither are claims
// and conclusion.
type assessedLine struct {
	Path         string              `json:"path"`
	SHA256       verify.Digest       `json:"sha256"`
	Review       source.Text         `json:"review"` // null where nobody has begun
	Open         bool                `json:"open"`
	Conclusion   source.Text         `json:"conclusion"`
	Missing      []string            `json:"missing"` // for verified
	Claims       []assess.Claim      `json:"claims"`
	Marks        assess.Marks        `json:"marks"`
	GraphicLevel *int                `json:"graphic_level"` // of the item or of a copy
	GraphicBasis source.Text         `json:"graphic_basis"` // stated or derived
	Sheets       []sheetLine         `json:"sheets"`
	Suggestions  []assess.Suggestion `json:"suggestions"`
}

// sheetLine is one sheet; without what the reader of a file of sheets does not
// know, it is one of those.
type sheetLine struct {
	Round      assess.Round      `json:"round"`
	Reviewers  []assess.Reviewer `json:"reviewers"`
	Blind      bool              `json:"blind"`
	Answers    []assess.Answer   `json:"answers"`
	Claims     []assess.Claim    `json:"claims"`
	Conclusion source.Text       `json:"conclusion"`
	Limits     string            `json:"limits"`
	Done       bool              `json:"handed_in"`
	DoneAt     *time.Time        `json:"handed_in_at"`
	OpenSteps  []string          `json:"open_steps"`
}

func newSheetLine(s assess.Sheet) sheetLine {
	l := sheetLine{
		Round: s.Round, Reviewers: append([]assess.Reviewer{}, s.Reviewers...), Blind: s.Blind, Answers: []assess.Answer{}, Claims: claimList(s.Claims),
		Conclusion: source.Text(s.Conclusion), Limits: s.Limits, Done: s.Done, OpenSteps: []string{},
	}
	if s.Done {
		l.DoneAt = &s.DoneAt
	}
	for _, step := range assess.Steps() {
		a, ok := s.Answers[step.ID]
		switch {
		case ok:
			a.Evidence = append([]assess.Evidence{}, a.Evidence...)
			l.Answers = append(l.Answers, a)
		case !step.Derived:
			l.OpenSteps = append(l.OpenSteps, step.ID)
		}
	}
	return l
}

func claimList(claims map[assess.Subject]assess.Claim) []assess.Claim {
	out := []assess.Claim{}
	for _, s := range assess.Subjects() {
		if c, ok := claims[s]; ok {
			c.Basis = append([]string{}, c.Basis...)
			out = append(out, c)
		}
	}
	return out
}

// newAssessedLine is an item as a person may see its assessment.
func newAssessedLine(it *verify.Item, r assess.Review, by assess.Reviewer, graphic map[verify.Digest]assess.Graphic) assessedLine {
	seen := r.Seen(by)
	l := assessedLine{
		Path: it.Path(), SHA256: it.Digest, Review: source.Text(r.State()), Open: r.Open(), Conclusion: source.Text(r.Conclusion()),
		Missing: append([]string{}, r.Missing()...), Claims: claimList(r.Claims()), Marks: r.Marks, Sheets: []sheetLine{}, Suggestions: []assess.Suggestion{},
	}
	if g, ok := graphic[it.Digest]; ok {
		l.GraphicLevel, l.GraphicBasis = &g.Level, source.Text(g.Basis)
	}
	for _, s := range seen.Sheets {
		l.Sheets = append(l.Sheets, newSheetLine(s))
	}
	return l
}

// assessedItem is an item in `items --json`: its line and, beyond that, how far
// its assessment has come.
type assessedItem struct {
	verify.Line
	Review       source.Text          `json:"review"`
	Conclusion   source.Text          `json:"conclusion"`
	Missing      []string             `json:"missing_for_verified"`
	GraphicLevel *int                 `json:"graphic_level"`
	GraphicBasis source.Text          `json:"graphic_basis"`
	Sensitivity  []assess.Sensitivity `json:"sensitivity"`
}

func newAssessedItem(it *verify.Item, r assess.Review, graphic map[verify.Digest]assess.Graphic) assessedItem {
	l := newAssessedLine(it, r, assess.Reviewer{}, graphic)
	out := assessedItem{
		Line: it.Line(), Review: l.Review, Conclusion: l.Conclusion, Missing: l.Missing,
		GraphicLevel: l.GraphicLevel, GraphicBasis: l.GraphicBasis, Sensitivity: append([]assess.Sensitivity{}, r.Marks.Sensitivity...),
	}
	if r.State() == assess.Unassessed {
		out.Missing = []string{}
	}
	return out
}

// reviewsByItem are the reviews by the item they are of.
func reviewsByItem(reviews []assess.Review) map[verify.Digest]assess.Review {
	out := make(map[verify.Digest]assess.Review, len(reviews))
	for _, r := range reviews {
		out[r.Item] = r
	}
	return out
}

func sortedByPath(items []verify.Item) []verify.Item {
	return slices.SortedFunc(slices.Values(items), func(a, b verify.Item) int { return cmp.Compare(a.Path(), b.Path()) })
}
