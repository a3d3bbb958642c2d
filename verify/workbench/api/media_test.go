package api

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// claimAt is a time that something says, in minutes east of UTC.
func claimAt(kind extract.TimeKind, trust extract.Trust, field, local string, offset int) extract.Time {
	wall, err := time.Parse("2006-01-02T15:04:05", local)
	if err != nil {
		panic(err)
	}
	zone := extract.Offset
	if offset == 0 {
		zone = extract.UTC
	}
	from := wall.Add(-time.Duration(offset) * time.Minute)
	return extract.Time{
		Kind: kind, Local: source.Text(local), OffsetMinutes: &offset, Zone: zone, Earliest: from, Latest: from.Add(time.Second),
		Precision: extract.Second, Trust: trust, Field: field, Raw: local,
	}
}

func TestTimesStandBesideEachOther(t *testing.T) {
	device := claimAt(extract.Capture, extract.TrustDevice, "EXIF:DateTimeOriginal", "2026-05-16T14:02:11", 180)
	unset := claimAt(extract.Digitised, extract.TrustNone, "EXIF:CreateDate", "2000-01-01T00:00:00", 180)
	posted := claimAt(extract.Posted, extract.TrustPlatform, "telegram:date", "2026-05-16T08:40:00", 0)
	received := claimAt(extract.Received, extract.TrustPlatform, "whatsapp:date", "2026-05-16T08:00:00", 0)
	saved := claimAt(extract.FileSystem, extract.TrustDerived, "File:FileModifyDate", "2026-05-17T09:00:00", 0)
	it := &verify.Item{
		Digest: "d", Media: extract.Media{Times: []extract.Time{device, unset}},
		Sightings: []verify.Sighting{
			{Path: "b/x.jpg", Times: []extract.Time{posted, received, saved}},
			{Path: "c/x.jpg", Times: []extract.Time{posted}},
		},
	}
	times, clashes := (&View{}).timesOf(it)
	got := map[string]string{}
	for _, c := range times {
		got[c.Time.Kind] = c.Standing
	}
	want := map[string]string{"capture": "best", "digitised": "unused", "posted": "contradicts", "received": "contradicts", "file_system": "unused"}
	if len(times) != len(want) || times[0].Time.Kind != "capture" {
		t.Fatalf("listed: %+v", times)
	}
	for kind, standing := range want {
		if got[kind] != standing {
			t.Errorf("%s is %q, want %q", kind, got[kind], standing)
		}
	}
	for _, c := range times {
		if c.Time.Kind == "posted" && strings.Join(c.Paths, " ") != "b/x.jpg c/x.jpg" {
			t.Errorf("what two sightings say is of %v", c.Paths)
		}
	}
	// Post and message do not clash with each other, though one came first.
	if len(clashes) != 2 || !strings.Contains(clashes[0].Text, "2 h 22 min before device clock (16 May 2026 14:02:11 +03:00)") {
		t.Errorf("clashes: %+v", clashes)
	}
	if c := clashes[0]; times[c.Left].Time.Kind != "capture" || times[c.Right].Time.Kind != "posted" {
		t.Errorf("the clash names claims %d and %d", c.Left, c.Right)
	}
}

// A clock without a zone is not said to contradict what any zone can explain.
func TestAZoneIsNotMadeUpForAClash(t *testing.T) {
	floating := claimAt(extract.Capture, extract.TrustDevice, "EXIF:DateTimeOriginal", "2026-05-16T14:02:11", 180)
	floating.OffsetMinutes, floating.Zone = nil, extract.Floating
	floating.Earliest, floating.Latest = floating.Earliest.Add(-11*time.Hour), floating.Latest.Add(15*time.Hour)
	posted := claimAt(extract.Posted, extract.TrustPlatform, "telegram:date", "2026-05-16T08:40:00", 0)
	it := &verify.Item{Media: extract.Media{Times: []extract.Time{floating}}, Sightings: []verify.Sighting{{Path: "b/x.jpg", Times: []extract.Time{posted}}}}
	times, clashes := (&View{}).timesOf(it)
	if len(clashes) != 0 || times[1].Standing != "bounds" {
		t.Errorf("clashes %+v; the post %s", clashes, times[1].Standing)
	}
	if times[0].Time.Zone != "zone unknown" || times[0].Time.ISO != "" {
		t.Errorf("the clock reads %+v", times[0].Time)
	}
}

