package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
)

// A file that ends its worker, or takes too much of it, costs itself alone.
func TestFileThatEndsItsWorkerIsAFinding(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{
		"a.jpg": picture(1, 90, 60), "crash.jpg": picture(2, 90, 60), "late.jpg": picture(3, 90, 60),
		"memory.jpg": picture(4, 90, 60), "odd.jpg": picture(5, 90, 60), "z.jpg": picture(6, 90, 60),
	})
	opt := testOptions(t, 2, dir)
	opt.Examiner = inProcess{before: func(op, name string) error {
		switch {
		case name == "crash.jpg":
			return &sandbox.CrashError{Op: op, Detail: "index out of range"}
		case name == "late.jpg" && op == ExamineOp:
			return &sandbox.LimitError{Limit: sandbox.LimitCPU, Op: op, Value: "10s"}
		case name == "memory.jpg" && op == InspectOp:
			return &sandbox.LimitError{Limit: sandbox.LimitMemory, Op: op, Value: "64 MiB"}
		case name == "odd.jpg" && op == ExamineOp:
			return &sandbox.ProtocolError{Op: op, What: "message of unknown kind"}
		}
		return nil
	}}
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	sum := scanned(t, f, opt)
	if sum.Files != 6 || sum.Read != 6 || sum.Examined != 6 || sum.Problems != 3 {
		t.Errorf("the scan says %+v", sum)
	}
	got := findings(t, f, "not-examined")
	want := map[extract.Text]string{
		"phone/crash.jpg":  "not examined: the decoder failed on this file: index out of range",
		"phone/late.jpg":   "not examined: it takes more than 10s of CPU time",
		"phone/memory.jpg": "its metadata were not examined: it takes more than 64 MiB of memory",
		"phone/odd.jpg":    "not examined: the decoder gave no proper answer: message of unknown kind",
	}
	if len(got) != len(want) {
		t.Errorf("%d findings: %v", len(got), got)
	}
	for _, x := range got {
		if want[x.Path] != x.Message || x.Severity != source.Error {
			t.Errorf("%s: %s %s", x.Path, x.Severity, x.Message)
		}
	}
	// What one part of the examination costs leaves the other.
	if m := itemAt(t, f, "phone/late.jpg").Media; m.Kind != extract.Image || m.Width == nil || m.Error == "" {
		t.Errorf("of late.jpg is kept %+v", m)
	}
	if it := itemAt(t, f, "phone/memory.jpg"); !it.Readable() || it.Media.MediaType != "image/jpeg" {
		t.Errorf("of memory.jpg is kept %+v", it.Media)
	}
	if it := itemAt(t, f, "phone/z.jpg"); !it.Readable() {
		t.Error("the file behind them was not read")
	}
}

// That no worker could be started is not the file's doing: it is tried again.
func TestFileWithoutAWorkerIsTriedAgain(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"a.jpg": picture(1, 90, 60)})
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 1, dir)
	opt.Examiner = inProcess{before: func(string, string) error {
		return &sandbox.LimitError{Limit: sandbox.LimitWall, Op: "start", Value: "30s"}
	}}
	scanned(t, f, opt)
	if got := findings(t, f, "unreadable"); len(got) != 1 || got[0].Path != "phone/a.jpg" {
		t.Errorf("findings %v", got)
	}
	sum := scanned(t, f, testOptions(t, 1, dir))
	if it := itemAt(t, f, "phone/a.jpg"); sum.Examined != 1 || !it.Readable() || len(findings(t, f, "unreadable")) != 0 {
		t.Errorf("the next scan: %+v", sum)
	}
}

func TestSameBytesInTwoSourcesAreOneItem(t *testing.T) {
	same := picture(1, 90, 60)
	phone := write(t, "phone", map[string][]byte{"IMG_20240501_101500.jpg": same})
	channel := write(t, "channel", map[string][]byte{"photo.jpg": same, "other.jpg": picture(2, 90, 60)})
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	sum := scanned(t, f, testOptions(t, 2, phone, channel))
	if sum.Read != 3 || sum.Examined != 2 {
		t.Errorf("the scan says %+v", sum)
	}
	it := itemAt(t, f, "phone/IMG_20240501_101500.jpg")
	if len(it.Sightings) != 2 || it.Sightings[0].Path != "channel/photo.jpg" || it.Sightings[1].Source != "phone" {
		t.Fatalf("its sightings are %+v", it.Sightings)
	}
	named := func(times []extract.Time) (n int) {
		for _, x := range times {
			if x.Kind == "file_name" {
				n++
			}
		}
		return n
	}
	if named(it.Sightings[0].Times) != 0 || named(it.Sightings[1].Times) != 1 {
		t.Error("a name is said of the place that has it")
	}
}

