package extract

import (
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

func TestFromRecord(t *testing.T) {
	lat, lon := 49.9935, 36.2304
	ts, places := FromRecord(source.Record{
		Format:   "telegram-json",
		Posted:   &source.PostTime{Instant: utc("2022-02-24T02:12:33Z"), Precision: "second", Field: "telegram:date_unixtime", Raw: "1645668753", Kind: "posted"},
		Original: &source.PostTime{Local: "2022-02-23T23:00:00", Precision: "second", Field: "telegram:forwarded", Raw: "x"},
		Latitude: &lat, Longitude: &lon, PlaceName: "Kharkiv",
	})
	if len(ts) != 2 || len(places) != 1 {
		t.Fatalf("%d times and %d places, want 2 and 1", len(ts), len(places))
	}
	if p := ts[0]; p.Kind != Posted || p.Zone != UTC || !p.Earliest.Equal(utc("2022-02-24T02:12:33Z")) || p.Trust != TrustPlatform {
		t.Errorf("post time %+v", p)
	}
	if o := ts[1]; o.Kind != Forwarded || o.Zone != Floating || o.OffsetMinutes != nil || o.Latest.Sub(o.Earliest) != 26*time.Hour+time.Second {
		t.Errorf("the writer's clock has no zone, the time must stay floating: %+v", o)
	}
	if p := places[0]; p.Kind != PlaceSidecar || *p.Latitude != lat || *p.Longitude != lon || p.Name != "Kharkiv" {
		t.Errorf("place %+v", p)
	}
}

func TestFromRecordKeepsWhatTheSidecarDoesNotSay(t *testing.T) {
	received, _ := FromRecord(source.Record{Posted: &source.PostTime{Local: "2022-02-24", Precision: "day", Kind: "received"}})
	if len(received) != 1 || received[0].Kind != Received || received[0].Precision != Day {
		t.Errorf("receiver's day: %+v", received)
	}
	day, _ := FromRecord(source.Record{Posted: &source.PostTime{Instant: utc("2022-02-24T00:00:00Z"), Precision: "day"}})
	if len(day) != 1 || day[0].Local != "2022-02-24" || day[0].Latest.Sub(day[0].Earliest) != 24*time.Hour {
		t.Errorf("a day in UTC is a day long: %+v", day)
	}
	x, _ := FromRecord(source.Record{Format: "gallery-dl", PostID: "1382350606417817604", URL: "https://x.com/a/status/1382350606417817604"})
	if len(x) != 1 || x[0].Kind != PlatformID || x[0].Local != "2021-04-14T15:10:42.059" {
		t.Errorf("id of X: %+v", x)
	}
	clip, _ := FromRecord(source.Record{PostID: "7068093474203190631", URL: "https://www.tiktok.com/@a/video/7068093474203190631"})
	if len(clip) != 1 || clip[0].Kind != PlatformID || clip[0].Local != "2022-02-24T02:12:33" {
		t.Errorf("id of TikTok: %+v", clip)
	}
	other, places := FromRecord(source.Record{PostID: "1382350606417817604", URL: "https://example.org/1382350606417817604"})
	if len(other) != 0 || len(places) != 0 {
		t.Errorf("an id of an unknown service was read: %+v %+v", other, places)
	}
}

// A date that can be read day first and month first claims no more than that
// it is one of the two or lies between.
func TestFromRecordSpansBothReadings(t *testing.T) {
	ts, _ := FromRecord(source.Record{Posted: &source.PostTime{
		Local: "2022-05-06T14:37:00", LocalEnd: "2022-06-05T14:37:00", Precision: "minute", Field: "whatsapp:message", Raw: "6/5/22, 2:37 PM", Kind: "posted",
	}})
	if len(ts) != 1 {
		t.Fatalf("%d times", len(ts))
	}
	at := ts[0]
	if at.Local != "" || at.Zone != Floating || at.Precision != Day || !at.BoundsCapture() ||
		!at.Earliest.Equal(utc("2022-05-06T00:37:00Z")) || !at.Latest.Equal(utc("2022-06-06T02:38:00Z")) {
		t.Errorf("%+v", at)
	}
	backward, _ := FromRecord(source.Record{Posted: &source.PostTime{Local: "2022-06-05T14:37:00", LocalEnd: "2022-05-06T14:37:00", Precision: "minute"}})
	if len(backward) != 0 {
		t.Errorf("a span that ends before it begins: %+v", backward)
	}
}

// An instant with two bounds, as pages of Telegram give it, shows no clock
// reading and stays an upper bound of the capture.
func TestFromRecordInstantWithBounds(t *testing.T) {
	from, to := utc("2022-06-25T17:04:02Z"), utc("2022-06-25T19:04:02Z")
	ts, _ := FromRecord(source.Record{Posted: &source.PostTime{Instant: from, InstantEnd: to, Precision: "second", Field: "telegram-html:date"}})
	if len(ts) != 1 {
		t.Fatalf("%d times", len(ts))
	}
	at := ts[0]
	if at.Local != "" || at.OffsetMinutes != nil || at.Precision != Minute || !at.BoundsCapture() ||
		!at.Earliest.Equal(from) || !at.Latest.Equal(to.Add(time.Second)) {
		t.Errorf("%+v", at)
	}
}

// What a sidecar says of the capture is one claim of it more, and no bound.
func TestFromRecordTaken(t *testing.T) {
	ts, _ := FromRecord(source.Record{Taken: &source.PostTime{Local: "2022-06-25T14:42:16", Precision: "second", Field: "proofmode:File Created"}})
	if len(ts) != 1 || ts[0].Kind != Capture || ts[0].Zone != Floating || !ts[0].IsCapture() {
		t.Errorf("%+v", ts)
	}
}

func TestFileSystemTime(t *testing.T) {
	at := FileSystemTime(utc("2022-02-24T02:12:33.5Z").In(time.FixedZone("x", 3600)))
	if at.Kind != FileSystem || at.Zone != UTC || at.Local != "2022-02-24T02:12:33.5" || !at.BoundsCapture() {
		t.Errorf("%+v", at)
	}
	for _, never := range []time.Time{{}, time.Unix(0, 0)} {
		if got := FileSystemTime(never); got.Trust != TrustNone || got.BoundsCapture() {
			t.Errorf("a time that was never set bounds the capture: %+v", got)
		}
	}
}
