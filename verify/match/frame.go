package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// framesTried is how many frames of a video a photograph is compared with,
	// of those whose hashes are near and of those that keypoints propose.
	framesTried = 4
	// neighbours is how many frames around the moment that was found are
	// compared again.
	neighbours = 2

	// standsOut is how much better than any other a moment of a video fits a
	// photograph of it. Of other takes of one place no moment had more than
	// 0.15; of the true ones half had 0.35.
	standsOut = 0.2
	// nearlyAll is the share of the blocks of a photograph and a frame that agree,
	// words and symbols left out, in what is not another take.
	nearlyAll = 0.85
)

// stillInVideo finds the moment of v that a photograph shows. It reads from the
// photograph to the video.
func (x examiner) stillInVideo(still, v *verify.Item, seeds []seed) (*film, error) {
	photo := shot{still, 0}
	best, err := x.likeFrame(photo, v, seeds)
	if err != nil || best.finding == nil {
		return nil, err
	}
	at, distinct := shot{v, best.b}.at(), 0.0
	r, err := x.reel(v)
	if err != nil {
		return nil, err
	}
	if len(r.Moments) >= leastMoments {
		l, err := x.thumb(still, 0)
		if err != nil {
			return nil, err
		}
		at, distinct = sequence.Locate(l, r, best.Agreement.Map, at)
		if best, err = x.nearer(photo, v, best, at); err != nil {
			return nil, err
		}
	}
	if best.framed() {
		return nil, nil
	}
	f := &film{finding: *best.finding, Frames: [2]int{0, best.b}, Times: [2]float64{0, at}, Still: [2]bool{true, false}}
	f.Take = !best.sameMoment(distinct)
	return f, nil
}

// sameMoment says that a photograph shows a moment of a video, and not only
// what the camera saw before or after, or in another take. Either the moment
// stands out among those of the video, or two of three hold: it stands out a
// little, the pictures agree in nearly all, and nothing in them has shifted.
func (f *finding) sameMoment(distinct float64) bool {
	reasons := 0
	if f.Agreement.Verdict == hashing.Copy {
		reasons++
	}
	if max(f.Agreement.Share, f.Agreement.Natural) >= nearlyAll {
		reasons++
	}
	if distinct >= standsOut/2 {
		reasons++
	}
	return distinct >= standsOut || reasons >= 2
}

// likeFrame compares a photograph with the frames that look most like it, and
// with those beside them.
func (x examiner) likeFrame(photo shot, v *verify.Item, seeds []seed) (best meeting, err error) {
	var list []int
	add := func(frame int) {
		if frame >= 0 && frame < len(v.Frames) && !slices.Contains(list, frame) {
			list = append(list, frame)
		}
	}
	alike := twins(photo.item, v, frameRadius)
	for _, t := range alike[:min(len(alike), framesTried)] {
		add(t.b)
	}
	for _, s := range seeds[:min(len(seeds), framesTried)] {
		add(s.b)
	}
	if len(seeds) > weakSeeds {
		for _, s := range seeds[:weakSeeds] {
			add(s.b - 1)
			add(s.b + 1)
		}
	}
	for _, frame := range list {
		f, err := x.compared(photo, shot{v, frame})
		if err != nil {
			return best, err
		}
		if f != nil && (best.finding == nil || better(f, best.finding)) {
			best = meeting{seed{0, frame}, f}
		}
		if f != nil && f.clear() {
			break
		}
	}
	return best, nil
}

// nearer compares a photograph with the frames beside the moment that it shows,
// where it is known to lie on them, and gives the one that agrees best.
func (x examiner) nearer(photo shot, v *verify.Item, known meeting, at float64) (meeting, error) {
	order := make([]int, len(v.Frames))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(math.Abs(shot{v, i}.at()-at), math.Abs(shot{v, j}.at()-at))
	})
	best := known
	for _, frame := range order[:min(len(order), neighbours)] {
		f, err := x.under(photo, shot{v, frame}, known.Agreement.Map, ledInliers)
		if err != nil {
			return best, err
		}
		if f != nil && better(f, best.finding) {
			f.Agreement.Inliers = known.Agreement.Inliers
			best = meeting{seed{0, frame}, f}
		}
	}
	return best, nil
}
