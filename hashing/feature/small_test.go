package feature_test

import (
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
)

// thumbnail is a picture as a messenger's preview shows it: through a JPEG.
func thumbnail(t *testing.T, l hashing.Luma, side int) *feature.Picture {
	t.Helper()
	b, err := l.Reduced(side).JPEG()
	if err != nil {
		t.Fatal(err)
	}
	small, err := hashing.FromJPEG(b)
	if err != nil {
		t.Fatal(err)
	}
	return picture(small)
}

// hazy takes most of the contrast out, as fog and bad light do.
func hazy(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for i, v := range l.Pix {
		out.Pix[i] = 110 + v/6
	}
	return out
}

// What people do to thumbnails, of which some are the only copy that is left.
func TestCopiesOfThumbnailsAreFound(t *testing.T) {
	for _, p := range []struct {
		name string
		of   hashing.Luma
	}{{"clear", drawn(81, 640, 480)}, {"hazy", hazy(drawn(82, 640, 480))}} {
		cut := seen(plain(448, 336, 0), p.of, func(x, y float64) (float64, float64, bool) { return x + 120, y + 70, true })
		for _, c := range []struct {
			name     string
			copy     hashing.Luma
			side     int
			mirrored bool
		}{
			{"half the size", p.of, 80, false},
			{"cut", cut, 112, false},
			{"cut, small", cut, 80, false},
			{"mirrored", p.of.Under(4), 105, true},
			{"lower third", titled(p.of), 128, false},
			{"lower third, small", titled(p.of), 80, false},
			{"bars", seen(plain(640, 624, 0), p.of, inBox(0, 72, 640, 552, 640, 480)), 128, false},
		} {
			found := feature.Compare(thumbnail(t, p.of, 160), thumbnail(t, c.copy, c.side))
			if len(found) != 1 || found[0].Verdict != hashing.Copy || found[0].Mirrored != c.mirrored {
				t.Errorf("%s, %s: %d found, %+v", p.name, c.name, len(found), found)
			}
		}
	}
}

// Small pictures of different things have edges in common, and a caption.
func TestOtherThumbnailsAreNoCopies(t *testing.T) {
	var all []*feature.Picture
	for seed := range uint64(12) {
		l := drawn(90+seed, 640, 480)
		switch seed % 3 {
		case 1:
			l = hazy(l)
		case 2:
			l = titled(l)
		}
		all = append(all, thumbnail(t, l, []int{160, 120, 80}[seed/3%3]))
	}
	for i, a := range all {
		for j, b := range all[:i] {
			if found := feature.Compare(a, b); len(found) > 0 {
				t.Errorf("pictures %d and %d: %d of %d blocks agree, %d inliers", i, j, found[0].Agreeing, found[0].Textured, found[0].Inliers)
			}
		}
	}
}

// A ground that rises towards a wall, seen from two places, in thumbnails.
func TestParallaxShowsInThumbnails(t *testing.T) {
	p := drawn(84, 900, 700)
	from := func(tx float64) *feature.Picture {
		return thumbnail(t, seen(plain(720, 540, 0), p, func(x, y float64) (float64, float64, bool) {
			near := max(0, (y-240)/300)
			return x + 90 + tx*near, y + 80, true
		}), 160)
	}
	for _, tx := range []float64{24, 40} {
		for _, g := range feature.Compare(from(0), from(tx)) {
			if g.Verdict == hashing.Copy {
				t.Errorf("moved by %.0f of 720 pixels: a copy, residual %.2f, parallax %.2f", tx, g.Residual, g.Parallax)
			}
		}
	}
}
