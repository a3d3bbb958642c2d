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
)

const (
	window     = 256             // results that may wait for an earlier one
	batchFiles = 128             // files stored in one transaction at most
	batchTime  = 2 * time.Second // and no file waits longer than this
)

// reader brings one source into the case.
type reader struct {
	file   *casefile.File
	scan   *casefile.Scan
	opt    Options
	sum    *Summary
	tally  *Tally // shared by the sources of a scan
	source source.Source

	turns chan struct{} // one for each file that may be decoded at the same time
	seen  map[string]casefile.Seen
	have  map[verify.Digest]bool // examined by this scan; shared by its sources
	batch []casefile.Result
	since time.Time
}

// outcome is what became of one file.
type outcome struct {
	result   casefile.Result
	kept     bool
	read     int64
	digested bool
	failed   error // the file could not be read or looked at: a finding
	file     source.File
}

func (r *reader) run(ctx context.Context) error {
	r.opt.Progress(Progress{Stage: "listing " + r.source.Name, Tally: *r.tally})
	inv, err := source.Read(ctx, r.source, source.Options{})
	if err != nil {
		return err
	}
	if r.seen, err = r.file.SourceState(ctx, r.source.Name); err != nil {
		return fmt.Errorf("read the state of source %s: %w", r.source.Name, err)
	}
	root, err := os.OpenRoot(r.source.Dir)
	if err != nil {
		return fmt.Errorf("open source %s: %w", r.source.Name, err)
	}
	defer root.Close()
	stage := "reading " + r.source.Name
	total := int64(len(inv.Files))
	done := int64(0)
	r.tally.Found += len(inv.Files)
	r.opt.Progress(Progress{Stage: stage, Total: total, Tally: *r.tally})
	var unreadable []verify.Finding
	known := reported(inv)
	// Twice as many files are open as are decoded: one is read and digested
	// beside the decoding of another, and no decoder waits for the disk.
	r.turns = make(chan struct{}, r.opt.Workers)
	err = inOrder(ctx, 2*r.opt.Workers, window, inv.Files,
		func(ctx context.Context, f source.File) outcome { return r.examine(ctx, root, f) },
		func(o outcome) error {
			done++
			r.tally.add(o)
			r.opt.Progress(Progress{Stage: stage, Done: done, Total: total, Tally: *r.tally, Problem: o.problem()})
			if o.failed != nil {
				r.count(o)
				if !known[o.file.Rel] {
					unreadable = append(unreadable, notRead(o.file, o.failed))
					r.sum.Problems++
				}
				return nil
			}
			return r.store(ctx, o)
		})
	if err != nil {
		return err
	}
	if err := r.flush(ctx); err != nil {
		return err
	}
	return r.close(ctx, inv, unreadable)
}

// store keeps one outcome for the next batch. Of files with the same bytes the
// first in order decides what is stored of them, however many workers looked.
func (r *reader) store(ctx context.Context, o outcome) error {
	if d := o.result.Sighting.Digest; o.result.Item != nil {
		if r.have[d] {
			o.result.Item, o.result.Preview = nil, nil
		}
		r.have[d] = true
	}
	r.count(o)
	if len(r.batch) == 0 {
		r.since = time.Now()
	}
	r.batch = append(r.batch, o.result)
	if len(r.batch) >= batchFiles || time.Since(r.since) > batchTime {
		return r.flush(ctx)
	}
	return nil
}

func (r *reader) flush(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	news, err := r.scan.News(ctx, r.batch)
	if err == nil && len(news) > 0 {
		err = r.scan.Put(ctx, news)
	}
	if err != nil {
		return fmt.Errorf("store %d files of source %s: %w", len(r.batch), r.source.Name, err)
	}
	r.batch = r.batch[:0]
	return nil
}

func (r *reader) count(o outcome) {
	r.sum.Files++
	r.sum.Bytes += o.read
	switch {
	case o.kept:
		r.sum.Kept++
	case o.digested:
		r.sum.Read++
	}
	if it := o.result.Item; it != nil {
		r.sum.Examined++
		if it.Media.Error != "" {
			r.sum.Problems++
		}
	}
}

// close says which files are there and stores what was noted of the source.
func (r *reader) close(ctx context.Context, inv *source.Inventory, unreadable []verify.Finding) error {
	res := casefile.SourceResult{Name: r.source.Name, Sidecars: inv.Sidecars, Findings: unreadable}
	for _, f := range inv.Files {
		res.Present = append(res.Present, f.Rel)
	}
	for _, l := range inv.Findings {
		f := verify.Finding{Source: extract.Text(r.source.Name), Finding: l.Finding}
		if l.Rel != "" {
			f.Path = extract.Text(source.ShownPath(r.source.Name, l.Rel))
		}
		if f.Severity == source.Error {
			r.sum.Problems++
		}
		res.Findings = append(res.Findings, f)
	}
	r.sum.countSidecars(inv)
	gone, err := r.scan.SourceDone(ctx, res)
	if err != nil {
		return err
	}
	r.sum.Gone += len(gone)
	return nil
}

// countSidecars adds what one source has to the summary.
func (s *Summary) countSidecars(inv *source.Inventory) {
	s.Sidecars += len(inv.Sidecars)
	s.Unknown += inv.Unknown
	if s.Formats == nil {
		s.Formats = make(map[string]int)
	}
	for _, c := range inv.Sidecars {
		s.Formats[c.Format]++
	}
}

// reported are the files that the listing could not open and has said so.
func reported(inv *source.Inventory) map[string]bool {
	out := map[string]bool{}
	for _, f := range inv.Findings {
		if f.Code == "unreadable" {
			out[f.Rel] = true
		}
	}
	return out
}

func notRead(f source.File, err error) verify.Finding {
	finding := extract.Finding{Code: "unreadable", Severity: source.Error, Message: "file could not be read: " + err.Error()}
	if errors.Is(err, errTooLarge) {
		finding.Code, finding.Message = "limit", "not read: "+err.Error()
	}
	return verify.Finding{Path: extract.Text(f.Path), Finding: finding}
}
