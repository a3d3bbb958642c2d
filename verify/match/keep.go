package match

import (
	"context"
	"crypto/sha256"
	"maps"
)

// keptEvery is after how much work, in stills that asked the index or pairs that
// were examined, what was found out is handed to the keeper before the search
// ends: one that is stopped in a large case goes on from there. A smaller case
// keeps all at its end.
const keptEvery = 4096

func (o Options) keptEvery() int {
	if o.inParts > 0 {
		return o.inParts
	}
	return keptEvery
}

// inParts is each for work whose fruit is kept as it comes: about names the
// items of which something was found out by one piece of it.
func (s *search) inParts(ctx context.Context, n int, f func(i int), about func(i int) int) error {
	part := s.o.keptEvery()
	for from := 0; from < n; from += part {
		to := min(n, from+part)
		if err := s.each(ctx, to-from, func(k int) { f(from + k) }); err != nil {
			return err
		}
		if to == n { // the rest is kept when the search ends
			return nil
		}
		done := map[int]bool{}
		for i := from; i < to; i++ {
			done[about(i)] = true
		}
		s.keepSoFar(done)
	}
	return ctx.Err()
}

// keepSoFar hands over the pages of items, with what is still known from before.
// No worker runs meanwhile. What cannot be kept now is tried again at the end.
func (s *search) keepSoFar(items map[int]bool) {
	if s.o.Remember == nil {
		return
	}
	for i := range items {
		d := s.items[i].Digest
		p := s.memory.items[d]
		if p == nil {
			continue
		}
		raw, err := p.soFar(s.o.Contents).write(s.o.Contents)
		if err != nil || sha256.Sum256(raw) == p.was {
			continue
		}
		if s.o.Remember(d, raw) == nil {
			p.was = sha256.Sum256(raw)
		}
	}
}

// soFar is a page with what this search found out, and what earlier ones did
// that it has not come to.
func (p *page) soFar(contents string) *page {
	all := &page{kept: maps.Clone(p.known), answered: rankings{}}
	if all.kept == nil {
		all.kept = map[topic]verdict{}
	}
	maps.Copy(all.kept, p.kept)
	if p.index == contents {
		maps.Copy(all.answered, p.answers)
	}
	maps.Copy(all.answered, p.answered)
	return all
}

// holder is the item on whose page the verdict on a pair stands.
func (s *search) holder(a, b int) int {
	if s.items[a].Digest > s.items[b].Digest {
		return b
	}
	return a
}
