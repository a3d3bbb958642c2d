package api

import (
	"context"
	"time"
)

// watchEvery is how often it is looked whether another program changed a case.
const watchEvery = 2 * time.Second

// Watch tells the pages what other programs change in the open cases, until
// ctx ends.
func (a *API) Watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, c := range a.Cases() {
			c.heed(ctx)
		}
	}
}

// heed tells the pages when the ledger grew since it was last looked at. That
// it cannot be read is told to who asks for the case.
func (c *Case) heed(ctx context.Context) {
	c.heeding.Lock()
	defer c.heeding.Unlock()
	change, err := c.reader.Changed(ctx, c.heeded)
	if err != nil || change.Last == c.heeded {
		return
	}
	first := c.heeded < 0
	c.heeded = change.Last
	if !first {
		c.api.events.Publish(Event{Kind: CaseChanged, Case: c.ID})
	}
}
