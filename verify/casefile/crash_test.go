package casefile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

const crashFolder = "FIRSTHAND_TEST_CRASH_FOLDER"

// TestMain lets the test binary be the process that TestKilledWriter kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashFolder); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Println("error", err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver writes to a case until it is killed and prints what was
// acknowledged: "file N" and "decision N", one a line.
func writeForEver(dir string) error {
	opts := testOptions()
	opts.Now = nil
	f, err := Open(dir, opts)
	if errors.Is(err, os.ErrNotExist) {
		f, err = Create(dir, opts)
	}
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := f.BeginScan(ctx, ScanInfo{Version: "v1"})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		name := fmt.Sprintf("%d-%d", s.ID(), i)
		r := plain("one", name, name)
		r.Item.Frames = []verify.Frame{{Thumb: []byte(name)}}
		if err := s.Put(ctx, []Result{r}); err != nil {
			return err
		}
		fmt.Println("file", name)
		d, err := f.Decide(ctx, verify.Decision{Kind: "confirm", Incident: name, By: "x"})
		if err != nil {
			return err
		}
		fmt.Println("decision", d.Seq)
	}
}

// A writer killed at any moment loses nothing that it acknowledged, and the
// record holds.
func TestKilledWriter(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := filepath.Join(t.TempDir(), "case")
	acknowledged := make(map[string]bool)
	for round := range 12 {
		for _, line := range runAndKill(t, dir, time.Duration(20+37*round%150)*time.Millisecond) {
			acknowledged[line] = true
		}
		opts := testOptions()
		opts.ReadOnly = round%2 == 0 // before anything is mended, and after
		f, err := Open(dir, opts)
		if errors.Is(err, os.ErrNotExist) && len(acknowledged) == 0 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		checkAcknowledged(t, f, acknowledged)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < 20 {
		t.Errorf("only %d writes were acknowledged: the test shows little", len(acknowledged))
	}
}

func checkAcknowledged(t *testing.T, f *File, acknowledged map[string]bool) {
	t.Helper()
	if _, err := f.VerifyCustody(t.Context()); err != nil && !strings.Contains(err.Error(), "ends in the middle of a checkpoint") {
		t.Error(err)
	}
	state, err := f.SourceState(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := f.Decisions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made := make(map[string]bool)
	for _, d := range decisions {
		made[strconv.FormatInt(d.Seq, 10)] = true
	}
	for line := range acknowledged {
		what, which, _ := strings.Cut(line, " ")
		if _, seen := state[which]; what == "file" && !seen || what == "decision" && !made[which] {
			t.Errorf("%s was acknowledged and is lost", line)
		}
	}
}

// runAndKill runs the writer, kills it some time after its first line and
// returns its lines.
func runAndKill(t *testing.T, dir string, after time.Duration) []string {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	process, err := os.StartProcess(os.Args[0], os.Args[:1], &os.ProcAttr{
		Env: append(os.Environ(), crashFolder+"="+dir), Files: []*os.File{nil, in, os.Stderr},
	})
	in.Close()
	if err != nil {
		t.Fatal(err)
	}
	limit := time.AfterFunc(20*time.Second, func() { process.Kill() })
	defer limit.Stop()
	var lines []string
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		if len(lines) == 0 {
			time.AfterFunc(after, func() { process.Kill() })
		}
		if strings.HasPrefix(scanner.Text(), "error") {
			t.Error(scanner.Text())
		}
		lines = append(lines, scanner.Text())
	}
	if _, err := process.Wait(); err != nil {
		t.Fatal(err)
	}
	return lines
}
