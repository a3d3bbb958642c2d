package match

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// throughBudget is how many pairs of a photograph and a video are compared
// because another video leads to them.
const throughBudget = 50_000

// passage is a way from a photograph over one video to another.
type passage struct {
	photo, video int
	at           float64        // second of the video that shows the photograph's moment
	m            hashing.Affine // from the photograph to the video
	score        float64        // of the link that it begins with
}

// throughVideos follows the links of photographs along those of videos: what
// is a frame of one video is one of every other that shows the same moment.
// Which moment that is and where it lies is known then; the block check at that
// place decides, as it does on every pair.
func (s *search) throughVideos(ctx context.Context, links []link) ([]link, error) {
	ways := s.passages(links)
	if n := len(ways) - throughBudget; n > 0 {
		s.note(fmt.Sprintf("the case is large: %d pairs of a photograph and a video that other videos point to were not examined", n))
		ways = ways[:throughBudget]
	}
	more, err := s.judged(ctx, len(ways), func(i int) (link, error) {
		w := ways[i]
		photo, video := &s.items[w.photo], &s.items[w.video]
		f, err := s.x.through(photo, video, w.m, w.at)
		if f != nil && photo.Digest > video.Digest {
			back := f.exchanged()
			f = &back
		}
		return link{min(w.photo, w.video), max(w.photo, w.video), verdict{Film: f}}, err
	})
	if err != nil {
		return nil, err
	}
	return united(more, links), nil // what is found now replaces another shot
}

// passages lists the pairs that other videos lead to, each by its best way, in
// order.
func (s *search) passages(links []link) []passage {
	linked := map[[2]int]bool{}
	films := map[int][]*link{} // of a video, to others
	for i := range links {
		l := &links[i]
		switch photo, video, ok := s.frameOf(l); {
		case ok:
			linked[[2]int{photo, video}] = true
		case l.Film != nil && !l.Film.Take && l.Film.Still == [2]bool{}:
			films[l.a], films[l.b] = append(films[l.a], l), append(films[l.b], l)
		}
	}
	best := map[[2]int]passage{}
	for i := range links {
		photo, video, ok := s.frameOf(&links[i])
		if !ok {
			continue
		}
		f := s.readFrom(&links[i], photo)
		for _, l := range films[video] {
			p := passage{photo: photo, video: l.a + l.b - video, score: f.Agreement.Share}
			key := [2]int{photo, p.video}
			if linked[key] || s.apart(&s.items[photo], &s.items[p.video]) || p.score <= best[key].score {
				continue
			}
			g := s.readFrom(l, video)
			if p.at, p.m, ok = g.leads(f.Times[1]); ok {
				p.m = f.Agreement.Map.Then(p.m)
				best[key] = p
			}
		}
	}
	var all []passage
	for _, p := range best {
		all = append(all, p)
	}
	slices.SortFunc(all, func(p, q passage) int { return cmp.Or(cmp.Compare(p.photo, q.photo), cmp.Compare(p.video, q.video)) })
	return all
}

// readFrom is the film of a link, read from one of its items.
func (s *search) readFrom(l *link, item int) film {
	other := l.a + l.b - item
	if s.items[item].Digest < s.items[other].Digest {
		return *l.Film
	}
	return l.Film.exchanged()
}

// leads gives the second of the other video that shows what this one shows at
// a second, and the map between the two pictures there.
func (f *film) leads(at float64) (there float64, m hashing.Affine, ok bool) {
	for _, s := range f.Shared {
		if !s.Uncertain && s.Speed > 0 && s.StartA <= at && at <= s.EndA {
			return (at - s.Offset) / s.Speed, s.Map, true
		}
	}
	return 0, m, false
}

// through compares a photograph with the frames of a video around a second
// that other videos lead to.
func (x examiner) through(still, v *verify.Item, m hashing.Affine, at float64) (*film, error) {
	frames := make([]int, len(v.Frames))
	for i := range frames {
		frames[i] = i
	}
	slices.SortStableFunc(frames, func(i, j int) int {
		return cmp.Compare(math.Abs(shot{v, i}.at()-at), math.Abs(shot{v, j}.at()-at))
	})
	var best meeting
	for _, frame := range frames[:min(len(frames), neighbours)] {
		f, err := x.under(shot{still, 0}, shot{v, frame}, m, ledInliers)
		if err != nil {
			return nil, err
		}
		if f != nil && f.Agreement.Agreeing >= ledBlocks && (best.finding == nil || better(f, best.finding)) {
			best = meeting{seed{0, frame}, f}
		}
	}
	if best.finding == nil || best.framed() {
		return nil, nil
	}
	best.Led = true
	return &film{finding: *best.finding, Frames: [2]int{0, best.b}, Times: [2]float64{0, at}, Still: [2]bool{true, false}}, nil
}
