package usage

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// A program that starts another, which fills memory and keeps a processor busy:
// what that one used must be counted with the first.
func TestRunCountsChildren(t *testing.T) {
	switch os.Getenv("USAGE_TEST") {
	case "parent":
		child := exec.Command(os.Args[0], "-test.run=^TestRunCountsChildren$")
		child.Env = append(os.Environ(), "USAGE_TEST=child")
		if err := child.Run(); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "child":
		held := make([]byte, heldBytes)
		fill := func() {
			for i := 0; i < len(held); i += 512 {
				held[i]++
			}
		}
		fill()
		for began := OwnProcessor(); OwnProcessor()-began < busyTime; {
			fill()
		}
		os.Exit(3) // the parent fails
	}
	if runtime.GOOS != "linux" {
		t.Skip("memory is read from /proc")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestRunCountsChildren$")
	cmd.Env = append(os.Environ(), "USAGE_TEST=parent")
	used, err := Run(cmd)
	if err == nil {
		t.Error("a program that fails must be an error")
	}
	if used.Processor < busyTime {
		t.Errorf("processor time %s, the child alone used %s", used.Processor, busyTime)
	}
	if used.Wall < busyTime/2 {
		t.Errorf("wall time %s", used.Wall)
	}
	if used.Peak < heldBytes {
		t.Errorf("%d MB of memory seen, the child alone held %d", used.Peak>>20, heldBytes>>20)
	}
}

const (
	heldBytes = 64 << 20
	busyTime  = 200 * time.Millisecond
)

func TestRunSaysWhatCannotStart(t *testing.T) {
	if _, err := Run(exec.Command("/there/is/no/such/program")); err == nil {
		t.Error("no error")
	}
}

func TestAddKeepsTheHigherPeak(t *testing.T) {
	got := Used{time.Second, 2 * time.Second, 7}.Add(Used{3 * time.Second, time.Second, 5})
	if want := (Used{4 * time.Second, 3 * time.Second, 7}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
