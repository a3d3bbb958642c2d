package publish

import (
	"github.com/firsthand-media/firsthand/verify/assess"
)

// reviews are those of shown items that are settled: what was concluded and how
// each claim was graded, without who did so, what they noted and where they say
// it was. One that is open, or on which two disagree, is not told.
func (s *sieve) reviews(all []assess.Review) []assess.Review {
	var out []assess.Review
	for i := range all {
		r := &all[i]
		if !s.shown[r.Item] {
			continue
		}
		switch r.State() {
		case assess.SingleReview, assess.DoubleAgree, assess.Adjudicated:
		case assess.Unassessed: // marks alone
			continue
		default:
			s.count[openReview]++
			continue
		}
		public := assess.Review{Item: r.Item, Single: r.Single, Cycle: r.Cycle, Marks: publicMarks(&r.Marks)}
		for k := range r.Sheets {
			public.Sheets = append(public.Sheets, s.sheet(&r.Sheets[k]))
		}
		out = append(out, public)
	}
	return out
}

// sheet is what a sheet concludes. Leaving out answers and values makes two
// sheets that agree no less alike.
func (s *sieve) sheet(from *assess.Sheet) assess.Sheet {
	out := assess.Sheet{
		Round: from.Round, Blind: from.Blind, Conclusion: from.Conclusion, Done: from.Done,
		Answers: map[string]assess.Answer{}, Claims: map[assess.Subject]assess.Claim{},
	}
	for subject, c := range from.Claims {
		out.Claims[subject] = assess.Claim{Claim: c.Claim, Grade: c.Grade, Item: c.Item, Round: c.Round, Blind: c.Blind}
	}
	s.count[answers] += len(from.Answers)
	s.count[reviewer] += len(from.Reviewers)
	return out
}

// publicMarks warn of what is shown, and say nothing of people.
func publicMarks(m *assess.Marks) assess.Marks {
	return assess.Marks{Graphic: m.Graphic, Sensitivity: m.Sensitivity}
}
