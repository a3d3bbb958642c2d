package video

import (
	"errors"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"
	"time"
)

// seconds are times for comparison.
func seconds(at ...float64) (times []time.Duration) {
	for _, s := range at {
		times = append(times, time.Duration(math.Round(s*1e6))*time.Microsecond)
	}
	return times
}

func framesOf(t *testing.T, e Engine, in Input, p Plan) []Frame {
	t.Helper()
	var got []Frame
	out, err := e.Frames(t.Context(), in, p, func(f Frame) error { got = append(got, f); return nil })
	if err != nil || out.Frames != len(got) || out.Coarse {
		t.Errorf("%d frames, %+v, %v", len(got), out, err)
	}
	return got
}

func timesOf(frames []Frame) (at []time.Duration) {
	for _, f := range frames {
		at = append(at, f.At)
	}
	return at
}

// A window is cut to the frame, and its frames keep the times and the pictures
// that they have in the whole, whether the format can be entered in the middle
// or not.
func TestWindow(t *testing.T) {
	pics := make([][]byte, 10)
	for i := range pics {
		pics[i] = frameJPEG(t, i, 96, 64)
	}
	files := map[string][]byte{
		"avi":   motionJPEG(t, 10, 96, 64),
		"mov":   movie{pics: pics, w: 96, h: 64}.bytes(t),
		"mjpeg": slices.Concat(pics...), // 25 a second
	}
	tests := []struct {
		name          string
		start, length time.Duration
		want          []int
	}{
		{"all", 0, 0, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"from the beginning", 0, 1100 * time.Millisecond, []int{0, 1, 2}},
		{"between two frames", 1200 * time.Millisecond, 1700 * time.Millisecond, []int{3, 4, 5}},
		{"from one frame up to another", time.Second, time.Second, []int{2, 3}},
		{"to the end", 3700 * time.Millisecond, 0, []int{8, 9}},
		{"a time written down with too many digits", 1000*time.Millisecond + 300*time.Microsecond, 100 * time.Millisecond, []int{2}},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for format, data := range files {
			frame := 500 * time.Millisecond
			if format == "mjpeg" {
				frame = 40 * time.Millisecond
			}
			in := asInput(t, "clip", format, data)
			for _, tt := range tests {
				scale := func(d time.Duration) time.Duration { return d * frame / (500 * time.Millisecond) }
				start, length := scale(tt.start), scale(tt.length)
				got := framesOf(t, e, in, Plan{Every: EveryFrame, Longest: 512, MaxFrames: 100, Start: start, Length: length})
				var want []time.Duration
				for i, n := range tt.want {
					want = append(want, time.Duration(n)*frame)
					if i < len(got) && near(got[i].Pix[32*96+24], shade(n)) > 6 {
						t.Errorf("%s, %s: frame %d shows another moment", format, tt.name, n)
					}
				}
				if !slices.Equal(timesOf(got), want) {
					t.Errorf("%s, %s: frames at %v, want %v", format, tt.name, timesOf(got), want)
				}
				times, err := e.Times(t.Context(), in, start, length)
				if err != nil || !slices.Equal(times, want) {
					t.Errorf("%s, %s: times %v, %v; want %v", format, tt.name, times, err, want)
				}
			}
			_, err := e.Times(t.Context(), in, time.Hour, time.Second)
			if unexamined := new(*UnexaminedError); !errors.As(err, unexamined) {
				t.Errorf("%s: times behind the end: %v", format, err)
			}
		}
	})
}

func near(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// Colour comes beside the same luma, for any size.
func TestColour(t *testing.T) {
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, size := range []image.Point{{96, 64}, {97, 65}, {1, 1}, {5, 8}} {
			in := asInput(t, "clip.avi", "avi", motionJPEG(t, 4, size.X, size.Y))
			p := Plan{Longest: 512, MaxFrames: 100}
			grey := framesOf(t, e, in, p)
			p.Colour = true
			coloured := framesOf(t, e, in, p)
			if len(grey) != 4 || len(coloured) != 4 {
				t.Fatalf("%v: %d grey and %d coloured frames of 4", size, len(grey), len(coloured))
			}
			for i, f := range coloured {
				if !slices.Equal(f.Pix, grey[i].Pix) || f.At != grey[i].At || f.W != size.X || f.H != size.Y {
					t.Errorf("%v: frame %d is another with colour", size, i)
				}
				if chroma := (size.X + 1) / 2 * ((size.Y + 1) / 2); len(f.Cb) != chroma || len(f.Cr) != chroma {
					t.Errorf("%v: %d and %d samples of colour, want %d", size, len(f.Cb), len(f.Cr), chroma)
				}
			}
			if size.X < 90 {
				continue
			}
			if f := coloured[0]; near(f.Cb[10], blueish) > 3 || near(f.Cr[len(f.Cr)-10], reddish) > 3 || near(f.Cr[10], 128) > 3 {
				t.Errorf("%v: colours %d %d %d", size, f.Cb[10], f.Cr[10], f.Cr[len(f.Cr)-10])
			}
			if grey[0].Cb != nil || grey[0].Cr != nil {
				t.Error("colour was not asked for")
			}
		}
	})
}

