package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMain is also the worker: the pool starts this test binary again.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		var folders []string
		if len(os.Args) > 2 {
			folders = os.Args[2:]
		}
		if err := Serve(os.Stdin, os.Stdout, handlers(), Limits{Folders: folders}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "worker-strict" {
		if err := Serve(os.Stdin, os.Stdout, handlers(), MetadataLimits()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "liar" {
		lie(os.Args[2])
	}
	if len(os.Args) > 1 && os.Args[1] == "program" {
		orphan()
	}
	os.Exit(m.Run())
}

func text(s string, err error) ([]byte, error) { return []byte(s), err }

func handlers() map[string]Handler {
	type emit = func([]byte) error
	return map[string]Handler{
		"echo": func(_ context.Context, r Request, _ emit) ([]byte, error) { return r.Params, nil },
		"pid": func(context.Context, Request, emit) ([]byte, error) {
			return text(strconv.Itoa(os.Getpid()), nil)
		},
		"hash": func(_ context.Context, r Request, _ emit) ([]byte, error) {
			h := sha256.New()
			_, err := io.Copy(h, io.NewSectionReader(r.File, 0, r.Size))
			return h.Sum(nil), err
		},
		"spots": readSpots,
		"hang": func(context.Context, Request, emit) ([]byte, error) {
			select {}
		},
		"spin": func(context.Context, Request, emit) ([]byte, error) {
			for i := 0; ; i++ {
				_ = i
			}
		},
		"allocate": func(context.Context, Request, emit) ([]byte, error) {
			var all [][]byte
			for {
				b := make([]byte, 16<<20)
				for i := 0; i < len(b); i += 4096 {
					b[i] = 1
				}
				all = append(all, b)
				runtime.KeepAlive(all)
			}
		},
		"allocate-fast": func(context.Context, Request, emit) ([]byte, error) {
			b := make([]byte, 512<<20) // in one step, all of it touched at once
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			return b[:1], nil
		},
		"break-out-linux": breakOutLinux,
		"reserve": func(context.Context, Request, emit) ([]byte, error) {
			n := int64(8) << 30
			b := make([]byte, n)
			return b[:1], nil
		},
		"panic": func(context.Context, Request, emit) ([]byte, error) {
			panic("corrupt \x1b[31mtable\nsecond line")
		},
		"exit":   func(context.Context, Request, emit) ([]byte, error) { os.Exit(7); return nil, nil },
		"refuse": func(context.Context, Request, emit) ([]byte, error) { return nil, errors.New("not \x00 a picture") },
		"print": func(context.Context, Request, emit) ([]byte, error) {
			fmt.Println("a library that prints")
			return text("ok", nil)
		},
		"frames": func(_ context.Context, r Request, emit emit) ([]byte, error) {
			for i := range int(r.Params[0]) {
				if err := emit(bytes.Repeat([]byte{byte(i)}, 70_000)); err != nil {
					return nil, err
				}
			}
			return text("done", nil)
		},
		"flood": func(_ context.Context, _ Request, emit emit) ([]byte, error) {
			for {
				if err := emit(make([]byte, 1<<20)); err != nil {
					return nil, err
				}
			}
		},
		"break-out": breakOut,
	}
}

// readSpots reads at pairs of offset and length given in the parameters and
// returns what it got, one after the other.
func readSpots(_ context.Context, r Request, _ func([]byte) error) ([]byte, error) {
	var out []byte
	for p := r.Params; len(p) >= 16; p = p[16:] {
		off, n := binary.BigEndian.Uint64(p), binary.BigEndian.Uint64(p[8:])
		buf := make([]byte, n)
		got, err := r.File.ReadAt(buf, int64(off))
		if err != nil && err != io.EOF {
			return nil, err
		}
		if (got < len(buf)) != (err == io.EOF) {
			return nil, fmt.Errorf("%d of %d bytes with error %v", got, n, err)
		}
		out = append(out, buf[:got]...)
	}
	return out, nil
}

// breakOut tries what a taken-over decoder would try and names what worked.
func breakOut(_ context.Context, r Request, _ func([]byte) error) ([]byte, error) {
	var worked []string
	if _, err := os.ReadFile(string(r.Params)); err == nil {
		worked = append(worked, "read")
	}
	if err := os.WriteFile(string(r.Params)+".new", nil, 0o600); err == nil {
		worked = append(worked, "write")
	}
	if c, err := net.Dial("udp", "127.0.0.1:9"); err == nil {
		c.Close()
		worked = append(worked, "socket")
	}
	if err := exec.Command("/bin/true").Run(); err == nil {
		worked = append(worked, "exec")
	}
	if p, err := os.FindProcess(os.Getppid()); err == nil && p.Signal(os.Interrupt) == nil {
		worked = append(worked, "signal")
	}
	return text(strings.Join(worked, " "), nil)
}

// lie is a worker that does not keep to the protocol.
func lie(how string) {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	raw := func(b ...byte) { out.Write(b); out.Flush() }
	if how == "no hello" {
		raw([]byte("usage: something else entirely\n")...)
		os.Exit(0)
	}
	writeMessage(out, kindHello, []byte(protocol))
	readMessage(in, maxToWorker, nil)
	switch how {
	case "garbage":
		raw(bytes.Repeat([]byte{0xde, 0xad}, 4000)...)
	case "huge length":
		raw(0xff, 0xff, 0xff, 0xff, byte(kindDone))
	case "long length, no body":
		raw(0x03, 0, 0, 0, byte(kindDone), 1, 2, 3)
		os.Exit(0)
	case "read behind the file":
		writeMessage(out, kindRead, binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, 1<<63), 16))
	case "read too much":
		writeMessage(out, kindRead, binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, 0), 1<<31))
	case "short read request":
		writeMessage(out, kindRead, []byte{1})
	case "unknown kind":
		writeMessage(out, kind('?'), nil)
	}
	time.Sleep(time.Minute)
	os.Exit(0)
}

// orphan is a program that dies by a signal in the middle of a call.
func orphan() {
	p, err := NewPool(Options{Command: []string{"worker"}})
	if err != nil {
		os.Exit(2)
	}
	b, err := p.Call(context.Background(), "pid", nil, nil, 0, nil)
	if err != nil {
		os.Exit(2)
	}
	fmt.Println(string(b))
	_, _ = p.Call(context.Background(), "spin", nil, nil, 0, nil)
}
