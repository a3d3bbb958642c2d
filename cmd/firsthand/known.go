package main

import (
	"context"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/spf13/cobra"
)

func newKnownCommand(g *globalOptions) *cobra.Command {
	var o knownOptions
	cmd := &cobra.Command{
		Use:   "known --case CASE [--near LATITUDE,LONGITUDE] [--date DAY]",
		Short: "look up what others have documented near a place, on a day",
		Long: `Looks up the incidents that others have documented, as they were imported:
Eyes on Russia, GeoConfirmed, TimeMap, or any map of incidents.

    firsthand import --case my-case --format geojson eyes-on-russia.geojson
    firsthand import --case my-case --format kml geoconfirmed.kmz
    firsthand known --case my-case --near 50.029,36.339 --date 2022-03-04

A day takes in the one before and the one after, for zones differ. Near is
within what both positions leave open and a kilometre; --within asks for more.
firsthand incidents shows the same for each incident.

What is found is a lead for a person: nothing is grouped, joined or dated by it.

    firsthand known --case my-case --sets
    firsthand known remove eyes-on-russia --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.runKnown(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.near, "near", "", "position in degrees, as 50.029,36.339; south and west are negative")
	cmd.Flags().Float64Var(&o.within, "within", 0, "metres around that position that count as there")
	cmd.Flags().StringVar(&o.date, "date", "", "the day, as 2022-03-04")
	cmd.Flags().BoolVar(&o.sets, "sets", false, "list the collections that were imported")
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.AddCommand(newKnownRemoveCommand(g))
	return cmd
}

// knownOptions is what a person looks up.
type knownOptions struct {
	near, date string
	within     float64
	sets       bool
}

func (o knownOptions) query() (verify.KnownQuery, error) {
	q := verify.KnownQuery{RadiusM: o.within}
	if o.near != "" {
		lat, lon, err := readPosition(o.near)
		if err != nil {
			return q, err
		}
		q.Latitude, q.Longitude = &lat, &lon
	}
	if o.within < 0 || o.within > 0 && o.near == "" {
		return q, withHint(usagef("--within says how far around --near"), "give both, as --near 50.029,36.339 --within 5000")
	}
	if o.date != "" {
		day, err := time.Parse(time.DateOnly, o.date)
		if err != nil {
			return q, withHint(usagef("%q is no day", o.date), "write it as --date 2022-03-04")
		}
		q.From, q.To = &day, &day
	}
	return q, nil
}

// knownLine is a known incident as it is listed.
type knownLine struct {
	*verify.Known
	DistanceM *float64 `json:"distance_m"` // null where no position was asked for
}

func (g *globalOptions) runKnown(ctx context.Context, o knownOptions) error {
	q, err := o.query()
	if err != nil {
		return err
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	if o.sets {
		return g.listKnownSets(ctx, file)
	}
	index, err := g.knownIndex(ctx, file)
	if err != nil {
		return err
	}
	found := index.Find(q)
	for i := range found {
		if g.jsonOut {
			line := knownLine{Known: found[i].Known}
			if q.Latitude != nil {
				line.DistanceM = &found[i].DistanceM
			}
			if err := g.term.json(line); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%s\n", shown(knownWords(found[i], q.Latitude != nil)))
	}
	if len(found) == 0 {
		g.term.note("nothing known fits; firsthand known --case %s --sets lists what was imported", g.caseDir)
	}
	return nil
}

func (g *globalOptions) listKnownSets(ctx context.Context, file *casefile.File) error {
	sets, err := file.KnownSets(ctx)
	if err != nil {
		return err
	}
	for _, s := range sets {
		if g.jsonOut {
			if err := g.term.json(s); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%s  %d incidents, last loaded %s from %s\n", shown(s.Name), s.Entries, s.Loaded.UTC().Format(time.DateOnly), shown(s.File))
	}
	return nil
}

// knownIndex makes what others have documented ready to be looked up.
func (g *globalOptions) knownIndex(ctx context.Context, file *casefile.File) (*verify.KnownIndex, error) {
	known, err := file.Known(ctx)
	if err != nil {
		return nil, err
	}
	return verify.NewKnownIndex(known), nil
}

// printKnown says of an incident what others have documented there and then.
func (g *globalOptions) printKnown(found []verify.KnownNear) {
	for _, k := range found {
		g.term.printf("  already documented? %s\n", shown(knownWords(k, true)))
	}
}

// maxKnownTitle bounds a title in a list.
const maxKnownTitle = 100

func knownWords(k verify.KnownNear, distance bool) string {
	words := string(k.Date)
	if words == "" {
		words = "day unknown"
	}
	if distance {
		words += fmt.Sprintf(", %s away", metresInWords(k.DistanceM))
	}
	title := []rune(k.Title)
	if len(title) == 0 {
		title = []rune(k.Known.Description)
	}
	if len(title) > maxKnownTitle {
		title = append(title[:maxKnownTitle-1], '…')
	}
	words += ": " + string(title)
	words += fmt.Sprintf(" (%s %s)", k.Source, k.ID)
	if k.URL != "" {
		words += " " + string(k.URL)
	}
	return words
}

func metresInWords(m float64) string {
	if m < 1000 {
		return fmt.Sprintf("%.0f m", m)
	}
	return fmt.Sprintf("%.1f km", m/1000)
}

func newKnownRemoveCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "remove SET --case CASE",
		Short: "take a collection of known incidents out",
		Long: `Takes a collection of known incidents out. The ledger keeps that it was there.

    firsthand known remove eyes-on-russia --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.removeKnown(cmd.Context(), args[0]) },
	}
	g.caseFlag(cmd)
	return cmd
}

func (g *globalOptions) removeKnown(ctx context.Context, set string) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	was, err := file.RemoveKnown(ctx, set)
	if err != nil {
		return err
	}
	if !was {
		return withHint(fmt.Errorf("the case has no known incidents called %s", set), "firsthand known --case %s --sets lists them", g.caseDir)
	}
	g.term.printf("%s taken out\n", shown(set))
	return nil
}
