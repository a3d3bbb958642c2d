package ingest

import (
	"bytes"
	"encoding/json"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// All that is made of a video comes of one look: every moment on the reel,
// prints about once a second, keypoints where something is new, a strip.
func TestVideoIsSampled(t *testing.T) {
	path := filepath.Join(write(t, "phone", map[string][]byte{"a.avi": film(1, 20*perSecond, false)}), "a.avi")
	opt := testOptions(t, 1)
	opt.Engine = newProjector(1000) // too few key frames: it is decoded in full
	it, err := One(t.Context(), path, opt)
	if err != nil || it.Media.Error != "" || it.Moving == nil {
		t.Fatalf("%+v, %v", it.Media, err)
	}
	reel, err := sequence.DecodeReel(it.Moving.Reel)
	if err != nil || len(reel.Moments) != 20*perSecond || reel.W != 64 || reel.H != 48 || reel.Moments[5].At != 1.25 {
		t.Errorf("reel of %d x %d, %d moments, %v", reel.W, reel.H, len(reel.Moments), err)
	}
	keyed := 0
	for i, f := range it.Frames {
		if i > 0 && f.At-it.Frames[i-1].At > time.Second {
			t.Errorf("no frame between %v and %v, while it moves", it.Frames[i-1].At, f.At)
		}
		if thumb, err := hashing.FromJPEG(f.Thumb); err != nil || thumb.W != 192 {
			t.Errorf("thumb at %v: %d wide, %v", f.At, thumb.W, err)
		}
		if f.Features == nil {
			continue
		}
		keyed++
		if set, err := feature.Decode(f.Features); err != nil || len(set.Points) == 0 {
			t.Errorf("keypoints at %v: %v", f.At, err)
		}
	}
	if len(it.Frames) < 10 || keyed < 4 || it.Frames[0].At != 0 || it.Frames[0].Features == nil {
		t.Errorf("%d frames, %d with keypoints", len(it.Frames), keyed)
	}
	if s := it.Sampling; s.Frames != 20*perSecond || !s.Dense || s.Thorough || s.Coarse || s.Engine != "projector 1" {
		t.Errorf("sampling %+v", s)
	}
	strip, err := jpeg.DecodeConfig(bytes.NewReader(it.Moving.Strip))
	if at := it.Moving.StripAt; err != nil || strip.Width != 12*160 || strip.Height != 120 || len(at) != 12 || at[0] != 0 || at[11] < 18*time.Second {
		t.Errorf("strip of %d x %d at %v, %v", strip.Width, strip.Height, at, err)
	}
}

// A clip of a few pictures is decoded in full at once, which costs no more than
// a look at its key frames, and is not looked at again.
func TestShortClipIsDecodedOnce(t *testing.T) {
	clip := film(1, 7*perSecond, false)
	dir := write(t, "phone", map[string][]byte{"a.avi": clip, "b.avi": cut(1, perSecond, 7*perSecond, false)})
	opt := testOptions(t, 1, dir)
	engine := newProjector(2)
	opt.Engine = engine
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	scanned(t, f, opt)
	if s := itemAt(t, f, "phone/a.avi").Sampling; !s.Dense || s.Thorough || s.Frames != 7*perSecond {
		t.Errorf("sampling %+v", s)
	}
	if engine.at.coarse != 0 || engine.at.dense != 2 {
		t.Errorf("%d dense looks at two clips, %d coarse", engine.at.dense, engine.at.coarse)
	}
}

// Sound that cannot be read is said and hides no picture; a film whose
// container states none is not asked for any.
func TestSoundOfAVideo(t *testing.T) {
	pics := film(1, 6*perSecond, false)
	loud := make([]int16, 6*video.SoundRate)
	for i := range loud {
		loud[i] = int16(9000 * math.Sin(float64(i)*float64(300+i/7000)/2000))
	}
	for name, c := range map[string]struct {
		file  []byte
		sound []int16
		heard bool
		code  string
	}{
		"loud.avi":   {withSound(pics), loud, true, ""},
		"broken.avi": {withSound(pics), nil, false, codeNoSound},
		"silent.avi": {pics, nil, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			opt := testOptions(t, 1)
			p := newProjector(1000)
			p.sound = c.sound
			opt.Engine = p
			it, err := One(t.Context(), filepath.Join(write(t, "phone", map[string][]byte{name: c.file}), name), opt)
			if err != nil || len(it.Frames) == 0 || it.Media.Error != "" {
				t.Fatalf("%d frames, %q, %v", len(it.Frames), it.Media.Error, err)
			}
			if (it.Moving.Sound != nil) != c.heard || (it.Moving.Wave != nil) != c.heard {
				t.Errorf("sound of %d bytes, wave of %d", len(it.Moving.Sound), len(it.Moving.Wave))
			}
			var codes string
			for _, f := range it.Media.Findings {
				codes += f.Code
			}
			if codes != c.code {
				t.Errorf("findings %+v", it.Media.Findings)
			}
		})
	}
}

