package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
		if done, err := r.file.Examined(ctx, s.Digest, Version); err == nil && done {
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
	if done, err := r.file.Examined(ctx, c.digest, Version); err != nil || !done {
		look := newLook(r.opt, c, path.Base(f.Rel))
		if o.result.Item, o.result.Preview, o.failed = look.run(ctx); o.failed != nil {
			return o
		}
	}
	o.result.Findings = c.changed(ctx, f)
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

// look is the examination of one content.
type look struct {
	opt  Options
	c    *content
	name string
	item *verify.Item
}

func newLook(opt Options, c *content, name string) *look {
	c.reread = c.large
	return &look{opt: opt, c: c, name: name, item: &verify.Item{Digest: c.digest, Size: c.size}}
}

// run gives the item and a preview picture, nil where there is none. The error
// is one that says nothing of the file: no worker could be had, or ctx ended.
func (l *look) run(ctx context.Context) (*verify.Item, []byte, error) {
	params, err := json.Marshal(request{Name: l.name, Now: l.opt.Now})
	if err != nil {
		return nil, nil, err
	}
	// Workers hand over the metadata before they decode the picture, so that a
	// picture which ends the worker costs the picture alone.
	var e examined
	early := func(b []byte) error { return json.Unmarshal(b, &e) }
	answer, err := l.opt.Examiner.Call(ctx, ExamineOp, params, l.c, l.c.size, early)
	if err == nil {
		e = examined{}
		err = json.Unmarshal(answer, &e)
	}
	if err != nil {
		why, ofFile := notExamined(err)
		if !ofFile || ctx.Err() != nil {
			return nil, nil, err
		}
		l.item.Media = e.Media
		l.refuse(why)
		return l.item, nil, nil
	}
	l.item.Media = e.Media
	if e.Print != nil {
		l.item.Frames = []verify.Frame{{Print: *e.Print, Thumb: e.Thumb}}
	}
	if e.Media.Kind == extract.Video && e.Media.Error == "" && l.opt.Engine != nil {
		return l.item, l.frames(ctx, e), nil
	}
	return l.item, e.Preview, nil
}

// notExamined says in one line why a worker gave no answer on a file. That no
// worker could be started is not the file's doing.
func notExamined(err error) (why string, ofFile bool) {
	var (
		limit    *sandbox.LimitError
		crash    *sandbox.CrashError
		protocol *sandbox.ProtocolError
		own      *sandbox.HandlerError
		syntax   *json.SyntaxError
		shape    *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &limit):
		return fmt.Sprintf("not examined: it takes more than %s of %s", limit.Value, limit.Limit), limit.Op == ExamineOp
	case errors.As(err, &crash):
		return "not examined: the decoder failed on this file: " + crash.Detail, crash.Op == ExamineOp
	case errors.As(err, &protocol):
		return "not examined: the decoder gave no proper answer: " + protocol.What, protocol.Op == ExamineOp
	case errors.As(err, &own):
		return "not examined: " + own.Message, own.Op == ExamineOp
	case errors.As(err, &syntax), errors.As(err, &shape):
		return "not examined: the decoder gave no proper answer", true
	}
	return "", false
}

// refuse records a file whose picture, or more, no decoder could look at.
func (l *look) refuse(message string) {
	m := &l.item.Media
	if m.Kind == "" {
		*m = extract.Media{
			Kind: extract.Other, MediaType: "application/octet-stream",
			Codecs: []string{}, Times: []extract.Time{}, Places: []extract.Place{},
		}
	}
	if m.Error == "" {
		m.Error = extract.Text(message)
	}
	m.Findings = append(m.Findings, extract.Finding{Code: "not-examined", Severity: source.Error, Message: message})
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
