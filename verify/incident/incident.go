// Package incident proposes which items belong to one event.
//
// Start at [Group]. It works in six steps:
//
//  1. atoms: items that are copies of one another become one unit, and posts
//     of old pictures are struck from it as recycled;
//  2. vocabulary: which caption words name something in this case, which are
//     names of one place, and which accounts keep to one place;
//  3. pairs: atoms near in time are compared, and each piece of evidence is
//     weighed in bits (Fellegi and Sunter, 1969);
//  4. groups: greedy clustering by the mean of each kind of evidence between
//     two groups and by how well they agree on when the event began, under
//     the decisions that people have made;
//  5. identity: a group keeps the name it had in the run before;
//  6. description: every member, time and place with its reasons.
//
// It promises: a machine proposes and a person decides, so a confirmed
// incident keeps exactly the members it was confirmed with; a picture posted
// again as if it were new never joins two events; the result depends on the
// input alone, not on its order nor on the number of workers; no time zone is
// ever shown that no source states.
package incident

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Input is one case as it stands.
type Input struct {
	Items     []verify.Item
	Matches   []verify.Match
	Clusters  []verify.Cluster
	Decisions []verify.Decision
	Previous  []Previous     // the incidents of the run before
	Zone      *time.Location // where the case plays; nil when nobody said
}

// Previous is an incident of an earlier run, by which a new group is
// recognised as the old one.
type Previous struct {
	ID      string
	Digests []verify.Digest
}

// Result is what Group proposes.
type Result struct {
	Incidents []verify.Incident // by earliest time, then by ID
	Model     string            // version and settings, to reproduce the run
	Notes     []string          // what a person should know of the run, one sentence each
	Findings  []verify.Finding  // posts of old pictures, clocks that contradict a post
}

// Group proposes the incidents of a case. The error is that of ctx, or names
// the setting or identity that cannot be used.
func Group(ctx context.Context, in Input, p Params) (Result, error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	rulings := readDecisions(in.Decisions)
	c := newCase(in, p, rulings)
	if err := c.pair(ctx); err != nil {
		return Result{}, fmt.Errorf("compare items by time and place: %w", err)
	}
	groups, err := c.cluster(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("group items: %w", err)
	}
	named := c.identify(groups, in.Previous, rulings)
	c.claimRecycled(named)
	return Result{Incidents: c.describe(named), Model: c.model(), Notes: c.notes(), Findings: c.findings()}, nil
}

// workers is how many goroutines compare pairs.
func (p Params) workers() int {
	if p.Workers > 0 {
		return p.Workers
	}
	return runtime.GOMAXPROCS(0)
}
