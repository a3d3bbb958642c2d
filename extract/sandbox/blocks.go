package sandbox

import (
	"errors"
	"io"
	"sync"
)

const (
	blockBytes   = 128 << 10
	cachedBlocks = 24 // 3 MiB
	maxAhead     = 8  // blocks of one request: maxRead
)

// blockReader is an io.ReaderAt over the beginning of a file, which came with
// the call, and requests to the program for the rest. It keeps the blocks used
// last, and asks for more of them at once while reads go forward.
type blockReader struct {
	head  []byte
	fetch func(p []byte, off int64) (int, error)
	size  int64

	mu     sync.Mutex
	blocks []block // used last first
	next   int64   // block after the last request
	ahead  int     // blocks to ask for when next is the one wanted
	buf    []byte
}

type block struct {
	index int64
	data  []byte // shorter than blockBytes at the end of the file
}

func newBlockReader(head []byte, fetch func([]byte, int64) (int, error), size int64) *blockReader {
	return &blockReader{head: head, fetch: fetch, size: size, next: -1}
}

// ReadAt follows io.ReaderAt.
func (r *blockReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	if off < int64(len(r.head)) {
		if n = copy(p, r.head[off:]); n == len(p) {
			return n, nil
		}
		off += int64(n)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for n < len(p) {
		if off >= r.size {
			return n, io.EOF
		}
		data, err := r.block(off / blockBytes)
		if err != nil {
			return n, err
		}
		within := off % blockBytes
		if within >= int64(len(data)) {
			return n, io.EOF // the file is shorter than it was when it was opened
		}
		k := copy(p[n:], data[within:])
		n += k
		off += int64(k)
	}
	return n, nil
}

// block returns one block and moves it to the front.
func (r *blockReader) block(index int64) ([]byte, error) {
	for i, b := range r.blocks {
		if b.index == index {
			copy(r.blocks[1:i+1], r.blocks[:i])
			r.blocks[0] = b
			return b.data, nil
		}
	}
	if err := r.load(index); err != nil {
		return nil, err
	}
	return r.blocks[0].data, nil
}

// load fetches the block and, in forward reading, some that follow it.
func (r *blockReader) load(index int64) error {
	if index == r.next {
		r.ahead = min(r.ahead*2, maxAhead)
	} else {
		r.ahead = 1
	}
	want := int(min(int64(r.ahead)*blockBytes, r.size-index*blockBytes))
	if cap(r.buf) < want {
		r.buf = make([]byte, want)
	}
	got, err := r.fetch(r.buf[:want], index*blockBytes)
	if err != nil {
		return err
	}
	r.next = index + int64(r.ahead)
	data := r.buf[:got]
	for i := int64(r.ahead) - 1; i >= 0; i-- { // the one asked for ends in front
		from := min(int(i)*blockBytes, got)
		to := min(from+blockBytes, got)
		if i == 0 || to > from {
			r.insert(index+i, data[from:to])
		}
	}
	return nil
}

// insert puts a block in front and drops the one used longest ago, whose
// memory it takes over.
func (r *blockReader) insert(index int64, data []byte) {
	at := len(r.blocks)
	for i, b := range r.blocks {
		if b.index == index {
			at = i
		}
	}
	if at == len(r.blocks) {
		if len(r.blocks) < cachedBlocks {
			r.blocks = append(r.blocks, block{})
		} else {
			at--
		}
	}
	old := r.blocks[at].data[:0]
	copy(r.blocks[1:at+1], r.blocks[:at])
	r.blocks[0] = block{index: index, data: append(old, data...)}
}
