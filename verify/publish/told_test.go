package publish

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// posted is a confirmed incident of items that anybody can look up, each in the
// role given.
func posted(roles ...verify.Role) Content {
	inc := verify.Incident{ID: "I1", Status: verify.Confirmed}
	var c Content
	for i, role := range roles {
		d := verify.Digest(fmt.Sprintf("d%d", i))
		path := fmt.Sprintf("channel/%d.jpg", i)
		c.Items = append(c.Items, verify.Item{Digest: d, Sightings: []verify.Sighting{{Path: path, Source: "channel", Digest: d, Records: []source.Record{{URL: "https://x.example/" + string(d)}}}}})
		inc.Members = append(inc.Members, verify.Member{Path: path, Role: role, Digest: d})
	}
	c.Incidents = []verify.Incident{inc}
	return c
}

func counted(list []Withheld, what string) int {
	i := slices.IndexFunc(list, func(w Withheld) bool { return w.What == what })
	if i < 0 {
		return 0
	}
	return list[i].Count
}

// An old picture that is passed off as this event, and a satellite picture of
// another day, are no files of the incident that is published.
func TestOnlyWhatCountsIsTold(t *testing.T) {
	out, list := Profile{}.Apply(posted(verify.Original, verify.Recycled, verify.Context, verify.Copy))
	if len(out.Items) != 2 || len(out.Incidents[0].Members) != 2 {
		t.Errorf("%d items and %d members are told, of 2 that count", len(out.Items), len(out.Incidents[0].Members))
	}
	if n := counted(list, words[noMember][0]); n != 2 {
		t.Errorf("%d files are said to belong to no incident, not 2", n)
	}
}

// What is not settled between two people is nobody's conclusion yet.
func TestUnsettledReviewsStay(t *testing.T) {
	sheet := func(round assess.Round, done bool, c assess.Conclusion) assess.Sheet {
		return assess.Sheet{Round: round, Done: done, Conclusion: c, Reviewers: []assess.Reviewer{{Name: string(rune('A' + round))}}}
	}
	first := sheet(assess.First, true, assess.Manipulated)
	for _, k := range []struct {
		name   string
		review assess.Review
		told   bool
	}{
		{"one, and no second is wanted", assess.Review{Single: true, Sheets: []assess.Sheet{first}}, true},
		{"two agree", assess.Review{Sheets: []assess.Sheet{first, sheet(assess.Second, true, assess.Manipulated)}}, true},
		{"a third decided", assess.Review{Sheets: []assess.Sheet{first, sheet(assess.Second, true, assess.Staged), sheet(assess.Adjudication, true, assess.Staged)}}, true},
		{"not handed in", assess.Review{Sheets: []assess.Sheet{sheet(assess.First, false, assess.Manipulated)}}, false},
		{"waits for a second", assess.Review{Sheets: []assess.Sheet{first}}, false},
		{"two disagree", assess.Review{Sheets: []assess.Sheet{first, sheet(assess.Second, true, assess.Staged)}}, false},
	} {
		c := posted(verify.Original)
		k.review.Item = "d0"
		c.Reviews = []assess.Review{k.review}
		out, list := Profile{}.Apply(c)
		if got := len(out.Reviews) == 1; got != k.told {
			t.Errorf("%s: told is %v", k.name, got)
		}
		if n := counted(list, words[openReview][0]); (n == 1) == k.told {
			t.Errorf("%s: %d reviews are said to be withheld", k.name, n)
		}
	}
}

// Who asks for a position to be blurred, and gives no other, gets one digit less
// than who did not decide.
func TestBlurredPositionIsCoarser(t *testing.T) {
	lat, lon := 50.123456, 36.123456
	at := func(p assess.Publish) (float64, float64) {
		r := assess.Record{Incident: "I1", Origin: assess.Manual, Status: verify.Confirmed, Latitude: &lat, Longitude: &lon, LocationPrecision: assess.PlaceExact, PublishLocation: p}
		out, _ := Profile{}.Apply(Content{Records: []assess.Record{r}})
		return *out.Records[0].Latitude, *out.Records[0].Longitude
	}
	if a, o := at(""); a != 50.123 || o != 36.123 {
		t.Errorf("not decided, told %v, %v", a, o)
	}
	if a, o := at(assess.PublishFuzzed); a != 50.12 || o != 36.12 {
		t.Errorf("to be blurred, told %v, %v", a, o)
	}
}

// A source that a person hid is HIDDEN and nothing more, be it hidden by its mark
// or by its path, as tables have it.
func TestHiddenLinksAreNotTold(t *testing.T) {
	r := assess.Record{Incident: "I1", Origin: assess.Manual, Status: verify.Confirmed, Sources: []assess.Source{
		{ID: "s1", URL: "https://witness.example/1", Title: "a witness", Hidden: true},
		{ID: "s2", URL: "https://witness.example/2", Title: "another", Paths: []string{assess.HiddenPath}},
		{ID: "s3", URL: "https://open.example/3", Title: "a channel", Author: "somebody"},
	}}
	out, list := Profile{}.Apply(Content{Records: []assess.Record{r}})
	for _, s := range out.Records[0].Sources[:2] {
		if s.URL != "" || s.Title != "-" || !slices.Equal(s.Paths, []string{assess.HiddenPath}) {
			t.Errorf("hidden, told %+v", s)
		}
	}
	if s := out.Records[0].Sources[2]; s.URL != "https://open.example/3" || s.Author != "" {
		t.Errorf("open, told %+v", s)
	}
	if n := counted(list, words[hiddenLink][0]); n != 2 {
		t.Errorf("%d links are said to be hidden, not 2", n)
	}
}

// Tags as they were read, and fields that another program had, hold names that
// nobody stated as such: no redaction lets them through.
func TestRedactionDropsWhatCannotBeToldApart(t *testing.T) {
	in := toRedact()
	in.Items[0].Media.Fields = []container.Tag{{Field: "IPTC:By-line", Value: "Olena K"}}
	in.Records[0].Foreign = &assess.Foreign{Format: "atlos", ID: "A1", Fields: map[string]json.RawMessage{"owner": json.RawMessage(`"Olena K"`)}}
	for _, x := range []Redaction{{People: true}, {Captions: true}, {Notes: true}} {
		out, _ := x.Apply(in)
		if f := out.Items[0].Media.Fields; f != nil {
			t.Errorf("%+v: tags are told: %v", x, f)
		}
		if f := out.Records[0].Foreign; f == nil || f.ID != "A1" || f.Fields != nil {
			t.Errorf("%+v: of the other program is told: %+v", x, f)
		}
	}
}

// Of a name that begins another the longer one is found, so that nothing of it
// is left behind a label.
func TestRedactionFindsTheLongerName(t *testing.T) {
	in := toRedact()
	in.Items[0].Sightings[0].Account = "Anna"
	in.Items[0].Sightings[0].Records[0].Account = "Anna Petrova"
	in.Decisions[0].Reason = "Anna Petrova wrote it, and not Anna"
	out, _ := Redaction{Names: true}.Apply(in)
	if got := out.Decisions[0].Reason; strings.Contains(strings.ToLower(got), "petrova") || strings.Contains(got, "Anna") {
		t.Errorf("reason %q", got)
	}
}
