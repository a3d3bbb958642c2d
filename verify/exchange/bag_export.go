package exchange

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// MissingError is originals that are gone or have changed since they were read.
type MissingError struct{ Files []Loss }

func (e *MissingError) Error() string {
	if len(e.Files) == 1 {
		return fmt.Sprintf("an original is not as it was read: %s", e.Files[0])
	}
	return fmt.Sprintf("%d originals are not as they were read, the first is %s", len(e.Files), e.Files[0])
}

// bagExport is one bag in the making.
type bagExport struct {
	BagWriter
	out     *Output
	c       *Case
	opt     Options
	written map[verify.Digest]string // objects in the bag
	missing []Loss
}

// exportBagit writes the case as a bag: the originals under their content's
// name, what is known of them, the ledger with its signatures, and how to check
// all of it with stock tools.
func exportBagit(ctx context.Context, c *Case, opt Options, out *Output) error {
	b := &bagExport{BagWriter: BagWriter{out: out, sums: bagSums}, out: out, c: c, opt: opt, written: map[verify.Digest]string{}}
	if opt.Public {
		return b.publicBag(ctx)
	}
	if err := b.originals(ctx); err != nil {
		return err
	}
	if err := b.records(); err != nil {
		return err
	}
	if err := b.ledger(); err != nil {
		return err
	}
	return b.finish()
}

// finish closes the bag; that of an exercise says so in a file, too.
func (b *bagExport) finish() error {
	if b.c.Exercise {
		if err := b.File(exerciseName, writeExerciseText); err != nil {
			return err
		}
	}
	return b.Finish(b.info(), b.c.Now)
}

// originals puts items and sidecars into the bag.
func (b *bagExport) originals(ctx context.Context) error {
	b.look(ctx)
	if err := b.complete(); err != nil {
		return err // before hours are spent on copying
	}
	items := make([]baggedItem, 0, len(b.c.Items))
	for i := range b.c.Items {
		line, err := b.item(ctx, &b.c.Items[i])
		if err != nil {
			return err
		}
		items = append(items, line)
	}
	sidecars, err := b.sidecars(ctx)
	if err != nil {
		return err
	}
	if err := b.complete(); err != nil {
		return err
	}
	return errors.Join(jsonLines(&b.BagWriter, bagItems, items), jsonLines(&b.BagWriter, bagSidecars, sidecars))
}

// look notes what is plainly gone or changed, without reading it.
func (b *bagExport) look(ctx context.Context) {
	if b.opt.WithoutMissing {
		return // each is found when it is copied
	}
	for i := range b.c.Items {
		it := &b.c.Items[i]
		if b.anyAsItWas(it) {
			continue
		}
		for j := range it.Sightings {
			if err := b.c.Originals.check(ctx, &it.Sightings[j]); err != nil {
				b.missing = append(b.missing, Loss{it.Sightings[j].Path, err.Error()})
			}
		}
	}
}

func (b *bagExport) anyAsItWas(it *verify.Item) bool {
	return slices.ContainsFunc(it.Sightings, func(s verify.Sighting) bool { return b.c.Originals.sameStat(&s) })
}

// complete fails when an original is not as it was read, unless the bag is to
// be written without those.
func (b *bagExport) complete() error {
	if len(b.missing) == 0 {
		return nil
	}
	if b.opt.WithoutMissing {
		b.out.Losses = append(b.out.Losses, b.missing...)
		b.missing = nil
		return nil
	}
	return &MissingError{b.missing}
}

// item puts the bytes of an item into the bag, from the first of its places
// where they are still the same. Places where they are not are named.
func (b *bagExport) item(ctx context.Context, it *verify.Item) (baggedItem, error) {
	line := baggedItem{Line: it.Line(), Seen: []baggedSighting{}}
	var wrong []Loss
	for i := range it.Sightings {
		s := &it.Sightings[i]
		line.Seen = append(line.Seen, baggedSighting{s.Path, s.Source, newFileName(s.Rel), s.Account, writable(s.ModTime), listed(s.Records)})
		var err error
		if line.Object == nil {
			err = b.copy(ctx, it.Digest, s)
		} else {
			err = b.c.Originals.check(ctx, s)
		}
		switch {
		case ctx.Err() != nil:
			return line, ctx.Err()
		case errors.Is(err, errOutput):
			return line, err
		case err != nil:
			wrong = append(wrong, Loss{s.Path, err.Error()})
		case line.Object == nil:
			name := b.written[it.Digest]
			line.Object = &name
		}
	}
	if line.Object == nil {
		why := "the original is gone or has changed since it was read"
		line.Missing = &why
		b.missing = append(b.missing, wrong...)
		return line, nil
	}
	for _, l := range wrong {
		b.out.Lose(l.What, "%s; the same content was taken from another place", l.Why)
	}
	return line, nil
}

