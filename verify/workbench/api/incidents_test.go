package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// at is the position of an item some metres north of the same corner.
func at(metres float64) extract.Place {
	lat, lon := 48.5+metres/111_195, 35.0
	return extract.Place{Kind: extract.PlaceEXIF, Latitude: &lat, Longitude: &lon}
}

// shot is a photograph of a source, taken so many minutes after noon.
func shot(source, name string, minutes int, metres float64) verify.Item {
	taken := time.Date(2026, 5, 16, 12, minutes, 0, 0, time.UTC)
	place := at(metres)
	it := verify.Item{Digest: verify.Digest(fmt.Sprintf("%064x", len(name)*1000+minutes))}
	it.Media.Kind = extract.Image
	it.Media.Times = []extract.Time{{Kind: extract.Capture, Zone: extract.UTC, Trust: extract.TrustDevice, Precision: extract.Second, Earliest: taken, Latest: taken}}
	it.Media.BestTime = &it.Media.Times[0]
	it.Media.Places = []extract.Place{place}
	it.Media.BestPlace = &it.Media.Places[0]
	it.Sightings = []verify.Sighting{{Path: source + "/" + name, Source: source, Digest: it.Digest}}
	return it
}

// member is an original with what speaks for it.
func member(it *verify.Item, reasons ...verify.Reason) verify.Member {
	return verify.Member{Path: it.Path(), Digest: it.Digest, Role: verify.Original, Reasons: reasons}
}

// boardView is a view of two incidents half an hour and 400 m apart, the first
// confirmed, and of one item that would join it.
func boardView() *View {
	items := []verify.Item{shot("phone", "a.jpg", 0, 0), shot("telegram", "b.jpg", 10, 90), shot("phone", "gone.jpg", 40, 400), shot("x", "might.jpg", 35, 300)}
	v := &View{Items: items, at: map[verify.Digest]int{}, cluster: map[verify.Digest]int{}}
	for i := range items {
		v.at[items[i].Digest] = i
	}
	span := func(from, to int) (*time.Time, *time.Time) {
		a, b := time.Date(2026, 5, 16, 12, from, 0, 0, time.UTC), time.Date(2026, 5, 16, 12, to, 0, 0, time.UTC)
		return &a, &b
	}
	first := verify.Incident{ID: "I-1", Status: verify.Confirmed, Flags: []string{"suggestion"}, Members: []verify.Member{
		member(&items[0], verify.Reason{Code: "time", Weight: 4, Message: "taken 10 minutes before telegram/b.jpg"}, verify.Reason{Code: "prior", Weight: -2.5}),
		member(&items[1], verify.Reason{Code: "time", Weight: 4, Message: "taken 10 minutes after phone/a.jpg"}),
	}, Possible: []verify.Member{
		member(&items[3], verify.Reason{Code: headSuggestion, Weight: 5, Message: "would join by 5.0 bits"}, verify.Reason{Code: "place", Weight: 5, Message: "0.3 km from phone/a.jpg"}),
		{Path: "x/copy.jpg", Digest: items[3].Digest, Role: verify.Copy, Reasons: []verify.Reason{{Code: "copy"}}},
	}, Reasons: []verify.Reason{{Code: headSuggestion, Weight: 7, Message: "I-2 would join by 7.0 bits, which a person decides"}}}
	first.Earliest, first.Latest = span(0, 10)
	first.Latitude, first.Longitude = items[0].Media.BestPlace.Latitude, items[0].Media.BestPlace.Longitude
	second := verify.Incident{ID: "I-2", Status: verify.Candidate, Flags: []string{"single-source", "single-item"}, Members: []verify.Member{member(&items[2])}}
	second.Earliest, second.Latest = span(40, 40)
	second.Latitude, second.Longitude = items[2].Media.BestPlace.Latitude, items[2].Media.BestPlace.Longitude
	v.Incidents = []verify.Incident{first, second}
	return v
}

func TestIncidentRow(t *testing.T) {
	v := boardView()
	all := assess.Incidents(v.Incidents, nil)
	first, second := v.incidentRow(&all[0]), v.incidentRow(&all[1])
	if first.Bits == nil || *first.Bits != 1.5 {
		t.Errorf("the member that fits least fits by %v", first.Bits)
	}
	if first.Media != 2 || first.Sources != 2 || first.Possible != 1 || first.Changes != 2 || first.Weak {
		t.Errorf("the first: %+v", first)
	}
	if second.Bits != nil || !second.Weak || second.Changes != 0 {
		t.Errorf("one picture of one source: %+v", second)
	}
}

