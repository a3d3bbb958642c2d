package workshop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// Errors of where an exercise is begun.
var (
	ErrInsideCase = errors.New("this folder belongs to a case, and exercises are kept apart from cases")
	ErrNotEmpty   = errors.New("there is something in this folder already")
)

// Unpack lays the media of a pack into a folder that is not there yet, with the
// times that they have in the story. Every byte is checked once more. Where it
// fails the folder is gone again.
func (p *Pack) Unpack(ctx context.Context, dir string) error {
	again, bag, err := open(ctx, p.path)
	if err != nil {
		return err
	}
	defer bag.Close()
	if again.digest != p.digest {
		return fmt.Errorf("unpack %s: it is another pack than a moment before", p.path)
	}
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("unpack %s: %s: %w", p.path, dir, fs.ErrExist)
	}
	files := make([]exchange.BagPlacing, 0, len(p.exercise.Media))
	for _, m := range p.exercise.Media {
		files = append(files, exchange.BagPlacing{Name: mediaFolder + m.Path, To: m.Path, Modified: m.Modified})
	}
	if err := bag.Lay(ctx, dir, files); err != nil {
		return fmt.Errorf("unpack %s: %w", p.path, errors.Join(err, os.RemoveAll(dir)))
	}
	return nil
}

// Begin lays out an exercise in a folder that is new or empty: its media, a folder
// for each source, in dir/media, and in dir/case the learner's case, made by
// create and open for writing, with the exercise, its places and its zone. What is
// left to do is to scan the media. The folder may not lie in that of a case
// ([ErrInsideCase]) nor hold anything ([ErrNotEmpty]). Where it fails, what it
// wrote is gone again. The caller closes the case.
func Begin(ctx context.Context, p *Pack, dir string, create func(dir string) (*casefile.File, error)) (*casefile.File, error) {
	file, err := begin(ctx, p, dir, create)
	if err != nil {
		return nil, fmt.Errorf("begin exercise %s in %s: %w", p.exercise.ID, dir, err)
	}
	return file, nil
}

func begin(ctx context.Context, p *Pack, dir string, create func(dir string) (*casefile.File, error)) (file *casefile.File, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := apart(dir); err != nil {
		return nil, err
	}
	if err := emptyFolder(dir); err != nil {
		return nil, err
	}
	media, place := filepath.Join(dir, exercise.MediaFolder), filepath.Join(dir, exercise.CaseFolder)
	if err := p.Unpack(ctx, media); err != nil {
		return nil, err
	}
	if file, err = create(place); err != nil {
		return nil, errors.Join(err, os.RemoveAll(media))
	}
	if err := p.prepare(ctx, file); err != nil {
		return nil, errors.Join(err, file.Close(), os.RemoveAll(place), os.RemoveAll(media))
	}
	return file, nil
}

// prepare makes a new case that of the exercise.
func (p *Pack) prepare(ctx context.Context, file *casefile.File) error {
	if err := file.BeginExercise(ctx, p.digest, p.exercise); err != nil {
		return err
	}
	if len(p.places) > 0 {
		if _, err := file.SetPlaces(ctx, p.places); err != nil {
			return err
		}
	}
	if p.exercise.Zone == "" {
		return nil
	}
	return file.Set(ctx, zoneSetting, p.exercise.Zone)
}

// emptyFolder makes a folder, or wants it to be empty.
func emptyFolder(dir string) error {
	if err := disk.MakeFolder(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = ErrNotEmpty
	}
	return err
}

// apart refuses a folder that lies in that of a case, real or not, or among the
// media of an exercise, also by way of links.
func apart(dir string) error {
	there, below := dir, ""
	for {
		real, err := filepath.EvalSymlinks(there)
		if err == nil {
			there = real
			break
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(there) == there {
			return err
		}
		there, below = filepath.Dir(there), filepath.Base(there)
	}
	for ; ; there, below = filepath.Dir(there), filepath.Base(there) {
		if isCase(there) || below == exercise.MediaFolder && isCase(filepath.Join(there, exercise.CaseFolder)) {
			return fmt.Errorf("%w: %s", ErrInsideCase, there)
		}
		if filepath.Dir(there) == there {
			return nil
		}
	}
}

// isCase says whether a folder has the database of a case.
func isCase(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, casefile.DatabaseName))
	return err == nil
}
