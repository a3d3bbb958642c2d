package verify_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

func at(s string) *time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return &t
}

func ptr(v float64) *float64 { return &v }

func known(id, date string, lat, lon, accuracy float64) verify.Known {
	return verify.Known{Set: "s", ID: id, Date: source.Text(date), Latitude: &lat, Longitude: &lon, AccuracyM: &accuracy}
}

func TestKnownNear(t *testing.T) {
	index := verify.NewKnownIndex([]verify.Known{
		known("same", "2031-05-02", 10, 20, 0),
		known("close", "2031-05-01", 10.005, 20, 0), // 556 m
		known("coarse", "2031-05-03", 10.05, 20, 5600),
		known("far", "2031-05-02", 10.05, 20, 0),
		known("early", "2031-04-30", 10, 20, 0),
		known("late", "2031-05-04", 10, 20, 0),
		known("undated", "", 10, 20, 0),
		{Set: "s", ID: "unplaced", Date: "2031-05-02"},
	})
	day := verify.Incident{Latitude: ptr(10), Longitude: ptr(20), Earliest: at("2031-05-02T10:00:00Z"), Latest: at("2031-05-02T11:00:00Z")}
	wide := day
	wide.RadiusM = ptr(6000)
	open := day
	open.Latest = nil
	timeless := day
	timeless.Earliest, timeless.Latest = nil, nil
	unplaced := day
	unplaced.Latitude = nil
	for _, test := range []struct {
		name string
		inc  verify.Incident
		want string
	}{
		{"day and place", day, "[same:0 close:556 coarse:5560]"},
		{"the place is known to some kilometres", wide, "[same:0 close:556 far:5560 coarse:5560]"},
		{"one bound", open, "[same:0 close:556 coarse:5560]"},
		{"no time", timeless, "[]"},
		{"no place", unplaced, "[]"},
	} {
		if got := names(index.Near(&test.inc)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if got := names(index.Find(verify.KnownQuery{Latitude: ptr(10), Longitude: ptr(20)})); got != "[undated:0 early:0 same:0 late:0 close:556 coarse:5560]" {
		t.Errorf("any day: %s", got)
	}
	if got := (*verify.KnownIndex)(nil).Near(&day); got == nil || len(got) != 0 {
		t.Errorf("no index: %v", got)
	}
}

func names(found []verify.KnownNear) string {
	list := []string{}
	for _, k := range found {
		list = append(list, fmt.Sprintf("%s:%.0f", k.ID, k.DistanceM))
	}
	return fmt.Sprint(list)
}

// A meridian is crossed as any other line.
func TestKnownAcrossTheDateLine(t *testing.T) {
	index := verify.NewKnownIndex([]verify.Known{known("east", "2031-05-02", 0, -179.999, 0)})
	inc := verify.Incident{Latitude: ptr(0), Longitude: ptr(179.999), Earliest: at("2031-05-02T10:00:00Z"), Latest: at("2031-05-02T10:00:00Z")}
	if got := names(index.Near(&inc)); got != "[east:222]" {
		t.Error(got)
	}
}
