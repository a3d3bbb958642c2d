package ingest

import (
	"context"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// alike is the number of bits within which neighbouring frames are kept once:
// a still scene needs no more than its first picture and those that differ.
const alike = 2

// sampler turns decoded frames into fingerprints as they come, so that no more
// than one frame is in memory.
type sampler struct {
	best    hashing.Luma // the frame that shows most, for the preview
	quality uint8
}

func (s *sampler) reduce(f video.Frame) (verify.Frame, error) {
	l, err := hashing.FromGray(f.W, f.H, f.Pix, lumaSide)
	if err != nil {
		return verify.Frame{}, fmt.Errorf("frame at %v: %w", f.At, err)
	}
	p := hashing.Fingerprint(l)
	if s.best.W == 0 || p.Full.Quality > s.quality {
		s.best, s.quality = l.Reduced(previewSide), p.Full.Quality
	}
	thumb, err := l.Reduced(frameSide).JPEG()
	if err != nil {
		return verify.Frame{}, fmt.Errorf("frame at %v: %w", f.At, err)
	}
	return verify.Frame{At: f.At, Print: p, Thumb: thumb}, nil
}

// distinct drops frames that look like the one kept before them.
func distinct(frames []verify.Frame) []verify.Frame {
	var out []verify.Frame
	for _, f := range frames {
		if n := len(out); n > 0 && hashing.Distance(out[n-1].Print.Full.Hash[0], f.Print.Full.Hash[0]) <= alike {
			continue
		}
		out = append(out, f)
	}
	return out
}

// frames decodes the video and keeps its fingerprints. It gives a preview.
func (l *look) frames(ctx context.Context, e examined) []byte {
	l.c.reread = true
	in := video.Input{
		ReaderAt: l.c.file, Size: l.c.size,
		Format: e.Type.Demuxer, Duration: seconds(e.Media.DurationSeconds),
	}
	if len(e.Media.Codecs) > 0 {
		in.Codec = e.Media.Codecs[0]
	}
	var s sampler
	frames, out, err := video.SampleEach(ctx, l.opt.Engine, in, s.reduce)
	l.item.Frames = distinct(frames)
	l.item.Sampling = verify.Sampling{
		Engine: l.opt.Engine.Name(), Frames: out.Frames, Coarse: out.Coarse, Note: out.Note,
	}
	if err == nil && len(frames) == 0 {
		err = errNoFrames
	}
	l.frameFinding(err)
	if s.best.W == 0 {
		return nil
	}
	preview, err := greyPreview(s.best)
	if err != nil {
		return nil // the picture for people is missing; what was found stands
	}
	return preview
}

var errNoFrames = errors.New("no frame of the video could be decoded")

// frameFinding records that frames are missing: an error when there are none
// at all, a warning when there are some.
func (l *look) frameFinding(err error) {
	if err == nil {
		return
	}
	m := &l.item.Media
	f := extract.Finding{Code: "undecodable", Severity: source.Error, Message: err.Error()}
	var not *video.UnexaminedError
	if errors.As(err, &not) {
		f.Code = "not-examined"
	}
	if len(l.item.Frames) > 0 {
		f.Severity = source.Warning
	} else if m.Error == "" {
		m.Error = extract.Text(err.Error())
	}
	m.Findings = append(m.Findings, f)
}
