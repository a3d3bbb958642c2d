package match

import (
	"context"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Compare says how a and b are alike; ok is false when they share nothing that
// can be found.
func Compare(a, b verify.Item, o Options) (m verify.Match, ok bool, err error) {
	if a.Digest == b.Digest {
		return exact(firstPath(&a), firstPath(&b), a.Digest), true, nil
	}
	s := newSearch([]verify.Item{a, b}, o)
	if len(s.items) < 2 {
		return m, false, nil
	}
	ctx := context.Background()
	if isVideo(&a) || isVideo(&b) {
		if _, _, err := s.ranked(ctx); err != nil {
			return m, false, err
		}
	}
	v, err := s.x.examine(&a, &b, s.seedsOf(0, 1))
	if err != nil || !v.found() || v.Stills != nil && v.Stills.framed() {
		return m, false, err
	}
	m = v.match(&a, &b)
	m.Sound, err = s.soundOf(ctx, v)
	return m, err == nil, err
}

// soundOf says how the sound of the only two items goes with their pictures.
func (s *search) soundOf(ctx context.Context, v verdict) (source.Text, error) {
	links := []link{{0, 1, v}}
	h, err := s.listen(ctx, links)
	if err != nil {
		return "", err
	}
	m := v.match(&s.items[0], &s.items[1])
	return h.of(&links[0], [2]*[2]float64{m.TimeA, m.TimeB}), nil
}
