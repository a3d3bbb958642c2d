package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/verify"
)

// command runs one command line in this process and gives what it printed.
func command(t *testing.T, args ...string) string {
	t.Helper()
	t.Setenv("LC_ALL", "C") // whatever the language of this machine
	var out, messages bytes.Buffer
	term := &terminal{in: os.Stdin, out: &out, err: &messages}
	root := newRootCommand(term)
	root.SetArgs(args)
	if err := root.ExecuteContext(context.Background()); err != nil {
		t.Fatalf("firsthand %v: %v\n%s", args, err, messages.String())
	}
	return out.String()
}

func listing[T any](t *testing.T, args ...string) []T {
	t.Helper()
	var out []T
	for _, line := range bytes.Split(bytes.TrimSpace([]byte(command(t, append(args, "--json")...))), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatalf("firsthand %v: %v", args, err)
		}
		out = append(out, v)
	}
	return out
}

// demoCase is the demo case as the program sees it beside the truth.
type demoCase struct {
	truth     map[string]fixtures.File
	answers   fixtures.Answers
	items     []verify.Line
	matches   []verify.Match
	clusters  []verify.Cluster
	incidents []verify.Incident
	findings  []verify.Finding
}

func runExercise(t *testing.T) demoCase {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	first := command(t, "demo", "--no-serve", "--dir", dir, "--quiet")
	if second := command(t, "demo", "--no-serve", "--dir", dir, "--quiet"); second != first {
		t.Errorf("a second demo in the same folder says\n%s\nafter\n%s", second, first)
	}
	if info, err := os.Stat(filepath.Join(dir, "report.html")); err != nil || info.Size() < 10_000 {
		t.Errorf("the demo wrote no report: %v", err)
	}
	folder := filepath.Join(dir, "case")
	var e demoCase
	var err error
	if e.answers, err = fixtures.ReadAnswers(); err != nil {
		t.Fatal(err)
	}
	e.truth = map[string]fixtures.File{}
	for _, f := range e.answers.Files {
		e.truth[f.Path] = f
	}
	e.items = listing[verify.Line](t, "items", "--case", folder)
	e.matches = listing[verify.Match](t, "duplicates", "--case", folder)
	e.clusters = listing[verify.Cluster](t, "duplicates", "--clusters", "--case", folder)
	e.incidents = listing[verify.Incident](t, "incidents", "--case", folder)
	e.findings = listing[verify.Finding](t, "findings", "--case", folder)
	return e
}

// TestExercise holds the program to the true answers of its own exercise.
func TestExercise(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes the whole exercise case")
	}
	e := runExercise(t)
	t.Run("items", e.everyFileIsThere)
	t.Run("unreadable", e.unreadableFilesAreFindings)
	t.Run("copies", e.copiesAreFound)
	t.Run("no false copies", e.nothingElseIsACopy)
	t.Run("recycled", e.recycledIsFlaggedAndNeverJoins)
	t.Run("incidents", e.incidentsAreRight)
}

func (e demoCase) everyFileIsThere(t *testing.T) {
	seen := map[string]bool{}
	for _, it := range e.items {
		for _, p := range it.Sightings {
			seen[p] = true
		}
	}
	for path, f := range e.truth {
		if want := f.Role != fixtures.Thumbnail; seen[path] != want {
			t.Errorf("%s (%s): is an item: %v", path, f.Role, seen[path])
		}
	}
}

func (e demoCase) unreadableFilesAreFindings(t *testing.T) {
	said := map[string]bool{}
	for _, f := range e.findings {
		if f.Severity != "info" && f.Message != "" {
			said[string(f.Path)] = true
		}
	}
	for path, f := range e.truth {
		if f.Role == fixtures.Unreadable && !said[path] {
			t.Errorf("%s: nothing says that it cannot be read (%s)", path, f.Note)
		}
	}
}

// together tells which pairs of files the program says share content.
func (e demoCase) together() func(a, b string) bool {
	direct := map[[2]string]bool{}
	for _, m := range e.matches {
		direct[[2]string{m.A, m.B}] = true
		direct[[2]string{m.B, m.A}] = true
	}
	// Sightings of one item and members of one cluster stand for each other.
	first, cluster := map[string]string{}, map[string]string{}
	for _, it := range e.items {
		for _, p := range it.Sightings {
			first[p] = it.Path
		}
	}
	for _, c := range e.clusters {
		for _, p := range c.Members {
			cluster[p] = c.ID
		}
	}
	return func(a, b string) bool {
		return first[a] == first[b] || direct[[2]string{first[a], first[b]}] ||
			cluster[a] != "" && cluster[a] == cluster[b]
	}
}

