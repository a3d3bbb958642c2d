package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/spf13/cobra"
)

func newGazetteerFindCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "find TEXT... [--case CASE]",
		Short: "which places does a text name?",
		Long: `Shows which places are found in a text, as in a caption: those of the case, if
one is given, and those of the world. - reads lines from stdin.

    firsthand gazetteer find "Обстріл Чугуєва, прильоти під Харковом"

` + gazetteer.Credit + `

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.findPlaces(cmd.Context(), args) },
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "a case folder, for its own places")
	g.jsonFlag(cmd)
	return cmd
}

// foundLine is a mention as it is listed.
type foundLine struct {
	Text   source.Text      `json:"text"`
	Start  int              `json:"start"` // bytes
	End    int              `json:"end"`
	Places []foundPlaceLine `json:"places"` // the likeliest first
}

type foundPlaceLine struct {
	GeoNames   *int64      `json:"geonames"` // null for a place of the case
	Name       source.Text `json:"name"`
	Country    source.Text `json:"country"`
	Admin      source.Text `json:"admin"`
	Latitude   float64     `json:"latitude"`
	Longitude  float64     `json:"longitude"`
	RadiusM    float64     `json:"radius_m"`
	Population int64       `json:"population"`
}

func newFoundLine(m gazetteer.Mention) foundLine {
	l := foundLine{Text: source.Text(m.Text), Start: m.Start, End: m.End, Places: []foundPlaceLine{}}
	for _, p := range m.Places {
		f := foundPlaceLine{Name: source.Text(p.Name), Country: source.Text(p.Country), Admin: source.Text(p.Admin),
			Latitude: p.Lat, Longitude: p.Lon, RadiusM: p.RadiusM, Population: p.Population}
		if !p.Own {
			f.GeoNames = &p.ID
		}
		l.Places = append(l.Places, f)
	}
	return l
}

func (g *globalOptions) findPlaces(ctx context.Context, texts []string) error {
	gaz, err := g.gazetteer(ctx)
	if err != nil {
		return err
	}
	if len(texts) == 1 && texts[0] == "-" {
		data, err := io.ReadAll(io.LimitReader(g.term.in, 1<<20))
		if err != nil {
			return fmt.Errorf("read stdin: %w", err)
		}
		texts = strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	}
	for _, mentions := range gaz.FindAll(texts, nil) {
		for _, m := range mentions {
			if g.jsonOut {
				if err := g.term.json(newFoundLine(m)); err != nil {
					return err
				}
				continue
			}
			g.printFound(m)
		}
	}
	return nil
}

// gazetteer is that of the case, or the world's where none is given.
func (g *globalOptions) gazetteer(ctx context.Context) (*gazetteer.Gazetteer, error) {
	if g.caseDir == "" {
		return gazetteer.World()
	}
	file, err := g.readCase()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Gazetteer(ctx)
}

// printFound shows a mention with the likeliest place and how many others
// bear the name.
func (g *globalOptions) printFound(m gazetteer.Mention) {
	p := m.Places[0]
	g.term.printf("%s: %s", shown(m.Text), shown(p.Name))
	if p.Country != "" {
		g.term.printf(" (%s)", shown(p.Country))
	}
	g.term.printf("  %.4f, %.4f  within %.0f m", p.Lat, p.Lon, p.RadiusM)
	if n := len(m.Places) - 1; n > 0 {
		g.term.printf("  or %s of that name", counted(n, "other"))
	}
	g.term.printf("\n")
}
