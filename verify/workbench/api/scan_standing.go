package api

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

// ScanStanding is where the scan of a case stands.
type ScanStanding struct {
	State       string          `json:"state"` // idle, running, pausing, paused, stopped, done, failed
	Began       string          `json:"began"` // RFC 3339, UTC; "" where there is none
	Ended       string          `json:"ended"`
	Folders     []SourceFolder  `json:"folders"` // of the order
	Source      string          `json:"source"`  // that is being read
	Stages      []ScanStage     `json:"stages"`  // none where no scan was begun
	Read        int64           `json:"read"`    // files gone through
	Found       int64           `json:"found"`
	Bytes       int64           `json:"bytes"`    // read
	Problems    []ScanProblem   `json:"problems"` // by cause, the commonest first
	Unreadable  int64           `json:"unreadable"`
	Outcome     *ScanOutcome    `json:"outcome"` // of one that is done
	Failure     *ScanFailure    `json:"failure"` // of one that failed
	Interrupted *ScanUnfinished `json:"interrupted"`
}

// SourceFolder is a source and where it lies.
type SourceFolder struct {
	Name string `json:"name"`
	Dir  string `json:"dir"`
}

// States of a stage.
const (
	stageWaiting = "waiting"
	stageRunning = "running"
	stageDone    = "done"
)

// ScanStage is one step of a scan.
type ScanStage struct {
	ID          string  `json:"id"`    // found, hashed, metadata, thumbnails, fingerprints, grouped
	State       string  `json:"state"` // waiting, running, done
	Done        int64   `json:"done"`
	Total       int64   `json:"total"` // 0 while it is not known
	Unit        string  `json:"unit"`  // files, pairs, videos
	PerSecond   float64 `json:"per_second"`
	LeftSeconds *int64  `json:"left_seconds"`          // null while it cannot be told
	Detail      string  `json:"detail" say:"sentence"` // what is being done
}

// ScanProblem is why files could not be read.
type ScanProblem struct {
	Cause   string   `json:"cause"`                  // a code of findings
	Message string   `json:"message" say:"sentence"` // of the first of them
	Files   int      `json:"files"`
	Paths   []string `json:"paths"` // of some
}

// ScanOutcome is what a scan brought.
type ScanOutcome struct {
	New        int64 `json:"new"`        // content that the case did not have
	Known      int64 `json:"known"`      // files whose content it had
	Unreadable int64 `json:"unreadable"` // files or parts of files
	Gone       int64 `json:"gone"`       // no longer where they were
	Sidecars   int64 `json:"sidecars"`
	Seconds    int64 `json:"seconds"`
}

// ScanFailure is why a scan could not go on.
type ScanFailure struct {
	What    string `json:"what" say:"sentence"`
	Safe    string `json:"safe" say:"sentence"`
	Hint    string `json:"hint" say:"sentence"`
	Details string `json:"details"` // for copying
}

// ScanUnfinished is a scan of an earlier run of the program, or of another
// one, that has no end.
type ScanUnfinished struct {
	Began   string         `json:"began"`
	Folders []SourceFolder `json:"folders"`
}

// standing tells where the scan of the case stands.
func (c *Case) standing(ctx context.Context) (ScanStanding, error) {
	out := c.scan.standing(time.Now())
	if out.State != scanIdle {
		return out, nil
	}
	err := c.Reading(ctx, func(f *casefile.File) error {
		scans, err := f.Scans(ctx)
		if err != nil || len(scans) == 0 {
			return err
		}
		last := scans[len(scans)-1]
		if !last.Ended.IsZero() || len(last.Info.Sources) == 0 {
			return nil
		}
		out.Interrupted = &ScanUnfinished{Began: instantText(last.Began), Folders: []SourceFolder{}}
		for _, s := range last.Info.Sources {
			out.Interrupted.Folders = append(out.Interrupted.Folders, SourceFolder{s.Name, s.Dir})
		}
		return nil
	})
	return out, err
}

func (d *scanDesk) standing(now time.Time) ScanStanding {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := ScanStanding{State: scanIdle, Folders: []SourceFolder{}, Stages: []ScanStage{}, Problems: []ScanProblem{}}
	if d.state == "" || d.state == scanIdle {
		return out
	}
	out.State, out.Began, out.Ended = d.state, instantText(d.began), instantText(d.over)
	for _, dir := range d.order.Folders {
		out.Folders = append(out.Folders, SourceFolder{d.order.Names[dir], dir})
	}
	c := &d.course
	if !d.busy() && !d.over.IsZero() {
		now = d.over
	}
	out.Source, out.Stages = c.source, c.stages(len(d.order.Folders), d.state, now)
	out.Read, out.Found, out.Bytes, out.Unreadable = c.read, int64(c.tally.Found), c.tally.Bytes, int64(c.tally.Unreadable)
	for _, p := range c.problems {
		p.Paths = slices.Clone(p.Paths)
		out.Problems = append(out.Problems, p)
	}
	switch d.state {
	case scanDone:
		made := min(c.made().Examined, d.sum.Files)
		out.Outcome = &ScanOutcome{
			New: int64(made), Known: int64(d.sum.Kept + d.sum.Read - made), Unreadable: int64(max(d.sum.Problems, len(c.named))),
			Gone: int64(d.sum.Gone), Sidecars: int64(d.sum.Sidecars), Seconds: int64(d.over.Sub(d.began).Seconds()),
		}
	case scanFailed:
		out.Failure = failure(d.failed)
	}
	return out
}

// keptByScan is true of every scan that ended before its end.
const keptByScan = "Everything that was read before is in the case. Going on reads only what is left."

// failure puts into words why a scan could not go on.
func failure(err error) *ScanFailure {
	f := &ScanFailure{What: "The scan could not go on.", Safe: keptByScan, Hint: "Try again; if it happens once more, copy the details for whoever helps you.", Details: err.Error()}
	var known *Error
	switch {
	case errors.Is(err, syscall.ENOSPC), strings.Contains(err.Error(), "disk is full"), strings.Contains(err.Error(), "not enough space on the disk"):
		f.What = "The disk that holds the case is full."
		f.Hint = "Make room on it, or move the case folder to a larger disk; then go on."
	case errors.As(err, &known):
		f.What, f.Hint, f.Safe = sentence(known.What), sentence(known.Hint), cmp.Or(sentence(known.Safe), "Nothing was changed.")
	case errors.Is(err, fs.ErrPermission):
		f.What = "A folder may not be read, or the case folder may not be written."
		f.Hint = "Ask for the right to do so, or copy the files to a folder of your own; then go on."
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENXIO):
		f.What = "A folder is no longer there: a disk or a stick may have been taken out."
		f.Hint = "Plug it in again at the same place; then go on."
	}
	return f
}

// sentence makes a sentence of an error's words.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
