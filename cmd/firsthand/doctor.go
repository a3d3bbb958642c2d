package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newDoctorCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "say what this machine has and what is missing",
		Long: `Checks the video engines, the workers, the folders for settings and cache, and
says what to do about what is missing.

    firsthand doctor

Exit status: 0 all that is needed is there, 1 something needed is missing, 2
wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.doctor(cmd.Context()) },
	}
	g.jsonFlag(cmd)
	return cmd
}

// check is one line of the doctor's report.
type check struct {
	What   string `json:"check"`
	OK     bool   `json:"ok"`
	Needed bool   `json:"needed"`
	Found  string `json:"found"`
	Hint   string `json:"hint"`
}

func (g *globalOptions) doctor(ctx context.Context) error {
	checks := []check{
		{What: "program", OK: true, Found: fmt.Sprintf("%s, %s, %s/%s, %d processors", toolVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())},
		folderCheck("settings folder", userConfigDir),
		folderCheck("cache folder", videoCacheDir),
		g.workerCheck(ctx),
		embeddedCheck(ctx),
		nativeCheck(ctx),
	}
	missing := 0
	for _, c := range checks {
		if c.Needed && !c.OK {
			missing++
		}
		if g.jsonOut {
			if err := g.term.json(c); err != nil {
				return err
			}
			continue
		}
		state := "ok"
		if !c.OK {
			state = "missing"
		}
		g.term.printf("%-8s %-16s %s\n", state, c.What, shown(c.Found))
		if c.Hint != "" {
			g.term.printf("%-8s %-16s %s\n", "", "", shown(c.Hint))
		}
	}
	if missing > 0 {
		return fmt.Errorf("%d things that are needed are missing", missing)
	}
	return nil
}

func folderCheck(what string, find func() (string, error)) check {
	c := check{What: what, Needed: true}
	dir, err := find()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		probe := filepath.Join(dir, ".probe")
		if err = os.WriteFile(probe, nil, 0o600); err == nil {
			err = os.Remove(probe)
		}
	}
	if err != nil {
		c.Found, c.Hint = err.Error(), "make the folder writable, or point HOME or the XDG variables elsewhere"
		return c
	}
	c.OK, c.Found = true, dir
	return c
}

// workerCheck starts a worker and lets it read a tiny picture.
func (g *globalOptions) workerCheck(ctx context.Context) check {
	c := check{What: "workers", Needed: true, Hint: "the program must be able to start itself; look at limits on processes and memory"}
	if err := g.tryWorker(ctx); err != nil {
		c.Found = err.Error()
		return c
	}
	c.OK, c.Found, c.Hint = true, "a worker started and read a picture", ""
	return c
}

func nativeCheck(ctx context.Context) check {
	c := check{What: "native ffmpeg"}
	e, err := video.NewNative(ctx)
	if err != nil {
		c.Found, c.Hint = err.Error(), "not needed: the embedded engine reads video; a native ffmpeg is about three times as fast"
		return c
	}
	c.OK, c.Found = true, e.Name()
	c.Hint = "it reads hostile files without a fence: --video hostile never starts it"
	return c
}

// embeddedCheck starts a worker of the embedded engine and asks what fences it
// in.
func embeddedCheck(ctx context.Context) check {
	c := check{What: "embedded engine", Needed: true, Hint: "the program must be able to start itself; --video native or off does without"}
	pool, err := newVideoPool(1)
	if err != nil {
		c.Found = err.Error()
		return c
	}
	defer pool.Close()
	fences, err := video.Fences(ctx, pool)
	if err != nil {
		c.Found = err.Error()
		return c
	}
	c.OK, c.Hint = true, ""
	c.Found = fmt.Sprintf("%s; %s", video.NewEmbedded(pool).Name(), fences)
	return c
}

// tryWorker lets a worker examine a picture of four pixels.
func (g *globalOptions) tryWorker(ctx context.Context) error {
	pool, err := sandbox.NewPool(sandbox.Options{Size: 1, Command: []string{workerCommand}})
	if err != nil {
		return err
	}
	defer pool.Close()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		return err
	}
	_, err = pool.Call(ctx, ingest.ExamineOp, []byte(`{"name":"probe.png"}`), bytes.NewReader(picture.Bytes()), int64(picture.Len()), nil)
	return err
}
