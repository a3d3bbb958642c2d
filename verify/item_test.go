package verify

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

func posted(at time.Time) extract.Time {
	return extract.Time{Kind: extract.Posted, Zone: extract.UTC, Trust: extract.TrustPlatform, Precision: extract.Second, Earliest: at, Latest: at, Field: "telegram:date_unixtime"}
}

func TestBestTimeIsOfThePlaceWhereTheItemWasSeen(t *testing.T) {
	early, late := time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC), time.Date(2024, 5, 3, 9, 0, 0, 0, time.UTC)
	it := Item{Sightings: []Sighting{
		{Path: "a/1.jpg", Times: []extract.Time{posted(late)}},
		{Path: "b/1.jpg", Times: []extract.Time{posted(early)}},
	}}
	if got := it.BestTime("a/1.jpg"); got == nil || !got.Earliest.Equal(late) {
		t.Errorf("at a/1.jpg: %v, want the post there", got)
	}
	if got := it.BestTime("c/1.jpg"); got != nil {
		t.Errorf("at a path where it was not seen: %v", got)
	}
	// What the file itself claims counts wherever it was seen.
	taken := extract.Time{Kind: extract.Capture, Trust: extract.TrustDevice, Field: "EXIF:DateTimeOriginal"}
	it.Media.BestTime = &taken
	if got := it.BestTime("a/1.jpg"); got == nil || got.Kind != extract.Capture {
		t.Errorf("with a capture time: %v", got)
	}
}

// TestLineHasEveryKey holds the line to the output contract: keys are always
// there, and what is unknown is null or an empty list.
func TestLineHasEveryKey(t *testing.T) {
	it := Item{Digest: "ab", Sightings: []Sighting{{Path: "a/1.jpg"}, {Path: "b/1.jpg"}}}
	text, err := json.Marshal(it.Line())
	if err != nil {
		t.Fatal(err)
	}
	var line map[string]any
	if err := json.Unmarshal(text, &line); err != nil {
		t.Fatal(err)
	}
	keys := "path sha256 size kind media_type extension_mismatch width height orientation duration_seconds frame_rate codecs device best_time times best_place places findings error sightings"
	for _, key := range strings.Fields(keys) {
		if _, ok := line[key]; !ok {
			t.Errorf("no key %q in %s", key, text)
		}
	}
	for _, key := range []string{"codecs", "times", "places", "findings"} {
		if _, ok := line[key].([]any); !ok {
			t.Errorf("%q is %v, want a list", key, line[key])
		}
	}
	for _, key := range []string{"width", "best_time", "best_place", "error"} {
		if line[key] != nil {
			t.Errorf("%q is %v, want null", key, line[key])
		}
	}
	if s, _ := line["sightings"].([]any); len(s) != 2 || line["path"] != "a/1.jpg" {
		t.Errorf("path %v, sightings %v", line["path"], line["sightings"])
	}
}

func TestTheLastDecisionCounts(t *testing.T) {
	incidents := []Incident{{ID: "I-1", Status: Candidate}, {ID: "I-2", Status: Candidate}, {ID: "I-3", Status: Confirmed}}
	got := Decided(incidents, []Decision{
		{Kind: "confirm", Incident: "I-1"},
		{Kind: "reject", Incident: "I-2"},
		{Kind: "reject", Incident: "I-1"},
		{Kind: "note", Incident: "I-3"},
	})
	for i, want := range []Status{Rejected, Rejected, Confirmed} {
		if got[i].Status != want {
			t.Errorf("%s is %s, want %s", got[i].ID, got[i].Status, want)
		}
	}
	if incidents[0].Status != Candidate {
		t.Error("the incidents that were given have changed")
	}
}
