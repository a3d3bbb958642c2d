package assess

import "math"

// Missing says why there is no kappa.
type Missing string

// Why there is none: no subject has two answers, there is one subject alone, or
// one answer alone was ever given.
const (
	NoSubjects Missing = "no-subjects"
	OneSubject Missing = "one-subject"
	OneAnswer  Missing = "one-answer"
)

// Fleiss is how far any number of raters agree beyond what chance would give.
type Fleiss struct {
	Subjects int      `json:"subjects"` // that two raters or more answered
	LeftOut  int      `json:"left_out"` // that fewer answered
	Answers  int      `json:"answers"`  // to Subjects
	Observed *float64 `json:"observed"` // mean over the subjects of the share of pairs of raters that agree
	Expected *float64 `json:"expected"` // share that chance would give, by how often each answer was given
	Kappa    *float64 `json:"kappa"`
	Missing  Missing  `json:"missing"` // "" where there is a kappa
}

// FleissKappa computes the kappa of many raters (Fleiss, "Measuring nominal scale
// agreement among many raters", Psychological Bulletin 76 (1971), equations 1 to
// 7) of a table of counts: in row i and column j how many raters gave answer j to
// subject i. The raters need not be the same ones for each subject. Where not all
// subjects have as many of them, the observed agreement is the plain mean of that
// of each subject, and the expected one goes by the share of each answer in all
// answers; with as many raters throughout that is Fleiss' own kappa.
func FleissKappa(table [][]int) Fleiss {
	var f Fleiss
	var given []float64 // how often each answer was
	var agreement float64
	for _, row := range table {
		raters, pairs := 0, 0
		for _, n := range row {
			raters += n
			pairs += n * (n - 1)
		}
		if raters < 2 {
			f.LeftOut++
			continue
		}
		f.Subjects++
		f.Answers += raters
		agreement += float64(pairs) / float64(raters*(raters-1))
		for j, n := range row {
			if j == len(given) {
				given = append(given, 0)
			}
			given[j] += float64(n)
		}
	}
	if f.Subjects == 0 {
		f.Missing = NoSubjects
		return f
	}
	observed, expected := agreement/float64(f.Subjects), 0.0
	for _, n := range given {
		expected += math.Pow(n/float64(f.Answers), 2)
	}
	f.Observed, f.Expected = &observed, &expected
	switch {
	case f.Subjects == 1:
		f.Missing = OneSubject
	case expected >= 1-1e-12:
		f.Missing = OneAnswer
	default:
		kappa := (observed - expected) / (1 - expected)
		f.Kappa = &kappa
	}
	return f
}
