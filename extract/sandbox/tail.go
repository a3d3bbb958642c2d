package sandbox

import (
	"strings"
	"sync"
)

// tail keeps the beginning and the end of what a worker writes to its
// standard error.
type tail struct {
	mu   sync.Mutex
	head []byte
	last []byte
}

const (
	headBytes = 4 << 10
	tailBytes = 4 << 10
)

// Write never fails: a worker that floods its standard error is not held up.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	if room := headBytes - len(t.head); room > 0 {
		k := min(room, len(p))
		t.head = append(t.head, p[:k]...)
		p = p[k:]
	}
	if len(p) > tailBytes {
		p = p[len(p)-tailBytes:]
	}
	t.last = append(t.last, p...)
	if over := len(t.last) - tailBytes; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
	}
	return n, nil
}

// fault is how the Go runtime reports a bad memory access of its own; one of Go
// code is a panic.
const fault = "SIGSEGV: "

// telling is the line that says most: the first that the Go runtime writes on
// a crash, otherwise the last.
func (t *tail) telling() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(string(t.head)+string(t.last), "\n")
	said := ""
	for _, l := range lines {
		if strings.HasPrefix(l, "panic: ") || strings.HasPrefix(l, "fatal error: ") || strings.HasPrefix(l, "runtime: out of memory") || strings.HasPrefix(l, fault) {
			return printable(l)
		}
		if strings.TrimSpace(l) != "" {
			said = l
		}
	}
	return printable(said)
}
