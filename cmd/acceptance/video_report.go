package main

import (
	"fmt"
	"math"
	"slices"
)

// mostMissed is the share of positive pairs that may be missed, one at least.
const mostMissed = .03

// demandedPairs is how many of n positive pairs must be found.
func demandedPairs(n int) int { return min(int(math.Ceil((1-mostMissed)*float64(n))), n-1) }

// print writes the table of relations, and whatever is not as the tables say.
func (s *videoScore) print() {
	fmt.Printf("%-24s %5s %5s %6s %6s %22s %24s %9s\n", "relation", "pairs", "found", "%", "other", "start off, median max s", "overlap off, median max s", "uncertain")
	for _, name := range s.relations {
		s.of[name].print(name)
	}
	all := s.all()
	all.print("all")
	for _, m := range s.missed {
		fmt.Printf("  missed: %s, %s (%s): shown as %s\n", m.a, m.b, m.relation, m.instead)
	}
	for _, o := range s.offStart {
		fmt.Printf("  start off by %+.2f s: %s, %s (%s): %s\n", o.off, o.a, o.b, o.relation, o.match.Why)
	}
	fmt.Printf("hard negatives: %d; called copies %d, another take %d; pairs that share nothing: %d; called copies %d, another take %d\n",
		s.hard, len(s.hardFalse), s.hardScenes, s.unlisted, len(s.falsePairs), s.falseScenes)
	for _, m := range slices.Concat(s.hardFalse, s.falsePairs) {
		fmt.Printf("  wrongly %s: %s, %s: %s\n", m.Relation, m.A, m.B, m.Why)
	}
}

func (k *videoTally) print(name string) {
	fmt.Printf("%-24s %5d %5d %6.1f %6d %22s %24s %9d\n", name, k.total, k.found, 100*float64(k.found)/float64(max(k.total, 1)),
		k.other, spreadOf(k.starts), spreadOf(k.overlaps), k.uncertain)
}

// spreadOf is the median and the largest of some errors.
func spreadOf(v []float64) string {
	if len(v) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f %.2f", median(v), slices.Max(v))
}

// held prints each bound with pass or fail, and gives the failures.
func (s *videoScore) held(engine string) (failed []string) {
	all := s.all()
	least := demandedPairs(all.total)
	failed = append(failed, verdict(fmt.Sprintf("%s: positive pairs found: %d of %d, at least %d", engine, all.found, all.total, least), all.found >= least)...)
	wrong := len(s.hardFalse) + len(s.falsePairs)
	failed = append(failed, verdict(fmt.Sprintf("%s: pairs wrongly called copies: %d of %d, at most %d", engine, wrong, s.hard+s.unlisted, mostFalse), wrong <= mostFalse)...)
	off := len(s.offStart) + all.untimed
	return append(failed, verdict(fmt.Sprintf("%s: starts more than %d s off or without a time: %d of %d, none allowed",
		engine, startWithin, off, len(all.starts)+all.untimed), off == 0)...)
}
