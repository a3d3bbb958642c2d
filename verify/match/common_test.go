package match

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// Posts of different photographs in one app are no matches, however much of the
// screen is the app's; a second screenshot of one photograph is, and so is the
// photograph itself.
func TestAppFramesAreNoMatches(t *testing.T) {
	var items []verify.Item
	for i := range int64(6) {
		items = append(items, still(t, fmt.Sprintf("s/post%d.jpg", i), screenshot(scene(60+i, 672, 640))))
	}
	x := examiner{newShelf(Options{})}
	if v, err := x.examine(&items[0], &items[1], nil); err != nil || !v.found() {
		t.Fatalf("the frame is too faint to test anything: %v %v", v, err)
	}
	photo := scene(60, 672, 640)
	items = append(items, still(t, "t/photo.jpg", photo), still(t, "t/post0-again.jpg", screenshot(photo).Reduced(500)))
	res := find(t, items, Options{})
	want := map[string]bool{"s/post0.jpg t/photo.jpg": true, "s/post0.jpg t/post0-again.jpg": true, "t/photo.jpg t/post0-again.jpg": true}
	for _, m := range res.Matches {
		if !want[m.A+" "+m.B] {
			t.Errorf("%s and %s share the app's frame only: %s", m.A, m.B, m.Why)
		}
		delete(want, m.A+" "+m.B)
	}
	for pair := range want {
		t.Errorf("no match of %s", pair)
	}
	if len(res.Notes) != 1 || !strings.Contains(res.Notes[0], "a frame around different pictures") {
		t.Errorf("notes %q", res.Notes)
	}
}

// What stands in many collages is shown in each of them.
func TestTilesOfManyCollagesStay(t *testing.T) {
	tile := scene(70, 480, 360)
	items := []verify.Item{still(t, "s/tile.jpg", tile)}
	for i := range int64(5) {
		c := collage(tile, scene(71+3*i, 480, 360), scene(72+3*i, 480, 360), scene(73+3*i, 480, 360))
		items = append(items, still(t, fmt.Sprintf("s/collage%d.jpg", i), c))
	}
	res := find(t, items, Options{})
	for i := range 5 {
		if m := matchOf(t, res, fmt.Sprintf("s/collage%d.jpg", i), "s/tile.jpg"); m.Relation != verify.Part || m.AIs != "contains_b" {
			t.Errorf("collage %d: %s %s", i, m.Relation, m.AIs)
		}
	}
	if len(res.Clusters) != 0 {
		t.Errorf("a tile has joined collages: %+v", res.Clusters)
	}
}

// Copies of one picture with things laid over them stay matches, though each
// differs from the others in its own part.
func TestOverlaidCopiesStay(t *testing.T) {
	l := scene(90, 480, 360)
	items := []verify.Item{still(t, "s/0.jpg", l)}
	for i := range 5 {
		x, y := 60*i, 30*i
		items = append(items, still(t, fmt.Sprintf("s/%d.jpg", i+1), pasted(l, scene(int64(91+i), 240, 140), x, y)))
	}
	res := find(t, items, Options{})
	for i := range 5 {
		matchOf(t, res, "s/0.jpg", fmt.Sprintf("s/%d.jpg", i+1))
	}
}
