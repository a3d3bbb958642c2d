package source

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the want files in testdata; read the difference before it is committed")

// TestFormats reads each testdata/*.txtar as one source named "src" and
// compares the inventory with the .want file beside it.
func TestFormats(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := make(map[string]string)
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			got := describe(read(t, tree(t, files)))
			golden := strings.TrimSuffix(path, ".txtar") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("inventory differs from %s\ngot:\n%s", golden, got)
			}
		})
	}
}

// tree writes files into a new source folder.
func tree(t *testing.T, files map[string]string) Source {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "src")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	src, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func read(t *testing.T, src Source) *Inventory {
	t.Helper()
	inv, err := Read(context.Background(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

// describe writes an inventory for people to read.
func describe(inv *Inventory) string {
	var b strings.Builder
	for _, f := range inv.Files {
		fmt.Fprintf(&b, "file %s  account %q\n", f.Path, f.Account)
		for _, r := range f.Records {
			fmt.Fprintf(&b, "  %s from %s\n", r.Format, r.Sidecar)
			for _, line := range [][2]string{
				{"account", r.Account}, {"post", r.PostID}, {"album", r.Album}, {"posted", describeTime(r.Posted)},
				{"edited", describeTime(r.Edited)}, {"original", describeTime(r.Original)}, {"taken", describeTime(r.Taken)}, {"text", r.Text},
				{"url", r.URL}, {"forwarded from", r.ForwardedFrom}, {"place", r.PlaceName},
			} {
				if line[1] != "" {
					fmt.Fprintf(&b, "    %s: %s\n", line[0], strings.ReplaceAll(line[1], "\n", "\n      "))
				}
			}
			if r.Latitude != nil {
				fmt.Fprintf(&b, "    at: %g %g\n", *r.Latitude, *r.Longitude)
			}
		}
	}
	for _, s := range inv.Sidecars {
		fmt.Fprintf(&b, "sidecar %s  %s, %d records, %d missing\n", s.Rel, s.Format, s.Records, s.Missing)
	}
	for _, f := range inv.Findings {
		fmt.Fprintf(&b, "finding %q  %s %s: %s\n", f.Rel, f.Severity, f.Code, f.Message)
	}
	return b.String()
}

func describeTime(p *PostTime) string {
	if p == nil {
		return ""
	}
	when := p.Local + " local, zone unknown"
	if p.LocalEnd != "" {
		when = p.Local + " or up to " + p.LocalEnd + " local, zone unknown"
	}
	if p.Local == "" {
		when = p.Instant.Format(time.RFC3339Nano)
	}
	if !p.InstantEnd.IsZero() {
		when += " or up to " + p.InstantEnd.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%s, %s, %s by %s %q", when, p.Precision, p.Kind, p.Field, p.Raw)
}
