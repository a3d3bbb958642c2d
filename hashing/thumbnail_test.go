package hashing_test

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// shot is a made-up photograph of 640 x 426 pixels, the format of most cameras.
func shot(seed uint64) hashing.Luma { return scene(seed, 640, 426) }

// pasted lays one picture over a part of another.
func pasted(l, over hashing.Luma, x0, y0 int) hashing.Luma {
	return each(l, func(x, y int, v float64) float64 {
		if x -= x0; x >= 0 && x < over.W {
			if y -= y0; y >= 0 && y < over.H {
				return float64(over.Pix[y*over.W+x])
			}
		}
		return v
	})
}

func brighter(l hashing.Luma) hashing.Luma {
	return each(l, func(_, _ int, v float64) float64 { return 255 * math.Pow(v/255, 0.6) })
}

func negative(l hashing.Luma) hashing.Luma {
	return each(l, func(_, _ int, v float64) float64 { return 255 - v })
}

// dropped makes a small picture by leaving pixels out, as some cameras do.
func dropped(l hashing.Luma, step int) hashing.Luma {
	out := hashing.Luma{W: l.W / step, H: l.H / step}
	for y := range out.H {
		for x := range out.W {
			out.Pix = append(out.Pix, l.Pix[y*step*l.W+x*step])
		}
	}
	return out
}

// What cameras and writers do to a thumbnail, or to both pictures, does not say
// that the picture was changed.
func TestThumbnailOfAnUneditedPictureIsNotAccused(t *testing.T) {
	for seed := range uint64(3) {
		p := shot(seed)
		for name, c := range map[string]struct{ thumb, picture hashing.Luma }{
			"reduced":                   {p.Reduced(160), p},
			"no smaller than it":        {p, p},
			"tiny":                      {p.Reduced(64), p},
			"letterboxed":               {framed(p.Reduced(160), 0, 7, 0, 6, 3), p},
			"letterboxed, turned":       {framed(p.Reduced(160), 0, 7, 0, 6, 3).Under(1), p},
			"pixels left out, noise":    {dropped(noisy(p), 4), p},
			"brighter":                  {brighter(p.Reduced(160)), p},
			"two per cent cut off":      {p.Reduced(160), cut(p, 6, 4, 634, 422)},
			"thumbnail cut to 4:3":      {cut(p, 36, 0, 604, 426).Reduced(160), p},
			"one of them turned":        {p.Reduced(160).Under(3), p},
			"one of them upside down":   {p.Reduced(160).Under(2), p},
			"dark scene without bars":   {each(p, darkEdges).Reduced(160), each(p, darkEdges)},
			"squeezed to 4:3 by a tool": {squeezed(p), p},
		} {
			if m := hashing.CompareThumbnail(c.thumb, c.picture); m.Showing != hashing.WholePicture {
				t.Errorf("seed %d, %s: %+v", seed, name, m)
			}
		}
	}
}

func darkEdges(_, y int, v float64) float64 {
	if y < 60 || y > 366 {
		return v / 16
	}
	return v
}

func squeezed(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: 160, H: 120}
	for y := range out.H {
		for x := range out.W {
			out.Pix = append(out.Pix, l.Pix[y*l.H/out.H*l.W+x*l.W/out.W])
		}
	}
	return out
}

func TestThumbnailOfAnEditedPicture(t *testing.T) {
	for seed := range uint64(3) {
		p, other := shot(seed), shot(seed+100)
		thumb := framed(p.Reduced(160), 0, 7, 0, 6, 3)
		for name, c := range map[string]struct {
			picture hashing.Luma
			want    hashing.Showing
		}{
			"another picture":            {other, hashing.OtherPicture},
			"another picture, turned":    {other.Under(1), hashing.OtherPicture},
			"mirrored":                   {p.Under(4), hashing.MirrorImage},
			"a tenth of each side cut":   {cut(p, 64, 43, 576, 383), hashing.MoreOfScene},
			"one side cut":               {cut(p, 0, 0, 544, 426), hashing.MoreOfScene},
			"a quarter left":             {cut(p, 160, 106, 480, 319), hashing.MoreOfScene},
			"a quarter left, turned":     {cut(p, 160, 106, 480, 319).Under(1), hashing.MoreOfScene},
			"a strip left":               {cut(p, 20, 120, 620, 330), hashing.MoreOfScene},
			"a quarter pasted over":      {pasted(p, negative(cut(p, 200, 150, 520, 363)), 200, 150), hashing.OtherInPart},
			"a caption":                  {captioned(p), hashing.OtherInPart},
			"cut, brighter and turned":   {brighter(cut(p, 64, 43, 576, 383)).Under(3), hashing.MoreOfScene},
			"smaller and noisy, a patch": {noisy(pasted(p, negative(cut(p, 300, 200, 500, 350)), 30, 30).Reduced(400)), hashing.OtherInPart},
		} {
			m := hashing.CompareThumbnail(thumb, c.picture)
			if m.Showing != c.want {
				t.Errorf("seed %d, %s: %+v, want %d", seed, name, m, c.want)
			}
		}
	}
}

