package api

import (
	"cmp"
	"context"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// PairsIn says which pairs to go through.
type PairsIn struct {
	Of string `json:"of" in:"query"` // item, cluster, or unjudged (also "")
	ID string `json:"id" in:"query"` // of the item or the cluster
}

// Pairs is what to go through, in order.
type Pairs struct {
	List []Pair `json:"list"`
	More int    `json:"more"` // that are left out
}

// Pair is two items that were found alike.
type Pair struct {
	A        verify.Digest   `json:"a"`
	B        verify.Digest   `json:"b"`
	NameA    string          `json:"name_a"`
	NameB    string          `json:"name_b"`
	Relation verify.Relation `json:"relation"`
	Score    float64         `json:"score"`
	Said     string          `json:"said"` // a person's word on it, "" for none
}

// mostPairs is how many one list holds.
const mostPairs = 5000

func pairs(ctx context.Context, c *Case, in PairsIn) (Pairs, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Pairs{}, err
	}
	wanted, err := v.wantedPairs(in)
	if err != nil {
		return Pairs{}, err
	}
	verdicts := verify.PairVerdicts(v.Decisions)
	p := Pairs{List: []Pair{}}
	for i := range v.Matches {
		m := &v.Matches[i]
		if m.DigestA == m.DigestB || v.Item(m.DigestA) == nil || v.Item(m.DigestB) == nil {
			continue // equal bytes are one item
		}
		one := Pair{m.DigestA, m.DigestB, lastPart(m.A), lastPart(m.B), m.Relation, m.Score, verdicts[verify.Pair(m.DigestA, m.DigestB)].Kind}
		if wanted(&one) {
			p.List = append(p.List, one)
		}
	}
	slices.SortFunc(p.List, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(nearness(a.Relation), nearness(b.Relation)), cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	if len(p.List) > mostPairs {
		p.List, p.More = p.List[:mostPairs], len(p.List)-mostPairs
	}
	return p, nil
}

// wantedPairs gives the test for a pair to be in the list.
func (v *View) wantedPairs(in PairsIn) (func(*Pair) bool, error) {
	switch in.Of {
	case "", "unjudged":
		return func(p *Pair) bool { return p.Said == "" }, nil
	case "item":
		d := verify.Digest(in.ID)
		return func(p *Pair) bool { return p.A == d || p.B == d }, nil
	case "cluster":
		members := map[verify.Digest]bool{}
		for i := range v.Clusters {
			if v.Clusters[i].ID == in.ID {
				for _, d := range v.Clusters[i].Digests {
					members[d] = true
				}
			}
		}
		return func(p *Pair) bool { return members[p.A] && members[p.B] }, nil
	}
	return nil, refused("pairs are those of an item, of a cluster, or those that nobody judged, not %q", in.Of)
}

// verdictOn is what a person last said of two items, nil for nothing.
func (v *View) verdictOn(a, b verify.Digest) *Verdict {
	d, ok := verify.PairVerdicts(v.Decisions)[verify.Pair(a, b)]
	if !ok {
		return nil
	}
	return &Verdict{d.Kind, d.By, momentText(d.At), d.Reason, d.Seq}
}
