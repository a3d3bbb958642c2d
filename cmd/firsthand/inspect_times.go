package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
)

// times says when: the strongest time with what it means and how far it is
// known, who else says the same, what contradicts it, and then the others.
func (n note) times() []string {
	best := n.line.BestTime
	rest := slices.Clone(n.line.Times)
	rest = slices.DeleteFunc(rest, func(t extract.Time) bool {
		// A clock that was never set is a finding; the steps of an edit history
		// have lines of their own.
		return t.Trust == extract.TrustNone || strings.HasSuffix(t.Field, historyWhen) ||
			best != nil && t.Field == best.Field && t.Raw == best.Raw && t.Kind == best.Kind
	})
	var out []string
	if best == nil {
		out = append(out, "The file states no time of its recording")
	} else {
		agree := takeOut(&rest, func(t extract.Time) bool { return t.IsCapture() && sameReading(t, *best) })
		unchanged := takeOut(&rest, func(t extract.Time) bool { return t.Kind == extract.Modified && sameReading(t, *best) })
		out = append(out, firstTime(*best)+n.alsoIn(agree, *best)+unchangedBy(unchanged))
		apart := takeOut(&rest, func(t extract.Time) bool { return disagree(t, *best) })
		out = append(out, disagreement(*best, apart)...)
	}
	return append(out, further(rest)...)
}

// takeOut removes the members that f picks and gives them.
func takeOut(ts *[]extract.Time, f func(extract.Time) bool) (taken []extract.Time) {
	*ts = slices.DeleteFunc(*ts, func(t extract.Time) bool {
		if f(t) {
			taken = append(taken, t)
		}
		return f(t)
	})
	return taken
}

// firstTime is the sentence on the best time.
func firstTime(t extract.Time) string {
	text := clockReading(t)
	if t.BoundsCapture() {
		return "Not after " + text + zoneOf(t) + ", " + meaning(t) + "; the file states no time of its recording"
	}
	text += zoneOf(t) + ", " + meaning(t)
	if t.Zone == extract.Floating {
		text += fmt.Sprintf("; no time zone is stated: between %s and %s UTC", minuteOf(t.Earliest), minuteOf(t.Latest))
	}
	return text
}

func minuteOf(t time.Time) string { return t.UTC().Format("2 Jan 15:04") }

// dated puts a date as XMP writes it in words; others stay as they are.
func dated(s string) string {
	for _, in := range []string{"2006-01-02T15:04:05-07:00", "2006-01-02T15:04:05.999-07:00", "2006-01-02T15:04:05"} {
		t, err := time.Parse(in, strings.Replace(s, "Z", "+00:00", 1))
		if err != nil {
			continue
		}
		words := t.Format("2 January 2006, 15:04:05")
		if strings.HasSuffix(in, "-07:00") {
			_, seconds := t.Zone()
			minutes := seconds / 60
			words += " at " + utcOffset(&minutes)
		}
		return words
	}
	return s
}

// clockReading is the reading in words, without its zone.
func clockReading(t extract.Time) string {
	text := string(t.Local)
	for in, out := range map[string]string{
		"2006-01-02T15:04:05": "2 January 2006, 15:04:05", "2006-01-02T15:04": "2 January 2006, 15:04", "2006-01-02": "2 January 2006",
	} {
		if p, err := time.Parse(in, strings.SplitN(text, ".", 2)[0]); err == nil {
			return p.Format(out)
		}
	}
	return t.Earliest.UTC().Format("2 January 2006, 15:04:05")
}

// zoneOf says what is known of the zone; of a floating time nothing.
func zoneOf(t extract.Time) string {
	switch t.Zone {
	case extract.UTC:
		return " UTC"
	case extract.Offset:
		return " at " + utcOffset(t.OffsetMinutes)
	case extract.Derived:
		return " at " + utcOffset(t.OffsetMinutes) + " (the zone is worked out, not stated)"
	}
	return ""
}

func utcOffset(minutes *int) string {
	if minutes == nil {
		return "UTC"
	}
	sign, m := '+', *minutes
	if m < 0 {
		sign, m = '-', -m
	}
	return fmt.Sprintf("UTC%c%02d:%02d", sign, m/60, m%60)
}

// meanings say what happened at a time, by its kind.
var meanings = map[extract.TimeKind]string{
	extract.Capture:      "by the camera's own clock",
	extract.Digitised:    "when it was digitised, by the device's own clock",
	extract.GPS:          "by the satellites' clock, at the last fix",
	extract.Container:    "when the recording was written, by its container",
	extract.Modified:     "when the file was last changed",
	extract.Signed:       "when it was signed",
	extract.Posted:       "when it was posted",
	extract.Received:     "when it was received",
	extract.Forwarded:    "when it was first posted",
	extract.PlatformID:   "when it was uploaded, by the number in its name",
	extract.FileSystem:   "when this copy was written to the disk",
	extract.OverlayTime:  "by the clock in the picture",
	extract.ShadowTime:   "by its shadows",
	extract.StatedByHand: "as a person states",
}

