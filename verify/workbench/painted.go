package workbench

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"net/http"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// Pictures of our own making are decoded here; a case folder that somebody
// else made may hold anything in their place.
const (
	widestOwn   = 16384
	tallestOwn  = 8192
	sentQuality = 85
)

// softCaching lets a page that scrolls back and forth ask once.
const softCaching = "private, max-age=3600, immutable"

func (m *media) giveSoft(ctx context.Context, w http.ResponseWriter, q wanted) error {
	key := fmt.Sprintf("%s %s", q.of.ID, q.item.Digest)
	if q.at != nil {
		key += fmt.Sprint(" ", *q.at)
	}
	jpeg, ok := m.soft.get(key)
	if !ok {
		sharp, err := m.keptFrame(ctx, q)
		if err != nil {
			sharp, err = m.small(ctx, q)
		}
		if err != nil {
			return err
		}
		if jpeg, err = report.Soften(sharp); err != nil {
			return unshown(err)
		}
		m.soft.put(key, jpeg)
	}
	w.Header().Set("Cache-Control", softCaching)
	send(w, jpeg)
	return nil
}

// keptFrame is the frame of a time as the scan kept it, grey and small: enough
// to be softened, and there at once where decoding takes a second.
func (m *media) keptFrame(ctx context.Context, q wanted) (jpeg []byte, err error) {
	if q.at == nil {
		return nil, casefile.ErrNotCached
	}
	err = q.of.Reading(ctx, func(f *casefile.File) error {
		it, err := f.Item(ctx, q.item.Digest)
		if err != nil {
			return err
		}
		for _, frame := range it.Frames {
			// Addresses have whole milliseconds, rounded up.
			if rounded := (frame.At + time.Millisecond - 1).Truncate(time.Millisecond); rounded == *q.at {
				jpeg, err = f.Thumb(ctx, it.Digest, frame.At)
				return err
			}
		}
		return casefile.ErrNotCached
	})
	return jpeg, err
}

func (m *media) giveSoftStrip(ctx context.Context, w http.ResponseWriter, q wanted) error {
	key := fmt.Sprintf("%s %s strip", q.of.ID, q.item.Digest)
	jpeg, ok := m.soft.get(key)
	if !ok {
		sharp, at, err := stripOf(ctx, q)
		if err != nil {
			return err
		}
		if jpeg, err = report.SoftenStrip(sharp, len(at)); err != nil {
			return unshown(err)
		}
		m.soft.put(key, jpeg)
	}
	w.Header().Set("Cache-Control", softCaching)
	send(w, jpeg)
	return nil
}

func stripOf(ctx context.Context, q wanted) (jpeg []byte, at []time.Duration, err error) {
	err = q.of.Reading(ctx, func(f *casefile.File) error {
		jpeg, at, err = f.Strip(ctx, q.item.Digest)
		return err
	})
	if err == nil && len(at) == 0 {
		err = casefile.ErrNotCached
	}
	return jpeg, at, err
}

// giveStrip sends the frames side by side, each without what is masked.
func (m *media) giveStrip(ctx context.Context, w http.ResponseWriter, q wanted) error {
	sharp, at, err := stripOf(ctx, q)
	if err != nil {
		return err
	}
	return paint(w, q, sharp, len(at))
}

// paint decodes a picture of ours, of so many frames side by side, greys and
// covers it where that is wanted, and sends it.
func paint(w http.ResponseWriter, q wanted, sharp []byte, frames int) error {
	masks := len(q.masks) > 0 && !q.unmasked
	if !q.grey && !masks {
		send(w, sharp)
		return nil
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(sharp))
	if err != nil || c.Width > widestOwn || c.Height > tallestOwn {
		return unshown(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(sharp))
	if err != nil {
		return unshown(err)
	}
	var out draw.Image = image.NewRGBA(img.Bounds())
	if q.grey {
		out = image.NewGray(img.Bounds())
	}
	draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Src)
	for i := range frames {
		if b := out.Bounds(); masks {
			cover(out, image.Rect(b.Min.X+i*b.Dx()/frames, b.Min.Y, b.Min.X+(i+1)*b.Dx()/frames, b.Max.Y), q.masks)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: sentQuality}); err != nil {
		return unshown(err)
	}
	send(w, b.Bytes())
	return nil
}

// maskColour stands where something is masked: it is no colour of a scene.
var maskColour = image.NewUniform(color.Gray{Y: 0x80})

// cover paints over what is masked of a picture, or of one frame in it.
func cover(img draw.Image, frame image.Rectangle, masks []verify.Mask) {
	w, h := float64(frame.Dx()), float64(frame.Dy())
	for _, k := range masks {
		r := image.Rect(int(k.X*w), int(k.Y*h), int((k.X+k.Width)*w)+1, int((k.Y+k.Height)*h)+1).Add(frame.Min).Intersect(frame)
		draw.Draw(img, r, maskColour, image.Point{}, draw.Src)
	}
}

func unshown(err error) error {
	e := &api.Error{Status: http.StatusNotFound, What: "the picture that was kept of this file cannot be shown", Hint: "scan again to make it anew"}
	if err != nil {
		e.What += ": " + err.Error()
	}
	return e
}

func send(w http.ResponseWriter, jpeg []byte) {
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(jpeg)))
	_, _ = w.Write(jpeg)
}
