package api

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// secret stands in every text that the first reviewer writes.
const secret = "KEEPSECRET"

// atWork lets another person work with a case: with a name and a key of their
// own, as on another computer.
func atWork(t *testing.T, c *Case, name string, seed byte) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	c.api.program.By = name
	c.api.program.Write = func(dir string) (*casefile.File, error) {
		return casefile.Open(dir, casefile.Options{Signer: key, Actor: name, Tool: "test"})
	}
	c.api.program.Proofs = func(context.Context, *casefile.File, custody.Checkpoint) (map[string][]byte, error) { return nil, nil }
	c.api.program.Reviewer = func(f *casefile.File, by string) (assess.Reviewer, error) {
		public, ok := key.Public().(ed25519.PublicKey)
		if !ok {
			t.Fatal("no Ed25519 key")
		}
		v, err := custody.NewVerifier(custody.Origin(f.Info().ID), public)
		if err != nil {
			return assess.Reviewer{}, err
		}
		return assess.Reviewer{Name: by, Key: custody.KeyID(v)}, nil
	}
}

// sheetOf is a sheet with a word of its writer in each of its texts.
func sheetOf(id verify.Digest, word string, reply assess.Reply, grade assess.Grade, conclusion assess.Conclusion) SheetIn {
	return SheetIn{
		ID:      id,
		Answers: []AnswerIn{{Step: "E2", Answer: reply, Note: word + " three cranes", Evidence: []string{"url=https://example.org/" + word}}},
		Claims: []ClaimIn{
			{Claim: assess.Where, Grade: grade, Value: "46.48251,30.72331", Basis: []string{word + " a map", word + " two videos"}},
			{Claim: assess.What, Grade: grade, Value: word + " a harbour"},
		},
		Conclusion: conclusion, Limits: word + " no second angle",
	}
}

func reviewedCase(t *testing.T) (*Case, verify.Digest) {
	t.Helper()
	c := openTestCase(t, map[string][]byte{"harbour.jpg": picture(t, 1, 640, 480), "market.jpg": picture(t, 2, 640, 480)})
	return c, view(t, c).Items[0].Digest
}

