package casefile

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// The codes of what joining cases leaves for a person to look at.
const (
	pathConflict    = "path-conflict"    // one path has two contents
	settingConflict = "setting-conflict" // one setting was given two values
	recordConflict  = "record-conflict"  // one field of an incident's record was given two values
	reviewConflict  = "review-conflict"  // two people made the first review of one item
)

// mergeCheck is the check under which the conflicts stand.
const mergeCheck = "merge"

// ReportConflicts finds what two people said differently in cases that were
// joined, without either having seen what the other said, and one path with two
// contents. It keeps them as the findings of the check "merge". Of settings and
// records the later word stands until somebody says it again; then the conflict is
// over.
func (f *File) ReportConflicts(ctx context.Context) ([]verify.Finding, error) {
	list, err := f.conflicts(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for conflicts: %w", err)
	}
	before, err := f.CheckFindings(ctx, mergeCheck)
	if err != nil {
		return nil, err
	}
	if sameFindings(before, list) {
		return list, nil
	}
	return list, f.ReplaceFindings(ctx, mergeCheck, list)
}

func sameFindings(a, b []verify.Finding) bool {
	x, errX := json.Marshal(append([]verify.Finding{}, a...))
	y, errY := json.Marshal(append([]verify.Finding{}, b...))
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func (f *File) conflicts(ctx context.Context) ([]verify.Finding, error) {
	own, acts, err := f.ownActs(ctx)
	if err != nil {
		return nil, err
	}
	annexes, err := f.Annexes(ctx)
	if err != nil {
		return nil, err
	}
	if len(annexes) == 0 {
		return nil, nil
	}
	ledgers := [][]custody.Entry{own}
	for _, a := range annexes {
		ledgers = append(ledgers, a.Entries)
	}
	h, err := newHindsight(ledgers)
	if err != nil {
		return nil, err
	}
	list, err := f.pathConflicts(ctx)
	if err != nil {
		return nil, err
	}
	records, err := f.recordSayings(ctx, acts)
	if err != nil {
		return nil, err
	}
	reviews, err := f.reviewSayings(ctx, acts)
	if err != nil {
		return nil, err
	}
	for code, said := range map[string][]saying{settingConflict: settingSayings(acts), recordConflict: records, reviewConflict: reviews} {
		list = append(list, h.contradictions(code, said)...)
	}
	slices.SortFunc(list, func(a, b verify.Finding) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
	return list, nil
}

// hindsight knows what a person could have seen when they did something: what
// their ledger held by then.
type hindsight struct {
	at    []map[string]int // of each ledger: position by leaf
	homes map[string][]int // ledgers in which an act was done, not taken over
}

func newHindsight(ledgers [][]custody.Entry) (*hindsight, error) {
	h := &hindsight{homes: make(map[string][]int)}
	for i, entries := range ledgers {
		acts, err := actsOf(entries)
		if err != nil {
			return nil, err
		}
		at := make(map[string]int)
		for _, a := range acts {
			at[a.origin.Leaf] = int(a.seq)
			if a.entry.Hash() == entries[a.seq].Hash() {
				h.homes[a.origin.Leaf] = append(h.homes[a.origin.Leaf], i)
			}
		}
		h.at = append(h.at, at)
	}
	return h, nil
}

// seen says whether who did y had x before them.
func (h *hindsight) seen(x, y string) bool {
	return slices.ContainsFunc(h.homes[y], func(i int) bool {
		p, ok := h.at[i][x]
		return ok && p < h.at[i][y]
	})
}

// saying is one value that a person gave to something.
type saying struct {
	of    string // what it is about
	path  source.Text
	value string
	by    string // "" where the value is who
	at    time.Time
	leaf  string
}

// contradictions finds what was given different values by people who had not
// seen each other's, as far as nobody has said it again since.
func (h *hindsight) contradictions(code string, said []saying) []verify.Finding {
	about := make(map[string][]saying)
	for _, s := range said {
		about[s.of] = append(about[s.of], s)
	}
	var list []verify.Finding
	for of, all := range about {
		last := slices.DeleteFunc(slices.Clone(all), func(x saying) bool {
			return slices.ContainsFunc(all, func(y saying) bool { return x.leaf != y.leaf && h.seen(x.leaf, y.leaf) })
		})
		values := make(map[string]bool)
		for _, s := range last {
			values[s.value] = true
		}
		if len(values) < 2 {
			continue
		}
		slices.SortFunc(last, func(a, b saying) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.leaf, b.leaf)) })
		words := make([]string, len(last))
		for i, s := range last {
			words[i] = s.value + " "
			if s.by != "" {
				words[i] += "by " + s.by + " "
			}
			words[i] += "at " + s.at.UTC().Format("2006-01-02 15:04:05 UTC")
		}
		list = append(list, conflictFinding(code, last[0].path, of+": "+strings.Join(words, "; ")))
	}
	return list
}

