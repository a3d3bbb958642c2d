package main

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newCompareCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "say whether two files show the same content, and which part",
		Long: `Compares two photos or videos. No case is needed and nothing is stored.

    firsthand compare IMG_0001.jpg repost.jpg

Exit status: 0 done, whatever the answer; 1 a file could not be opened; 2
wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.compare(cmd.Context(), args[0], args[1])
		},
	}
	g.jsonFlag(cmd)
	cmd.Flags().String("video", "auto", "video engine: auto, native, embedded or off")
	return cmd
}

func (g *globalOptions) compare(ctx context.Context, a, b string) error {
	d, err := g.startDecoders(ctx, 1)
	if err != nil {
		return err
	}
	defer d.close()
	opt := ingest.Options{Examiner: d, Engine: d.engine, Now: time.Now()}
	m, err := ingest.Compare(ctx, a, b, opt)
	if err != nil {
		return err
	}
	if g.jsonOut {
		return g.term.json(newComparison(m))
	}
	g.term.printf("%s\n", shown(m.Why))
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
