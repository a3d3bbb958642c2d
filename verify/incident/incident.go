// Package incident proposes which items belong to one event.
//
// Start at [Group]. It works in six steps:
//
//  1. atoms: items that are copies of one another become one unit, and posts
//     of old pictures are struck from it as recycled;
//  2. what each atom says: which caption words name a place of the gazetteer or
//     of this case, how rare each is, which accounts keep to one place; from
//     these a belief of where its event was and what was hit, and of when it
//     began ([belief], [start]);
//  3. pairs: atoms near in time are compared, and each kind of evidence is
//     weighed in bits (Fellegi and Sunter, 1969): how much likelier it is if
//     both are of one event than if not, by the frequencies of this very case;
//  4. groups: what a group says of its event is what its atoms say together, so
//     that ten files that name one town do not count ten times. The two groups
//     for which most speaks are joined until none is above the threshold, single
//     atoms move to where they fit better, and what has too little lead is left
//     out, all under the decisions that people have made. Then posts that
//     turn out to show a picture of an earlier event are struck, and it is done
//     once more;
//  5. identity: a group keeps the name it had in the run before;
//  6. description: every member, time and place with its reasons.
//
// It promises: a machine proposes and a person decides, so a confirmed
// incident keeps exactly the members it was confirmed with; a picture that is
// recognised as posted again, as if it were new, joins no two events; the result depends on the
// input alone, not on its order nor on the number of workers; no time zone is
// ever shown that no source states.
package incident

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Input is one case as it stands.
type Input struct {
	Items     []verify.Item
	Matches   []verify.Match
	Clusters  []verify.Cluster
	Decisions []verify.Decision // all of the case, also those taken back
	Previous  []Previous        // the incidents of the run before
	Zone      *time.Location    // where the case plays; nil when nobody said
	Places    Places            // finds the places that captions name; nil for none
}

// Places finds the places that captions name: a gazetteer.
type Places interface {
	FindAll(texts []string, fixes []gazetteer.Point) [][]gazetteer.Mention
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
	c, groups, err := proposal(ctx, in, p, nil, nil)
	if err != nil {
		return Result{}, err
	}
	if struck := c.exposed(groups); len(struck) > 0 {
		if c, groups, err = proposal(ctx, in, p, c, struck); err != nil {
			return Result{}, err
		}
	}
	named := c.identify(groups, in.Previous)
	c.showBeside(named)
	c.claimRecycled(named)
	return Result{Incidents: c.describe(named), Model: c.model(), Notes: c.notes(), Findings: append(c.findings(), c.rules.findings()...)}, nil
}

// proposal reads a case and groups its atoms. An earlier look at it, if there
// was one, struck some posts.
func proposal(ctx context.Context, in Input, p Params, earlier *grouping, without struck) (*grouping, []group, error) {
	c := newCase(in, p, without)
	if earlier != nil {
		c.pairAs(earlier)
	} else if err := c.pair(ctx); err != nil {
		return nil, nil, fmt.Errorf("compare items by time and place: %w", err)
	}
	groups, err := c.cluster(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("group items: %w", err)
	}
	return c, groups, nil
}

// workers is how many goroutines compare pairs.
func (p Params) workers() int {
	if p.Workers > 0 {
		return p.Workers
	}
	return runtime.GOMAXPROCS(0)
}
