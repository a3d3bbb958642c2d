package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/spf13/cobra"
)

func newCustodyCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "custody",
		Short: "check the tamper-evident ledger of a case, and let others vouch for it",
		Long: `Every scan and every decision is an entry of the case's ledger, and every
entry is bound to all before it.

    firsthand custody verify --case my-case --media

What was changed, cut, swapped or left out shows, up to the last checkpoint.
What the owner of the key writes anew as a whole does not, nor does the end that
was cut off together with its checkpoints: so give a checkpoint to others while it
is fresh.

    firsthand custody checkpoint --case my-case --out for-the-lawyer
    firsthand custody countersign --case my-case
    firsthand custody timestamp --case my-case --out request

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the record was
changed, cut or swapped; each line names what.`,
	}
	cmd.AddCommand(newVerifyCommand(g), newKeyCommand(g), newCheckpointCommand(g), newCountersignCommand(g), newTimestampCommand(g), newEraseCommand(g))
	return cmd
}

// maxProofFile bounds what is read of a file that others hand in, in bytes.
const maxProofFile = 1 << 20

// readProof reads a file that others hand in. Of a folder that firsthand custody
// checkpoint wrote, it reads the named file.
func readProof(path, inFolder string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, inFolder)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, maxProofFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(b) > maxProofFile {
		return nil, fmt.Errorf("%s is larger than %d bytes", path, maxProofFile)
	}
	return b, nil
}

// readCheckpoint reads one signed checkpoint from a file or a folder of proofs.
func readCheckpoint(path string) (custody.Checkpoint, error) {
	b, err := readProof(path, custody.CheckpointFile)
	if err != nil {
		return custody.Checkpoint{}, err
	}
	c, err := custody.ParseCheckpoint(b)
	if err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// writeProofs writes files into a folder that is not there yet, or is empty: all
// or none.
func writeProofs(dir string, files map[string][]byte) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return withHint(fmt.Errorf("the folder %s is not empty", dir), "choose another name, or move that folder away")
	}
	if err := disk.MakeFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	disk.Sweep(filepath.Dir(dir))
	tree, err := disk.BeginTree(dir)
	if err != nil {
		return err
	}
	defer tree.Discard()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := tree.Write(name, disk.Bytes(files[name])); err != nil {
			return err
		}
	}
	return tree.Place(false)
}

// person is the name of who gives the command.
func (g *globalOptions) person() (string, error) {
	by := strings.TrimSpace(g.settings.string("by"))
	if by == "" {
		return "", withHint(usageError{errors.New("this needs a name")}, "add --by NAME, or set by: in firsthand.yaml")
	}
	return by, nil
}
