// Package sandbox runs decoders in worker processes of this same binary, so
// that a file which makes a decoder crash, hang or eat memory costs that one
// file and never the program.
//
// Start at [Pool] in the program and at [Serve] in the worker. It promises: a
// worker gets no path and no name, only the bytes of one open file, which the
// program reads for it; a worker that overruns its limits is killed and
// replaced, and the call returns a [LimitError] that says which limit; no
// worker outlives the program.
//
// How far a worker is fenced in depends on the system. Everywhere: wall time,
// idle time, output and the Go memory limit. Linux also: CPU time and resident
// memory watched from outside, a cap on address space, no core files, no
// sockets, no programs started and no signals sent (seccomp), no files outside
// the folders that the program names (Landlock, from kernel 5.13), and no file
// at all for a worker that was named none, or that has called [Seal] (seccomp).
// Windows: CPU time watched from outside, memory capped by a job object. Other Unix systems: address
// space where the system honours it, CPU time by the worker's own signal.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Handler does one operation inside a worker. It reads the file through the
// request, may hand over intermediate results with emit, and returns the
// final one. An error it returns reaches the caller as a [HandlerError]; a
// panic ends the worker and reaches the caller as a [CrashError].
type Handler func(ctx context.Context, r Request, emit func([]byte) error) ([]byte, error)

// Request is what a handler works on. File is cached in blocks, so that many
// small reads cost little; it may be used by several goroutines.
type Request struct {
	Op     string
	Params []byte
	File   io.ReaderAt
	Size   int64 // bytes of File
}

// Limits end a call that takes too much. A zero field means the value of
// [DefaultLimits]. Memory, AddressSpace and Folders hold for the worker as a
// whole and are taken from what [Serve] is given; the watch on resident memory
// follows the limits of each call.
type Limits struct {
	Wall         time.Duration // from the start of the call
	CPU          time.Duration // of the worker during the call
	Idle         time.Duration // without any message from the worker
	Memory       int64         // resident bytes of the worker
	AddressSpace int64         // bytes of address space of the worker
	Output       int64         // bytes emitted and returned by one call
	// Strict makes the system refuse memory beyond Memory, where it can, so
	// that not even a burst between two looks passes it. It is for workers
	// that map no memory which they do not use.
	Strict bool
	// Folders are the only places of the file system that the worker may read
	// and write, where the system can enforce that.
	Folders []string
}

// DefaultLimits suit reading metadata and decoding one still picture.
func DefaultLimits() Limits {
	return Limits{
		Wall:         60 * time.Second,
		CPU:          10 * time.Second,
		Idle:         30 * time.Second,
		Memory:       512 << 20,
		AddressSpace: 2 << 30,
		Output:       256 << 20,
	}
}

// MetadataLimits suit reading metadata alone: honest files take a tenth of
// each. What ends an endless loop is the CPU time; a machine busy with other
// things may take longer by the clock.
func MetadataLimits() Limits {
	return Limits{
		Wall:   10 * time.Second,
		Idle:   10 * time.Second,
		CPU:    1500 * time.Millisecond,
		Memory: 64 << 20,
		Output: 16 << 20,
		Strict: true,
	}.withDefaults()
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	l.Wall = orDefault(l.Wall, d.Wall)
	l.CPU = orDefault(l.CPU, d.CPU)
	l.Idle = orDefault(l.Idle, d.Idle)
	l.Memory = orDefault(l.Memory, d.Memory)
	l.AddressSpace = orDefault(l.AddressSpace, d.AddressSpace)
	l.Output = orDefault(l.Output, d.Output)
	return l
}

func orDefault[T int64 | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

// The names of limits in a [LimitError].
const (
	LimitWall   = "wall time"
	LimitCPU    = "CPU time"
	LimitIdle   = "idle time"
	LimitMemory = "memory"
	LimitOutput = "output"
)

// LimitError says that a worker was killed because a call overran a limit.
type LimitError struct {
	Limit string // one of the Limit constants
	Op    string
	Value string // the limit itself, with its unit
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s: stopped at the limit of %s of %s", e.Op, e.Value, e.Limit)
}

// CrashError says that a worker ended by itself during a call.
type CrashError struct {
	Op     string
	Detail string // what the worker last said, one printable line, or its exit status
}

func (e *CrashError) Error() string {
	return fmt.Sprintf("%s: the decoder crashed: %s", e.Op, e.Detail)
}

// ProtocolError says that a worker sent something it must not send. The
// worker was killed.
type ProtocolError struct {
	Op   string
	What string
}

func (e *ProtocolError) Error() string {
	return fmt.Sprintf("%s: the worker broke the protocol: %s", e.Op, e.What)
}

// HandlerError is an error that the handler returned inside the worker.
type HandlerError struct {
	Op      string
	Message string // one printable line
}

func (e *HandlerError) Error() string { return e.Op + ": " + e.Message }

// ErrClosed is returned by calls of a pool after [Pool.Close].
var ErrClosed = errors.New("the worker pool is closed")
