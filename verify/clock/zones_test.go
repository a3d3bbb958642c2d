package clock

import (
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := location(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestNewZones(t *testing.T) {
	if _, err := NewZones("Europe/Kyiv", map[string]string{"phone": "Local"}); err == nil {
		t.Error("the zone of this machine was taken for one of a source")
	}
	want := map[string]string{"phone": "Europe/Berlin", "chat": ""}
	z, err := NewZones("Europe/Kyiv", want)
	if err != nil {
		t.Fatal(err)
	}
	zone, sources := z.Names()
	if zone != "Europe/Kyiv" || len(sources) != 2 || sources["phone"] != "Europe/Berlin" || sources["chat"] != "" {
		t.Errorf("the zones come back as %q %v", zone, sources)
	}
}

func TestZonesOf(t *testing.T) {
	z, err := NewZones("Europe/Kyiv", map[string]string{"telegram": "Europe/Berlin", "Telegram/channel_02": "UTC", "phone/": "Asia/Tokyo", "chat": ""})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"telegram/channel_01/a.jpg": "Europe/Berlin", "telegram/channel_02/a.jpg": "UTC", "telegram/channel_021/a.jpg": "Europe/Berlin",
		"Phone/a.jpg": "Asia/Tokyo", "phones/a.jpg": "Europe/Kyiv", "chat/a.jpg": "",
	} {
		if got := nameOf(z.Of(path)); got != want {
			t.Errorf("%s is in %q, want %q", path, got, want)
		}
	}
}

// The server that ran an archiver is in no zone of the case, unless a person
// says so of its sheet.
func TestZoneOfAnArchiver(t *testing.T) {
	for of, want := range map[string]int{"phone": 0, "sheet": 1} {
		z, err := NewZones("Europe/Kyiv", map[string]string{of: "UTC"})
		if err != nil {
			t.Fatal(err)
		}
		it := verify.Item{Sightings: []verify.Sighting{{Path: "sheet/a.jpg", Source: "sheet",
			Times: []extract.Time{unzoned(extract.Posted, utc("2022-06-25T15:00:00"), "auto-archiver:upload timestamp")}}}}
		n := 0
		for _, x := range Apply([]verify.Item{it}, nil, z).Items[0].Sightings[0].Times {
			if x.IsZoned() {
				n++
			}
		}
		if n != want {
			t.Errorf("zone given for %s: %d times in a zone, want %d", of, n, want)
		}
	}
}

func TestApplyGivesZones(t *testing.T) {
	z, err := NewZones("Europe/Kyiv", map[string]string{"phone": "Europe/Berlin", "tablet": "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	one := shot{clock: "2022-06-25T13:00:00", offset: floating, path: "phone/a.jpg"}.item(0)
	// The same bytes in a second source, of which no more than the case is said.
	both := shot{clock: "2022-06-25T13:00:00", offset: floating, path: "phone/b.jpg"}.item(1)
	both.Sightings = append(both.Sightings, verify.Sighting{Path: "chat/b.jpg", Source: "chat",
		Times: []extract.Time{unzoned(extract.Posted, utc("2022-06-25T15:00:00"), "telegram:date")}})
	// Two sources that were given different zones.
	torn := shot{clock: "2022-06-25T13:00:00", offset: floating, path: "phone/c.jpg"}.item(2)
	torn.Sightings = append(torn.Sightings, verify.Sighting{Path: "tablet/c.jpg", Source: "tablet"})
	known := shot{clock: "2022-06-25T13:00:00", offset: 180, path: "phone/d.jpg"}.item(3)
	// In the hour that is shown twice when summer time ends.
	twice := shot{clock: "2022-10-30T02:30:00", offset: floating, path: "phone/e.jpg"}.item(4)
	list := []verify.Item{one, both, torn, known, twice}

	r := Apply(list, nil, z)
	for i, want := range []string{
		"2022-06-25T11:00:00 2022-06-25T11:00:01", "2022-06-25T11:00:00 2022-06-25T11:00:01",
		"2022-06-25T11:00:00 2022-06-25T13:00:01", "", "2022-10-30T00:30:00 2022-10-30T01:30:01",
	} {
		got := ""
		for _, x := range r.Items[i].Media.Times {
			if x.IsZoned() {
				got = x.Earliest.Format("2006-01-02T15:04:05") + " " + x.Latest.Format("2006-01-02T15:04:05")
			}
		}
		if got != want {
			t.Errorf("%s lies at %q, want %q", list[i].Path(), got, want)
		}
	}
	if best := r.Items[0].Media.BestTime; !best.IsZoned() || best.Raw != "2022:06:25 13:00:00, in the zone Europe/Berlin that a person gave" {
		t.Errorf("the best time does not say whose zone it is in: %+v", best)
	}
	if list[0].Media.BestTime.Zone != extract.Floating || len(list[0].Media.Times) != 1 {
		t.Errorf("what the file says was changed: %+v", list[0].Media)
	}
	posted := extract.Best(r.Items[1].Sightings[1].Times)
	if posted.Zone != extract.Derived || !posted.Earliest.Equal(utc("2022-06-25T12:00:00")) {
		t.Errorf("the post of the chat was not put into the zone of the case: %+v", posted)
	}
	if got := codes(r); len(got) != 0 {
		t.Errorf("findings %v, want none: both zones are used", got)
	}
	z.Sources["fone"] = z.Case
	if got := codes(Apply(list, nil, z)); !slices.Equal(got, []string{"zone-unused"}) {
		t.Errorf("findings %v, want that no source is called fone", got)
	}
}

func TestApplyDoubtsAZoneThatContradictsAPost(t *testing.T) {
	late := shot{clock: "2022-06-25T13:00:00", offset: floating, posted: "2022-06-25T09:30:00"} // 10:00 UTC in Kyiv
	r := Apply(items(late), nil, Zones{Case: zoneOf(t, "Europe/Kyiv")})
	if best := r.Items[0].Media.BestTime; best.Zone != extract.Floating {
		t.Errorf("a picture that was posted at 9:30 is said to have been taken at %v", best.Earliest)
	}
	if got := codes(r); !slices.Equal(got, []string{"zone-contradicts-post"}) {
		t.Errorf("findings %v", got)
	}
}
