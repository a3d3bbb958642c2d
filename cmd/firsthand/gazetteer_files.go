package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/spf13/cobra"
)

// parseDegrees reads a number of degrees.
func parseDegrees(s string) (float64, error) { return strconv.ParseFloat(strings.TrimSpace(s), 64) }

func newGazetteerImportCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE... --case CASE",
		Short: "enter places from tables or maps: CSV or GeoJSON",
		Long: `Enters the places of files: all of them, or none when something is wrong.
Places that have the name of one in the case take its stead.

CSV: the first line names the columns: name, latitude, longitude, and, if you
like, variants (split by |), radius_m and note. GeoJSON: the same as properties;
of a line or an area the middle is taken, and a radius that reaches its corners.

    firsthand gazetteer import places.csv districts.geojson --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var places []gazetteer.Own
			for _, path := range args {
				more, err := readPlaces(path)
				if err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
				places = append(places, more...)
			}
			places, err := gazetteer.Join(places)
			if err != nil {
				return err
			}
			return g.enterPlaces(cmd.Context(), places)
		},
	}
	g.caseFlag(cmd)
	return cmd
}

func readPlaces(path string) ([]gazetteer.Own, error) {
	read := gazetteer.ReadCSV
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".tsv", ".txt":
	case ".geojson", ".json":
		read = gazetteer.ReadGeoJSON
	default:
		return nil, withHint(usagef("neither a table nor a map of places"), "give it a name that ends in .csv or .geojson")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file)
}

func newGazetteerListCommand(g *globalOptions) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "list --case CASE [--out FILE.csv|FILE.geojson]",
		Short: "list the case's own places, or write them to a file",
		Long: `Lists the places of the case. --out writes them to a new file that
firsthand gazetteer import reads again, for another case or a map.

    firsthand gazetteer list --case my-case
    firsthand gazetteer list --case my-case --out places.geojson

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.listPlaces(cmd.Context(), out) },
	}
	cmd.Flags().StringVar(&out, "out", "", "write them to this new file, .csv or .geojson")
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

// placeLine is a place of the case as it is listed.
type placeLine struct {
	Name      source.Text `json:"name"`
	Variants  []string    `json:"variants"`
	Latitude  float64     `json:"latitude"`
	Longitude float64     `json:"longitude"`
	RadiusM   float64     `json:"radius_m"`
	Note      source.Text `json:"note"`
}

func (g *globalOptions) listPlaces(ctx context.Context, out string) error {
	if err := freeForFile(out, "places", ".csv", ".geojson"); err != nil {
		return err
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	places, err := file.Places(ctx)
	if err != nil {
		return err
	}
	if out != "" {
		return g.writePlaces(out, places)
	}
	for _, p := range places {
		if g.jsonOut {
			err = g.term.json(placeLine{source.Text(p.Name), append([]string{}, p.Variants...), p.Lat, p.Lon, p.RadiusM, source.Text(p.Note)})
		} else {
			g.printPlace(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *globalOptions) printPlace(p gazetteer.Own) {
	g.term.printf("%s  %.5f, %.5f  within %.0f m\n", shown(p.Name), p.Lat, p.Lon, p.RadiusM)
	if len(p.Variants) > 0 {
		g.term.printf("  also: %s\n", shown(strings.Join(p.Variants, ", ")))
	}
	if p.Note != "" {
		g.term.printf("  %s\n", shown(p.Note))
	}
}

func (g *globalOptions) writePlaces(path string, places []gazetteer.Own) error {
	write := gazetteer.WriteCSV
	if strings.EqualFold(filepath.Ext(path), ".geojson") {
		write = gazetteer.WriteGeoJSON
	}
	var content bytes.Buffer
	if err := write(&content, places); err != nil {
		return err
	}
	if err := writeNew(path, content.Bytes()); err != nil {
		return fmt.Errorf("write places: %w", err)
	}
	g.term.note("%s written to %s", counted(len(places), "place"), path)
	return nil
}
