package match

import (
	"math/rand"
	"slices"
	"testing"
)

// Of a large case each picture's likeliest candidates are examined; the better
// of a pair's two rankings counts, and the order of the proposals does not.
func TestLikeliestCandidatesFirst(t *testing.T) {
	const n = 12000
	var all []proposal
	for a := range n {
		for turn := range turnsMost {
			all = append(all, proposal{a: a, b: n + 40*a + turn, rank: turn, turn: turn})
		}
		all = append(all, proposal{a: a, b: n + 40*a + turnsMost - 1, rank: 9, turn: 0}) // from the other side
	}
	want, left := likeliest(slices.Clone(all))
	if len(want) > rankedBudget || len(want) < rankedBudget-2*n || len(want)+left != n*turnsMost {
		t.Errorf("%d pairs taken, %d left", len(want), left)
	}
	last := 0
	for _, p := range want {
		if p.b == n+40*p.a+turnsMost-1 {
			last++
			if !p.late {
				t.Fatal("the tenth candidate is examined before any way over copies")
			}
		}
	}
	if last != n {
		t.Errorf("%d of %d pairs taken that the other side ranks first", last, n)
	}
	rand.New(rand.NewSource(1)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if got, _ := likeliest(all); !slices.Equal(got, want) {
		t.Error("another order gives other pairs")
	}
}
