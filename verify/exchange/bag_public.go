package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// publicBag writes a bag that may leave the room: of what is shown, copies
// without metadata; no sidecar, no ledger but its signed state, nothing of who
// decided.
func (b *bagExport) publicBag(ctx context.Context) error {
	items := make([]baggedItem, 0, len(b.c.Items))
	for i := range b.c.Items {
		it := &b.c.Items[i]
		line := baggedItem{Line: it.Line(), Seen: []baggedSighting{}}
		name, err := b.publicCopy(ctx, it.Digest)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errOutput):
			return err
		case err != nil:
			why := err.Error()
			line.Missing = &why
			b.out.Lose(it.Path(), "%s", why)
		default:
			line.Object = &name
		}
		items = append(items, line)
	}
	if err := jsonLines(&b.BagWriter, bagItems, items); err != nil {
		return err
	}
	if err := b.records(); err != nil {
		return err
	}
	if head := b.c.Ledger.Head(); head.Size > 0 {
		if err := b.text(bagCheckpoint, head.Note); err != nil {
			return err
		}
	}
	if err := b.text(withheldName, b.c.withheldText()); err != nil {
		return err
	}
	if err := b.text(bagVerify, b.howToVerify()); err != nil {
		return err
	}
	return b.finish()
}

// publicCopy puts a copy without metadata into the bag and gives its name there.
func (b *bagExport) publicCopy(ctx context.Context, digest verify.Digest) (string, error) {
	it := b.c.private[digest]
	fault := error(ErrGone)
	for i := range it.Sightings {
		var copied bytes.Buffer
		if fault = b.c.Originals.public(ctx, &copied, &it.Sightings[i], &it.Media); fault != nil {
			continue
		}
		sum := sha256.Sum256(copied.Bytes())
		name := objectName(verify.Digest(hex.EncodeToString(sum[:])), b.c.publicRel(digest))
		if err := b.text(name, copied.Bytes()); err != nil {
			return "", fmt.Errorf("%w: %w", errOutput, err)
		}
		b.written[digest] = name
		return name, nil
	}
	return "", fault
}

// publicRel is the label under which an item is shown.
func (c *Case) publicRel(digest verify.Digest) string {
	for i := range c.Items {
		if c.Items[i].Digest == digest && len(c.Items[i].Sightings) > 0 {
			return c.Items[i].Sightings[0].Rel
		}
	}
	return ""
}

// public writes the picture of an original without its metadata, after checking
// that it is still the one that was read.
func (o Originals) public(ctx context.Context, w io.Writer, s *verify.Sighting, media *extract.Media) error {
	if err := o.Copy(ctx, io.Discard, s); err != nil {
		return err
	}
	f, err := o.media(ctx, s)
	if err != nil {
		return err
	}
	defer f.Close()
	return publish.Copy(w, f, s.Size, media)
}
