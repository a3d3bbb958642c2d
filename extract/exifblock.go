package extract

import (
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
)

// readEXIF goes through the EXIF blocks. The first gives the times and
// the place; a further one adds what it says differently.
func (rd *reader) readEXIF(xs []exifPart) {
	for i, x := range xs {
		ts := exifTimes(x.Exif, &rd.findings)
		place, hasPlace := exifPlace(x.Exif, &rd.findings)
		if i > 0 {
			rd.secondBlock(ts, place, hasPlace)
		} else {
			rd.media.Times = append(rd.media.Times, ts...)
			if hasPlace {
				rd.media.Places = append(rd.media.Places, place)
			}
		}
	}
}

// secondBlock keeps what a further EXIF block says differently from the first:
// two blocks that disagree show that something wrote one of them later.
func (rd *reader) secondBlock(ts []Time, place Place, hasPlace bool) {
	differs := false
	for _, t := range ts {
		same := func(have Time) bool { return have.Kind == t.Kind && have.Local == t.Local && have.Zone == t.Zone }
		if slices.ContainsFunc(rd.media.Times, same) {
			continue
		}
		differs = differs || slices.ContainsFunc(rd.media.Times, func(have Time) bool { return have.Kind == t.Kind })
		t.Field += " (second block)"
		rd.media.Times = append(rd.media.Times, t)
	}
	if hasPlace {
		same := func(have Place) bool { return *have.Latitude == *place.Latitude && *have.Longitude == *place.Longitude }
		if !slices.ContainsFunc(rd.media.Places, same) {
			differs = differs || len(rd.media.Places) > 0
			place.Field += " (second block)"
			rd.media.Places = append(rd.media.Places, place)
		}
	}
	if differs {
		rd.findings.add("exif-blocks-differ", source.Warning, "EXIF", "two EXIF blocks of the file state different times or places")
	}
}
