package workbench_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// TestReportIsInTheLanguageOfThePage makes the same draft from pages in two
// languages.
func TestReportIsInTheLanguageOfThePage(t *testing.T) {
	b := startBench(t, map[string][]byte{"empty.jpg": {}})
	home := b.home + "api/case/" + b.of.ID + "/reports/draft"
	for language, want := range map[string][]string{
		"en-GB,en;q=0.8": {`<html lang="en">`, "The file is empty", "What this does not establish"},
		"uk":             {`<html lang="uk">`, "Файл порожній", "Чого це не встановлює"},
		"ar-SY":          {`<html lang="ar" dir="rtl">`, "الملف فارغ", "ما لا يثبته هذا"},
	} {
		_, body := do(t, b.client, "POST", home, func(r *http.Request) {
			r.Header.Set("Accept-Language", language)
			r.Header.Set("Content-Type", "application/json")
			r.Body = io.NopCloser(strings.NewReader(`{"format":"html","pictures":"softened"}`))
		})
		var made api.HandOn
		if err := json.Unmarshal([]byte(body), &made); err != nil {
			t.Fatalf("%s: the draft is answered by %q: %v", language, body, err)
		}
		_, page := do(t, b.client, "GET", b.home+"report/"+b.of.ID+"/"+made.Draft, nil)
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: the report does not say %q", language, w)
			}
		}
	}
}
