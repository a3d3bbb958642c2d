package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Storage says where things lie.
type Storage struct {
	ConfigDir  string        `json:"config_dir"`
	CaseFolder string        `json:"case_folder"`
	FreeBytes  *int64        `json:"free_bytes"`
	Synced     string        `json:"synced" say:"sentence.case"`
	Cases      []CaseStorage `json:"cases"` // those that are open
}

// CaseStorage is how much room a case takes.
type CaseStorage struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Dir        string `json:"dir"`
	CaseBytes  int64  `json:"case_bytes"`  // all of its folder
	CacheBytes int64  `json:"cache_bytes"` // of it, what can be made again
}

func storage(_ context.Context, a *API, _ None) (Storage, error) {
	s, err := a.settings()
	if err != nil {
		return Storage{}, err
	}
	out := Storage{ConfigDir: a.program.ConfigDir, CaseFolder: s.CaseFolder, Cases: []CaseStorage{}}
	out.FreeBytes, out.Synced = roomAt(s.CaseFolder)
	for _, c := range a.Cases() {
		all, err := bytesIn(c.Dir)
		if err != nil {
			return out, err
		}
		cache, err := bytesIn(filepath.Join(c.Dir, casefile.CacheFolder))
		if err != nil {
			return out, err
		}
		out.Cases = append(out.Cases, CaseStorage{ID: c.ID, Name: c.Name(), Dir: c.Dir, CaseBytes: all, CacheBytes: cache})
	}
	return out, nil
}

// bytesIn is how much all files of a folder take; nothing where it is not
// there.
func bytesIn(dir string) (int64, error) {
	var total int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // files of a database come and go
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("measure %s: %w", dir, err)
	}
	return total, nil
}

// Freed is how much room was made.
type Freed struct {
	FreedBytes int64 `json:"freed_bytes"`
}

// clearCache closes the case while its cache is deleted: nothing reads what is
// going away.
func clearCache(_ context.Context, c *Case, _ None) (Freed, error) {
	c.mu.Lock()
	busy := c.users > 0
	c.mu.Unlock()
	if busy {
		return Freed{}, clash("wait until the scan ends", "the case is being written")
	}
	dir := filepath.Join(c.Dir, casefile.CacheFolder)
	size, err := bytesIn(dir)
	if err != nil {
		return Freed{}, err
	}
	if err := c.api.Shut(c.ID); err != nil {
		return Freed{}, err
	}
	err = os.RemoveAll(dir)
	if _, again := c.api.Open(c.Dir); again != nil {
		err = errors.Join(err, again)
	}
	if err != nil {
		return Freed{}, fmt.Errorf("delete the small pictures: %w", err)
	}
	return Freed{size}, nil
}

// Licences is what the program is built from.
type Licences struct {
	Parts []Part `json:"parts"`
}

// Part is one third-party part of the program.
type Part struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

func licences(_ context.Context, _ *API, _ None) (Licences, error) {
	out := Licences{Parts: []Part{}}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			out.Parts = append(out.Parts, Part{m.Path, m.Version})
		}
	}
	slices.SortFunc(out.Parts, func(x, y Part) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}
