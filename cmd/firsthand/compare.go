package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/sidebyside"
	"github.com/spf13/cobra"
)

func newCompareCommand(g *globalOptions) *cobra.Command {
	var picture string
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "say whether two files show the same content, and which part",
		Long: `Compares two photos or videos: whether one is a copy of the other or a part of
it, which part of each both show, how the one was turned, mirrored or resized,
and where they differ inside that part. No case is needed and nothing is
stored.

    firsthand compare IMG_0001.jpg repost.jpg
    firsthand compare IMG_0001.jpg repost.jpg --picture overlap.png

--picture writes a PNG with both pictures side by side, the shared part
outlined and the differences marked, and one laid on the other. It is grey and
not softened; look at it when you are ready to. A file that is already there
is never written over.

Photographs of one burst and neighbouring frames of one video cannot be told
from copies. That nothing was found does not mean that two pictures differ.

Exit status: 0 done, whatever the answer; 1 a file could not be opened or the
picture not be written; 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.compare(cmd.Context(), args[0], args[1], picture)
		},
	}
	g.jsonFlag(cmd)
	cmd.Flags().String("video", "auto", "video engine: auto, native, embedded or off")
	cmd.Flags().StringVar(&picture, "picture", "", "a PNG to write, with the two side by side")
	return cmd
}

func (g *globalOptions) compare(ctx context.Context, a, b, picture string) error {
	if err := freeForPicture(picture); err != nil {
		return err
	}
	d, err := g.startDecoders(ctx, 1)
	if err != nil {
		return err
	}
	defer d.close()
	opt := ingest.Options{Examiner: d, Engine: d.engine, Now: time.Now()}
	c, err := ingest.Compare(ctx, a, b, opt)
	if err != nil {
		return err
	}
	if g.jsonOut {
		err = g.term.json(newComparison(c.Match))
	} else {
		printComparison(g.term, c.Match)
	}
	if err != nil || picture == "" {
		return err
	}
	return g.drawComparison(c, picture)
}

// printComparison says in words what two files share.
func printComparison(t *terminal, m verify.Match) {
	n, d := note{t: t}, sidebyside.Describe(m)
	why := []string{m.Why}
	if d.Verdict == "" {
		d.Verdict, why = m.Why, nil
	}
	for _, line := range wrap(shown(sentence(d.Verdict)), noteWidth) {
		t.printf("%s\n", line)
	}
	n.say("A", m.A)
	n.say("B", m.B)
	n.say("why", why...)
	n.say("shared", d.Shared)
	n.say("when", d.Moment)
	n.say("how", d.Transform)
	n.say("differs", d.Changed)
	n.say("left open", d.Limits)
}

// freeForPicture refuses a name that no picture should be written to, before
// any work is done. Files that are there stay as they are: one of them may be
// an original.
func freeForPicture(path string) error {
	if path == "" {
		return nil
	}
	if !strings.EqualFold(filepath.Ext(path), ".png") {
		return usagef("the picture is a PNG: give it a name that ends in .png, not %q", path)
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return withHint(fmt.Errorf("%s is already there and is not written over", path), "choose another name for the picture, or move that file away")
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write the picture: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}

func (g *globalOptions) drawComparison(c ingest.Comparison, path string) error {
	if c.Relation == "" {
		g.term.note("no picture written: there is no shared part to show")
		return nil
	}
	png, err := sidebyside.PNG(c.Match, [2]verify.Item{c.ItemA, c.ItemB})
	if err != nil {
		return fmt.Errorf("make the picture: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	_, err = f.Write(png)
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
		return fmt.Errorf("write the picture: %w", err)
	}
	g.term.note("wrote %s", path)
	return nil
}

// comparison is a match of which nothing may be known: then relation, a_is and
// transform are null.
type comparison struct {
	verify.Match
	Relation  *verify.Relation  `json:"relation"`
	AIs       *string           `json:"a_is"`
	Transform *verify.Transform `json:"transform"`
}

func newComparison(m verify.Match) comparison {
	if m.Relation == "" {
		m.RegionA, m.RegionB = [][2]float64{}, [][2]float64{}
		return comparison{Match: m}
	}
	return comparison{m, &m.Relation, &m.AIs, &m.Transform}
}
