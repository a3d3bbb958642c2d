package video

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// The modes of [Select].
const (
	Auto         = "auto"     // native where it works, else embedded
	ModeNative   = "native"   // native or an error
	ModeEmbedded = "embedded" // needs nothing on the machine
	// ModeHostile is for files that may have been made to attack their reader:
	// the embedded engine in fenced workers, and never a native ffmpeg, whatever
	// happens.
	ModeHostile = "hostile"
	Off         = "off" // no video is decoded
)

// Select returns the engine for a mode. The pool's workers must offer
// [EmbeddedHandler] under the name [Op]; it is not used by the modes native
// and off. The note is one line for a person, or "": in the mode auto why a
// native ffmpeg is not used, in the mode hostile what fences the workers in.
func Select(ctx context.Context, mode string, pool *sandbox.Pool) (engine Engine, note string, err error) {
	switch mode {
	case Auto, ModeNative:
		native, err := NewNative(ctx)
		if err == nil {
			return native, "", nil
		}
		if mode == ModeNative || ctx.Err() != nil {
			return nil, "", err
		}
		return NewEmbedded(pool), err.Error(), nil
	case ModeEmbedded:
		return NewEmbedded(pool), "", nil
	case ModeHostile:
		fences, err := Fences(ctx, pool)
		if err != nil {
			return nil, "", fmt.Errorf("start the embedded engine, the only one for hostile files: %w", err)
		}
		return NewEmbedded(pool), "no native ffmpeg is used, and " + fences, nil
	case Off:
		return switchedOff{}, "", nil
	}
	return nil, "", fmt.Errorf("unknown video mode %q: use auto, native, embedded, hostile or off", mode)
}

// Fences starts a worker and says, in plain words, what fences it in beside the
// limits of time, memory and output that hold everywhere.
func Fences(ctx context.Context, pool *sandbox.Pool) (string, error) {
	names, err := pool.Fences(ctx)
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "its worker is held by limits of time, memory and output alone on this system", nil
	}
	return "its worker is fenced in by " + strings.Join(names, ", "), nil
}

// switchedOff is the engine that leaves all videos unexamined.
type switchedOff struct{}

func (switchedOff) Name() string { return "off" }

func (switchedOff) DenseUpTo() time.Duration { return 0 }

func (switchedOff) Frames(context.Context, Input, Plan, func(Frame) error) (Outcome, error) {
	return Outcome{}, &UnexaminedError{Reason: "video decoding is switched off"}
}

func (switchedOff) Sound(context.Context, Input, Limits, func([]int16) error) (Outcome, error) {
	return Outcome{}, &UnexaminedError{Reason: "video decoding is switched off"}
}

func (switchedOff) Times(context.Context, Input, time.Duration, time.Duration) ([]time.Duration, error) {
	return nil, &UnexaminedError{Reason: "video decoding is switched off"}
}