func conflictFinding(code string, path source.Text, message string) verify.Finding {
	f := verify.Finding{Path: path}
	f.Finding = extract.Finding{Code: code, Severity: source.Warning, Message: message}
	return f
}

func settingSayings(acts []act) []saying {
	var list []saying
	for _, a := range acts {
		var body settingBody
		if a.event.Kind == settingChanged && json.Unmarshal(a.event.Body, &body) == nil {
			list = append(list, saying{of: "setting " + body.Key, value: fmt.Sprintf("%q", body.Value), by: a.event.Actor.Name, at: a.event.At, leaf: a.origin.Leaf})
		}
	}
	return list
}

// recordSayings gives each field that changes which hold have set.
func (f *File) recordSayings(ctx context.Context, acts []act) ([]saying, error) {
	changes, err := f.IncidentChanges(ctx)
	if err != nil {
		return nil, err
	}
	gone, leaf := make(map[int64]bool), leafBySeq(acts)
	for _, c := range slices.Backward(changes) { // what takes back counts while it holds itself
		if !gone[c.Seq] {
			gone[c.TakesBack] = true
		}
	}
	var list []saying
	for _, c := range changes {
		var fields map[string]json.RawMessage
		if gone[c.Seq] || c.TakesBack != 0 || json.Unmarshal(c.Fields, &fields) != nil {
			continue
		}
		for key, value := range fields {
			list = append(list, saying{of: fmt.Sprintf("%s of incident %s", key, strings.ToUpper(c.Incident)), value: string(value), by: c.By, at: c.At, leaf: leaf[c.Seq]})
		}
	}
	return list, nil
}

// reviewSayings gives who made the first review of each item. Who settles it, or
// lets it begin anew, having seen both, has the last word.
func (f *File) reviewSayings(ctx context.Context, acts []act) ([]saying, error) {
	all, err := f.Acts(ctx)
	if err != nil {
		return nil, err
	}
	leaf := leafBySeq(acts)
	var list []saying
	for _, a := range all {
		settles := a.Reopen || a.Round == assess.Adjudication
		if a.Round != assess.First && !settles || a.TakesBack != 0 || a.OnlyMarks() {
			continue
		}
		path, err := f.pathOf(ctx, string(a.Item))
		if err != nil {
			return nil, err
		}
		list = append(list, saying{of: "first review of item " + string(a.Item), path: path, value: a.By, at: a.At, leaf: leaf[a.Seq]})
	}
	return list, nil
}

// leafBySeq gives the identity of each act by its position here.
func leafBySeq(acts []act) map[int64]string {
	m := make(map[int64]string, len(acts))
	for _, a := range acts {
		m[a.seq] = a.origin.Leaf
	}
	return m
}

func (f *File) pathOf(ctx context.Context, digest string) (source.Text, error) {
	rows, err := f.rawRows(ctx, "SELECT coalesce(path, '') FROM items WHERE digest = ?", digest)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return source.Text(rows[0]), nil
}

// pathConflicts finds places at which two cases saw different content.
func (f *File) pathConflicts(ctx context.Context) ([]verify.Finding, error) {
	rows, err := f.query(ctx, `SELECT min(path), group_concat(digest, ' and ' ORDER BY digest) FROM sightings WHERE gone IS NULL
		GROUP BY source, rel HAVING count(*) > 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []verify.Finding
	for rows.Next() {
		var path, digests string
		if err := rows.Scan(&path, &digests); err != nil {
			return nil, err
		}
		list = append(list, conflictFinding(pathConflict, source.Text(path), "the cases that were joined have two contents at this path: "+digests))
	}
	return list, rows.Err()
}
