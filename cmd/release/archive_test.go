package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	someDay   = time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC)
	someFiles = []entry{{name: "firsthand", data: []byte("program"), program: true}, {name: "man/man1/firsthand.1", data: []byte(".TH")}, {name: "LICENSE", data: []byte("GPL")}}
	unix      = target{"linux", "arm64"}
	windows   = target{"windows", "amd64"}
)

// The same files give the same archive, in whatever order and wherever the
// clock stands.
func TestArchivesDependOnTheirFilesAlone(t *testing.T) {
	for _, of := range []target{unix, windows} {
		name, first, err := pack(of, "firsthand-1.0.0", someFiles, someDay)
		if err != nil {
			t.Fatal(err)
		}
		turned := slices.Clone(someFiles)
		slices.Reverse(turned)
		elsewhere := time.FixedZone("elsewhere", 5*3600+45*60)
		if _, second, err := pack(of, "firsthand-1.0.0", turned, someDay.In(elsewhere)); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: the same files in another order and zone give another archive (%v)", name, err)
		}
		if _, other, _ := pack(of, "firsthand-1.0.0", someFiles[:2], someDay); bytes.Equal(first, other) {
			t.Errorf("%s does not depend on its files", name)
		}
	}
	if _, _, err := pack(unix, "x", append(someFiles, someFiles[0]), someDay); err == nil {
		t.Error("two files of one name were packed")
	}
}

func TestTarBelongsToNobodyAndCanBeRun(t *testing.T) {
	_, data, err := pack(unix, "firsthand-1.0.0", someFiles, someDay)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !z.ModTime.IsZero() || z.Name != "" {
		t.Errorf("the head of gzip tells %v, %q", z.ModTime, z.Name)
	}
	modes := map[string]int64{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		modes[h.Name] = h.Mode
		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || !h.ModTime.Equal(someDay) {
			t.Errorf("%s belongs to %d %q and is of %v", h.Name, h.Uid, h.Uname, h.ModTime)
		}
	}
	if modes["firsthand-1.0.0/firsthand"] != 0o755 || modes["firsthand-1.0.0/LICENSE"] != 0o644 {
		t.Errorf("modes are %v", modes)
	}
}

func TestZipHoldsTheFiles(t *testing.T) {
	_, data, err := pack(windows, "firsthand-1.0.0", someFiles, someDay)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("firsthand-1.0.0/man/man1/firsthand.1")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(f); err != nil || string(text) != ".TH" {
		t.Errorf("the file reads %q, %v", text, err)
	}
	if at := z.File[0].Modified; !at.Equal(someDay) {
		t.Errorf("%s is of %v", z.File[0].Name, at)
	}
}

func TestDifferencesNamesWhatDiffers(t *testing.T) {
	other := []entry{{name: "firsthand", data: []byte("program")}, {name: "LICENSE", data: []byte("MIT")}, {name: "new"}}
	if got := strings.Join(differences(someFiles, other), " "); got != "LICENSE man/man1/firsthand.1 new" {
		t.Errorf("differing are said to be %q", got)
	}
	if got := differences(someFiles, someFiles); got != nil {
		t.Errorf("a list differs from itself in %q", got)
	}
}

// What is published replaces an earlier release and nothing else in the folder.
func TestPublishWritesSumsThatHold(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"firsthand-0.9-linux-amd64.tar.gz", "SHA256SUMS.minisig", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := []archive{{name: "firsthand-1.0-windows-amd64.zip", bytes: []byte("b"), sbom: []byte("{}")}, {name: "firsthand-1.0-linux-amd64.tar.gz", bytes: []byte("a"), sbom: []byte("{}")}}
	if err := publish(order{out: dir}, stamp{}, made); err != nil {
		t.Fatal(err)
	}
	left, err := readFolder(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	held := map[string]string{}
	for _, e := range left {
		names = append(names, e.name)
		held[e.name] = string(e.data)
	}
	want := "SHA256SUMS SHA512SUMS firsthand-1.0-linux-amd64.cdx.json firsthand-1.0-linux-amd64.tar.gz firsthand-1.0-windows-amd64.cdx.json firsthand-1.0-windows-amd64.zip notes.txt"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("the folder has %s", got)
	}
	const sumOfA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  firsthand-1.0-linux-amd64.tar.gz\n"
	if !strings.Contains(held["SHA256SUMS"], sumOfA) || strings.Count(held["SHA256SUMS"], "\n") != 4 {
		t.Errorf("the sums are\n%s", held["SHA256SUMS"])
	}
}
