package extract

import (
	"testing"
	"time"
)

// A time that was put into a zone or put right is preferred to the reading that
// it was made of, and is a claim of the capture where that is one.
func TestAdjustedTimes(t *testing.T) {
	wall := reading{wall: time.Date(2022, 6, 25, 13, 0, 0, 0, time.UTC), precision: Second}
	east := 180
	plain := claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", ""}.in(wall, Floating, nil)
	stated := claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", ""}.in(wall, Offset, &east)
	zoned := claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", ""}.in(wall, Derived, &east).Zoned()
	corrected := stated.Corrected()
	for _, tt := range []struct {
		name  string
		times []Time
		want  string
	}{
		{"in a zone, and as it stands", []Time{plain, zoned}, "Zoned:EXIF:DateTimeOriginal"},
		{"put right, and in its own zone", []Time{stated, corrected}, "Corrected:EXIF:DateTimeOriginal"},
	} {
		SortTimes(tt.times)
		if best := Best(tt.times); best == nil || best.Field != tt.want || best.ReadFrom() != "EXIF:DateTimeOriginal" {
			t.Errorf("%s: the best time is %+v, want %s", tt.name, best, tt.want)
		}
	}
	for _, name := range []string{fieldCameraName, fieldTelegramName} {
		named := claim{FileName, TrustDevice, name, ""}.at(wall)
		if got, want := named.Zoned().IsCapture(), named.IsCapture(); got != want {
			t.Errorf("%s in a zone claims the capture: %v, and as it stands: %v", name, got, want)
		}
	}
	if at, width, ok := plain.Wall(); !ok || !at.Equal(wall.wall) || width != time.Second {
		t.Errorf("the clock shows %v for %v, %v", at, width, ok)
	}
}
