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
)

// ended is how a process of the program ended.
func ended(t *testing.T, cmd *exec.Cmd) trial {
	t.Helper()
	var out, messages bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout = &out
	}
	cmd.Stderr = &messages
	err := cmd.Run()
	var status *exec.ExitError
	if err != nil && !errors.As(err, &status) {
		t.Fatal(err)
	}
	return trial{cmd.ProcessState.ExitCode(), out.String(), messages.String()}
}

// clear checks that a person is told in one line what is wrong, and what to do.
func (r trial) clear(t *testing.T, what, because string) {
	t.Helper()
	if r.status != exitFailed || strings.Count(r.messages, "firsthand: error: ") != 1 || !strings.Contains(r.messages, because) || !strings.Contains(r.messages, "firsthand: hint: ") {
		t.Errorf("%s ends with %d and says %s", what, r.status, r.messages)
	}
}

// Results of which half went to a full disk are not taken for whole.
func TestResultsToAFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("this machine has no device that is always full: %v", err)
	}
	defer full.Close()
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	phone, caseDir := filepath.Join(dir, "phone"), filepath.Join(dir, "case")
	if err := errors.Join(os.Mkdir(phone, 0o700), writePicture(filepath.Join(phone, "a.jpg"), "scene", nil)); err != nil {
		t.Fatal(err)
	}
	command(t, "scan", phone, "--case", caseDir, "--video", "off")
	for _, args := range [][]string{
		{"items"}, {"items", "--json"}, {"findings"}, {"findings", "--json"}, {"count"}, {"custody", "verify"}, {"custody", "checkpoint"}, {"scan", phone, "--video", "off"},
		{"assess"},
	} {
		cmd := program(t, append(args, "--case", caseDir)...)
		cmd.Stdout = full
		r := ended(t, cmd)
		r.clear(t, fmt.Sprint(args), "no space left on device")
	}
}

// tight is a file system in memory with room for so many bytes.
func tight(t *testing.T, size int) (dir string, grow func(size int)) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can make a small disk")
	}
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("no small disk: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir, func(size int) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", size)); err != nil {
			t.Fatal(err)
		}
	}
}

// A disk that is really full, at many moments of a scan and of an export: what is
// said is clear, nothing half made stands there, and with more room the same
// command goes on.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs several scans")
	}
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	phone := filepath.Join(home, "phone")
	if err := os.Mkdir(phone, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if err := writePicture(filepath.Join(phone, fmt.Sprintf("IMG_2024050%d_120000.jpg", 1+i)), fmt.Sprint("scene ", i), nil); err != nil {
			t.Fatal(err)
		}
	}
	whole := filepath.Join(home, "whole")
	command(t, "scan", phone, "--case", whole, "--video", "off")
	want := listings(t, whole)
	failed := 0
	for size := 32 << 10; size < 2<<20; size = size * 7 / 4 {
		dir, grow := tight(t, size)
		scan := []string{"scan", phone, "--case", filepath.Join(dir, "case"), "--video", "off"}
		if r := ended(t, program(t, scan...)); r.status != exitDone {
			r.clear(t, fmt.Sprintf("a scan with room for %d bytes", size), "no space")
			failed++
		}
		grow(64 << 20)
		command(t, scan...)
		if got := listings(t, filepath.Join(dir, "case")); got != want {
			t.Errorf("after a disk of %d bytes was full the case is\n%.2000s", size, got)
		}
		command(t, "custody", "verify", "--case", filepath.Join(dir, "case"))
	}
	if failed < 2 {
		t.Errorf("only %d scans found the disk full", failed)
	}
	for i, args := range [][]string{{"export", "--format", "bagit", "--out", "bag"}, {"report", "--out", "r.html"}} {
		dir, grow := tight(t, []int{48 << 10, 8 << 10}[i])
		args[len(args)-1] = filepath.Join(dir, args[len(args)-1])
		args = append(args, "--case", whole)
		ended(t, program(t, args...)).clear(t, fmt.Sprint(args), "no space")
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%v left %v (%v)", args, left, err)
		}
		grow(64 << 20)
		command(t, args...)
	}
}

// The same as the sweep over all write paths, from outside: strace lets calls of the
// system fail under the program as it is, its SQLite too.
func TestTracedFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program under strace")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed: the program is not tried with calls of the system that fail")
	}
	if out, err := exec.Command(strace, "-o", "/dev/null", "true").CombinedOutput(); err != nil {
		t.Skipf("strace may trace nothing here: %s", out)
	}
	base := filepath.Join(quickDir(t), "base")
	if err := os.Mkdir(base, 0o700); err != nil {
		t.Fatal(err)
	}
	layFolder(t, base)
	s := &sweep{T: t, base: base, swept: map[string]int{}}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(t.TempDir(), "firsthand") // by this name TestMain runs it
	if err := os.Symlink(exe, named); err != nil {
		t.Fatal(err)
	}
	traced := 0
	for _, w := range writePaths() {
		if w.name != "decide" && w.name != "report" && w.name != "export bagit" && w.name != "checkpoint" {
			continue
		}
		dir := s.folder(w)
		if r := runTrial(w.args); r.status != exitDone {
			t.Fatal(r.messages)
		}
		whole := made(t, w.out)
		s.leave(dir)
		for _, inject := range []string{"pwrite64:error=ENOSPC:when=%d+", "pwrite64:error=EIO:when=%d", "fsync:error=EIO:when=%d", "linkat,renameat:error=EIO:when=%d", "ftruncate:error=EIO:when=%d", "mkdirat:error=ENOSPC:when=%d"} {
			for _, at := range []int{1, 2, 4, 8}[:1+*faultPoints%4] {
				dir := s.folder(w)
				before := s.decisions(writePath{of: "case"})
				what := fmt.Sprintf("%s with "+inject, w.name, at)
				r := ended(t, exec.Command(strace, append([]string{"-f", "-qq", "-o", "/dev/null", "-e", "inject=" + fmt.Sprintf(inject, at), named}, w.args...)...))
				if r.status != exitDone {
					s.said(what, r)
					traced++
				}
				s.record(what, writePath{of: "case"}, before)
				if now := made(t, w.out); r.status != exitDone && len(now) > 0 && fmt.Sprint(now) != fmt.Sprint(whole) {
					t.Errorf("%s: there is %v", what, now)
				}
				if r.status != exitDone && (w.name == "report" || len(made(t, w.out)) == 0) {
					if again := runTrial(w.args); again.status != exitDone {
						t.Errorf("%s: again, without: %s", what, again.messages)
					}
				}
				s.leave(dir)
			}
		}
	}
	if traced < 6 {
		t.Errorf("only %d commands met a fault", traced)
	}
	t.Logf("%d commands met a fault", traced)
}
