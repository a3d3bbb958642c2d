package casefile

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// segmentStore is the folder cache/likeness. A segment's file is named after
// the SHA-256 of its bytes and never changed; segments.json lists those in use.
// Everything in it can be made again.
type segmentStore struct{ dir string }

const (
	segmentList   = "segments.json"
	segmentSuffix = ".segment"
	partSuffix    = ".part" // a file that is being written
	maxList       = 1 << 20
)

// listedSegment is a line of the list: the file, and what its pictures were
// made of (see indexer.contents).
type listedSegment struct {
	File string `json:"file"`
	Of   string `json:"of"`
}

// list gives the segments in use. A list that is missing or damaged is empty.
func (s segmentStore) list() []listedSegment {
	file, err := os.Open(filepath.Join(s.dir, segmentList))
	if err != nil {
		return nil
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxList))
	if err != nil {
		return nil
	}
	var list []listedSegment
	if err := json.Unmarshal(text, &list); err != nil {
		return nil
	}
	return list
}

// prepare makes the folder.
func (s segmentStore) prepare() error { return disk.MakeFolder(s.dir) }

var errSegment = errors.New("segment is not what its name says")

// open maps a segment and compares it with its name, which reads it once.
func (s segmentStore) open(l listedSegment) (part, error) {
	digest, ok := strings.CutSuffix(l.File, segmentSuffix)
	if !ok || filepath.Base(l.File) != l.File {
		return part{}, errSegment
	}
	data, unmap, err := mapFile(filepath.Join(s.dir, l.File))
	if err != nil {
		return part{}, fmt.Errorf("open segment %s: %w", l.File, err)
	}
	if segmentDigest(sha256.Sum256(data)) != digest {
		return part{}, errors.Join(errSegment, unmap())
	}
	segment, err := index.OpenSegment(data)
	if err != nil {
		return part{}, errors.Join(fmt.Errorf("open segment %s: %w", l.File, err), unmap())
	}
	return part{listed: l, segment: segment, close: unmap}, nil
}

func segmentDigest(s sum) string { return hex.EncodeToString(s[:]) }

// write makes a segment's file and gives its name.
func (s segmentStore) write(fill func(io.Writer) error) (name string, err error) {
	folder, err := disk.OpenFolder(s.dir)
	if err != nil {
		return "", err
	}
	defer folder.Close()
	part, err := folder.Begin(".")
	if err != nil {
		return "", err
	}
	defer part.Discard()
	h := sha256.New()
	w := bufio.NewWriterSize(io.MultiWriter(part, h), 1<<18)
	if err := fill(w); err != nil {
		return "", fmt.Errorf("write segment: %w", err)
	}
	if err := w.Flush(); err != nil {
		return "", err
	}
	name = segmentDigest(sum(h.Sum(nil))) + segmentSuffix
	return name, part.Over(name)
}

// replaceList puts a new list in place of the old one and deletes the files
// that are not on it. One that another program still has open may stay until
// the next time.
func (s segmentStore) replaceList(list []listedSegment) error {
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	if err := disk.Replace(filepath.Join(s.dir, segmentList), disk.Bytes(text)); err != nil {
		return fmt.Errorf("list segments: %w", err)
	}
	keep := make(map[string]bool, len(list))
	for _, l := range list {
		keep[l.File] = true
	}
	found, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range found {
		name := e.Name()
		if !keep[name] && (strings.HasSuffix(name, segmentSuffix) || strings.HasSuffix(name, partSuffix)) {
			_ = disk.Remove(filepath.Join(s.dir, name))
		}
	}
	return nil
}
