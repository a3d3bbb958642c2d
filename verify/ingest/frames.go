package ingest

import (
	"context"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// sampled is what came of decoding a video.
type sampled struct {
	frames   []verify.Frame
	sampling verify.Sampling
	moving   *verify.Moving
	partial  bool // nothing was seen of some part
	size     video.Size
	damage   string // what the decoder complained of
	preview  []byte
	sound    error // why the sound, or a part of it, was not read
	err      error // why frames are missing
}

// sample decodes frames and sound, each once.
func (l *look) sample(ctx context.Context, e examined) sampled {
	l.c.reread = true
	in := l.c.input(e.Type, &l.item.Media)
	s := newSampler(in.Duration)
	moments, out, err := video.SampleEach(ctx, l.opt.Engine, in, l.thorough || fewPictures(&l.item.Media), s.reduce)
	err = errors.Join(err, s.end())
	if err == nil && len(moments) == 0 {
		err = errNoFrames
	}
	made := sampled{
		frames: settled(ascending(framesOf(moments))),
		sampling: verify.Sampling{
			Engine: l.opt.Engine.Name(), Frames: out.Frames, Coarse: out.Coarse, Note: out.Note,
			Dense: out.Dense, Thorough: l.thorough,
		},
		partial: out.Partial,
		size:    out.Size,
		damage:  out.Damage,
		preview: s.preview(),
		err:     err,
	}
	var m verify.Moving
	if len(made.frames) > 0 {
		m.Strip, m.StripAt = s.strip.picture()
		m.Reel, err = reelOf(moments)
		made.err = errors.Join(made.err, err)
	}
	made.sound = listen(ctx, l.opt.Engine, in, &m)
	if m.Reel != nil || m.Sound != nil {
		made.moving = &m
	}
	return made
}

// fewPictures says that a video claims to hold so few pictures that decoding
// them all takes no longer than starting the decoder once more would. What is
// claimed wrongly costs time and nothing else.
func fewPictures(m *extract.Media) bool {
	const few = 32
	return m.DurationSeconds != nil && m.FrameRate != nil && *m.DurationSeconds > 0 && *m.FrameRate > 0 &&
		*m.DurationSeconds**m.FrameRate <= few
}

// frames decodes the video and keeps what is made of it. It gives a preview.
func (l *look) frames(ctx context.Context, e examined) []byte {
	made := l.sample(ctx, e)
	l.item.Frames, l.item.Sampling, l.item.Moving = made.frames, made.sampling, made.moving
	l.frameFinding(made.err)
	if made.err == nil && made.partial {
		l.warn(codePartly, errors.New(made.sampling.Note))
	}
	if made.sound != nil {
		l.warn(codeNoSound, made.sound)
	}
	if made.err == nil && made.damage != "" {
		l.warn(codeDamaged, fmt.Errorf("some of its pictures are damaged, as the decoder says: %s", made.damage))
	}
	if err := misstated(&l.item.Media, made.size); err != nil {
		l.warn(codeMisstated, err)
	}
	return made.preview
}

// misstated compares the size that the container states with that of the
// pictures in it. Half as much again is more than cropping, the shape of the
// pixels and a turn by 90 degrees account for.
func misstated(m *extract.Media, s video.Size) error {
	if m.Width == nil || m.Height == nil || s.Width <= 0 || s.Height <= 0 {
		return nil
	}
	stated, shown := float64(*m.Width)*float64(*m.Height), float64(s.Width)*float64(s.Height)
	const most = 1.5 * 1.5
	if stated <= most*shown && shown <= most*stated {
		return nil
	}
	return fmt.Errorf("the file states %d x %d pixels, and its pictures have %d x %d", *m.Width, *m.Height, s.Width, s.Height)
}

// animation decodes a picture that moves, of which the first was looked at as
// that of a still. One that shows little more stays a still.
func (l *look) animation(ctx context.Context, e examined) {
	made := l.sample(ctx, e)
	if made.err != nil && ctx.Err() == nil {
		l.warn(codeNotExamined, fmt.Errorf("it moves, and not all of it was looked at: %w", made.err))
	}
	l.item.Sampling = made.sampling
	if len(made.frames) > 1 {
		l.item.Frames, l.item.Moving = made.frames, made.moving
	}
}

// animated says whether a picture has several frames that an engine can decode.
func animated(e examined) bool {
	return e.Type.Demuxer != "" && e.Media.DurationSeconds != nil
}

// input is the file as the engine gets it.
func (c *content) input(t container.Type, m *extract.Media) video.Input {
	in := video.Input{
		ReaderAt: c.file, Size: c.size, Format: t.Demuxer, Duration: seconds(m.DurationSeconds),
		HasSound: mayHaveSound(m.Codecs),
	}
	if len(m.Codecs) > 0 {
		in.Codec = m.Codecs[0]
	}
	return in
}

// framesOf gives the frames that were looked at closely.
func framesOf(moments []*moment) []verify.Frame {
	var out []verify.Frame
	for _, m := range moments {
		if m.frame != nil {
			out = append(out, *m.frame)
		}
	}
	return out
}

// ascending drops frames that come no later than one before them: those of two
// passes that meet.
func ascending(frames []verify.Frame) []verify.Frame {
	var out []verify.Frame
	for _, f := range frames {
		if n := len(out); n == 0 || f.At > out[n-1].At {
			out = append(out, f)
		}
	}
	return out
}

// reelOf puts the small pictures of all moments together, nil when there are
// none.
func reelOf(moments []*moment) ([]byte, error) {
	if len(moments) == 0 {
		return nil, nil
	}
	var r sequence.Reel
	for _, m := range moments {
		r.Add(m.at, m.small)
	}
	b, err := r.AppendBinary(nil)
	if err != nil {
		return nil, fmt.Errorf("keep the moments of the video: %w", err)
	}
	return b, nil
}

// The codes of what may be found on the way.
const (
	codeUndecodable = "undecodable"
	codeNotExamined = "not-examined"
	codePartly      = "partly-examined"
	codeNoSound     = "sound-not-examined"
	codeDamaged     = "pictures-damaged"
	codeMisstated   = "size-misstated"
)

var errNoFrames = errors.New("no frame of the video could be decoded")

// frameFinding records that frames are missing: an error when there are none
// at all, a warning when there are some.
func (l *look) frameFinding(err error) {
	if err == nil {
		return
	}
	m := &l.item.Media
	f := extract.Finding{Code: codeUndecodable, Severity: source.Error, Message: err.Error()}
	var not *video.UnexaminedError
	if errors.As(err, &not) {
		f.Code = codeNotExamined
	}
	if len(l.item.Frames) > 0 {
		f.Severity = source.Warning
	} else if m.Error == "" {
		m.Error = extract.Text(err.Error())
	}
	m.Findings = append(m.Findings, f)
}

// warn adds a finding that leaves what was read as it is.
func (l *look) warn(code string, err error) {
	l.item.Media.Findings = append(l.item.Media.Findings,
		extract.Finding{Code: code, Severity: source.Warning, Message: err.Error()})
}
