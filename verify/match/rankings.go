package match

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/index"
)

// question is what the index of keypoints was asked: a frame of an item by its
// milliseconds, and with how many of its keypoints.
type question struct {
	at      uint32
	entries uint16
}

// rankings are the answers to the questions about one item.
type rankings map[question][]index.Candidate

// rank asks the index which pictures are likely to share something with a frame
// of item i, the likeliest first, or recalls what it answered: that depends on
// the keypoints and on the contents of the index alone.
func (s *search) rank(x *index.Descriptors, i, frame int, set feature.Set) []index.Candidate {
	q := question{uint32(s.items[i].Frames[frame].At.Milliseconds()), uint16(len(set.Points))}
	p := s.memory.items[s.items[i].Digest]
	if p == nil || s.o.Index == nil || s.o.Contents == "" {
		return ask(x, set)
	}
	found, ok := p.answers[q]
	if !ok || p.index != s.o.Contents {
		found = ask(x, set)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answered == nil {
		p.answered = rankings{}
	}
	p.answered[q] = found
	return found
}

func ask(x *index.Descriptors, set feature.Set) []index.Candidate {
	found := x.Rank(set, rankedMost+1, rankedFrames)
	return slices.DeleteFunc(found, func(c index.Candidate) bool { return c.Votes < votesLeast })
}

// An answer is kept as the milliseconds (4 bytes, the high one first, here as
// elsewhere), the entries (2), how many candidates there are (2), and of each
// its key and four bytes: its votes in sixteenths, and a low bit that says
// whether it was found in the mirror.
const (
	answerHead   = 8
	answerVoices = 16 // of one vote
	answerBytes  = len(index.Key{}) + 4
)

// append writes the answers in order.
func (r rankings) append(b []byte) []byte {
	asked := make([]question, 0, len(r))
	for q := range r {
		asked = append(asked, q)
	}
	slices.SortFunc(asked, func(p, q question) int { return cmp.Or(cmp.Compare(p.at, q.at), cmp.Compare(p.entries, q.entries)) })
	for _, q := range asked {
		b = binary.BigEndian.AppendUint32(b, q.at)
		b = binary.BigEndian.AppendUint16(b, q.entries)
		b = binary.BigEndian.AppendUint16(b, uint16(len(r[q])))
		for _, c := range r[q] {
			votes := uint32(min(c.Votes*answerVoices, math.MaxInt32)) << 1
			if c.Mirrored {
				votes |= 1
			}
			b = binary.BigEndian.AppendUint32(append(b, c.Key[:]...), votes)
		}
	}
	return b
}

// readRankings is the reverse of append; none of what is damaged.
func readRankings(b []byte) rankings {
	r := rankings{}
	for len(b) >= answerHead {
		q := question{binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:])}
		n := int(binary.BigEndian.Uint16(b[6:]))
		b = b[answerHead:]
		if len(b) < n*answerBytes {
			return nil
		}
		found := make([]index.Candidate, n)
		for i := range found {
			c := b[i*answerBytes : (i+1)*answerBytes]
			votes := binary.BigEndian.Uint32(c[len(index.Key{}):])
			found[i] = index.Candidate{Key: index.Key(c), Votes: float64(votes>>1) / answerVoices, Mirrored: votes&1 != 0}
		}
		r[q], b = found, b[n*answerBytes:]
	}
	if len(b) > 0 {
		return nil
	}
	return r
}
