package video

import (
	"context"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// The modes of [Select].
const (
	Auto         = "auto"     // native where it works, else embedded
	ModeNative   = "native"   // native or an error
	ModeEmbedded = "embedded" // needs nothing on the machine
	Off          = "off"      // no video is decoded
)

// Select returns the engine for a mode. The pool's workers must offer
// [EmbeddedHandler] under the name [Op]; it is not used by the modes native
// and off. In the mode auto the note says, in one line, why a native ffmpeg is
// not used.
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
	case Off:
		return switchedOff{}, "", nil
	}
	return nil, "", fmt.Errorf("unknown video mode %q: use auto, native, embedded or off", mode)
}

// switchedOff is the engine that leaves all videos unexamined.
type switchedOff struct{}

func (switchedOff) Name() string { return "off" }

func (switchedOff) DenseUpTo() time.Duration { return 0 }

func (switchedOff) Frames(context.Context, Input, Plan, func(Frame) error) (Outcome, error) {
	return Outcome{}, &UnexaminedError{Reason: "video decoding is switched off"}
}
