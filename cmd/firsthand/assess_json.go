package main

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

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
	l := assess.NewLine(it, r, assess.Reviewer{}, graphic)
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
