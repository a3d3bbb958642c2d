package main

import (
	"strings"
	"testing"
)

// TestBoundsAreOnMeans: one case below a bound passes where the mean does not,
// and recycled files are counted over all cases.
func TestBoundsAreOnMeans(t *testing.T) {
	row := func(precision, recall float64, over, flagged, joined int) incidentRow {
		return incidentRow{score: incidentScore{events: agreement{precision, recall}, overMerged: over, findable: 10, flagged: flagged, joined: joined}}
	}
	table := incidentTable{setting: automatic, rows: []incidentRow{row(.88, .5, 2, 8, 0), row(1, .8, 0, 10, 0)}}
	if failed := table.held(); len(failed) > 0 {
		t.Errorf("failed: %v", failed)
	}
	table.rows = append(table.rows, row(.88, .2, 2, 5, 1))
	failed := strings.Join(table.held(), "\n")
	for _, what := range []string{"B3 precision: 0.920", "B3 recall: 0.500", "over-merged clusters a case: 1.3", "older copy: 0.767", "joined to what they claim: 0.3"} {
		if !strings.Contains(failed, what) {
			t.Errorf("%q did not fail:\n%s", what, failed)
		}
	}
	table = incidentTable{setting: balanced, rows: []incidentRow{{score: incidentScore{events: agreement{.8, .7}, clicks: clicks{merges: 20, splits: 4, moves: 2}}}}}
	failed = strings.Join(table.held(), "\n")
	if !strings.Contains(failed, "F1: 0.747") || !strings.Contains(failed, "clicks to truth a case: 26.0") {
		t.Errorf("did not fail:\n%s", failed)
	}
}

func TestLargeCaseWantsOneSettingThatHolds(t *testing.T) {
	table := func(setting string, pairs, recall float64) incidentTable {
		return incidentTable{setting, []incidentRow{{score: incidentScore{pairs: agreement{precision: pairs}, events: agreement{1, recall}}}}}
	}
	good, mixed, split := table(automatic, .95, .6), table(balanced, .5, .9), table(automatic, .95, .3)
	for _, pair := range [][]incidentTable{{good, mixed}, {mixed, good}} {
		if failed := largeHeld(pair); len(failed) > 0 {
			t.Errorf("%v", failed)
		}
	}
	if failed := largeHeld([]incidentTable{mixed, split}); len(failed) != 1 {
		t.Errorf("each setting misses one bound: %v", failed)
	}
}
