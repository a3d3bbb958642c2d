package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/strip"
	"github.com/spf13/cobra"
)

func newFramesCommand(g *globalOptions) *cobra.Command {
	var o framesOptions
	cmd := &cobra.Command{
		Use:   "frames VIDEO",
		Short: "show single frames of a video, each with its exact time",
		Long: `Looks at a video frame by frame. Times are the presentation times of the
frames themselves, in seconds or as 1:02:03.5, so that steps are right where
the frame rate changes. No case is needed and nothing is stored; with --case
VIDEO is a path of the case or a digest.

    firsthand frames clip.mp4 --at 12.3                the frame shown then
    firsthand frames clip.mp4 --at 12.3 --next 5       five frames on
    firsthand frames clip.mp4 --times 10-12 --json     every frame's time
    firsthand frames clip.mp4 --sheet ~/sheet.jpg      a contact sheet
    firsthand frames clip.mp4 --at 12.3 --out ~/stills

Which frames: --at with --next or --previous, --times for all of a stretch,
--every SECONDS or --count N for frames at even distances, of the whole or of
the stretch. What is made of them: a list, and with --out a picture of each
with its time in the name; --sheet and --strip put them into one picture, with
the time below each; --wave draws how loud the video is. Pictures are not
softened; look at them when you are ready to. A large frame is reduced, and it
is said to what. A file that is there is never written over, and nothing is
written beside the video.

Exit status: 0 done, 1 the video could not be read or a file not be written,
2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.given = func(flag string) bool { return cmd.Flags().Changed(flag) }
			return g.frames(cmd.Context(), args[0], o)
		},
	}
	g.jsonFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&g.caseDir, "case", "", "the case folder, where VIDEO is a path of the case or a digest")
	f.String("video", "auto", "video engine: auto, native, embedded or hostile (embedded, and never native)")
	f.StringVar(&o.at, "at", "", "the frame shown at this time")
	f.IntVar(&o.next, "next", 0, "with --at: so many frames later")
	f.IntVar(&o.previous, "previous", 0, "with --at: so many frames earlier")
	f.StringVar(&o.times, "times", "", "all frames from START to END, as 10-12.5 or 1:10-")
	f.StringVar(&o.every, "every", "", "one frame every so many seconds")
	f.IntVar(&o.count, "count", 0, "so many frames at even distances")
	f.StringVar(&o.sheet, "sheet", "", "a JPEG or PNG to write: the frames in rows, with their times")
	f.StringVar(&o.strip, "strip", "", "a JPEG or PNG to write: the frames in one row")
	f.StringVar(&o.wave, "wave", "", "a PNG to write: the loudness over time")
	f.StringVar(&o.out, "out", "", "a folder for a picture of each frame")
	f.StringVar(&o.format, "format", "png", "of the pictures in the folder: png or jpg")
	return cmd
}

// framesOptions are the flags of frames, as given.
type framesOptions struct {
	given            func(flag string) bool
	at, times, every string
	next, previous   int
	count            int

	sheet, strip, wave, out, format string
}

// filming is one run of frames.
type filming struct {
	*globalOptions
	framesOptions
	choice  choice
	reduced bool // it was said that frames are
	film    strip.Film
	video   *ingest.Video
}

func (g *globalOptions) frames(ctx context.Context, name string, o framesOptions) error {
	c, err := o.choose()
	if err != nil {
		return err
	}
	path, digest, keepOut, err := g.mediaPath(ctx, name)
	if err != nil {
		return err
	}
	if err := o.checkOutputs(append(keepOut, filepath.Dir(path))); err != nil {
		return err
	}
	d, err := g.startDecoders(ctx, 1)
	if err != nil {
		return err
	}
	defer d.close()
	if d.engine == nil {
		return withHint(errors.New("no frame can be shown with --video off"), "choose auto, native or embedded")
	}
	v, err := ingest.OpenVideo(ctx, path, ingest.Options{Examiner: d, Now: time.Now()})
	if errors.Is(err, ingest.ErrNoVideo) {
		err = withHint(err, "firsthand inspect %s says what it is", path)
	}
	if err != nil {
		return err
	}
	defer v.Close()
	if digest != "" && digest != v.Item.Digest {
		return withHint(fmt.Errorf("%s is no longer the file that the case knows", path), "scan again, or put the original back")
	}
	f := filming{globalOptions: g, framesOptions: o, choice: c, film: strip.Film{Engine: d.engine, Input: v.Input}, video: v}
	if err := f.run(ctx); err != nil {
		return inOneLine(path, err)
	}
	return nil
}

// inOneLine says of a video why it could not be shown.
func inOneLine(path string, err error) error {
	var not *video.UnexaminedError
	if errors.As(err, &not) || errors.Is(err, strip.ErrNoFrames) {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	return err
}

// mediaPath finds the file: the name itself or, with a case, the original of
// the item that it names, with its digest. Nothing may be written to the
// folders of a case's sources, which would be read as media.
func (g *globalOptions) mediaPath(ctx context.Context, name string) (path string, digest verify.Digest, keepOut []string, err error) {
	if g.caseDir == "" {
		return name, "", nil, nil
	}
	file, err := g.readCase()
	if err != nil {
		return "", "", nil, err
	}
	defer file.Close()
	if digest, err = file.Named(ctx, name); err != nil {
		return "", "", nil, withHint(err, "firsthand items --case %s lists them", g.caseDir)
	}
	item, err := file.Item(ctx, digest)
	if err != nil {
		return "", "", nil, err
	}
	sources, err := file.Sources(ctx)
	if err != nil {
		return "", "", nil, err
	}
	dirs := map[string]string{}
	for _, s := range sources {
		dirs[s.Name] = s.Dir
		keepOut = append(keepOut, s.Dir)
	}
	for _, s := range item.Sightings {
		if path == "" || s.Path == name {
			path = filepath.Join(dirs[s.Source], filepath.FromSlash(s.Rel))
		}
	}
	if path == "" {
		return "", "", nil, fmt.Errorf("find %s: no file of the case has it any more", name)
	}
	return path, digest, keepOut, nil
}
