package extract

import (
	"strconv"
	"time"
)

// platform is a service whose ids carry the time at which they were given out.
type platform struct {
	name  string
	shift uint
	epoch int64         // Unix, in units
	unit  time.Duration // of the number above the shift
	from  time.Time     // no id of this form is older
}

// X documents its ids ("snowflake", 2010); ids before November 2010 were plain
// counters. The other three are common knowledge and are only read where a
// name says which service it is.
var (
	platformX         = platform{"X", 22, 1288834974657, time.Millisecond, date(2010, time.November, 4)}
	platformDiscord   = platform{"Discord", 22, 1420070400000, time.Millisecond, date(2015, time.January, 1)}
	platformInstagram = platform{"Instagram", 23, 1314220021721, time.Millisecond, date(2011, time.August, 24)}
	platformTikTok    = platform{"TikTok", 32, 0, time.Second, date(2014, time.April, 1)}
)

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// plausibleUntil ends the window in which a bare number is taken for a time.
// It is fixed, so that a name means the same on every day it is read.
var plausibleUntil = date(2035, time.January, 1)

// time reads an id. It is the time of upload, which comes after the capture.
func (p platform) time(id, field string) (Time, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 30_000_000_000 {
		return Time{}, false
	}
	ticks := n>>p.shift + p.epoch
	at, precision, digits := time.UnixMilli(ticks).UTC(), Subsecond, 3
	if p.unit == time.Second {
		at, precision, digits = time.Unix(ticks, 0).UTC(), Second, 0
	}
	if at.Before(p.from) || at.After(plausibleUntil) {
		return Time{}, false
	}
	return claim{PlatformID, TrustPlatform, field, id}.instant(at, precision, digits), true
}
