package main

import (
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
)

// judge holds what was found against what was made: two files of one picture
// are copies, two of different pictures are strangers. Files that were broken
// on purpose count for neither.
func (l *load) judge() error {
	clusters, err := lines[verify.Cluster](l.program, "duplicates", "--clusters", "--case", l.folder())
	if err != nil {
		return err
	}
	type pair struct{ A, B, Relation string }
	pairs, err := lines[pair](l.program, "duplicates", "--case", l.folder())
	if err != nil {
		return err
	}
	of := map[string]int{} // capture by path
	for i := range l.plan.files {
		if f := &l.plan.files[i]; f.made != asBroken {
			of[f.rel()] = f.capture
		}
	}
	reported := map[[2]string]bool{}
	strangers := 0
	for _, p := range pairs {
		reported[[2]string{min(p.A, p.B), max(p.A, p.B)}] = true
		a, okA := of[p.A]
		b, okB := of[p.B]
		if okA && okB && a != b {
			strangers++
			if strangers <= 3 {
				fmt.Printf("  strangers paired: %s and %s (%s)\n", p.A, p.B, p.Relation)
			}
		}
	}
	found, made := l.plan.found(clusters, reported)
	copies, wrong := float64(found)/float64(max(1, made)), float64(strangers)/float64(max(1, len(pairs)))
	l.fails = append(l.fails, verdict(fmt.Sprintf("copies: %d of %d pairs in one cluster or paired: %.4f, at least %.2f", found, made, copies, leastCopies), copies >= leastCopies)...)
	l.fails = append(l.fails, verdict(fmt.Sprintf("strangers: %d of %d pairs: %.5f, at most %.3f", strangers, len(pairs), wrong, mostStrangers), wrong <= mostStrangers)...)
	return nil
}

// found counts the pairs of copies that were made, and those of them that are
// in one cluster or were reported as a pair, as a part is of what it was cut
// from. Files with the same bytes are one item, and always found.
func (l *loadPlan) found(clusters []verify.Cluster, reported map[[2]string]bool) (found, made int) {
	cluster := map[string]int{}
	for i := range clusters {
		for _, m := range clusters[i].Members {
			cluster[m] = i + 1
		}
	}
	for i := range l.captures {
		var whole []*loadFile
		for _, n := range l.captures[i].posts {
			if l.files[n].made != asBroken {
				whole = append(whole, &l.files[n])
			}
		}
		for a := range whole {
			for b := range a {
				made++
				x, y := whole[a].rel(), whole[b].rel()
				if whole[a].unchanged() && whole[b].unchanged() || cluster[x] != 0 && cluster[x] == cluster[y] || reported[[2]string{min(x, y), max(x, y)}] {
					found++
				}
			}
		}
	}
	return found, made
}

// unchanged says that a file has the bytes of the first post of its picture.
func (f *loadFile) unchanged() bool { return f.made == asPosted || f.made == asSame }