// copy writes an object unless it is there.
func (b *bagExport) copy(ctx context.Context, digest verify.Digest, s *verify.Sighting) error {
	if b.written[digest] != "" {
		return nil
	}
	name := objectName(digest, s.Rel)
	var fault error
	put := func() error {
		return b.File(name, func(w io.Writer) error {
			fault = b.c.Originals.Copy(ctx, w, s)
			return fault
		})
	}
	err := put()
	if errors.Is(fault, ErrChanged) {
		err = put() // from the copy of the case, if it has one
	}
	switch {
	case fault != nil:
		return fault
	case err != nil:
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	b.written[digest] = name
	return nil
}

// errOutput is a fault of the bag's own disk, which is no fault of an original.
var errOutput = errors.New("the bag cannot be written")

// sidecars puts chat exports and other sidecars into the bag: all of them, or
// of a bag of one incident those that speak of its items.
func (b *bagExport) sidecars(ctx context.Context) ([]baggedSidecar, error) {
	speaks := map[[2]string]bool{}
	for i := range b.c.Items {
		for _, s := range b.c.Items[i].Sightings {
			for _, r := range s.Records {
				speaks[[2]string{s.Source, r.Sidecar}] = true
			}
		}
	}
	out := []baggedSidecar{}
	for _, src := range b.c.Sources {
		for _, side := range src.Sidecars {
			if b.opt.Incident != "" && !speaks[[2]string{src.Name, side.Rel}] {
				continue
			}
			line, err := b.sidecar(ctx, src.Name, side)
			if err != nil {
				return nil, err
			}
			if line != nil {
				out = append(out, *line)
			}
		}
	}
	return out, nil
}

// sidecar puts one sidecar into the bag. The case does not know its digest: it
// is taken as it is found now.
func (b *bagExport) sidecar(ctx context.Context, src string, side source.Sidecar) (*baggedSidecar, error) {
	digest, info, err := b.c.Originals.copy(ctx, io.Discard, src, side.Rel)
	if err == nil {
		err = b.copy(ctx, digest, &verify.Sighting{Source: src, Rel: side.Rel, Digest: digest})
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errOutput):
		return nil, err
	case err != nil:
		b.missing = append(b.missing, Loss{source.ShownPath(src, side.Rel), "sidecar: " + err.Error()})
		return nil, nil
	}
	return &baggedSidecar{src, newFileName(side.Rel), side.Format, digest, info.Size(), writable(info.ModTime()), b.written[digest]}, nil
}

// records writes what is known and what was decided.
func (b *bagExport) records() error {
	c := b.c
	record := baggedCase{
		Layout: bagLayout, CaseID: c.ID, Title: c.Title, Code: c.Code, CreatedAt: c.Created, Tool: c.Tool, Zone: c.Settings["zone"],
		Incident: b.opt.Incident, Public: b.opt.Public, Exercise: c.Exercise, Sources: []string{}, Settings: map[string]string{},
		Incidents: listed(c.Incidents), Reviews: listed(c.Reviews), Decisions: []baggedDecision{},
	}
	if head := c.Ledger.Head(); head.Size > 0 {
		record.LogHead, record.LogSize = hex.EncodeToString(head.Root[:]), head.Size
	}
	for _, s := range c.Sources {
		record.Sources = append(record.Sources, s.Name)
	}
	for key, value := range c.Settings {
		if !strings.HasPrefix(key, "import/") { // of what came into this case from elsewhere
			record.Settings[key] = value
		}
	}
	for _, d := range c.Decisions {
		record.Decisions = append(record.Decisions, bagDecision(d))
	}
	return errors.Join(
		b.json(bagCase, record),
		jsonLines(&b.BagWriter, bagMatches, c.Matches),
		jsonLines(&b.BagWriter, bagClusters, c.Clusters),
		jsonLines(&b.BagWriter, bagFindings, c.Findings),
		jsonLines(&b.BagWriter, bagKnown, c.Known),
		b.report(),
	)
}

func (b *bagExport) report() error {
	if b.c.Report == nil {
		return nil
	}
	return b.File(bagReport, b.c.Report)
}

// ledger writes the entries as they are hashed, one a line, the checkpoints,
// signatures and keys, and how to check them.
func (b *bagExport) ledger() error {
	err := b.File(bagEvents, func(w io.Writer) error {
		if b.c.Ledger.Entries == nil {
			return nil
		}
		for entry, err := range b.c.Ledger.Entries {
			if err != nil {
				return fmt.Errorf("read the ledger: %w", err)
			}
			if _, err := w.Write(append(entry[:len(entry):len(entry)], '\n')); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.c.Ledger.Checkpoints) > 0 {
		if err := b.text(bagCheckpoint, b.c.Ledger.Head().Note); err != nil {
			return err
		}
		err := b.File(bagCheckpoints, func(w io.Writer) error {
			for _, c := range b.c.Ledger.Checkpoints {
				if _, err := w.Write(append(c.Note[:len(c.Note):len(c.Note)], '\n')); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, f := range b.c.Ledger.Extra {
		if err := b.text(f.Name, f.Text); err != nil {
			return err
		}
	}
	texts, err := b.textsOf()
	if err == nil {
		err = jsonLines(&b.BagWriter, bagTexts, texts)
	}
	if err != nil {
		return err
	}
	return b.text(bagVerify, b.howToVerify())
}

func (b *bagExport) info() [][2]string {
	what := "Case file of firsthand: original media with what is known of them, what people decided, and the ledger of how it came about"
	switch {
	case b.opt.Public:
		what = "Public form of a case file of firsthand: copies of media without metadata, and what may be told of them; WITHHELD.txt says what it lacks"
	case b.opt.Incident != "":
		what = "Dossier of incident " + b.opt.Incident + ": its original media with what is known of them, and the ledger of the whole case"
	}
	if b.c.Exercise {
		what = ExerciseNotice + ". " + what
	}
	return [][2]string{
		{"Bag-Software-Agent", b.c.Tool},
		{"External-Description", what},
		{"External-Identifier", b.c.ID},
		{"Internal-Sender-Identifier", b.opt.Incident},
		{"Internal-Sender-Description", b.c.Title},
	}
}
