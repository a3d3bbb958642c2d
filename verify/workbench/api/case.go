package api

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Case is a case that is open in the workbench.
type Case struct {
	ID  string // in addresses; it does not tell where the case lies
	Dir string
	api *API

	acts acts // done in it since the program was started

	reader   *casefile.File
	view     viewing
	invented bool // it was an exercise when it was opened

	regrouping regrouping

	drafts drafts // of what is to be handed on
	scan   scanDesk
	posed  posed
	work   work

	heeding sync.Mutex
	heeded  int64 // entry of the ledger that the pages know of; -1 before the first look

	acting   sync.Mutex // one act at a time
	scanning sync.Mutex // and one scan
	mu       sync.Mutex // guards writer and users
	writer   *casefile.File
	users    int
	large    atomic.Bool // it has many items
	letGo    *time.Timer // closes the writer
}

// Name is what the case is called: the last part of its folder.
func (c *Case) Name() string {
	if c.exercise() {
		return "Exercise"
	}
	return filepath.Base(c.Dir)
}

// Reading lets f read the case file itself, for what a View does not hold.
func (c *Case) Reading(_ context.Context, f func(*casefile.File) error) error { return f(c.reader) }

// Writing lets f change the case, one caller after the other. The case is taken
// for writing only as long as f runs, or some seconds longer where it is large,
// and shared with a scan that runs here. While another program writes, the error
// says so (423).
func (c *Case) Writing(_ context.Context, f func(*casefile.File) error) error {
	c.acting.Lock()
	defer c.acting.Unlock()
	return c.holding(f)
}

// Scanning is Writing for what takes long: acts go on beside it, a second
// scan does not begin.
func (c *Case) Scanning(_ context.Context, f func(*casefile.File) error) error {
	if !c.scanning.TryLock() {
		return clash("wait until it ends, or stop it", "a scan of this case is running already")
	}
	defer c.scanning.Unlock()
	return c.holding(f)
}

func (c *Case) holding(f func(*casefile.File) error) (err error) {
	file, err := c.takeWriter()
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, c.leaveWriter(err == nil))
		c.heed(context.Background())
	}()
	return f(file)
}

// Opening the writer replays the ledger, which takes a moment in a case of many
// items. There it is kept for writerKept after its last use: who reviews acts
// again and again.
const (
	manyItems  = 2000
	writerKept = 3 * time.Second
)

func (c *Case) takeWriter() (*casefile.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.writer == nil {
		file, err := c.api.program.Write(c.Dir)
		if err != nil {
			return nil, unopened(c.Dir, err)
		}
		c.writer = file
	}
	c.users++
	return c.writer, nil
}

// leaveWriter lets the case go when nobody writes any more; at once after a
// failure, for a writer that failed has to be opened anew.
func (c *Case) leaveWriter(well bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users--
	if c.users == 0 && c.large.Load() && well {
		if c.letGo != nil {
			c.letGo.Stop()
		}
		c.letGo = time.AfterFunc(writerKept, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			_ = c.closeWriter() // what was acknowledged is on the disk already
		})
		return nil
	}
	return c.closeWriter()
}

// closeWriter is called under mu. It does nothing while somebody writes.
func (c *Case) closeWriter() error {
	if c.users > 0 || c.writer == nil {
		return nil
	}
	file := c.writer
	c.writer = nil
	if err := file.Close(); err != nil {
		return fmt.Errorf("let the case go after writing: %w", err)
	}
	return nil
}

// waitWriters waits until nobody writes, at most for grace.
func (c *Case) waitWriters(grace time.Duration) {
	for end := time.Now().Add(grace); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		c.mu.Lock()
		idle := c.users == 0
		c.mu.Unlock()
		if idle {
			return
		}
	}
}

func (c *Case) close() error {
	c.scan.close(closingGrace)
	c.regrouping.close()
	c.waitWriters(closingGrace)
	_ = c.keepWork() // minutes of an exercise: the case closes all the same
	c.mu.Lock()
	defer c.mu.Unlock()
	return errors.Join(c.closeWriter(), c.reader.Close())
}

// closingGrace is how long an act may still take when the workbench ends.
const closingGrace = 5 * time.Second
