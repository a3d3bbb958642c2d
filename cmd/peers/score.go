package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// families of kinds of copy, in the order of the table.
var families = []string{"written anew or scaled", "colours, blur, noise", "mirrored, turned", "cropped", "bars, words, screens", "in other pictures"}

// kindWords begin the names of the kinds of each family; what begins with none
// of them stands with bars, words and screens.
var kindWords = map[string]string{
	"jpeg": families[0], "webp": families[0], "resize": families[0], "stretch": families[0], "thumbnail": families[0],
	"bright": families[1], "gamma": families[1], "contrast": families[1], "gray": families[1], "sepia": families[1],
	"blur": families[1], "noise": families[1], "filter": families[1], "inverted": families[1],
	"mirror": families[2], "flip": families[2], "rot90": families[2], "rot180": families[2], "rot5": families[2], "rot20": families[2],
	"crop":    families[3],
	"collage": families[5], "pip": families[5], "inset": families[5], "diptych": families[5],
}

func familyOf(kind string) string {
	for {
		if f, ok := kindWords[kind]; ok {
			return f
		}
		cut := strings.LastIndexAny(kind, "_0123456789")
		if cut < 0 {
			return families[4]
		}
		kind = kind[:cut]
	}
}

// recall is how many of some pairs were found.
type recall struct{ found, of int }

func (r recall) String() string { return percent(r.found, r.of) }

// copiesScore is what groups are worth against the truth.
type copiesScore struct {
	all      recall
	families map[string]recall
	wrong    int // pairs that share nothing
	oneScene int // pairs of different photographs of one place
	mixed    int // groups of three or more whose members have no photograph in common
}

// wrongPairs says in how many groups they are, where groups made them.
func (s copiesScore) wrongPairs() string {
	if s.mixed == 0 {
		return fmt.Sprint(s.wrong)
	}
	return fmt.Sprintf("%d, in %d groups", s.wrong, s.mixed)
}

// scoreGroups holds groups against the truth. Every two members of a group are
// a pair that the finder claims.
func scoreGroups(known *truth.Copies, groups [][]string) copiesScore {
	s := copiesScore{families: map[string]recall{}}
	claimed := map[truth.Pair]bool{}
	for _, g := range groups {
		g = slices.Compact(slices.Sorted(slices.Values(g)))
		for i, a := range g {
			for _, c := range g[:i] {
				claimed[truth.PairOf(a, c)] = true
			}
		}
		if len(g) > 2 && known.Mixed(g) {
			s.mixed++
		}
	}
	for _, row := range known.Rows {
		family := s.families[familyOf(row.Kind)]
		family.of++
		s.all.of++
		if claimed[truth.PairOf(row.Variant, row.Original)] {
			family.found++
			s.all.found++
		}
		s.families[familyOf(row.Kind)] = family
	}
	for p := range claimed {
		switch {
		case known.Share(p[0], p[1]):
		case known.OneScene(p[0], p[1]):
			s.oneScene++
		default:
			s.wrong++
		}
	}
	return s
}

// unknown are listed paths that the truth has not: a sign that a peer's output
// was read wrongly.
func unknown(known *truth.Copies, groups [][]string) error {
	there := map[string]bool{}
	for _, o := range known.Originals {
		there[o] = true
	}
	for _, r := range known.Rows {
		there[r.Variant] = true
	}
	for _, g := range groups {
		for _, path := range g {
			if !there[path] {
				return fmt.Errorf("a file is listed that is not among the pictures: %s", path)
			}
		}
	}
	return nil
}
