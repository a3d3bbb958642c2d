package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// sceneTally is how pairs of different photographs of one place are shown.
type sceneTally struct {
	pairs, scene, copies int
	called               []likeMatch // those shown as copies
}

func (t sceneTally) String() string {
	return fmt.Sprintf("%d pairs: one scene %d, copy %d, nothing %d", t.pairs, t.scene, t.copies, t.pairs-t.scene-t.copies)
}

func tallyScenes(pairs []truth.Pair, best map[truth.Pair]likeMatch) (t sceneTally) {
	t.pairs = len(pairs)
	for _, p := range pairs {
		m, ok := best[p]
		switch {
		case ok && m.copy():
			t.copies++
			t.called = append(t.called, m)
		case ok:
			t.scene++
		}
	}
	return t
}

// mostScenesAsCopies is the share of such pairs that may be called copies.
const mostScenesAsCopies = .02

// allPairs is how many pairs of one place a full run makes.
const allPairs = 72

// sceneSet scans pairs of photographs of one place, made with true parallax.
func (l *likeness) sceneSet() error {
	fmt.Printf("\n== likeness, one place from two points\n")
	if l.scenes == "" {
		l.scenes = l.folder("scenes")
		n := allPairs
		if l.quick {
			n = quickPairs
		}
		if err := l.mklikeness("-scenes", l.scenes, "-pairs", strconv.Itoa(n)); err != nil {
			return fmt.Errorf("likeness: make scenes: %w", err)
		}
	}
	rows, err := truth.ReadTable(filepath.Join(l.scenes, "pairs.csv"))
	if err != nil {
		return fmt.Errorf("likeness: %w", err)
	}
	listed, err := l.listing(filepath.Join(l.work, "case-"+filepath.Base(l.scenes)), l.scenes)
	if err != nil {
		return fmt.Errorf("likeness, scenes: %w", err)
	}
	listed.print(2 * len(rows))
	return failure("likeness", reportScenes(rows, filepath.Base(l.scenes), listed.matches))
}

// reportScenes prints how the pairs are shown, by how they were made, and what
// else is listed: cut-outs of one photograph may stand in several places.
func reportScenes(rows []map[string]string, source string, matches []likeMatch) (failed []string) {
	best := strongest(matches)
	ways := map[string][]truth.Pair{}
	built := map[string][]string{} // the photographs that a picture is made of
	var all []truth.Pair
	for _, r := range rows {
		p := truth.PairOf(source+"/"+r["a"], source+"/"+r["b"])
		ways[r["how"]] = append(ways[r["how"]], p)
		all = append(all, p)
		for _, path := range p {
			built[path] = strings.Split(r["photographs"], "|")
		}
	}
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		fmt.Printf("%-24s %s\n", way, tallyScenes(ways[way], best))
	}
	t := tallyScenes(all, best)
	fmt.Printf("%-24s %s\n", "all", t)
	printWrong("copies", t.called)
	var strangers []likeMatch
	for _, at := range sortedPairs(best) {
		common := func(photograph string) bool { return slices.Contains(built[at[1]], photograph) }
		if m := best[at]; m.copy() && !slices.ContainsFunc(built[at[0]], common) {
			strangers = append(strangers, m)
		}
	}
	printWrong("copies", strangers)
	most := mostScenesAsCopies * float64(t.pairs)
	failed = append(failed, verdict(fmt.Sprintf("photographs of one place shown as copies: %d of %d, at most %.0f %%",
		t.copies, t.pairs, 100*mostScenesAsCopies), float64(t.copies) <= most)...)
	return append(failed, verdict(fmt.Sprintf("places that share nothing shown as copies: %d, at most %d",
		len(strangers), mostFalse), len(strangers) <= mostFalse)...)
}
