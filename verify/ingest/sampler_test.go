package ingest

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// The borders are those that the frames around show, whatever a single one
// seems to have.
func TestBordersAreThoseOfTheVideo(t *testing.T) {
	opt := testOptions(t, 1)
	opt.Engine = newProjector(1000)
	path := filepath.Join(write(t, "phone", map[string][]byte{"a.avi": film(3, 15*perSecond, true)}), "a.avi")
	it, err := One(t.Context(), path, opt)
	if err != nil || len(it.Frames) < 9 {
		t.Fatalf("%d frames, %v", len(it.Frames), err)
	}
	box := it.Frames[0].Print.Trimmed.Box
	for _, f := range it.Frames {
		if f.Print.Trimmed == nil || f.Print.Trimmed.Box != box || math.Abs(box.Y0-0.2) > 0.02 || math.Abs(box.Y1-0.8) > 0.02 || box.X0 != 0 {
			t.Fatalf("at %v: %+v", f.At, f.Print.Trimmed)
		}
	}
	// One frame that seems to have none, and one that seems to have another.
	want := it.Frames[4].Print.Trimmed.Hash[0]
	it.Frames[4].Print.Trimmed = nil
	it.Frames[6].Print.Trimmed = &hashing.View{Box: hashing.Box{X0: 0.3, Y0: 0.2, X1: 1, Y1: 0.8}}
	settled(it.Frames)
	if got := it.Frames[4].Print.Trimmed; got == nil || got.Box != box || hashing.Distance(got.Hash[0], want) > 2 {
		t.Errorf("the first became %+v", got)
	}
	if got := it.Frames[6].Print.Trimmed; got.Box != box || got.Quality == 0 {
		t.Errorf("the second became %+v", got)
	}
}

// A still scene is kept once a second at most, and what stirs in a corner of it,
// which no hash of the whole tells, at once: a screenshot is of one moment.
func TestWhatStirsIsKept(t *testing.T) {
	s := newSampler(0)
	background := scene(7)
	var all []*moment
	for i := range 40 {
		f := background
		f.At = time.Duration(i) * 125 * time.Millisecond
		f.Pix = slices.Clone(background.Pix)
		for k := range f.Pix {
			f.Pix[k] += byte(i+k) % 2 // noise
		}
		if i >= 16 && i < 24 { // a hand comes and goes, over a hundredth of the picture
			for y := range f.H / 10 {
				for x := range f.W / 10 {
					f.Pix[(y+(i-16)*f.H/12)*f.W+x] ^= 0x80
				}
			}
		}
		m, err := s.reduce(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	var at []int
	for i, m := range all {
		if m.frame != nil {
			at = append(at, i)
		}
	}
	if !reflect.DeepEqual(at, []int{0, 16, 17, 18, 19, 20, 21, 22, 23, 24}) {
		t.Errorf("kept %v", at)
	}
}

// However long a video is, no more than so many frames are kept and have
// keypoints, and they are spread over all of it.
func TestFramesAreSpreadOverTheVideo(t *testing.T) {
	if testing.Short() {
		t.Skip("too slow for the race detector; others go the same ways")
	}
	const length = 3000 * time.Second
	s := newSampler(0)
	var all []*moment
	for i := range 2 * int(length/time.Second) {
		m, err := s.reduce(scene(i))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	spread := func(what string, most int, counts func(*verify.Frame) bool) {
		n, gap, last := 0, time.Duration(0), time.Duration(0)
		for _, f := range framesOf(all) {
			if counts(&f) {
				n, gap, last = n+1, max(gap, f.At-last), f.At
			}
		}
		if gap = max(gap, length-last); n > most || n < most/3 || gap > 4*length/time.Duration(most) {
			t.Errorf("%d %s, up to %v apart", n, what, gap)
		}
	}
	spread("frames", mostFrames, func(*verify.Frame) bool { return true })
	spread("frames with keypoints", mostKeyed, func(f *verify.Frame) bool { return f.Features != nil })
}

// scene is half a second of a video that shows something new in each.
func scene(n int) video.Frame {
	const w, h = 64, 48
	r := rand.New(rand.NewPCG(uint64(n), 3))
	img := image.NewGray(image.Rect(0, 0, w, h))
	for range 12 {
		x, y := r.IntN(w), r.IntN(h)
		fill(img, image.Rect(x, y, x+w/4, y+h/4), uint8(r.IntN(256)))
	}
	return video.Frame{At: time.Duration(n) * time.Second / 2, W: w, H: h, Pix: img.Pix}
}

func TestStripIsEvenlySpread(t *testing.T) {
	var m stripMaker
	for i := range 500 {
		m.add(video.Frame{At: time.Duration(i) * time.Second, W: 30, H: 40, Pix: bytes.Repeat([]byte{byte(i / 2)}, 1200)})
		if len(m.grey.held) > stripHeld {
			t.Fatalf("%d frames are held", len(m.grey.held))
		}
	}
	b, at := m.picture()
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds() != image.Rect(0, 0, 12*160, 213) || len(at) != 12 {
		t.Fatalf("%v at %v, %v", img.Bounds(), at, err)
	}
	for i := range at {
		if due := time.Duration(i) * 499 * time.Second / 11; (at[i] - due).Abs() > 15*time.Second {
			t.Errorf("frame %d is of %v, not %v", i, at[i], due)
		}
		grey, _, _, _ := img.At(i*160+80, 100).RGBA()
		if want := int(at[i] / (2 * time.Second)); max(int(grey>>8)-want, want-int(grey>>8)) > 6 {
			t.Errorf("frame %d shows grey %d, not %d", i, grey>>8, want)
		}
	}
}

// What people see is in colour where the engine gives it, whatever came first.
func TestStripAndPreviewAreInColour(t *testing.T) {
	red := func(n int) video.Frame {
		f := scene(n)
		f.Cb, f.Cr = bytes.Repeat([]byte{90}, 32*24), bytes.Repeat([]byte{240}, 32*24)
		return f
	}
	s := newSampler(0)
	for _, colour := range []bool{false, true} {
		for i := range 20 {
			f := scene(i)
			if colour {
				f = red(i)
			}
			if _, err := s.reduce(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	strip, at := s.strip.picture()
	if len(at) != stripFrames {
		t.Errorf("the strip has frames of %v", at)
	}
	for what, b := range map[string][]byte{"preview": s.preview(), "strip": strip} {
		img, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if r, g, _, _ := img.At(img.Bounds().Dx()/2, img.Bounds().Dy()/2).RGBA(); r < g+0x3000 {
			t.Errorf("the %s is grey: red %x, green %x", what, r, g)
		}
	}
}
