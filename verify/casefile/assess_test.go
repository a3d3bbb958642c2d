package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// assessedCase is a case with one item that Ada assesses.
func assessedCase(t *testing.T) *File {
	t.Helper()
	f := newCase(t)
	s := beginScan(t, f, "channel", "one")
	put(t, s, plain("one", "b", "b"))
	if _, err := s.SourceDone(t.Context(), SourceResult{Name: "one", Present: []string{"b"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAssessmentsComeBack(t *testing.T) {
	f := assessedCase(t)
	ctx := t.Context()
	graphic, consent := 2, "Ivan agreed"
	act := assess.Act{
		Item: digestOf("b"), By: "Ada", Round: assess.First,
		Answers:    []assess.Answer{{Step: "E2", Answer: assess.Pass, Note: "house of Ivan", Evidence: []assess.Evidence{{URL: "https://example.org"}}, Minutes: 2.5}},
		Claims:     []assess.Claim{{Claim: assess.Where, Grade: assess.Confirmed, Value: "50.1,30.2", Basis: []string{"map", "Ivan"}}},
		Conclusion: assess.PartlyVerified, Limits: "Ivan alone", Marks: &assess.Marks{Graphic: &graphic, ConsentNote: &consent},
	}
	made, err := f.Assess(ctx, act, assess.Act{Item: digestOf("b"), By: "Ada", Round: assess.First, Done: true})
	if err != nil {
		t.Fatal(err)
	}
	if report := mustVerify(t, f); report.Signed != report.Size {
		t.Errorf("an assessment is not signed: %+v", report)
	}
	f = reopen(t, f, nil)
	got, err := f.Acts(ctx)
	if err != nil || !reflect.DeepEqual(got, made) {
		t.Fatalf("%v: got\n%+v\nwant\n%+v", err, got, made)
	}
	reviews, err := f.Reviews(ctx)
	if err != nil || len(reviews) != 1 || reviews[0].State() != assess.AwaitsSecond {
		t.Fatalf("%v: %+v", err, reviews)
	}

	// Its words can be erased; the facts stay.
	if _, err := f.Erase(ctx, made[0].Seq, "Max", "Ivan asked for it"); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	got, err = f.Acts(ctx)
	if err != nil || !got[0].Erased || got[0].Answers[0].Note != "" || got[0].Answers[0].Answer != assess.Pass || *got[0].Marks.Graphic != 2 || got[0].Marks.ConsentNote != nil {
		t.Fatalf("%v: %+v", err, got[0])
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range folderFiles(t, f.dir) {
		if b, err := os.ReadFile(name); err != nil || bytes.Contains(b, []byte("house of Ivan")) {
			t.Errorf("%s still has the note (%v)", name, err)
		}
	}
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	f := assessedCase(t)
	ctx := t.Context()
	before := f.log.Size()
	good := assess.Act{Item: digestOf("b"), By: "Ada", Round: assess.First, Conclusion: assess.Staged}
	for _, bad := range []assess.Act{
		{Item: digestOf("b"), By: "Ada", Round: assess.First, Conclusion: assess.Verified},
		{Item: digestOf("b"), Round: assess.First, Conclusion: assess.Staged},
		{Item: digestOf("elsewhere"), By: "Ada", Round: assess.First, Conclusion: assess.Staged},
		{Item: "nonsense", By: "Ada", Round: assess.First, Conclusion: assess.Staged},
	} {
		if _, err := f.Assess(ctx, good, bad); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
	var lacks *assess.NotVerified
	if _, err := f.Assess(ctx, assess.Act{Item: digestOf("b"), By: "Ada", Round: assess.First, Conclusion: assess.Verified}); !errors.As(err, &lacks) {
		t.Errorf("got %v", err)
	}
	record := assess.Change{Incident: "M-1", By: "Ada", Fields: json.RawMessage(`{"summary":"s"}`)}
	for _, bad := range []assess.Change{
		{Incident: "M-1", By: "Ada", Fields: json.RawMessage(`{"area_type":["Moon"]}`)},
		{Incident: "M-1", By: "Ada", TakesBack: 4711},
	} {
		if _, err := f.RecordIncidents(ctx, record, bad); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
	if f.log.Size() != before {
		t.Errorf("%d entries were written", f.log.Size()-before)
	}
	mustVerify(t, f)
}

// The key is that of the case file, whatever the act says.
func TestAnAssessmentHasTheKeyOfWhoWrites(t *testing.T) {
	f := assessedCase(t)
	made, err := f.Assess(t.Context(), assess.Act{Item: digestOf("b"), By: "Ada", Key: "someone else's", Round: assess.First, Conclusion: assess.Staged, Done: true})
	if err != nil || made[0].Key == "someone else's" || made[0].Key == "" {
		t.Fatalf("%v: %+v", err, made)
	}
	_, err = f.Assess(t.Context(), assess.Act{Item: digestOf("b"), By: "Bo", Key: "another", Round: assess.Second, Conclusion: assess.Staged})
	if !errors.Is(err, assess.ErrSamePerson) {
		t.Errorf("a second review with the key of the first: %v", err)
	}
}

func TestRecordsOfIncidents(t *testing.T) {
	f := assessedCase(t)
	ctx := t.Context()
	var changes []assess.Change
	for i := range 300 {
		r := assess.Record{Incident: fmt.Sprintf("CIV%04d", i), Origin: assess.Imported, CreatedBy: "Ada", Summary: fmt.Sprintf("\u200f=%d", i), Members: []verify.Digest{digestOf("b")}}
		c, err := assess.Whole(r)
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, c)
	}
	made, err := f.RecordIncidents(ctx, changes...)
	if err != nil {
		t.Fatal(err)
	}
	later, err := f.RecordIncidents(ctx, assess.Change{Incident: "civ0007", By: "Bo", Fields: json.RawMessage(`{"summary":"seven","tags":["a"]}`)})
	if err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	f = reopen(t, f, nil)
	records, err := f.Records(ctx)
	if err != nil || len(records) != 300 || records[7].Summary != "seven" || records[7].CreatedBy != "Ada" || records[7].UpdatedBy != "Bo" || records[8].Summary != "\u200f=8" {
		t.Fatalf("%v: %d records, %+v", err, len(records), records[7])
	}
	if _, err := f.RecordIncidents(ctx, assess.Change{Incident: "CIV0007", By: "Bo", TakesBack: later[0].Seq}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Erase(ctx, made[8].Seq, "Max", "asked for"); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	records, err = f.Records(ctx)
	if err != nil || records[7].Summary != "\u200f=7" || len(records[7].Tags) != 0 || records[8].Summary != "" || len(records[8].Members) != 0 {
		t.Fatalf("%v: %+v\n%+v", err, records[7], records[8])
	}
	if list, err := f.IncidentChanges(ctx); err != nil || !list[8].Erased || strings.Join(list[8].Sets, " ") != "items origin summary" {
		t.Errorf("%v: %+v", err, list[8])
	}
}
