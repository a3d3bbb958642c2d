package api

import (
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/ingest"
)

// course is how a scan went so far: what the pipeline tells, with times to tell
// its pace by.
type course struct {
	tally    ingest.Tally
	listed   int    // sources whose files are known
	source   string // the one that is read
	reading  bool
	read     int64           // files done, over all sources
	last     ingest.Progress // of the work after reading
	samples  []sample
	told     time.Time
	problems []ScanProblem
	named    map[string]bool // paths whose problem is counted
	earlier  ingest.Tally    // of the parts before, of a scan that was held: what they left in the case
	stored   int             // items that this part left there, once it has ended
}

// carried is how the next part of a scan that was held begins: with what was
// met before.
func (c *course) carried() course {
	next := course{problems: c.problems, named: c.named, earlier: c.earlier}
	// What was in hand when it was held is made again.
	next.earlier.Examined += min(c.tally.Examined, c.stored)
	next.earlier.Pictures += min(c.tally.Pictures, c.stored)
	next.earlier.Prints += min(c.tally.Prints, c.stored)
	return next
}

// sample is a count at a moment.
type sample struct {
	at    time.Time
	count int64
	tally ingest.Tally
}

const (
	tellEvery   = 500 * time.Millisecond
	sampleEvery = time.Second
	paceWindow  = 20 * time.Second
	mostCauses  = 50
	mostNamed   = 5 // files named of one cause
)

// note takes progress in, and says whether it is time to tell the pages.
func (c *course) note(p ingest.Progress, now time.Time) bool {
	stage, source, _ := strings.Cut(p.Stage, " ")
	changed := false
	switch stage {
	case "listing":
		changed, c.source = true, source
	case "reading":
		if p.Done == 0 {
			c.listed++
			changed, c.reading = true, true
		} else {
			c.read++
		}
		c.tally = p.Tally
		c.sample(now, c.read)
	default:
		if c.last.Stage != p.Stage {
			changed, c.samples = true, nil
		}
		c.reading, c.last = false, p
		c.sample(now, p.Done)
	}
	if p.Problem != nil {
		c.problem(p.Problem.Code, string(p.Problem.Message), string(p.Problem.Path))
	}
	if !changed && now.Sub(c.told) < tellEvery {
		return false
	}
	c.told = now
	return true
}

func (c *course) sample(now time.Time, count int64) {
	if n := len(c.samples); n > 0 && now.Sub(c.samples[n-1].at) < sampleEvery {
		return
	}
	c.samples = append(c.samples, sample{now, count, c.tally})
	for len(c.samples) > 2 && now.Sub(c.samples[0].at) > paceWindow {
		c.samples = c.samples[1:]
	}
}

// pace is how many units a second were done lately, by what of counts them; 0
// while that cannot be said yet.
func (c *course) pace(now int64, of func(sample) int64, at time.Time) float64 {
	if len(c.samples) == 0 {
		return 0
	}
	first := c.samples[0]
	took := at.Sub(first.at).Seconds()
	if took < 1 {
		return 0
	}
	return max(0, float64(now-of(first))/took)
}

// problem counts a cause, the commonest first, and names some of its files.
func (c *course) problem(code, message, path string) {
	if c.named[path] {
		return
	}
	if c.named == nil {
		c.named = map[string]bool{}
	}
	c.named[path] = true
	i := slices.IndexFunc(c.problems, func(p ScanProblem) bool { return p.Cause == code })
	if i < 0 {
		if len(c.problems) == mostCauses {
			i = mostCauses - 1
		} else {
			i = len(c.problems)
			c.problems = append(c.problems, ScanProblem{Cause: code, Message: message, Paths: []string{}})
		}
	}
	p := &c.problems[i]
	p.Files++
	if len(p.Paths) < mostNamed {
		p.Paths = append(p.Paths, path)
	}
	slices.SortStableFunc(c.problems, func(a, b ScanProblem) int { return b.Files - a.Files })
}

// stages lists what the scan goes through, in order. The middle four are done
// of each file at once; they differ in how many files they are for.
func (c *course) stages(sources int, state string, at time.Time) []ScanStage {
	t := &c.tally
	all := sources > 0 && c.listed >= sources
	readDone := c.last.Stage != "" || state == scanDone
	reading := ScanStage{State: stageWaiting, Unit: "files"}
	switch {
	case readDone:
		reading.State = stageDone
	case c.reading:
		reading.State = stageRunning
	}
	found := ScanStage{ID: "found", State: stageWaiting, Unit: "files", Done: int64(t.Found)}
	switch {
	case all || readDone:
		found.State = stageDone
	case c.source != "":
		found.State = stageRunning
	}
	out := []ScanStage{found}
	left := (*int64)(nil)
	if pace := c.pace(c.read, func(s sample) int64 { return s.count }, at); pace > 0 && c.reading {
		n := int64(float64(int64(t.Found)-c.read)/pace) + 1
		left = &n
	}
	step := func(id string, done, total int, of func(sample) int64) {
		s := reading
		s.ID, s.Done, s.Total = id, int64(done), int64(total)
		if c.reading {
			s.PerSecond = c.pace(s.Done, of, at)
			if s.LeftSeconds = left; !all {
				s.LeftSeconds = nil
			}
		}
		out = append(out, s)
	}
	step("hashed", int(c.read), t.Found, func(s sample) int64 { return s.count })
	step("metadata", c.made().Examined, 0, func(s sample) int64 { return int64(c.earlier.Examined + s.tally.Examined) })
	step("thumbnails", c.made().Pictures, 0, func(s sample) int64 { return int64(c.earlier.Pictures + s.tally.Pictures) })
	step("fingerprints", c.made().Prints, 0, func(s sample) int64 { return int64(c.earlier.Prints + s.tally.Prints) })
	return append(out, c.grouped(readDone, state, at))
}

// made counts what was made in all parts of the scan.
func (c *course) made() ingest.Tally {
	t := c.tally
	t.Examined += c.earlier.Examined
	t.Pictures += c.earlier.Pictures
	t.Prints += c.earlier.Prints
	return t
}

// grouped is the work after reading: likeness, then incidents.
func (c *course) grouped(readDone bool, state string, at time.Time) ScanStage {
	s := ScanStage{ID: "grouped", State: stageWaiting, Unit: c.last.Unit, Detail: c.last.Stage, Done: c.last.Done, Total: c.last.Total}
	switch {
	case state == scanDone:
		s.State, s.Detail, s.Done, s.Total, s.Unit = stageDone, "", 0, 0, ""
	case readDone:
		s.State = stageRunning
		s.PerSecond = c.pace(c.last.Done, func(b sample) int64 { return b.count }, at)
		if s.PerSecond > 0 && s.Total > s.Done {
			left := int64(float64(s.Total-s.Done)/s.PerSecond) + 1
			s.LeftSeconds = &left
		}
	}
	return s
}
