package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newReportCommand(g *globalOptions) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "report --case CASE --out FILE.html",
		Short: "write one self-contained HTML file about a case",
		Long: `Writes the count sheet, a map, a timeline, every candidate incident with its
files and reasons, copies with the part that both show and where they differ,
frames and loudness of every video with how it was looked at, the stretches
that videos share, and what could not be read, into one HTML file that loads
nothing from elsewhere. Pictures in it are softened.

    firsthand report --case my-case --out report.html

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file, err := g.readCase()
			if err != nil {
				return err
			}
			defer file.Close()
			if err := g.writeReport(cmd.Context(), file, out); err != nil {
				return err
			}
			g.term.note("wrote %s", out)
			return nil
		},
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "the HTML file to write")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

// writeReport writes beside the target first, so that an interrupted report
// never stands in place of a whole one.
func (g *globalOptions) writeReport(ctx context.Context, file *casefile.File, out string) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(out), ".firsthand-report-*")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := g.renderReport(ctx, file, w); err != nil {
		tmp.Close()
		return err
	}
	if err := errors.Join(w.Flush(), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := os.Rename(tmp.Name(), out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (g *globalOptions) renderReport(ctx context.Context, file *casefile.File, w io.Writer) error {
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return err
	}
	zones, err := g.zones(ctx, file)
	if err != nil {
		return err
	}
	data := report.Data{
		Title: caseTitle(file), Exercise: isExercise(file), Generated: time.Now(), Tool: toolVersion(),
		Items: d.items, Clusters: d.clusters, Incidents: d.incidents,
		Zone: zonesInWords(zones), Clocks: d.clocks.Corrections, PlaceCredit: gazetteer.Credit,
		Soft: softener(ctx, file), SoftFrame: frameSoftener(ctx, file), Frames: framesOf(ctx, file), SoftStrip: stripSoftener(ctx, file), Wave: waves(ctx, file),
	}
	if data.Matches, err = file.Matches(ctx); err != nil {
		return err
	}
	if data.Findings, err = file.Findings(ctx); err != nil {
		return err
	}
	if data.Decisions, err = file.Decisions(ctx); err != nil {
		return err
	}
	if data.Sources, err = sourceRows(ctx, file, d.items); err != nil {
		return err
	}
	if data.Ledger, err = ledgerHead(ctx, file); err != nil {
		return err
	}
	return report.HTML(w, data)
}

// caseTitle is the name of the case folder.
func caseTitle(file *casefile.File) string {
	if isExercise(file) {
		return "Exercise case"
	}
	return filepath.Base(file.Info().Dir)
}

// softener makes the softened pictures of a report from the cached previews.
func softener(ctx context.Context, file *casefile.File) func(verify.Digest) []byte {
	return func(d verify.Digest) []byte {
		return softened(file.Preview(ctx, d))
	}
}

// frameSoftener does the same for single frames of videos.
func frameSoftener(ctx context.Context, file *casefile.File) func(verify.Digest, time.Duration) []byte {
	return func(d verify.Digest, at time.Duration) []byte {
		return softened(file.Thumb(ctx, d, at))
	}
}

// framesOf gives the frames of single videos: those of all would fill much
// memory.
func framesOf(ctx context.Context, file *casefile.File) func(verify.Digest) []verify.Frame {
	return func(d verify.Digest) []verify.Frame {
		it, err := file.Item(ctx, d)
		if err != nil {
			return nil
		}
		return it.Frames
	}
}

// stripSoftener does the same for the strips of videos.
func stripSoftener(ctx context.Context, file *casefile.File) func(verify.Digest) ([]byte, []time.Duration) {
	return func(d verify.Digest) ([]byte, []time.Duration) {
		jpeg, at, err := file.Strip(ctx, d)
		if err != nil {
			return nil, nil
		}
		soft, err := report.SoftenStrip(jpeg, len(at))
		if err != nil {
			return nil, nil
		}
		return soft, at
	}
}

// waves gives the loudness of videos, nothing where none was kept.
func waves(ctx context.Context, file *casefile.File) func(verify.Digest) sound.Wave {
	return func(d verify.Digest) sound.Wave {
		w, err := file.Wave(ctx, d)
		if err != nil {
			return sound.Wave{}
		}
		return w
	}
}

// softened is nil where there is no picture to soften.
func softened(preview []byte, err error) []byte {
	if err != nil {
		return nil
	}
	soft, err := report.Soften(preview)
	if err != nil {
		return nil
	}
	return soft
}

func sourceRows(ctx context.Context, file *casefile.File, items []verify.Item) ([]report.Source, error) {
	infos, err := file.Sources(ctx)
	if err != nil {
		return nil, err
	}
	files := map[string]int{}
	for i := range items {
		for _, s := range items[i].Sightings {
			files[s.Source]++
		}
	}
	var out []report.Source
	for _, s := range infos {
		out = append(out, report.Source{Name: s.Name, Files: files[s.Name], Sidecars: len(s.Sidecars)})
	}
	return out, nil
}

// ledgerHead is the last signed state of the ledger.
func ledgerHead(ctx context.Context, file *casefile.File) (report.Ledger, error) {
	list, err := file.Checkpoints(ctx)
	if err != nil || len(list) == 0 {
		return report.Ledger{}, err
	}
	last := list[len(list)-1]
	root := hex.EncodeToString(last.Root[:])
	return report.Ledger{Size: last.Size, Root: root, Code: root[:4] + "-" + root[4:8] + "-" + root[8:12]}, nil
}
