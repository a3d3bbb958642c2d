// Package video gets frames and sound out of media files, by the embedded
// ffmpeg (a WebAssembly build, in a worker process that can be killed) or by a
// native ffmpeg where one is installed.
//
// Start at [Select], which gives an [Engine], and [SampleEach], which looks at
// one video with it. It promises: the file is opened read-only by us and its
// name never reaches an engine; no engine opens another file or a socket; a
// broken or endless file ends by a limit, with an error that says which; what
// was sampled coarsely says so.
package video

import (
	"context"
	"io"
	"time"
)

// Engine decodes frames and sound. Implementations may be used by several goroutines.
type Engine interface {
	// Name is the engine and its version, as "native 5.1.9" or
	// "embedded n5.1.8": it goes into the record of each scan.
	Name() string
	// Frames decodes the frames that the plan asks for and calls yield for
	// each in time order. An error of yield ends the decoding and is returned.
	// Frames that came before an error were yielded. A file of which no frame
	// can be had gives an [UnexaminedError].
	Frames(ctx context.Context, f Input, p Plan, yield func(Frame) error) (Outcome, error)
	// Sound decodes the first sound track to one channel of [SoundRate] samples
	// a second and calls yield for each piece, in order; the samples are valid
	// only during the call. Sample n belongs to the time n/SoundRate of the
	// file, as the frames' At does, with silence where the track has a gap; in
	// MPEG and Ogg streams and in AVI, to that time of the track. A file without
	// a sound track gives an [UnexaminedError].
	Sound(ctx context.Context, f Input, l Limits, yield func(samples []int16) error) (Outcome, error)
	// Times are the presentation times of all frames from start on, in order,
	// up to but without start+length (length 0: to the end). They are the times
	// at which Frames gives them; a frame that turns out to be damaged may be
	// among them.
	Times(ctx context.Context, f Input, start, length time.Duration) ([]time.Duration, error)
	// DenseUpTo is the longest video that is worth decoding in full.
	DenseUpTo() time.Duration
}

// SoundRate is the number of samples a second that [Engine.Sound] gives.
const SoundRate = 11025

// EveryFrame is the Plan.Every of all frames.
const EveryFrame time.Duration = 1

// Input is an opened media file. Format is the demuxer that our own sniffing
// of the content chose ("mov", "matroska", "avi", "gif", ...), so that no
// engine ever guesses one that refers to other files.
type Input struct {
	io.ReaderAt
	Size     int64
	Format   string
	Codec    string        // of the first video track, lower case, "" when unknown
	Duration time.Duration // as the container claims it, 0 when unknown; never trusted for limits alone
	HasSound bool          // the container lists a sound track, or does not say what it holds; false: Sound starts no decoder
}

// Plan says which frames are wanted.
type Plan struct {
	Every     time.Duration // 0: key frames only; otherwise one frame each Every, by full decoding; see EveryFrame
	Apart     time.Duration // of key frames: leave out those that come sooner after the last one
	Longest   int           // longest side of a frame in pixels; smaller videos are not enlarged
	MaxFrames int
	Colour    bool          // give the colour planes too
	Start     time.Duration // of a window: no frame before it ...
	Length    time.Duration // ... and none at or after Start+Length; 0: to the end
	Limits    Limits
}

// Limits end a decoding that takes too long or gives too much. Zero means the
// default: a minute, and half a minute without a sign of life.
type Limits struct {
	Wall, Idle time.Duration
}

// Outcome says how a decoding went.
type Outcome struct {
	Frames  int
	Size    Size   // of the largest picture as it was decoded, whatever the container says
	Samples int64  // of sound
	Dense   bool   // the video was decoded in full, as far as that went; false: key frames only, and a denser look would show more
	Coarse  bool   // not every part of the file was looked at; see Note
	Partial bool   // nothing was seen of some part: the decoding ended early, or the file is shorter than it claims
	Note    string // one line for a person, or ""
	Damage  string // what the decoder first complained of and yet went on, or ""
}

// UnexaminedError says why no frame, or no further frame, of a video could be
// looked at. Whoever shows it must not turn it into "no match".
type UnexaminedError struct {
	Reason string // plain words, one line
	Err    error  // what caused it, or nil
}

func (e *UnexaminedError) Error() string { return e.Reason }

// Unwrap returns the cause.
func (e *UnexaminedError) Unwrap() error { return e.Err }
