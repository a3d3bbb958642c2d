package workshop

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

// newCase makes an empty case.
func newCase(dir string) (*casefile.File, error) {
	return casefile.Create(dir, casefile.Options{Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), Actor: "Ada", Tool: "test"})
}

func TestUnpack(t *testing.T) {
	p, err := Open(packed(t, flood()))
	must(t, err)
	dir := filepath.Join(t.TempDir(), "media")
	must(t, p.Unpack(t.Context(), dir))
	for name, want := range floodMedia() {
		full := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(full)
		must(t, err)
		info, err := os.Stat(full)
		must(t, err)
		if !bytes.Equal(text, want.Data) || !info.ModTime().Equal(flood().Exercise.Media[0].Modified) {
			t.Errorf("%s: %d bytes of %s", name, len(text), info.ModTime())
		}
	}
	if err := p.Unpack(t.Context(), dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over what is there: %v", err)
	}
}

// A pack that is exchanged after it was opened is not unpacked.
func TestUnpackOfAnExchangedPack(t *testing.T) {
	path := packed(t, flood())
	p, err := Open(path)
	must(t, err)
	other := flood()
	other.Exercise.Level = 3
	raw, err := os.ReadFile(packed(t, other))
	must(t, err)
	must(t, os.WriteFile(path, raw, 0o600))
	dir := filepath.Join(t.TempDir(), "media")
	if err := p.Unpack(t.Context(), dir); err == nil {
		t.Error("it was unpacked")
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it left %s: %v", dir, err)
	}
}

func TestBegin(t *testing.T) {
	p, err := Open(packed(t, flood()))
	must(t, err)
	dir := filepath.Join(t.TempDir(), "new", "learner")
	f, err := Begin(t.Context(), p, dir, newCase)
	must(t, err)
	defer f.Close()
	if f.Info().Dir != filepath.Join(dir, "case") || !casefile.IsExercise(f.Info().Dir) {
		t.Errorf("the case is %s", f.Info().Dir)
	}
	s, err := f.Exercise(t.Context())
	must(t, err)
	if s == nil || s.Pack != p.Digest() || !reflect.DeepEqual(s.Exercise, p.Exercise()) || s.Key != nil {
		t.Errorf("the case holds %+v", s)
	}
	places, err := f.Places(t.Context())
	must(t, err)
	settings, err := f.Settings(t.Context())
	must(t, err)
	if !reflect.DeepEqual(places, p.places) || settings["zone"] != "Europe/Kyiv" {
		t.Errorf("places %v, zone %q", places, settings["zone"])
	}
	if _, err := os.Stat(filepath.Join(dir, "media", "telegram", "result.json")); err != nil {
		t.Error(err)
	}
}

func TestBeginKeepsApart(t *testing.T) {
	p, err := Open(packed(t, flood()))
	must(t, err)
	top := t.TempDir()
	real, err := newCase(filepath.Join(top, "flood-2025"))
	must(t, err)
	must(t, real.Close())
	learner := filepath.Join(top, "learner")
	f, err := Begin(t.Context(), p, learner, newCase)
	must(t, err)
	must(t, f.Close())
	alone, err := newCase(filepath.Join(top, "no-media", "case"))
	must(t, err)
	must(t, alone.Close())
	full := filepath.Join(top, "full")
	must(t, os.MkdirAll(full, 0o700))
	must(t, os.WriteFile(filepath.Join(full, "a"), nil, 0o600))
	tests := map[string]error{
		filepath.Join(top, "flood-2025"):            ErrInsideCase,
		filepath.Join(top, "flood-2025", "x"):       ErrInsideCase,
		filepath.Join(top, "flood-2025", "x", "y"):  ErrInsideCase,
		filepath.Join(learner, "case", "x"):         ErrInsideCase,
		filepath.Join(learner, "media", "camera"):   ErrInsideCase,
		filepath.Join(top, "no-media", "media"):     ErrInsideCase,
		filepath.Join(learner, "media", "new", "x"): ErrInsideCase,
		learner: ErrNotEmpty,
		full:    ErrNotEmpty,
	}
	if runtime.GOOS != "windows" {
		for name, to := range map[string]string{"link": "flood-2025", "inner-link": filepath.Join("flood-2025", casefile.CacheFolder)} {
			must(t, os.MkdirAll(filepath.Join(top, to), 0o700))
			link := filepath.Join(top, name)
			must(t, os.Symlink(filepath.Join(top, to), link))
			tests[link], tests[filepath.Join(link, "x")] = ErrInsideCase, ErrInsideCase
		}
	}
	before := listed(t, top)
	for dir, want := range tests {
		if _, err := Begin(t.Context(), p, dir, newCase); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", dir, err, want)
		}
	}
	if after := listed(t, top); !reflect.DeepEqual(after, before) {
		t.Errorf("there is now %v, before %v", after, before)
	}
	beside, err := Begin(t.Context(), p, filepath.Join(top, "beside"), newCase)
	must(t, err)
	must(t, beside.Close())
}

// listed are all names in a folder and below.
func listed(t *testing.T, dir string) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		names = append(names, path)
		return err
	}))
	return names
}

func TestBeginThatFailsLeavesNothing(t *testing.T) {
	p, err := Open(packed(t, flood()))
	must(t, err)
	for name, create := range map[string]func(string) (*casefile.File, error){
		"no case":            func(string) (*casefile.File, error) { return nil, errors.New("no room on the disk") },
		"a case that is old": oldCase,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "learner")
			if _, err := Begin(t.Context(), p, dir, create); err == nil {
				t.Error("it began")
			}
			if got := listed(t, dir); len(got) > 1 {
				t.Errorf("it left %v", got)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Begin(ctx, p, filepath.Join(t.TempDir(), "x"), newCase); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// oldCase makes a case in which something was done already.
func oldCase(dir string) (*casefile.File, error) {
	f, err := newCase(dir)
	if err != nil {
		return nil, err
	}
	return f, f.Set(context.Background(), "zone", "UTC")
}