func (e demoCase) copiesAreFound(t *testing.T) {
	together := e.together()
	found, all := map[string]int{}, map[string]int{}
	for _, p := range e.answers.Pairs {
		all[p.Level]++
		if together(p.A, p.B) {
			found[p.Level]++
		} else {
			t.Errorf("not found: %s is %s of %s", p.B, p.Kind, p.A)
		}
	}
	t.Logf("copies found: %v of %v", found, all)
	if all["global"] < 20 || all["local"] < 5 {
		t.Errorf("the exercise holds too few pairs to say anything: %v", all)
	}
}

func (e demoCase) nothingElseIsACopy(t *testing.T) {
	for _, m := range e.matches {
		if m.Relation == verify.SameScene {
			continue
		}
		a, b := e.truth[m.A], e.truth[m.B]
		if a.Role == "unreadable" || b.Role == "unreadable" {
			continue // what can be read of a broken copy is a part of what it was copied from
		}
		if a.DupGroup == "" || a.DupGroup != b.DupGroup {
			t.Errorf("false pair: %s (%s) and %s (%s): %s", m.A, a.DupGroup, m.B, b.DupGroup, m.Why)
		}
	}
}

func (e demoCase) recycledIsFlaggedAndNeverJoins(t *testing.T) {
	flagged := map[string]bool{}
	for _, inc := range e.incidents {
		for _, m := range inc.Members {
			if m.Role == verify.Recycled {
				flagged[m.Path] = true
				if f := e.truth[m.Path]; f.Role != fixtures.Recycled {
					t.Errorf("%s is said to be recycled and is %s", m.Path, f.Role)
				}
			}
		}
	}
	findable := 0
	for path, f := range e.truth {
		if f.Role != fixtures.Recycled {
			continue
		}
		findable++
		if !flagged[path] {
			t.Logf("recycled and not flagged: %s", path)
		}
		for _, inc := range e.incidents {
			if e.claims(inc, path) {
				t.Errorf("%s is counted in %s, the incident it was passed off as", path, inc.ID)
			}
		}
	}
	t.Logf("recycled: %d flagged of %d", len(flagged), findable)
	if len(flagged) < 4 {
		t.Errorf("only %d of %d recycled files are flagged", len(flagged), findable)
	}
}

// claims tells whether inc counts the recycled file at path beside files of
// the incident that it was passed off as.
func (e demoCase) claims(inc verify.Incident, path string) bool {
	counted, claimed := false, false
	for _, m := range inc.Members {
		if m.Role == verify.Recycled || m.Role == verify.Context {
			continue
		}
		counted = counted || m.Path == path
		claimed = claimed || e.truth[m.Path].Incident == e.truth[path].ClaimedIncident
	}
	return counted && claimed
}

// incidentsAreRight scores the grouping: B-cubed over the files that show an
// incident, and candidates that mix two.
func (e demoCase) incidentsAreRight(t *testing.T) {
	group := map[string]string{}
	for _, inc := range e.incidents {
		for _, m := range inc.Members {
			if m.Role == verify.Original || m.Role == verify.Copy {
				group[m.Path] = inc.ID
			}
		}
	}
	var files []string
	for path, f := range e.truth {
		if f.Incident != "" && (f.Role == fixtures.Original || f.Role == fixtures.Repost) {
			files = append(files, path)
		}
	}
	slices.Sort(files)
	var precision, recall float64
	for _, a := range files {
		both, grouped, same := 0.0, 0.0, 0.0
		for _, b := range files {
			g := a == b || group[a] != "" && group[a] == group[b]
			s := e.truth[a].Incident == e.truth[b].Incident
			grouped, same = grouped+one(g), same+one(s)
			both += one(g && s)
		}
		precision += both / grouped / float64(len(files))
		recall += both / same / float64(len(files))
	}
	t.Logf("%d files, %d true incidents, %d candidates: B-cubed precision %.3f, recall %.3f",
		len(files), len(e.answers.Incidents), len(e.incidents), precision, recall)
	if precision < 0.95 || recall < 0.60 {
		t.Errorf("B-cubed precision %.3f (want 0.95), recall %.3f (want 0.60)", precision, recall)
	}
	found := map[string]bool{}
	for _, path := range files {
		if group[path] != "" {
			found[e.truth[path].Incident] = true
		}
	}
	if len(found) < len(e.answers.Incidents) {
		t.Errorf("only %v of %d incidents have a candidate", slices.Sorted(maps.Keys(found)), len(e.answers.Incidents))
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
