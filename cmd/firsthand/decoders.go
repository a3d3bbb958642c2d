package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

// recycleMetadata is how many files one worker reads the metadata of: its
// memory is capped and each file costs little.
const recycleMetadata = 5000

// workerCommand is the hidden command that workers are started with.
const workerCommand = "worker"

// decoders are the workers and the engine of one command.
type decoders struct {
	claims *sandbox.Pool // metadata
	stills *sandbox.Pool // pictures
	videos *sandbox.Pool // the embedded engine, nil when another is used
	engine video.Engine  // nil when video is switched off
}

func (d *decoders) close() {
	_ = d.claims.Close()
	_ = d.stills.Close()
	if d.videos != nil {
		_ = d.videos.Close()
	}
}

// Call implements [ingest.Examiner]. Metadata are read in workers of their own,
// which are held to less time and memory than pictures need.
func (d *decoders) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	pool := d.stills
	if op == ingest.InspectOp {
		pool = d.claims
	}
	return pool.Call(ctx, op, params, file, size, onEmit)
}

// startDecoders makes n workers available and chooses the video engine.
func (g *globalOptions) startDecoders(ctx context.Context, n int) (*decoders, error) {
	mode, err := g.engineMode()
	if err != nil {
		return nil, err
	}
	claims, err := sandbox.NewPool(sandbox.Options{
		Size: n, Command: []string{workerCommand, "--metadata"}, Limits: sandbox.MetadataLimits(), Recycle: recycleMetadata,
	})
	if err != nil {
		return nil, err
	}
	stills, err := sandbox.NewPool(sandbox.Options{Size: n, Command: []string{workerCommand}})
	if err != nil {
		return nil, err
	}
	d := &decoders{claims: claims, stills: stills}
	if d.engine, d.videos, err = g.chooseEngine(ctx, mode, n); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// videoCacheDir holds the compiled engine; it can be deleted at any time.
func videoCacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	dir = filepath.Join(dir, "firsthand", "video")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	return dir, nil
}

// chooseEngine finds the video engine for a mode. The embedded one is compiled
// on its first use on a machine.
func (g *globalOptions) chooseEngine(ctx context.Context, mode string, n int) (video.Engine, *sandbox.Pool, error) {
	if mode == video.Off {
		return nil, nil, nil
	}
	pool, err := newVideoPool(n)
	if err != nil {
		return nil, nil, err
	}
	engine, note, err := video.Select(ctx, mode, pool)
	if err != nil {
		_ = pool.Close()
		return nil, nil, withHint(err, "--video embedded needs nothing on the machine; --video off leaves videos out")
	}
	if note != "" {
		g.term.note("video is read by the embedded engine: %s", note)
	}
	if e, ok := engine.(*video.Embedded); ok {
		if err := e.Prepare(ctx, g.tellPreparing()); err != nil {
			_ = pool.Close()
			return nil, nil, err
		}
	}
	return engine, pool, nil
}

func newVideoPool(n int) (*sandbox.Pool, error) {
	cache, err := videoCacheDir()
	if err != nil {
		return nil, err
	}
	return sandbox.NewPool(sandbox.Options{Size: n, Command: []string{workerCommand, "--video", cache}})
}

// tellPreparing says once that the engine is being compiled, when that takes
// longer than finding it in the cache would.
func (g *globalOptions) tellPreparing() func(time.Duration) {
	told := false
	return func(elapsed time.Duration) {
		if !told && elapsed > 2*time.Second {
			told = true
			g.term.note("preparing the video engine, once on this machine; about 20 seconds")
		}
	}
}

func newWorkerCommand() *cobra.Command {
	var videoCache string
	var metadata bool
	cmd := &cobra.Command{
		Use:    workerCommand,
		Hidden: true,
		Args:   cobra.NoArgs,
		// Settings are for people; a worker takes its orders from the program.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE:              func(*cobra.Command, []string) error { return serveWorker(videoCache, metadata) },
	}
	cmd.Flags().StringVar(&videoCache, "video", "", "hold the video engine, which lies compiled in this folder")
	cmd.Flags().BoolVar(&metadata, "metadata", false, "read metadata alone, in little memory")
	return cmd
}

// serveWorker is a worker's life. The folder of the video engine is an
// argument: a worker has no environment to find it by.
func serveWorker(videoCache string, metadata bool) error {
	limits := sandbox.DefaultLimits()
	handlers := map[string]sandbox.Handler{ingest.ExamineOp: ingest.Examine, ingest.ShowOp: ingest.Show}
	switch {
	case videoCache != "":
		limits = video.WorkerLimits(videoCache)
		handlers = map[string]sandbox.Handler{video.Op: video.EmbeddedHandler(videoCache)}
	case metadata:
		limits = sandbox.MetadataLimits()
		handlers = map[string]sandbox.Handler{ingest.InspectOp: ingest.Inspect}
	}
	return sandbox.Serve(os.Stdin, os.Stdout, handlers, limits)
}
