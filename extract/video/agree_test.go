package video

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// made is a clip that an installed ffmpeg makes: a moving pattern of ten
// seconds and a tone that begins a second later, with pictures that depend on
// later ones.
func made(t *testing.T, name, format, codec string, args ...string) Input {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	all := append([]string{"-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=322x242:rate=25",
		"-itsoffset", "1", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100", "-t", "10"}, args...)
	said, err := exec.Command("ffmpeg", append(all, path)...).CombinedOutput()
	if err != nil {
		t.Skipf("ffmpeg cannot make %s: %v: %s", name, err, bytes.TrimSpace(said))
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Input{ReaderAt: f, Size: info.Size(), Format: format, Codec: codec, Duration: 10 * time.Second, HasSound: true}
}

// Whichever engine reads a file, and whichever way a frame is come upon, its
// time and its picture are the same; and the sound lies where it lies.
func TestEnginesAgree(t *testing.T) {
	native, err := NewNative(t.Context())
	if err != nil {
		t.Skipf("no native engine to compare with: %v", err)
	}
	embedded := newTestEmbedded(t)
	h264 := []string{"-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "60", "-keyint_min", "60", "-sc_threshold", "0", "-pix_fmt", "yuv420p"}
	clips := []struct {
		name, format, codec string
		args                []string
		late                time.Duration // by which key frames of a format without times may be off
		sound               int           // second at which the tone is found
	}{
		{"clip.mp4", "mov", "h264", append(h264, "-c:a", "aac"), 0, 1},
		{"clip.mkv", "matroska", "h264", append(h264, "-c:a", "libopus"), 0, 1},
		{"clip.ts", "mpegts", "h264", append(h264, "-c:a", "aac"), 0, 0},
		{"clip.avi", "avi", "mpeg4", []string{"-c:v", "mpeg4", "-bf", "2", "-g", "60", "-c:a", "libmp3lame"}, 40 * time.Millisecond, 0},
		{"clip.webm", "matroska", "vp9", []string{"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "60", "-c:a", "libvorbis"}, 0, 1},
	}
	for _, clip := range clips {
		t.Run(clip.name, func(t *testing.T) {
			in := made(t, clip.name, clip.format, clip.codec, clip.args...)
			all := framesOf(t, native, in, Plan{Every: EveryFrame, Longest: 160, MaxFrames: 600})
			if len(all) < 200 {
				t.Fatalf("%d frames", len(all))
			}
			for _, e := range []Engine{native, embedded} {
				for name, p := range map[string]Plan{
					"key frames":           {},
					"dense":                {Every: 250 * time.Millisecond},
					"in a window":          {Every: EveryFrame, Start: 5310 * time.Millisecond, Length: 500 * time.Millisecond},
					"key frames in window": {Start: 3 * time.Second, Length: 5 * time.Second},
				} {
					p.Longest, p.MaxFrames = 160, 600
					got := framesOf(t, e, in, p)
					if p.Every == EveryFrame && len(got) != 12 && len(got) != 13 || p.Every == 0 && len(got) < 2 {
						t.Errorf("%s, %s: %d frames at %v", e.Name(), name, len(got), timesOf(got))
					}
					late := time.Duration(0)
					if p.Every == 0 {
						late = clip.late
					}
					sameFrames(t, e.Name()+", "+name, got, all, late)
				}
				for _, codec := range []string{in.Codec, ""} { // by packets, and by decoding
					in.Codec = codec
					times, err := e.Times(t.Context(), in, 0, 0)
					if err != nil || !slices.Equal(times, timesOf(all)) {
						t.Errorf("%s: %d times of codec %q, %d frames, %v", e.Name(), len(times), codec, len(all), err)
					}
				}
				in.Codec = clip.codec
			}
			sameSound(t, heardBy(t, native, in), heardBy(t, embedded, in), clip.sound)
		})
	}
}

// sameFrames wants each frame among all, at its time and with its picture.
func sameFrames(t *testing.T, name string, frames, all []Frame, late time.Duration) {
	t.Helper()
	for _, f := range frames {
		at := slices.IndexFunc(all, func(g Frame) bool { return g.At == f.At })
		if late > 0 {
			at = slices.IndexFunc(all, func(g Frame) bool { return (g.At-f.At).Abs() <= late && difference(f, g) < 1 })
		}
		if at < 0 || difference(f, all[at]) > 1 {
			t.Errorf("%s: the frame at %v is none of the video's", name, f.At)
		}
	}
}

// difference is the mean of that of the pixels, 255 for pictures of different
// sizes.
func difference(a, b Frame) float64 {
	if a.W != b.W || a.H != b.H {
		return 255
	}
	sum := 0
	for i := range a.Pix {
		sum += near(a.Pix[i], b.Pix[i])
	}
	return float64(sum) / float64(len(a.Pix))
}

func heardBy(t *testing.T, e Engine, in Input) (all []int16) {
	t.Helper()
	if _, err := e.Sound(t.Context(), in, Limits{}, func(s []int16) error { all = append(all, s...); return nil }); err != nil {
		t.Errorf("%s: %v", e.Name(), err)
	}
	return all
}

func sameSound(t *testing.T, a, b []int16, second int) {
	t.Helper()
	if len(a) != len(b) || len(a) < 8*SoundRate {
		t.Errorf("%d and %d samples", len(a), len(b))
		return
	}
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -16 || d > 16 {
			t.Errorf("sample %d is %d and %d", i, a[i], b[i])
			return
		}
	}
	begins := slices.IndexFunc(a, func(s int16) bool { return s > 1000 })
	if d := begins - second*SoundRate; d < -SoundRate/10 || d > SoundRate/10 {
		t.Errorf("the tone begins at sample %d and not %d seconds into the clip", begins, second)
	}
}

// newTestEmbedded is the embedded engine with a compiled decoder that is kept
// between runs of the tests.
func newTestEmbedded(t *testing.T) *Embedded {
	t.Helper()
	if testing.Short() {
		t.Skip("the embedded decoder may have to be compiled first, which takes 15 seconds")
	}
	pool, err := sandbox.NewPool(sandbox.Options{Command: []string{"worker", testCache(t)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return NewEmbedded(pool)
}

// testCache is the folder in which the compiled decoder is kept.
func testCache(t *testing.T) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir = filepath.Join(dir, "firsthand", "decoder-test")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
