//go:build unix

package casefile

import (
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// mapFile gives the bytes of a file, read when they are looked at, and what
// to call when they no longer are. Nobody may shorten the file meanwhile.
func mapFile(name string) (data []byte, unmap func() error, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close() // the mapping stays
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	size := info.Size()
	if size <= 0 || size > math.MaxInt {
		return nil, nil, errSegment // an empty file cannot be mapped, and is no segment
	}
	data, err = unix.Mmap(int(file.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, nil, &os.PathError{Op: "map", Path: name, Err: err}
	}
	return data, func() error { return unix.Munmap(data) }, nil
}
