package api

import (
	"path/filepath"
	"reflect"
	"regexp"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// tell calls told with every text of an answer that is tagged as a sentence.
func tell(v reflect.Value, at string, tagged bool, told func(at, text string)) {
	switch v.Kind() {
	case reflect.String:
		if tagged && v.String() != "" {
			told(at, v.String())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			tell(v.Elem(), at, tagged, told)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			tell(v.Index(i), at, tagged, told)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				tell(v.Field(i), v.Type().Name()+"."+f.Name, f.Tag.Get("say") == "sentence", told)
			}
		}
	}
}

// words finds two words after each other that are no part of a name: what a
// translation must not leave in English.
var words = regexp.MustCompile(`\b[a-z]{2,} [a-z]{2,}\b`)

// TestExerciseCaseSpeaksEveryLanguage goes through everything that the page
// asks of the exercise case and wants each sentence of the program understood.
func TestExerciseCaseSpeaksEveryLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("scans the whole exercise case")
	}
	c := exerciseCase(t)
	heard := map[string]bool{}
	told := func(at, text string) {
		if heard[text] {
			return
		}
		heard[text] = true
		for _, l := range locale.Languages()[1:] {
			if said := locale.For(l.Tag).Sentence(text); said == text && words.MatchString(text) {
				t.Errorf("%s: %s does not know %q", at, l.Tag, text)
			}
		}
	}
	ask := func(name string, values map[string]string) {
		for _, r := range Routes() {
			if r.Name != name {
				continue
			}
			out, err := r.Serve(t.Context(), c.api, Request{Path: func(n string) string { return asked(values, n, c.ID) }, Query: query(values)})
			if err != nil {
				t.Fatalf("%s %v: %v", name, values, err)
			}
			tell(reflect.ValueOf(out), name, false, told)
		}
	}
	v, err := c.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"overview", "sources", "gallery", "galleryKeys", "clusters", "incidents", "incidentChanges", "checklists", "reports", "history", "scan"} {
		ask(name, nil)
	}
	for i := range v.Items {
		id := string(v.Items[i].Digest)
		ask("media", map[string]string{"id": id})
		ask("checklist", map[string]string{"id": id})
	}
	for _, cluster := range v.Clusters {
		ask("cluster", map[string]string{"cluster": cluster.ID})
	}
	for _, inc := range v.Incidents {
		ask("incident", map[string]string{"incident": inc.ID})
		ask("explainIncident", map[string]string{"incident": inc.ID})
	}
	for _, m := range v.Matches {
		ask("compare", map[string]string{"a": string(m.DigestA), "b": string(m.DigestB)})
	}
	for _, f := range v.Findings {
		told("finding "+f.Code, f.Message)
	}
	if len(heard) < 300 {
		t.Errorf("only %d sentences were heard", len(heard))
	}
}

// exerciseCase is the built-in exercise, scanned.
func exerciseCase(t *testing.T) *Case {
	t.Helper()
	dir := t.TempDir()
	if err := fixtures.WriteWorkshop(filepath.Join(dir, "media")); err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob(filepath.Join(dir, "media", "*-*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("the exercise has no sources: %v", err)
	}
	a := New(testProgram(t))
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := a.Create(filepath.Join(dir, "case"))
	if err != nil {
		t.Fatal(err)
	}
	err = c.Scanning(t.Context(), func(f *casefile.File) error {
		_, err := c.api.program.Scan(t.Context(), f, ScanOrder{Folders: folders}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func asked(values map[string]string, name, of string) string {
	if name == "case" {
		return of
	}
	return values[name]
}

func query(values map[string]string) map[string][]string {
	out := map[string][]string{}
	for name, value := range values {
		out[name] = []string{value}
	}
	return out
}
