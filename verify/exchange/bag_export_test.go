package exchange

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestBagComesBackAsItWas(t *testing.T) {
	c := sampleCase(t)
	name, out := exported(t, "bagit", c, Options{})
	if len(out.Losses) > 0 {
		t.Errorf("lost %v", out.Losses)
	}
	in, err := ReadBag(context.Background(), zipFolder(t, name, "bag/"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if len(in.Bad) > 0 || len(in.Warnings) > 0 || len(in.Good) != 5 {
		t.Fatalf("good %v, bad %v, warnings %v", in.Good, in.Bad, in.Warnings)
	}
	if in.CaseID != c.ID || len(in.Ledger.Entries) != 2 {
		t.Errorf("case %q with %d entries", in.CaseID, len(in.Ledger.Entries))
	}
	into := t.TempDir()
	for range 2 { // the second time finds all there
		sources, bad, err := in.Unpack(context.Background(), into, func(string) string { return "" })
		if err != nil || len(bad) > 0 {
			t.Fatal(err, bad)
		}
		if len(sources) != 1 || sources[0].Name != "tele gram" {
			t.Fatalf("sources %v", sources)
		}
		for rel, want := range map[string]string{"IMG_1.JPG": photo, "copy/IMG_1.JPG": photo, clipName: clip, noteName: memo, "result.json": "{}"} {
			full := filepath.Join(sources[0].Dir, rel)
			got, err := os.ReadFile(full)
			info, err2 := os.Stat(full)
			if err := errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
			if string(got) != want || !info.ModTime().Equal(c.Created) || info.Mode().Perm()&0o222 != 0 {
				t.Errorf("%q is %q, %v, %v", rel, got, info.ModTime(), info.Mode())
			}
		}
	}
	if err := os.Chmod(filepath.Join(into, "tele gram", "IMG_1.JPG"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(into, "tele gram", "IMG_1.JPG"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, bad, err := in.Unpack(context.Background(), into, func(string) string { return "" })
	if err != nil || len(bad) != 1 {
		t.Errorf("another file in the way: %v, %v", bad, err)
	}
	if got, _ := os.ReadFile(filepath.Join(into, "tele gram", "IMG_1.JPG")); string(got) != "mine" {
		t.Errorf("it was written over: %q", got)
	}
}

func TestBagNamesWhatHasChanged(t *testing.T) {
	c := sampleCase(t)
	dir := c.Sources[0].Dir
	if err := errors.Join(os.WriteFile(filepath.Join(dir, noteName), []byte("b note"), 0o600), os.Remove(filepath.Join(dir, clipName)),
		os.WriteFile(filepath.Join(dir, "IMG_1.JPG"), []byte("another"), 0o600)); err != nil {
		t.Fatal(err)
	}
	out, err := NewOutput(filepath.Join(t.TempDir(), "bag"), true, false)
	if err != nil {
		t.Fatal(err)
	}
	var missing *MissingError
	if err := exportBagit(context.Background(), c, Options{}, out); !errors.As(err, &missing) || len(missing.Files) != 2 {
		t.Fatalf("want two missing originals, got %v", err)
	}
	out.Discard()
	name, out := exported(t, "bagit", c, Options{WithoutMissing: true})
	if len(out.Losses) != 3 { // the two, and the place of the photo that is another file now
		t.Errorf("losses %v", out.Losses)
	}
	in, err := ReadBag(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if len(in.Bad) != 2 || len(in.Good) != 3 {
		t.Errorf("good %v, bad %v", in.Good, in.Bad)
	}
}

func TestAlteredBagIsRefused(t *testing.T) {
	name, _ := exported(t, "bagit", sampleCase(t), Options{})
	if err := os.WriteFile(filepath.Join(name, bagCase), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	var invalid *BagError
	if _, err := ReadBag(context.Background(), name); !errors.As(err, &invalid) || !strings.Contains(err.Error(), bagCase) {
		t.Errorf("want the altered file named, got %v", err)
	}
}

// TestStockTools lets tools that are not ours check a bag.
func TestStockTools(t *testing.T) {
	name, _ := exported(t, "bagit", sampleCase(t), Options{})
	for _, command := range [][]string{
		{"sha256sum", "--quiet", "-c", "manifest-sha256.txt"}, {"sha256sum", "--quiet", "-c", "tagmanifest-sha256.txt"},
		{"sha512sum", "--quiet", "-c", "manifest-sha512.txt"}, {"sha512sum", "--quiet", "-c", "tagmanifest-sha512.txt"},
		{"bagit.py", "--quiet", "--validate", "."},
	} {
		t.Run(strings.Join(command, " "), func(t *testing.T) {
			tool, err := exec.LookPath(command[0])
			if err != nil {
				t.Skip("not installed:", command[0])
			}
			cmd := exec.Command(tool, command[1:]...)
			cmd.Dir = name
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}
