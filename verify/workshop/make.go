package workshop

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Make writes a pack to a new file and gives its digest. Files are taken from
// media by their paths; one whose digest stands in the plan has to have it. A
// plan that cannot be packed is refused before anything is written: an exercise
// or key that is none, a passphrase that is weak ([ErrWeakPassphrase]) and, of
// files of a case ([CaseMedia]), concerns that nobody cleared ([ConcernError]).
//
// The same plan gives the same bytes each time, but for the key and the manifests
// that list it: a key is never encrypted twice to the same bytes.
func Make(ctx context.Context, plan Plan, media fs.FS, passphrase, out string) (digest string, err error) {
	return maker{workFactor}.make(ctx, plan, media, passphrase, out)
}

// maker makes packs whose key costs so much work to open.
type maker struct{ workFactor int }

func (m maker) make(ctx context.Context, plan Plan, media fs.FS, passphrase, out string) (string, error) {
	plan.Exercise.Media = slices.Clone(plan.Exercise.Media) // the caller's stays as it is
	digest, err := m.pack(ctx, &plan, media, passphrase, out)
	if err != nil {
		return "", fmt.Errorf("make the pack of exercise %.64q: %w", plan.Exercise.ID, err)
	}
	return digest, nil
}

func (m maker) pack(ctx context.Context, plan *Plan, media fs.FS, passphrase, out string) (string, error) {
	about := append(all(plan.Exercise.Title), plan.Exercise.ID, plan.Exercise.By)
	if err := CheckPassphrase(passphrase, about...); err != nil {
		return "", err
	}
	c, err := plan.contents(ctx, media)
	if err != nil {
		return "", err
	}
	if files, ok := media.(*CaseFiles); ok {
		found, err := concernsOf(ctx, files, plan)
		if err != nil {
			return "", err
		}
		if open := plan.Open(found); len(open) > 0 {
			return "", &ConcernError{open}
		}
	}
	key := plan.Key
	if key.Pack != "" {
		return "", errors.New("its key names a pack already; the plan leaves that empty")
	}
	key.Pack = c.digest
	if err := key.Check(&plan.Exercise); err != nil {
		return "", err
	}
	sealed, err := seal(key, plainPassphrase(passphrase), m.workFactor)
	if err != nil {
		return "", fmt.Errorf("encrypt the key: %w", err)
	}
	return c.digest, write(ctx, plan, c, sealed, media, out)
}

// Digest is the digest that a pack made of the plan has. See [Pack.Digest].
func (p *Plan) Digest(ctx context.Context, media fs.FS) (string, error) {
	measured := *p
	measured.Exercise.Media = slices.Clone(p.Exercise.Media)
	c, err := measured.contents(ctx, media)
	return c.digest, err
}

// contents are the texts of a pack, and its digest.
type contents struct {
	exercise []byte
	places   []byte // nil for none
	digest   string
}

