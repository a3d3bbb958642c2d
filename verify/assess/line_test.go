package assess

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// What `assess --json` and the page print of an item holds nothing of another's
// sheet while the review is open.
func TestLineKeepsOpenReviewsSealed(t *testing.T) {
	l := &log{t: t}
	l.say(ada, First, Act{Answers: []Answer{{Step: "E2", Answer: Pass, Note: "secret note"}}, Claims: claims(Probable), Limits: "secret limits"})
	it := verify.Item{Digest: photo, Sightings: []verify.Sighting{{Path: "s/1.jpg"}}}
	for by, sheets := range map[Reviewer]int{{}: 0, bo: 0, {"Ada", "k2"}: 0, ada: 1} {
		line := NewLine(&it, l.review(), by, nil)
		text := string(must(json.Marshal(line)))
		if len(line.Sheets) != sheets || strings.Contains(text, "secret") != (sheets == 1) || len(line.Claims) != 0 || !line.Open {
			t.Errorf("%q is shown %s", by.Name, text)
		}
	}
	l.say(ada, First, Act{Conclusion: Staged, Done: true, Single: true})
	if line := NewLine(&it, l.review(), Reviewer{}, nil); len(line.Sheets) != 1 || len(line.Claims) != 1 || line.Conclusion != "staged" || line.Open {
		t.Errorf("closed, it shows %+v", line)
	}
}

// Names of incidents are one in capitals and small letters, also where a change
// is entered: what was written of CIV-1 can be taken back of civ-1.
func TestBookEntersUnderOneName(t *testing.T) {
	book := must(NewBook(nil))
	for _, c := range []Change{
		{Seq: 1, Incident: "CIV-1", By: "Ada", Fields: json.RawMessage(`{"summary":"one"}`)},
		{Seq: 2, Incident: "civ-1", By: "Ada", Fields: json.RawMessage(`{"tags":["x"]}`)},
		{Seq: 3, Incident: "Civ-1", By: "Bo", TakesBack: 1},
	} {
		if err := book.Enter(c); err != nil {
			t.Fatalf("entry %d: %v", c.Seq, err)
		}
	}
	if all := book.Records(); len(all) != 1 || all[0].Summary != "" || len(all[0].Tags) != 1 {
		t.Errorf("records: %+v", all)
	}
}

// Of several posts the first bounds when a picture was made: a later one would
// hide that the claimed time is impossible.
func TestSuggestGoesByTheFirstPost(t *testing.T) {
	it := shot("2022-03-11T10:00:00Z", "2022-03-11T09:00:00Z")
	later := it.Sightings[0].Times[0]
	later.Earliest, later.Latest = later.Earliest.AddDate(0, 0, 3), later.Latest.AddDate(0, 0, 3)
	for _, times := range [][]extract.Time{{later, it.Sightings[0].Times[0]}, {it.Sightings[0].Times[0], later}} {
		of := it
		of.Sightings = []verify.Sighting{{Path: "s/1.jpg", Times: times}}
		if m := messages(Suggest(&of, nil), "D2"); !strings.Contains(m, "one of the two is wrong") {
			t.Errorf("posted before and after it was recorded: %q", m)
		}
	}
}
