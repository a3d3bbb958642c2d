package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// Collected says what collecting came to.
type Collected struct {
	Copied    int   // originals that were copied into the case
	Had       int   // that it had copies of already
	Elsewhere int   // that another machine scanned
	Missed    int   // that are not there any more, or not what was scanned
	Wanting   int   // that were not tried, since the disk was full or failed
	Stopped   error // why
}

// collectCheck is the check of the case whose findings are originals that were
// not collected.
const collectCheck = "collect"

// collector copies the originals of a case into it, each once, one after the
// other: the disk has more to do with it than the processor.
type collector struct {
	file  *casefile.File
	to    *casefile.Collector
	dirs  map[string]string // of the sources, by name
	roots map[string]*os.Root
	out   Collected
	found []verify.Finding
}

// Collect copies the originals of a case into it that it has no copy of. What
// cannot be copied is a finding; a disk without room ends it, with what was
// copied kept.
func Collect(ctx context.Context, file *casefile.File, progress func(Progress)) (Collected, error) {
	to, err := file.BeginCollecting()
	if err != nil {
		return Collected{}, fmt.Errorf("store copies of the originals: %w", err)
	}
	defer to.Close()
	c := collector{file: file, to: to, dirs: map[string]string{}, roots: map[string]*os.Root{}}
	defer c.close()
	if err := c.run(ctx, progress); err != nil {
		return c.out, fmt.Errorf("store copies of the originals: %w", err)
	}
	return c.out, nil
}

func (c *collector) close() {
	for _, root := range c.roots {
		root.Close()
	}
}

func (c *collector) run(ctx context.Context, progress func(Progress)) error {
	sources, err := c.file.Sources(ctx)
	if err != nil {
		return err
	}
	for _, s := range sources {
		c.dirs[s.Name] = s.Dir
	}
	wanted, err := c.wanted(ctx)
	if err != nil {
		return err
	}
	p := Progress{Stage: "collecting originals", Total: int64(len(wanted))}
	since := time.Now()
	for i := range wanted {
		progress(p)
		err := c.item(ctx, &wanted[i])
		if err == nil && (c.to.Waiting() >= batchFiles || time.Since(since) > batchTime) {
			err, since = c.to.Settle(ctx), time.Now()
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case disk.Broken(err):
			c.out.Stopped, c.out.Wanting = err, len(wanted)-i
			return errors.Join(c.to.End(ctx), c.report(ctx))
		case err != nil:
			return err
		}
		p.Done++
	}
	progress(p)
	if err := c.to.End(ctx); err != nil {
		return err
	}
	return c.report(ctx)
}

// CollectFrom copies into a case what another one has collected of its items. A
// copy of the other that is not whole is left out.
func CollectFrom(ctx context.Context, file *casefile.File, other *casefile.File) (Collected, error) {
	var out Collected
	theirs, err := other.Collected(ctx)
	if err != nil {
		return out, err
	}
	to, err := file.BeginCollecting()
	if err != nil {
		return out, fmt.Errorf("store copies of the originals: %w", err)
	}
	defer to.Close()
	c := collector{file: file, to: to}
	wanted, err := c.wanted(ctx)
	if err != nil {
		return out, err
	}
	for i := range wanted {
		if !theirs[wanted[i].Digest] {
			continue
		}
		err := c.fromCase(ctx, other.Info().Dir, wanted[i].Digest)
		switch {
		case ctx.Err() != nil:
			return c.out, ctx.Err()
		case disk.Broken(err):
			return c.out, errors.Join(fmt.Errorf("store copies of the originals: %w", err), to.End(ctx))
		case err != nil:
			c.out.Missed++
			continue
		}
		c.out.Copied++
		if to.Waiting() >= batchFiles {
			if err := to.Settle(ctx); err != nil {
				return c.out, err
			}
		}
	}
	return c.out, to.End(ctx)
}

func (c *collector) fromCase(ctx context.Context, dir string, d verify.Digest) error {
	f, _, err := casefile.OpenCollected(dir, d)
	if err != nil {
		return source.Reason(err)
	}
	defer f.Close()
	return c.to.Add(ctx, d, f)
}

// wanted are the items that are there and have no copy that is recorded and of
// their size.
func (c *collector) wanted(ctx context.Context) ([]verify.Item, error) {
	have, err := c.file.Collected(ctx)
	if err != nil {
		return nil, err
	}
	var out []verify.Item
	for it, err := range c.file.Items(ctx) {
		switch {
		case err != nil:
			return nil, err
		case len(it.Sightings) == 0:
		case have[it.Digest] && c.to.Has(it.Digest, it.Size):
			c.out.Had++
		default:
			out = append(out, verify.Item{Digest: it.Digest, Size: it.Size, Sightings: it.Sightings})
		}
	}
	return out, nil
}

// item copies one item from the first of its places that still has it.
func (c *collector) item(ctx context.Context, it *verify.Item) error {
	why, elsewhere := errGone, true
	for _, s := range it.Sightings {
		if c.dirs[s.Source] == "" {
			continue // of another machine, in a case that was joined to this one
		}
		elsewhere = false
		err := c.sighting(ctx, it.Digest, s)
		if err == nil {
			c.out.Copied++
			return nil
		}
		var failed *disk.Error
		if ctx.Err() != nil || errors.As(err, &failed) {
			return err
		}
		why = err
	}
	if elsewhere {
		c.out.Elsewhere++
		return nil
	}
	c.out.Missed++
	c.found = append(c.found, verify.Finding{Path: extract.Text(it.Path()), Finding: extract.Finding{
		Code: "not-collected", Severity: source.Warning, Message: fmt.Sprintf("no copy was made in the case: %v", why),
	}})
	return nil
}

func (c *collector) sighting(ctx context.Context, d verify.Digest, s verify.Sighting) error {
	root, ok := c.roots[s.Source]
	if !ok {
		var err error
		if root, err = (source.Source{Name: s.Source, Dir: c.dirs[s.Source]}).OpenRoot(); err != nil {
			return source.Reason(err)
		}
		c.roots[s.Source] = root
	}
	f, _, err := source.Open(root, source.File{Rel: s.Rel})
	if err != nil {
		return source.Reason(err)
	}
	defer f.Close()
	return c.to.Add(ctx, d, f)
}

// report keeps what was not collected as findings of the case, in place of what
// was said before. Where nothing was and nothing is to be said, nothing is.
func (c *collector) report(ctx context.Context) error {
	if len(c.found) == 0 && c.out.Copied == 0 {
		return nil
	}
	return c.file.ReplaceFindings(ctx, collectCheck, c.found)
}
