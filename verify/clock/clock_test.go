package clock

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// shot is one file as a test tells it.
type shot struct {
	clock  string // what the camera shows: "2022-06-25T13:48:24"
	offset int    // minutes it states, floating for none
	gps    string // UTC, "" for none
	posted string // UTC, of this file
	model  string
	serial string
	path   string
}

const floating = 1 << 20

func utc(text string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05", text)
	if err != nil {
		panic(err)
	}
	return t
}

func instant(kind extract.TimeKind, at time.Time, field string) extract.Time {
	zero := 0
	return extract.Time{
		Kind: kind, Local: extract.Text(at.Format("2006-01-02T15:04:05")), OffsetMinutes: &zero, Zone: extract.UTC,
		Earliest: at, Latest: at.Add(time.Second), Precision: extract.Second, Trust: extract.TrustDevice, Field: field,
	}
}

// unzoned is a reading without a zone, as extract gives it.
func unzoned(kind extract.TimeKind, wall time.Time, field string) extract.Time {
	t := instant(kind, wall, field)
	t.Zone, t.OffsetMinutes = extract.Floating, nil
	t.Earliest, t.Latest = wall.Add(-14*time.Hour), wall.Add(12*time.Hour+time.Second)
	t.Raw = wall.Format("2006:01:02 15:04:05")
	return t
}

func (s shot) item(n int) verify.Item {
	path := s.path
	if path == "" {
		path = fmt.Sprintf("phone/DSC_%04d.jpg", n)
	}
	source, _, _ := strings.Cut(path, "/")
	it := verify.Item{
		Digest:    verify.Digest(fmt.Sprintf("%064x", n+1)),
		Media:     extract.Media{Kind: extract.Image, Device: extract.Device{Make: "Acme", Model: "One", Serial: extract.Text(s.serial)}},
		Sightings: []verify.Sighting{{Path: path, Source: source}},
	}
	if s.model == "-" {
		it.Media.Device = extract.Device{}
	} else if s.model != "" {
		it.Media.Device.Model = extract.Text(s.model)
	}
	wall := utc(s.clock)
	t := unzoned(extract.Capture, wall, "EXIF:DateTimeOriginal")
	if s.offset != floating {
		off := s.offset
		t.Zone, t.OffsetMinutes = extract.Offset, &off
		t.Earliest = wall.Add(-time.Duration(off) * time.Minute)
		t.Latest = t.Earliest.Add(time.Second)
	}
	it.Media.Times = append(it.Media.Times, t)
	if s.gps != "" {
		it.Media.Times = append(it.Media.Times, instant(extract.GPS, utc(s.gps), "Composite:GPSDateTime"))
	}
	if s.posted != "" {
		p := instant(extract.Posted, utc(s.posted), "telegram:date_unixtime")
		p.Trust = extract.TrustPlatform
		it.Sightings[0].Times = append(it.Sightings[0].Times, p)
	}
	extract.SortTimes(it.Media.Times)
	it.Media.BestTime = extract.Best(it.Media.Times)
	return it
}

func items(shots ...shot) []verify.Item {
	var out []verify.Item
	for i, s := range shots {
		out = append(out, s.item(i))
	}
	return out
}

// bounds are those of the corrected time of a file, "" where there is none.
func bounds(it verify.Item) string {
	for _, t := range it.Media.Times {
		if t.IsCorrected() {
			return t.Earliest.Format("2006-01-02T15:04") + " " + t.Latest.Format("2006-01-02T15:04")
		}
	}
	return ""
}

func codes(r Reading) (out []string) {
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return out
}

