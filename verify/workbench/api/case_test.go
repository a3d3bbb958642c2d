package api

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// inProcess examines files without workers.
type inProcess struct{}

func (inProcess) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	do := ingest.Examine
	if op == ingest.InspectOp {
		do = ingest.Inspect
	}
	return do(ctx, sandbox.Request{Op: op, Params: params, File: file, Size: size}, onEmit)
}

func writing(dir string, open func(string, casefile.Options) (*casefile.File, error)) (*casefile.File, error) {
	return open(dir, casefile.Options{Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), Actor: "Ada", Tool: "test"})
}

// testProgram is a program whose scans run in this process.
func testProgram(t *testing.T) Program {
	return Program{
		Version: "test", By: "Ada", ConfigDir: t.TempDir(),
		Read:   func(dir string) (*casefile.File, error) { return casefile.Open(dir, casefile.Options{ReadOnly: true}) },
		Write:  func(dir string) (*casefile.File, error) { return writing(dir, casefile.Open) },
		Create: func(dir string) (*casefile.File, error) { return writing(dir, casefile.Create) },
		Zones:  func(context.Context, *casefile.File) (clock.Zones, error) { return clock.Zones{}, nil },
		Scan: func(ctx context.Context, file *casefile.File, order ScanOrder, progress func(ingest.Progress)) (ingest.Summary, error) {
			opt := ingest.Options{Workers: 1, Examiner: inProcess{}, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), Progress: progress}
			for _, dir := range order.Folders {
				s, err := source.New(dir)
				if err != nil {
					return ingest.Summary{}, err
				}
				opt.Sources = append(opt.Sources, s)
			}
			return ingest.Run(ctx, file, opt)
		},
	}
}

// openTestCase is a case with a source "phone" of these files, by name.
func openTestCase(t *testing.T, files map[string][]byte) *Case {
	t.Helper()
	dir := t.TempDir()
	a := New(testProgram(t))
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := a.Create(filepath.Join(dir, "case"))
	if err != nil {
		t.Fatal(err)
	}
	scanTestCase(t, c, filepath.Join(dir, "phone"), files)
	return c
}

