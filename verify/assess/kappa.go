package assess

import (
	"fmt"
	"math"
)

// Kappa is how far two reviewers agree beyond what chance would give.
type Kappa struct {
	Pairs    int      `json:"pairs"`    // items that both answered
	Agree    int      `json:"agree"`    // with the same answer
	Observed *float64 `json:"observed"` // share of them; null where there are none
	Expected *float64 `json:"expected"` // share that chance would give, by how often each used each answer
	Kappa    *float64 `json:"kappa"`    // null where chance alone gives full agreement, or there are no pairs
	Low      *float64 `json:"low"`      // 95 % interval, null where none can be given
	High     *float64 `json:"high"`
	Word     string   `json:"word"` // what the numbers can carry
}

// InWords gives kappa with its interval, and only words where a number alone
// would seem to say something.
func (k Kappa) InWords() string {
	if k.Kappa == nil || k.Low == nil {
		return k.Word
	}
	words := fmt.Sprintf("%.2f (95 %%: %.2f to %.2f)", *k.Kappa, *k.Low, *k.High)
	if k.Word != "" {
		words += ", " + k.Word
	}
	return words
}

// Below fewPairs an interval from a large-sample error says nothing and none is
// given; below somePairs it is a rough one.
const (
	fewPairs  = 10
	somePairs = 30
)

// CohensKappa computes the unweighted kappa of a square table of counts: in
// row i and column j the items to which the first reviewer gave answer i and the
// second answer j (Cohen 1960). The interval is kappa ± 1.96 standard errors,
// within -1 and 1, by Fleiss, Cohen and Everitt, "Large sample standard errors
// of kappa and weighted kappa", Psychological Bulletin 72 (1969), equation 8 for
// the unweighted case.
func CohensKappa(table [][]int) Kappa {
	rows, columns := make([]float64, len(table)), make([]float64, len(table))
	var k Kappa
	for i := range table {
		for j, n := range table[i] {
			k.Pairs += n
			rows[i] += float64(n)
			columns[j] += float64(n)
		}
		k.Agree += table[i][i]
	}
	if k.Pairs == 0 {
		k.Word = "no item was answered by both"
		return k
	}
	n := float64(k.Pairs)
	observed, expected := float64(k.Agree)/n, 0.0
	for i := range rows {
		rows[i], columns[i] = rows[i]/n, columns[i]/n
		expected += rows[i] * columns[i]
	}
	k.Observed, k.Expected = &observed, &expected
	kappa := (observed - expected) / (1 - expected)
	same := expected >= 1-1e-12
	if !same {
		k.Kappa = &kappa
	}
	switch {
	case k.Pairs < fewPairs:
		k.Word = "too few items to say more than which differ"
		return k
	case same:
		k.Word = "both always gave the same one answer, about which kappa says nothing"
		return k
	}
	spread := 1.96 * standardError(table, rows, columns, n, kappa, expected)
	low, high := math.Max(-1, kappa-spread), math.Min(1, kappa+spread)
	k.Low, k.High = &low, &high
	if k.Pairs < somePairs {
		k.Word = "few items: the interval is a rough one"
	}
	return k
}

func standardError(table [][]int, rows, columns []float64, n, kappa, expected float64) float64 {
	var sum float64
	for i := range table {
		for j, count := range table[i] {
			p := float64(count) / n
			if i == j {
				sum += p * math.Pow(1-(rows[i]+columns[i])*(1-kappa), 2)
			} else {
				sum += p * math.Pow((columns[i]+rows[j])*(1-kappa), 2)
			}
		}
	}
	sum -= math.Pow(kappa-expected*(1-kappa), 2)
	return math.Sqrt(math.Max(0, sum)/n) / (1 - expected)
}
