package workbench_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"

	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// in asks in a language and reads the answer.
func (b *bench) in(t *testing.T, language, path string, out any) int {
	t.Helper()
	resp, body := do(t, b.client, "GET", b.home+path, func(r *http.Request) { r.Header.Set("Accept-Language", language) })
	if err := json.Unmarshal([]byte(body), out); err != nil {
		t.Fatalf("%s answers %q: %v", path, body, err)
	}
	return resp.StatusCode
}

func TestAnswersAreInTheLanguageOfThePage(t *testing.T) {
	b := startBench(t, map[string][]byte{"the file is empty": {}})
	path := "api/case/" + b.of.ID + "/media/" + string(b.item(t, "the file is empty"))

	var english, ukrainian api.MediaPage
	b.in(t, "en", path, &english)
	b.in(t, "uk", path, &ukrainian)
	if english.Unread == "" || len(english.Findings) == 0 {
		t.Fatalf("an empty file is read as %+v", english)
	}
	if uk := locale.For("uk"); ukrainian.Unread != uk.Sentence(english.Unread) || ukrainian.Unread == english.Unread {
		t.Errorf("an empty file is %q in English and %q in Ukrainian", english.Unread, ukrainian.Unread)
	}
	if got := ukrainian.Card.Name; got != "the file is empty" {
		t.Errorf("the name of a file was translated to %q", got)
	}
	if got := ukrainian.Findings[0].Code; got != english.Findings[0].Code {
		t.Errorf("a code was translated to %q", got)
	}

	var again api.MediaPage
	b.in(t, "en", path, &again)
	if again.Unread != english.Unread || again.Findings[0].Message != english.Findings[0].Message {
		t.Errorf("a Ukrainian answer changed the English one to %+v", again)
	}
}

func TestErrorsAreInTheLanguageOfThePage(t *testing.T) {
	b := startBench(t, nil)
	var e api.Error
	if status := b.in(t, "uk", "api/case/"+b.of.ID+"/incidents/I-ffffff", &e); status != http.StatusNotFound {
		t.Fatalf("an unknown incident answers %d", status)
	}
	uk := locale.For("uk")
	if e.What != uk.Sentence("there is no incident I-ffffff in this case") || e.Hint != uk.Sentence("a decision or a scan may have joined it to another; look it up in the list") {
		t.Errorf("the error says %q and %q", e.What, e.Hint)
	}
	if !regexp.MustCompile(`\p{Cyrillic}`).MatchString(e.What) || !regexp.MustCompile(`\p{Cyrillic}`).MatchString(e.Hint) {
		t.Errorf("the error is in English: %q and %q", e.What, e.Hint)
	}
}