// contents measures the files of a plan, checks its exercise, and puts files and
// places in order.
func (p *Plan) contents(ctx context.Context, media fs.FS) (c contents, err error) {
	if err := p.Measure(ctx, media); err != nil {
		return c, err
	}
	e := &p.Exercise
	slices.SortFunc(e.Media, func(a, b exercise.Medium) int { return cmp.Compare(a.Path, b.Path) })
	for i := range e.Media {
		e.Media[i].Modified = e.Media[i].Modified.UTC()
	}
	if c.exercise, err = encode(e); err != nil {
		return c, err
	}
	var again exercise.Exercise
	if err := decodeExercise(c.exercise, &again); err != nil {
		return c, err
	}
	if c.places, err = placesText(p.Places); err != nil {
		return c, err
	}
	if len(c.exercise) > largestExercise || len(c.places) > largestPlaces {
		return c, fmt.Errorf("its texts have more than %d MB, or its places more than %d", largestExercise>>20, largestPlaces>>20)
	}
	sums := map[string]string{exerciseName: sumOf(c.exercise)}
	if c.places != nil {
		sums[placesName] = sumOf(c.places)
	}
	for _, m := range e.Media {
		sums[mediaFolder+m.Path] = m.SHA256
	}
	c.digest = packDigest(sums)
	return c, nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// placesText is the gazetteer of an exercise, by name.
func placesText(places []gazetteer.Own) ([]byte, error) {
	if len(places) == 0 {
		return nil, nil
	}
	checked := make([]gazetteer.Own, 0, len(places))
	for _, o := range places {
		o, err := o.Check()
		if err != nil {
			return nil, fmt.Errorf("its places: %w", err)
		}
		checked = append(checked, o)
	}
	checked, err := gazetteer.Join(checked)
	if err != nil {
		return nil, fmt.Errorf("its places: %w", err)
	}
	slices.SortFunc(checked, func(a, b gazetteer.Own) int { return cmp.Compare(a.Name, b.Name) })
	var b bytes.Buffer
	err = gazetteer.WriteCSV(&b, checked)
	return b.Bytes(), err
}

// write writes the pack, whole or not at all.
func write(ctx context.Context, p *Plan, c contents, sealed []byte, media fs.FS, out string) error {
	target, err := exchange.NewOutput(out, false, false)
	if err != nil {
		return err
	}
	defer target.Discard()
	err = target.Write("", func(w io.Writer) error {
		z := zip.NewWriter(w)
		if err := fill(ctx, exchange.NewBagWriter(zipFolder{z, p.Exercise.ID}), p, c, sealed, media); err != nil {
			return err
		}
		return z.Close()
	})
	if err != nil {
		return err
	}
	return target.Commit()
}

func fill(ctx context.Context, bag *exchange.BagWriter, p *Plan, c contents, sealed []byte, media fs.FS) error {
	put := func(name string, text []byte) error {
		return bag.File(name, func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
	}
	if err := put(exerciseName, c.exercise); err != nil {
		return err
	}
	if c.places != nil {
		if err := put(placesName, c.places); err != nil {
			return err
		}
	}
	for i := range p.Exercise.Media {
		m := &p.Exercise.Media[i]
		err := bag.File(mediaFolder+m.Path, func(w io.Writer) error { return copyMedium(ctx, w, media, m) })
		if err != nil {
			return fmt.Errorf("pack %s: %w", m.Path, err)
		}
	}
	if err := put(keyName, sealed); err != nil {
		return err
	}
	return bag.Finish([][2]string{
		{"External-Identifier", p.Exercise.ID}, {"External-Description", "Exercise pack of Firsthand: not a real case"}, {"Firsthand-Pack", c.digest},
	}, time.Time{})
}

// copyMedium copies a file that has to have the bytes that were measured.
func copyMedium(ctx context.Context, w io.Writer, media fs.FS, m *exercise.Medium) error {
	f, err := openMedium(media, m.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, h), io.LimitReader(source.UntilDone(ctx, f), m.Size+1)); err != nil {
		return source.Reason(err)
	}
	return sameBytes(h, m)
}

func sameBytes(h hash.Hash, m *exercise.Medium) error {
	if hex.EncodeToString(h.Sum(nil)) != m.SHA256 {
		return errors.New("it has other bytes than the plan says: it was changed, or the plan is of another file")
	}
	return nil
}

// zipFolder writes into a folder of a zip. Order and times of the members do not
// depend on when and where it is written.
type zipFolder struct {
	zip  *zip.Writer
	name string
}

// Write writes one member. What is compressed already is stored.
func (z zipFolder) Write(name string, content func(io.Writer) error) error {
	h := &zip.FileHeader{Name: path.Join(z.name, name), Method: zip.Store, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".html") {
		h.Method = zip.Deflate
	}
	h.SetMode(0o644)
	w, err := z.zip.CreateHeader(h)
	if err != nil {
		return err
	}
	return content(w)
}
