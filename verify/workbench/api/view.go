package api

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/search"
)

// View is a case in memory as it stood at one moment. It is shared by all
// requests and never changed.
type View struct {
	State     string        // another one whenever the case is another
	Items     []verify.Item // by path, with their clocks understood as the settings say
	Clusters  []verify.Cluster
	Matches   []verify.Match
	Incidents []verify.Incident // with what people decided
	Decisions []verify.Decision
	Reviews   []assess.Review
	Records   []assess.Record
	Marked    []verify.Mark                  // what people noted of items, in the order of the ledger
	Marks     map[verify.Digest]verify.Marks // and what of it stands
	Findings  []verify.Finding
	Sources   []casefile.SourceInfo
	Clocks    clock.Reading
	Settings  map[string]string // of the case

	last     int64                 // entry of the ledger up to which it speaks
	read     []verify.Item         // as stored
	proposed []verify.Incident     // without decisions
	at       map[verify.Digest]int // in Items
	cluster  map[verify.Digest]int // in Clusters
	places   search.Places         // the world's, and those of the case
	shelf    shelf                 // what screens worked out of it
}

// again is a new view of the same, to be changed; what was worked out of the
// old one stays behind.
func (v *View) again() *View {
	return &View{
		Items: v.Items, Clusters: v.Clusters, Matches: v.Matches, Incidents: v.Incidents, Decisions: v.Decisions, Reviews: v.Reviews,
		Records: v.Records, Marked: v.Marked, Marks: v.Marks, Findings: v.Findings, Sources: v.Sources, Clocks: v.Clocks, Settings: v.Settings,
		read: v.read, proposed: v.proposed, at: v.at, cluster: v.cluster, places: v.places,
	}
}

// Item finds an item by its digest, nil where there is none.
func (v *View) Item(d verify.Digest) *verify.Item {
	if i, ok := v.at[d]; ok {
		return &v.Items[i]
	}
	return nil
}

// ClusterOf is the cluster that an item is in, nil for none.
func (v *View) ClusterOf(d verify.Digest) *verify.Cluster {
	if i, ok := v.cluster[d]; ok {
		return &v.Clusters[i]
	}
	return nil
}

// viewing keeps the view of a case and brings it up to date.
type viewing struct {
	mu    sync.Mutex
	view  *View
	owed  casefile.Change // what was put off
	took  time.Duration   // of the last reading of items
	ended time.Time
	timer *time.Timer
}

// A scan changes the items all the time, and reading those of a large case
// takes a moment: where it takes longer than readSoon, it is done no oftener
// than leaves readShare times as long for other work.
const (
	readSoon  = 200 * time.Millisecond
	readShare = 6
)

// View gives the case as it stands: the same one until the case changes, and
// of a change what it changed is read anew. While a scan runs, what it read in
// the last seconds may be missing from a large case.
func (c *Case) View(ctx context.Context) (*View, error) {
	w := &c.view
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// Another request may wait for this view: it is read to its end.
	ctx = context.WithoutCancel(ctx)
	after := int64(-1)
	if w.view != nil {
		after = w.view.last
	}
	change, err := c.reader.Changed(ctx, after)
	if err != nil {
		return nil, fmt.Errorf("read the case: %w", err)
	}
	change = w.owed.Add(change)
	if !change.Any() {
		return w.view, nil
	}
	now := change
	if w.view != nil && change.Items && w.took > readSoon {
		if wait := w.took*readShare - time.Since(w.ended); wait > 0 {
			c.readLater(wait)
			now.Items, now.Likeness, now.Incidents, now.Findings = false, false, false, false
			if !now.Any() {
				return w.view, nil
			}
		}
	}
	began := time.Now()
	view, err := c.readView(ctx, w.view, now)
	if err != nil {
		return nil, err
	}
	c.large.Store(len(view.Items) > manyItems)
	w.view, w.owed = view, casefile.Change{Last: change.Last}
	if now.Items {
		w.took, w.ended = time.Since(began), time.Now()
	} else if change.Items {
		w.owed = casefile.Change{Last: change.Last, Items: true, Likeness: change.Likeness, Incidents: change.Incidents, Findings: change.Findings}
	}
	return view, nil
}

