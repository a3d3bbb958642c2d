package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/extract"
)

// claims holds the times, zones and findings against the corpus's own reading
// of them, and the times of file names.
func (r *run) claims(folder string, got map[string]inspected) (failed []string, err error) {
	rows, err := truth.ReadTable(filepath.Join(folder, "expected.csv"))
	if err != nil {
		return nil, err
	}
	times, flags := 0, 0
	codes := flagCodes(rows)
	for _, row := range rows {
		g := got[row["path"]]
		if want, have := row["best_time"]+" "+row["zone"], g.BestTime.written(); want == have {
			times++
		} else {
			fmt.Printf("  %s: best time: want %q, got %q\n", row["path"], want, have)
		}
		if want, have := split(row["flags"]), g.codes(codes); slices.Equal(want, have) {
			flags++
		} else {
			fmt.Printf("  %s: findings: want %s, got %s\n", row["path"], want, have)
		}
	}
	failed = append(failed, verdict(fmt.Sprintf("expected.csv, times and zones right: %d of %d", times, len(rows)), times == len(rows))...)
	share := 100 * float64(flags) / float64(max(len(rows), 1))
	failed = append(failed, verdict(fmt.Sprintf("expected.csv, files with exactly the flags expected: %.1f %% of %d, at least 95 %%", share, len(rows)), share >= 95)...)
	names, err := fileNames(filepath.Join(folder, "filenames.csv"))
	return append(failed, names...), err
}

// written is a time in the form of expected.csv.
func (t *claimedTime) written() string {
	if t == nil {
		return " none"
	}
	switch t.Zone {
	case "utc":
		return t.Local + "Z utc"
	case "floating":
		return t.Local + " floating"
	case "derived":
		return t.Local + offset(t.Offset) + " derived-from-gps"
	}
	return t.Local + offset(t.Offset) + " " + t.Zone
}

func offset(m *int) string {
	if m == nil {
		return ""
	}
	sign, n := '+', *m
	if n < 0 {
		sign, n = '-', -n
	}
	return fmt.Sprintf("%c%02d:%02d", sign, n/60, n%60)
}

// flagCodes are all codes that the table uses: others are beyond it.
func flagCodes(rows []map[string]string) (codes []string) {
	for _, row := range rows {
		codes = append(codes, split(row["flags"])...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (l inspected) codes(known []string) []string {
	out := []string{}
	for _, f := range l.Findings {
		if slices.Contains(known, f.Code) {
			out = append(out, f.Code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func split(list string) []string {
	out := []string{}
	for code := range strings.SplitSeq(list, ";") {
		if code != "" {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// fileNames holds the times of file names against the table of names.
func fileNames(path string) (failed []string, err error) {
	rows, err := truth.ReadTable(path)
	if err != nil {
		return nil, err
	}
	right := 0
	for _, row := range rows {
		want, have := row["time"], ""
		if zone, _, _ := strings.Cut(row["zone"], " "); zone != "" {
			precision := map[string]string{"millisecond": "subsecond"}[row["precision"]]
			if precision == "" {
				precision = row["precision"]
			}
			want = strings.TrimSuffix(want, "Z") + " " + zone + " " + precision
		}
		if ts := extract.FileNameTimes(row["name"]); len(ts) > 0 {
			have = fmt.Sprintf("%s %s %s", ts[0].Local, ts[0].Zone, ts[0].Precision)
		}
		if want == have {
			right++
		} else {
			fmt.Printf("  %s: want %q, got %q\n", row["name"], want, have)
		}
	}
	return verdict(fmt.Sprintf("filenames.csv, times of names right: %d of %d", right, len(rows)), right == len(rows)), nil
}

// hostile demands a line with the right digest for each hostile file, and a
// reason for each that cannot be read.
func (r *run) hostile() (failed []string, err error) {
	folder := filepath.Join(r.shared, "corpus/hostile")
	b, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, err
	}
	var m struct {
		Files []struct {
			Path, SHA256 string
			Expect       []string
		}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("read the manifest of hostile files: %w", err)
	}
	got, err := r.inspectFolder(folder)
	if err != nil {
		return nil, err
	}
	lost := 0
	for _, f := range m.Files {
		if g, ok := got[f.Path]; !ok || g.SHA256 != f.SHA256 {
			lost++
			fmt.Printf("  %s: no line, or another digest\n", f.Path)
		}
	}
	return verdict(fmt.Sprintf("hostile files with a line and the right digest: %d of %d", len(m.Files)-lost, len(m.Files)), lost == 0), nil
}
