package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
)

// maxStamps bounds the times of one container: a film has a few tracks.
const maxStamps = 64

// containerTimes turns the stamps of a container into times. The times of the
// tracks are left out where they repeat that of the movie.
func containerTimes(stamps []container.Stamp, f *findings) []Time {
	var ts []Time
	for _, s := range stamps {
		if s.Zero {
			f.null(s.Field)
			continue
		}
		for _, t := range stampTimes(s, f) {
			repeats := func(have Time) bool {
				return have.Kind == t.Kind && have.Local == t.Local && have.Zone == t.Zone && have.Trust == t.Trust
			}
			if len(ts) < maxStamps && !slices.ContainsFunc(ts, repeats) {
				ts = append(ts, t)
			}
		}
	}
	return ts
}

// stampTimes reads one stamp. A counter that can have been started in 1904 or
// in 1970 gives both readings.
func stampTimes(s container.Stamp, f *findings) []Time {
	c := claim{stampKind(s.Field), TrustDevice, s.Field, s.Raw}
	if s.Unix.IsZero() {
		r, ok := readDate(s.Text, s.Field, f)
		if !ok {
			return nil
		}
		return []Time{c.at(r)}
	}
	if y := s.Unix.UTC().Year(); y < firstYear || y > lastYear {
		return nil
	}
	precision, digits := Second, 0
	if ns := s.Unix.Nanosecond(); ns != 0 {
		precision, digits = Subsecond, fractionDigits(ns)
	}
	t := c.instant(s.Unix, precision, digits)
	if s.Field == fieldMatroskaTime && s.Unix.Equal(matroskaEpoch) {
		t.Trust = TrustNone
	}
	if !strings.HasPrefix(s.Field, "QuickTime:") || s.Unix.Year() >= 1970 {
		return []Time{t}
	}
	t.Trust = TrustNone // nobody recorded digital video before 1970
	seconds, err := strconv.ParseInt(s.Raw, 10, 64)
	if err != nil {
		return []Time{t}
	}
	f.add("epoch-ambiguous", source.Info, s.Field,
		"%s counts from 1904 by the standard, which gives %s; counted from 1970 it is %s, which is taken", s.Field, t.Local, time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04:05"))
	return []Time{c.instant(time.Unix(seconds, 0), Second, 0), t}
}

const fieldMatroskaTime = "Matroska:DateTimeOriginal"

// matroskaEpoch is where Matroska's DateUTC counts from.
var matroskaEpoch = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// stampKind says what a container's time field speaks of. Apple's key of the
// creation date is the camera's own capture time with its zone, which edits
// and shares keep; the rest is when the container was written.
func stampKind(field string) TimeKind {
	switch {
	case field == "Keys:CreationDate", strings.HasPrefix(field, "GDAL:"): // the latter: of a satellite picture
		return Capture
	case strings.HasSuffix(field, "ModifyDate"), field == "PNG:CreateDate":
		return Modified // the latter is ImageMagick's note of the file it converted
	}
	return Container
}

// fractionDigits counts the digits of a fraction of a second that say
// something.
func fractionDigits(ns int) int {
	n := 9
	for ; n > 1 && ns%10 == 0; n-- {
		ns /= 10
	}
	return n
}
