package clock

import (
	"cmp"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// device is one clock: that of one camera or phone, as far as files tell.
// Files that state their zone and files that state none are written by
// different programs, which need not share their settings, so that neither
// speaks for the other.
type device struct {
	key     string
	name    string // for people
	account string // whose files it made, where no serial number tells it; else ""
	states  bool   // its files state their zone
}

func (d device) compare(e device) int {
	if c := strings.Compare(d.key, e.key); c != 0 || d.states == e.states {
		return c
	}
	if d.states {
		return -1
	}
	return 1
}

// deviceOf names the device of an item; ok is false where the file names none.
// A serial number tells a device in the whole case. Without one, it is maker
// and model inside one account, and best that of a person's own files, which
// no post describes.
func deviceOf(it *verify.Item) (d device, ok bool) {
	m := it.Media.Device
	name := strings.TrimSpace(string(m.Model))
	if name == "" {
		return device{}, false
	}
	if !strings.HasPrefix(strings.ToLower(name), strings.ToLower(string(m.Make))) {
		name = strings.TrimSpace(string(m.Make) + " " + name)
	}
	key := string(m.Make + "\x00" + m.Model + "\x00")
	if serial := strings.TrimSpace(string(m.Serial)); strings.Trim(serial, "0 .-") != "" && len(serial) >= minSerial {
		return device{key: key + serial, name: name + ", serial number " + serial}, true
	}
	account, ok := accountOf(it)
	return device{key: key + "\x00" + account, name: name + " of " + account, account: account}, ok
}

// minSerial: shorter ones are counters, or stand for none.
const minSerial = 4

// accountOf is the account of the item's sightings: one that no post
// describes if there is any, else the first by path.
func accountOf(it *verify.Item) (string, bool) {
	var best *verify.Sighting
	for i := range it.Sightings {
		s := &it.Sightings[i]
		if best == nil || cmp.Or(cmp.Compare(min(len(s.Records), 1), min(len(best.Records), 1)), cmp.Compare(s.Path, best.Path)) < 0 {
			best = s
		}
	}
	if best == nil {
		return "", false
	}
	if best.Account == "" {
		return best.Source, true
	}
	return best.Source + "/" + best.Account, true
}

// clockTime finds the reading of the device's own clock among the times of its
// file, finer than a day; nil when there is none.
func clockTime(times []extract.Time) *extract.Time {
	var best *extract.Time
	order := func(t *extract.Time) int {
		switch group, _, _ := strings.Cut(t.Field, ":"); {
		case t.Trust != extract.TrustDevice || t.Precision == extract.Day || t.IsInferred():
		case t.Kind == extract.Capture && (group == "EXIF" || group == "Keys"):
			return 1
		case t.Kind == extract.Digitised && group == "EXIF":
			return 2
		case t.Kind == extract.Container:
			return 3
		}
		return 0
	}
	for i := range times {
		if o := order(&times[i]); o > 0 && (best == nil || o < order(best)) {
			best = &times[i]
		}
	}
	return best
}

// satellite is the satellite time of a file, nil when it has none.
func satellite(times []extract.Time) *extract.Time {
	for i := range times {
		if t := &times[i]; t.Kind == extract.GPS && t.Trust == extract.TrustDevice && t.Precision != extract.Day && !t.IsInferred() {
			return t
		}
	}
	return nil
}