func TestAPersonsTimeGoesFirst(t *testing.T) {
	device := claimAt(extract.Capture, extract.TrustDevice, "EXIF:DateTimeOriginal", "2026-05-16T14:02:11", 180)
	said := claimAt(extract.StatedByHand, extract.TrustDerived, "Person", "2026-05-15T14:02:11", 180)
	it := &verify.Item{Digest: "d", Media: extract.Media{Times: []extract.Time{device}}}
	v := &View{Marks: map[verify.Digest]verify.Marks{"d": {Time: &verify.SaidTime{Time: said, Said: verify.Said{By: "Ada", Reason: "the shadow"}}}}}
	times, clashes := v.timesOf(it)
	if times[0].Time.Kind != "stated" || len(clashes) != 1 || !strings.Contains(clashes[0].Text, "lie at least 23 h 59 min apart") {
		t.Errorf("first %s; clashes %+v", times[0].Time.Kind, clashes)
	}
	if s := v.sayings("d"); s.Time == nil || s.Time.By != "Ada" || s.Time.Reason != "the shadow" {
		t.Errorf("said: %+v", s.Time)
	}
}

func TestPlacesFarApartAreNamed(t *testing.T) {
	place := func(kind extract.PlaceKind, field string, lat, lon float64) extract.Place {
		return extract.Place{Kind: kind, Latitude: &lat, Longitude: &lon, Field: field, Raw: field}
	}
	it := &verify.Item{
		Media:     extract.Media{Places: []extract.Place{place(extract.PlaceEXIF, "Composite:GPSPosition", 50.45, 30.52)}},
		Sightings: []verify.Sighting{{Path: "a/b.jpg", Places: []extract.Place{place(extract.PlaceSidecar, "telegram:location", 50.45, 30.80), place(extract.PlaceSidecar, "near", 50.4501, 30.52)}}},
	}
	it.Media.BestPlace = extract.BestPlace(it.Media.Places)
	places, clashes := (&View{}).placesOf(it)
	if len(places) != 3 || !places[0].Best || places[1].Best {
		t.Fatalf("places: %+v", places)
	}
	if len(clashes) != 2 || clashes[0].Text != "Position in the file and position in the post lie 20 km apart" {
		t.Errorf("clashes: %+v", clashes)
	}
}

func TestMediaPageOfACase(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 640, 480), "b.jpg": picture(t, 2, 640, 480), "broken.jpg": []byte("\xff\xd8\xff\xe0 cut off")})
	v := view(t, c)
	for i := range v.Items {
		it := &v.Items[i]
		p, err := ask[MediaPage](t, c, "media", map[string]string{"id": string(it.Digest)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if p.Card.ID != it.Digest || p.Bytes != it.Size || len(p.Seen) != 1 || p.OriginalHere == "" || p.Film != nil {
			t.Errorf("%s: %+v", it.Path(), p)
		}
		if (p.Unread != "") != (lastPart(it.Path()) == "broken.jpg") {
			t.Errorf("%s was read: %q", it.Path(), p.Unread)
		}
	}
	var e *Error
	if _, err := ask[MediaPage](t, c, "media", map[string]string{"id": "<b>none</b>"}, nil); !errors.As(err, &e) || e.Status != http.StatusNotFound || e.Hint == "" {
		t.Errorf("an item that is not there: %v", err)
	}
}

// Neighbours are those under the filter that the gallery shows; an item that
// the filter leaves out still leads back into it.
func TestAround(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48), "b.jpg": picture(t, 2, 64, 48), "c.jpg": picture(t, 3, 64, 48)})
	v := view(t, c)
	around := func(name, filter string) Around {
		for i := range v.Items {
			if lastPart(v.Items[i].Path()) == name {
				a, err := ask[Around](t, c, "mediaAround", map[string]string{"id": string(v.Items[i].Digest), "sort": "path", "filter": filter}, nil)
				if err != nil {
					t.Fatal(err)
				}
				return a
			}
		}
		t.Fatal(name)
		return Around{}
	}
	if a := around("b.jpg", ""); a.Position != 2 || a.Total != 3 || a.Previous.Name != "a.jpg" || a.Next.Name != "c.jpg" {
		t.Errorf("b among all: %+v", a)
	}
	if a := around("a.jpg", ""); a.Previous != nil {
		t.Errorf("before the first: %+v", a.Previous)
	}
	if a := around("b.jpg", "c.jpg"); a.Position != 0 || a.Total != 1 || a.Next == nil || a.Next.Name != "c.jpg" {
		t.Errorf("b, which the filter leaves out: %+v", a)
	}
	if _, err := ask[Around](t, c, "mediaAround", map[string]string{"id": string(v.Items[0].Digest), "filter": `"open`}, nil); err == nil {
		t.Error("a filter that cannot be meant is answered")
	}
}