func meaning(t extract.Time) string {
	group, _, _ := strings.Cut(t.Field, ":")
	switch {
	case group == "Derived":
		return "if the camera's clock kept the time of the place"
	case t.Kind == extract.Capture && (group == "XMP" || group == "IPTC"):
		return "when it was taken, as its " + group + " says"
	case t.Kind != extract.FileName:
		return meanings[t.Kind]
	case t.IsCapture():
		return "by the name that the camera gave the file"
	}
	_, who, _ := strings.Cut(t.Field, ":")
	return "when it was saved or sent, by a file name in the manner of " + who
}

// sameReading tells whether two times show the same clock, or the same moment
// on two clocks, as far as the coarser of them goes.
func sameReading(a, b extract.Time) bool {
	x, y := string(a.Local), string(b.Local)
	if cut := min(len(x), len(y)); x[:cut] == y[:cut] && cut >= len("2006-01-02T15:04") {
		return a.OffsetMinutes == nil || b.OffsetMinutes == nil || *a.OffsetMinutes == *b.OffsetMinutes
	}
	if a.OffsetMinutes == nil || b.OffsetMinutes == nil {
		return false
	}
	return a.Earliest.Sub(b.Earliest).Abs() < time.Second && a.Precision != extract.Day && b.Precision != extract.Day
}

// repeated are the tags that state the capture once more. A claim that only
// repeats the best one is no time of its own, so the tags are asked.
var repeated = [...]struct{ standard, field string }{
	{"XMP", "XMP:XMP-photoshop:DateCreated"}, {"XMP", "XMP:XMP-exif:DateTimeOriginal"}, {"IPTC", "Composite:DateTimeCreated"},
}

// alsoIn names the other places that say the same.
func (n note) alsoIn(agree []extract.Time, best extract.Time) string {
	var names []string
	for _, r := range repeated {
		tag, _ := n.tag(r.field)
		if r.standard != standard(best.Field) && sameClock(tag.Value, string(best.Local)) && !slices.Contains(names, r.standard) {
			names = append(names, r.standard)
		}
	}
	for _, t := range agree {
		name := standard(t.Field)
		switch {
		case t.Kind == extract.GPS:
			name = "the satellite time"
		case name == standard(best.Field):
			name = t.Field
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; also in " + listed(names)
}

// sameClock compares a date in ExifTool's form with a reading, to the second.
func sameClock(written, local string) bool {
	const layout = "2006:01:02 15:04:05"
	if len(written) < len(layout) || len(local) < len(layout) {
		return false
	}
	t, err := time.Parse(layout, written[:len(layout)])
	return err == nil && t.Format("2006-01-02T15:04:05") == local[:len(layout)]
}

// unchangedBy names the fields that put the last change at the same moment.
func unchangedBy(ts []extract.Time) string {
	if len(ts) == 0 {
		return ""
	}
	var fields []string
	for _, t := range ts {
		fields = append(fields, t.Field)
	}
	return "; last changed at that moment, too, by " + listed(fields[:min(len(fields), 3)])
}

// standard names what a field belongs to: "EXIF", "XMP", "the file's name".
func standard(field string) string {
	group, _, _ := strings.Cut(field, ":")
	switch group {
	case "FileName", "PlatformID":
		return "the file's name"
	case "Keys":
		return "QuickTime"
	}
	return group
}

// disagree tells two readings of the capture that cannot be the same moment.
func disagree(t, best extract.Time) bool {
	return t.Kind == extract.Capture && best.Kind == extract.Capture && (t.Latest.Before(best.Earliest) ||
		best.Latest.Before(t.Earliest) || t.Zone == extract.Floating && best.Zone == extract.Floating)
}

// disagreement is a sentence for each time that cannot be that of the best.
func disagreement(best extract.Time, apart []extract.Time) (out []string) {
	for i, t := range apart {
		if i == mostTimes {
			return append(out, fmt.Sprintf("And %d more that disagree; --json lists them", len(apart)-i))
		}
		out = append(out, fmt.Sprintf("The file's own dates disagree: %s says %s%s, %s says %s%s",
			standard(best.Field), clockReading(best), zoneOf(best), t.Field, clockReading(t), zoneOf(t)))
	}
	return out
}

// further lists the other times, those with one reading and one meaning as
// one.
func further(rest []extract.Time) (out []string) {
	for i := 0; i < len(rest); i++ {
		t := rest[i]
		others := rest[i+1:]
		same := takeOut(&others, func(o extract.Time) bool { return o.Kind == t.Kind && sameReading(o, t) })
		rest = append(rest[:i+1], others...)
		if i == mostTimes {
			return append(out, fmt.Sprintf("And %d more; --json lists them", len(rest)-i))
		}
		fields := []string{t.Field}
		for _, s := range same {
			fields = append(fields, s.Field)
		}
		zone := zoneOf(t)
		if t.Zone == extract.Floating {
			zone = " (no zone stated)"
		}
		out = append(out, fmt.Sprintf("%s%s, %s (%s)", clockReading(t), zone, meaning(t), strings.Join(fields[:min(len(fields), 3)], ", ")))
	}
	return out
}

// tag gives the first tag of a field, and whether there is one.
func (n note) tag(field string) (container.Tag, bool) {
	for _, t := range n.line.Fields {
		if t.Field == field {
			return t, true
		}
	}
	return container.Tag{}, false
}
