package incident

import (
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// A clock that states its zone and was a day ahead is narrower than its own
// correction, and does not count beside it.
func TestACorrectedClockCounts(t *testing.T) {
	it := taken("camera/w/a.jpg", 29, 48.9, 38.4)
	it.Media.Times[0].Field = "EXIF:DateTimeOriginal"
	right := it.Media.Times[0].Corrected()
	right.Zone, right.Earliest, right.Latest = extract.Derived, at(5), at(5).Add(4*time.Minute)
	it.Media.Times = append(it.Media.Times, right)
	inc := of(propose(t, Input{Items: append(crowd(), it)}, Automatic()), "camera/w/a.jpg")
	if inc == nil || !inc.Earliest.Equal(right.Earliest) || !inc.Latest.Equal(right.Latest) {
		t.Fatalf("want the corrected time %v … %v: %+v", right.Earliest, right.Latest, inc)
	}
}
