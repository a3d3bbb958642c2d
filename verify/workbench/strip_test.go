package workbench_test

import (
	"image"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// film adds a video to the case, with a strip of two frames of 160 pixels: the
// first is red and the second blue.
func (b *bench) film(t *testing.T) verify.Digest {
	t.Helper()
	digest := verify.Digest("ab00000000000000000000000000000000000000000000000000000000000000")
	err := b.of.Writing(t.Context(), func(f *casefile.File) error {
		s, err := f.BeginScan(t.Context(), casefile.ScanInfo{Version: "test"})
		if err != nil {
			return err
		}
		err = s.Put(t.Context(), []casefile.Result{{
			Sighting: verify.Sighting{Source: "phone", Rel: "film.mp4", Path: "phone/film.mp4", Digest: digest, ModTime: time.Unix(1_600_000_000, 0).UTC()},
			Item: &verify.Item{
				Digest: digest, Media: extract.Media{Kind: extract.Video, MediaType: "video/mp4"},
				Moving: &verify.Moving{Strip: halves(t, 320, 90), StripAt: []time.Duration{0, time.Second}},
			},
		}})
		if err != nil {
			return err
		}
		return s.End(t.Context(), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

// The frames of a video side by side are softened here as single pictures are,
// and a mask covers its part of every one of them.
func TestStripIsSoftenedAndMasked(t *testing.T) {
	b := startBench(t, map[string][]byte{"a.jpg": halves(t, 64, 48)})
	digest := b.film(t)
	at := b.home + "media/" + b.of.ID + "/" + string(digest) + "/"
	_, body := do(t, b.client, "GET", at+"strip-soft", nil)
	soft := decoded(t, "the softened strip", body)
	if _, grey := soft.(*image.Gray); !grey || soft.Bounds().Dx() > 2*48 {
		t.Errorf("the softened strip is a %T of %v", soft, soft.Bounds())
	}
	_, body = do(t, b.client, "GET", at+"strip", nil)
	if sharp := decoded(t, "the strip", body); sharp.Bounds().Dx() != 320 {
		t.Errorf("the strip is of %v", sharp.Bounds())
	}
	err := b.of.Writing(t.Context(), func(f *casefile.File) error {
		_, err := f.Mark(t.Context(), verify.Mark{By: "Ada", Items: []verify.Digest{digest}, Masks: &[]verify.Mask{{X: 0.25, Y: 0, Width: 0.5, Height: 1}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, body = do(t, b.client, "GET", at+"strip", nil)
	img := decoded(t, "the masked strip", body)
	for _, frame := range []int{0, 160} {
		if r, g, bl, _ := img.At(frame+80, 45).RGBA(); max(r, g, bl)-min(r, g, bl) > 0x0800 || r>>8 < 0x78 || r>>8 > 0x88 {
			t.Errorf("the frame at %d shows what is masked", frame)
		}
		if r, g, bl, _ := img.At(frame+150, 45).RGBA(); max(r, g, bl)-min(r, g, bl) < 0x2000 {
			t.Errorf("the frame at %d is covered beside its mask", frame)
		}
	}
	_, body = do(t, b.client, "GET", at+"strip?unmasked=1", nil)
	if r, g, bl, _ := decoded(t, "unmasked", body).At(80, 45).RGBA(); max(r, g, bl)-min(r, g, bl) < 0x2000 {
		t.Error("asked for unmasked, it is masked")
	}
}
