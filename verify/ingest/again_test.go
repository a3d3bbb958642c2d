package ingest

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file is taken for the one that was scanned only where neither its size nor
// its time is another: a picture put in the place of another of the same length
// is read again, and so is one whose time was set back to what it was.
func TestWhateverChangedIsReadAgain(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"a.bin": []byte("one"), "b.bin": []byte("one more"), "c.bin": []byte("stays")})
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	put := func(name, content string, when time.Time) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
	put("a.bin", "one", at)
	put("b.bin", "one more", at)
	put("c.bin", "stays", at)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	scanned(t, f, testOptions(t, 1, dir))
	first := itemAt(t, f, "phone/a.bin").Digest
	put("a.bin", "two", at.Add(time.Second)) // of the same length
	put("b.bin", "one more and another", at) // of the same time
	sum := scanned(t, f, testOptions(t, 1, dir))
	if sum.Read != 2 || sum.Kept != 1 {
		t.Errorf("%d files were read again and %d kept, want 2 and 1", sum.Read, sum.Kept)
	}
	if itemAt(t, f, "phone/a.bin").Digest == first {
		t.Error("another content at the place is known under the digest of the first")
	}
}
