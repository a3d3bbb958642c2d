package video

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// request is one thing asked of a decoder, here or in a worker.
type request struct {
	Prepare bool // compile only
	Task    task
	Format  string
	Codec   string
	Plan    Plan
}

// reply is what a decoder says in the end.
type reply struct {
	Exit uint32
	Said string // the first error of the decoder's log
	Note string // what was left out, and why
	Size Size   // of the pictures, before they were made smaller
	// Uncached says that compiled code could not be kept, so that each new
	// worker compiles again.
	Uncached bool
}

// performer runs a decoder on a file. What comes out is emitted in pieces,
// which hold a frame, samples or times as the task says; they are valid only
// during the call, and nothing in them may be trusted. An error of emit ends
// the decoding and is returned.
type performer interface {
	perform(ctx context.Context, f Input, r request, emit func([]byte) error) (reply, error)
}

// perform checks what every task needs and tells an error of the caller's own
// from one of the decoder.
func perform(ctx context.Context, by performer, f Input, r request, take func([]byte) error) (reply, error) {
	if !demuxers[f.Format] && !(r.Task == taskSound && soundDemuxers[f.Format]) {
		return reply{}, unreadableFormat(f.Format)
	}
	r.Format, r.Codec = f.Format, f.Codec
	var refused error
	rep, err := by.perform(ctx, f, r, func(b []byte) error {
		if len(b) == 0 || refused != nil {
			return refused // a sign of life
		}
		refused = take(b)
		return refused
	})
	if refused != nil {
		err = refused
	}
	return rep, err
}

// frames is [Engine.Frames] for any performer.
func frames(ctx context.Context, by performer, f Input, p Plan, yield func(Frame) error) (Outcome, error) {
	p = p.withDefaults()
	count := 0
	rep, err := perform(ctx, by, f, request{Task: taskFrames, Plan: p}, func(b []byte) error {
		frame, err := parseFrame(b, p.Longest)
		if err != nil || count >= p.MaxFrames {
			return &UnexaminedError{Reason: errNotAsked.Error(), Err: errors.Join(err, errNotAsked)}
		}
		count++
		return yield(frame)
	})
	if err != nil {
		return Outcome{Frames: count}, err
	}
	if count == 0 {
		return Outcome{}, nothing("picture", "the video track is empty or damaged", rep, p)
	}
	return Outcome{Frames: count, Size: rep.Size, Dense: p.Every > 0}.with(rep), nil
}

// sound is [Engine.Sound] for any performer.
func sound(ctx context.Context, by performer, f Input, l Limits, yield func([]int16) error) (Outcome, error) {
	if !f.HasSound {
		return Outcome{}, &UnexaminedError{Reason: noSound}
	}
	p := Plan{Limits: l.withDefaults(wall(keysBase, 1, believed(f.Duration)))}.withDefaults()
	var out Outcome
	var room []int16
	rep, err := perform(ctx, by, f, request{Task: taskSound, Plan: p}, func(b []byte) error {
		var err error
		if room, err = parseSamples(b, room); err != nil || out.Samples+int64(len(room)) > maxSamples {
			return &UnexaminedError{Reason: errNotAsked.Error(), Err: errors.Join(err, errNotAsked)}
		}
		out.Samples += int64(len(room))
		return yield(room)
	})
	if err != nil {
		return out, err
	}
	switch {
	case out.Samples == 0 && rep.Note != "":
		return Outcome{}, &UnexaminedError{Reason: rep.Note}
	case out.Samples == 0:
		return Outcome{}, nothing("sound", "the sound track is empty or damaged", rep, p)
	}
	return out.with(rep), nil
}

// times is [Engine.Times] for any performer. Where each packet is a frame they
// are asked; where they turn out not to know, the frames are decoded.
func times(ctx context.Context, by performer, f Input, start, length time.Duration) ([]time.Duration, error) {
	p := Plan{Start: start, Length: length}.withDefaults()
	part := length
	if part <= 0 {
		part = believed(f.Duration)
	}
	p.Limits = Limits{Wall: wall(keysBase, denseFactor, part), Idle: idle}
	if listed[f.Codec] && indexed[f.Format] {
		times, err := listTimes(ctx, by, f, request{Task: taskPackets, Plan: p})
		if err == nil || ctx.Err() != nil {
			return times, err
		}
	}
	return listTimes(ctx, by, f, request{Task: taskTimes, Plan: p})
}

