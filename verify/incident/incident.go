// Package incident proposes which items belong to one event.
//
// Start at [Group]. It works in six steps:
//
//  1. atoms: items that are copies of one another become one unit, and posts
//     of old pictures are struck from it as recycled;
//  2. what each atom says: which caption words name a place of the gazetteer or
//     of this case, how rare each is, which accounts keep to one place; from
//     these a belief of where its event was and what was hit, and of when it
//     began ([belief], [start]). All that the case as a whole teaches for that
//     is one value, [Statistics];
//  3. pairs: atoms near in time are compared, and each kind of evidence is
//     weighed in bits (Fellegi and Sunter, 1969): how much likelier it is if
//     both are of one event than if not, by the frequencies of this very case;
//  4. groups: what a group says of its event is what its atoms say together, so
//     that ten files that name one town do not count ten times. The two groups
//     for which most speaks are joined until none is above the threshold, which
//     is higher the more a wrong join would mix, single
//     atoms move to where they fit better, and what has too little lead is left
//     out, all under the decisions that people have made. Then posts that
//     turn out to show a picture of an earlier event are struck, and it is done
//     once more;
//  5. identity: a group keeps the name it had in the run before, and one that
//     is again what it was in an earlier run bears that run's name again;
//  6. description: every member, time and place with its reasons.
//
// What the case as a whole teaches (how crowded each time is, how rare each
// place and word) is kept apart as [Statistics]. With those of an earlier run, a
// few files more or a decision change what is near them and nothing else; and
// what an earlier run left ([Result.Memory]) spares the work on all the rest.
// The contract: a run with a memory gives byte for byte what one without it
// gives by the same statistics, whatever came, went or was decided in between.
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
	Retired   []Previous        // those of earlier runs whose names are in use no more, the newest first
	Zone      *time.Location    // where the case plays; nil when nobody said
	Places    Places            // finds the places that captions name; nil for none

	// Statistics are what the case taught before; nil to learn from it anew.
	Statistics *Statistics
	// Memory is what an earlier run left, and Standing the incidents that it
	// gave. They spare work and change nothing. Maker names the program: the
	// memory of another is none.
	Memory   []byte
	Standing []verify.Incident
	Maker    string
}

// Places finds the places that captions name: a gazetteer.
type Places interface {
	// Around gives the positions that captions and files speak of, and FindNear
	// the places that captions name where these are what a case is about.
	Around(texts []string, fixes []gazetteer.Point) []gazetteer.Point
	FindNear(texts []string, around []gazetteer.Point) [][]gazetteer.Mention
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

	Statistics *Statistics // by which it was grouped
	Memory     []byte      // for the next run
	Retired    []Previous  // likewise: names that are in use no more
}

// Group proposes the incidents of a case. The error is that of ctx, or names
// the setting or identity that cannot be used.
func Group(ctx context.Context, in Input, p Params) (Result, error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	c := readCase(in, p)
	c.memory = newMemory(c.maker(in.Maker), in.Memory, in.Standing)
	groups, err := c.propose(ctx)
	if err != nil {
		return Result{}, err
	}
	named := c.identify(groups, in.Previous, in.Retired)
	c.showBeside(named)
	incidents := c.describe(named)
	return Result{
		Incidents: incidents, Retired: retire(incidents, in.Previous, in.Retired), Model: c.model(), Notes: c.notes(), Findings: append(c.findings(), c.rules.findings()...),
		Statistics: c.learnt, Memory: c.memory.next.encode(),
	}, nil
}

// readCase reads a case by the statistics given, or by those that it teaches.
// What people decided is no part of what is learnt, so that a decision changes
// what it speaks of and what is near, and nothing else.
func readCase(in Input, p Params) *grouping {
	if in.Statistics != nil {
		return newCase(in, p)
	}
	undecided := in
	undecided.Decisions = nil
	c := newCase(undecided, p)
	c.learnt.LearntFrom = traces(in.Items)
	if len(in.Decisions) == 0 {
		return c
	}
	in.Statistics = c.learnt
	return newCase(in, p)
}

// propose groups the atoms, strikes posts that turn out to claim another event
// than that of their picture, and groups once more.
func (c *grouping) propose(ctx context.Context) ([]group, error) {
	if err := c.pair(ctx); err != nil {
		return nil, fmt.Errorf("compare items by time and place: %w", err)
	}
	groups, err := c.cluster(ctx)
	if err != nil {
		return nil, fmt.Errorf("group items: %w", err)
	}
	struck := c.exposed(groups)
	if len(struck) == 0 {
		return groups, nil
	}
	before := c.marks
	c.strike(struck)
	if err := c.pairAgain(ctx, before); err != nil {
		return nil, fmt.Errorf("compare items by time and place: %w", err)
	}
	if groups, err = c.cluster(ctx); err != nil {
		return nil, fmt.Errorf("group items: %w", err)
	}
	return groups, nil
}

// workers is how many goroutines compare pairs.
func (p Params) workers() int {
	if p.Workers > 0 {
		return p.Workers
	}
	return runtime.GOMAXPROCS(0)
}
