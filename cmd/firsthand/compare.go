package main

import (
	"context"
	"fmt"
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
and where they differ inside that part; of two videos, which stretches they
share, when in each and at what speed, and whether they have the same sound.
No case is needed and nothing is stored.

    firsthand compare IMG_0001.jpg repost.jpg
    firsthand compare IMG_0001.jpg repost.jpg --picture overlap.png

--picture writes a PNG with both pictures side by side, the shared part
outlined and the differences marked, and one laid on the other; of two videos
a frame of each from one moment, and what they share as bars over time. It is
grey and not softened; look at it when you are ready to. A file that is already
there is never written over.

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
	cmd.Flags().String("video", "auto", "video engine: auto, native, embedded, hostile (embedded, and never native) or off")
	cmd.Flags().StringVar(&picture, "picture", "", "a PNG to write, with the two side by side")
	return cmd
}

func (g *globalOptions) compare(ctx context.Context, a, b, picture string) error {
	if err := freeForFile(picture, "the picture", ".png"); err != nil {
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
	n.say("when", append([]string{d.Moment}, d.Stretches...)...)
	n.say("how", d.Transform)
	n.say("differs", d.Changed)
	n.say("sound", d.Sound)
	n.say("left open", d.Limits)
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
	if err := writeNew(path, png); err != nil {
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
