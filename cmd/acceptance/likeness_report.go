package main

import (
	"fmt"
	"maps"
	"slices"
)

// recallBound is a share of true pairs that must be found, in percent, for each
// of some kinds; no kinds means all kinds together.
type recallBound struct {
	least float64
	kinds []string
}

// demandedCopies are the bounds on all photographs and kinds. A kind that was
// not made, as webp_q40 without its encoder, is not judged.
var demandedCopies = []recallBound{
	{99.3, nil},
	{98, []string{"crop_10", "crop_20", "crop_30", "crop_50", "caption", "phone_ui", "letterbox", "pillar_blur", "border",
		"rot5_black", "rot5_crop", "rot20_crop", "rot90", "rot180", "mirror", "lower_third"}},
	{92, []string{"pip35_inset", "pip35_host"}},
	{97, []string{"collage4"}},
	{95, []string{"crop_75"}},
}

// demandedQuick is the bound on the few copies of a quick run.
var demandedQuick = []recallBound{{95, nil}}

// Bounds that hold for runs of any size.
const (
	leastOverlap   = .9
	leastNegatives = 1_000_000 // only a run that has so many is judged by it
	mostFalse      = 0
)

// print writes the table of kinds, and the false pairs, at most twenty.
func (s *likenessScore) print() {
	fmt.Printf("%-18s %6s %6s %7s %11s %12s\n", "copy", "pairs", "found", "%", "same scene", "IoU, median")
	line := func(name string, k kindTally) {
		fmt.Printf("%-18s %6d %6d %7.2f %11d %12.3f\n", name, k.total, k.found, k.recall(), k.scene, median(k.overlaps))
	}
	for _, name := range s.kinds {
		line(name, *s.of[name])
	}
	line("all", s.all())
	fmt.Printf("pairs that share nothing: %d; shown as copies %d, as one scene %d; clusters of different photographs %d\n",
		s.negatives, len(s.falsePairs), len(s.falseScenes), len(s.mixed))
	printWrong("copies", s.falsePairs)
	printWrong("one scene", s.falseScenes)
	for _, c := range s.mixed[:min(len(s.mixed), 5)] {
		fmt.Printf("  %s holds %v\n", c.Cluster, c.Members[:min(len(c.Members), 6)])
	}
	for _, place := range slices.Sorted(maps.Keys(s.places)) {
		fmt.Printf("photographs of one place among the originals, %s: %s\n", place, s.places[place])
	}
}

func printWrong(as string, matches []likeMatch) {
	const most = 20
	for i, m := range matches {
		if i == most {
			fmt.Printf("  and %d more\n", len(matches)-most)
			break
		}
		fmt.Printf("  wrongly %s: %s, %s: %s\n", as, m.A, m.B, m.Why)
	}
}

// recallHeld prints each bound on recall with pass or fail, and gives the
// failures.
func (s *likenessScore) recallHeld(bounds []recallBound) (failed []string) {
	for _, b := range bounds {
		if b.kinds == nil {
			all := s.all()
			failed = append(failed, atLeast("copies found, all kinds", all, b.least)...)
		}
		for _, name := range b.kinds {
			if k := s.of[name]; k != nil {
				failed = append(failed, atLeast("copies found, "+name, *k, b.least)...)
			}
		}
	}
	return failed
}

func atLeast(what string, k kindTally, least float64) []string {
	return verdict(fmt.Sprintf("%s: %.2f %% of %d, at least %.1f %%", what, k.recall(), k.total, least), k.recall() >= least)
}

// purityHeld prints the bounds on what must not be shown, and on where the
// shared part is.
func (s *likenessScore) purityHeld() (failed []string) {
	failed = append(failed, verdict(fmt.Sprintf("pairs that share nothing shown as copies: %d of %d, at most %d",
		len(s.falsePairs), s.negatives, mostFalse), len(s.falsePairs) <= mostFalse)...)
	if s.negatives < leastNegatives {
		fmt.Printf("      (a run of all photographs has at least %d such pairs)\n", leastNegatives)
	}
	failed = append(failed, verdict(fmt.Sprintf("clusters that join different photographs: %d, none allowed",
		len(s.mixed)), len(s.mixed) == 0)...)
	iou := median(s.all().overlaps)
	return append(failed, verdict(fmt.Sprintf("where the shared part is, median IoU: %.3f, at least %.1f", iou, leastOverlap), iou >= leastOverlap)...)
}
