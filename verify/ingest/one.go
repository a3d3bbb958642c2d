package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// inMemory is the size up to which a file is read once, so that digest and
// decoders see the same bytes whatever happens on disk. A larger one is read
// again by the decoders and checked for changes afterwards.
const inMemory = 32 << 20

// content is an opened file with its digest.
type content struct {
	io.ReaderAt
	file   *os.File
	size   int64
	digest verify.Digest
	stat   fs.FileInfo
	reread bool // a decoder got the file itself, after the digest was taken
}

// examine reads one file of the source. It never fails: what went wrong is
// part of the outcome.
func (r *reader) examine(ctx context.Context, root *os.Root, f source.File) outcome {
	o := outcome{file: f, result: casefile.Result{Sighting: sighting(r.source.Name, f)}}
	if s, ok := r.seen[f.Rel]; ok && s.Size == f.Size && s.ModTime.Equal(f.ModTime) {
		if done, err := r.file.Examined(ctx, s.Digest, Version); err == nil && done {
			o.kept, o.result.Sighting.Digest = true, s.Digest
			return o
		}
	}
	c, err := open(root, f)
	if err != nil {
		o.failed = err
		return o
	}
	defer c.file.Close()
	o.digested, o.read = true, c.size
	o.result.Sighting.Digest, o.result.Sighting.Size = c.digest, c.size
	if done, err := r.file.Examined(ctx, c.digest, Version); err == nil && done {
		return o
	}
	look := newLook(r.opt, c, path.Base(f.Rel))
	o.result.Item, o.result.Preview = look.run(ctx)
	o.examined = true
	o.result.Findings = c.changed(f)
	return o
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

// open opens the file read-only and takes its digest.
func open(root *os.Root, f source.File) (*content, error) {
	file, stat, err := source.Open(root, f)
	if err != nil {
		return nil, err
	}
	c := &content{ReaderAt: file, file: file, size: stat.Size(), stat: stat}
	c.reread = c.size > inMemory
	d := hashing.NewDigester()
	var kept *bytes.Buffer
	var w io.Writer = d
	if c.size <= inMemory {
		kept = bytes.NewBuffer(make([]byte, 0, c.size))
		w = io.MultiWriter(d, kept)
	}
	if _, err := io.Copy(w, io.NewSectionReader(file, 0, c.size)); err != nil {
		file.Close()
		return nil, err
	}
	c.size, c.digest = d.Size(), verify.Digest(d.Sum())
	if kept != nil {
		c.ReaderAt = bytes.NewReader(kept.Bytes())
	}
	return c, nil
}

// changed reports a file that was written to while it was read. What decoders
// read anew is digested anew.
func (c *content) changed(f source.File) []verify.Finding {
	now, err := c.file.Stat()
	same := err == nil && now.Size() == c.stat.Size() && now.ModTime().Equal(c.stat.ModTime())
	if same && c.reread {
		sum, _, err := hashing.Digest(io.NewSectionReader(c.file, 0, c.size))
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

// look is the examination of one content.
type look struct {
	opt  Options
	c    *content
	name string
	item *verify.Item
}

func newLook(opt Options, c *content, name string) *look {
	return &look{opt: opt, c: c, name: name, item: &verify.Item{Digest: c.digest, Size: c.size}}
}

// run gives the item and a preview picture, nil where there is none.
func (l *look) run(ctx context.Context) (*verify.Item, []byte) {
	params, err := json.Marshal(request{Name: l.name, Now: l.opt.Now})
	if err != nil {
		return l.refuse("not-examined", err.Error())
	}
	answer, err := l.opt.Examiner.Call(ctx, ExamineOp, params, l.c, l.c.size, nil)
	var limit *sandbox.LimitError
	var crash *sandbox.CrashError
	switch {
	case errors.As(err, &limit):
		return l.refuse("not-examined", "not examined: "+limit.Error())
	case errors.As(err, &crash):
		return l.refuse("not-examined", "not examined: the decoder failed on this file: "+crash.Error())
	case err != nil:
		return l.refuse("not-examined", "not examined: "+err.Error())
	}
	var e examined
	if err := json.Unmarshal(answer, &e); err != nil {
		return l.refuse("not-examined", "not examined: the worker's answer could not be read")
	}
	l.item.Media = e.Media
	if e.Print != nil {
		l.item.Frames = []verify.Frame{{Print: *e.Print, Thumb: e.Thumb}}
	}
	if e.Media.Kind == extract.Video && e.Media.Error == "" && l.opt.Engine != nil {
		return l.item, l.frames(ctx, e)
	}
	return l.item, e.Preview
}

// refuse records a file that no decoder could look at.
func (l *look) refuse(code, message string) (*verify.Item, []byte) {
	l.item.Media = extract.Media{
		Kind: extract.Other, MediaType: "application/octet-stream", Error: extract.Text(message),
		Findings: []extract.Finding{{Code: code, Severity: source.Error, Message: message}},
	}
	return l.item, nil
}

// seconds turns a claimed duration into one that arithmetic can bear.
func seconds(s *float64) time.Duration {
	const most = 48 * time.Hour
	if s == nil || !(*s > 0) {
		return 0
	}
	if *s > most.Seconds() {
		return most
	}
	return time.Duration(*s * float64(time.Second))
}
