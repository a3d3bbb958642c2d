package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/strip"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// benchProgram is this program as the workbench uses it: each case with the
// settings in its folder, and workers that are started when they are first
// needed and kept.
type benchProgram struct {
	*globalOptions
	flags     *pflag.FlagSet
	configDir string

	mu      sync.Mutex
	started *decoders
}

func (g *globalOptions) newProgram(flags *pflag.FlagSet) (*benchProgram, error) {
	dir, err := userConfigDir()
	return &benchProgram{globalOptions: g, flags: flags, configDir: dir}, err
}

// program is what the workbench gets.
func (p *benchProgram) program() api.Program {
	return api.Program{
		Version: toolVersion(), By: p.settings.string("by"), Language: p.settings.string("language"), ConfigDir: p.configDir,
		Read:     func(dir string) (*casefile.File, error) { return casefile.Open(dir, casefile.Options{ReadOnly: true}) },
		Write:    func(dir string) (*casefile.File, error) { return p.opened(dir, casefile.Open) },
		Create:   func(dir string) (*casefile.File, error) { return p.opened(dir, casefile.Create) },
		Zones:    p.zonesOf,
		Reviewer: reviewerNamed,
		Proofs:   p.proofs,
		Scan:     p.scanCase,
		Exercise: p.exercise,
		Picture:  p.picture,
		Frame:    p.frame,
		Step:     p.step,
		Inspect:  p.inspectFile,
		Compare:  p.compareFiles,

		Exercises: builtinExercises, BeginExercise: p.beginBuiltin, BeginPack: p.beginPack, ExerciseKey: builtinKey, PackExercise: packBuiltin,
	}
}

// of is the program with the settings of one case.
func (p *benchProgram) of(dir string) (*globalOptions, error) {
	s := newSettings()
	if err := s.load(p.flags, dir); err != nil {
		return nil, err
	}
	return &globalOptions{term: p.term, settings: s, caseDir: dir}, nil
}

func (p *benchProgram) opened(dir string, open func(string, casefile.Options) (*casefile.File, error)) (*casefile.File, error) {
	g, err := p.of(dir)
	if err != nil {
		return nil, err
	}
	opt, err := g.writeOptions()
	if err != nil {
		return nil, err
	}
	return open(dir, opt)
}

func (p *benchProgram) zonesOf(ctx context.Context, file *casefile.File) (clock.Zones, error) {
	g, err := p.of(file.Info().Dir)
	if err != nil {
		return clock.Zones{}, err
	}
	return g.zones(ctx, file)
}

// scanCase is a scan as the command makes it, with what was chosen in the
// workbench in place of its flags.
func (p *benchProgram) scanCase(ctx context.Context, file *casefile.File, order api.ScanOrder, progress func(ingest.Progress)) (ingest.Summary, error) {
	g, err := p.of(file.Info().Dir)
	if err != nil {
		return ingest.Summary{}, err
	}
	g.collecting = order.Collect
	if order.Video != "" {
		g.settings.values.Set("video", order.Video)
	}
	if order.Zone != "" {
		if _, err := clock.NewZones(order.Zone, nil); err != nil {
			return ingest.Summary{}, err
		}
		if err := file.Set(ctx, caseZone, order.Zone); err != nil {
			return ingest.Summary{}, fmt.Errorf("keep the zone: %w", err)
		}
	}
	sources, err := openNamedSources(order)
	if err != nil {
		return ingest.Summary{}, err
	}
	sum, err := g.scanSources(ctx, file, sources, progress)
	if err == nil {
		err = collectStopped(sum)
	}
	return sum, err
}

// openNamedSources checks that every folder is there, and gives the sources the
// names that were chosen for them.
func openNamedSources(order api.ScanOrder) ([]source.Source, error) {
	sources, err := openSources(order.Folders)
	for i := range sources {
		if name := order.Names[order.Folders[i]]; name != "" {
			sources[i].Name = name
		}
	}
	return source.Distinct(sources), err
}

