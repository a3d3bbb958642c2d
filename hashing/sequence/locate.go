package sequence

import (
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

const (
	stillSide     = 4 * ReelSide // longest side of the still that is looked at: it may show the video small
	misfitMost    = 16.0         // grey levels that one cell counts for at most: captions, logos
	fitRounds     = 3            // of the photometric fit, each without the cells that misfit
	gainMost      = 2.0          // contrast of the still over that of the video, or its inverse
	distinctLeast = 0.03         // how much better than others the best moment must be to be taken
	medianOf      = 5            // every so many cells are enough for a median
	tieShare      = 0.04         // of the least misfit, and
	tieLevels     = 0.10         // grey levels, that two moments may differ by to be equally good
	locateStart   = 0.015        // of a side that the map is moved by at first
	locateTries   = 48
	hopefulMost   = 200 // moments that are looked at closely
	otherMoment   = 1.0 // seconds from which a moment is another one
)

// Locate says which moment of a video a still shows, m being the map from the
// still's picture to the video's and near the time of a frame that it was found
// to look like.
//
// Each moment is laid under the still with the contrast and brightness that fit
// best, and the least misfit wins; a cell counts for no more than a caption
// would. Among equally good moments the one nearest to near is taken, near
// itself where it is as good as any. The agreement, 0..1, is how much better
// the moment fits than any that is more than a second away: 0 where the video
// does not move, so that nothing tells its moments apart.
func Locate(still hashing.Luma, v *Reel, m hashing.Affine, near float64) (at, agreement float64) {
	small := still.Reduced(stillSide)
	if !v.valid() || len(v.Moments) == 0 || small.W <= 0 || small.H <= 0 || len(small.Pix) != small.W*small.H {
		return near, 0
	}
	picture := &Reel{W: small.W, H: small.H, Moments: []Moment{{0, small.Pix}}}
	misfits, ok := misfitsOf(picture, v, m, gridSide)
	if !ok {
		return near, 0
	}
	k := v.best(misfits, near)
	one := &Reel{W: v.W, H: v.H, Moments: v.Moments[k : k+1]}
	m, _ = ascended(m, func(m hashing.Affine) float64 {
		misfits, ok := misfitsOf(picture, one, m, gridSide)
		if !ok {
			return -misfitMost
		}
		return -misfits[0]
	}, locateStart, locateTries)
	few := v.hopeful(misfits)
	if misfits, ok = misfitsOf(picture, few, m, gridSide); !ok {
		return near, 0
	}
	at = few.Moments[few.best(misfits, near)].At
	if agreement = distinctness(few, misfits, at); agreement < distinctLeast {
		return near, 0
	}
	return at, agreement
}

// misfitsOf gives for each moment of a video how badly it fits a picture.
func misfitsOf(picture, v *Reel, m hashing.Affine, side int) ([]float64, bool) {
	g, ok := overlay(picture, v, m, side)
	if !ok {
		return nil, false
	}
	shown := g.a.film(picture).cells[0]
	misfits := make([]float64, len(v.Moments))
	for k, cells := range g.b.film(v).cells {
		misfits[k] = misfit(shown, cells)
	}
	return misfits, true
}

// best is the moment of the least misfit, of equally good ones that nearest to
// a time.
func (r *Reel) best(misfits []float64, near float64) int {
	most := slices.Min(misfits)*(1+tieShare) + tieLevels
	best := -1
	for k, m := range misfits {
		if m <= most && (best < 0 || math.Abs(r.Moments[k].At-near) < math.Abs(r.Moments[best].At-near)) {
			best = k
		}
	}
	return best
}

// hopeful is the reel of the moments that are worth a closer look.
func (r *Reel) hopeful(misfits []float64) *Reel {
	sorted := slices.Sorted(slices.Values(misfits))
	most := sorted[min(len(sorted), hopefulMost)-1]
	out := &Reel{W: r.W, H: r.H}
	for k, m := range misfits {
		if m <= most {
			out.Moments = append(out.Moments, r.Moments[k])
		}
	}
	return out
}

// distinctness is how much the least misfit is below that of any other moment.
func distinctness(v *Reel, misfits []float64, at float64) float64 {
	least, other := slices.Min(misfits), math.Inf(1)
	for k, m := range misfits {
		if math.Abs(v.Moments[k].At-at) > otherMoment {
			other = math.Min(other, m)
		}
	}
	if math.IsInf(other, 1) { // the video is too short for another moment
		other = slices.Max(misfits)
	}
	if other <= 0 {
		return 0
	}
	return math.Max(0, 1-least/other)
}

// misfit is the mean difference in grey levels of two pictures, after the
// contrast and brightness of the second are fitted to the first by the cells
// that agree.
func misfit(shown, cells []float32) float64 {
	differences := make([]float32, 0, len(shown)/medianOf+1)
	for i := 0; i < len(shown); i += medianOf {
		differences = append(differences, shown[i]-cells[i])
	}
	slices.Sort(differences)
	gain, lift := 1.0, float64(differences[len(differences)/2])
	for round := range fitRounds {
		within := misfitMost * float64(fitRounds-round)
		var n, x, y, xx, xy float64
		for i, s := range shown {
			u, w := float64(cells[i]), float64(s)
			if math.Abs(w-gain*u-lift) <= within {
				n, x, y, xx, xy = n+1, x+u, y+w, xx+u*u, xy+u*w
			}
		}
		spread := xx - x*x/math.Max(n, 1)
		if n < leastCells/2 || spread < 1 {
			break
		}
		gain = math.Max(1/gainMost, math.Min((xy-x*y/n)/spread, gainMost))
		lift = (y - gain*x) / n
	}
	var sum float64
	for i, s := range shown {
		sum += math.Min(math.Abs(float64(s)-gain*float64(cells[i])-lift), misfitMost)
	}
	return sum / float64(len(shown))
}