func write(t *testing.T, c *Case, sheet SheetIn) Done {
	t.Helper()
	done, err := ask[Done](t, c, "assess", map[string]string{"id": string(sheet.ID)}, sheet)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func sheetSeen(t *testing.T, c *Case, id verify.Digest) Checklist {
	t.Helper()
	sheet, err := ask[Checklist](t, c, "checklist", map[string]string{"id": string(id)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// What the first reviewer wrote is in no answer to anybody else, whatever is
// asked, until both sheets are handed in.
func TestNothingOfASealedSheetIsSent(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	first := sheetOf(item, secret, assess.Fail, assess.Contradicted, assess.Staged)
	first.Done = true
	write(t, c, first)
	if own := sheetSeen(t, c, item); !strings.Contains(inJSON(t, own), secret) || own.Round != assess.First || own.HandedEntry == 0 || own.CanWrite {
		t.Fatalf("Ada does not find her own sheet: %+v", own)
	}
	for _, who := range []struct {
		name string
		seed byte
	}{{"Bo", 2}, {"", 2}, {"Ada", 2}, {"Bo", 1}} {
		atWork(t, c, who.name, who.seed)
		for _, r := range Routes() {
			if r.Method != "GET" || !strings.HasPrefix(r.Path, "/api/case/{case}") {
				continue
			}
			for _, answer := range everyAnswer(t, c, r, item) {
				if strings.Contains(answer, secret) || strings.Contains(answer, "46.4825") {
					t.Errorf("%q with key %d is told by %s what the first reviewer wrote", who.name, who.seed, r.Name)
				}
			}
		}
		for _, form := range []HandOnForm{{Format: htmlFormat}, {Format: htmlFormat, Media: []verify.Digest{item}}, {Format: "csv"}, {Format: "geojson"}, {Format: "case-uco"}} {
			made, err := ask[HandOn](t, c, "draftReport", nil, form)
			if err != nil {
				t.Fatalf("%s: %v", form.Format, err)
			}
			draft, err := c.api.Draft(c.ID, made.Draft)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(draft.Body, []byte(secret)) || strings.Contains(inJSON(t, made), secret) {
				t.Errorf("%q is given what the first reviewer wrote in %s", who.name, form.Format)
			}
		}
	}
}

// everyAnswer is what a route says when it is asked about an item in the ways
// that it may be asked. One that cannot be given says nothing.
func everyAnswer(t *testing.T, c *Case, r Route, item verify.Digest) []string {
	t.Helper()
	v := view(t, c)
	other := v.Items[1].Digest
	var out []string
	for _, query := range []url.Values{
		{}, {"item": {string(item)}, "a": {string(item)}, "b": {string(other)}, "ids": {string(item)}, "id": {string(item)}},
		{"filter": {secret}}, {"filter": {"note:" + secret}}, {"q": {secret}, "text": {secret}}, {"filter": {"has:notes"}},
	} {
		answer, err := r.Serve(t.Context(), c.api, Request{Query: query, Path: func(part string) string {
			if part == "case" {
				return c.ID
			}
			return string(item)
		}})
		if err != nil {
			continue
		}
		text := inJSON(t, answer)
		for _, asked := range []string{`"` + secret + `"`, `"note:` + secret + `"`} { // a question that is repeated
			text = strings.ReplaceAll(text, asked, `""`)
		}
		if strings.Contains(query.Get("filter"), secret) && r.Name == "gallery" && !strings.Contains(text, `"total":0,`) {
			t.Errorf("words of a sealed sheet find files in %s", r.Name)
		}
		out = append(out, text)
	}
	return out
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestBlindReview(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	write(t, c, sheetOf(item, "adas", assess.Pass, assess.Probable, assess.PartlyVerified))
	taken := write(t, c, SheetIn{ID: item, Done: true})

	// She can take the handing in back, and hand in again.
	if own := sheetSeen(t, c, item); own.HandedEntry != taken.Entry {
		t.Fatalf("the handing in is entry %d, and %d is said", taken.Entry, own.HandedEntry)
	}
	write(t, c, SheetIn{ID: item, TakeBack: taken.Entry})
	if own := sheetSeen(t, c, item); !own.CanWrite || own.HandedIn != "" {
		t.Fatalf("the sheet is not hers again: %+v", own)
	}
	write(t, c, SheetIn{ID: item, Done: true})

	// The same person, by name or by key, is no second reviewer.
	atWork(t, c, "Ada", 2)
	if sheet := sheetSeen(t, c, item); sheet.CanWrite || sheet.WhyNot == "" {
		t.Errorf("Ada with another key may write: %+v", sheet)
	}
	if _, err := ask[Done](t, c, "assess", map[string]string{"id": string(item)}, sheetOf(item, "x", assess.Pass, assess.Probable, assess.Staged)); err == nil {
		t.Error("a second review by the first reviewer is recorded")
	}

	// Bo begins with an empty sheet, blind.
	atWork(t, c, "Bo", 2)
	sheet := sheetSeen(t, c, item)
	if sheet.Round != assess.Second || !sheet.Blind || !sheet.CanWrite || len(sheet.Sides) != 0 || sheet.Conclusion != "" || !strings.Contains(sheet.Sections[0].Result, "not done") {
		t.Fatalf("Bo is given %+v", sheet)
	}
	list, err := ask[Checklists](t, c, "checklists", nil, nil)
	if err != nil || len(list.Reviews) != 1 || list.Reviews[0].Turn != "yours-second" || len(list.Reviews[0].By) != 0 || list.Left != 1 {
		t.Fatalf("%v: %+v", err, list)
	}
	second := sheetOf(item, "bos", assess.Fail, assess.Possible, assess.NotVerifiable)
	second.Done = true
	write(t, c, second)

	// Now both are seen, by anybody, with what they disagree on.
	atWork(t, c, "Chi", 3)
	sheet = sheetSeen(t, c, item)
	if sheet.Open || len(sheet.Sides) != 2 || sheet.State != assess.DoubleDisagree || sheet.Round != assess.Adjudication || !sheet.CanWrite {
		t.Fatalf("Chi is given %+v", sheet)
	}
	third := map[string]bool{}
	for _, d := range sheet.Differ {
		third[d.What] = d.Third
	}
	for _, what := range []string{"conclusion", "where", "E2"} {
		if !third[what] {
			t.Errorf("that they disagree on %s is not said: %+v", what, sheet.Differ)
		}
	}
	for _, word := range []string{"adas three cranes", "bos three cranes"} {
		if !strings.Contains(inJSON(t, sheet.Sides), word) {
			t.Errorf("%q is not shown", word)
		}
	}
	list, err = ask[Checklists](t, c, "checklists", nil, nil)
	if err != nil || list.Reviews[0].Turn != "yours-third" || list.Reviews[0].Differ == 0 || len(list.Agreement) == 0 {
		t.Fatalf("%v: %+v", err, list)
	}
	write(t, c, SheetIn{ID: item, Conclusion: assess.NotVerifiable, Done: true})
	if sheet = sheetSeen(t, c, item); sheet.Outcome != assess.NotVerifiable || len(sheet.Sides) != 3 || sheet.CanWrite {
		t.Errorf("after the third: %+v", sheet)
	}
}

// A refusal says what to do and records nothing.
func TestSheetRefusals(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	before := entries(t, c)
	for name, in := range map[string]SheetIn{
		"a note without an answer":   {ID: item, Answers: []AnswerIn{{Step: "E2", Note: "seen"}}},
		"a step that is not there":   {ID: item, Answers: []AnswerIn{{Step: "Z9", Answer: assess.Pass}}},
		"confirmed on one basis":     {ID: item, Claims: []ClaimIn{{Claim: assess.Where, Grade: assess.Confirmed, Basis: []string{"one"}}}},
		"no position":                {ID: item, Claims: []ClaimIn{{Claim: assess.Where, Grade: assess.Probable, Value: "north of town"}}},
		"verified without claims":    {ID: item, Conclusion: assess.Verified},
		"handed in and nothing said": {ID: item, Done: true},
		"nothing":                    {ID: item},
		"evidence of no kind":        {ID: item, Answers: []AnswerIn{{Step: "E2", Answer: assess.Pass, Evidence: []string{"hearsay"}}}},
	} {
		_, err := ask[Done](t, c, "assess", map[string]string{"id": string(item)}, in)
		e, ok := err.(*Error)
		if !ok || e.Status < 400 || e.Status >= 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
	atWork(t, c, "", 1)
	if _, err := ask[Done](t, c, "assess", map[string]string{"id": string(item)}, sheetOf(item, "x", assess.Pass, assess.Probable, assess.Staged)); err == nil {
		t.Error("a sheet without a name is recorded")
	}
	if after := entries(t, c); after != before {
		t.Errorf("%d entries were written", after-before)
	}
}

func entries(t *testing.T, c *Case) int64 {
	t.Helper()
	var n int64
	err := c.Reading(t.Context(), func(f *casefile.File) error {
		for _, err := range f.Events(context.Background()) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What the program knows stands beside the questions and answers none.
func TestKnownFactsAnswerNothing(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	sheet := sheetSeen(t, c, item)
	known := 0
	for _, s := range sheet.Sections {
		for _, q := range s.Questions {
			known += len(q.Known)
			if q.Answer != "" || q.Note != "" {
				t.Errorf("%s is answered by nobody: %+v", q.Step, q)
			}
		}
	}
	if known == 0 || len(sheet.Lacks) == 0 || sheet.CanWrite != true {
		t.Errorf("%d facts are known, the sheet lacks %v", known, sheet.Lacks)
	}
}
