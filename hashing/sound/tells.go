package sound

import "math"

// What a fit has to show. The agreement asked for falls with its length.
const (
	leastSeconds   = 1.9
	leastHits      = 25
	leastScore     = 60
	leastAgreement = 0.28
	aboutSecond    = 0.5 // added to it, over the seconds
	nearlyAsked    = 0.75
	atOtherSpeed   = 0.12 // added for another speed or pitch, as there are many of them
	aboveChance    = 0.12 // agreement, and
	timesChance    = 1.8  // as often as a little earlier or later
	repeating      = 0.6  // share of the agreement, again within a second and a half
)

// Agreement a little earlier or later is that of chance, or of a sound that
// repeats itself.
const (
	lagFrames  = 64
	lagStep    = 2
	sameFrames = 4
	chanceSpan = 15 * frameRate // of the stretch, over which it is measured
)

// mayTell says that the tracks agree, if nearly enough, and whether or not they
// do so a little earlier or later as well.
func (p *pair) mayTell(f *fit) bool {
	f.agreement, f.hits = p.agreement(f.relation, f.from, f.to)
	long := (f.to - f.from) / frameRate
	return long >= leastSeconds/2 && f.hits >= leastHits/2 && f.agreement >= nearlyAsked*f.asked(long)
}

// tells says that the tracks agree as they do at these moments only.
func (p *pair) tells(f *fit) bool {
	f.agreement, f.hits = p.agreement(f.relation, f.from, f.to)
	long := (f.to - f.from) / frameRate
	if long < leastSeconds || f.hits < leastHits || f.score < leastScore || f.agreement < f.asked(long) {
		return false
	}
	middle := (f.from + f.to) / 2
	from, to := max(f.from, middle-chanceSpan/2), min(f.to, middle+chanceSpan/2)
	here, _ := p.agreement(f.relation, from, to)
	sum, most, n := 0.0, 0.0, 0
	for lag := -lagFrames; lag <= lagFrames; lag += lagStep {
		if lag >= -sameFrames && lag <= sameFrames {
			continue
		}
		shifted := f.relation
		shifted.offset += float64(lag)
		share, _ := p.agreement(shifted, from, to)
		sum, most, n = sum+share, max(most, share), n+1
	}
	chance := sum / float64(n)
	return here >= timesChance*chance && here >= chance+aboveChance && most < repeating*here
}

// agreement is the share of the marks of either track, from one frame of A to
// another, that are hits.
func (p *pair) agreement(r relation, from, to float64) (share float64, hits int) {
	hits = len(p.hits(r, from, to))
	all := after(p.a, to+0.5) - after(p.a, from) + after(p.b, r.inB(to)+0.5) - after(p.b, r.inB(from))
	return 2 * float64(hits) / float64(max(all, 1)), hits
}

// asked is the agreement that is asked for, of so many seconds.
func (r relation) asked(long float64) float64 {
	asked := leastAgreement + aboutSecond/long
	if math.Abs(r.speed-1) > sameSpeed || r.pitch < -1 || r.pitch > 1 {
		asked += atOtherSpeed
	}
	return asked
}

// explains says that a seed lies on the fit.
func (f fit) explains(s seed) bool {
	return s.middle > f.from-windowFrames && s.middle < f.to+windowFrames && math.Abs(f.inB(s.middle)-s.inB(s.middle)) < 3*cellFrames
}

// covers says that o is for the greater part within f, in A as well as in B.
func (f fit) covers(o fit) bool {
	inA, inB := f.shares(o)
	return inA > 0.5 && inB > 0.5
}

// outdoes says that f is so much better that o is an echo of it: of music that
// repeats itself, the moment that resembles another one.
func (f fit) outdoes(o fit) bool {
	inA, inB := f.shares(o)
	return max(inA, inB) > 0.5 && o.agreement < 0.75*f.agreement
}

// shares says how much of o is within f, in A and in B.
func (f fit) shares(o fit) (inA, inB float64) {
	share := func(from, to, low, high float64) float64 { return (min(to, high) - max(from, low)) / (high - low) }
	return share(f.from, f.to, o.from, o.to), share(f.inB(f.from), f.inB(f.to), o.inB(o.from), o.inB(o.to))
}
