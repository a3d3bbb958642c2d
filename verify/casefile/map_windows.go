package casefile

import (
	"errors"
	"math"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// mapFile gives the bytes of a file, read when they are looked at, and what
// to call when they no longer are. The system lets nobody shorten or delete
// the file meanwhile.
func mapFile(name string) (data []byte, unmap func() error, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close() // the view stays
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	size := info.Size()
	if size <= 0 || size > math.MaxInt {
		return nil, nil, errSegment // an empty file cannot be mapped, and is no segment
	}
	mapping, err := windows.CreateFileMapping(windows.Handle(file.Fd()), nil, windows.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, nil, &os.PathError{Op: "map", Path: name, Err: err}
	}
	at, err := windows.MapViewOfFile(mapping, windows.FILE_MAP_READ, 0, 0, uintptr(size))
	if err = errors.Join(err, windows.CloseHandle(mapping)); err != nil {
		return nil, nil, &os.PathError{Op: "map", Path: name, Err: err}
	}
	// The address is the system's, not that of a Go object.
	data = unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), int(size))
	return data, func() error { return windows.UnmapViewOfFile(at) }, nil
}
