// Package match finds items that show the same picture content, and joins
// copies of whole pictures into clusters.
//
// Start at [Find] for a case and at [Compare] for two items. Find works in
// these steps:
//
//  1. candidates: every still, and some frames of every video, ask the index of
//     keypoints for the likeliest others, and the perceptual hashes of all
//     pictures and video frames are looked up under the eight symmetries, whole
//     and with bars cut off;
//  2. examination: two stills are laid onto each other by their hashes or their
//     keypoints and compared block by block. Of two videos a few frames are,
//     which says how the pictures lie; what moves in them then tells which
//     moment of one is which of the other, and one recording from two of one
//     place (hashing/sequence). Where nothing does, and each moves over a still
//     picture at its own speed, they are put together to these pictures, which
//     are compared. A still is compared with the likeliest frames of
//     a video, and the moment is sought around them;
//  3. what many different pictures show at one place, an app's frame or a
//     station's ident, is learnt from the case, and matches that rest on it are
//     dropped;
//  4. following: where X shows a part of Y, and Y is a copy of Z, X and Z are
//     compared where X must lie, until nothing new comes of it. A photograph is
//     a frame of one take only, the one it agrees with clearly best, and of
//     every video that shows the same moment of it;
//  5. clusters: items joined by matches that cover the whole of both, of videos
//     in time and picture;
//  6. sound: the tracks of videos are compared, and what does not go with the
//     pictures becomes a finding.
//
// It promises: every match has been confirmed by a block check of its own; a
// crop, a tile, a frame or a clip is a part and joins no cluster; another shot
// of the same place is no copy; a featureless picture is matched by its bytes
// alone; what a person has said of a pair goes before what the comparison says; the result does not depend
// on the order of the items, nor on the number of workers, nor on what an
// earlier search remembers, and reads the same from either side. Burst
// photographs and neighbouring frames cannot be told from copies.
package match

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

// Options say where thumbnails and keypoints come from, what is known already,
// and who is told of the progress. Thumb, Features and Known may be called by
// several goroutines at once.
type Options struct {
	// Thumb gives the thumbnail of an item's frame; nil reads Frame.Thumb.
	Thumb func(d verify.Digest, at time.Duration) (hashing.Luma, error)
	// Features gives the keypoints of an item's frame, an empty set where none
	// are kept; nil decodes Frame.Features.
	Features func(d verify.Digest, at time.Duration) (feature.Set, error)
	// Reel gives the small pictures of a video, an empty reel where none are
	// kept; nil decodes Item.Moving.Reel.
	Reel func(d verify.Digest) (sequence.Reel, error)
	// Sound gives the fingerprint of a video's sound track, a silent one where
	// there is none; nil decodes Item.Moving.Sound.
	Sound func(d verify.Digest) (sound.Track, error)
	// Index holds the keypoints of every still under its Digest.Key(0), and of
	// every frame of a video that has some under the key of its time; nil has it
	// made in memory. What it holds beside is passed over.
	Index *index.Descriptors
	// Contents names what Index holds, "" for not known: where an earlier search
	// had the same name, what its index answered is remembered too.
	Contents string
	// Words is what people have said of pairs.
	Words
	// Known gives what an earlier search remembered of an item, nil for
	// nothing; Remember is told what to keep in its place, from one goroutine
	// at the end of the search and, of a large case, on the way: a search that
	// was stopped goes on from there. The bytes are opaque and name the [Version]
	// that wrote them. They are good as long as Thumb and Features give the
	// same for the items, and must be dropped when those are made anew.
	Known    func(d verify.Digest) ([]byte, error)
	Remember func(d verify.Digest, verdicts []byte) error
	// Progress is told how many comparisons are done, of a still with the index
	// or of two items; the total grows as candidates are found. It is called by
	// one goroutine at a time.
	Progress func(done, total int)
	Workers  int // goroutines; 0 takes all processors

	inParts int // for tests; 0 takes keptEvery
}

