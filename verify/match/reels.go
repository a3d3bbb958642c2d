package match

import (
	"container/list"
	"fmt"
	"sync"

	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// reelsHeld is how many reels are kept at hand: about 0.6 MB for a minute.
	reelsHeld = 32

	// leastMoments is how many moments a stretch rests on. A video of fewer is
	// compared as a picture.
	leastMoments = 3
)

// reels keeps the reels that were asked for last. It may be used by several
// goroutines.
type reels struct {
	mu    sync.Mutex
	at    map[verify.Digest]*list.Element
	order *list.List // of *heldReel, the latest first
}

type heldReel struct {
	digest verify.Digest
	once   sync.Once
	reel   sequence.Reel
	err    error
}

func newReels() *reels { return &reels{at: map[verify.Digest]*list.Element{}, order: list.New()} }

func (r *reels) take(d verify.Digest) *heldReel {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e := r.at[d]; e != nil {
		r.order.MoveToFront(e)
		return e.Value.(*heldReel)
	}
	h := &heldReel{digest: d}
	r.at[d] = r.order.PushFront(h)
	if r.order.Len() > reelsHeld {
		last := r.order.Remove(r.order.Back()).(*heldReel)
		delete(r.at, last.digest)
	}
	return h
}

// reel is the small pictures of a video; without any where none are kept.
func (s *shelf) reel(it *verify.Item) (*sequence.Reel, error) {
	h := s.reels.take(it.Digest)
	h.once.Do(func() {
		switch {
		case s.o.Reel != nil:
			h.reel, h.err = s.o.Reel(it.Digest)
		case it.Moving != nil && len(it.Moving.Reel) > 0:
			h.reel, h.err = sequence.DecodeReel(it.Moving.Reel)
		}
		if h.err != nil {
			h.err = fmt.Errorf("read the moments of %s: %w", firstPath(it), h.err)
		}
	})
	return &h.reel, h.err
}

// sparse says that a reel holds too few moments to say from when to when.
func sparse(r *sequence.Reel) bool {
	return len(r.Moments) < leastMoments || r.Sparse()
}
