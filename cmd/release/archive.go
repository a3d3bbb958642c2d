package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// entry is a file of an archive, or of the page.
type entry struct {
	name    string // with forward slashes
	data    []byte
	program bool // may be executed
}

func (e entry) mode() fs.FileMode {
	if e.program {
		return 0o755
	}
	return 0o644
}

// archive is what people download for one kind of machine.
type archive struct {
	name        string
	bytes       []byte
	entries     []entry
	programSize int
	sbom        []byte
}

// pack puts files into the form that the target's people open without other
// tools. It depends on names, bytes and the one time alone: files are in the
// order of their names, belong to nobody and have one of two modes.
func pack(t target, folder string, entries []entry, at time.Time) (name string, data []byte, err error) {
	entries = slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.name, b.name) })
	for i := range entries[1:] {
		if entries[i].name == entries[i+1].name {
			return "", nil, fmt.Errorf("two files of the archive are called %s", entries[i].name)
		}
	}
	var b bytes.Buffer
	if t.os == "windows" {
		name, err = folder+".zip", writeZip(&b, folder, entries, at)
	} else {
		name, err = folder+".tar.gz", writeTar(&b, folder, entries, at)
	}
	return name, b.Bytes(), err
}

func writeTar(w io.Writer, folder string, entries []entry, at time.Time) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression) // its header holds neither name nor time
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, e := range entries {
		h := &tar.Header{Typeflag: tar.TypeReg, Name: path.Join(folder, e.name), Size: int64(len(e.data)), Mode: int64(e.mode()), ModTime: at, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(e.data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func writeZip(w io.Writer, folder string, entries []entry, at time.Time) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, e := range entries {
		h := &zip.FileHeader{Name: path.Join(folder, e.name), Method: zip.Deflate, Modified: at.UTC()}
		h.SetMode(e.mode())
		f, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := f.Write(e.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// readFolder reads all files of a folder, in the order of their names, which
// then begin with the prefix.
func readFolder(dir, prefix string) ([]entry, error) {
	var out []entry
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(p)
		out = append(out, entry{name: path.Join(prefix, filepath.ToSlash(rel)), data: data})
		return err
	})
	return out, err
}

// differences names the files that are not in both lists with the same bytes.
func differences(a, b []entry) []string {
	held := map[string][]byte{}
	for _, e := range a {
		held[e.name] = e.data
	}
	var out []string
	for _, e := range b {
		data, ok := held[e.name]
		if !ok || !bytes.Equal(data, e.data) {
			out = append(out, e.name)
		}
		delete(held, e.name)
	}
	for name := range held {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
