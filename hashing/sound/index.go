package sound

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

const (
	mostTracks   = 1 << (64 - trackShift)
	mostPostings = 10_000_000 // of all tracks, reckoned by quadsOfMark; above, quads are thinned
	leastThinned = 3
	mostFollowed = 32        // other postings of one key that are looked at
	mostWaiting  = 1_000_000 // votes that wait to be counted
	// likelyAgreement is that of three seconds of a candidate; chance gives half of it.
	likelyAgreement = 0.2
)

// posting is a quad of a track among many.
type posting struct {
	track int32
	quad
}

// index holds the quads of many tracks by their keys.
type index struct {
	start    []uint32 // of each key in postings
	postings []posting
	thin     uint
}

// newIndex makes the index of tracks, in two passes: one counts, one places.
func newIndex(tracks []Track) *index {
	marks := 0
	for i := range tracks {
		marks += len(tracks[i].marks)
	}
	x := &index{start: make([]uint32, quadKeys+1)}
	x.thin = max(leastThinned, uint(bits.Len(uint(marks*quadsOfMark/mostPostings))))
	for i := range tracks {
		eachQuad(tracks[i].marks, x.thin, func(q quad) { x.start[q.key()+1]++ })
	}
	for i := range quadKeys {
		x.start[i+1] += x.start[i]
	}
	x.postings = make([]posting, x.start[quadKeys])
	next := slices.Clone(x.start)
	for i := range tracks {
		eachQuad(tracks[i].marks, x.thin, func(q quad) {
			at := &next[q.key()]
			x.postings[*at] = posting{int32(i), q}
			*at++
		})
	}
	for i := range quadKeys {
		slices.SortFunc(x.postings[x.start[i]:x.start[i+1]], posting.compare)
	}
	return x
}

// compare orders the postings of one key: by pitch, so that those are together
// of which one can be the other, and by track.
func (p posting) compare(o posting) int {
	return cmp.Or(cmp.Compare(p.pitch(), o.pitch()), cmp.Compare(p.track, o.track), cmp.Compare(p.quad, o.quad))
}

// Pairs finds the pairs of tracks, of a million at most, that may have a stretch in common, for Align
// to look at: pairs of indexes, the lesser first, in order. What it takes grows
// with the length of all tracks together, not with the number of pairs.
func Pairs(tracks []Track) [][2]int {
	tracks = tracks[:min(len(tracks), mostTracks)]
	var pairs [][2]int
	x := newIndex(tracks)
	for i := range tracks {
		for _, other := range x.partners(tracks, i) {
			pairs = append(pairs, [2]int{i, other})
		}
	}
	return pairs
}

// partners gives the tracks after one that agree with it somewhere, in order.
func (x *index) partners(tracks []Track, track int) []int {
	var partners []int
	var votes []vote // for all tracks, each with the track in its upper bits
	settle := func() {
		slices.Sort(votes)
		for all := votes; len(all) > 0; {
			other := all[0] >> trackShift
			n, _ := slices.BinarySearch(all, (other+1)<<trackShift)
			if n >= leastVotes && likely(&tracks[track], &tracks[other], all[:n]) {
				partners = append(partners, int(other))
			}
			all = all[n:]
		}
		votes = votes[:0]
	}
	window := -1.0
	eachQuad(tracks[track].marks, x.thin, func(q quad) {
		// The votes of one window are counted together.
		if now := math.Floor(q.frame() / windowFrames); now != window {
			if window = now; len(votes) > mostWaiting {
				settle()
			}
		}
		x.following(int32(track), q, func(p posting) {
			before := len(votes)
			relate(q, p.quad, func(way int, r relation) { votes = appendVotes(votes, q, way, r) })
			for i := range votes[before:] {
				votes[before+i] |= vote(p.track) << trackShift
			}
		})
	})
	settle()
	slices.Sort(partners)
	return slices.Compact(partners)
}

// likely says that two tracks agree about the place that most votes, in order,
// are for.
func likely(a, b *Track, votes []vote) bool {
	p := &pair{a: a.marks, b: b.marks}
	seeds := count(votes)
	for _, s := range seeds[:min(len(seeds), 3)] {
		f := fit{relation: s.relation, from: s.middle, to: s.middle}
		if !p.centre(&f) {
			continue
		}
		if share, _ := p.agreement(f.relation, s.middle-windowFrames/2, s.middle+windowFrames/2); share >= likelyAgreement {
			return true
		}
	}
	return false
}

// following gives the postings of later tracks with the key of a quad and about
// its pitch. Where there are many of one pitch, those that come next in order
// of the tracks are given.
func (x *index) following(track int32, q quad, yield func(posting)) {
	same := x.postings[x.start[q.key()]:x.start[q.key()+1]]
	lowest := posting{quad: newQuad(0, 0, 0, uint8(max(q.pitch()-mostPitch, 0)))}
	for same = same[notBefore(same, lowest):]; len(same) > 0 && same[0].pitch() <= q.pitch()+mostPitch; {
		pitch := same[0].pitch()
		same = same[notBefore(same, posting{track + 1, newQuad(0, 0, 0, uint8(pitch))}):]
		n := 0
		for n < min(len(same), mostFollowed) && same[n].pitch() == pitch {
			yield(same[n])
			n++
		}
		same = same[n:]
		same = same[notBefore(same, posting{0, newQuad(0, 0, 0, uint8(pitch+1))}):]
	}
}

// notBefore is the first place of one that does not come before p: it is looked
// for near the front first.
func notBefore(all []posting, p posting) int {
	n := 1
	for n < len(all) && all[n-1].compare(p) < 0 {
		n *= 2
	}
	at, _ := slices.BinarySearchFunc(all[n/2:min(n, len(all))], p, posting.compare)
	return n/2 + at
}
