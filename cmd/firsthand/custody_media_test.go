package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// An original that was changed is found where its length and its time are as
// they were.
func TestOriginalOfTheSameLengthIsCompared(t *testing.T) {
	dir, at := t.TempDir(), time.Unix(1_600_000_000, 0)
	write := func(text string) {
		name := filepath.Join(dir, "a.jpg")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	digest, size, err := hashing.Digest(strings.NewReader("smoke, seen at 14:02"))
	if err != nil {
		t.Fatal(err)
	}
	s := verify.Sighting{Rel: "a.jpg", Path: "phone/a.jpg", Digest: verify.Digest(digest), Size: size, ModTime: at}
	write("smoke, seen at 14:02")
	if got := compareOriginal(root, s, nil); got != nil {
		t.Errorf("as it was: %v", got)
	}
	write("smoke, seen at 15:02")
	if got := compareOriginal(root, s, nil); got == nil || !strings.Contains(got.Error(), "phone/a.jpg") {
		t.Errorf("an hour later: %v", got)
	}
}
