package assess

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Agreement is how two reviewers answered one question over all items whose two
// reviews are handed in.
type Agreement struct {
	What       string   `json:"what"` // id of a step, a claim, or conclusion
	Kind       string   `json:"kind"` // step, claim or conclusion
	Categories []string `json:"categories"`
	Table      [][]int  `json:"table"`       // rows are answers of the first reviewer, columns of the second
	OnlyFirst  int      `json:"only_first"`  // items that the second left open
	OnlySecond int      `json:"only_second"` // items that the first left open
	Kappa
}

// ItemReview is the double review of one item as it is reported.
type ItemReview struct {
	Item          verify.Digest  `json:"item"`
	State         State          `json:"review"`
	First         []string       `json:"first"` // names
	Second        []string       `json:"second"`
	Blind         bool           `json:"blind"`
	Disagreements []Disagreement `json:"disagreements"` // what needs a third person
	Differences   []Disagreement `json:"differences"`   // finer ones, which do not
	Conclusion    Conclusion     `json:"conclusion"`
	Missing       []string       `json:"missing"` // for verified
}

// Compared reports a double review whose two sheets are handed in, and false of
// any other.
func Compared(r Review) (ItemReview, bool) {
	if !r.done(First) || !r.done(Second) {
		return ItemReview{}, false
	}
	a, b := r.Sheet(First), r.Sheet(Second)
	out := ItemReview{
		Item: r.Item, State: r.State(), First: names(a.Reviewers), Second: names(b.Reviewers), Blind: b.Blind,
		Disagreements: append([]Disagreement{}, r.Disagreements()...), Differences: []Disagreement{},
		Conclusion: r.Conclusion(), Missing: append([]string{}, r.Missing()...),
	}
	for _, s := range Subjects() {
		if x, y := a.Claims[s].Grade, b.Claims[s].Grade; x != y && class(x) == class(y) {
			out.Differences = append(out.Differences, Disagreement{string(s), string(orUngraded(x)), string(orUngraded(y)), "the weaker grade stands"})
		}
	}
	for _, s := range Steps() {
		x, y := a.Answers[s.ID].Answer, b.Answers[s.ID].Answer
		if x != y && !(x == Pass && y == Fail) && !(x == Fail && y == Pass) {
			out.Differences = append(out.Differences, Disagreement{s.ID, x.InWords(), y.InWords(), "the answers differ"})
		}
	}
	return out, true
}

func names(list []Reviewer) []string {
	out := []string{}
	for _, r := range list {
		if !slices.Contains(out, r.Name) {
			out = append(out, r.Name)
		}
	}
	return out
}

// Agreements compares first and second sheets of all items whose two reviews
// are handed in, question by question: the conclusion, the claims, the steps.
// A question that nobody answered is left out.
func Agreements(reviews []Review) []Agreement {
	out := []Agreement{agreement("conclusion", "conclusion", Conclusions(), reviews, func(s *Sheet) Conclusion { return s.Conclusion })}
	for _, c := range Subjects() {
		out = append(out, agreement(string(c), "claim", Grades(), reviews, func(s *Sheet) Grade { return s.Claims[c].Grade }))
	}
	for _, step := range Steps() {
		out = append(out, agreement(step.ID, "step", Replies(), reviews, func(s *Sheet) Reply { return s.Answers[step.ID].Answer }))
	}
	return slices.DeleteFunc(out, func(a Agreement) bool { return a.Pairs+a.OnlyFirst+a.OnlySecond == 0 })
}

func agreement[T ~string](what, kind string, categories []T, reviews []Review, of func(*Sheet) T) Agreement {
	a := Agreement{What: what, Kind: kind, Table: make([][]int, len(categories))}
	for i, c := range categories {
		a.Categories = append(a.Categories, string(c))
		a.Table[i] = make([]int, len(categories))
	}
	for i := range reviews {
		r := &reviews[i]
		if !r.done(First) || !r.done(Second) {
			continue
		}
		x, y := slices.Index(categories, of(r.Sheet(First))), slices.Index(categories, of(r.Sheet(Second)))
		switch {
		case x >= 0 && y >= 0:
			a.Table[x][y]++
		case x >= 0:
			a.OnlyFirst++
		case y >= 0:
			a.OnlySecond++
		}
	}
	a.Kappa = CohensKappa(a.Table)
	return a
}