// readLater reads what was put off when it is time, and tells the pages.
func (c *Case) readLater(wait time.Duration) {
	if c.view.timer != nil {
		c.view.timer.Stop()
	}
	c.view.timer = time.AfterFunc(wait, func() {
		if _, err := c.View(context.Background()); err == nil { // a page that asks is told the error itself
			c.api.events.Publish(Event{Kind: CaseChanged, Case: c.ID})
		}
	})
}

// readView makes a view from the one before and what changed since.
func (c *Case) readView(ctx context.Context, before *View, change casefile.Change) (*View, error) {
	v := &View{}
	if before != nil {
		v = before.again()
		if !change.Items && !change.Likeness && !change.Settings {
			v.inherit(before)
		}
	}
	v.last = change.Last
	v.State = fmt.Sprintf("%s-%d", c.ID, change.Last)
	f := c.reader
	if change.Settings || v.places == nil {
		v.places = sync.OnceValues(func() (*gazetteer.Gazetteer, error) { return f.Gazetteer(context.Background()) })
	}
	if err := together(
		wanted(change.Items, func() (err error) { v.read, err = presentItems(ctx, f); return }),
		wanted(change.Items, func() (err error) { v.Sources, err = f.Sources(ctx); return }),
		wanted(change.Likeness, func() (err error) { v.Clusters, err = f.Clusters(ctx); return }),
		wanted(change.Likeness, func() (err error) { v.Matches, err = f.Matches(ctx); return }),
		wanted(change.Incidents, func() (err error) { v.proposed, err = f.Incidents(ctx); return }),
		wanted(change.Decisions, func() (err error) { v.Decisions, err = f.Decisions(ctx); return }),
		wanted(change.Assessments, func() (err error) { v.Reviews, err = f.Reviews(ctx); return }),
		wanted(change.Records, func() (err error) { v.Records, err = f.Records(ctx); return }),
		wanted(change.Marks, func() (err error) { v.Marked, err = f.Marks(ctx); return }),
		wanted(change.Findings, func() (err error) { v.Findings, err = f.Findings(ctx); return }),
		wanted(change.Settings, func() (err error) { v.Settings, err = f.Settings(ctx); return }),
	); err != nil {
		return nil, fmt.Errorf("read the case: %w", err)
	}
	if change.Items || change.Likeness || change.Settings {
		if err := c.understandClocks(ctx, v); err != nil {
			return nil, err
		}
		v.index()
	}
	if change.Marks {
		v.Marks = verify.FoldMarks(v.Marked)
	}
	if change.Items || change.Incidents || change.Decisions {
		v.Incidents = verify.WithContext(verify.Decided(v.proposed, v.Decisions), v.Decisions, v.Item)
	}
	return v, nil
}

// understandClocks reads the times of the items as the settings say today.
func (c *Case) understandClocks(ctx context.Context, v *View) error {
	var zones clock.Zones
	if of := c.api.program.Zones; of != nil {
		var err error
		if zones, err = of(ctx, c.reader); err != nil {
			return fmt.Errorf("read the time zones of the case: %w", err)
		}
	}
	v.Clocks = clock.Apply(v.read, v.Clusters, zones)
	v.Items = v.Clocks.Items
	return nil
}

func (v *View) index() {
	v.at = make(map[verify.Digest]int, len(v.Items))
	for i := range v.Items {
		v.at[v.Items[i].Digest] = i
	}
	v.cluster = make(map[verify.Digest]int, 2*len(v.Clusters))
	for i := range v.Clusters {
		for _, d := range v.Clusters[i].Digests {
			v.cluster[d] = i
		}
	}
}

// presentItems reads the items that are still there, by path.
func presentItems(ctx context.Context, f *casefile.File) ([]verify.Item, error) {
	items := []verify.Item{}
	for it, err := range f.Items(ctx) {
		if err != nil {
			return nil, err
		}
		if len(it.Sightings) > 0 {
			items = append(items, it)
		}
	}
	return items, nil
}

func wanted(yes bool, f func() error) func() error {
	if yes {
		return f
	}
	return nil
}

// together runs functions at the same time and gives the first error in their
// order.
func together(fs ...func() error) error {
	errs := make([]error, len(fs))
	var wg sync.WaitGroup
	for i, f := range fs {
		if f != nil {
			wg.Go(func() { errs[i] = f() })
		}
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
