//go:build unix

package video

import (
	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// newMemory reserves the decoder's memory in one piece, so that growing copies
// nothing and ending gives all of it back at once. Go's own allocator would
// hold the old copy beside the new one.
func newMemory(size, most uint64) experimental.LinearMemory {
	b, err := unix.Mmap(-1, 0, int(most), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return &heap{}
	}
	return &mapped{all: b}
}

type mapped struct{ all []byte }

// Reallocate returns nil, a failed growth, when there is no more.
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

func (m *mapped) Free() {
	_ = unix.Munmap(m.all) // it was mapped above
	m.all = nil
}
