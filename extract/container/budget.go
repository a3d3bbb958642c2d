package container

import (
	"fmt"
	"time"
)

// Budget bounds the work that one file may cause. The counters fall as work
// is done, so that one budget can be handed from the container reader to the
// readers of the blocks it found. It is not safe for concurrent use.
type Budget struct {
	Bytes      int64     // bytes still to be read from the file
	Inflated   int64     // bytes still to come out of a decompressor
	BlockBytes int64     // largest single block, read or inflated
	Values     int       // chunks, boxes, elements and entries still to be looked at
	Depth      int       // deepest nesting, for readers that recurse; those of this package go as deep as the format's grammar and no deeper
	Deadline   time.Time // wall clock; the zero time sets no deadline

	waited time.Duration // by which the deadline was put off
	worked time.Duration // of this process, before which a deadline does not hold; 0 where that is not known
}

// The defaults of [NewBudget].
const (
	defaultBytes      = 256 << 20
	defaultInflated   = 24 << 20
	defaultBlockBytes = 8 << 20
	defaultValues     = 1 << 18
	defaultDepth      = 64
	defaultWall       = 1500 * time.Millisecond
)

// maxWait is how much longer the clock of a budget runs for input that is slow
// to come, as from a memory stick or a share: waiting is not work.
const maxWait = 8 * time.Second

// NewBudget gives the default budget for one file; its clock starts now. Where
// the system says how much a process has worked, time counts only when this one
// worked through it: what is read of a file must not depend on what else the
// machine does.
func NewBudget() *Budget {
	b := &Budget{
		Bytes:      defaultBytes,
		Inflated:   defaultInflated,
		BlockBytes: defaultBlockBytes,
		Values:     defaultValues,
		Depth:      defaultDepth,
		Deadline:   time.Now().Add(defaultWall),
	}
	if now := processorTime(); now > 0 {
		b.worked = now + defaultWall*4/5 // before the worker's own limit on it
	}
	return b
}

// LimitError says which bound of a [Budget] ended the reading.
type LimitError struct {
	Limit string // "bytes read", "inflated bytes", "block size", "values" or "time"
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("the limit on %s was reached", e.Limit)
}

// TakeBytes pays for n bytes read from the file.
func (b *Budget) TakeBytes(n int64) error {
	if n > b.Bytes {
		return &LimitError{"bytes read"}
	}
	b.Bytes -= n
	return b.checkClock()
}

// TakeInflated pays for n bytes out of a decompressor.
func (b *Budget) TakeInflated(n int64) error {
	if n > b.Inflated {
		return &LimitError{"inflated bytes"}
	}
	b.Inflated -= n
	return nil
}

// TakeValue pays for one chunk, box, element or entry.
func (b *Budget) TakeValue() error {
	if b.Values <= 0 {
		return &LimitError{"values"}
	}
	b.Values--
	if b.Values%256 == 0 {
		return b.checkClock()
	}
	return nil
}

// wait puts the deadline off by the time that a read took.
func (b *Budget) wait(d time.Duration) {
	d = min(d, maxWait-b.waited)
	if b.Deadline.IsZero() || d <= 0 {
		return
	}
	b.waited += d
	b.Deadline = b.Deadline.Add(d)
}

func (b *Budget) checkClock() error {
	if b.Over() {
		return &LimitError{"time"}
	}
	return nil
}

// Over says that the time is used up.
func (b *Budget) Over() bool {
	return !b.Deadline.IsZero() && time.Now().After(b.Deadline) && (b.worked == 0 || processorTime() > b.worked)
}