// Of files with the same bytes the first decides whether the extension fits,
// however many workers look at them and in whatever order they are done.
func TestFirstNameDecidesOnTheExtension(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"a.jpg": picture(1, 90, 60), "b.png": picture(1, 90, 60), "c.mp4": picture(1, 90, 60)})
	for _, workers := range []int{1, 4} {
		for _, slow := range []string{"a.jpg", "b.png", "c.mp4"} {
			f := testCase(t, filepath.Join(t.TempDir(), "case"))
			opt := testOptions(t, workers, dir)
			opt.Examiner = inProcess{before: func(_, name string) error {
				if name == slow {
					time.Sleep(5 * time.Millisecond)
				}
				return nil
			}}
			sum := scanned(t, f, opt)
			if it := itemAt(t, f, "phone/a.jpg"); it.Media.ExtensionMismatch || len(it.Sightings) != 3 || sum.Examined != 1 {
				t.Errorf("%d workers, slow %s: mismatch %v, %d examined", workers, slow, it.Media.ExtensionMismatch, sum.Examined)
			}
		}
	}
}

func TestFileWrittenToWhileItIsRead(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"a.jpg": picture(1, 90, 60), "b.jpg": picture(2, 90, 60)})
	growing := filepath.Join(dir, "b.jpg")
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	opt.Examiner = inProcess{before: func(_, name string) error {
		if name != "b.jpg" {
			return nil
		}
		return errors.Join(os.WriteFile(growing, append(picture(2, 90, 60), "more"...), 0o644), os.Chtimes(growing, time.Time{}, time.Now()))
	}}
	scanned(t, f, opt)
	got := findings(t, f, "changed-while-read")
	if len(got) != 1 || got[0].Path != "phone/b.jpg" || got[0].Severity != source.Warning {
		t.Fatalf("findings %v", got)
	}
	// What was digested is what was decoded, and the next scan reads the rest.
	if it := itemAt(t, f, "phone/b.jpg"); !it.Readable() || it.Size != int64(len(picture(2, 90, 60))) {
		t.Errorf("the item is of %d bytes, error %q", it.Size, it.Media.Error)
	}
	sum := scanned(t, f, testOptions(t, 2, dir))
	if sum.Read != 1 || sum.Kept != 1 || len(findings(t, f, "changed-while-read")) != 0 {
		t.Errorf("the next scan: %+v", sum)
	}
}

// A large file is read by the decoders after its digest was taken: bytes that
// changed in between are noticed though size and time are the same.
func TestLargeFileIsDigestedAgain(t *testing.T) {
	path := filepath.Join(write(t, "phone", map[string][]byte{"a.bin": nil}), "a.bin")
	if err := os.Truncate(path, inMemory+1); err != nil {
		t.Fatal(err)
	}
	settle(t, path, 0)
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	file := source.File{Rel: "a.bin", Path: "phone/a.bin"}
	c, err := open(t.Context(), root, file)
	if err != nil {
		t.Fatal(err)
	}
	defer c.file.Close()
	newLook(Options{}, c, "a.bin")
	if got := c.changed(t.Context(), file); got != nil {
		t.Errorf("an unchanged file: %v", got)
	}
	w, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.WriteAt([]byte("x"), 1000)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	settle(t, path, 0)
	if got := c.changed(t.Context(), file); len(got) != 1 || got[0].Code != "changed-while-read" {
		t.Errorf("a changed file: %v", got)
	}
}

func TestUnreadableFilesAreReportedOnce(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"a.jpg": picture(1, 90, 60), "closed.jpg": picture(2, 90, 60), "vast.mp4": nil})
	if err := os.Truncate(filepath.Join(dir, "vast.mp4"), largest+1); err != nil {
		t.Skipf("this file system has no files without bytes: %v", err)
	}
	if err := os.Chmod(filepath.Join(dir, "closed.jpg"), 0); err != nil {
		t.Fatal(err)
	}
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	sum := scanned(t, f, testOptions(t, 2, dir))
	if got := findings(t, f, "limit"); len(got) != 1 || got[0].Path != "phone/vast.mp4" || !strings.Contains(got[0].Message, "64 GiB") {
		t.Errorf("findings %v", got)
	}
	if _, err := os.ReadFile(filepath.Join(dir, "closed.jpg")); err == nil {
		return // this user may read everything
	}
	if got := findings(t, f, "unreadable"); len(got) != 1 || got[0].Path != "phone/closed.jpg" || sum.Problems != 2 {
		t.Errorf("findings %v, %d problems", got, sum.Problems)
	}
}

// Reading a long file ends with the context, not with the file.
func TestReadingEndsWithItsContext(t *testing.T) {
	path := filepath.Join(write(t, "phone", map[string][]byte{"a.bin": nil}), "a.bin")
	if err := os.Truncate(path, largest); err != nil {
		t.Skipf("this file system has no files without bytes: %v", err)
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := open(ctx, root, source.File{Rel: "a.bin"}); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 2*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
