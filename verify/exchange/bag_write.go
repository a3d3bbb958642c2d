package exchange

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"time"
)

// BagTarget is where the files of a bag go.
type BagTarget interface {
	// Write writes one file, whose name has forward slashes.
	Write(name string, content func(io.Writer) error) error
}

// BagWriter writes a bag of RFC 8493. Names are relative and have forward
// slashes.
type BagWriter struct {
	out     BagTarget
	sums    []bagSum
	payload []baggedFile
	tags    []baggedFile
}

// NewBagWriter begins a bag with manifests of SHA-256 alone.
func NewBagWriter(out BagTarget) *BagWriter { return &BagWriter{out: out, sums: bagSums[:1]} }

// baggedFile is one file of a bag with its checksums, in hexadecimal.
type baggedFile struct {
	name           string
	size           int64
	sha256, sha512 string
}

// bagSum is a checksum that a manifest has.
type bagSum struct {
	name string
	of   func(baggedFile) string
}

// The checksums of the bags that are written.
var bagSums = []bagSum{
	{"sha256", func(f baggedFile) string { return f.sha256 }},
	{"sha512", func(f baggedFile) string { return f.sha512 }},
}

// summed counts and hashes what goes through it.
type summed struct {
	w      io.Writer
	a, b   hash.Hash
	length int64
}

func (s *summed) Write(p []byte) (int, error) {
	s.a.Write(p)
	s.b.Write(p)
	n, err := s.w.Write(p)
	s.length += int64(n)
	return n, err
}

// File writes one file: payload when it lies in data/, else a tag file.
func (b *BagWriter) File(name string, content func(io.Writer) error) error {
	s := summed{a: sha256.New(), b: sha512.New()}
	err := b.out.Write(name, func(w io.Writer) error {
		s.w = w
		return content(&s)
	})
	if err != nil {
		return err
	}
	f := baggedFile{name, s.length, hex.EncodeToString(s.a.Sum(nil)), hex.EncodeToString(s.b.Sum(nil))}
	if strings.HasPrefix(name, "data/") {
		b.payload = append(b.payload, f)
	} else {
		b.tags = append(b.tags, f)
	}
	return nil
}

func (b *BagWriter) text(name string, text []byte) error {
	return b.File(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// json writes a JSON document for people and programs.
func (b *BagWriter) json(name string, v any) error {
	return b.File(name, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	})
}

// jsonLines writes one JSON value a line.
func jsonLines[T any](b *BagWriter, name string, values []T) error {
	return b.File(name, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range values {
			if err := enc.Encode(values[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Finish writes what makes a bag of the files: declaration, description and
// manifests. A day that is zero is left out. A bag in a folder that has no
// payload still has its folder and manifests.
func (b *BagWriter) Finish(info [][2]string, day time.Time) error {
	if err := b.text("bagit.txt", []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")); err != nil {
		return err
	}
	var size int64
	for _, f := range b.payload {
		size += f.size
	}
	info = slices.Clone(info)
	if !day.IsZero() {
		info = append(info, [2]string{"Bagging-Date", day.UTC().Format(time.DateOnly)})
	}
	info = append(info, [2]string{"Bag-Size", inUnits(size)}, [2]string{"Payload-Oxum", fmt.Sprintf("%d.%d", size, len(b.payload))})
	var text bytes.Buffer
	for _, line := range info {
		if value := oneLine(line[1]); value != "" {
			fmt.Fprintf(&text, "%s: %s\n", line[0], value)
		}
	}
	if err := b.text("bag-info.txt", text.Bytes()); err != nil {
		return err
	}
	if out, ok := b.out.(*Output); ok && len(b.payload) == 0 {
		if err := out.folderFor("data"); err != nil {
			return err
		}
	}
	byName := func(f, g baggedFile) int { return strings.Compare(f.name, g.name) }
	slices.SortFunc(b.payload, byName)
	for _, sum := range b.sums {
		if err := b.text("manifest-"+sum.name+".txt", manifestText(b.payload, sum.of)); err != nil {
			return err
		}
	}
	slices.SortFunc(b.tags, byName)
	tags := slices.Clone(b.tags) // the tag manifests do not list each other
	for _, sum := range b.sums {
		if err := b.text("tagmanifest-"+sum.name+".txt", manifestText(tags, sum.of)); err != nil {
			return err
		}
	}
	return nil
}

// manifestText has the form of `sha256sum`.
func manifestText(files []baggedFile, sum func(baggedFile) string) []byte {
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "%s\n", ManifestLine(sum(f), f.name))
	}
	return b.Bytes()
}

// ManifestLine is a file as a manifest lists it, without the end of the line.
func ManifestLine(sum, name string) string { return sum + "  " + manifestEscapes.Replace(name) }

// manifestEscapes are the signs that RFC 8493 asks to escape in names.
var manifestEscapes = strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D")

// oneLine makes one line of a text, as the value of a tag has to be.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// inUnits writes a size for people.
func inUnits(n int64) string {
	v, unit := float64(n), "B"
	for _, next := range []string{"KB", "MB", "GB", "TB"} {
		if v < 1000 {
			break
		}
		v, unit = v/1000, next
	}
	if unit == "B" {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", v, unit)
}
