package casefile

import (
	"bytes"
	"os"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// What a grouping left comes back with its incidents, and never with others.
func TestStandingKnowsWhatItsRunLeft(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	propose := func(id string, parts map[string][]byte) {
		t.Helper()
		if err := f.ReplaceIncidents(ctx, []verify.Incident{{ID: id}}, RunInfo{Model: "m", Parts: parts}); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(when, id, memory, statistics, names string) {
		t.Helper()
		s, err := f.Standing(ctx)
		if err != nil || len(s.Incidents) != 1 || s.Incidents[0].ID != id || string(s.Memory) != memory {
			t.Errorf("%s: %+v %v, want %s and the memory %q", when, s, err, id, memory)
		}
		for part, want := range map[string]string{"statistics": statistics, "names": names} {
			if got, err := f.GroupingPart(ctx, part); err != nil || string(got) != want {
				t.Errorf("%s: %s %q %v, want %q", when, part, got, err, want)
			}
		}
	}
	propose("I-1", map[string][]byte{"statistics": []byte(`{"a":1}`), "names": []byte("[]")})
	wants("before anything was left", "I-1", "", `{"a":1}`, "[]")
	if err := f.KeepGrouping(ctx, []byte("one\ntwo")); err != nil {
		t.Fatal(err)
	}
	wants("after the run", "I-1", "one\ntwo", `{"a":1}`, "[]")
	f = reopen(t, f, nil)
	wants("opened again", "I-1", "one\ntwo", `{"a":1}`, "[]")
	propose("I-2", map[string][]byte{"statistics": []byte(`{"a":2}`)})
	wants("after a run that left nothing", "I-2", "", `{"a":2}`, "")
	if err := f.KeepGrouping(ctx, []byte("three")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.writer.Exec(`UPDATE incidents SET doc = replace(doc, 'I-2', 'I-9')`); err != nil {
		t.Fatal(err)
	}
	wants("with a row that was changed behind the ledger", "I-9", "", `{"a":2}`, "")
	if _, err := f.writer.Exec(`UPDATE grouping SET body = CAST('{"a":3}' AS BLOB)`); err != nil {
		t.Fatal(err)
	}
	wants("with other statistics", "I-9", "", "", "")
	if name := f.path(cacheName, memoryName); os.Remove(name) != nil || !bytes.HasSuffix([]byte(name), []byte("grouping")) {
		t.Errorf("nothing was left in %s", name)
	}
	wants("without the cache", "I-9", "", "", "")
}