// Red in the weights of BT.709 must be red on a screen.
func TestImageOfAFrame(t *testing.T) {
	frame := func(m matrix, y, cb, cr byte) Frame {
		return Frame{W: 1, H: 1, Pix: []byte{y}, Cb: []byte{cb}, Cr: []byte{cr}, matrix: m}
	}
	tests := []struct {
		name  string
		frame Frame
		want  color.RGBA
	}{
		{"grey", Frame{W: 1, H: 1, Pix: []byte{77}}, color.RGBA{77, 77, 77, 255}},
		{"red of BT.601", frame(bt601, 76, 85, 255), color.RGBA{255, 0, 0, 255}},
		{"red of BT.709", frame(bt709, 54, 99, 255), color.RGBA{255, 0, 0, 255}},
		{"green of BT.709", frame(bt709, 182, 30, 12), color.RGBA{0, 255, 0, 255}},
		{"blue of BT.2020", frame(bt2020, 15, 255, 118), color.RGBA{0, 0, 255, 255}},
		{"grey of BT.709", frame(bt709, 90, 128, 128), color.RGBA{90, 90, 90, 255}},
	}
	for _, tt := range tests {
		got := color.RGBAModel.Convert(tt.frame.Image().At(0, 0)).(color.RGBA)
		if near(got.R, tt.want.R) > 4 || near(got.G, tt.want.G) > 4 || near(got.B, tt.want.B) > 4 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Sound comes in one rate, and its samples lie where they lie in the file.
func TestSound(t *testing.T) {
	pic := frameJPEG(t, 0, 32, 32)
	files := []struct {
		name, format string
		data         []byte
		seconds      float64
		begins       float64 // the first loud sample
	}{
		{"wav", "wav", wave(44100, tone(44100, 2*44100, 22050)), 2, 0.5},
		{"wav of our own rate", "wav", wave(SoundRate, tone(SoundRate, 3*SoundRate, 0)), 3, 0},
		{"mov", "mov", movie{pics: [][]byte{pic, pic, pic, pic}, w: 32, h: 32, sound: tone(8000, 16000, 8000)}.bytes(t), 2, 1},
		{"sound only", "mov", movie{sound: tone(8000, 8000, 0)}.bytes(t), 1, 0},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, tt := range files {
			in := asInput(t, "clip", tt.format, tt.data)
			var got []int16
			out, err := e.Sound(t.Context(), in, Limits{}, func(s []int16) error { got = append(got, s...); return nil })
			if err != nil || out.Samples != int64(len(got)) || out.Coarse {
				t.Errorf("%s: %d samples, %+v, %v", tt.name, len(got), out, err)
				continue
			}
			if d := float64(len(got))/SoundRate - tt.seconds; math.Abs(d) > 0.01 {
				t.Errorf("%s: %v seconds too many", tt.name, d)
			}
			begins := slices.IndexFunc(got, func(s int16) bool { return s > 5000 })
			if d := float64(begins)/SoundRate - tt.begins; math.Abs(d) > 0.01 {
				t.Errorf("%s: the tone begins at sample %d", tt.name, begins)
			}
			if loud := slices.Max(got); loud < 9000 || loud > 11000 {
				t.Errorf("%s: loudness %d, want 10000", tt.name, loud)
			}
		}
	})
}

func TestNoSound(t *testing.T) {
	bothEngines(t, func(t *testing.T, e Engine) {
		in := asInput(t, "clip.avi", "avi", motionJPEG(t, 3, 32, 32))
		for _, claimed := range []bool{true, false} {
			in.HasSound = claimed
			_, err := e.Sound(t.Context(), in, Limits{}, func([]int16) error { return nil })
			if unexamined := new(*UnexaminedError); !errors.As(err, unexamined) || err.Error() != noSound {
				t.Errorf("sound claimed %v: %v", claimed, err)
			}
		}
		only := asInput(t, "clip.mov", "mov", movie{sound: tone(8000, 8000, 0)}.bytes(t))
		_, _, err := SampleEach(t.Context(), e, only, false, itself)
		if unexamined := new(*UnexaminedError); !errors.As(err, unexamined) || err.Error() != "no picture could be decoded: "+noVideo && err.Error() != noVideo {
			t.Errorf("pictures of a file with sound only: %v", err)
		}
	})
}

// Pictures come out upright.
func TestRotation(t *testing.T) {
	pics := [][]byte{frameJPEG(t, 1, 96, 64), frameJPEG(t, 1, 96, 64)}
	light, dark := 255-shade(1), shade(1)
	tests := []struct {
		degrees                  int
		w, h                     int
		left, right, top, bottom uint8 // in the middle of each edge; 0 where two shades meet
	}{
		{0, 96, 64, dark, light, 0, 0},
		{90, 64, 96, 0, 0, dark, light},
		{180, 96, 64, light, dark, 0, 0},
		{270, 64, 96, 0, 0, light, dark},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, tt := range tests {
			in := asInput(t, "clip.mov", "mov", movie{pics: pics, w: 96, h: 64, turned: tt.degrees}.bytes(t))
			got := framesOf(t, e, in, Plan{Every: EveryFrame, Longest: 512, MaxFrames: 9, Colour: true})
			if len(got) != 2 || got[0].W != tt.w || got[0].H != tt.h {
				t.Errorf("%d degrees: %d frames, the first of %dx%d", tt.degrees, len(got), got[0].W, got[0].H)
				continue
			}
			at := func(x, y int) uint8 { return got[0].Pix[y*tt.w+x] }
			edges := []struct{ got, want uint8 }{
				{at(4, tt.h/2), tt.left}, {at(tt.w-5, tt.h/2), tt.right}, {at(tt.w/2, 4), tt.top}, {at(tt.w/2, tt.h-5), tt.bottom},
			}
			for i, edge := range edges {
				if edge.want != 0 && near(edge.got, edge.want) > 6 {
					t.Errorf("%d degrees: edge %d has the shade %d, want %d", tt.degrees, i, edge.got, edge.want)
				}
			}
		}
	})
}
