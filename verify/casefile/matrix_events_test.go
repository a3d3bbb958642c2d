package casefile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// leaf is one value of an event, however deep, that a test can change.
type leaf struct {
	path  string
	other func() // puts another value in its place
}

// leaves lists every value of a JSON text that has none below it.
func leaves(path string, v any, set func(any)) []leaf {
	var list []leaf
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list = append(list, leaves(path+"."+key, v[key], func(to any) { v[key] = to })...)
		}
		list = append(list, leaf{path + " with one key more", func() { v["zz"] = 1 }})
	case []any:
		for i := range v {
			list = append(list, leaves(fmt.Sprintf("%s[%d]", path, i), v[i], func(to any) { v[i] = to })...)
		}
		list = append(list, leaf{path + " with one element more", func() { set(append(v, "zz")) }})
	case string:
		list = append(list, leaf{path, func() { set(v + "0") }})
	case float64:
		list = append(list, leaf{path, func() { set(v + 1) }})
	case bool:
		list = append(list, leaf{path, func() { set(!v) }})
	case nil:
		list = append(list, leaf{path, func() { set("zz") }})
	}
	return list
}

// Every value of every event of cases that have all kinds of events is changed,
// one at a time: the ledger no longer holds, and the entry is named.
func TestTamperMatrixOfEvents(t *testing.T) {
	tried, kinds := 0, make(map[string]bool)
	for _, dir := range []string{fullCase(t), workedExercise(t)} {
		tried += tamperEvents(t, dir, kinds)
	}
	t.Logf("%d values of events of %d kinds", tried, len(kinds))
	if tried < 500 || len(kinds) < 22 {
		t.Errorf("only %d values of %d kinds were tried", tried, len(kinds))
	}
}

// tamperEvents changes the events of one case, notes their kinds and gives how many
// values it tried.
func tamperEvents(t *testing.T, dir string, kinds map[string]bool) (tried int) {
	t.Helper()
	opts := testOptions()
	opts.ReadOnly = true
	f, err := Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	entries, err := collect(f.Events(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	checkpoints, err := f.Checkpoints(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := custody.Keys(f.Events(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	var all []note.Verifier
	for _, k := range keys {
		all = append(all, k.Verifier)
	}
	known := note.VerifierList(all...)
	for i, entry := range entries {
		parse := func() (v map[string]any) {
			if err := json.Unmarshal(entry, &v); err != nil {
				t.Fatal(err)
			}
			return v
		}
		kinds[fmt.Sprint(parse()["kind"])] = true
		for n := range leaves("", parse(), nil) {
			event := parse()
			l := leaves("", event, nil)[n]
			l.other()
			text, err := json.Marshal(event)
			if err != nil {
				t.Fatal(err)
			}
			if text, err = custody.Canonical(text); err != nil {
				t.Fatal(err)
			}
			tried++
			changed := slices.Clone(entries)
			changed[i] = text
			_, err = custody.Verify(slicesSeq(changed), checkpoints, known)
			if found := faultTexts(err); len(found) == 0 || !bytes.Contains([]byte(found[0]), fmt.Appendf(nil, "at entry %d:", i)) {
				t.Errorf("entry %d%s: got %q", i, l.path, found)
			}
		}
	}
	return tried
}

func slicesSeq(entries []custody.Entry) func(func(custody.Entry, error) bool) {
	return func(yield func(custody.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Every part of every checkpoint is changed, in the file and in the database.
func TestTamperMatrixOfCheckpoints(t *testing.T) {
	dir := fullCase(t)
	text, err := os.ReadFile(filepath.Join(dir, checkpointsName))
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := custody.ParseCheckpoints(text)
	if err != nil {
		t.Fatal(err)
	}
	tried, start := 0, 0
	for _, c := range list {
		for _, at := range partsOf(c.Note) {
			damaged := bytes.Clone(text)
			damaged[start+at] = otherByte(damaged[start+at])
			inFile := copyCase(t, dir)
			damage(t, filepath.Join(inFile, checkpointsName), func([]byte) []byte { return damaged })
			wantBroken(t, fmt.Sprintf("checkpoint at %d, byte %d in the file", c.Size, at), verifyDir(t, inFile), "checkpoint")

			inDatabase := copyCase(t, dir)
			tamper(t, inDatabase, fmt.Sprintf("UPDATE checkpoints SET note = x'%x' WHERE size = %d", damaged[start:start+len(c.Note)], c.Size))
			wantBroken(t, fmt.Sprintf("checkpoint at %d, byte %d in the database", c.Size, at), verifyDir(t, inDatabase), "checkpoint")

			both := copyCase(t, inDatabase)
			damage(t, filepath.Join(both, checkpointsName), func([]byte) []byte { return damaged })
			wantBroken(t, fmt.Sprintf("checkpoint at %d, byte %d in both", c.Size, at), verifyDir(t, both), "checkpoint")
			tried++
		}
		start += len(c.Note) + 1
	}
	t.Logf("%d parts of %d checkpoints", tried, len(list))
}

// partsOf gives a byte of each part of a note: origin, size, root, blank line,
// dash, name, key hash and signature.
func partsOf(signed []byte) []int {
	lines := bytes.SplitAfter(signed, []byte("\n"))
	size := len(lines[0])
	root := size + len(lines[1])
	line := root + len(lines[2]) + len(lines[3])
	name := line + len("— ")
	key := line + bytes.LastIndexByte(lines[4], ' ') + 1
	return []int{3, size, root + 7, line - 1, line, name + 2, key + 2, key + 60}
}

// otherByte is another one that may stand there too.
func otherByte(b byte) byte {
	switch {
	case b == '9' || b == 'z' || b == 'Z':
		return b - 1
	case b >= '0' && b < '9' || b >= 'a' && b < 'z' || b >= 'A' && b < 'Z':
		return b + 1
	case b == '\n':
		return ' '
	}
	return b ^ 1
}
