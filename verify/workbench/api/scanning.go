package api

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// States of a scan.
const (
	scanIdle    = "idle"    // none was begun since the program started
	scanRunning = "running" //
	scanPausing = "pausing" // it ends what it has in hand, then it waits or stops
	scanPaused  = "paused"
	scanStopped = "stopped"
	scanDone    = "done"
	scanFailed  = "failed"
)

// scanDesk runs the scans of one case, one at a time, and knows where the last
// one stands. A scan that waits has given the case back: it is taken up again
// like one that was interrupted.
type scanDesk struct {
	mu     sync.Mutex
	state  string // "" for idle
	wanted string // what is to become of it when it has ended: paused or stopped
	order  ScanOrder
	cancel context.CancelFunc
	ended  chan struct{} // closed when nothing runs any more
	began  time.Time
	over   time.Time
	course course
	sum    ingest.Summary
	failed error
}

// begin notes an order. It is not carried out before run.
func (d *scanDesk) begin(order ScanOrder) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.take(order, course{})
}

// take is begin with what an earlier part of the same scan came to. It is
// called under mu.
func (d *scanDesk) take(order ScanOrder, before course) error {
	if d.busy() {
		return clash("wait until it ends, or stop it", "a scan of this case is running already")
	}
	d.state, d.wanted, d.order, d.failed = scanRunning, "", order, nil
	d.began, d.over, d.course, d.sum = time.Now(), time.Time{}, before.carried(), ingest.Summary{}
	d.ended = make(chan struct{})
	return nil
}

func (d *scanDesk) busy() bool { return d.state == scanRunning || d.state == scanPausing }

// drop takes back an order that was begun and not run.
func (d *scanDesk) drop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state = scanIdle
	close(d.ended)
}

// again notes the last order once more.
func (d *scanDesk) again() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Contains([]string{scanPaused, scanStopped, scanFailed}, d.state) {
		return clash("begin a scan", "there is no scan here that could go on")
	}
	return d.take(d.order, d.course)
}

// run carries out the order in the background: it outlives the request that
// began it and ends with the case.
func (d *scanDesk) run(c *Case) {
	ctx, cancel := context.WithCancel(context.Background())
	d.mu.Lock()
	d.cancel = cancel
	order, wanted := d.order, d.wanted
	d.mu.Unlock()
	if wanted != "" {
		cancel() // somebody stopped it in between
	}
	go func() {
		defer cancel()
		var sum ingest.Summary
		var stored int
		err := c.Scanning(ctx, func(f *casefile.File) (err error) {
			before, err := f.Counts(ctx)
			if err != nil {
				return err
			}
			defer func() {
				after, failed := f.Counts(context.WithoutCancel(ctx))
				stored, err = max(0, after.Items-before.Items), errors.Join(err, failed)
			}()
			sum, err = c.api.program.Scan(ctx, f, order, func(p ingest.Progress) {
				if d.note(p) {
					d.publish(c)
				}
			})
			return err
		})
		d.end(sum, stored, err)
		d.publish(c)
	}()
}

// publish tells the pages how far the scan is.
func (d *scanDesk) publish(c *Case) {
	d.mu.Lock()
	moving := Moving{Done: d.course.read, Running: d.busy(), Paused: d.state == scanPaused}
	if d.course.listed == len(d.order.Folders) {
		moving.Total = int64(d.course.tally.Found)
	}
	d.mu.Unlock()
	c.api.events.Publish(Event{Kind: ScanMoved, Case: c.ID, Scan: &moving})
}

// note takes progress in, and says whether it is time to tell the pages.
func (d *scanDesk) note(p ingest.Progress) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.course.note(p, time.Now())
}

// end notes how a scan ended, and how many items it left in the case.
func (d *scanDesk) end(sum ingest.Summary, stored int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.course.stored = stored
	d.sum, d.over = sum, time.Now()
	switch {
	case err == nil:
		d.state = scanDone
	case d.wanted != "":
		d.state = d.wanted // whatever it broke off with: it was told to
	default:
		d.state, d.failed = scanFailed, err
	}
	close(d.ended)
}

// halt ends a scan that runs and leaves it paused or stopped. One that waits
// can still be stopped.
func (d *scanDesk) halt(as string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.busy():
		d.state, d.wanted = scanPausing, as
		if d.cancel != nil {
			d.cancel()
		}
	case d.state == scanPaused && as == scanStopped:
		d.state = scanStopped
	default:
		return clash("", "no scan of this case is running")
	}
	return nil
}

// close ends a scan that runs and waits for it, at most for grace.
func (d *scanDesk) close(grace time.Duration) {
	if d.halt(scanStopped) != nil {
		return
	}
	d.mu.Lock()
	ended := d.ended
	d.mu.Unlock()
	select {
	case <-ended:
	case <-time.After(grace):
	}
}
