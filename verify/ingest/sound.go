package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

// Limits of reading the sound, which takes a small part of the time that it
// plays.
const (
	soundWall = 30 * time.Second
	soundMost = 15 * time.Minute
	soundIdle = time.Minute
)

// mayHaveSound says whether a file has a sound track, as far as the codecs that
// its container lists tell; one that lists none may have any.
func mayHaveSound(codecs []string) bool {
	return len(codecs) == 0 || slices.ContainsFunc(codecs, container.Audible)
}

// listen reads the sound track once, for its fingerprint and for people. The
// error says why it, or a part of it, was not read; that a file whose container
// does not tell has no sound is none.
func listen(ctx context.Context, e video.Engine, in video.Input, to *verify.Moving) error {
	if !in.HasSound || ctx.Err() != nil {
		return nil
	}
	var m sound.Maker
	limits := video.Limits{Wall: min(soundWall+in.Duration/2, soundMost), Idle: soundIdle}
	out, err := e.Sound(ctx, in, limits, func(samples []int16) error {
		m.Write(samples)
		return nil
	})
	track, wave := m.Track(), m.Wave()
	if track.Duration() == 0 {
		if err != nil && in.Codec != "" {
			return fmt.Errorf("the sound was not read: %w", err)
		}
		return nil
	}
	var failed [2]error
	to.Sound, failed[0] = track.AppendBinary(nil)
	to.Wave, failed[1] = wave.AppendBinary(nil)
	switch err = errors.Join(err, failed[0], failed[1]); {
	case err != nil:
		return fmt.Errorf("of the sound only the first %s were read: %w", track.Duration().Round(time.Second), err)
	case out.Note != "":
		return errors.New(out.Note)
	}
	return nil
}
