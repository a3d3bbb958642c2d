package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// closer looks again, more closely, at videos of which a search for likeness
// wants more moments than their key frames gave. That it was done stands with
// the item, so that each is looked at once.
type closer struct {
	file *casefile.File
	opt  Options
	dirs map[string]string // of the sources, by name
}

// closerOutcome is what became of one video. Item is nil where it was left as
// it was, and why is the sentence for a person.
type closerOutcome struct {
	closer casefile.Closer
	why    string
}

// lookCloser looks again at those of the wanted videos that were not looked at
// closely yet. It says how many there are now to be compared anew, and what
// kept it from others, one sentence each.
func (g *grouper) lookCloser(ctx context.Context, wanted []verify.Digest) (looked int, notes []string, err error) {
	if g.opt.Engine == nil || g.opt.Examiner == nil {
		return 0, nil, nil
	}
	videos := g.coarse(wanted)
	if len(videos) == 0 {
		return 0, nil, nil
	}
	c := closer{file: g.file, opt: g.opt, dirs: map[string]string{}}
	sources, err := g.file.Sources(ctx)
	if err != nil {
		return 0, nil, fmt.Errorf("read the sources: %w", err)
	}
	for _, s := range sources {
		c.dirs[s.Name] = s.Dir
	}
	params := g.opt.params()
	params["look"] = "closer"
	scan, err := g.file.BeginScan(ctx, casefile.ScanInfo{Version: Version, Params: params})
	if err != nil {
		return 0, nil, fmt.Errorf("look closer at videos: %w", err)
	}
	progress := Progress{Stage: "looking closer at videos", Unit: "videos", Total: int64(len(videos))}
	g.opt.Progress(progress)
	err = inOrder(ctx, g.opt.Workers, window, videos, c.look, func(o closerOutcome) error {
		progress.Done++
		g.opt.Progress(progress)
		if o.closer.Item == nil {
			notes = append(notes, o.why)
			return nil
		}
		looked++
		if err := scan.Replace(ctx, []casefile.Closer{o.closer}); err != nil {
			return fmt.Errorf("store the closer look: %w", err)
		}
		return nil
	})
	if err != nil {
		return 0, nil, err
	}
	if err := scan.End(ctx, closerSummary{Wanted: len(videos), Looked: looked}); err != nil {
		return 0, nil, fmt.Errorf("look closer at videos: %w", err)
	}
	return looked, notes, nil
}

// closerSummary is what the ledger has of a closer look.
type closerSummary struct {
	Wanted int `json:"wanted"`
	Looked int `json:"looked"`
}

// coarse gives the items under the digests of which no more than the key frames
// were looked at, in the order of the items.
func (g *grouper) coarse(wanted []verify.Digest) []verify.Item {
	var out []verify.Item
	for _, it := range g.items {
		if slices.Contains(wanted, it.Digest) && coarse(&it) && !it.Sampling.Thorough {
			out = append(out, it)
		}
	}
	return out
}

// coarse says of a video that no more than its key frames were looked at.
func coarse(it *verify.Item) bool { return it.Sampling.Engine != "" && !it.Sampling.Dense }

// look reads the video at the first of its places that still has it.
func (c *closer) look(ctx context.Context, it verify.Item) closerOutcome {
	why := errGone
	for _, s := range it.Sightings {
		made, err := c.at(ctx, it, s)
		if err == nil {
			return closerOutcome{closer: made}
		}
		if ctx.Err() != nil {
			break
		}
		why = err
	}
	if made, err := c.copied(ctx, it); err == nil {
		return closerOutcome{closer: made}
	}
	return closerOutcome{why: fmt.Sprintf("%s could not be looked at more closely (%v): its key frames alone were compared, so that times are rough", it.Path(), why)}
}

// errGone is a file that is not what was scanned.
var errGone = errors.New("the file is not what was scanned")

// at looks at one place.
func (c *closer) at(ctx context.Context, it verify.Item, s verify.Sighting) (casefile.Closer, error) {
	dir, ok := c.dirs[s.Source]
	if !ok {
		return casefile.Closer{}, fmt.Errorf("the folder of source %s is not known", s.Source)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return casefile.Closer{}, source.Reason(err)
	}
	defer root.Close()
	return c.read(ctx, root, source.File{Rel: s.Rel, Path: s.Path, Size: s.Size, ModTime: s.ModTime}, it, path.Base(s.Rel))
}

// copied looks at the copy that the case collected.
func (c *closer) copied(ctx context.Context, it verify.Item) (casefile.Closer, error) {
	name := casefile.CollectedPath(c.file.Info().Dir, it.Digest)
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return casefile.Closer{}, source.Reason(err)
	}
	defer root.Close()
	info, err := root.Lstat(filepath.Base(name))
	if err != nil {
		return casefile.Closer{}, source.Reason(err)
	}
	f := source.File{Rel: filepath.Base(name), Path: it.Path(), Size: info.Size(), ModTime: info.ModTime().UTC()}
	return c.read(ctx, root, f, it, path.Base(it.Sightings[0].Rel))
}

// read looks at one file, which had a name when it was found.
func (c *closer) read(ctx context.Context, root *os.Root, f source.File, it verify.Item, name string) (casefile.Closer, error) {
	content, err := open(ctx, root, f)
	if err != nil {
		return casefile.Closer{}, err
	}
	defer content.file.Close()
	if content.digest != it.Digest {
		return casefile.Closer{}, errGone
	}
	l := newLook(c.opt, content, name)
	item, preview, err := l.closer(ctx, it)
	if err != nil {
		return casefile.Closer{}, err
	}
	if len(content.changed(ctx, f)) > 0 {
		return casefile.Closer{}, errGone
	}
	return casefile.Closer{Item: item, Preview: preview}, nil
}

// closer gives the item as it is after a thorough look at its frames and sound.
// What its metadata claim stays.
func (l *look) closer(ctx context.Context, was verify.Item) (*verify.Item, []byte, error) {
	e, refused, err := l.claims(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case refused != "":
		return nil, nil, errors.New(refused)
	}
	claimed := len(l.item.Media.Findings)
	l.thorough = true
	preview := l.frames(ctx, e)
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case len(l.item.Frames) == 0:
		return nil, nil, errors.New(string(l.item.Media.Error))
	}
	now := was
	now.Sightings = nil
	now.Frames, now.Sampling, now.Moving = l.item.Frames, l.item.Sampling, l.item.Moving
	now.Media.Findings = append(claims(was.Media.Findings), l.item.Media.Findings[claimed:]...)
	return &now, preview, nil
}

// claims gives the findings without those of the frames and the sound, which
// come last.
func claims(all []extract.Finding) []extract.Finding {
	n := len(all)
	for n > 0 && ofFrames(all[n-1].Code) {
		n--
	}
	return all[:n:n]
}

// ofFrames says whether a finding comes of looking at frames and sound.
func ofFrames(code string) bool {
	return code == codeUndecodable || code == codeNotExamined || code == codeNoSound
}
