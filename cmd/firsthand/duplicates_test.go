package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// TestScenesAreListedApart: another photograph of a place is no duplicate, and
// is never among them.
func TestScenesAreListedApart(t *testing.T) {
	file, err := casefile.Create(filepath.Join(t.TempDir(), "case"), casefile.Options{
		Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), Actor: "test", Machine: "test", Tool: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var matches []verify.Match
	for _, r := range []verify.Relation{verify.Exact, verify.Near, verify.SameScene, verify.Part, verify.SameScene} {
		matches = append(matches, verify.Match{A: "a", B: string(r), Relation: r, Why: "because", Map: &hashing.Affine{1, 0, 0, 0, 1, 0}, ChangedA: verify.Boxes{{0, 0, 1, 1}}})
	}
	if err := file.ReplaceMatches(t.Context(), matches, nil, casefile.RunInfo{Model: "test"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		scenes bool
		want   []verify.Relation
	}{
		{false, []verify.Relation{verify.Exact, verify.Near, verify.Part}},
		{true, []verify.Relation{verify.SameScene, verify.SameScene}},
	} {
		var out bytes.Buffer
		g := &globalOptions{term: &terminal{out: &out}, jsonOut: true}
		if err := g.listMatches(t.Context(), file, c.scenes); err != nil {
			t.Fatal(err)
		}
		var got []verify.Relation
		for line := range strings.Lines(out.String()) {
			var m verify.Match
			if err := json.Unmarshal([]byte(line), &m); err != nil {
				t.Fatal(err)
			}
			if m.Map == nil || len(m.ChangedA) != 1 || !strings.Contains(line, `"changed_b":[]`) {
				t.Errorf("what was found out is not all there: %s", line)
			}
			got = append(got, m.Relation)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("scenes %v: %v, want %v", c.scenes, got, c.want)
		}
	}
}