func TestFieldsAreReadFromTheOriginal(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48)})
	c.api.program.Inspect = func(ctx context.Context, path string) (it verify.Item, err error) {
		opt := ingest.Options{Examiner: inProcess{}, All: true, Workers: 1}
		err = ingest.InspectFiles(ctx, []string{path}, opt, func(i ingest.Inspection) error { it = i.Item; return i.Err })
		return it, err
	}
	it := &view(t, c).Items[0]
	fields := func() Fields {
		f, err := ask[Fields](t, c, "mediaFields", map[string]string{"id": string(it.Digest)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := fields()
	if !f.Read || len(f.Tags) < 5 || f.Why != "" {
		t.Errorf("read: %+v", f)
	}
	inspect := c.api.program.Inspect
	c.api.program.Inspect = func(ctx context.Context, path string) (verify.Item, error) {
		other, err := inspect(ctx, path)
		other.Digest = "changed meanwhile"
		return other, err
	}
	if f = fields(); f.Read || !strings.Contains(f.Why, "no longer the file") {
		t.Errorf("of a file that was changed: %+v", f)
	}
	c.api.program.Inspect = inspect
	path, err := c.Original(t.Context(), it.Digest)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, filepath.Join(t.TempDir(), "away.jpg")); err != nil {
		t.Fatal(err)
	}
	if f = fields(); f.Read || f.Why == "" || len(f.Tags) == 0 {
		t.Errorf("of a file that is not there: %+v", f)
	}
	other := picture(t, 9, 64, 48)
	if err := os.WriteFile(path, other, 0o644); err != nil {
		t.Fatal(err)
	}
	if f = fields(); f.Read {
		t.Error("another file's tags are shown for this one")
	}
}

func TestStepsOfAVideo(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48)})
	id := string(view(t, c).Items[0].Digest)
	c.api.program.Step = func(_ context.Context, _ string, at time.Duration, steps int) (strip.Shown, int, error) {
		return strip.Shown{At: at + time.Duration(steps)*33366667*time.Nanosecond, Last: true}, steps, nil
	}
	f, err := ask[FrameTime](t, c, "mediaStep", map[string]string{"id": id, "at_us": "0", "steps": "1"}, nil)
	if err != nil || f.At != 33366 || f.Media != 34 || f.Until != nil || f.Text != "0:00.033" {
		t.Errorf("one on: %+v, %v", f, err)
	}
	for _, values := range []map[string]string{{"id": id, "at_us": "-1"}, {"id": id, "steps": "100000"}} {
		if _, err := ask[FrameTime](t, c, "mediaStep", values, nil); err == nil {
			t.Errorf("%v is answered", values)
		}
	}
}

func TestTextsOfOthersAreBounded(t *testing.T) {
	if got := shortened("añejo", 2); got != "a" {
		t.Errorf("half a letter is left: %q", got)
	}
	p := postOf(&source.Record{Text: strings.Repeat("ä", longestText)})
	if !p.TextCut || len(p.Text) > longestText {
		t.Errorf("a caption of %d bytes is shown", len(p.Text))
	}
}
