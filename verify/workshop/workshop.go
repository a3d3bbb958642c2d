// Package workshop packs exercises, opens them, and collects what was handed in.
//
// Start at [Open] for the learner's side and at [Make] for the trainer's; the
// form of a pack is in README.md beside this file. What an exercise asks and how
// an answer is scored is package exercise's.
//
// It promises: a pack is taken whole or not at all, and every byte of it is
// checked before any of it is used; nothing of a pack or of a folder of answers
// reaches a file outside the folder that a person named; the key cannot be read
// without its passphrase, nor guessed from anything else in the pack; a key
// opens its own pack and no other; what speaks of real people is not packed
// before a named person said why it may be.
package workshop

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNoPack     = errors.New("this is no exercise pack, or not all of one as it was made")
	ErrPassphrase = errors.New("the passphrase does not open the key of this pack")
	ErrOtherPack  = errors.New("this is the key of another pack")
)

// The files of a pack, below the folder that is called after the exercise.
const (
	exerciseName = "data/exercise.json"
	keyName      = "data/key.age"
	placesName   = "data/places.csv"
	mediaFolder  = "data/media/"
)

// The bounds of a pack.
const (
	mostFiles       = 10_100 // 10,000 media, and what describes them
	mostBytes       = 4<<30 + 64<<20
	largestExercise = 8 << 20
	largestKey      = 4 << 20
	largestPlaces   = 4 << 20
)

// Pack is an exercise pack that was checked from end to end.
type Pack struct {
	path     string
	exercise exercise.Exercise
	places   []gazetteer.Own
	digest   string
	sealed   []byte // the key, encrypted
}

// Exercise is what the pack asks. It is not to be changed.
func (p *Pack) Exercise() exercise.Exercise { return p.exercise }

// Digest names the pack by its content: the SHA-256 over the lines of its
// payload manifest but that of the key, sorted; in lower-case hexadecimal.
func (p *Pack) Digest() string { return p.digest }

// Code is [Code] of the pack.
func (p *Pack) Code() string { return Code(p.digest) }

// spoken are the digits and letters of codes: none is taken for another.
var spoken = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Code is eight letters and digits of a pack's digest, by which a room hears
// that all have the same pack; "" of what is no digest. It tells apart packs
// that were mixed up and not those that somebody made to look alike.
func Code(digest string) string {
	b, err := hex.DecodeString(digest)
	if err != nil || len(b) != sha256.Size {
		return ""
	}
	return spoken.EncodeToString(b[:5])
}

// Open reads a pack and checks all of it: the zip, the bag in it, every digest,
// that the exercise is one, and that there is neither more nor less than it
// lists. Nothing is written. The error is [ErrNoPack] where it is no whole pack,
// with the reason in one line.
func Open(path string) (*Pack, error) {
	p, bag, err := open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	return p, bag.Close()
}

func open(ctx context.Context, path string) (*Pack, *exchange.Bag, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, nil, fmt.Errorf("open pack %s: %w", path, source.Reason(err))
	}
	bag, err := exchange.OpenPackedBag(ctx, path, exchange.BagLimits{Files: mostFiles, Bytes: mostBytes})
	if err != nil {
		return nil, nil, fmt.Errorf("open pack %s: %w: %w", path, ErrNoPack, err)
	}
	p, err := read(bag)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open pack %s: %w: %w", path, ErrNoPack, err), bag.Close())
	}
	p.path = path
	return p, bag, nil
}

// read takes the pack out of its bag.
func read(bag *exchange.Bag) (*Pack, error) {
	if err := checkTags(bag); err != nil {
		return nil, err
	}
	text, err := bag.Read(exerciseName, largestExercise)
	if err != nil {
		return nil, err
	}
	p := &Pack{}
	if err := decodeExercise(text, &p.exercise); err != nil {
		return nil, err
	}
	if bag.Folder != p.exercise.ID {
		return nil, fmt.Errorf("its folder is %.80q and its exercise %.80q", bag.Folder, p.exercise.ID)
	}
	if err := checkPayload(bag, p.exercise.Media); err != nil {
		return nil, err
	}
	if p.sealed, err = bag.Read(keyName, largestKey); err != nil {
		return nil, err
	}
	if p.places, err = readPlaces(bag); err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for _, name := range bag.Payload {
		sums[name] = bag.Sum(name, "sha256")
	}
	p.digest = packDigest(sums)
	return p, nil
}

// tagFiles are the files of a pack beside its payload.
var tagFiles = []string{"bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}

func checkTags(bag *exchange.Bag) error {
	var tags []string
	for _, name := range bag.Files() {
		if !strings.HasPrefix(name, "data/") {
			tags = append(tags, name)
		}
	}
	if !slices.Equal(tags, tagFiles) {
		return fmt.Errorf("beside data it holds %.200q, where a pack has %q", tags, tagFiles)
	}
	for _, name := range tagFiles[:3] {
		if bag.Sum(name, "sha256") == "" {
			return fmt.Errorf("%s does not list %s", tagFiles[3], name)
		}
	}
	if bag.Version != "1.0" {
		return fmt.Errorf("it is a bag of version %s and not 1.0", bag.Version)
	}
	return nil
}

// checkPayload compares what is there with what the exercise lists.
func checkPayload(bag *exchange.Bag, media []exercise.Medium) error {
	listed := map[string]exercise.Medium{}
	for _, m := range media {
		listed[mediaFolder+m.Path] = m
	}
	for _, name := range bag.Payload {
		m, ok := listed[name]
		switch {
		case name == exerciseName || name == keyName || name == placesName:
			continue
		case !ok:
			return fmt.Errorf("%.200q is not of its exercise", name)
		case bag.Sum(name, "sha256") != m.SHA256 || bag.Size(name) != m.Size:
			return fmt.Errorf("%.200q is not the file that the exercise names", name)
		}
		delete(listed, name)
	}
	for _, m := range media { // in their order, so that the same is said each time
		if _, missing := listed[mediaFolder+m.Path]; missing {
			return fmt.Errorf("the file %.200q is missing", m.Path)
		}
	}
	return nil
}

func readPlaces(bag *exchange.Bag) ([]gazetteer.Own, error) {
	if !slices.Contains(bag.Payload, placesName) {
		return nil, nil
	}
	text, err := bag.Read(placesName, largestPlaces)
	if err != nil {
		return nil, err
	}
	places, err := gazetteer.ReadCSV(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", placesName, err)
	}
	return places, nil
}

// packDigest is [Pack.Digest] of a payload: its files with their SHA-256.
func packDigest(payload map[string]string) string {
	var lines []string
	for name, sum := range payload {
		if name != keyName {
			lines = append(lines, exchange.ManifestLine(sum, name)+"\n")
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(sum[:])
}

// encode writes the one form that an exercise or a key has in a pack.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decodeExercise reads what encode wrote and takes nothing else: two texts that
// read as one exercise would have two digests.
func decodeExercise(text []byte, e *exercise.Exercise) error {
	if err := json.Unmarshal(text, e); err != nil {
		return fmt.Errorf("%s: %w", exerciseName, err)
	}
	again, err := encode(e)
	if err != nil {
		return fmt.Errorf("%s: %w", exerciseName, err)
	}
	if !bytes.Equal(text, again) {
		return fmt.Errorf("%s is not as this version of firsthand writes it", exerciseName)
	}
	if err := e.Check(); err != nil {
		return fmt.Errorf("%s: %w", exerciseName, err)
	}
	return nil
}

// readAll reads a text of at most so many bytes.
func readAll(r io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("it is larger than %d MB", most>>20)
	}
	return text, err
}
