package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/pixels"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/hashing"
	"golang.org/x/image/draw"
)

// ShowOp is the name under which workers offer [Show].
const ShowOp = "show"

// ErrNoStill is the answer where a file is no still picture.
var ErrNoStill = errors.New("it is no still picture")

// Bounds of a picture that is made to be looked at.
const (
	largestShown = 8192 // pixels of a side
	shownQuality = 88
)

// showing is what the program asks of [Show].
type showing struct {
	Orientation int `json:"orientation"` // as the metadata state it
	Side        int `json:"side"`        // the longest one wanted, pixels
}

// shown is a worker's picture, and why it is not whole.
type shown struct {
	JPEG []byte       `json:"jpeg"`
	Note extract.Text `json:"note"`
}

// Show decodes a still and gives it upright as a JPEG without any metadata, at
// most so large. It runs in a worker.
func Show(_ context.Context, req sandbox.Request, _ func([]byte) error) ([]byte, error) {
	var q showing
	if err := json.Unmarshal(req.Params, &q); err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	typ, err := container.Sniff(req.File, req.Size)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if typ.Kind != string(extract.Image) {
		return nil, ErrNoStill
	}
	side := min(max(q.Side, 1), largestShown)
	var out shown
	img, err := pixels.DecodeReduced(req.File, req.Size, typ, side, pixels.Limits{})
	switch {
	case errors.Is(err, pixels.ErrTruncated) && img != nil:
		out.Note = extract.Text(err.Error())
	case err != nil:
		return nil, err
	}
	b := img.Bounds()
	w, h := fit(b.Dx(), b.Dy(), side)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.BiLinear.Scale(small, small.Bounds(), img, b, draw.Src, nil)
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, upright(small, hashing.Orientation(orientation(req, typ, q.Orientation))), &jpeg.Options{Quality: shownQuality}); err != nil {
		return nil, fmt.Errorf("make the picture: %w", err)
	}
	out.JPEG = buf.Bytes()
	return json.Marshal(out)
}

// Picture has a worker make a picture of a still to look at, at most side
// pixels long and wide. orientation is what its metadata state.
func Picture(ctx context.Context, x Examiner, file *os.File, orientation, side int) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("show %s: %w", file.Name(), err)
	}
	params, err := json.Marshal(showing{orientation, side})
	if err != nil {
		return nil, err
	}
	answer, err := x.Call(ctx, ShowOp, params, file, info.Size(), nil)
	if err != nil {
		if why, ofFile := notExamined(ShowOp, err); ofFile && ctx.Err() == nil {
			return nil, errors.New(why)
		}
		return nil, err
	}
	var out shown
	if err := json.Unmarshal(answer, &out); err != nil {
		return nil, errors.New(noAnswer)
	}
	return out.JPEG, nil
}
