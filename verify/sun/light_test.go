package sun

import (
	"slices"
	"testing"
	"time"
)

func TestLight(t *testing.T) {
	kharkiv := Place{49.99, 36.23}
	for _, row := range []struct {
		name     string
		place    Place
		radius   float64
		from, to string
		lights   []Light
		misfits  []Light
	}{
		{"noon", kharkiv, 0, "2022-03-11T10:00:00Z", "2022-03-11T10:00:00Z", []Light{Day}, []Light{Twilight, Night}},
		{"midnight", kharkiv, 0, "2022-03-11T22:00:00Z", "2022-03-11T22:30:00Z", []Light{Night}, []Light{Day, Twilight}},
		{"just after sunset", kharkiv, 0, "2022-03-11T15:35:00Z", "2022-03-11T15:40:00Z", []Light{Twilight}, nil},
		{"low sun", kharkiv, 0, "2022-03-11T15:05:00Z", "2022-03-11T15:06:00Z", []Light{Day}, []Light{Night}},
		{"the whole day", kharkiv, 0, "2022-03-11T00:00:00Z", "2022-03-12T00:00:00Z", []Light{Day, Twilight, Night}, nil},
		{"sunset somewhere in a wide region", kharkiv, 300_000, "2022-03-11T15:18:00Z", "2022-03-11T15:20:00Z", []Light{Day, Twilight}, nil},
		{"polar night", Place{78.2, 15.6}, 0, "2020-12-21T00:00:00Z", "2020-12-22T00:00:00Z", []Light{Night}, []Light{Day}},
		{"midnight sun", Place{78.2, 15.6}, 0, "2020-06-21T00:00:00Z", "2020-06-22T00:00:00Z", []Light{Day}, []Light{Twilight, Night}},
		{"white night", Place{59.93, 30.33}, 0, "2022-06-21T21:00:00Z", "2022-06-21T21:10:00Z", []Light{Twilight}, nil},
		{"years", kharkiv, 0, "2010-01-01T00:00:00Z", "2020-01-01T00:00:00Z", []Light{Day, Twilight, Night}, nil},
	} {
		sky, err := Over(row.place, row.radius, utc(t, row.from), utc(t, row.to))
		if err != nil {
			t.Fatal(err)
		}
		if got := sky.Lights(); !slices.Equal(got, row.lights) {
			t.Errorf("%s: %v (%.1f° to %.1f°), want %v", row.name, got, sky.Lowest, sky.Highest, row.lights)
		}
		for _, said := range []Light{Day, Twilight, Night} {
			f, misfit := sky.Misfit(said)
			if misfit != slices.Contains(row.misfits, said) {
				t.Errorf("%s: a picture that shows %s: %v %q", row.name, said, misfit, f.Message)
			}
			if misfit && f.Code != "light-misfit" {
				t.Errorf("finding %+v", f)
			}
		}
	}
}

func TestMisfitSaysWhereTheSunWas(t *testing.T) {
	for _, row := range []struct {
		sky  Sky
		said Light
		want string
	}{
		{Sky{Lowest: 23.4, Highest: 41.2}, Night, "the picture shows night, and at the claimed time and place the sun stood 23° to 41° above the horizon"},
		{Sky{Lowest: 29.8, Highest: 30.4}, Night, "the picture shows night, and at the claimed time and place the sun stood 30° above the horizon"},
		{Sky{Lowest: 0.42, Highest: 0.44}, Night, "the picture shows night, and at the claimed time and place the sun stood 0.4° above the horizon"},
		{Sky{Lowest: -40.2, Highest: -20.4}, Day, "the picture shows day, and at the claimed time and place the sun stood 20° to 40° below the horizon"},
		{Sky{Lowest: -0.5, Highest: 12}, Night, "the picture shows night, and at the claimed time and place the sun stood between 0.5° below and 12° above the horizon"},
	} {
		if f, _ := row.sky.Misfit(row.said); f.Message != row.want {
			t.Errorf("%q, want %q", f.Message, row.want)
		}
	}
}

func TestOverRefusesNonsense(t *testing.T) {
	at := utc(t, "2022-03-11T00:00:00Z")
	if _, err := Over(Place{}, -1, at, at); err == nil {
		t.Error("a negative radius is taken")
	}
	if _, err := Over(Place{}, 0, at, at.Add(-time.Hour)); err == nil {
		t.Error("an interval that ends before it begins is taken")
	}
}
