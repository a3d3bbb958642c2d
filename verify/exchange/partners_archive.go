package exchange

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/verify"
)

// archive is a zip of records and originals in the making.
type archive struct {
	w      *zip.Writer
	c      *Case
	folder string // that everything stands in, with a slash behind, or ""
	items  map[verify.Digest]*verify.Item
}

func (c *Case) newArchive(w io.Writer, folder string) *archive {
	return &archive{w: zip.NewWriter(w), c: c, folder: folder, items: c.ItemOf()}
}

// text writes a small file.
func (z *archive) text(name string, content []byte) error {
	f, err := z.w.CreateHeader(&zip.FileHeader{Name: z.folder + name, Method: zip.Deflate, Modified: z.c.Now.UTC()})
	if err == nil {
		_, err = f.Write(content)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (z *archive) json(name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return z.text(name, append(text, '\n'))
}

// original copies an item from the first place where it is as it was when it
// was read: [ErrGone] or [ErrChanged] where it is in none. A zip cannot take
// back what was written, so the bytes are checked before and while they are
// copied.
func (z *archive) original(ctx context.Context, d verify.Digest, name string) error {
	err := error(ErrGone)
	it := z.items[d]
	if it == nil {
		return err
	}
	for i := range it.Sightings {
		s := &it.Sightings[i]
		if err = z.c.Originals.Copy(ctx, io.Discard, s); err != nil {
			continue
		}
		f, err := z.w.CreateHeader(&zip.FileHeader{Name: z.folder + name, Method: zip.Store, Modified: z.c.Now.UTC()})
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		if err := z.c.Originals.Copy(ctx, f, s); err != nil {
			return fmt.Errorf("%s was being changed while it was copied: %v", it.Path(), err)
		}
		return nil
	}
	return err
}

// withholdFiles says that the public form has no originals.
func (c *Case) withholdFiles(opt Options, out *Output) {
	if opt.Public && len(c.Items) > 0 {
		out.Lose(fmt.Sprintf("%d files", len(c.Items)), "the public form has no originals")
	}
}