// scanTestCase adds a folder of files to a case.
func scanTestCase(t *testing.T, c *Case, folder string, files map[string][]byte) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err := c.Scanning(t.Context(), func(f *casefile.File) error {
		_, err := c.api.program.Scan(t.Context(), f, ScanOrder{Folders: []string{folder}}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// picture is a JPEG of boxes, another for each seed.
func picture(t *testing.T, seed uint64, w, h int) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for range 40 {
		x0, y0 := r.IntN(w), r.IntN(h)
		c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		for y := y0; y < min(h, y0+h/3); y++ {
			for x := x0; x < min(w, x0+w/4); x++ {
				img.SetRGBA(x, y, c)
			}
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 88}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// ask asks a route of a case by the name that the client has for it, with the
// values of the query and the path as text and a body, nil for none.
func ask[Out any](t *testing.T, c *Case, name string, values map[string]string, body any) (Out, error) {
	t.Helper()
	var out Out
	for _, r := range Routes() {
		if r.Name != name {
			continue
		}
		query := url.Values{}
		for k, v := range values {
			query.Set(k, v)
		}
		req := Request{Query: query, Path: func(part string) string {
			if part == "case" {
				return c.ID
			}
			return values[part]
		}}
		if body != nil {
			text, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			req.Body = bytes.NewReader(text)
		}
		answer, err := r.Serve(t.Context(), c.api, req)
		if err != nil {
			return out, err
		}
		out, ok := answer.(Out)
		if !ok {
			t.Fatalf("%s answers with a %T", name, answer)
		}
		return out, nil
	}
	t.Fatalf("there is no route %s", name)
	return out, nil
}

func view(t *testing.T, c *Case) *View {
	t.Helper()
	v, err := c.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestViewIsKeptUntilTheCaseChanges(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48), "b.jpg": picture(t, 2, 64, 48)})
	first := view(t, c)
	if len(first.Items) != 2 || first.Item(first.Items[0].Digest) == nil || first.Item("none") != nil {
		t.Fatalf("%d items", len(first.Items))
	}
	if view(t, c) != first {
		t.Error("an unchanged case is read again")
	}
	decide := func(kind string) {
		err := c.Writing(t.Context(), func(f *casefile.File) error {
			_, err := f.Decide(t.Context(), verify.Decision{Kind: kind, Subjects: []verify.Digest{first.Items[0].Digest, first.Items[1].Digest}, Reason: "r", By: "Ada"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	decide(verify.NotSame)
	second := view(t, c)
	if len(second.Decisions) != 1 || len(first.Decisions) != 0 || second.State == first.State {
		t.Errorf("after a decision there are %d of them, in the old view %d; states %s and %s", len(second.Decisions), len(first.Decisions), first.State, second.State)
	}
	if &second.Items[0] != &first.Items[0] {
		t.Error("the items are read again for a decision")
	}
	scanTestCase(t, c, filepath.Join(t.TempDir(), "later"), map[string][]byte{"c.jpg": picture(t, 3, 64, 48)})
	if third := view(t, c); len(third.Items) != 3 || len(third.Decisions) != 1 || len(second.Items) != 2 || len(third.Sources) != 2 {
		t.Errorf("after another source: %d items of %d sources, %d decisions", len(third.Items), len(third.Sources), len(third.Decisions))
	}
}

// TestWhatAnotherProgramWrites shows without a restart.
func TestWhatAnotherProgramWrites(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48)})
	view(t, c)
	other, err := c.api.program.Write(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var refusal *Error
	err = c.Writing(t.Context(), func(*casefile.File) error { return nil })
	if !errors.As(err, &refusal) || refusal.Status != http.StatusLocked || refusal.Hint == "" || refusal.Safe == "" {
		t.Errorf("while another program writes: %v, want 423 with what to do", err)
	}
	if err := errors.Join(other.Set(t.Context(), "zone", "Europe/Kyiv"), other.Close()); err != nil {
		t.Fatal(err)
	}
	if v := view(t, c); v.Settings["zone"] != "Europe/Kyiv" {
		t.Errorf("the settings are %v", v.Settings)
	}
	if err := c.Writing(t.Context(), func(*casefile.File) error { return nil }); err != nil {
		t.Errorf("after it ended: %v", err)
	}
}

// TestPagesHearOfChanges by an act, by another program, and of nothing where
// nothing changed.
func TestPagesHearOfChanges(t *testing.T) {
	c := openTestCase(t, nil)
	events := c.api.Events()
	heard := func(do func()) bool {
		before := events.Last()
		do()
		list, _, _ := events.After(before)
		return slices.ContainsFunc(list, func(e Event) bool { return e.Kind == CaseChanged && e.Case == c.ID })
	}
	if !heard(func() {
		if err := c.Writing(t.Context(), func(f *casefile.File) error { return f.Set(t.Context(), "zone", "UTC") }); err != nil {
			t.Fatal(err)
		}
	}) {
		t.Error("nothing is heard of an act")
	}
	if heard(func() { _ = c.Writing(t.Context(), func(*casefile.File) error { return nil }) }) {
		t.Error("an act that changed nothing is heard")
	}
	other, err := c.api.program.Write(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(other.Set(t.Context(), "zone", "Europe/Kyiv"), other.Close()); err != nil {
		t.Fatal(err)
	}
	if !heard(func() { c.heed(t.Context()) }) {
		t.Error("nothing is heard of what another program wrote")
	}
	if heard(func() { c.heed(t.Context()) }) {
		t.Error("it is heard twice")
	}
}

func TestActsGoOnBesideAScan(t *testing.T) {
	c := openTestCase(t, nil)
	err := c.Scanning(t.Context(), func(f *casefile.File) error {
		second := c.Scanning(t.Context(), func(*casefile.File) error { return nil })
		var refusal *Error
		if !errors.As(second, &refusal) || refusal.Status != http.StatusConflict {
			t.Errorf("a second scan: %v, want a clash", second)
		}
		return c.Writing(t.Context(), func(same *casefile.File) error {
			if same != f {
				t.Error("the act has another writer than the scan")
			}
			return same.Set(t.Context(), "zone", "UTC")
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	other, err := c.api.program.Write(c.Dir)
	if err != nil {
		t.Fatalf("the case is still held: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}

func TestAddressesHoldOverAStart(t *testing.T) {
	p := testProgram(t)
	dir := filepath.Join(t.TempDir(), "Northgate")
	first := New(p)
	c, err := first.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.ID, "ate") || c.Name() != "Northgate" {
		t.Errorf("the case is %q, %q", c.ID, c.Name())
	}
	if again, err := first.Open(dir); err != nil || again != c {
		t.Errorf("opened again: %v %v", again, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := New(p)
	defer second.Close()
	again, err := second.Case(c.ID)
	if err != nil || again.Dir != dir {
		t.Fatalf("after a start: %v %v", again, err)
	}
	var refusal *Error
	if _, err := second.Case("0000000000000000"); !errors.As(err, &refusal) || refusal.Status != http.StatusNotFound {
		t.Errorf("a case that never was: %v", err)
	}
	if _, err := second.Open(t.TempDir()); !errors.As(err, &refusal) || refusal.Status != http.StatusNotFound || refusal.Hint == "" {
		t.Errorf("a folder without a case: %v", err)
	}
	if _, err := second.Create(dir); !errors.As(err, &refusal) || refusal.Status != http.StatusConflict {
		t.Errorf("a case where one is: %v", err)
	}
}

// TestLargeCaseIsNotReadAllTheTime while a scan runs: what it read is put off,
// what a person decides is not, and the pages are told when the rest is there.
func TestLargeCaseIsNotReadAllTheTime(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48)})
	first := view(t, c)
	c.view.mu.Lock()
	c.view.took, c.view.ended = 300*time.Millisecond, time.Now() // as if it were large
	c.view.mu.Unlock()
	scanTestCase(t, c, filepath.Join(t.TempDir(), "later"), map[string][]byte{"b.jpg": picture(t, 2, 64, 48)})
	if err := c.Writing(t.Context(), func(f *casefile.File) error { return f.Set(t.Context(), "zone", "UTC") }); err != nil {
		t.Fatal(err)
	}
	before := c.api.Events().Last()
	second := view(t, c)
	if len(second.Items) != 1 || second.Settings["zone"] != "UTC" || len(first.Items) != 1 {
		t.Errorf("at once there are %d items and the zone %q", len(second.Items), second.Settings["zone"])
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if list, _, _ := c.api.Events().After(before); len(list) > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the pages are never told of the rest")
		}
	}
	if third := view(t, c); len(third.Items) != 2 {
		t.Errorf("then there are %d items", len(third.Items))
	}
}
