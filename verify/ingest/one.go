package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// inMemory is the size up to which a file is read from disk once: the digest
// is taken of the bytes as they come into memory, and the decoders get that
// memory, so that both see the same whatever happens on disk. A larger one is
// knowingly read three times: for the digest, by the decoders as far as they
// need it, and for the digest again, to show that both saw the same. At most
// twice Options.Workers files are in memory.
const inMemory = 32 << 20

// largest is the size above which a file is not read: a file without real
// bytes can claim any size, and would hold up everything behind it.
const largest = 64 << 30

// content is an opened file with its digest.
type content struct {
	io.ReaderAt
	file   *os.File
	size   int64
	digest verify.Digest
	stat   fs.FileInfo
	large  bool // not in memory
	reread bool // a decoder got the file itself, after the digest was taken
}

// examine reads one file of the source. It never fails: what went wrong is
// part of the outcome.
func (r *reader) examine(ctx context.Context, root *os.Root, f source.File) outcome {
	if s, ok := r.seen[f.Rel]; ok && s.Size == f.Size && s.ModTime.Equal(f.ModTime) {
		if done, err := r.file.Examined(ctx, s.Digest, Version, r.opt.Engine != nil); err == nil && done {
			o := outcome{file: f, kept: true, result: casefile.Result{Sighting: sighting(r.source.Name, f)}}
			o.result.Sighting.Digest = s.Digest
			return o
		}
	}
	c, err := open(ctx, root, f)
	if err != nil {
		return outcome{file: f, failed: err}
	}
	defer c.file.Close()
	f.Size, f.ModTime = c.size, c.stat.ModTime().UTC()
	o := outcome{file: f, digested: true, read: c.size, result: casefile.Result{Sighting: sighting(r.source.Name, f)}}
	o.result.Sighting.Digest = c.digest
	if done, err := r.file.Examined(ctx, c.digest, Version, r.opt.Engine != nil); err != nil || !done {
		if o.failed = r.look(ctx, c, &o.result); o.failed != nil {
			return o
		}
	}
	o.result.Findings = c.changed(ctx, f)
	return o
}

// look examines the content when it is its turn.
func (r *reader) look(ctx context.Context, c *content, to *casefile.Result) (err error) {
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	look := newLook(r.opt, c, path.Base(to.Sighting.Rel))
	to.Item, to.Preview, err = look.run(ctx)
	return err
}

// sighting is what surrounds a file: its name, its sidecars, its file system.
func sighting(src string, f source.File) verify.Sighting {
	s := verify.Sighting{
		Path: f.Path, Source: src, Rel: f.Rel, Account: f.Account,
		Size: f.Size, ModTime: f.ModTime, Records: f.Records,
		Times: extract.FileNameTimes(path.Base(f.Rel)),
	}
	for _, rec := range f.Records {
		times, places := extract.FromRecord(rec)
		s.Times = append(s.Times, times...)
		s.Places = append(s.Places, places...)
	}
	s.Times = append(s.Times, extract.FileSystemTime(f.ModTime))
	extract.SortTimes(s.Times)
	return s
}

// errTooLarge is a file that is not read for its size.
var errTooLarge = fmt.Errorf("the file is larger than %d GiB, the most that is read", largest>>30)

// open opens the file read-only and takes its digest.
func open(ctx context.Context, root *os.Root, f source.File) (*content, error) {
	file, stat, err := source.Open(root, f)
	if err != nil {
		return nil, err
	}
	c := &content{ReaderAt: file, file: file, size: stat.Size(), stat: stat}
	if err := c.read(ctx); err != nil {
		file.Close()
		return nil, err
	}
	return c, nil
}

// read takes the digest of as many bytes as the file had when it was opened,
// and keeps those of a small one.
func (c *content) read(ctx context.Context) error {
	if c.size > largest {
		return errTooLarge
	}
	c.large = c.size > inMemory
	d := hashing.NewDigester()
	var kept *bytes.Buffer
	var w io.Writer = d
	if !c.large {
		kept = bytes.NewBuffer(make([]byte, 0, c.size))
		w = io.MultiWriter(d, kept)
	}
	if _, err := io.Copy(w, source.UntilDone(ctx, io.NewSectionReader(c.file, 0, c.size))); err != nil {
		return source.Reason(err)
	}
	c.size, c.digest = d.Size(), verify.Digest(d.Sum())
	if kept != nil {
		c.ReaderAt = bytes.NewReader(kept.Bytes())
	}
	return nil
}

// changed reports a file that was written to while it was read. What decoders
// read anew is digested anew.
func (c *content) changed(ctx context.Context, f source.File) []verify.Finding {
	now, err := c.file.Stat()
	same := err == nil && now.Size() == c.stat.Size() && now.ModTime().Equal(c.stat.ModTime())
	if same && c.reread {
		sum, _, err := hashing.Digest(source.UntilDone(ctx, io.NewSectionReader(c.file, 0, c.size)))
		same = err == nil && verify.Digest(sum) == c.digest
	}
	if same {
		return nil
	}
	return []verify.Finding{{Path: extract.Text(f.Path), Finding: extract.Finding{
		Code: "changed-while-read", Severity: source.Warning,
		Message: "the file was written to while it was read; scan again when nothing writes to it",
	}}}
}
