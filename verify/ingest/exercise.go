package ingest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// ErrExercise is a folder that was to be scanned into the case of an exercise
// that it does not belong to.
var ErrExercise = errors.New("this case is an exercise: nothing but its own files is read into it")

// admit refuses sources that are none of the exercise's own, where the case is
// that of an exercise: invented and real files are never mixed.
func admit(ctx context.Context, file *casefile.File, sources []source.Source) error {
	standing, err := file.Exercise(ctx)
	if err != nil || standing == nil {
		return err
	}
	own := map[string]bool{}
	for _, m := range standing.Exercise.Media {
		name, _, _ := strings.Cut(m.Path, "/")
		own[name] = true
	}
	folder, err := realPath(file.Info().Dir)
	if err != nil {
		return fmt.Errorf("find the case: %w", err)
	}
	media := filepath.Join(filepath.Dir(folder), exercise.MediaFolder)
	for _, s := range sources {
		dir, err := realPath(s.Dir)
		if err != nil {
			return fmt.Errorf("find source %.80q: %w", s.Name, err)
		}
		if !own[s.Name] || dir != filepath.Join(media, s.Name) {
			return fmt.Errorf("source %.80q: %w; make a case of your own for it", s.Name, ErrExercise)
		}
	}
	return nil
}

// realPath is the path of a folder behind all links: one that leads from the
// exercise's folder to another is not taken for it.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}
