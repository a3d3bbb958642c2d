//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
)

// Collecting that is killed again and again leaves no copy that is not what its
// name says, and ends in all of them.
func TestKilledCollectingGoesOn(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	source, caseDir := filepath.Join(dir, "phone"), filepath.Join(dir, "case")
	if err := os.Mkdir(source, 0o755); err != nil {
		t.Fatal(err)
	}
	const files = 24
	random := rand.NewChaCha8([32]byte{1})
	for i := range files {
		b := make([]byte, 1<<20)
		random.Read(b)
		if err := os.WriteFile(filepath.Join(source, fmt.Sprintf("%02d.bin", i)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	scan := []string{"scan", source, "--case", caseDir, "--video", "off", "--quiet"}
	if out, err := program(t, scan...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	killed, midway := 0, 0
	for range 12 {
		cmd := program(t, append(scan, "--collect")...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		had := len(copiesIn(t, caseDir))
		for range 2000 { // until it copies
			if len(copiesIn(t, caseDir)) > had {
				break
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(random.Uint64()%5) * time.Millisecond)
		if syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) == nil {
			killed++
		}
		_ = cmd.Wait()
		if n := len(copiesIn(t, caseDir)); n > 0 && n < files {
			midway++
		}
		if len(copiesIn(t, caseDir)) == files {
			break
		}
	}
	if killed == 0 || midway == 0 {
		t.Errorf("%d runs were killed, %d of them midway", killed, midway)
	}
	if out, err := program(t, append(scan, "--collect")...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if n := len(copiesIn(t, caseDir)); n != files {
		t.Errorf("%d of %d copies", n, files)
	}
	if left, err := filepath.Glob(filepath.Join(caseDir, "objects", ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	out, err := program(t, "custody", "verify", "--case", caseDir, "--media").CombinedOutput()
	if err != nil || !strings.Contains(string(out), fmt.Sprintf("%d copies in the case are whole", files)) {
		t.Errorf("%v: %s", err, out)
	}
}

// copiesIn gives the copies of a case, and fails where one is not what its name
// says.
func copiesIn(t *testing.T, caseDir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(caseDir, "objects", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		digest, _, err := hashing.Digest(f)
		f.Close()
		if err != nil || digest != filepath.Base(name) {
			t.Errorf("%s holds %s, %v", name, digest, err)
		}
	}
	return names
}
