package ingest

import (
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

func TestExifOrientationSaysWhatTheContainerSays(t *testing.T) {
	for _, mirrored := range []bool{false, true} {
		for _, degrees := range []int{0, 90, 180, 270} {
			s := hashing.Orientation(exifOrientation(mirrored, degrees))
			if s.Mirrored() != mirrored || s.Turns()*90 != degrees {
				t.Errorf("mirrored %v, %d degrees: shown mirrored %v, %d degrees", mirrored, degrees, s.Mirrored(), s.Turns()*90)
			}
		}
	}
}
