package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/spf13/cobra"
)

func newGazetteerCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "gazetteer",
		Short: "the case's own place names",
		Long: `Keeps the places that matter to this case and that a gazetteer of the world
does not have, or has under other names: hospitals, districts, villages. They
are found in captions beside the towns of the world, and before these where
names agree. Every change is an entry of the ledger.

    firsthand gazetteer add "Saltivka" --at 50.0290,36.3390 --radius 4000 --also "Салтівка" --also "Салтовка" --case my-case
    firsthand gazetteer import places.csv --case my-case
    firsthand gazetteer list --case my-case --out places.geojson

Inflected forms (на Салтівці) are found by themselves. The next scan, or
firsthand group, uses what was changed.

` + gazetteer.Credit + `

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
	}
	cmd.AddCommand(newGazetteerAddCommand(g), newGazetteerRemoveCommand(g), newGazetteerImportCommand(g),
		newGazetteerListCommand(g), newGazetteerFindCommand(g))
	return cmd
}

func newGazetteerAddCommand(g *globalOptions) *cobra.Command {
	var o gazetteer.Own
	var at string
	cmd := &cobra.Command{
		Use:   "add NAME --at LATITUDE,LONGITUDE --case CASE",
		Short: "enter a place, or change the one of that name",
		Long: `Enters a place of the case. One of the same name is replaced.

    firsthand gazetteer add "Okhmatdyt" --at 50.4506,30.4800 --radius 250 --also "Охматдит" --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.Lat, o.Lon, err = readPosition(at); err != nil {
				return err
			}
			if o.Name = args[0]; cmd.Flags().Changed("radius") && o.RadiusM <= 0 {
				return usagef("a radius of %g m is not above 0", o.RadiusM)
			}
			checked, err := o.Check()
			if err != nil {
				return usageError{err}
			}
			return g.enterPlaces(cmd.Context(), []gazetteer.Own{checked})
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "position in degrees, as 50.029,36.339; south and west are negative")
	cmd.Flags().Float64Var(&o.RadiusM, "radius", gazetteer.DefaultRadius, "how far the place reaches from there, in metres")
	cmd.Flags().StringArrayVar(&o.Variants, "also", nil, "another spelling or language; may be given several times")
	cmd.Flags().StringVar(&o.Note, "note", "", "a note for people")
	_ = cmd.MarkFlagRequired("at")
	g.caseFlag(cmd)
	return cmd
}

// readPosition reads "latitude,longitude".
func readPosition(at string) (lat, lon float64, err error) {
	first, second, ok := strings.Cut(at, ",")
	if ok {
		if lat, err = parseDegrees(first); err == nil {
			lon, err = parseDegrees(second)
		}
	}
	if !ok || err != nil {
		return 0, 0, withHint(usagef("%q is not a position", at), "write latitude and longitude in degrees, as --at 50.029,36.339")
	}
	return lat, lon, nil
}

func (g *globalOptions) enterPlaces(ctx context.Context, places []gazetteer.Own) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	changed, err := file.SetPlaces(ctx, places)
	if err != nil {
		return err
	}
	g.term.printf("%s entered or changed, %d as they were\n", counted(changed, "place"), len(places)-changed)
	return g.tellPlaces(ctx, file, changed)
}

// tellPlaces says what a change is good for.
func (g *globalOptions) tellPlaces(ctx context.Context, file *casefile.File, changed int) error {
	counts, err := file.Counts(ctx)
	if err != nil {
		return fmt.Errorf("read the case: %w", err)
	}
	if changed > 0 && counts.Items > 0 {
		g.term.note("firsthand group --case %s makes the incidents anew with it", g.caseDir)
	}
	return nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func newGazetteerRemoveCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "remove NAME --case CASE",
		Short: "take a place out",
		Long: `Takes a place of the case out. The ledger keeps that it was there.

    firsthand gazetteer remove "Saltivka" --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.removePlace(cmd.Context(), args[0]) },
	}
	g.caseFlag(cmd)
	return cmd
}

func (g *globalOptions) removePlace(ctx context.Context, name string) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	was, err := file.RemovePlace(ctx, name)
	if err != nil {
		return err
	}
	if !was {
		return withHint(fmt.Errorf("the case has no place %s of its own", name), "firsthand gazetteer list --case %s shows them", g.caseDir)
	}
	g.term.printf("%s taken out\n", shown(name))
	return g.tellPlaces(ctx, file, 1)
}
