package api

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Original finds the file of an item: the first of its sightings that is there
// and looks unchanged since the scan, else the copy that the case collected.
func (c *Case) Original(ctx context.Context, d verify.Digest) (path string, err error) {
	v, err := c.View(ctx)
	if err != nil {
		return "", err
	}
	it := v.Item(d)
	if it == nil {
		return "", missing("there is no such item in this case")
	}
	if path, ok := c.unchanged(v.Sources, it); ok {
		return path, nil
	}
	if collected := casefile.CollectedPath(c.Dir, d); regular(collected, it.Size) {
		return collected, nil
	}
	return "", &Error{
		Status: http.StatusNotFound, What: fmt.Sprintf("the file %s is not there, or is no longer the one that was scanned", it.Path()),
		Hint: "connect the drive it lies on, put the original back, or scan again", Safe: "what the case knows of it is kept",
	}
}

func (c *Case) unchanged(sources []casefile.SourceInfo, it *verify.Item) (path string, ok bool) {
	dirs := map[string]string{}
	for _, s := range sources {
		dirs[s.Name] = s.Dir
	}
	for _, s := range it.Sightings {
		rel := filepath.FromSlash(s.Rel)
		if dirs[s.Source] == "" || !filepath.IsLocal(rel) {
			continue
		}
		path := filepath.Join(dirs[s.Source], rel)
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == s.Size && info.ModTime().Equal(s.ModTime) {
			return path, true
		}
	}
	return "", false
}

func regular(path string, size int64) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}
