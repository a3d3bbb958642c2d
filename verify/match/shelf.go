package match

import (
	"container/list"
	"fmt"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

// shelved is how many pictures are kept at hand: about 100 KB each.
const shelved = 640

// shelf gives thumbnails and keypoints of stills and frames, and keeps those
// asked for last. It may be used by several goroutines.
type shelf struct {
	o      Options
	mu     sync.Mutex
	at     map[place]*list.Element
	order  *list.List // of *held, the latest first
	reels  *reels
	panned panoramas
}

// place is a frame of an item.
type place struct {
	digest verify.Digest
	at     time.Duration
}

// held is what has been read of a frame. Each part is read once.
type held struct {
	place
	detail, points sync.Once
	small          sync.Once
	luma           hashing.Luma
	set            feature.Set
	found          feature.Set // in the thumbnail
	lumaErr        error
	setErr         error
}

func newShelf(o Options) *shelf {
	return &shelf{o: o, at: map[place]*list.Element{}, order: list.New(), reels: newReels()}
}

func (s *shelf) take(it *verify.Item, frame int) *held {
	p := place{it.Digest, it.Frames[frame].At}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.at[p]; e != nil {
		s.order.MoveToFront(e)
		return e.Value.(*held)
	}
	h := &held{place: p}
	s.at[p] = s.order.PushFront(h)
	if s.order.Len() > shelved {
		last := s.order.Remove(s.order.Back()).(*held)
		delete(s.at, last.place)
	}
	return h
}

// thumb is the thumbnail of a frame.
func (s *shelf) thumb(it *verify.Item, frame int) (hashing.Luma, error) {
	h := s.take(it, frame)
	h.detail.Do(func() {
		if s.o.Thumb != nil {
			h.luma, h.lumaErr = s.o.Thumb(it.Digest, h.place.at)
		} else {
			h.luma, h.lumaErr = hashing.FromJPEG(it.Frames[frame].Thumb)
		}
		if h.lumaErr != nil {
			h.lumaErr = fmt.Errorf("read thumbnail of %s: %w", firstPath(it), h.lumaErr)
		}
	})
	return h.luma, h.lumaErr
}

// features is the keypoints of a frame; the set is empty where none are kept.
func (s *shelf) features(it *verify.Item, frame int) (feature.Set, error) {
	h := s.take(it, frame)
	h.points.Do(func() {
		switch f := &it.Frames[frame]; {
		case s.o.Features != nil:
			h.set, h.setErr = s.o.Features(it.Digest, h.place.at)
		case len(f.Features) > 0:
			h.set, h.setErr = feature.Decode(f.Features)
		}
		if h.setErr != nil {
			h.set, h.setErr = feature.Set{}, fmt.Errorf("read keypoints of %s: %w", firstPath(it), h.setErr)
		}
	})
	return h.set, h.setErr
}

// picture is both. Where no keypoints of a video's frame are kept, they are
// found in the thumbnail.
func (s *shelf) picture(it *verify.Item, frame int) (*feature.Picture, error) {
	set, err := s.features(it, frame)
	if err != nil {
		return nil, err
	}
	luma, err := s.thumb(it, frame)
	if err != nil {
		return nil, err
	}
	if len(set.Points) == 0 && isVideo(it) {
		h := s.take(it, frame)
		h.small.Do(func() { h.found = feature.Extract(luma) })
		set = h.found
	}
	return &feature.Picture{Set: set, Detail: luma}, nil
}
