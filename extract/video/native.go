package video

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Native is an ffmpeg installed on this machine. It is several times faster
// than the embedded one and, being machine code that reads hostile files, less
// well fenced in: it gets one open file, no environment, no network protocol
// and, on Linux, limits of the system.
type Native struct {
	path    string
	version string
	dialect dialect
}

// selfTestWait is how long an ffmpeg may take to show that it works.
const selfTestWait = 20 * time.Second

// NewNative finds ffmpeg in the search path and makes sure that it decodes: a
// clip made here must come out right, and the usual codecs must be there.
func NewNative(ctx context.Context) (*Native, error) {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return nil, fmt.Errorf("no ffmpeg is installed (%w)", errors.Unwrap(err))
	}
	ctx, cancel := context.WithTimeout(ctx, selfTestWait)
	defer cancel()
	n := &Native{path: path}
	if err := n.readVersion(ctx); err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", path, err)
	}
	if err := n.checkDecoders(ctx); err != nil {
		return nil, fmt.Errorf("use %s: %w", path, err)
	}
	for _, d := range [][]string{{"-fps_mode", "passthrough"}, {"-vsync", "0"}} { // from and before 5.1
		n.dialect = dialect{passthrough: d}
		if err = n.selfTest(ctx); err == nil {
			return n, nil
		}
	}
	return nil, fmt.Errorf("%s failed its self-test: %w", path, err)
}

// Name implements [Engine].
func (n *Native) Name() string { return "native " + n.version }

// DenseUpTo implements [Engine].
func (n *Native) DenseUpTo() time.Duration { return 20 * time.Minute }

// readVersion takes the number from "ffmpeg version 5.1.9-0+deb12u1 Copyright".
func (n *Native) readVersion(ctx context.Context) error {
	out, err := n.ask(ctx, "-version")
	if err != nil {
		return err
	}
	var word string
	if _, err := fmt.Sscanf(out, "ffmpeg version %s", &word); err != nil {
		return errors.New("it does not answer as ffmpeg does")
	}
	if word[0] >= '0' && word[0] <= '9' {
		word, _, _ = strings.Cut(word, "-")
	}
	n.version = plain(word)
	return nil
}

// usualDecoders are those without which files of phones and platforms stay
// dark; each is met by any of the names.
var usualDecoders = [][]string{
	{"h264"}, {"hevc"}, {"vp8"}, {"vp9"}, {"libdav1d", "libaom-av1"}, {"mpeg4"}, {"mjpeg"}, {"h263"},
}

// checkDecoders notices the ffmpeg of systems that leave out patented codecs.
func (n *Native) checkDecoders(ctx context.Context) error {
	out, err := n.ask(ctx, "-decoders")
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) > 1 {
			has[f[1]] = true
		}
	}
	var missing []string
	for _, names := range usualDecoders {
		found := false
		for _, name := range names {
			found = found || has[name]
		}
		if !found {
			missing = append(missing, names[0])
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("it has no decoder for %s", strings.Join(missing, ", "))
	}
	return nil
}

// ask runs ffmpeg with one argument and returns what it prints.
func (n *Native) ask(ctx context.Context, what string) (string, error) {
	var out strings.Builder
	_, err := n.run(ctx, []string{"-hide_banner", what}, nil, nil, &capped{w: &out, left: 1 << 20}, discard)
	return out.String(), err
}

var discard = writerFunc(func(p []byte) (int, error) { return len(p), nil })

// selfTest decodes a clip of three frames, black, grey and white.
func (n *Native) selfTest(ctx context.Context) error {
	file, err := os.CreateTemp("", "firsthand-selftest-*.gif")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	shades := []uint8{0, 128, 255}
	if err := gif.EncodeAll(file, shadesClip(shades)); err != nil {
		return err
	}
	size, err := file.Seek(0, 1)
	if err != nil {
		return err
	}
	var got []uint8
	_, err = n.Frames(ctx, Input{ReaderAt: file, Size: size, Format: "gif"}, Plan{Every: time.Second, Longest: 32, MaxFrames: 9},
		func(f Frame) error {
			got = append(got, f.Pix[len(f.Pix)/2])
			return nil
		})
	if err != nil {
		return err
	}
	if len(got) != len(shades) {
		return fmt.Errorf("%d frames of %d came out", len(got), len(shades))
	}
	for i, want := range shades {
		if d := int(got[i]) - int(want); d < -8 || d > 8 {
			return fmt.Errorf("frame %d has the shade %d and not %d", i, got[i], want)
		}
	}
	return nil
}

// shadesClip is a GIF of one plain frame a second.
func shadesClip(shades []uint8) *gif.GIF {
	clip := &gif.GIF{}
	for _, s := range shades {
		clip.Image = append(clip.Image, image.NewPaletted(image.Rect(0, 0, 64, 48), color.Palette{color.Gray{Y: s}}))
		clip.Delay = append(clip.Delay, 100) // hundredths of a second
	}
	return clip
}

// Frames implements [Engine]. The input must be an *os.File.
func (n *Native) Frames(ctx context.Context, f Input, p Plan, yield func(Frame) error) (Outcome, error) {
	return frames(ctx, n, f, p, yield)
}

// Sound implements [Engine]. The input must be an *os.File.
func (n *Native) Sound(ctx context.Context, f Input, l Limits, yield func([]int16) error) (Outcome, error) {
	return sound(ctx, n, f, l, yield)
}

// Times implements [Engine]. The input must be an *os.File.
func (n *Native) Times(ctx context.Context, f Input, start, length time.Duration) ([]time.Duration, error) {
	return times(ctx, n, f, start, length)
}

// perform implements [performer] in a process of its own.
func (n *Native) perform(ctx context.Context, f Input, r request, emit func([]byte) error) (reply, error) {
	file, ok := f.ReaderAt.(*os.File)
	if !ok {
		return reply{}, &UnexaminedError{Reason: "a native ffmpeg needs the file itself"}
	}
	name, err := inputName(file)
	if err != nil {
		return reply{}, err
	}
	guarded, guard := newGuard(ctx, r.Plan.Limits)
	defer guard.end()
	run := func(args []string, in io.Reader, out io.Writer, log io.Writer) (uint32, error) {
		return n.run(guarded, args, file, in, guard.alive(out), guard.alive(log))
	}
	input := []string{"-protocol_whitelist", "file,pipe,fd", "-i", name}
	rep, broke, err := conduct(r, input, n.dialect, run, emit)
	switch {
	case ctx.Err() != nil:
		return rep, context.Cause(ctx)
	case guarded.Err() != nil:
		return rep, context.Cause(guarded)
	case broke != nil:
		return rep, &UnexaminedError{Reason: broke.Error(), Err: broke}
	case err != nil:
		return rep, &UnexaminedError{Reason: "the decoder crashed on this file: " + plain(err.Error()), Err: err}
	}
	return rep, nil
}