func listTimes(ctx context.Context, by performer, f Input, r request) ([]time.Duration, error) {
	var times []time.Duration
	rep, err := perform(ctx, by, f, r, func(b []byte) error {
		var err error
		if times, err = parseTimes(b, times); err != nil {
			return &UnexaminedError{Reason: err.Error(), Err: err}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if times = within(times, r.Plan); len(times) == 0 {
		return nil, nothing("picture", "the video track is empty or damaged", rep, r.Plan)
	}
	return times, nil
}

// wall is how long a decoding may take that needs base and factor seconds for
// each second of media.
func wall(base time.Duration, factor int, length time.Duration) time.Duration {
	return min(base+time.Duration(factor)*length, hardCap)
}

// believed is a duration that a container claims, or 0 when it is a lie.
func believed(length time.Duration) time.Duration {
	if length < 0 || length > believable {
		return 0
	}
	return length
}

// nothing explains why nothing came out of a decoder that ended by itself.
func nothing(what, why string, rep reply, p Plan) error {
	switch {
	case rep.Said != "":
		why = explain(rep.Said)
		if why == noSound || why == noVideo {
			return &UnexaminedError{Reason: why}
		}
	case p.Start > 0:
		why = "there is none in this part of the video"
	}
	return &UnexaminedError{Reason: fmt.Sprintf("no %s could be decoded: %s", what, why)}
}

// with adds to the outcome how a decoder ended that gave something.
func (o Outcome) with(rep reply) Outcome {
	if rep.Note != "" {
		o.Coarse, o.Partial, o.Note = true, true, rep.Note
	} else if rep.Exit != 0 && rep.Said != "" {
		o.Coarse, o.Partial, o.Note = true, true, "decoding ended early: "+explain(rep.Said)
	} else {
		o.Damage = rep.Said
	}
	return o
}

const (
	noSound = "the file has no sound track"
	noVideo = "the file has no video track"
)

// explain puts the decoder's commonest complaints into plain words.
func explain(said string) string {
	switch {
	case strings.HasPrefix(said, "Stream map '0:a"):
		return noSound
	case strings.HasPrefix(said, "Stream map "):
		return noVideo
	case strings.HasPrefix(said, "moov atom not found"):
		return "its index (moov) is missing, as in a file that was cut off"
	case strings.HasPrefix(said, "Decoder (codec "), strings.Contains(said, "Could not find codec parameters"):
		return "the decoder does not know this codec"
	case strings.Contains(said, "Cannot allocate memory"), strings.Contains(said, "get_buffer() failed"):
		return "it needs more memory than a decoder is given"
	}
	return said
}

func unreadableFormat(format string) error {
	if format == "" {
		format = "unknown"
	}
	return &UnexaminedError{Reason: fmt.Sprintf("no decoder reads the format %q", format)}
}

// runner runs one ffmpeg; the error says that it did not end by itself, as
// after a read outside its memory.
type runner func(args []string, in io.Reader, out io.Writer, log io.Writer) (uint32, error)

// conduct runs the decoder for a request and emits what it gives. broke is the
// error of emit or one of nonsense among what was given.
func conduct(r request, input []string, d dialect, run runner, emit func([]byte) error) (rep reply, broke, err error) {
	j := job{task: r.Task, plan: r.Plan, format: r.Format, codec: r.Codec, input: input}
	var s sink
	var hear *listener
	var list *lister
	var pictures *assembler
	switch r.Task {
	case taskSound:
		hear = newListener(emit)
		s = hear
	case taskPackets, taskTimes:
		list = &lister{}
		s = list
	default:
		var buf []byte
		pictures = newAssembler(r.Plan, func(f Frame) error {
			buf = appendFrame(buf[:0], f)
			return emit(buf)
		})
		s = pictures
	}
	if j.twoStages() {
		rep.Exit, err = inTwoStages(j, d, run, s)
	} else {
		rep.Exit, err = run(j.arguments(d), nil, s.output(), s.log())
	}
	rep.Said, broke = s.result()
	if errors.Is(broke, errEnough) { // what a decoder makes of being stopped says nothing of the file
		rep.Exit, rep.Said, broke, err = 0, "", nil, nil
	}
	switch {
	case pictures != nil:
		rep.Size = pictures.info.size
	case hear != nil:
		rep.Note = hear.note
	case list != nil && broke == nil:
		broke = emit(appendTimes(nil, list.times))
	}
	return rep, broke, err
}

// inTwoStages lets one ffmpeg pick the packets of key frames and another one
// decode them, side by side.
func inTwoStages(j job, d dialect, run runner, s sink) (uint32, error) {
	r, w := io.Pipe()
	picked := make(chan struct{})
	go func() {
		defer close(picked)
		_, err := run(j.selectKeyPackets(), nil, &capped{w: w, left: maxPackets}, s.log())
		w.CloseWithError(err) // nil ends the stream
	}()
	second := j
	second.format, second.input = "nut", []string{"-i", "pipe:0"}
	exit, err := run(second.decode(d), r, s.output(), s.log())
	r.Close() // the first stage stops at its next packet
	<-picked
	return exit, err
}

// capped is a writer that refuses what goes beyond its measure.
type capped struct {
	w    io.Writer
	left int64
}

var errTooMuch = errors.New("more data than a video of this length can hold")

func (c *capped) Write(p []byte) (int, error) {
	if c.left -= int64(len(p)); c.left < 0 {
		return 0, errTooMuch
	}
	return c.w.Write(p)
}
