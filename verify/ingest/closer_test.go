package ingest

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// clips is a film in one source, a clip of it and another film in a second.
func clips(t *testing.T) (phone, channel string) {
	return write(t, "phone", map[string][]byte{"film.avi": film(5, 24*perSecond, false)}),
		write(t, "channel", map[string][]byte{
			"clip.avi": cut(5, 6*perSecond, 18*perSecond, false), "other.avi": film(6, 24*perSecond, false),
		})
}

// checkClip wants the clip to be found in the film at its time.
func checkClip(t *testing.T, f *casefile.File) {
	t.Helper()
	m, ok := matchOf(t, f, "channel/clip.avi", "phone/film.avi")
	if !ok || m.Relation != verify.Part || m.AIs != "clip_of_b" || len(m.Segments) != 1 {
		t.Fatalf("%v, %+v", ok, m)
	}
	s := m.Segments[0]
	if s.Uncertain || math.Abs(s.TimeA[0]) > 1 || math.Abs(s.TimeB[0]-6-s.TimeA[0]) > 0.3 || s.TimeB[1] < 17 {
		t.Errorf("segment %+v", s)
	}
}

// What key frames find is looked at more closely, once, before times are said;
// a video that nothing resembles is not.
func TestClipIsFoundByACloserLook(t *testing.T) {
	if testing.Short() {
		t.Skip("too slow for the race detector; others go the same ways")
	}
	phone, channel := clips(t)
	name := filepath.Join(t.TempDir(), "case")
	f := testCase(t, name)
	opt := testOptions(t, 2, phone, channel)
	engine := newProjector(5)
	opt.Engine = engine
	var stages []string
	opt.Progress = func(p Progress) {
		if n := len(stages); n == 0 || stages[n-1] != p.Stage {
			stages = append(stages, p.Stage)
		}
	}
	sum := scanned(t, f, opt)
	if sum.Closer != 2 || engine.at.dense != 2 || engine.at.coarse != 3 {
		t.Errorf("%d were looked at closely; %d dense looks, %d coarse", sum.Closer, engine.at.dense, engine.at.coarse)
	}
	checkClip(t, f)
	if other := itemAt(t, f, "channel/other.avi"); other.Sampling.Thorough || other.Sampling.Dense {
		t.Errorf("the other film: %+v", other.Sampling)
	}
	if sum := scanned(t, f, opt); !sum.MatchesKept || sum.Closer != 0 || engine.at.dense != 2 {
		t.Errorf("the next scan: %+v", sum)
	}
	want := contents(t, f)

	for _, workers := range []int{1, 4} {
		other := testCase(t, filepath.Join(t.TempDir(), "other"))
		opt := testOptions(t, workers, channel, phone)
		opt.Engine = newProjector(5)
		scanned(t, other, opt)
		if got := contents(t, other); got != want {
			t.Errorf("with %d workers the case is\n%s\nnot\n%s", workers, got, want)
		}
	}
	if err := errors.Join(f.Close(), os.RemoveAll(filepath.Join(name, "cache"))); err != nil {
		t.Fatal(err)
	}
	f = testCase(t, name)
	opt.Build = "another" // the matches are made anew, too
	scanned(t, f, opt)
	if got := contents(t, f); got != want {
		t.Errorf("with a new cache the case is\n%s\nnot\n%s", got, want)
	}
	if _, err := f.VerifyCustody(t.Context()); err != nil {
		t.Error(err)
	}
}

// Without an engine nothing is looked at more closely, and the first scan that
// has one does it, though no file has changed.
func TestCloserLookWaitsForAnEngine(t *testing.T) {
	phone, channel := clips(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, phone, channel)
	opt.Engine = newProjector(5)
	var sum Summary
	if err := scan(t.Context(), f, withProgress(opt), &sum); err != nil {
		t.Fatal(err)
	}
	if err := Regroup(t.Context(), f, testOptions(t, 2), &sum); err != nil || sum.Closer != 0 {
		t.Fatal(sum.Closer, err)
	}
	if sum := scanned(t, f, opt); sum.Closer != 2 || sum.MatchesKept {
		t.Errorf("with an engine: %+v", sum)
	}
	checkClip(t, f)
}

func withProgress(o Options) Options {
	o.Progress = func(Progress) {}
	return o
}

// A clip is compared closely outside a case, too.
func TestCompareLooksCloser(t *testing.T) {
	if testing.Short() {
		t.Skip("too slow for the race detector; others go the same ways")
	}
	phone, channel := clips(t)
	opt := testOptions(t, 1)
	engine := newProjector(5)
	opt.Engine = engine
	c, err := Compare(t.Context(), filepath.Join(channel, "clip.avi"), filepath.Join(phone, "film.avi"), opt)
	if err != nil || c.AIs != "clip_of_b" || len(c.Segments) != 1 || math.Abs(c.TimeB[0]-6) > 1 || engine.at.dense != 2 {
		t.Errorf("%+v, %v after %d dense looks", c.Match, err, engine.at.dense)
	}
	if c, err := Compare(t.Context(), filepath.Join(channel, "other.avi"), filepath.Join(phone, "film.avi"), opt); err != nil || c.Relation != "" || engine.at.dense != 2 {
		t.Errorf("%+v, %v after %d dense looks", c.Match, err, engine.at.dense)
	}
}
