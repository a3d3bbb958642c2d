package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// ObjectsFolder is the part of a case folder that holds copies of originals, each
// under its content: objects/ab/SHA256, read-only.
const ObjectsFolder = "objects"

// filesCollected is the kind of event of originals that were copied into the
// case, its subjects.
const filesCollected = "files-collected"

type filesCollectedBody struct {
	Bytes int64 `json:"bytes"` // of all of them
}

// ErrNotOriginal is content that is not what it was to be collected as.
var ErrNotOriginal = errors.New("the file is not what was scanned")

// collectedTable holds which originals were collected.
func collectedTable() checkedTable {
	return checkedTable{
		name: "collected", columns: []string{"digest", "seq"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{filesCollected: func(rows *wantedRows, event custody.Event) error {
			for _, digest := range event.Subjects {
				rows.put(event.Seq, digest, event.Seq)
			}
			return nil
		}},
	}
}

// CollectedPath is where the copy of an original lies in a case folder, whether
// there is one or not.
func CollectedPath(dir string, d verify.Digest) string {
	return filepath.Join(dir, ObjectsFolder, filepath.FromSlash(objectName(d)))
}

func objectName(d verify.Digest) string { return path.Join(string(d[:2]), string(d)) }

// Collected gives the originals that the case says it has copies of. Whether
// these are still there and whole is for who reads them.
func (f *File) Collected(ctx context.Context) (map[verify.Digest]bool, error) {
	rows, err := f.query(ctx, "SELECT digest FROM collected")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[verify.Digest]bool{}
	for rows.Next() {
		var d verify.Digest
		if err := rows.Scan(&d); err != nil {
			return nil, fmt.Errorf("read what was collected: %w", err)
		}
		have[d] = true
	}
	return have, rows.Err()
}

// OpenCollected opens the copy of an original for reading. Where there is none,
// the error is fs.ErrNotExist. The bytes are not checked.
func OpenCollected(dir string, d verify.Digest) (*os.File, fs.FileInfo, error) {
	if !validDigest(d) {
		return nil, nil, fs.ErrNotExist
	}
	root, err := os.OpenRoot(filepath.Join(dir, ObjectsFolder))
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	return source.Open(root, source.File{Rel: objectName(d)})
}

// Collector copies originals into the case. It is used by one goroutine; what was
// added is recorded by [Collector.Settle] and [Collector.End], and is found again
// and recorded by the next one where neither was reached.
type Collector struct {
	file   *File
	folder *disk.Folder
	added  []string
	bytes  int64
}

// BeginCollecting makes ready to collect. What a killed run left half written is
// taken away.
func (f *File) BeginCollecting() (*Collector, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return nil, err
	}
	dir := f.path(ObjectsFolder)
	if err := disk.MakeFolder(dir); err != nil {
		return nil, err
	}
	disk.Sweep(dir)
	folder, err := disk.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	folder.SyncLater()
	return &Collector{file: f, folder: folder}, nil
}

// Waiting is how many originals were added and not recorded yet.
func (c *Collector) Waiting() int { return len(c.added) }

// Has says whether a copy of that size is there.
func (c *Collector) Has(d verify.Digest, size int64) bool {
	info, err := c.folder.Root().Lstat(filepath.FromSlash(objectName(d)))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// Add copies one original: under another name first, forced to the disk, then
// named by its content, read back and hashed, read-only. A whole copy that is
// there already is left alone, one that is not is replaced. Content that is not
// what the digest says is [ErrNotOriginal], and nothing is kept of it.
func (c *Collector) Add(ctx context.Context, d verify.Digest, original io.Reader) error {
	if !validDigest(d) {
		return fmt.Errorf("collect: %.80q is not a digest", d)
	}
	name := objectName(d)
	size, err := c.whole(ctx, d)
	switch {
	case err == nil: // left by a run that was stopped before it was recorded
		if err := disk.SyncFolder(filepath.Join(c.folder.Path(), path.Dir(name))); err != nil {
			return err
		}
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		if size, err = c.copy(ctx, d, original, errors.Is(err, fs.ErrNotExist)); err != nil {
			return err
		}
	}
	c.added, c.bytes = append(c.added, string(d)), c.bytes+size
	return nil
}

func (c *Collector) copy(ctx context.Context, d verify.Digest, original io.Reader, free bool) (int64, error) {
	name := objectName(d)
	if err := c.folder.MakeFolder(path.Dir(name)); err != nil {
		return 0, err
	}
	p, err := c.folder.Begin(".")
	if err != nil {
		return 0, err
	}
	defer p.Discard()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(p, sum), source.UntilDone(ctx, original)); err != nil {
		return 0, source.Reason(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != string(d) {
		return 0, ErrNotOriginal
	}
	p.Mode(0o444)
	give := p.As
	if !free {
		give = p.Over
	}
	if err := give(name); err != nil {
		return 0, err
	}
	size, err := c.whole(ctx, d)
	if err != nil && ctx.Err() == nil {
		err = &disk.Error{Op: "read back", Path: CollectedPath(c.file.dir, d), Err: errors.Join(disk.ErrFaulty, err)}
	}
	return size, err
}

// errDamaged is a copy whose bytes are not those that it is named by.
var errDamaged = errors.New("its bytes are not those that were written")

// whole reads a copy and gives its size; the error is fs.ErrNotExist where there
// is none.
func (c *Collector) whole(ctx context.Context, d verify.Digest) (int64, error) {
	f, _, err := source.Open(c.folder.Root(), source.File{Rel: objectName(d)})
	if err != nil {
		return 0, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, source.UntilDone(ctx, f))
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != string(d) {
		err = errDamaged
	}
	return n, err
}

// Settle records what was added since the last time: first the names reach the
// disk, then the ledger says that the copies are there.
func (c *Collector) Settle(ctx context.Context) error {
	if len(c.added) == 0 {
		return nil
	}
	if err := c.folder.Settle(); err != nil {
		return err
	}
	err := c.file.locked(ctx, func(t *txn) error {
		for batch := range slices.Chunk(c.added, maxPerEvent) {
			event, err := t.event(filesCollected, batch, filesCollectedBody{c.bytes})
			if err != nil {
				return err
			}
			c.bytes = 0 // said once
			for _, d := range batch {
				if _, err := t.exec("INSERT OR REPLACE INTO collected (digest, seq) VALUES (?, ?)", d, event.Seq); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record what was collected: %w", err)
	}
	c.added = c.added[:0]
	return nil
}

// End records what is left and signs the ledger. [Collector.Close] comes after it
// in any case.
func (c *Collector) End(ctx context.Context) error {
	if err := c.Settle(ctx); err != nil {
		return err
	}
	_, err := c.file.Checkpoint(ctx)
	return err
}

// Close lets go of the folder.
func (c *Collector) Close() error { return c.folder.Close() }
