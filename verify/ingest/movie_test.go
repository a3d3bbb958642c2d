package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
)

// perSecond is how many frames a second the films of these tests have.
const perSecond = 4

// film is an AVI of n frames in motion JPEG: a backdrop of tiles, another for
// each seed, before which a block goes its own way. With bars, a fifth of the
// height is black above and below.
func film(seed uint64, n int, bars bool) []byte { return cut(seed, 0, n, bars) }

// cut is frames from up to to of a film.
func cut(seed uint64, from, to int, bars bool) []byte {
	const w, h = 192, 144
	r := rand.New(rand.NewPCG(seed, 2))
	back := image.NewGray(image.Rect(0, 0, w, h))
	for i := range 12 * 9 {
		x, y := i%12*w/12, i/12*h/9
		fill(back, image.Rect(x, y, x+w/12, y+h/9), uint8(40+r.IntN(200)))
	}
	var pics [][]byte
	x, y := float64(w)/2, float64(h)/2
	for range to {
		img := image.NewGray(back.Rect)
		copy(img.Pix, back.Pix)
		x, y = around(x+40*(r.Float64()-0.5), w), around(y+40*(r.Float64()-0.5), h)
		fill(img, image.Rect(int(x)-24, int(y)-24, int(x)+24, int(y)+24), 255)
		fill(img, image.Rect(int(x)-12, int(y)-12, int(x)+12, int(y)+12), 0)
		if bars {
			fill(img, image.Rect(0, 0, w, h/5), 0)
			fill(img, image.Rect(0, h-h/5, w, h), 0)
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 85}); err != nil {
			panic(err)
		}
		pics = append(pics, b.Bytes())
	}
	return avi(pics[from:], w, h)
}

func around(v, most float64) float64 { return math.Mod(v+most, most) }

func fill(img *image.Gray, r image.Rectangle, c uint8) {
	for y := max(r.Min.Y, 0); y < min(r.Max.Y, img.Rect.Max.Y); y++ {
		for x := max(r.Min.X, 0); x < min(r.Max.X, img.Rect.Max.X); x++ {
			img.SetGray(x, y, color.Gray{Y: c})
		}
	}
}

// avi puts pictures into a file, perSecond of them a second.
func avi(pics [][]byte, w, h uint32) []byte {
	movi := []byte("movi")
	for _, p := range pics {
		movi = append(movi, chunk("00dc", p)...)
	}
	const micros = 1_000_000 / perSecond
	n := uint32(len(pics))
	avih := words(nil, micros, 0, 0, 0x10, n, 0, 1, 0, w, h, 0, 0, 0, 0)
	strh := append([]byte("vidsMJPG"), words(nil, 0, 0, 0, micros, 1_000_000, 0, n, 0, 0xffffffff, 0, 0, 0)...)
	strf := append(words(nil, 40, w, h, 24<<16|1), "MJPG"...)
	strf = words(strf, w*h*3, 0, 0, 0, 0)
	strl := chunk("LIST", []byte("strl"), chunk("strh", strh), chunk("strf", strf))
	hdrl := chunk("LIST", []byte("hdrl"), chunk("avih", avih), strl)
	return chunk("RIFF", []byte("AVI "), hdrl, chunk("LIST", movi))
}

func words(b []byte, values ...uint32) []byte {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func chunk(id string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := append(words([]byte(id), uint32(len(body))), body...)
	return append(b, make([]byte, len(body)%2)...)
}

// projector is an engine that reads films. One frame in so many is a key frame.
type projector struct {
	keys  int
	sound []int16 // of every film; nil: none can be read
	at    *projections
}

// projections counts what a projector did.
type projections struct {
	sync.Mutex
	coarse, dense int
}

func newProjector(keys int) projector { return projector{keys: keys, at: new(projections)} }

func (projector) Name() string             { return "projector 1" }
func (projector) DenseUpTo() time.Duration { return time.Minute }

func (p projector) Frames(_ context.Context, f video.Input, plan video.Plan, yield func(video.Frame) error) (video.Outcome, error) {
	p.count(plan)
	all, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
	if err != nil {
		return video.Outcome{}, err
	}
	var out video.Outcome
	next := time.Duration(0)
	for i, pic := range bytes.Split(all, []byte("00dc"))[1:] {
		at := time.Duration(i) * time.Second / perSecond
		if at < next || plan.Every == 0 && i%p.keys != 0 || out.Frames == plan.MaxFrames {
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(pic[4:]))
		if err != nil {
			return out, &video.UnexaminedError{Reason: "a picture is damaged", Err: err}
		}
		g := img.(*image.Gray)
		next = at + max(plan.Every, plan.Apart)
		out.Frames++
		if err := yield(video.Frame{At: at, W: g.Rect.Dx(), H: g.Rect.Dy(), Pix: slices.Clone(g.Pix)}); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (p projector) count(plan video.Plan) {
	p.at.Lock()
	defer p.at.Unlock()
	if plan.Every > 0 {
		p.at.dense++
	} else {
		p.at.coarse++
	}
}

func (p projector) Sound(_ context.Context, _ video.Input, _ video.Limits, yield func([]int16) error) (video.Outcome, error) {
	if p.sound == nil {
		return video.Outcome{}, &video.UnexaminedError{Reason: "the sound is damaged", Err: errors.New("noise")}
	}
	for piece := range slices.Chunk(p.sound, 4096) {
		if err := yield(piece); err != nil {
			return video.Outcome{}, err
		}
	}
	return video.Outcome{}, nil
}

func (projector) Times(context.Context, video.Input, time.Duration, time.Duration) ([]time.Duration, error) {
	return nil, &video.UnexaminedError{Reason: "not asked for"}
}