// withSound states an MP3 track in the header of a film.
func withSound(film []byte) []byte {
	strh := append([]byte("auds\x00\x00\x00\x00"), words(nil, 0, 0, 0, 1, 8000, 0, 1, 0, 0xffffffff, 1, 0, 0)...)
	strl := chunk("LIST", []byte("strl"), chunk("strh", strh), chunk("strf", words(nil, 0x00010055, 8000, 8000, 0x00100001)))
	hdrl := bytes.Index(film, []byte("hdrl"))
	end := bytes.Index(film, []byte("movi")) - 8
	return slices.Concat(
		words([]byte("RIFF"), uint32(len(film)-8+len(strl))), film[8:hdrl-4],
		words(nil, uint32(end-hdrl+len(strl))), film[hdrl:end], strl, film[end:])
}

// An animated picture is compared by all that it shows.
func TestAnimationIsSampled(t *testing.T) {
	e := examined{}
	e.Type.Demuxer = "gif"
	if animated(e) {
		t.Error("a picture that does not move is animated")
	}
	seconds := 1.0
	if e.Media.DurationSeconds = &seconds; !animated(e) {
		t.Error("an animation is not")
	}
}

// films is two sources of which each has a film that the other has a part of.
func films(t *testing.T) string {
	t.Helper()
	return write(t, "phone", map[string][]byte{"a.avi": film(5, 16*perSecond, false), "b.avi": film(6, 16*perSecond, false), "c.jpg": picture(1, 90, 60)})
}

// scannedFilms has a case in which all films were looked at coarsely.
func scannedFilms(t *testing.T, dir string) (*casefile.File, Options) {
	t.Helper()
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	opt.Engine = newProjector(5)
	scanned(t, f, opt)
	return f, opt
}

