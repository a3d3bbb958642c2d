package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// seeds adds the sidecars of the test data whose name ends in suffix.
func seeds(f *testing.F, archives, suffix string) {
	f.Helper()
	paths, err := filepath.Glob("testdata/" + archives + "*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, suffix) {
				f.Add(string(file.Data))
			}
		}
	}
}

// fuzzNames are the files beside a fuzzed sidecar.
var fuzzNames = []string{
	"a/photos/photo_1.jpg", "a/photos/photo_1_thumb.jpg", "a/photos/ok.jpg", "a/v.mp4", "a/v.info.json", "a/v.mp4.json", "a/v.json",
	"a/00000003-PHOTO-2022-06-25-11-42-16.jpg", "a/IMG-20220224-WA0001.jpg", "a/_chat.txt", "a/cafe\u0301.jpg", "outside.jpg",
}

// checkReading holds for whatever a sidecar says.
func checkReading(t *testing.T, r *reading) {
	if r == nil {
		return
	}
	if r.format == "" || len(r.entries) > maxEntries {
		t.Errorf("format %q, %d entries", r.format, len(r.entries))
	}
	for _, e := range r.entries {
		if rel := r.names.rels[e.file]; !strings.HasPrefix(rel, "a/") {
			t.Errorf("a sidecar reached %s, outside its folder", rel)
		}
		for _, p := range []*PostTime{e.Posted, e.Edited, e.Original} {
			if p != nil && p.Instant.IsZero() == (p.Local == "") {
				t.Errorf("not one of instant and local: %+v", p)
			}
			if p == nil || p.Local == "" {
				continue
			}
			if _, err := time.Parse(localLayout, p.Local); err != nil {
				t.Error(err)
			}
			if p.LocalEnd != "" && p.LocalEnd <= p.Local {
				t.Errorf("a span from %s to %s", p.Local, p.LocalEnd)
			}
		}
		if e.URL != "" && !strings.HasPrefix(strings.ToLower(e.URL), "http") {
			t.Errorf("address %q", e.URL)
		}
	}
	for _, f := range r.report() {
		if strings.ContainsAny(f.Message, "\n\r\x1b") || strings.HasSuffix(f.Message, ".") {
			t.Errorf("message %q", f.Message)
		}
	}
}

func fuzzJSON(f *testing.F, rel string) {
	f.Fuzz(func(t *testing.T, data string) {
		n := newNames(fuzzNames)
		checkReading(t, readJSON(strings.NewReader(data), rel, n, 1<<20))
	})
}

func FuzzTelegram(f *testing.F) {
	seeds(f, "telegram", "result.json")
	fuzzJSON(f, "a/result.json")
}

func FuzzYTDLP(f *testing.F) {
	seeds(f, "ytdlp", ".info.json")
	fuzzJSON(f, "a/v.info.json")
}

func FuzzGalleryDL(f *testing.F) {
	seeds(f, "gallerydl", ".json")
	fuzzJSON(f, "a/v.mp4.json")
}

func FuzzWhatsApp(f *testing.F) {
	seeds(f, "whatsapp", ".txt")
	f.Fuzz(func(t *testing.T, data string) {
		n := newNames(fuzzNames)
		checkReading(t, readWhatsApp(strings.NewReader(data), "a/_chat.txt", n, 1<<20))
	})
}

// TestEscapeMender compares the mended stream, read in pieces of every size,
// with what it should be.
func TestEscapeMender(t *testing.T) {
	const given, want = "\ufeff" + `{"a\x0Bb":"\\x0B\"\x1"}\x`, `{"a ` + "\ufffd" + `b":"\\x0B\" ` + "\ufffd" + `}\x`
	for size := 1; size < 40; size++ {
		var got strings.Builder
		in := newEscapeMender(strings.NewReader(given))
		for piece := make([]byte, size); ; {
			n, err := in.Read(piece)
			got.Write(piece[:n])
			if err != nil {
				break
			}
		}
		if got.String() != want {
			t.Errorf("in pieces of %d: %q, want %q", size, got.String(), want)
		}
	}
}

func TestMain(m *testing.M) {
	// Nothing here may depend on the zone of the machine.
	time.Local = time.FixedZone("test", 5*3600+45*60)
	os.Exit(m.Run())
}