func TestApplyCorrectsTheClocksOfDevices(t *testing.T) {
	// Two files whose satellite times agree that the clock is a day ahead.
	ahead := []shot{
		{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:00"},
		{clock: "2022-06-26T15:00:00", offset: 180, gps: "2022-06-25T12:00:20"},
	}
	more := func(base []shot, s ...shot) []shot { return append(slices.Clip(base), s...) }
	bare := shot{clock: "2022-06-26T14:00:00", offset: 180}
	for _, tt := range []struct {
		name  string
		shots []shot
		want  string // of the last file
		codes []string
	}{
		{"its satellite times agree", more(ahead, bare), "2022-06-25T10:58 2022-06-25T11:03", []string{"clock-offset"}},
		{"and the file lies after them", more(ahead, shot{clock: "2022-06-26T18:00:00", offset: 180}), "2022-06-25T14:58 2022-06-25T15:03", []string{"clock-offset"}},
		{"one of four is an old fix", more(ahead, shot{clock: "2022-06-26T16:00:00", offset: 180, gps: "2022-06-25T13:00:00"},
			shot{clock: "2022-06-26T13:30:00", offset: 180, gps: "2022-06-25T04:30:00"}, bare), "2022-06-25T10:58 2022-06-25T11:03", []string{"clock-offset"}},
		{"the clock was set right in between", more(ahead, shot{clock: "2022-07-01T13:00:00", offset: 180, gps: "2022-07-01T10:00:00"},
			shot{clock: "2022-07-01T15:00:00", offset: 180, gps: "2022-07-01T12:00:00"}, shot{clock: "2022-06-29T12:00:00", offset: 180}), "", []string{"clock-offset"}},
		{"two disagree", []shot{ahead[0], {clock: "2022-06-26T15:00:00", offset: 180, gps: "2022-06-26T03:00:00"}, bare}, "", []string{"clock-unsteady"}},
		{"one alone", []shot{ahead[0], bare}, "", []string{"clock-suspect"}},
		{"its own, and no device is named", []shot{{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:00", model: "-"}}, "2022-06-25T10:00 2022-06-25T10:00", nil},
		{"its own is an hour old", []shot{{clock: "2022-06-25T14:00:00", offset: 180, gps: "2022-06-25T10:00:00"}}, "2022-06-25T10:00 2022-06-25T11:00", nil},
		{"one fix in a burst", []shot{ahead[0], {clock: "2022-06-26T13:00:04", offset: 180, gps: "2022-06-25T10:00:00"}, bare}, "", []string{"clock-suspect"}},
		{"months later", more(ahead, shot{clock: "2022-09-26T14:00:00", offset: 180}), "", []string{"clock-offset"}},
		{"another device", more(ahead, shot{clock: "2022-06-26T14:00:00", offset: 180, model: "Two"}), "", []string{"clock-offset"}},
		{"the same serial number in another source", []shot{
			{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:00", serial: "4711000"},
			{clock: "2022-06-26T15:00:00", offset: 180, gps: "2022-06-25T12:00:20", serial: "4711000"},
			{clock: "2022-06-26T14:00:00", offset: 180, serial: "4711000", path: "channel/files/a.jpg"},
		}, "2022-06-25T10:58 2022-06-25T11:03", []string{"clock-offset"}},
		{"the same model in another account", more(ahead, shot{clock: "2022-06-26T14:00:00", offset: 180, path: "channel/files/a.jpg"}), "", []string{"clock-offset"}},
		{"a post contradicts it", more(ahead, shot{clock: "2022-06-26T14:00:00", offset: 180, posted: "2022-06-25T09:00:00"}), "", []string{"clock-offset"}},
		{"the clock was right", []shot{
			{clock: "2022-06-25T13:00:00", offset: 180, gps: "2022-06-25T10:00:00"},
			{clock: "2022-06-25T15:00:00", offset: 180, gps: "2022-06-25T11:58:00"}, {clock: "2022-06-25T14:00:00", offset: 180},
		}, "", nil},
		{"a clock without a zone", []shot{
			{clock: "2022-06-25T13:00:00", offset: floating, gps: "2022-06-25T10:00:00"},
			{clock: "2022-06-25T15:00:00", offset: floating, gps: "2022-06-25T12:00:00"}, {clock: "2022-06-25T14:00:00", offset: floating},
		}, "2022-06-25T10:58 2022-06-25T11:03", []string{"clock-zone"}},
		{"summer time ends in between", []shot{
			{clock: "2022-10-25T13:00:00", offset: floating, gps: "2022-10-25T10:00:00"}, {clock: "2022-10-26T13:00:00", offset: floating, gps: "2022-10-26T10:00:00"},
			{clock: "2022-11-02T13:00:00", offset: floating, gps: "2022-11-02T11:00:00"}, {clock: "2022-11-03T13:00:00", offset: floating, gps: "2022-11-03T11:00:00"},
			{clock: "2022-10-29T14:00:00", offset: floating},
		}, "2022-10-29T10:58 2022-10-29T12:03", []string{"clock-zone"}},
		{"posts before the clock's own time", []shot{
			{clock: "2023-06-25T13:00:00", offset: 180, posted: "2022-06-25T12:00:00"}, {clock: "2023-06-25T18:00:00", offset: 180, posted: "2022-06-25T16:00:00"},
			{clock: "2023-06-26T13:00:00", offset: 180, posted: "2022-06-26T11:00:00"}, {clock: "2023-06-26T14:00:00", offset: 180},
		}, "2022-06-25T12:00 2022-06-26T12:00", []string{"clock-offset"}},
		{"one post before it", []shot{{clock: "2023-06-25T13:00:00", offset: 180, posted: "2022-06-25T12:00:00"}, {clock: "2023-06-26T14:00:00", offset: 180}}, "", nil},
		{"an archive posted a year later", []shot{
			{clock: "2021-06-25T13:00:00", offset: 180, posted: "2022-06-25T12:00:00"}, {clock: "2021-06-25T14:00:00", offset: 180, posted: "2022-06-25T12:01:00"},
			{clock: "2021-06-25T15:00:00", offset: 180, posted: "2022-06-25T12:02:00"}, {clock: "2021-06-25T15:30:00", offset: 180},
		}, "", nil},
		{"no clock has such an error", []shot{{clock: "9999-06-25T13:00:00", offset: 0, gps: "2022-06-25T10:00:00"}, {clock: "9999-06-25T14:00:00", offset: 0, gps: "2022-06-25T11:00:00"}, bare}, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Apply(items(tt.shots...), nil, Zones{})
			if got := bounds(r.Items[len(tt.shots)-1]); got != tt.want {
				t.Errorf("the last file lies at %q, want %q\n%v", got, tt.want, r.Findings)
			}
			if got := codes(r); !slices.Equal(got, tt.codes) {
				t.Errorf("findings %v, want %v", got, tt.codes)
			}
		})
	}
}

func TestApplyTakesTheZoneOfFilms(t *testing.T) {
	film := func(n int, name, header string) verify.Item {
		length := 20.0
		it := verify.Item{Digest: verify.Digest(fmt.Sprintf("%064x", 100+n)), Media: extract.Media{Kind: extract.Video, DurationSeconds: &length}}
		it.Media.Times = []extract.Time{instant(extract.Container, utc(header), "QuickTime:CreateDate")}
		path := fmt.Sprintf("phone/VID_%d.mp4", n)
		it.Sightings = []verify.Sighting{{Path: path, Source: "phone", Times: []extract.Time{unzoned(extract.FileName, utc(name), "FileName:Camera")}}}
		return it
	}
	photo := shot{clock: "2022-06-25T14:00:00", offset: floating}.item(0)
	films := []verify.Item{
		film(1, "2022-06-25T13:00:00", "2022-06-25T10:00:20"), film(2, "2022-06-25T15:00:00", "2022-06-25T12:00:18"),
	}
	r := Apply(append(films, photo), nil, Zones{})
	if got, want := bounds(r.Items[2]), "2022-06-25T10:58 2022-06-25T11:03"; got != want {
		t.Errorf("beside two films of UTC+3 the photo lies at %q, want %q", got, want)
	}
	if c := r.Corrections; len(c) != 1 || c[0].Basis != ByFilms || c[0].Zone == nil || *c[0].Zone != 180 {
		t.Errorf("corrections %+v, want the zone UTC+3 by films", c)
	}
	two := shot{clock: "2022-06-25T14:00:00", offset: floating, model: "Two", path: "phone/b.jpg"}.item(7)
	if r := Apply(append(films, photo, two), nil, Zones{}); bounds(r.Items[2]) != "" {
		t.Error("films of an account with two devices spoke for one of them")
	}
	local := []verify.Item{film(1, "2022-06-25T13:00:00", "2022-06-25T13:00:00"), film(2, "2022-06-25T15:00:00", "2022-06-25T15:00:00"), photo}
	if r := Apply(local, nil, Zones{}); bounds(r.Items[2]) != "" {
		t.Error("films whose headers hold the time of their names were taken for UTC")
	}
	for zone, want := range map[string]string{"": "", "UTC": "", "Europe/Kyiv": "2022-06-25T10:00 2022-06-25T10:00"} {
		z, err := NewZones(zone, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := bounds(Apply(local, nil, z).Items[0]); got != want {
			t.Errorf("a film whose header holds what its name shows, in the zone %q, lies at %q, want %q", zone, got, want)
		}
	}
}

// A copy that was posted speaks of the camera's own file.
func TestApplyKnowsThePostsOfCopies(t *testing.T) {
	list := items(
		shot{clock: "2023-06-25T13:00:00", offset: 180}, shot{clock: "2023-06-25T18:00:00", offset: 180},
		shot{clock: "2020-01-01T00:00:01", offset: 0, posted: "2022-06-25T12:00:00", path: "channel/a.jpg", model: "X"},
		shot{clock: "2020-01-01T00:00:01", offset: 0, posted: "2022-06-25T16:00:00", path: "channel/b.jpg", model: "X"},
	)
	copies := []verify.Cluster{{Digests: []verify.Digest{list[0].Digest, list[2].Digest}}, {Digests: []verify.Digest{list[1].Digest, list[3].Digest}}}
	if r := Apply(list, copies, Zones{}); len(r.Corrections) != 1 || r.Corrections[0].Basis != ByPosts || len(r.Corrections[0].Items) != 2 {
		t.Errorf("corrections %+v, want one by the posts of two copies", r.Corrections)
	}
}

func TestClaim(t *testing.T) {
	for _, tt := range []struct {
		name  string
		shots []shot
		zones Zones
		want  string // beginning of the field
	}{
		{"a clock that states its zone", []shot{{clock: "2022-06-25T13:00:00", offset: 180, gps: "2022-06-25T10:00:10"}}, Zones{}, "EXIF:"},
		{"a satellite time that contradicts it", []shot{{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:10"}}, Zones{}, "Corrected:EXIF:"},
		{"a clock without a zone", []shot{{clock: "2022-06-25T13:00:00", offset: floating}}, Zones{}, "EXIF:"},
		{"in the zone of a person", []shot{{clock: "2022-06-25T13:00:00", offset: floating}}, Zones{Case: zoneOf(t, "Europe/Kyiv")}, "Zoned:EXIF:"},
	} {
		r := Apply(items(tt.shots...), nil, tt.zones)
		if got := Claim(&r.Items[0]); got == nil || !strings.HasPrefix(got.Field, tt.want) {
			t.Errorf("%s: the claim is %+v, want one of %s", tt.name, got, tt.want)
		}
	}
	if got := Claim(&verify.Item{}); got != nil {
		t.Errorf("an item without times claims %+v", got)
	}
}
