// Package match finds items that show the same picture content, and joins
// copies of whole pictures into clusters.
//
// Start at [Find] for a case and at [Compare] for two items. Find works in
// three steps:
//
//  1. candidates: the perceptual hashes of all pictures and video frames go
//     into one index, and each is looked up under the eight symmetries, whole
//     and with its bars cut off;
//  2. examination: a pair of pictures is confirmed by the block check, a pair
//     of videos by a stretch of frames in one order (hashing/sequence);
//  3. clusters: items joined by matches that cover the whole of both.
//
// It promises: a crop, a frame or a clip is a part and joins no cluster; a
// featureless picture is matched by its bytes alone; the result does not
// depend on the order of the items nor on the number of workers. Burst
// photographs and neighbouring frames cannot be told from copies.
package match

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// Options say where thumbnails come from and who is told of the progress.
type Options struct {
	// Thumb gives the thumbnail of an item's frame; nil reads Frame.Thumb.
	// It may be called by several goroutines.
	Thumb func(d verify.Digest, at time.Duration) (hashing.Luma, error)
	// Progress is told how many of the pairs have been examined. It is called
	// by one goroutine at a time.
	Progress func(done, total int)
	Workers  int // goroutines; 0 takes all processors
}

// Result is what is alike in a case.
type Result struct {
	Matches  []verify.Match   // by A, then B
	Clusters []verify.Cluster // by first member
	Notes    []string         // what was left out, one sentence each
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Find compares every item with every other. A thumbnail that cannot be read
// costs its pairs and becomes a note; the error is that of ctx.
func Find(ctx context.Context, items []verify.Item, o Options) (Result, error) {
	items = slices.DeleteFunc(ordered(items), empty)
	pairs, notes, err := candidates(ctx, items, o.workers())
	if err != nil {
		return Result{}, fmt.Errorf("find similar items: %w", err)
	}
	found, unread, err := examineAll(ctx, items, pairs, o)
	if err != nil {
		return Result{}, fmt.Errorf("examine similar items: %w", err)
	}
	notes = append(notes, unread...)
	clusters := makeClusters(items, found)
	for i := range items {
		found = append(found, sightingPairs(&items[i])...)
	}
	slices.SortFunc(found, func(a, b verify.Match) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return Result{Matches: found, Clusters: clusters, Notes: notes}, nil
}

// Compare says how a and b are alike; ok is false when they share nothing that
// can be found.
func Compare(a, b verify.Item, o Options) (m verify.Match, ok bool, err error) {
	if a.Digest == b.Digest {
		return exact(firstPath(&a), firstPath(&b), a.Digest), true, nil
	}
	return examiner{thumb: o.thumb()}.examine(&a, &b)
}

// empty files are all equal and share nothing.
func empty(it verify.Item) bool { return it.Size == 0 && len(it.Frames) == 0 }

// ordered sorts items by the path of their first sighting, their name in
// matches, and puts items without any sighting last, by digest.
func ordered(items []verify.Item) []verify.Item {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b verify.Item) int {
		if x, y := len(a.Sightings) == 0, len(b.Sightings) == 0; x != y {
			if x {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(firstPath(&a), firstPath(&b)), cmp.Compare(a.Digest, b.Digest))
	})
	return items
}

func firstPath(it *verify.Item) string {
	first := ""
	for i, s := range it.Sightings {
		if i == 0 || s.Path < first {
			first = s.Path
		}
	}
	return first
}

// examineAll examines the candidate pairs and keeps what matches, in the order
// of the pairs.
func examineAll(ctx context.Context, items []verify.Item, pairs []pair, o Options) ([]verify.Match, []string, error) {
	x := examiner{thumb: o.thumb()}
	results := make([]*verify.Match, len(pairs))
	failed := make([]error, len(pairs))
	var next atomic.Int64
	var wg sync.WaitGroup
	told := teller{o: o, total: len(pairs)}
	for range o.workers() {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(pairs) {
					return
				}
				m, ok, err := x.examine(&items[pairs[i].a], &items[pairs[i].b])
				failed[i] = err
				if ok {
					results[i] = &m
				}
				told.one()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	var found []verify.Match
	var notes []string
	for i, m := range results {
		if m != nil {
			found = append(found, *m)
		}
		if failed[i] != nil {
			notes = append(notes, failed[i].Error())
		}
	}
	slices.Sort(notes)
	return found, slices.Compact(notes), nil
}

// teller reports progress, one call at a time.
type teller struct {
	sync.Mutex
	o           Options
	done, total int
}

func (t *teller) one() {
	if t.o.Progress == nil {
		return
	}
	t.Lock()
	defer t.Unlock()
	t.done++
	t.o.Progress(t.done, t.total)
}

func (o Options) thumb() func(*verify.Item, int) (hashing.Luma, error) {
	return func(it *verify.Item, frame int) (l hashing.Luma, err error) {
		f := &it.Frames[frame]
		if o.Thumb != nil {
			l, err = o.Thumb(it.Digest, f.At)
		} else {
			l, err = hashing.FromJPEG(f.Thumb)
		}
		if err != nil {
			return l, fmt.Errorf("read thumbnail of %s: %w", firstPath(it), err)
		}
		return l, nil
	}
}