// captioned lays a white line with dark letters over a picture.
func captioned(l hashing.Luma) hashing.Luma {
	return each(l, func(x, y int, v float64) float64 {
		switch {
		case y < l.H*80/100 || y > l.H*92/100 || x < 30 || x > l.W-30:
			return v
		case x/8%3 == 0 && y > l.H*83/100 && y < l.H*89/100:
			return 20
		}
		return 245
	})
}

// What was changed is said, and how much of the scene is left.
func TestThumbnailSaysWhereAndHowMuch(t *testing.T) {
	p := shot(1)
	m := hashing.CompareThumbnail(p.Reduced(160), pasted(p, cut(shot(101), 0, 0, 240, 160), 380, 250))
	if len(m.Changed) != 1 {
		t.Fatalf("parts %v", m.Changed)
	}
	if b := m.Changed[0]; far(b, hashing.Box{X0: 380. / 640, Y0: 250. / 426, X1: 620. / 640, Y1: 410. / 426}) > 0.1 {
		t.Errorf("part %v", b)
	}
	for _, c := range []struct{ x, y int }{{96, 64}, {170, 113}} {
		left := float64(c.x*c.y) * 4
		m := hashing.CompareThumbnail(p.Reduced(160), cut(p, 320-c.x, 213-c.y, 320+c.x, 213+c.y))
		if want := left / (640 * 426); math.Abs(m.Covered-want) > 0.15*want {
			t.Errorf("%.3f of the scene, want %.3f", m.Covered, want)
		}
	}
}

// Nothing is said of pictures that hold nothing to go by.
func TestThumbnailUndecided(t *testing.T) {
	p := shot(1)
	flat := hashing.Luma{W: 160, H: 120, Pix: make([]byte, 160*120)}
	slope := each(flat, func(x, y int, _ float64) float64 { return float64(x+y) / 2 })
	for name, c := range map[string]struct{ thumb, picture hashing.Luma }{
		"black thumbnail":       {flat, p},
		"a sky":                 {slope, p},
		"both black":            {flat, flat},
		"picture of one pixel":  {p.Reduced(160), hashing.Luma{W: 1, H: 1, Pix: []byte{200}}},
		"thumbnail of 8 pixels": {p.Reduced(8), p},
		"nothing":               {hashing.Luma{}, p},
		"pixels missing":        {hashing.Luma{W: 160, H: 120, Pix: make([]byte, 5)}, p},
	} {
		if m := hashing.CompareThumbnail(c.thumb, c.picture); m.Showing != hashing.Undecided {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// Whatever the shapes and pixels are, the answer is one of the known ones and
// its shares are shares.
func TestThumbnailTakesAnything(t *testing.T) {
	for _, c := range []struct {
		w, h   int
		pix    string
		pw, ph int
		over   string
	}{
		{16, 460, "\x17234", 17, 16, "\x00\xff"},
		{25, 100, "\x9e&\x96\xd3g\x11\x9e\x0f", 34, 27, "0"},
		{16, 16, "\x00\xff", 16, 16, "\xff\x00\x00"},
		{500, 16, "0123456789", 17, 590, "ab"},
		{160, 120, "\x00\x00\xff", 640, 480, "\x00\x00\xff"},
		{1, 500, "a", 500, 1, "b"},
	} {
		m := hashing.CompareThumbnail(filled(c.w, c.h, c.pix), filled(c.pw, c.ph, c.over))
		if m.Showing < hashing.Undecided || m.Showing > hashing.OtherPicture ||
			!(m.Share >= 0 && m.Share <= 1) || !(m.Covered >= 0 && m.Covered <= 1.001) {
			t.Errorf("%+v: %+v", c, m)
		}
	}
}

// filled makes a picture that repeats pix.
func filled(w, h int, pix string) hashing.Luma {
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for i := range l.Pix {
		l.Pix[i] = pix[i%len(pix)]
	}
	return l
}

func BenchmarkCompareThumbnail(b *testing.B) {
	p := scene(1, 512, 341)
	for name, thumb := range map[string]hashing.Luma{"same": p.Reduced(160), "other": shot(2).Reduced(160)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				hashing.CompareThumbnail(thumb, p)
			}
		})
	}
}