func textOf(t *testing.T, v ...any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func momentsOf(t *testing.T, f *casefile.File, path string) int {
	t.Helper()
	reel, err := f.Reel(t.Context(), itemAt(t, f, path).Digest)
	if err != nil {
		t.Fatal(err)
	}
	return len(reel.Moments)
}

// Videos of which more is wanted are looked at once more, thoroughly, and once.
func TestCloserLook(t *testing.T) {
	dir := films(t)
	f, opt := scannedFilms(t, dir)
	before := itemAt(t, f, "phone/a.avi")
	if n := momentsOf(t, f, "phone/a.avi"); n != 13 || before.Sampling.Dense {
		t.Fatalf("%d moments, %+v", n, before.Sampling)
	}
	wanted := []verify.Digest{before.Digest, itemAt(t, f, "phone/c.jpg").Digest}
	look := func() (int, []string) {
		g := &grouper{file: f, opt: opt}
		if g.opt.Progress == nil {
			g.opt.Progress = func(Progress) {}
		}
		if err := g.load(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, notes, err := g.lookCloser(t.Context(), wanted)
		if err != nil {
			t.Fatal(err)
		}
		return n, notes
	}
	if n, notes := look(); n != 1 || notes != nil {
		t.Errorf("looked at %d, %q", n, notes)
	}
	after := itemAt(t, f, "phone/a.avi")
	if n := momentsOf(t, f, "phone/a.avi"); n != 16*perSecond || !after.Sampling.Dense || !after.Sampling.Thorough {
		t.Errorf("%d moments, %+v", n, after.Sampling)
	}
	if n := momentsOf(t, f, "phone/b.avi"); n != 13 {
		t.Errorf("the other one has %d moments", n)
	}
	if textOf(t, after.Sightings, after.Media) != textOf(t, before.Sightings, before.Media) {
		t.Errorf("the item became %+v", after)
	}
	if n, _ := look(); n != 0 {
		t.Errorf("looked at %d again", n)
	}
	if sum := scanned(t, f, opt); sum.Read != 0 || sum.Kept != 3 {
		t.Errorf("the next scan: %+v", sum)
	}
	if n := momentsOf(t, f, "phone/a.avi"); n != 16*perSecond {
		t.Errorf("the next scan left %d moments", n)
	}
	if _, err := f.VerifyCustody(t.Context()); err != nil {
		t.Error(err)
	}
	// A file that is another one by now is left as it was, and that is said.
	wanted = []verify.Digest{itemAt(t, f, "phone/b.avi").Digest}
	if err := os.WriteFile(filepath.Join(dir, "b.avi"), film(7, perSecond, false), 0o644); err != nil {
		t.Fatal(err)
	}
	if n, notes := look(); n != 0 || len(notes) != 1 || momentsOf(t, f, "phone/b.avi") != 13 {
		t.Errorf("of a changed file: %d, %q", n, notes)
	}
}

// What was made of videos comes back when the cache is lost.
func TestVideosInALostCache(t *testing.T) {
	f, opt := scannedFilms(t, films(t))
	want := contents(t, f)
	dir := f.Info().Dir
	for _, lose := range []func() error{
		func() error { return os.RemoveAll(filepath.Join(dir, "cache")) },
		func() error { return nil },
	} {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err := lose(); err != nil {
			t.Fatal(err)
		}
		f = testCase(t, dir)
		scanned(t, f, opt)
		if got := contents(t, f); got != want {
			t.Errorf("the case is\n%s\nnot\n%s", got, want)
		}
		if n := momentsOf(t, f, "phone/a.avi"); n != 13 {
			t.Errorf("%d moments", n)
		}
	}
	if at := opt.Engine.(projector).at; at.coarse != 4 || at.dense != 0 {
		t.Errorf("%d coarse looks, %d dense", at.coarse, at.dense)
	}
}

// Videos that a scan without an engine left out are looked at by the first that
// has one; and then no more.
func TestVideosLeftOutAreLookedAtLater(t *testing.T) {
	dir := films(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	for i, c := range []struct {
		engine         video.Engine
		examined, kept int
	}{{nil, 3, 0}, {nil, 0, 3}, {newProjector(5), 2, 1}, {newProjector(5), 0, 3}, {nil, 0, 3}} {
		opt.Engine = c.engine
		if sum := scanned(t, f, opt); sum.Examined != c.examined || sum.Kept != c.kept {
			t.Errorf("scan %d: %+v", i, sum)
		}
	}
	if n := momentsOf(t, f, "phone/a.avi"); n != 13 {
		t.Errorf("%d moments", n)
	}
}

// A video that cannot be decoded, or not to its end, is a finding, and the
// files beside it are looked at.
func TestDamagedVideoIsAFinding(t *testing.T) {
	whole := film(1, 8*perSecond, false)
	pictures := func(damaged func(i int) bool) []byte {
		b := bytes.Clone(whole)
		i := 0
		for at := bytes.Index(b, []byte("00dc")); at >= 0; i++ {
			if damaged(i) {
				copy(b[at+8:], "no picture")
			}
			next := bytes.Index(b[at+4:], []byte("00dc"))
			if next < 0 {
				break
			}
			at += 4 + next
		}
		return b
	}
	dir := write(t, "phone", map[string][]byte{
		"a-none.avi": pictures(func(int) bool { return true }), "b-half.avi": pictures(func(i int) bool { return i >= 16 }),
		"c-whole.avi": whole, "d.jpg": picture(1, 90, 60),
	})
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	opt.Engine = newProjector(1000)
	sum := scanned(t, f, opt)
	if sum.Examined != 4 || sum.Problems != 1 {
		t.Errorf("the scan says %+v", sum)
	}
	got := findings(t, f, codeNotExamined)
	if len(got) != 1 || got[0].Path != "phone/a-none.avi" || got[0].Severity != source.Error || itemAt(t, f, "phone/a-none.avi").Media.Error == "" {
		t.Errorf("findings %+v", got)
	}
	half := itemAt(t, f, "phone/b-half.avi")
	if n := momentsOf(t, f, "phone/b-half.avi"); n != 16 || !half.Sampling.Coarse || half.Sampling.Note == "" || half.Media.Error != "" {
		t.Errorf("half a video: %d moments, %+v, %q", n, half.Sampling, half.Media.Error)
	}
}
