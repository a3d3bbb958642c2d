package report_test

import (
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// sheetBy is what one reviewer says of an item, all claims graded alike.
func sheetBy(round assess.Round, by string, grade assess.Grade, note string) []assess.Act {
	var claims []assess.Claim
	for _, s := range assess.Subjects() {
		claims = append(claims, assess.Claim{Claim: s, Grade: grade, Basis: []string{"basis of " + by}})
	}
	return []assess.Act{{
		By: by, Key: "key of " + by, Item: digest(1), Round: round, Blind: true, Claims: claims, Conclusion: assess.Verified, Limits: "limits of " + by,
		Answers: []assess.Answer{{Step: "E2", Answer: assess.Pass, Note: note, Evidence: []assess.Evidence{{FileRegion: &[4]float64{0, 0.8, 1, 1}}, {SatImageDate: "2025-08-30"}}}},
	}, {By: by, Key: "key of " + by, Item: digest(1), Round: round, Blind: true, Done: true}}
}

func reviews(lists ...[]assess.Act) []assess.Review {
	var acts []assess.Act
	for _, l := range lists {
		acts = append(acts, l...)
	}
	for i := range acts {
		acts[i].Seq = int64(i + 1)
	}
	return assess.Fold(acts)
}

// assessedCase is the small one with a record, a review that both handed in,
// and an incident that only a person wrote of.
func assessedCase() report.Data {
	d := smallCase()
	three, five := 3, 5
	d.Records = []assess.Record{
		{
			Incident: "I-aa0001", Origin: assess.FromCandidate, Summary: "Flood water in the lower street", DateStart: "2025-09-02", TimeLocal: "08:12",
			Zone: "Europe/Bucharest", TimePrecision: "minute", PlaceNames: map[string]string{"en": "Lower Street"}, LocationPrecision: assess.PlaceVicinity,
			AreaTypes: []string{"Residential"}, Casualties: &assess.Casualties{Children: assess.Toll{Injured: assess.Range{Min: &three, Max: &five}}, Grade: "fair"},
			Sources:  []assess.Source{{ID: "s1", Title: "A post", URL: "https://t.me/c/17/414"}, {ID: "s2", URL: "https://secret.example/x", Hidden: true}},
			MoreInfo: "told by a neighbour",
		},
		{Incident: "I-HAND01", Origin: assess.Manual, Status: verify.Confirmed, Summary: "Written by hand", DateStart: "2025-09-04", Members: []verify.Digest{digest(6)}},
	}
	d.Reviews = reviews(sheetBy(assess.First, "Ada", assess.Confirmed, "three roofs match"), sheetBy(assess.Second, "Ben", assess.Probable, "the church tower"))
	return d
}

func TestRecordAndReviewAreShown(t *testing.T) {
	page := html(t, assessedCase())
	checkClosed(t, page)
	body := article(t, page, "I-aa0001")
	for _, want := range []string{
		"Flood water in the lower street", "2025-09-02, 08:12 Europe/Bucharest (known to the minute)", "Lower Street", "Residential",
		"<th scope=\"row\">children</th><td></td><td>3 to 5</td>", "grade: fair", "1 source is hidden", "told by a neighbour",
		"<strong>verified</strong>", "two reviews agree", "probable", // the weaker of the two grades
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the incident does not say %q", want)
		}
	}
	for _, not := range []string{"secret.example", "three roofs match"} { // the checklist is for a dossier
		if strings.Contains(body, not) {
			t.Errorf("the incident says %q", not)
		}
	}
	if hand := article(t, page, "I-HAND01"); !strings.Contains(hand, "Written by hand") || !strings.Contains(hand, "phone/IMG_9.jpg") {
		t.Error("the incident written by hand lacks its sentence or its file")
	}
}

// Whoever reviews second may read the report and finds nothing of the first.
func TestOpenReviewStaysSealed(t *testing.T) {
	d := assessedCase()
	for name, open := range map[string][]assess.Review{
		"awaits the second":   reviews(sheetBy(assess.First, "Ada", assess.Contradicted, "three roofs match")),
		"second is under way": reviews(sheetBy(assess.First, "Ada", assess.Contradicted, "three roofs match"), sheetBy(assess.Second, "Ben", assess.Possible, "the church tower")[:1]),
	} {
		for _, only := range [][]string{nil, {"I-aa0001"}} {
			d.Reviews, d.Only = open, only
			page := html(t, d)
			if !strings.Contains(page, "waits for the second review") {
				t.Errorf("%s: the report does not say so", name)
			}
			for _, sealed := range []string{"Ada", "Ben", "three roofs match", "the church tower", "contradicted", "<strong>verified</strong>", "limits of"} {
				if strings.Contains(page, sealed) {
					t.Errorf("%s: the report says %q", name, sealed)
				}
			}
		}
	}
}

func TestDossierIsOneIncidentWhole(t *testing.T) {
	d := assessedCase()
	d.Only = []string{"i-AA0001"} // as a person may type it
	page := html(t, d)
	checkClosed(t, page)
	for _, want := range []string{
		"Firsthand dossier", "First review", "Second review, blind", "three roofs match", "the church tower", "the lower quarter of the picture", "satellite picture of 2025-08-30",
		"limits of Ada", "place matches", "channel/old.jpg", string(digest(1)), "its root is",
	} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("the dossier does not say %q", want)
		}
	}
	for _, not := range []string{"Сарнопіль", "I-HAND01", "IMG_9.jpg", "chat/empty.jpg", "What is left out"} {
		if strings.Contains(page, not) {
			t.Errorf("the dossier says %q", not)
		}
	}
}

func TestPublicFormSaysWhatItLacks(t *testing.T) {
	d := assessedCase()
	d.Public, d.Withheld = true, []publish.Withheld{{What: "captions", Count: 12, Why: "they name people"}}
	page := html(t, d)
	checkClosed(t, page)
	for _, want := range []string{"public form", "What is left out", "captions", "they name people"} {
		if !strings.Contains(page, want) {
			t.Errorf("the public form does not say %q", want)
		}
	}
	for _, not := range []string{"Decisions of people", "place matches", "could not be read</h2>", "in no incident</h2>", "What the checks noted"} {
		if strings.Contains(page, not) {
			t.Errorf("the public form says %q", not)
		}
	}
}
