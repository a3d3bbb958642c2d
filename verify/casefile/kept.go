package casefile

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// CheckKept compares the ledger with a checkpoint that was kept elsewhere: one
// of this case, signed by a key of it, whose entries are all still there and the
// same. What is wrong is a [custody.Faults].
func (f *File) CheckKept(ctx context.Context, kept custody.Checkpoint) error {
	var found faults
	keys, err := custody.Keys(f.Events(ctx))
	if err := found.AddError(err); err != nil {
		return fmt.Errorf("compare with the checkpoint: %w", err)
	}
	known := make([]note.Verifier, len(keys))
	for i, k := range keys {
		known[i] = k.Verifier
	}
	if _, err := kept.Check(note.VerifierList(known...)); err != nil {
		found.add(kept.Size, "signature of the checkpoint kept elsewhere", "one by a key that the ledger names", err.Error())
	}
	if err := found.AddError(custody.Consistent(f.Events(ctx), kept)); err != nil {
		return fmt.Errorf("compare with the checkpoint: %w", err)
	}
	return found.Err()
}

// AnchorFiles gives what others have said of checkpoints as files by name, for
// stock tools: anchors/SIZE/checkpoint as it was signed by the case, and beside
// it countersigned-ENTRY, or timestamp-ENTRY.tsr with timestamp-ENTRY.pem.
func (f *File) AnchorFiles(ctx context.Context) (map[string][]byte, error) {
	anchors, err := f.Anchors(ctx)
	if err != nil {
		return nil, err
	}
	checkpoints, err := f.Checkpoints(ctx)
	if err != nil {
		return nil, err
	}
	notes := make(map[int64][]byte, len(checkpoints))
	for _, c := range checkpoints {
		notes[c.Size] = c.Note
	}
	files := make(map[string][]byte)
	for _, a := range anchors {
		dir := fmt.Sprintf("anchors/%d/", a.Size)
		files[dir+custody.CheckpointFile] = notes[a.Size]
		switch {
		case a.Kind == Countersigned:
			files[fmt.Sprintf("%scountersigned-%d", dir, a.Seq)] = a.Evidence
			continue
		case len(a.Roots) > 0:
			files[fmt.Sprintf("%stimestamp-%d.pem", dir, a.Seq)] = a.Roots
		}
		files[fmt.Sprintf("%stimestamp-%d.tsr", dir, a.Seq)] = a.Evidence
	}
	return files, nil
}
