package main

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// mostResident is what one process of a scan may hold resident, in bytes: a
// worker that decodes video is held to this.
const mostResident = 700 << 20

// Every hostile video is an item or a finding, no process stays behind or holds
// more memory than it may, and no other file and no host is asked for
// anything.
func TestHostileVideosEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes some seventy files, and may have to compile the embedded engine first")
	}
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	canary := filepath.Join(dir, "canary.mp4")
	clip, err := os.ReadFile(filepath.Join(fixturesFolder, "metadata", "phone.mov"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(canary, clip, 0o600); err != nil {
		t.Fatal(err)
	}
	host := listening(t)
	names, err := writeHostileClips(filepath.Join(dir, "clips"), canary, host.address)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(canary, filepath.Join(dir, "clips", "link.mp4")); err != nil {
		t.Fatal(err)
	}
	opened := watchOpening(t, canary)
	caseDir := filepath.Join(dir, "case")
	cmd := program(t, "scan", filepath.Join(dir, "clips"), "--case", caseDir, "--video", "embedded")
	cmd.Path = ownCopy(t, dir, cmd.Path)
	most := watchResident(t, cmd.Path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if left := most.stop(); left > 0 {
		t.Errorf("%d processes run on after the scan", left)
	}
	if most.bytes.Load() > mostResident {
		t.Errorf("a process held %d MB, at most %d are allowed", most.bytes.Load()>>20, mostResident>>20)
	}
	if n := opened(); n != 0 {
		t.Errorf("the file that others name was opened %d times", n)
	}
	if n := host.asked.Load(); n != 0 {
		t.Errorf("a host was asked %d times", n)
	}
	accountedFor(t, caseDir, append(names, "link.mp4"))
	warnedOf(t, caseDir, map[string]string{
		"zero-length.mp4":         "empty-file",
		"noise.mp4":               "not-media",
		"noise-behind-header.mp4": "not-examined",
		"really-webm.mp4":         "extension-mismatch",
		"really-page.mp4":         "extension-mismatch",
		"hls-list.mp4":            "not-media",
		"ten-hours.mp4":           "partly-examined",
		"8k-header.mp4":           "size-misstated",
		"65535-header.mp4":        "size-misstated",
		"8k-frames.avi":           "size-misstated",
		"no-samples.mp4":          "not-examined",
		"cut-at-115072-h264.mp4":  "truncated",
		"flipped-1-h264.mp4":      "pictures-damaged",
		"flipped-2-vp9.webm":      "pictures-damaged",
	})
}

// warnedOf demands a finding of a given code for each file.
func warnedOf(t *testing.T, caseDir string, codes map[string]string) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(command(t, "findings", "--json", "--case", caseDir)))
	for {
		var row struct{ Path, Code string }
		if err := d.Decode(&row); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Base(row.Path); codes[name] == row.Code {
			delete(codes, name)
		}
	}
	for name, code := range codes {
		t.Errorf("%s has no finding %s", name, code)
	}
}

// accountedFor demands an item or a finding for each file.
func accountedFor(t *testing.T, caseDir string, names []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, listing := range []string{"items", "findings"} {
		d := json.NewDecoder(strings.NewReader(command(t, listing, "--json", "--case", caseDir)))
		for {
			var row struct{ Path, Message string }
			if err := d.Decode(&row); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			seen[filepath.Base(row.Path)] = true
			for _, n := range names {
				seen[n] = seen[n] || strings.Contains(row.Message, n) // a link is said with its source
			}
		}
	}
	for _, n := range names {
		if !seen[n] {
			t.Errorf("%s is neither an item nor has it a finding", n)
		}
	}
}

// ownCopy is the program at a path that no other test runs, so that its
// processes can be told from theirs.
func ownCopy(t *testing.T, dir, program string) string {
	t.Helper()
	to := filepath.Join(dir, "firsthand-under-test")
	if os.Link(program, to) == nil {
		return to
	}
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o700); err != nil {
		t.Fatal(err)
	}
	return to
}

// residents is the largest resident memory of any one process of a program.
type residents struct {
	program string
	bytes   atomic.Int64
	done    chan struct{}
}

func watchResident(t *testing.T, program string) *residents {
	r := &residents{program: program, done: make(chan struct{})}
	go func() {
		for {
			select {
			case <-r.done:
				return
			case <-time.After(100 * time.Millisecond):
				r.look()
			}
		}
	}()
	t.Cleanup(func() { r.stop() })
	return r
}

// look counts the processes and keeps the largest memory.
func (r *residents) look() (running int) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, l := range links {
		if to, err := os.Readlink(l); err != nil || to != r.program {
			continue
		}
		b, err := os.ReadFile(filepath.Join(filepath.Dir(l), "statm"))
		if fields := strings.Fields(string(b)); err == nil && len(fields) > 1 {
			running++
			pages, _ := strconv.ParseInt(fields[1], 10, 64)
			r.bytes.Store(max(r.bytes.Load(), pages*int64(os.Getpagesize())))
		}
	}
	return running
}

// stop ends the watch and gives how many processes run on, half a second
// after the program has ended.
func (r *residents) stop() int {
	select {
	case <-r.done:
		return 0
	default:
		close(r.done)
	}
	time.Sleep(500 * time.Millisecond)
	return r.look()
}

// watchOpening counts how often a file was opened or read since.
func watchOpening(t *testing.T, path string) func() int {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(fd) })
	if _, err := unix.InotifyAddWatch(fd, path, unix.IN_OPEN|unix.IN_ACCESS); err != nil {
		t.Fatal(err)
	}
	return func() int {
		buf := make([]byte, 4096)
		n, err := unix.Read(fd, buf)
		if err != nil {
			return 0 // nothing to read
		}
		return n / unix.SizeofInotifyEvent
	}
}

// loopback is a host that nobody should ask for anything.
type loopback struct {
	address string
	asked   atomic.Int64
}

func listening(t *testing.T) *loopback {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	h := &loopback{address: l.Addr().String()}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			h.asked.Add(1)
			c.Close()
		}
	}()
	return h
}