// scanSources checks where the sources lie and reads them into an open case.
func (g *globalOptions) scanSources(ctx context.Context, file *casefile.File, sources []source.Source, progress func(ingest.Progress)) (ingest.Summary, error) {
	if err := outsideSources(sources, g.caseDir); err != nil {
		return ingest.Summary{}, err
	}
	return g.readSources(ctx, file, sources, progress)
}

// exercise makes the exercise case in a folder.
func (p *benchProgram) exercise(ctx context.Context, dir string, progress func(ingest.Progress)) (string, error) {
	g, err := p.of(filepath.Join(dir, "case"))
	if err != nil {
		return "", err
	}
	file, sources, err := g.layOutExercise(dir)
	if err != nil {
		return "", err
	}
	_, err = g.readSources(ctx, file, sources, progress)
	return g.caseDir, errors.Join(err, file.Close())
}

// workers are those of the workbench, started at first use.
func (p *benchProgram) workers() (*decoders, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.started == nil {
		d, err := p.startDecoders(context.Background(), workbenchWorkers) // they outlive the request that needs them first
		if err != nil {
			return nil, err
		}
		p.started = d
	}
	return p.started, nil
}

// workbenchWorkers decode what people look at, beside those of a scan.
const workbenchWorkers = 2

func (p *benchProgram) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.started != nil {
		p.started.close()
	}
}

func (p *benchProgram) picture(ctx context.Context, path string, orientation, side int) ([]byte, error) {
	d, err := p.workers()
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ingest.Picture(ctx, d, file, orientation, side)
}

// film lets f look at a video frame by frame.
func (p *benchProgram) film(ctx context.Context, path string, f func(strip.Film) error) error {
	d, err := p.workers()
	if err != nil {
		return err
	}
	if d.engine == nil {
		return withHint(errors.New("no frame can be shown with --video off"), "choose auto, native or embedded")
	}
	v, err := ingest.OpenVideo(ctx, path, ingest.Options{Examiner: d, Now: time.Now()})
	if err != nil {
		return err
	}
	defer v.Close()
	return f(strip.Film{Engine: d.engine, Input: v.Input})
}

// Frames as they are sent to the browser.
const (
	frameSide    = 2048
	frameQuality = 88
)

func (p *benchProgram) frame(ctx context.Context, path string, at time.Duration) (out api.Still, err error) {
	err = p.film(ctx, path, func(film strip.Film) error {
		found, err := film.At(ctx, at)
		if err != nil {
			return err
		}
		var frame video.Frame
		if frame, err = film.Picture(ctx, found.At, frameSide); err != nil {
			return err
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, strip.Fit(frame.Image(), frameSide), &jpeg.Options{Quality: frameQuality}); err != nil {
			return fmt.Errorf("make the picture of the frame: %w", err)
		}
		out = api.Still{JPEG: b.Bytes(), At: frame.At}
		return nil
	})
	return out, err
}

func (p *benchProgram) step(ctx context.Context, path string, at time.Duration, steps int) (to strip.Shown, taken int, err error) {
	err = p.film(ctx, path, func(film strip.Film) error {
		to, taken, err = film.Step(ctx, at, steps)
		return err
	})
	return to, taken, err
}

func (p *benchProgram) inspectFile(ctx context.Context, path string) (item verify.Item, err error) {
	d, err := p.workers()
	if err != nil {
		return item, err
	}
	opt := ingest.Options{Workers: 1, Examiner: d, Now: time.Now(), All: true}
	err = ingest.InspectFiles(ctx, []string{path}, opt, func(i ingest.Inspection) error {
		item = i.Item
		return i.Err
	})
	return item, err
}

func (p *benchProgram) compareFiles(ctx context.Context, a, b string) (ingest.Comparison, error) {
	d, err := p.workers()
	if err != nil {
		return ingest.Comparison{}, err
	}
	return ingest.Compare(ctx, a, b, ingest.Options{Examiner: d, Engine: d.engine, Now: time.Now()})
}
