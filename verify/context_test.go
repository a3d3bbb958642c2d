package verify

import (
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

func TestContextIsShownAndFollowsAMerge(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2022, 3, d, 0, 0, 0, 0, time.UTC) }
	from, to := day(10), day(11)
	incidents := []Incident{{ID: "I-1", Earliest: &from, Latest: &to, Members: []Member{{Path: "a/1.jpg", Role: Original, Digest: "m"}}}, {ID: "I-2"}}
	taken := func(digest Digest, d int) Item {
		return Item{Digest: digest, Sightings: []Sighting{{Path: "sat/" + string(digest)}}, Media: extract.Media{BestTime: &extract.Time{Kind: extract.Capture, Earliest: day(d), Latest: day(d).Add(time.Hour)}}}
	}
	items := map[Digest]Item{"before": taken("before", 1), "after": taken("after", 20), "then": taken("then", 10)}
	find := func(d Digest) *Item {
		if it, ok := items[d]; ok {
			return &it
		}
		return nil
	}
	decisions := []Decision{
		{Seq: 1, Kind: ForContext, Incident: "I-2", Subjects: []Digest{"before", "then", "gone"}, By: "Ada"},
		{Seq: 2, Kind: ForContext, Incident: "I-2", Subjects: []Digest{"after"}, By: "Bo"},
		{Seq: 3, Kind: Merge, Incident: "I-1", Other: "I-2"},
	}
	says := map[string]string{}
	for _, m := range WithContext(incidents, decisions, find)[0].Members {
		if m.Role == Context {
			says[m.Path] = m.Reasons[0].Message
			if m.Counts() {
				t.Errorf("%s counts", m.Path)
			}
		}
	}
	for path, want := range map[string]string{"sat/before": "of before", "sat/after": "of after", "sat/then": "context (2022-03-10): Ada"} {
		if !strings.Contains(says[path], want) {
			t.Errorf("%s: %q, want %q", path, says[path], want)
		}
	}
	if len(says) != 3 || len(incidents[0].Members) != 1 {
		t.Errorf("shown are %v, and the candidates have changed: %v", says, len(incidents[0].Members) != 1)
	}
	decisions = append(decisions, Decision{Seq: 4, Kind: TakeBack, TakesBack: 2})
	if n := len(WithContext(incidents, decisions, find)[0].Members); n != 3 {
		t.Errorf("%d members after one was taken back, want 3", n)
	}
}