// Result is what is alike in a case.
type Result struct {
	Matches  []verify.Match   // by A, then B
	Clusters []verify.Cluster // by first member
	// Findings are what is said of items beside: the same sound with other
	// pictures, the same pictures with another sound. By path.
	Findings []verify.Finding
	// Sparse are the videos that match something, or nearly, and whose reel holds
	// too few moments to say from when to when. Wanted with more of them.
	Sparse []verify.Digest
	Notes  []string // what was left out, one sentence each
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Find compares every item with every other. A thumbnail that cannot be read
// costs its pairs and becomes a note; the error is that of ctx, or that no
// index could be made.
func Find(ctx context.Context, items []verify.Item, o Options) (Result, error) {
	s := newSearch(items, o)
	links, err := s.links(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("find similar items: %w", err)
	}
	s.store()
	sounds, err := s.listen(ctx, links)
	if err != nil {
		return Result{}, fmt.Errorf("find similar sound: %w", err)
	}
	var found []verify.Match
	for i := range links {
		l := &links[i]
		m := l.match(&s.items[l.a], &s.items[l.b])
		m.Sound = sounds.of(l, [2]*[2]float64{m.TimeA, m.TimeB})
		found = append(found, m)
	}
	findings := s.findings(sounds, links, found)
	found = s.asSaid(found)
	clusters := s.clusters(links)
	for i := range s.items {
		found = append(found, sightingPairs(&s.items[i])...)
	}
	slices.SortFunc(found, func(a, b verify.Match) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.DigestA, b.DigestA), cmp.Compare(a.DigestB, b.DigestB))
	})
	slices.Sort(s.notes)
	return Result{Matches: found, Clusters: clusters, Findings: findings, Sparse: s.sparse(links), Notes: slices.Compact(s.notes)}, nil
}

// links takes the steps from items to what joins them. The likeliest pairs
// are examined and followed first; of the others only those are left that no
// way over copies has settled.
func (s *search) links(ctx context.Context) ([]link, error) {
	if err := s.remember(ctx); err != nil {
		return nil, err
	}
	pairs, err := s.candidates(ctx)
	if err != nil {
		return nil, err
	}
	likely := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return p.late })
	found, err := s.examined(ctx, likely)
	if err != nil {
		return nil, err
	}
	links, err := s.followed(ctx, found)
	if err != nil {
		return nil, err
	}
	found = united(links, found)
	settled := map[[2]int]bool{}
	for i := range found {
		settled[[2]int{found[i].a, found[i].b}] = true
	}
	more, err := s.examined(ctx, slices.DeleteFunc(pairs, func(p pair) bool { return !p.late || settled[[2]int{p.a, p.b}] }))
	if err != nil {
		return nil, err
	}
	found = united(found, more)
	if links, err = s.followed(ctx, found); err != nil {
		return nil, err
	}
	if links, err = s.throughVideos(ctx, s.oneTake(links)); err != nil {
		return nil, err
	}
	if n := len(united(found, links)) - len(links); n > 0 {
		s.note(plural(n, "pair") + " with nothing in common but a frame around different pictures (an app's, a station's) were left out")
	}
	return links, nil
}

// followed drops the links that rest on what many pictures share, and follows
// the others to further ones.
func (s *search) followed(ctx context.Context, found []link) ([]link, error) {
	shared, err := s.commonParts(ctx, found)
	if err != nil {
		return nil, err
	}
	links, err := s.outside(ctx, shared, found)
	if err != nil {
		return nil, err
	}
	return s.extended(ctx, shared, links)
}

// united is the links of both, in order, one for each pair: that of p where
// both have one.
func united(p, q []link) []link {
	all := slices.Concat(p, q)
	slices.SortStableFunc(all, func(p, q link) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	return slices.CompactFunc(all, func(p, q link) bool { return p.a == q.a && p.b == q.b })
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
