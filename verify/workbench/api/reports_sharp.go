package api

import (
	"context"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

// sharpOf gives the pictures that a person ticked, with what they covered
// painted over in the pixels. One that cannot be decoded now is softened as the
// others are.
func (c *Case) sharpOf(ctx context.Context, v *View, form *HandOnForm) func(verify.Digest) []byte {
	return func(d verify.Digest) []byte {
		it := v.Item(d)
		if it == nil || !slices.Contains(form.Sharp, d) {
			return nil
		}
		jpeg, err := c.decoded(ctx, it)
		if err != nil {
			return nil
		}
		covered, err := report.Covered(jpeg, v.covers(d), report.SharpSide)
		if err != nil {
			return nil
		}
		return covered
	}
}

// decoded is the picture of an item, and of a video the frame that stands for
// it.
func (c *Case) decoded(ctx context.Context, it *verify.Item) ([]byte, error) {
	path, err := c.Original(ctx, it.Digest)
	if err != nil {
		return nil, err
	}
	if it.Media.Kind == extract.Video {
		var at time.Duration
		if n := len(it.Frames); n > 0 {
			at = it.Frames[n/2].At
		}
		still, err := c.api.Frame(ctx, path, at)
		return still.JPEG, err
	}
	orientation := 1
	if o := it.Media.Orientation; o != nil {
		orientation = *o
	}
	return c.api.Picture(ctx, path, orientation, report.SharpSide)
}

// covers are the parts of an item that a person covered.
func (v *View) covers(d verify.Digest) [][4]float64 {
	var out [][4]float64
	for _, m := range v.Marks[d].Masks {
		out = append(out, [4]float64{m.X, m.Y, m.X + m.Width, m.Y + m.Height})
	}
	return out
}