func TestChangesToConfirmedIncidentsWait(t *testing.T) {
	v := boardView()
	got := v.changesOf(&v.Incidents[0])
	if len(got) != 2 || got[0].Kind != verify.Add || got[0].Item.Name != "might.jpg" || got[1].Kind != verify.Merge || got[1].Other != "I-2" {
		t.Errorf("got %+v", got)
	}
	v.Incidents[0].Status = verify.Candidate
	if got := v.changesOf(&v.Incidents[0]); len(got) != 0 {
		t.Errorf("a candidate changes by itself, and yet %+v", got)
	}
}

func TestSuggestionsSayHowFar(t *testing.T) {
	v := boardView()
	all := assess.Incidents(v.Incidents, nil)
	got := v.suggestions(&all[0])
	if len(got) != 1 || got[0].Copies != 1 || !got[0].Sure {
		t.Fatalf("got %+v", got)
	}
	if want := []string{"300 m away", "25 min later"}; !slices.Equal(got[0].Apart, want) {
		t.Errorf("apart %q, want %q", got[0].Apart, want)
	}
	if len(got[0].Reasons) != 1 || got[0].Reasons[0].Code != "place" {
		t.Errorf("reasons %+v", got[0].Reasons)
	}
}

func TestNeighbours(t *testing.T) {
	v := boardView()
	all := assess.Incidents(v.Incidents, nil)
	got := v.neighbours(&all[0], all)
	if len(got) != 1 || got[0].Row.ID != "I-2" || !slices.Equal(got[0].Apart, []string{"400 m away", "30 min later"}) {
		t.Errorf("got %+v", got)
	}
	v.Incidents[1].Earliest, v.Incidents[1].Latest = nil, nil
	v.Incidents[1].Latitude, v.Incidents[1].Longitude = nil, nil
	if got := v.neighbours(&all[0], assess.Incidents(v.Incidents, nil)); len(got) != 0 {
		t.Errorf("one that nothing is known of is near: %+v", got)
	}
}

func TestSplitIsSeenBefore(t *testing.T) {
	v := boardView()
	all := assess.Incidents(v.Incidents, nil)
	members := v.incidentMembers(&all[0])
	stays, leaves := members[:1], members[1:]
	ties := cutTies(stays, leaves)
	if len(ties) != 1 || !strings.HasPrefix(ties[0].Message, "telegram/b.jpg: ") {
		t.Errorf("what ties them: %+v", ties)
	}
	part, _ := partOf(leaves)
	if part.Items != 1 || part.Sources != 1 || !strings.Contains(part.When, "12:10 UTC") {
		t.Errorf("what leaves: %+v", part)
	}
}

func TestMergeClashes(t *testing.T) {
	v := boardView()
	if got := mergeClashes(&v.Incidents[0], &v.Incidents[1]); len(got) != 0 {
		t.Errorf("half an hour and 400 m are called a clash: %q", got)
	}
	later := v.Incidents[1].Earliest.AddDate(0, 0, 2)
	lat := *v.Incidents[1].Latitude + 1
	v.Incidents[1].Earliest, v.Incidents[1].Latest, v.Incidents[1].Latitude = &later, &later, &lat
	if got := mergeClashes(&v.Incidents[0], &v.Incidents[1]); len(got) != 2 || !strings.Contains(got[0], "2 d apart") || !strings.Contains(got[1], "112 km apart") {
		t.Errorf("two days and a degree: %q", got)
	}
}

func TestTimeApartIsNeverTighterThanKnown(t *testing.T) {
	moment := func(minutes int) *time.Time {
		m := time.Date(2026, 5, 16, 12, minutes, 0, 0, time.UTC)
		return &m
	}
	for _, test := range []struct {
		a, b span
		want string
	}{
		{span{moment(30), moment(30)}, span{moment(0), moment(10)}, "20 min later"},
		{span{moment(0), moment(5)}, span{moment(30), moment(40)}, "25 min earlier"},
		{span{moment(0), moment(20)}, span{moment(10), moment(40)}, "in its time"},
		{span{nil, moment(20)}, span{moment(10), moment(40)}, ""},             // posted by then, taken who knows when
		{span{nil, moment(5)}, span{moment(10), moment(40)}, "5 min earlier"}, // and so before it
		{span{}, span{moment(10), moment(40)}, ""},
	} {
		if got := timeApart(test.a, test.b); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
