package extract

import (
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// FromRecord turns what a sidecar says of a file into times and places. A post
// time whose zone the sidecar does not state stays floating, and one whose date
// can be read in two ways spans both: it has no clock reading, and lasts from
// the earlier to the later.
func FromRecord(rec source.Record) ([]Time, []Place) {
	var ts []Time
	add := func(p *source.PostTime, kind TimeKind) {
		if p == nil {
			return
		}
		if p.Kind == string(Received) && kind == Posted {
			kind = Received
		}
		if t, ok := recordTime(*p, kind); ok {
			ts = append(ts, t)
		}
	}
	add(rec.Taken, Capture)
	add(rec.Posted, Posted)
	add(rec.Original, Forwarded)
	add(rec.Edited, Modified)
	if t, ok := postIDTime(rec); ok {
		ts = append(ts, t)
	}
	return ts, recordPlaces(rec)
}

// recordTime turns a sidecar's time, or both readings of one, into a Time.
func recordTime(p source.PostTime, kind TimeKind) (Time, bool) {
	t, ok := postTime(p, kind)
	if !ok || (p.LocalEnd == "" && p.InstantEnd.IsZero()) {
		return t, ok
	}
	p.Local, p.Instant = p.LocalEnd, p.InstantEnd
	end, ok := postTime(p, kind)
	if !ok || end.Latest.Before(t.Latest) {
		return Time{}, false
	}
	t.Local, t.OffsetMinutes, t.Precision, t.Latest = "", nil, spanPrecision(end.Latest.Sub(t.Earliest)), end.Latest
	return t, true
}

// spanPrecision is the unit in which a time with several readings is known.
func spanPrecision(span time.Duration) Precision {
	if span < 24*time.Hour {
		return Minute
	}
	return Day
}

// postTime turns a sidecar's time into a Time.
func postTime(p source.PostTime, kind TimeKind) (Time, bool) {
	c := claim{kind, TrustPlatform, p.Field, p.Raw}
	if p.Instant.IsZero() {
		r, state := parseDate(p.Local)
		if state != dateRead {
			return Time{}, false
		}
		r.coarsen(Precision(p.Precision))
		return c.at(r), true
	}
	if y := p.Instant.UTC().Year(); y < firstYear || y > lastYear {
		return Time{}, false
	}
	r := reading{wall: p.Instant.UTC(), precision: Second, utc: true}
	if ns := p.Instant.Nanosecond(); ns != 0 {
		r.precision, r.digits = Subsecond, fractionDigits(ns)
	}
	r.coarsen(Precision(p.Precision))
	return c.at(r), true
}

// coarsen lowers the precision of a reading to what is stated of it.
func (r *reading) coarsen(p Precision) {
	units := map[Precision]time.Duration{Second: time.Second, Minute: time.Minute, Day: 24 * time.Hour}
	if precisionOrder(p) > precisionOrder(r.precision) {
		r.precision = p
		r.wall = r.wall.Truncate(units[p])
	}
}

// postIDTime reads the time that the id of a post carries, where the record's
// address says whose id it is.
func postIDTime(rec source.Record) (Time, bool) {
	host := strings.TrimPrefix(strings.TrimPrefix(rec.URL, "https://"), "http://")
	host, _, _ = strings.Cut(strings.TrimPrefix(host, "www."), "/")
	switch host {
	case "x.com", "twitter.com", "mobile.twitter.com":
		return platformX.time(rec.PostID, rec.Format+":post_id")
	case "tiktok.com":
		return platformTikTok.time(rec.PostID, rec.Format+":post_id")
	}
	return Time{}, false
}

func recordPlaces(rec source.Record) []Place {
	p := Place{Kind: PlaceSidecar, Name: Text(rec.PlaceName), Field: rec.Format + ":location"}
	if rec.Latitude != nil && rec.Longitude != nil && onGlobe(*rec.Latitude, *rec.Longitude) {
		lat, lon := *rec.Latitude, *rec.Longitude
		p.Latitude, p.Longitude = &lat, &lon
	}
	if p.isNullIsland() {
		p.Latitude, p.Longitude = nil, nil
	}
	if p.Latitude == nil && p.Name == "" {
		return nil
	}
	return []Place{p}
}

// FileSystemTime gives the modification time that the file system keeps: as a
// rule that of the download, which only bounds the capture.
func FileSystemTime(mtime time.Time) Time {
	c := claim{FileSystem, TrustDerived, "File:FileModifyDate", mtime.UTC().Format(time.RFC3339Nano)}
	precision, digits := Second, 0
	if ns := mtime.Nanosecond(); ns != 0 {
		precision, digits = Subsecond, fractionDigits(ns)
	}
	if y := mtime.UTC().Year(); y < firstYear || y > lastYear {
		mtime = time.Unix(0, 0) // as a clock that was never set
	}
	return c.instant(mtime, precision, digits)
}
