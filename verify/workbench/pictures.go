package workbench

import (
	"container/list"
	"sync"
)

// pictures keeps as many pictures in memory as fit, those that were asked for
// last. It may be used by several goroutines at once.
type pictures struct {
	mu    sync.Mutex
	most  int // bytes
	size  int
	order *list.List // the last used first
	at    map[string]*list.Element
}

type kept struct {
	key  string
	jpeg []byte
}

func newPictures(most int) *pictures {
	return &pictures{most: most, order: list.New(), at: map[string]*list.Element{}}
}

func (p *pictures) get(key string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.at[key]
	if !ok {
		return nil, false
	}
	p.order.MoveToFront(e)
	return e.Value.(kept).jpeg, true
}

func (p *pictures) put(key string, jpeg []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, ok := p.at[key]; ok {
		p.size -= len(e.Value.(kept).jpeg)
		p.order.Remove(e)
	}
	p.at[key] = p.order.PushFront(kept{key, jpeg})
	for p.size += len(jpeg); p.size > p.most; {
		last := p.order.Back()
		k := p.order.Remove(last).(kept)
		p.size -= len(k.jpeg)
		delete(p.at, k.key)
	}
}
