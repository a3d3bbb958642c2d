package match

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/firsthand-media/firsthand/verify"
)

// memory holds the verdicts on pairs that an earlier search kept, and collects
// those that this one keeps. Each stands with the item of the lesser digest.
// The zero value knows nothing and keeps nothing.
type memory struct {
	on    bool
	items map[verify.Digest]*page
}

// page is what is known of one item.
type page struct {
	was   [sha256.Size]byte // digest of what was kept
	known map[topic]verdict

	mu   sync.Mutex
	kept map[topic]verdict
}

// topic is the other item of a pair, by the first half of its digest, and the
// map that the examination began with.
type topic struct {
	other [16]byte
	start uint64
}

func (t topic) bytes() []byte { return binary.BigEndian.AppendUint64(t.other[:], t.start) }

const topicBytes = 24

func topicOf(d verify.Digest, start uint64) (t topic, ok bool) {
	t.start = start
	if len(d) < hex.EncodedLen(len(t.other)) {
		return t, false
	}
	_, err := hex.Decode(t.other[:], []byte(d[:hex.EncodedLen(len(t.other))]))
	return t, err == nil
}

// pageMost is how many bytes of a page verdicts that found something fill at
// most; what is not kept is found again.
const pageMost = 1 << 19

// written is a page as it is kept.
type written struct {
	Version string
	Nothing []byte            `json:",omitempty"` // topics, one after the other, where nothing was found
	Found   []json.RawMessage `json:",omitempty"` // each a told
}

// told is one verdict as it is kept.
type told struct {
	Topic []byte
	verdict
}

// remember reads what is known of the items.
func (s *search) remember(ctx context.Context) error {
	s.memory = &memory{on: s.o.Known != nil || s.o.Remember != nil, items: map[verify.Digest]*page{}}
	if !s.memory.on {
		return nil
	}
	pages := make([]page, len(s.items))
	for i := range s.items {
		s.memory.items[s.items[i].Digest] = &pages[i]
	}
	return s.each(ctx, len(s.items), func(i int) {
		pages[i].was = sha256.Sum256(nil)
		if s.o.Known == nil {
			return
		}
		raw, err := s.o.Known(s.items[i].Digest)
		if err != nil {
			s.note(fmt.Sprintf("what was known of %s could not be read, it was compared anew: %v", firstPath(&s.items[i]), err))
			return
		}
		pages[i].was, pages[i].known = sha256.Sum256(raw), readPage(raw)
	})
}

// readPage gives the verdicts of a page; none when another version wrote it, or
// when it is damaged: then everything is examined anew.
func readPage(raw []byte) map[topic]verdict {
	var w written
	if len(raw) == 0 || json.Unmarshal(raw, &w) != nil || w.Version != Version || len(w.Nothing)%topicBytes != 0 {
		return nil
	}
	known := make(map[topic]verdict, len(w.Nothing)/topicBytes+len(w.Found))
	for b := range slices.Chunk(w.Nothing, topicBytes) {
		known[readTopic(b)] = verdict{}
	}
	for _, text := range w.Found {
		var f told
		if json.Unmarshal(text, &f) == nil && len(f.Topic) == topicBytes && f.found() {
			known[readTopic(f.Topic)] = f.verdict
		}
	}
	return known
}

func readTopic(b []byte) (t topic) {
	copy(t.other[:], b)
	t.start = binary.BigEndian.Uint64(b[len(t.other):])
	return t
}

func (m *memory) page(a, b verify.Digest, start uint64) (*page, topic, bool) {
	if m == nil || !m.on {
		return nil, topic{}, false
	}
	if a > b {
		a, b = b, a
	}
	t, ok := topicOf(b, start)
	p := m.items[a]
	return p, t, ok && p != nil
}

// recall gives the verdict kept on a pair.
func (m *memory) recall(a, b verify.Digest, start uint64) (verdict, bool) {
	p, t, ok := m.page(a, b, start)
	if !ok {
		return verdict{}, false
	}
	v, ok := p.known[t]
	return v, ok
}

// keep notes a verdict for the next search.
func (m *memory) keep(a, b verify.Digest, start uint64, v verdict) {
	p, t, ok := m.page(a, b, start)
	if !ok {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		p.kept = map[topic]verdict{}
	}
	p.kept[t] = v
}

// store hands the pages that have changed to the keeper. What cannot be kept
// costs the next search its time and nothing else.
func (s *search) store() {
	if s.o.Remember == nil {
		return
	}
	lost := 0
	var why error
	for i := range s.items {
		p := s.memory.items[s.items[i].Digest]
		raw, err := p.write()
		if err == nil && sha256.Sum256(raw) != p.was {
			err = s.o.Remember(s.items[i].Digest, raw)
		}
		if err != nil {
			lost, why = lost+1, err
		}
	}
	if lost > 0 {
		s.note(fmt.Sprintf("what was found out about %s could not be kept for the next search: %v", plural(lost, "item"), why))
	}
}

func (p *page) write() ([]byte, error) {
	if len(p.kept) == 0 {
		return nil, nil
	}
	w := written{Version: Version}
	topics := make([]topic, 0, len(p.kept))
	for t := range p.kept {
		topics = append(topics, t)
	}
	slices.SortFunc(topics, func(t, u topic) int {
		return cmp.Or(bytes.Compare(t.other[:], u.other[:]), cmp.Compare(t.start, u.start))
	})
	size := 0
	for _, t := range topics {
		v := p.kept[t]
		if !v.found() {
			w.Nothing = append(w.Nothing, t.bytes()...)
			continue
		}
		text, err := json.Marshal(told{t.bytes(), v})
		if err != nil {
			return nil, err
		}
		if size += len(text); size <= pageMost {
			w.Found = append(w.Found, text)
		}
	}
	return json.Marshal(w)
}
