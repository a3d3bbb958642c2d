// Package ingest runs the pipeline: it reads every source, examines each file
// once, stores what was found, and then makes matches, clusters and candidate
// incidents of the whole case anew. A video that resembles another, and of which
// no more than key frames were looked at, is looked at once more for that.
//
// Start at [Run]. It promises: each file is opened once and read-only, its
// digest is taken before any decoder sees it, and the decoders get the same
// bytes; a file that cannot be read is a finding and never an end; the case
// can be left at any moment and the next run goes on where this one stopped,
// to the same result; results and ledger do not depend on the number of
// workers.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// Version names this pipeline. Items examined by another version are examined
// again: raise it with every change that alters what is stored of a file.
const Version = "7"

// Examiner runs the decoders that read metadata and stills; it is a
// *sandbox.Pool in the program.
type Examiner interface {
	Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error)
}

// Options says what to read and how.
type Options struct {
	Sources  []source.Source
	Workers  int             // files decoded at the same time, at least 1; as many more are read beside them
	Examiner Examiner        //
	Engine   video.Engine    // nil: video frames are not looked at
	Grouping incident.Params // the zero value takes incident.Automatic
	Zones    clock.Zones     // of clocks that state none
	Now      time.Time       // for dates in the future
	All      bool            // keep every tag read, in Media.Fields
	Decode   bool            // InspectFiles decodes stills, too
	Collect  bool            // copy the originals into the case, too
	Build    string          // of the program: matches and incidents of another one are made anew
	Relearn  bool            // learn from the case as it is, though what it taught before would serve
	Progress func(Progress)  // may be nil; called from one goroutine at a time
}

// Progress is where long work stands, counted in units. Total is 0 while it is
// not known.
type Progress struct {
	Stage   string
	Unit    string // "files" when empty
	Done    int64
	Total   int64
	Tally   Tally           // of a scan, while it reads
	Problem *verify.Finding // of the file that was just done, nil for none
}

// Summary says what one run did.
type Summary struct {
	Files     int           `json:"files"`            // found in the sources
	Kept      int           `json:"kept"`             // unchanged since the last scan: not opened
	Read      int           `json:"read"`             // opened and digested
	Examined  int           `json:"examined"`         // decoded: content that the case did not have
	Gone      int           `json:"gone"`             // known to the case and no longer there
	Sidecars  int           `json:"sidecars"`         // recognised and read, of all formats
	Unknown   int           `json:"sidecars_unknown"` // look like sidecars and were not understood
	Problems  int           `json:"problems"`         // findings of severity error
	Bytes     int64         `json:"bytes"`            // read
	ReadTime  time.Duration `json:"-"`                // listing, reading and examining
	MatchTime time.Duration `json:"-"`                // likeness
	GroupTime time.Duration `json:"-"`                // incidents

	// Formats counts the sidecars of each format, as their records name it.
	Formats map[string]int `json:"sidecar_formats"`

	Collected Collected `json:"-"` // where that was asked for

	Closer int `json:"-"` // videos that were looked at once more, for likeness

	// Nothing that they depend on had changed: the stored ones stand. The
	// ledger has the summary of the reading alone.
	MatchesKept   bool `json:"-"`
	IncidentsKept bool `json:"-"`
}

// Run scans the sources into the case and groups it. Into the case of an exercise
// it takes no source but the exercise's own, see [ErrExercise].
func Run(ctx context.Context, file *casefile.File, opt Options) (Summary, error) {
	if opt.Workers < 1 {
		return Summary{}, errors.New("ingest: the number of workers must be at least 1")
	}
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	go func() { _, _ = gazetteer.World() }() // unpacked while files are read; an error comes back when it is used
	var sum Summary
	began := time.Now()
	if err := scan(ctx, file, opt, &sum); err != nil {
		return sum, err
	}
	if opt.Collect { // before the long work: a stick is pulled out soon
		var err error
		if sum.Collected, err = Collect(ctx, file, opt.Progress); err != nil {
			return sum, err
		}
	}
	sum.ReadTime = time.Since(began)
	if err := Regroup(ctx, file, opt, &sum); err != nil {
		return sum, err
	}
	return sum, nil
}

// scan brings the case up to date with the sources.
func scan(ctx context.Context, file *casefile.File, opt Options, sum *Summary) error {
	if err := admit(ctx, file, opt.Sources); err != nil {
		return err
	}
	s, err := file.BeginScan(ctx, casefile.ScanInfo{
		Sources: opt.Sources, Version: Version, Params: opt.params(),
	})
	if err != nil {
		return fmt.Errorf("begin the scan: %w", err)
	}
	have, tally := map[verify.Digest]bool{}, Tally{}
	for _, src := range opt.Sources {
		r := reader{file: file, scan: s, opt: opt, sum: sum, source: src, have: have, tally: &tally}
		if err := r.run(ctx); err != nil {
			return err
		}
	}
	if err := s.End(ctx, *sum); err != nil {
		return fmt.Errorf("end the scan: %w", err)
	}
	return nil
}

// params is what bears on the result, as the ledger keeps it.
func (o Options) params() map[string]string {
	zone, sources := o.Zones.Names()
	p := map[string]string{"engine": "off", "zone": zone}
	if o.Engine != nil {
		p["engine"] = o.Engine.Name()
	}
	for source, zone := range sources {
		p["zone/"+source] = zone
	}
	return p
}
