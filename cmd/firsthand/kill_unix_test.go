//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const stoppedLine = "firsthand: stopped; what was done is kept, run the same command again to go on\n"

// program is a command line of this program in a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Args = append([]string{"firsthand"}, args...) // by this name TestMain runs it
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// A scan that a person stops, or that is killed, and that is run again ends in
// what an uninterrupted one gives. Ctrl-C takes effect at once and says so in
// one line.
func TestStoppedScanGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some fifteen scans")
	}
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	for i := range 6 {
		for source, change := range map[string]string{"phone": "recompressed", "channel": "dimmed"} {
			if err := os.MkdirAll(filepath.Join(dir, source), 0o755); err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(dir, source, fmt.Sprintf("IMG_2024050%d_120000.jpg", 1+i))
			if err := writePicture(name, fmt.Sprint("scene ", i), []string{change}); err != nil {
				t.Fatal(err)
			}
		}
	}
	scan := func(caseDir string) []string {
		return []string{"scan", filepath.Join(dir, "phone"), filepath.Join(dir, "channel"), "--case", caseDir, "--video", "off"}
	}
	began := time.Now()
	whole := filepath.Join(dir, "whole")
	if out, err := program(t, scan(whole)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	length := time.Since(began)
	want := listings(t, whole)

	const moments = 6
	for i := 1; i <= moments; i++ {
		sig := []syscall.Signal{syscall.SIGINT, syscall.SIGKILL}[i%2]
		t.Run(fmt.Sprintf("%d of %d %v", i, moments, sig), func(t *testing.T) {
			caseDir := filepath.Join(dir, fmt.Sprint("case-", i))
			stopAfter(t, length*time.Duration(i)/(moments+1), sig, program(t, scan(caseDir)...))
			if _, err := os.Stat(filepath.Join(caseDir, "checkpoints.txt")); err == nil {
				command(t, "custody", "verify", "--case", caseDir)
			}
			command(t, scan(caseDir)...)
			if got := listings(t, caseDir); got != want {
				t.Errorf("the case is\n%s\nnot\n%s", got, want)
			}
			command(t, "custody", "verify", "--case", caseDir)
		})
	}
}

// stopAfter sends the program a signal as the terminal does, to its whole
// group, unless it has ended by then.
func stopAfter(t *testing.T, wait time.Duration, sig syscall.Signal, cmd *exec.Cmd) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	_ = syscall.Kill(-cmd.Process.Pid, sig)
	sent := time.Now()
	var status *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &status) {
		t.Fatal(err)
	}
	// Not a measure of speed: what goes on in spite of the signal takes minutes.
	if took := time.Since(sent); took > 20*time.Second {
		t.Errorf("it took %v to end", took)
	}
	state := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if sig != syscall.SIGINT || state.Signaled() || state.ExitStatus() == exitDone {
		return // killed, before the program listened, or after it was done
	}
	if state.ExitStatus() != exitFailed || !strings.HasSuffix(out.String(), stoppedLine) || strings.Contains(out.String(), "error") {
		t.Errorf("it ended with %d and said %q", state.ExitStatus(), out.String())
	}
}

// listings is everything that the program says of a case.
func listings(t *testing.T, caseDir string) string {
	t.Helper()
	var out strings.Builder
	for _, args := range [][]string{{"items"}, {"duplicates"}, {"duplicates", "--clusters"}, {"incidents"}, {"findings"}} {
		out.WriteString(command(t, append(args, "--json", "--case", caseDir)...))
	}
	return out.String()
}

// Ctrl-C during the reading of a file that takes minutes.
func TestCtrlCDuringALongFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	long := filepath.Join(dir, "phone", "long.mp4")
	if err := os.MkdirAll(filepath.Dir(long), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(long, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(long, 60<<30); err != nil {
		t.Skipf("this file system has no files without bytes: %v", err)
	}
	cmd := program(t, "scan", filepath.Dir(long), "--case", filepath.Join(dir, "case"), "--video", "off")
	stopAfter(t, time.Second, syscall.SIGINT, cmd)
}
