package clock

import (
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// A clock of which most satellite times disagree says nothing of files that have
// none, be it that two of them agree by chance.
func TestFewThatAgreeSpeakForNobody(t *testing.T) {
	list := items(
		shot{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:00"}, shot{clock: "2022-06-26T15:00:00", offset: 180, gps: "2022-06-25T12:00:20"},
		shot{clock: "2022-06-26T16:00:00", offset: 180, gps: "2022-06-25T09:00:00"}, shot{clock: "2022-06-26T17:00:00", offset: 180, gps: "2022-06-25T02:00:00"},
		shot{clock: "2022-06-26T18:00:00", offset: 180, gps: "2022-06-24T20:00:00"},
		shot{clock: "2022-06-26T14:00:00", offset: 180},
	)
	r := Apply(list, nil, Zones{})
	if got := bounds(r.Items[5]); got != "" {
		t.Errorf("two of five that agree put a file at %q", got)
	}
	if got := codes(r); !slices.Contains(got, "clock-unsteady") {
		t.Errorf("findings %v, want that the clock is not to be relied on", got)
	}
}

// A number of zeros is what makers write where there is no serial number: it
// makes no one camera of two people's.
func TestSerialNumbersOfZerosTellNoDevice(t *testing.T) {
	for serial, want := range map[string]string{"0000000": "", "000-000": "", "4711": "2022-06-25T10:58 2022-06-25T11:03", "42": ""} {
		list := items(
			shot{clock: "2022-06-26T13:00:00", offset: 180, gps: "2022-06-25T10:00:00", serial: serial},
			shot{clock: "2022-06-26T15:00:00", offset: 180, gps: "2022-06-25T12:00:20", serial: serial},
			shot{clock: "2022-06-26T14:00:00", offset: 180, serial: serial, path: "channel/files/a.jpg"},
		)
		if got := bounds(Apply(list, nil, Zones{}).Items[2]); got != want {
			t.Errorf("serial number %q: a file of another account lies at %q, want %q", serial, got, want)
		}
	}
}

// No picture was taken after it was posted, however far off its clock may be.
func TestCorrectedByPostsNotBeyondTheOwnPost(t *testing.T) {
	posts := []string{"2022-06-25T12:00:00", "2022-06-25T16:00:00", "2022-06-26T11:00:00"}
	r := Apply(items(
		shot{clock: "2023-06-25T13:00:00", offset: 180, posted: posts[0]}, shot{clock: "2023-06-25T18:00:00", offset: 180, posted: posts[1]},
		shot{clock: "2023-06-26T13:00:00", offset: 180, posted: posts[2]},
	), nil, Zones{})
	for i, it := range r.Items {
		corrected := false
		for _, x := range it.Media.Times {
			if x.IsCorrected() {
				corrected = true
				if x.Latest.After(utc(posts[i]).Add(time.Second)) { // posts are told to the second
					t.Errorf("posted at %s, it may be of %s", posts[i], x.Latest.Format("2006-01-02T15:04:05"))
				}
			}
		}
		if !corrected {
			t.Errorf("file %d is not corrected", i)
		}
	}
}

// The zone that a person gave for posts that state none is no witness against a
// camera that states its own: it may be the zone of another phone.
func TestAPersonsZoneIsNoWitness(t *testing.T) {
	list := items(shot{clock: "2022-06-25T13:00:00", offset: 180}, shot{clock: "2022-06-25T18:00:00", offset: 180}, shot{clock: "2022-06-26T13:00:00", offset: 180})
	for i, wall := range []string{"2022-06-25T11:00:00", "2022-06-25T16:00:00", "2022-06-26T11:00:00"} { // two hours before, on clocks of Kyiv
		list[i].Sightings[0].Times = append(list[i].Sightings[0].Times, unzoned(extract.Posted, utc(wall), "whatsapp:date"))
		list[i].Sightings[0].Times[0].Trust = extract.TrustPlatform
	}
	r := Apply(list, nil, Zones{Case: zoneOf(t, "Europe/Kyiv")})
	if len(r.Corrections) != 0 || len(codes(r)) != 0 {
		t.Errorf("corrections %+v, findings %v", r.Corrections, codes(r))
	}
}
