package api

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// Film is what is shown of a video without playing it.
type Film struct {
	Seconds  float64   `json:"seconds"`                 // 0 where it is not known
	Engine   string    `json:"engine"`                  // that read its frames, "" where none did
	Frames   int       `json:"frames"`                  // that were looked at
	Coarse   bool      `json:"coarse"`                  // not every part was looked at, see note
	Note     string    `json:"note" say:"sentence"`     //
	StripAt  []float64 `json:"strip_at"`                // seconds, of each frame of the strip from the left; none where it was not kept
	Wave     *Wave     `json:"wave"`                    // null where there is no sound or none was kept
	Loudness string    `json:"loudness" say:"sentence"` // in words, "" without a wave
}

// Wave is the loudness of a video over time, in columns of equal length.
type Wave struct {
	Seconds float64   `json:"seconds"`
	Peak    []float64 `json:"peak"` // what the sound reaches, 0..1
	Loud    []float64 `json:"loud"` // where most of it is (root mean square), 0..1
}

// waveColumns is how many columns a page draws.
const waveColumns = 300

// filmOf gives what was kept of a video, nil for what does not move.
func (c *Case) filmOf(ctx context.Context, it *verify.Item) (*Film, error) {
	if !moves(it) {
		return nil, nil
	}
	f := &Film{
		Seconds: strip.Seconds(it), Engine: it.Sampling.Engine, Frames: it.Sampling.Frames,
		Coarse: it.Sampling.Coarse, Note: it.Sampling.Note, StripAt: []float64{},
	}
	err := c.Reading(ctx, func(file *casefile.File) error {
		_, at, err := file.Strip(ctx, it.Digest)
		if unlessLost(err) != nil {
			return unlessLost(err)
		}
		for _, t := range at {
			f.StripAt = append(f.StripAt, t.Seconds())
		}
		w, err := file.Wave(ctx, it.Digest)
		if err == nil && len(w.Columns) > 0 {
			f.Wave, f.Loudness = waveOf(w), strip.Loudness(w)
		}
		return unlessLost(err)
	})
	return f, err
}

// moves says that an item is a video, a sound, or a picture that moves and was
// looked at as one.
func moves(it *verify.Item) bool {
	switch it.Media.Kind {
	case extract.Video, extract.Audio:
		return true
	}
	return it.Media.Kind == extract.Image && it.Sampling.Engine != "" && it.Sampling.Frames > 1
}

func waveOf(w sound.Wave) *Wave {
	peak, loud := strip.Columns(w, waveColumns)
	return &Wave{Seconds: w.Duration().Seconds(), Peak: peak, Loud: loud}
}

// StepIn asks for a frame of a video.
type StepIn struct {
	ID    verify.Digest `json:"id" in:"path"`
	At    int64         `json:"at_us" in:"query"` // microseconds from the start
	Steps int           `json:"steps" in:"query"` // frames on, or back where below 0; 0 is the frame shown then
}

// FrameTime is a frame of a video by its exact presentation time.
type FrameTime struct {
	At    int64  `json:"at_us"`    // microseconds
	Until *int64 `json:"until_us"` // when the next frame is shown, null for the last one
	Media int64  `json:"at_ms"`    // the whole milliseconds by which its picture is asked for: never before the frame
	Taken int    `json:"taken"`    // steps, fewer than asked for at either end
	Text  string `json:"text"`     // 0:14.280
}

// mostSteps bounds one question.
const mostSteps = 1000

func mediaStep(ctx context.Context, c *Case, in StepIn) (FrameTime, error) {
	if in.Steps > mostSteps || in.Steps < -mostSteps || in.At < 0 {
		return FrameTime{}, refused("one step goes %d frames at most, from a moment of the video", mostSteps)
	}
	if c.api.program.Step == nil {
		return FrameTime{}, noWorkers("frames cannot be found")
	}
	path, err := c.Original(ctx, in.ID)
	if err != nil {
		return FrameTime{}, err
	}
	to, taken, err := c.api.program.Step(ctx, path, time.Duration(in.At)*time.Microsecond, in.Steps)
	if err != nil {
		return FrameTime{}, &Error{
			Status: 422, What: "this frame cannot be shown: " + err.Error(), cause: err,
			Hint: "the strip has frames of the whole video", Safe: "the original is only read",
		}
	}
	f := FrameTime{At: to.At.Microseconds(), Media: wholeMillis(to.At), Taken: taken, Text: strip.Clock(to.At, 3)}
	if !to.Last {
		until := to.Until.Microseconds()
		f.Until = &until
	}
	return f, nil
}

// wholeMillis rounds up: asked for so many milliseconds into a video, the
// frame that begins within the last one is the frame that is shown.
func wholeMillis(at time.Duration) int64 {
	return int64((at + time.Millisecond - 1) / time.Millisecond)
}

// noWorkers is the answer where this program has no workers to decode with.
func noWorkers(what string) *Error {
	return &Error{Status: 501, What: what + ": this program was started without workers", Hint: "start it with firsthand serve"}
}
