package exchange

import (
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// twoIncidents is a case of two incidents of one item each and an item of none,
// with something that people said of each.
func twoIncidents() *Case {
	item := func(d verify.Digest) verify.Item {
		return verify.Item{Digest: d, Sightings: []verify.Sighting{{Path: "src/" + string(d), Source: "src", Digest: d}}}
	}
	incident := func(id string, d verify.Digest) assess.Incident {
		return assess.Incident{Proposed: true, Record: assess.Record{Incident: id}, Incident: verify.Incident{
			ID: id, Status: verify.Confirmed, Members: []verify.Member{{Path: "src/" + string(d), Digest: d, Role: verify.Original}}}}
	}
	first := incident("I-1", "a")
	first.Record.Members = []verify.Digest{"named"}
	return &Case{
		Title: "Olena's case", Settings: map[string]string{"zone": "Europe/Kyiv"}, Sources: []Source{{Name: "src"}}, Known: []verify.Known{{ID: "K"}},
		Items:     []verify.Item{item("a"), item("b"), item("c"), item("named")},
		Incidents: []assess.Incident{first, incident("I-2", "b")},
		Matches:   []verify.Match{{A: "src/a", B: "src/named"}, {A: "src/a", B: "src/b"}, {A: "src/b", B: "src/c"}},
		Clusters:  []verify.Cluster{{ID: "C-1", Members: []string{"src/a", "src/named"}}, {ID: "C-2", Members: []string{"src/a", "src/b"}}},
		Findings:  []verify.Finding{{Path: "src/a"}, {Path: "src/b"}, {Source: "src"}, {}},
		Reviews:   []assess.Review{{Item: "a"}, {Item: "b"}, {Item: "named"}},
		Decisions: []verify.Decision{
			{Seq: 1, Kind: verify.Confirm, Incident: "I-1", By: "Ada"}, {Seq: 2, Kind: verify.Confirm, Incident: "I-2", By: "Bo"},
			{Seq: 3, Kind: verify.Merge, Incident: "I-9", Other: "I-1", By: "Ada"}, {Seq: 4, Kind: verify.Exclude, Subjects: []verify.Digest{"c"}, By: "Bo"},
		},
		Ledger: Ledger{
			Entries:     iter.Seq2[custody.Entry, error](func(yield func(custody.Entry, error) bool) { yield(custody.Entry("{}"), nil) }),
			Checkpoints: []custody.Checkpoint{{Size: 1}}, Texts: []LedgerText{{Field: "reason", Text: "Olena said so"}}, Extra: []ExtraFile{{Name: "keys/ssh.pub"}},
		},
	}
}

// A dossier of one incident is handed to somebody who is to learn nothing of the
// others.
func TestOneIncidentBringsNothingOfOthers(t *testing.T) {
	c := twoIncidents()
	if err := c.Only("I-3"); err == nil {
		t.Error("an incident that is not there is handed on")
	}
	if err := c.Only("i-1"); err != nil {
		t.Fatal(err)
	}
	var items, reviews []verify.Digest
	for _, it := range c.Items {
		items = append(items, it.Digest)
	}
	for _, r := range c.Reviews {
		reviews = append(reviews, r.Item)
	}
	var decisions []int64
	for _, d := range c.Decisions {
		decisions = append(decisions, d.Seq)
	}
	if want := []verify.Digest{"a", "named"}; !slices.Equal(items, want) || !slices.Equal(reviews, want) {
		t.Errorf("items %v and reviews %v, want those of %v", items, reviews, want)
	}
	if !slices.Equal(decisions, []int64{1, 3}) {
		t.Errorf("decisions %v, want those on this incident", decisions)
	}
	if len(c.Incidents) != 1 || len(c.Matches) != 1 || len(c.Clusters) != 1 || len(c.Findings) != 1 || c.Known != nil {
		t.Errorf("%d incidents, %d matches, %d clusters, %d findings and %d known incidents, want 1, 1, 1, 1 and 0",
			len(c.Incidents), len(c.Matches), len(c.Clusters), len(c.Findings), len(c.Known))
	}
}

// What no list of people holds can name them too: the title of the case, its
// settings, where its sources lie, the texts of its ledger.
func TestWhatLeavesTheRoomLosesWhatCannotBeToldApart(t *testing.T) {
	redacted := twoIncidents()
	redacted.Redact(publish.Redaction{People: true})
	if redacted.Title != "" || redacted.Settings != nil || redacted.Sources != nil || redacted.Known != nil || len(redacted.Withheld) == 0 {
		t.Errorf("redacted: title %q, settings %v, %d sources, %d known, %d withheld", redacted.Title, redacted.Settings, len(redacted.Sources), len(redacted.Known), len(redacted.Withheld))
	}
	whole := twoIncidents()
	whole.Redact(publish.Redaction{})
	if whole.Title == "" || whole.Settings == nil || whole.Withheld != nil {
		t.Error("without a choice something is left out")
	}
	public := twoIncidents()
	public.MakePublic(publish.Profile{})
	if public.Title != "" || public.Settings != nil || public.Sources != nil || public.Known != nil || public.Decisions != nil || public.Findings != nil || public.Matches != nil {
		t.Errorf("public: %+v", public)
	}
	if l := public.Ledger; l.Entries != nil || l.Texts != nil || l.Extra != nil || len(l.Checkpoints) != 1 {
		t.Errorf("of the ledger %d texts and %d files go out, and %d checkpoints, want its signed state alone", len(l.Texts), len(l.Extra), len(l.Checkpoints))
	}
}

// A record of a bag that gives an item the bytes of another file, or of none, is
// refused: the bytes are what an item is known by.
func TestBagItemWithOtherBytesIsRefused(t *testing.T) {
	for object, good := range map[string]bool{"data/x": true, "data/y": false, "data/gone": false} {
		b := &BagImport{bag: newBag(&container{})}
		b.bag.sums["data/x"] = map[string]string{"sha256": "d"}
		b.bag.sums["data/y"] = map[string]string{"sha256": "e"}
		b.file(1, "src", newFileName("a.jpg"), nil, object, "d", false)
		if (len(b.Good) == 1) != good || (len(b.Bad) == 1) == good {
			t.Errorf("%s for the item d: %d taken and %d refused", object, len(b.Good), len(b.Bad))
		}
	}
}

// Where a person says that it was goes before where the grouping puts it.
func TestAPersonsPlaceGoesFirst(t *testing.T) {
	lat, lon, said := 50.0, 36.0, 49.0
	inc := assess.Incident{Incident: verify.Incident{Latitude: &lat, Longitude: &lon, PlaceBasis: "2 positions"}}
	if p := placeOf(&inc); p == nil || p.Latitude != 50 || p.basis != "2 positions" {
		t.Errorf("by the grouping: %+v", p)
	}
	inc.Record.Latitude, inc.Record.Longitude, inc.Record.LocationPrecision = &said, &said, assess.PlaceVicinity
	if p := placeOf(&inc); p == nil || p.Position != (Position{49, 49}) || p.radiusM != 100 || p.basis != "person" {
		t.Errorf("by a person: %+v", p)
	}
}

// Times are exchanged in UTC, whatever zone the machine or the value is in.
func TestInstantsAreInUTC(t *testing.T) {
	at := time.Date(2022, 3, 4, 1, 30, 0, 0, time.FixedZone("", 3*3600))
	if got := instant(&at); got != "2022-03-03T22:30:00Z" {
		t.Errorf("written as %s", got)
	}
	if got := instant(nil) + instant(&time.Time{}); got != "" {
		t.Errorf("no time is written as %q", got)
	}
}
