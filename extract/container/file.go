package container

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// errShort says that a structure reaches beyond the end of the file.
var errShort = errors.New("the file ends before the structure does")

const (
	smallWindow = 4 << 10  // one hop between boxes
	largeWindow = 64 << 10 // sequential reading
)

// file reads parts of the input under a budget. Small reads are served from a
// window, so that hopping over a large file costs little and reading on costs
// few calls.
type file struct {
	r      io.ReaderAt
	size   int64
	budget *Budget
	window []byte
	at     int64 // where the window begins
	err    error // the first failure of r itself
}

// peek gives n bytes at off, valid until the next call. n must not exceed
// largeWindow; callers pass constants or sizes they have bounded.
func (f *file) peek(off int64, n int) ([]byte, error) {
	if off < 0 || n < 0 || off > f.size || int64(n) > f.size-off {
		return nil, errShort
	}
	if n > largeWindow {
		return nil, &LimitError{"block size"}
	}
	end := f.at + int64(len(f.window))
	if off < f.at || off+int64(n) > end {
		want := int64(smallWindow)
		if len(f.window) > 0 && off >= f.at && off <= end+smallWindow {
			want = largeWindow
		}
		if err := f.fill(off, min(max(want, int64(n)), f.size-off)); err != nil {
			return nil, err
		}
	}
	from := off - f.at
	if from+int64(n) > int64(len(f.window)) {
		return nil, errShort
	}
	return f.window[from : from+int64(n)], nil
}

// rest gives whatever is buffered from off on, n bytes at least, for searches
// through long data.
func (f *file) rest(off int64, n int) ([]byte, error) {
	if _, err := f.peek(off, n); err != nil {
		return nil, err
	}
	return f.window[off-f.at:], nil
}

func (f *file) fill(off, n int64) error {
	if cap(f.window) < int(n) {
		f.window = make([]byte, max(int(n), smallWindow))
	}
	f.window = f.window[:n]
	f.at = off
	got, err := f.readAt(f.window, off)
	f.window = f.window[:got]
	return err
}

// read gives a copy of n bytes at off, for keeping.
func (f *file) read(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > f.size || n > f.size-off {
		return nil, errShort
	}
	if n > f.budget.BlockBytes {
		return nil, &LimitError{"block size"}
	}
	b := make([]byte, n)
	got, err := f.readAt(b, off)
	if err == nil && int64(got) < n {
		err = errShort
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// readAt fills b as far as the input goes. Only a failure of the input itself
// or of the budget is an error.
func (f *file) readAt(b []byte, off int64) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	if err := f.budget.TakeBytes(int64(len(b))); err != nil {
		return 0, err
	}
	start := time.Now()
	n, err := f.r.ReadAt(b, off)
	f.budget.wait(time.Since(start))
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = fmt.Errorf("read %d bytes at %d: %w", len(b), off, err)
		return 0, f.err
	}
	return n, nil
}
