package api

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// Kinds of events.
const (
	CaseChanged  = "case"  // what the case holds is other than it was
	CasesChanged = "cases" // which cases are open
	ScanMoved    = "scan"  // a scan goes on, ends or waits
)

// Event tells the pages that something is other than they may think. It is a
// hint: what is so they ask.
type Event struct {
	Number uint64  `json:"number"` // one more than that of the event before
	Kind   string  `json:"kind"`   // case, cases, scan
	Case   string  `json:"case"`   // "" where it is of none
	Scan   *Moving `json:"scan"`   // how far it is, of a scan; else null
}

// Moving is how far a scan is.
type Moving struct {
	Done    int64 `json:"done"`
	Total   int64 `json:"total"` // 0 while it is not known
	Running bool  `json:"running"`
	Paused  bool  `json:"paused"`
}

// eventsKept is how many events a page that comes back may have missed and
// still be told one by one.
const eventsKept = 256

// Events numbers what happens and keeps the last ones. It may be used by
// several goroutines at once.
type Events struct {
	mu    sync.Mutex
	last  uint64
	kept  []Event
	scans map[string]Event // the last one of each case whose scan has not ended
	awake chan struct{}    // closed at the next event
}

// newEvents counts on from the clock, so that a page that outlives the program
// does not take new events for those it had.
func newEvents(now time.Time) *Events {
	return &Events{last: uint64(now.UnixMilli()), scans: map[string]Event{}, awake: make(chan struct{})}
}

// Publish numbers an event and wakes those that wait.
func (e *Events) Publish(of Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last++
	of.Number = e.last
	if e.kept = append(e.kept, of); len(e.kept) > eventsKept {
		e.kept = append([]Event(nil), e.kept[len(e.kept)-eventsKept:]...)
	}
	if of.Scan != nil {
		e.scans[of.Case] = of
		if !of.Scan.Running {
			delete(e.scans, of.Case)
		}
	}
	close(e.awake)
	e.awake = make(chan struct{})
}

// Last is the number of the last event.
func (e *Events) Last() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

// Scans are the last events of those that run, for a page that has just come.
func (e *Events) Scans() []Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.SortedFunc(maps.Values(e.scans), func(x, y Event) int { return cmp.Compare(x.Number, y.Number) })
}

// After gives the events after a number. Where some of them are no longer
// kept, or the number was never given, complete is false: who asks has to look
// at everything anew. more is closed at the next event.
func (e *Events) After(number uint64) (list []Event, complete bool, more <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if number == e.last {
		return nil, true, e.awake
	}
	if number > e.last || len(e.kept) == 0 || e.kept[0].Number > number+1 {
		return nil, false, e.awake
	}
	return append(list, e.kept[number+1-e.kept[0].Number:]...), true, e.awake
}

// Events are those of the workbench.
func (a *API) Events() *Events { return a.events }
