package casefile

import (
	"reflect"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func knownEntry(id, title string) verify.Known {
	lat, lon, accuracy := 10.5, 20.25, 80.0
	k := verify.Known{ID: id, Date: "2031-05-02", Latitude: &lat, Longitude: &lon, AccuracyM: &accuracy, Links: []string{"https://example.org/" + id}}
	k.Title.UnmarshalJSON([]byte(`"` + title + `"`))
	return k
}

// A set takes in files one after the other; what it has already leaves no
// trace in the ledger.
func TestKnownIncidents(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	load := func(set string, list ...verify.Known) (int, int) {
		t.Helper()
		added, changed, err := f.LoadKnown(ctx, KnownSet{Name: set, File: "f.geojson", Format: "geojson"}, list)
		if err != nil {
			t.Fatal(err)
		}
		return added, changed
	}
	if a, c := load("one", knownEntry("b", "bridge"), knownEntry("a", "زلزال")); a != 2 || c != 0 {
		t.Errorf("first load: %d new, %d changed", a, c)
	}
	size := f.log.Size()
	if a, c := load("one", knownEntry("a", "زلزال")); a != 0 || c != 0 || f.log.Size() != size {
		t.Errorf("the same again: %d new, %d changed, %d entries of the ledger more", a, c, f.log.Size()-size)
	}
	if a, c := load("one", knownEntry("c", "canal"), knownEntry("b", "broken bridge")); a != 1 || c != 1 {
		t.Errorf("second file: %d new, %d changed", a, c)
	}
	load("two", knownEntry("a", "another"))
	list, err := f.Known(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range list {
		got = append(got, k.Set+" "+k.ID+" "+string(k.Title))
	}
	if want := []string{"one a زلزال", "one b broken bridge", "one c canal", "two a another"}; !reflect.DeepEqual(got, want) {
		t.Errorf("known: %q, want %q", got, want)
	}
	mustVerify(t, f)
	if was, err := f.RemoveKnown(ctx, "one"); err != nil || !was {
		t.Fatal(was, err)
	}
	if was, err := f.RemoveKnown(ctx, "one"); err != nil || was {
		t.Error("a set that is gone was taken out again", err)
	}
	mustVerify(t, f)
	sets, err := f.KnownSets(ctx)
	if err != nil || len(sets) != 1 || sets[0].Name != "two" || sets[0].Entries != 1 {
		t.Errorf("sets: %+v, %v", sets, err)
	}
	if _, _, err := f.LoadKnown(ctx, KnownSet{Name: " "}, nil); err == nil || !strings.Contains(err.Error(), "name") {
		t.Errorf("a set without a name: %v", err)
	}
}

// What the tables say of known incidents is held to the ledger.
func TestKnownTampered(t *testing.T) {
	f := newCase(t)
	if _, _, err := f.LoadKnown(t.Context(), KnownSet{Name: "one", File: "f.kml", Format: "kml"}, []verify.Known{knownEntry("a", "x"), knownEntry("b", "y")}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, sql, want string }{
		{"text", `UPDATE known SET doc = replace(doc, '"x"', '"z"')`, "known incidents of one"},
		{"dropped", `DELETE FROM known WHERE id = 'b'`, "known incidents of one"},
		{"all dropped", `DELETE FROM known`, "known incidents of one"},
		{"id", `UPDATE known SET id = 'c' WHERE id = 'b'`, "known incident one c"},
		{"added set", `PRAGMA foreign_keys = 0; INSERT INTO known SELECT 'two', id, doc FROM known`, "known incident"},
		{"count", `UPDATE known_sets SET entries = 3`, "entries of known_sets"},
		{"file", `UPDATE known_sets SET file = 'g.kml'`, "file of known_sets"},
		{"set dropped", `PRAGMA foreign_keys = 0; DELETE FROM known_sets`, "known_sets"},
	} {
		copied := copyCase(t, f.dir)
		rawExec(t, copied, c.sql)
		wantBroken(t, c.name, verifyDir(t, copied), c.want)
	}
}
