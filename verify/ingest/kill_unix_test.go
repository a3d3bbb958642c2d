//go:build unix

package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

const (
	workerArgument = "worker"
	scanArgument   = "scan-until" // STAGE:COUNT:SIGNAL CASE DIR...
)

// TestMain lets the test binary be the program that is killed, and its
// workers.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case workerArgument:
			exit(sandbox.Serve(os.Stdin, os.Stdout, map[string]sandbox.Handler{InspectOp: Inspect, ExamineOp: Examine}, sandbox.DefaultLimits()))
		case scanArgument:
			exit(scanUntil(os.Args[2], os.Args[3], os.Args[4:]))
		}
	}
	os.Exit(m.Run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// scanUntil scans with workers and sends itself the signal at the moment.
func scanUntil(moment, dir string, dirs []string) error {
	parts := strings.Split(moment, ":")
	left, err := strconv.Atoi(parts[1])
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	file, err := openCase(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	sources, err := sourcesOf(dirs...)
	if err != nil {
		return err
	}
	pool, err := sandbox.NewPool(sandbox.Options{Size: 2, Command: []string{workerArgument}})
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = Run(ctx, file, Options{Sources: sources, Workers: 2, Examiner: pool, Engine: newProjector(5), Now: time.Now(), Progress: func(p Progress) {
		if !strings.HasPrefix(p.Stage, parts[0]) {
			return
		}
		if left--; left == 0 {
			sig := syscall.SIGKILL
			if parts[2] == "INT" {
				sig = syscall.SIGINT
			}
			_ = syscall.Kill(0, sig) // the whole process group
			if sig == syscall.SIGKILL {
				select {}
			}
			<-ctx.Done() // the signal comes on its own time; the scan must not end before it
		}
	}})
	return err
}

// A scan that is killed at any moment and run again ends in what an
// uninterrupted one gives, and leaves no worker behind.
func TestKilledScanEndsInTheSameCase(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some twenty processes")
	}
	phone, channel := killSources(t)
	whole := testCase(t, filepath.Join(t.TempDir(), "whole"))
	scanned(t, whole, testOptions(t, 1, phone, channel))
	want := contents(t, whole)

	for _, moment := range []string{
		"listing:1:KILL", "reading phone:1:KILL", "reading phone:7:KILL", fmt.Sprintf("reading phone:%d:KILL", batchFiles+4), fmt.Sprintf("reading phone:%d:INT", batchFiles+6),
		"listing:2:KILL", "reading channel:2:INT",
		"reading channel:9:KILL", "indexing:1:KILL", "comparing:1:KILL", "comparing:4:INT", "comparing:9:KILL", "grouping:1:KILL", "grouping:1:INT",
	} {
		t.Run(moment, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			kill(t, moment, dir, phone, channel)
			noWorkers(t)
			f := testCase(t, dir)
			if _, err := f.VerifyCustody(t.Context()); err != nil {
				t.Fatalf("after the interruption: %v", err)
			}
			scanned(t, f, testOptions(t, 2, phone, channel))
			if got := contents(t, f); got != want {
				t.Errorf("the case is\n%s\nnot\n%s", got, want)
			}
			if _, err := f.VerifyCustody(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// So does one that is killed while it looks closer at videos, or compares them
// for the second time.
func TestKilledCloserLookEndsInTheSameCase(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some twenty processes")
	}
	phone, channel := clips(t)
	options := func() Options {
		opt := testOptions(t, 2, phone, channel)
		opt.Engine = newProjector(5)
		return opt
	}
	whole := testCase(t, filepath.Join(t.TempDir(), "whole"))
	scanned(t, whole, options())
	want := contents(t, whole)
	for _, moment := range []string{"looking closer:1:KILL", "looking closer:2:KILL", "looking closer:2:INT", "looking closer:3:KILL", "indexing:2:KILL"} {
		t.Run(moment, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			kill(t, moment, dir, phone, channel)
			noWorkers(t)
			f := testCase(t, dir)
			scanned(t, f, options())
			if got := contents(t, f); got != want {
				t.Errorf("the case is\n%s\nnot\n%s", got, want)
			}
			if _, err := f.VerifyCustody(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// killSources are two sources with copies in both, and broken files. The first
// has more files than are stored at once.
func killSources(t *testing.T) (phone, channel string) {
	first, second := map[string][]byte{}, map[string][]byte{"page.jpg": []byte("<!doctype html><html></html>")}
	for i := range 6 {
		name := fmt.Sprintf("IMG_202405%02d_101500.jpg", 1+i/2)
		first[fmt.Sprint(i, "/", name)] = picture(uint64(i), 240, 160)
		second[fmt.Sprintf("photo_%d.jpg", i)] = append(picture(uint64(i), 240, 160), 0)
	}
	for i := range batchFiles {
		first[fmt.Sprintf("more/%d.bin", i)] = fmt.Append(nil, "no picture ", i)
	}
	second["cut.jpg"] = picture(20, 240, 160)[:2000]
	second["same.jpg"] = first["0/IMG_20240501_101500.jpg"]
	return write(t, "phone", first), write(t, "channel", second)
}

// kill runs a scan that ends itself at the moment.
func kill(t *testing.T, moment, dir string, dirs ...string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{scanArgument, moment, dir}, dirs...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.CombinedOutput()
	var status *exec.ExitError
	if !errors.As(err, &status) {
		t.Fatalf("the scan was not interrupted: %v %s", err, out)
	}
	state := status.Sys().(syscall.WaitStatus)
	if strings.HasSuffix(moment, "INT") {
		if state.ExitStatus() != 1 || !(strings.Contains(string(out), "interrupt") || strings.Contains(string(out), "canceled")) {
			t.Fatalf("ended with %v: %s", state.ExitStatus(), out)
		}
	} else if !state.Signaled() {
		t.Fatalf("the scan was not killed: %v %s", err, out)
	}
}

// noWorkers waits until no worker of this binary is left, where the system
// says what runs.
func noWorkers(t *testing.T) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for range 100 {
		left = nil
		lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
		for _, name := range lines {
			b, _ := os.ReadFile(name)
			if strings.HasPrefix(string(b), exe+"\x00"+workerArgument+"\x00") {
				left = append(left, name)
			}
		}
		if left == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("workers are left behind: %v", left)
}
