package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// ErrExercise is a folder that was to be scanned into the case of an exercise
// that it does not belong to.
var ErrExercise = errors.New("this case is an exercise: nothing but its own files is read into it")

// ErrExerciseFiles is a folder of an exercise that was to be scanned into a real
// case.
var ErrExerciseFiles = errors.New("it belongs to an exercise, whose events are invented, and this case is none")

// admit refuses sources that are none of the exercise's own, where the case is
// that of an exercise: invented and real files are never mixed.
func admit(ctx context.Context, file *casefile.File, sources []source.Source) error {
	standing, err := file.Exercise(ctx)
	if err != nil {
		return err
	}
	if standing == nil {
		return admitReal(ctx, file, sources)
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

// admitReal refuses the folders of exercises that were laid out, where the case is
// a real one.
func admitReal(ctx context.Context, file *casefile.File, sources []source.Source) error {
	if file.IsExercise(ctx) { // one without tasks, as the demo is
		return nil
	}
	for _, s := range sources {
		dir, err := realPath(s.Dir)
		if err != nil {
			return fmt.Errorf("find source %.80q: %w", s.Name, err)
		}
		for ; ; dir = filepath.Dir(dir) {
			if holdsExercise(dir) {
				return fmt.Errorf("source %.80q: %w; take the files from where they came from", s.Name, ErrExerciseFiles)
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return nil
}

// holdsExercise says whether a folder is that of an exercise, which holds its case
// beside its media.
func holdsExercise(dir string) bool {
	inside := filepath.Join(dir, exercise.CaseFolder)
	if _, err := os.Lstat(filepath.Join(inside, casefile.DatabaseName)); err != nil {
		return false
	}
	media, err := os.Lstat(filepath.Join(dir, exercise.MediaFolder))
	return err == nil && media.IsDir() && casefile.IsExercise(inside)
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
