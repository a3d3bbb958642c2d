package assess

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// shot is an item that claims a place in Kharkiv and a minute, and was posted.
func shot(recorded, posted string) verify.Item {
	at := func(text string) time.Time {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		return t
	}
	lat, lon := 49.99, 36.23
	zero := 0
	it := verify.Item{Digest: photo, Size: 10, Media: extract.Media{Kind: extract.Image, Device: extract.Device{Make: "Acme", Software: "Cut 2"}}}
	made := extract.Time{Kind: extract.Capture, Trust: extract.TrustDevice, Zone: extract.Offset, OffsetMinutes: &zero, Earliest: at(recorded), Latest: at(recorded).Add(time.Second), Field: "EXIF:DateTimeOriginal"}
	it.Media.Times, it.Media.BestTime = []extract.Time{made}, &made
	it.Media.Places = []extract.Place{{Kind: "exif_gps", Latitude: &lat, Longitude: &lon, Field: "EXIF:GPSLatitude"}}
	it.Media.Findings = []extract.Finding{{Code: "c2pa-valid", Message: "the manifest binds the bytes", Field: "C2PA"}, {Code: "thumbnail-mismatch", Message: "the thumbnail shows another picture"}}
	it.Sightings = []verify.Sighting{{Path: "s/1.jpg", Records: []source.Record{{Format: "telegram-json", URL: "https://t.me/x/1", ForwardedFrom: "another"}}}}
	if posted != "" {
		it.Sightings[0].Times = []extract.Time{{Kind: extract.Posted, Zone: extract.UTC, Earliest: at(posted), Latest: at(posted), Field: "Telegram:date"}}
	}
	return it
}

func messages(list []Suggestion, step string) string {
	var out []string
	for _, s := range list {
		if s.Step == step {
			out = append(out, s.Message)
		}
	}
	return strings.Join(out, " | ")
}

func TestSuggest(t *testing.T) {
	it := shot("2022-03-11T08:30:00Z", "2022-03-11T09:00:00Z")
	got := Suggest(&it, []verify.Cluster{{Digests: []verify.Digest{photo, "x"}, EarliestTrusted: "other/0.jpg"}})
	for step, want := range map[string]string{
		"B1": "SHA-256 aa", "B2": "read from s/1.jpg", "B3": "posted at https://t.me/x/1", "C5": "forwarded from another", "C1": "2 copies are in the case, the earliest by a trusted time other/0.jpg", "D1": "the file names Acme, Cut 2",
		"D2": "posted by 2022-03-11 09:00:00 UTC: 29m59s between", "D3": "the thumbnail shows another picture", "D4": "the manifest binds the bytes",
		"E2": "the position 49.99000, 36.23000 is claimed", "E3": "recorded at 2022-03-11 08:30:00 UTC, as claimed",
	} {
		if m := messages(got, step); !strings.Contains(m, want) {
			t.Errorf("%s: %q, want %q", step, m, want)
		}
	}
	if !slices.IsSortedFunc(got, func(a, b Suggestion) int { return strings.Compare(a.Step, b.Step) }) {
		t.Errorf("not in the order of the checklist: %+v", got)
	}
	later := shot("2022-03-11T10:00:00Z", "2022-03-11T09:00:00Z")
	if m := messages(Suggest(&later, nil), "D2"); !strings.Contains(m, "one of the two is wrong") {
		t.Errorf("recorded after the post: %q", m)
	}
	bare := verify.Item{Digest: photo, Sightings: []verify.Sighting{{Path: "s/1"}}}
	list := Suggest(&bare, nil)
	for step, want := range map[string]string{"C1": "no other copy", "D1": "names no device", "D2": "neither a time", "D4": "which says nothing"} {
		if m := messages(list, step); !strings.Contains(m, want) {
			t.Errorf("a bare file, %s: %q", step, m)
		}
	}
}

func TestLightBesideTheClaim(t *testing.T) {
	it := shot("2022-03-11T08:30:00Z", "")
	for said, want := range map[sun.Light]string{sun.Day: "fits the claimed place and time", sun.Night: "the picture shows night"} {
		s, ok, err := Light(&it, said)
		if err != nil || !ok || s.Step != "E3" || !strings.Contains(s.Message, want) {
			t.Errorf("%s: %+v, %v, %v", said, s, ok, err)
		}
	}
	it.Media.Places = nil
	if _, ok, err := Light(&it, sun.Day); ok || err != nil {
		t.Errorf("without a place: %v, %v", ok, err)
	}
}

func TestChecklist(t *testing.T) {
	var ids []string
	for _, s := range Steps() {
		ids = append(ids, s.ID)
		if s.Question == "" || s.Help == "" || s.Group == "" || s.Derived != (s.ID == "G") {
			t.Errorf("step %+v", s)
		}
	}
	want := "A1 A2 A3 A4 B1 B2 B3 C1 C2 C3 C4 C5 D1 D2 D3 D4 E1 E2 E3 E4 E5 E6 F G H"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if s, ok := FindStep(" e2 "); !ok || s.ID != "E2" {
		t.Errorf("e2 is %+v", s)
	}
}
