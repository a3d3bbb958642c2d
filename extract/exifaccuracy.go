package extract

import (
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/source"
)

// metresPerDegree is the length of a degree of latitude.
const metresPerDegree = 111_320

// accuracy is the radius that the receiver states, else that of the unit to
// which the position is written where that is coarse; nil where it is neither
// stated nor coarse, for then digits say nothing of the fix.
func accuracy(x *exif.Exif, f *findings) *float64 {
	if e := x.Get("GPSHPositioningError").Floats(); len(e) == 1 && e[0] > 0 && e[0] < 1e7 {
		return &e[0]
	}
	lat, lon := writtenUnit(x.Get("GPSLatitude").Floats()), writtenUnit(x.Get("GPSLongitude").Floats())
	unit := min(lat, lon) // both must be coarse: a single one may be so by chance
	if unit == 0 || lat == 1 && lon == 1 && x.Get("GPSLatitude").Floats()[0] == 0 && x.Get("GPSLongitude").Floats()[0] == 0 {
		return nil // zeros are no position at all
	}
	metres := math.Round(unit * metresPerDegree)
	if unit > 1.0/3600 {
		f.add("coarse-position", source.Info, fieldGPS, "the position is written in whole %s, which is exact to about %.0f m",
			map[bool]string{true: "degrees", false: "minutes"}[unit == 1], metres)
	}
	return &metres
}

// writtenUnit is the unit in degrees to which degrees, minutes and seconds are
// written: 1, 1/60, 1/3600, or 0 where there are fractions.
func writtenUnit(parts []float64) float64 {
	unit, size := 0.0, 1.0
	for i, v := range parts {
		if v != math.Trunc(v) { // NaN too
			return 0
		}
		if v != 0 || i == 0 {
			unit = size
		}
		size /= 60
	}
	return unit
}

// badDilution is the dilution of precision from which receivers and their
// manuals call a fix poor.
const badDilution = 10

// checkFix reports what the receiver itself says against its fix. Datums other
// than WGS 84 lie up to some hundred metres apart from it; the position is not
// converted.
func checkFix(x *exif.Exif, f *findings) {
	if v := x.Get("GPSDOP").Floats(); len(v) == 1 && v[0] >= badDilution && !math.IsInf(v[0], 0) {
		f.add("poor-fix", source.Info, "EXIF:GPSDOP", "the satellite fix was poor, its dilution of precision is %.1f", v[0])
	}
	if strings.HasPrefix(strings.TrimSpace(x.Get("GPSStatus").Text()), "V") {
		f.add("poor-fix", source.Info, "EXIF:GPSStatus", "the receiver says that it had no valid fix when the picture was taken")
	}
	datum := strings.TrimSpace(x.Get("GPSMapDatum").Text())
	if plain := strings.NewReplacer("-", "", " ", "", "_", "").Replace(strings.ToUpper(datum)); plain != "" && plain != "WGS84" && plain != "WGS1984" {
		f.add("other-datum", source.Info, "EXIF:GPSMapDatum", "the position is in the datum %s and was not converted to WGS 84", clip(datum))
	}
}
