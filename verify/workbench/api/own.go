package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/disk"
)

// ownFiles is what the workbench remembers of a person between starts, in the
// configuration folder: never in a case, never with pictures.
type ownFiles struct {
	dir string
	mu  sync.Mutex
}

// recentCase is a case that was open once.
type recentCase struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Dir    string    `json:"dir"`
	Opened time.Time `json:"opened"`
}

const (
	recentName = "recent-cases.json"
	recentKept = 20
)

// recent gives the cases that were open, the last one first.
func (o *ownFiles) recent() ([]recentCase, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []recentCase
	_, err := o.read(recentName, &list)
	return list, err
}

// remember puts a case first among the recent ones.
func (o *ownFiles) remember(c recentCase) error {
	return o.changeRecent(func(list []recentCase) []recentCase {
		list = slices.DeleteFunc(list, func(r recentCase) bool { return r.ID == c.ID || r.Dir == c.Dir })
		return slices.Insert(list, 0, c)
	})
}

// forget takes a case from the recent ones; the case itself is not touched.
func (o *ownFiles) forget(dir string) error {
	return o.changeRecent(func(list []recentCase) []recentCase {
		return slices.DeleteFunc(list, func(r recentCase) bool { return r.Dir == dir })
	})
}

func (o *ownFiles) changeRecent(change func([]recentCase) []recentCase) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []recentCase
	if _, err := o.read(recentName, &list); err != nil {
		return err
	}
	list = change(list)
	return o.write(recentName, list[:min(len(list), recentKept)])
}

// read reads a file; ok is false where there is none. It is called under mu.
func (o *ownFiles) read(name string, into any) (ok bool, err error) {
	if o.dir == "" {
		return false, nil
	}
	path := filepath.Join(o.dir, name)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read %s: %w", path, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return false, &Error{
			Status: 500, What: fmt.Sprintf("%s cannot be understood: %v", path, err),
			Hint: "correct the file, or move it away to begin with the defaults", Safe: "no case was touched", cause: err,
		}
	}
	return true, nil
}

// write writes a file for its owner alone, whole or not at all. It is called
// under mu.
func (o *ownFiles) write(name string, value any) error {
	if o.dir == "" {
		return nil
	}
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := disk.MakeFolder(o.dir); err != nil {
		return err
	}
	return disk.Replace(filepath.Join(o.dir, name), disk.Bytes(append(text, '\n')))
}
