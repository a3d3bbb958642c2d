// Package video gets frames out of video files, by the embedded ffmpeg (a
// WebAssembly build, in a worker process that can be killed) or by a native
// ffmpeg where one is installed.
//
// Start at [Select], which gives an [Engine], and [Sample], which looks at one
// file with it. It promises: the file is opened read-only by us and its
// name never reaches an engine; no engine opens another file or a socket; a
// broken or endless file ends by a limit, with an error that says which; what
// was sampled coarsely says so.
package video

import (
	"context"
	"io"
	"time"
)

// Engine decodes frames. Implementations may be used by several goroutines.
type Engine interface {
	// Name is the engine and its version, as "native 5.1.9" or
	// "embedded n5.1.8": it goes into the record of each scan.
	Name() string
	// Frames decodes the frames that the plan asks for and calls yield for
	// each in time order. An error of yield ends the decoding and is returned.
	// Frames that came before an error were yielded. A file of which no frame
	// can be had gives an [UnexaminedError].
	Frames(ctx context.Context, f Input, p Plan, yield func(Frame) error) (Outcome, error)
	// DenseUpTo is the longest video that is worth decoding in full.
	DenseUpTo() time.Duration
}

// Input is an opened media file. Format is the demuxer that our own sniffing
// of the content chose ("mov", "matroska", "avi", "gif", ...), so that no
// engine ever guesses one that refers to other files.
type Input struct {
	io.ReaderAt
	Size     int64
	Format   string
	Codec    string        // of the first video track, lower case, "" when unknown
	Duration time.Duration // as the container claims it, 0 when unknown; never trusted for limits alone
}

// Plan says which frames are wanted.
type Plan struct {
	Every     time.Duration // 0: key frames only; otherwise one frame each Every, by full decoding
	Apart     time.Duration // of key frames: leave out those that come sooner after the last one
	Longest   int           // longest side of a frame in pixels; smaller videos are not enlarged
	MaxFrames int
	Limits    Limits
}

// Limits end a decoding that takes too long or gives too much. Zero means the
// default: a minute, and half a minute without a sign of life.
type Limits struct {
	Wall, Idle time.Duration
}

// Frame is one grey picture, upright, rows from the top without padding.
type Frame struct {
	At   time.Duration
	W, H int
	Pix  []byte
}

// Outcome says how a decoding went.
type Outcome struct {
	Frames int
	Coarse bool   // not every part of the video was looked at; see Note
	Note   string // one line for a person, or ""
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
