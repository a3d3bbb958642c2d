package casefile

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// What is made of a video and lost from the cache, or changed there, is
// missing, and the item counts as not examined until it is made again.
func TestLostPartsOfAVideo(t *testing.T) {
	for _, part := range movingParts {
		for _, change := range []string{"DELETE FROM moving WHERE part = ?", "UPDATE moving SET bytes = x'00' WHERE part = ?"} {
			t.Run(change+part.name, func(t *testing.T) {
				f := newCase(t)
				ctx := t.Context()
				r := filled("a")
				put(t, beginScan(t, f, "channel"), r)
				d := r.Item.Digest
				if done, err := f.Examined(ctx, d, "v1", false); !done || err != nil {
					t.Fatal(done, err)
				}
				if _, err := f.cache.writer.Exec(change, part.name); err != nil {
					t.Fatal(err)
				}
				_, err1 := f.Reel(ctx, d)
				_, err2 := f.Sound(ctx, d)
				_, _, err3 := f.Strip(ctx, d)
				_, err4 := f.Wave(ctx, d)
				for i, err := range []error{err1, err2, err3, err4} {
					if lost := errors.Is(err, ErrNotCached); lost != (movingParts[i].name == part.name) || !lost && err != nil {
						t.Errorf("%s: %v", movingParts[i].name, err)
					}
				}
				if done, err := f.Examined(ctx, d, "v1", false); done || err != nil {
					t.Errorf("it counts as examined: %v, %v", done, err)
				}
				put(t, beginScan(t, f, "channel"), r)
				checkMoving(t, f, d, r.Item.Moving)
			})
		}
	}
}

// A still has nothing of a video, and a video without sound no track.
func TestPartsThatWereNeverMade(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	r := filled("a")
	r.Item.Moving = nil
	put(t, beginScan(t, f, "channel"), r)
	d := r.Item.Digest
	reel, err1 := f.Reel(ctx, d)
	track, err2 := f.Sound(ctx, d)
	wave, err3 := f.Wave(ctx, d)
	if err := errors.Join(err1, err2, err3); err != nil || len(reel.Moments) != 0 || !track.Silent() || wave.Samples != 0 {
		t.Errorf("%d moments, %v, %v", len(reel.Moments), wave, err)
	}
	if _, _, err := f.Strip(ctx, d); !errors.Is(err, ErrNotCached) {
		t.Errorf("strip: %v", err)
	}
	if _, err := f.Reel(ctx, digestOf("b")); !errors.Is(err, ErrUnknownItem) {
		t.Errorf("of an unknown item: %v", err)
	}
	if done, err := f.Examined(ctx, d, "v1", false); !done || err != nil {
		t.Errorf("examined: %v, %v", done, err)
	}
}

// A closer look replaces the item; its sightings and what was found beside them
// stay.
func TestReplace(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	r := filled("a")
	put(t, beginScan(t, f, "channel"), r)
	was, err := f.Findings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	closer := *r.Item
	closer.Frames, closer.Moving = closer.Frames[:1], moving("b")
	closer.Sampling.Note = "looked at closely"
	s := beginScan(t, f, "channel")
	if err := s.Replace(ctx, []Closer{{Item: &closer, Preview: []byte("another")}}); err != nil {
		t.Fatal(err)
	}
	got, err := f.Item(ctx, closer.Digest)
	if err != nil || len(got.Frames) != 1 || got.Sampling != closer.Sampling || !reflect.DeepEqual(got.Sightings, []verify.Sighting{r.Sighting}) {
		t.Errorf("%+v, %v", got, err)
	}
	checkMoving(t, f, closer.Digest, closer.Moving)
	if now, err := f.Findings(ctx); err != nil || !reflect.DeepEqual(now, was) {
		t.Errorf("findings %v, %v", now, err)
	}
	if jpeg, err := f.Preview(ctx, closer.Digest); err != nil || string(jpeg) != "another" {
		t.Errorf("preview %q, %v", jpeg, err)
	}
	mustVerify(t, f)
	other := *plain("channel", "b", "b").Item
	if err := s.Replace(ctx, []Closer{{Item: &other}}); !errors.Is(err, ErrUnknownItem) {
		t.Errorf("of an unknown item: %v", err)
	}
	mustVerify(t, f)
}

func FuzzStrip(f *testing.F) {
	m := moving("a")
	f.Add(encodeStrip(m.Strip, m.StripAt))
	f.Add([]byte{0xff, 0xff, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		s, err := decodeStrip(in)
		if err != nil || len(s.jpeg) == 0 {
			return
		}
		if again := encodeStrip(s.jpeg, s.at); !bytes.Equal(again, in) {
			t.Errorf("%x encodes back to %x", in, again)
		}
	})
}
