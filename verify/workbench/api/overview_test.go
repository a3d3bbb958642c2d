package api

import (
	"strconv"
	"testing"
)

func TestOverviewCountsAsTheGalleryDoes(t *testing.T) {
	same := picture(t, 7, 64, 48)
	c := openTestCase(t, map[string][]byte{
		"a.jpg": picture(t, 1, 64, 48), "b.jpg": same, "copies/b.jpg": same, "broken.jpg": []byte("\xff\xd8\xff no picture"),
	})
	o, err := ask[Overview](t, c, "overview", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.Files != 4 || o.Distinct != 3 || o.Unreadable != 1 {
		t.Errorf("%d files, %d distinct, %d unreadable", o.Files, o.Distinct, o.Unreadable)
	}
	for filter, n := range map[string]int{"problem:unreadable": o.Unreadable, "-has:time": o.NoTime, "zone:unknown": o.NoZone, "-has:place": o.NoPlace, "reviewed:no": o.Distinct - o.Reviewed} {
		g, err := ask[Gallery](t, c, "gallery", map[string]string{"filter": filter + " setaside:any"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if g.Total != n {
			t.Errorf("%s: the overview counts %d, the gallery %d", filter, n, g.Total)
		}
	}
	if len(o.Sources) != 1 || o.Sources[0].Files != 4 || o.Sources[0].Distinct != 3 || o.Sources[0].Shared != 0 {
		t.Errorf("sources %+v", o.Sources)
	}
}

func TestNextStepsFollowTheState(t *testing.T) {
	here := []SourceRow{{Name: "phone", There: true}}
	for name, test := range map[string]struct {
		of          Overview
		scan        string
		interrupted bool
		want        []string
	}{
		"an empty case":        {Overview{}, scanIdle, false, []string{"import"}},
		"while a scan runs":    {Overview{Sources: here, Distinct: 5}, scanRunning, false, []string{"scan", "triage"}},
		"after an interrupt":   {Overview{Sources: here, Distinct: 5}, scanIdle, true, []string{"resume", "triage"}},
		"three at most":        {Overview{Sources: here, NoZone: 4, Distinct: 5, Incidents: Deciding{Candidates: 2}, Clusters: Settling{Total: 3, Open: 3}}, scanIdle, false, []string{"zones", "triage", "incidents"}},
		"a disk that is away":  {Overview{Sources: []SourceRow{{Name: "stick"}}, Distinct: 1, Reviewed: 1}, scanDone, false, []string{"folders"}},
		"when all is decided":  {Overview{Sources: here, Distinct: 5, Reviewed: 5, Incidents: Deciding{Confirmed: 1}, Checked: Checking{Members: 2, Closed: 2}}, scanIdle, false, []string{"report"}},
		"with checklists open": {Overview{Sources: here, Distinct: 5, Reviewed: 5, Incidents: Deciding{Confirmed: 1}, Checked: Checking{Members: 2, Closed: 1}}, scanIdle, false, []string{"checklist", "report"}},
	} {
		var got []string
		for _, s := range test.of.nextSteps(test.scan, test.interrupted) {
			got = append(got, s.Code)
		}
		if len(got) != len(test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s: %q, want %q", name, got, test.want)
				break
			}
		}
	}
}

func TestMapPlaces(t *testing.T) {
	c := openTestCase(t, nil)
	get := func(south, west, north, east float64, most int) (MapPlaces, error) {
		text := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
		return askAPI[MapPlaces](t, c.api, "mapPlaces", map[string]string{"south": text(south), "west": text(west), "north": text(north), "east": text(east), "most": strconv.Itoa(most)}, nil)
	}
	p, err := get(33, 43.5, 34, 45, 3)
	if err != nil || len(p.Places) != 3 || p.Places[0].Name != "Baghdad" || p.Credit == "" {
		t.Errorf("around Baghdad: %+v, %v", p, err)
	}
	if p, err := get(-90, -180, 90, 180, 100_000); err != nil || len(p.Places) != mostTowns {
		t.Errorf("of the whole world %d places, %v", len(p.Places), err)
	}
	if _, err := get(10, 0, 0, 5, 3); statusOf(err) != 400 {
		t.Errorf("an area inside out: %v", err)
	}
}

func TestMapNights(t *testing.T) {
	c := openTestCase(t, nil)
	get := func(from, to string) (Nights, error) {
		return askAPI[Nights](t, c.api, "mapNights", map[string]string{"latitude": "50.45", "longitude": "30.52", "from": from, "to": to}, nil)
	}
	// Kyiv, where in mid-May the sun sets about 17:40 Z and rises about 02:15 Z.
	n, err := get("2026-05-16T00:00:00Z", "2026-05-17T12:00:00Z")
	if err != nil || len(n.Dark) != 2 || n.Dark[0].From != "2026-05-16T00:00:00Z" || n.Dark[1].From[:13] != "2026-05-16T17" || n.Dark[1].To[:13] != "2026-05-17T02" {
		t.Errorf("nights %+v, %v", n, err)
	}
	for _, bad := range [][2]string{{"2026-05-16", "2026-05-17T00:00:00Z"}, {"2026-05-17T00:00:00Z", "2026-05-16T00:00:00Z"}, {"2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"}} {
		if _, err := get(bad[0], bad[1]); statusOf(err) != 400 {
			t.Errorf("%v: %v", bad, err)
		}
	}
}
