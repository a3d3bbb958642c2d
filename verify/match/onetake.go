package match

// clearlyBetter is by how much more of its blocks a photograph agrees with one
// video than with another, for the other to be out of the question.
const clearlyBetter = 0.2

// oneTake settles which videos a photograph is a frame of. It shows one moment
// of one take: of videos that show nothing of each other it can be a frame of
// one only. Where it agrees clearly better with that one or a copy of it, the
// others show another take of the same place, however much of the place lies
// still.
func (s *search) oneTake(links []link) []link {
	takes := s.joined(links, func(l *link) bool {
		return l.Film != nil && !l.Film.Take && !l.Film.Still[0] && !l.Film.Still[1]
	})
	shows := map[int][]int{} // photograph -> links with the videos it is a frame of
	for i := range links {
		if photo, _, ok := s.frameOf(&links[i]); ok {
			shows[photo] = append(shows[photo], i)
		}
	}
	var others []int
	for _, list := range shows {
		best := map[int]float64{} // by take
		most := 0.0
		for _, i := range list {
			_, video, _ := s.frameOf(&links[i])
			take := takes.find(video)
			best[take] = max(best[take], links[i].score())
			most = max(most, best[take])
		}
		for _, i := range list {
			_, video, _ := s.frameOf(&links[i])
			if best[takes.find(video)] <= most-clearlyBetter {
				others = append(others, i)
			}
		}
	}
	for _, i := range others { // all are chosen first, so that order cannot matter
		f := *links[i].Film // what is remembered of the pair stays
		f.Take = true
		links[i].Film = &f
	}
	return links
}

// frameOf gives the photograph and the video of a link that makes the one a
// frame of the other.
func (s *search) frameOf(l *link) (photo, video int, ok bool) {
	if l.Film == nil || l.Film.Take || l.Film.Still[0] == l.Film.Still[1] {
		return 0, 0, false
	}
	// A film reads from the item with the lesser digest.
	first, second := l.a, l.b
	if s.items[first].Digest > s.items[second].Digest {
		first, second = second, first
	}
	if l.Film.Still[0] {
		return first, second, true
	}
	return second, first, true
}
