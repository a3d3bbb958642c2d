package match

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/firsthand-media/firsthand/verify"
)

// memory holds the verdicts on pairs, and the answers of the index, that an
// earlier search kept, and collects those that this one keeps. A verdict stands
// with the item of the lesser digest.
// The zero value knows nothing and keeps nothing.
type memory struct {
	on    bool
	items map[verify.Digest]*page
}

// page is what is known of one item.
type page struct {
	look    look
	was     [sha256.Size]byte // digest of what was kept
	known   map[topic]verdict
	index   string // Options.Contents of the answers
	answers rankings

	mu       sync.Mutex
	kept     map[topic]verdict
	answered rankings
}

// look names an item as it was looked at: of a video more may be decoded later,
// and what was found out about it before says nothing then.
type look [16]byte

func lookAt(it *verify.Item) (l look) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d %t %t\n", it.Digest, it.Sampling.Frames, it.Sampling.Dense, it.Sampling.Coarse)
	for i := range it.Frames {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(it.Frames[i].At)))
	}
	copy(l[:], h.Sum(nil))
	return l
}

// topic is two items, by what their looks make together, and what the
// examination began with.
type topic struct {
	pair  [16]byte
	start uint64
}

func (t topic) bytes() []byte { return binary.BigEndian.AppendUint64(t.pair[:], t.start) }

const topicBytes = 24

// topicOf names a pair, of which a has the lesser digest.
func topicOf(a, b look, start uint64) (t topic) {
	sum := sha256.Sum256(append(a[:len(a):len(a)], b[:]...))
	copy(t.pair[:], sum[:])
	t.start = start
	return t
}

// pageMost is how many bytes of a page verdicts that found something fill at
// most; what is not kept is found again.
const pageMost = 1 << 19

// written is a page as it is kept.
type written struct {
	Version string
	Nothing []byte            `json:",omitempty"` // topics, one after the other, where nothing was found
	Found   []json.RawMessage `json:",omitempty"` // each a told
	Index   string            `json:",omitempty"` // Options.Contents
	Ranked  []byte            `json:",omitempty"` // what that index answered, see rankings
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
		pages[i].was, pages[i].look = sha256.Sum256(nil), lookAt(&s.items[i])
		if s.o.Known == nil {
			return
		}
		raw, err := s.o.Known(s.items[i].Digest)
		if err != nil {
			s.note(fmt.Sprintf("what was known of %s could not be read, it was compared anew: %v", firstPath(&s.items[i]), err))
			return
		}
		pages[i].was = sha256.Sum256(raw)
		pages[i].read(raw)
	})
}

// read takes up what was kept; nothing when another version wrote it, or when
// it is damaged: then everything is examined anew.
func (p *page) read(raw []byte) {
	var w written
	if len(raw) == 0 || json.Unmarshal(raw, &w) != nil || w.Version != Version || len(w.Nothing)%topicBytes != 0 {
		return
	}
	p.index, p.answers = w.Index, readRankings(w.Ranked)
	p.known = make(map[topic]verdict, len(w.Nothing)/topicBytes+len(w.Found))
	for b := range slices.Chunk(w.Nothing, topicBytes) {
		p.known[readTopic(b)] = verdict{}
	}
	for _, text := range w.Found {
		var f told
		if json.Unmarshal(text, &f) == nil && len(f.Topic) == topicBytes && f.tells() {
			p.known[readTopic(f.Topic)] = f.verdict
		}
	}
}

func readTopic(b []byte) (t topic) {
	copy(t.pair[:], b)
	t.start = binary.BigEndian.Uint64(b[len(t.pair):])
	return t
}

// page is where the verdict on a pair stands, and the name it has there.
func (m *memory) page(a, b verify.Digest, start uint64) (*page, topic, bool) {
	if m == nil || !m.on {
		return nil, topic{}, false
	}
	if a > b {
		a, b = b, a
	}
	p, q := m.items[a], m.items[b]
	if p == nil || q == nil {
		return nil, topic{}, false
	}
	return p, topicOf(p.look, q.look, start), true
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
		raw, err := p.write(s.o.Contents)
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

func (p *page) write(contents string) ([]byte, error) {
	if len(p.kept) == 0 && len(p.answered) == 0 {
		return nil, nil
	}
	w := written{Version: Version}
	if len(p.answered) > 0 {
		w.Index, w.Ranked = contents, p.answered.append(nil)
	}
	topics := make([]topic, 0, len(p.kept))
	for t := range p.kept {
		topics = append(topics, t)
	}
	slices.SortFunc(topics, func(t, u topic) int {
		return cmp.Or(bytes.Compare(t.pair[:], u.pair[:]), cmp.Compare(t.start, u.start))
	})
	size := 0
	for _, t := range topics {
		v := p.kept[t]
		if !v.tells() {
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
