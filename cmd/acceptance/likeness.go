package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// likeness measures whether every copy of a photograph is found, and nothing
// else: variants of the shared photographs go through scan and duplicates as a
// person would run them.
type likeness struct {
	*run
	every                    int
	variants, harder, scenes string // folders made before, "" to make them
	keep                     string // folder that what is made is left in
	missed                   string // file for what was not found, "" for none
	quick                    bool
}

func likenessFlags() *likeness {
	l := &likeness{}
	flag.IntVar(&l.every, "every", 1, "likeness: make variants of every n-th photograph")
	flag.StringVar(&l.variants, "variants", "", "likeness: use this folder of variants, with its truth.csv")
	flag.StringVar(&l.harder, "harder", "", "likeness: use this folder of harder variants, with its truth.csv")
	flag.StringVar(&l.scenes, "scenes", "", "likeness: use this folder of pairs of one scene, with its pairs.csv")
	flag.StringVar(&l.keep, "keep", "", "likeness: leave the folders that are made in this one")
	flag.StringVar(&l.missed, "missed", "", "likeness: write what was not found, and what was wrongly, to this CSV file")
	return l
}

// quickKinds and quickEvery are the small part that -quick takes.
const (
	quickKinds = "jpeg_q30,crop_50,mirror,rot5_black,letterbox,caption,phone_ui,pip35,collage4,repost_chain"
	quickEvery = 24
	quickPairs = 6
)

// measure runs all parts, and gives what failed of all.
func (l *likeness) measure(r *run, quick bool) error {
	l.run, l.quick = r, quick
	if l.quick && l.every == 1 {
		l.every = quickEvery
	}
	for _, folder := range []*string{&l.variants, &l.harder, &l.scenes, &l.keep} {
		if *folder == "" {
			continue
		}
		var err error
		if *folder, err = filepath.Abs(*folder); err != nil {
			return err
		}
	}
	if l.missed != "" {
		if err := os.WriteFile(l.missed, []byte("variant,original,kind,shown_as,why\n"), 0o644); err != nil {
			return err
		}
	}
	parts := []func() error{l.copies, l.sceneSet}
	if !l.quick {
		parts = []func() error{l.copies, l.harderCopies, l.sceneSet, l.cost}
	}
	var failed []error
	for _, part := range parts {
		failed = append(failed, part())
	}
	return errors.Join(failed...)
}

func (l *likeness) photos() string { return filepath.Join(l.shared, "corpus/photos") }

// copies holds the program to the figures for the 36 kinds of copy.
func (l *likeness) copies() error {
	fmt.Printf("\n== likeness, %s\n", l.photos())
	if l.variants == "" {
		if err := l.makeVariants(); err != nil {
			return fmt.Errorf("likeness: make variants: %w", err)
		}
	}
	s, err := l.measured(l.variants)
	if err != nil {
		return fmt.Errorf("likeness: %w", err)
	}
	s.print()
	bounds := demandedCopies
	if l.quick {
		bounds = demandedQuick
	}
	return failure("likeness", append(s.recallHeld(bounds), s.purityHeld()...))
}

// harderCopies reports the kinds that no bound stands for yet.
func (l *likeness) harderCopies() error {
	fmt.Printf("\n== likeness, harder kinds, reported apart\n")
	if l.harder == "" {
		l.harder = l.folder("harder")
		err := l.mklikeness("-copies", l.harder, "-every", strconv.Itoa(l.every))
		if err != nil {
			return fmt.Errorf("likeness: make harder kinds: %w", err)
		}
	}
	s, err := l.measured(l.harder)
	if err != nil {
		return fmt.Errorf("likeness, harder kinds: %w", err)
	}
	s.print()
	return nil
}

// failure sums up the bounds that were printed as failed.
func failure(what string, failed []string) error {
	const most = 3
	if len(failed) == 0 {
		return nil
	}
	text := strings.Join(failed[:min(len(failed), most)], "; ")
	if len(failed) > most {
		text += fmt.Sprintf("; and %d more", len(failed)-most)
	}
	return fmt.Errorf("%s: %s", what, text)
}

// folder is where something is made.
func (l *likeness) folder(name string) string {
	if l.keep != "" {
		return filepath.Join(l.keep, name)
	}
	return filepath.Join(l.work, name)
}

func (l *likeness) makeVariants() error {
	l.variants = l.folder("variants")
	if _, err := exec.LookPath("cwebp"); err != nil {
		fmt.Println("cwebp is not installed: the kind webp_q40 is left out")
	}
	args := []string{"run", ".", "-in", l.photos(), "-out", l.variants, "-every", strconv.Itoa(l.every)}
	if l.quick {
		args = append(args, "-only", quickKinds)
	}
	return l.generator("mkvariants", args...)
}

// mklikeness runs the generator of this repository.
func (l *likeness) mklikeness(args ...string) error {
	args = append([]string{"run", "./fixtures/mklikeness", "-photos", l.photos()}, args...)
	cmd := exec.Command("go", args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// measured scans the photographs and a folder of variants as two sources and
// scores what is listed.
func (l *likeness) measured(variants string) (*likenessScore, error) {
	known, err := truth.ReadCopies(l.photos(), variants)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(l.work, "case-"+filepath.Base(variants))
	listed, err := l.listing(folder, l.photos(), variants)
	if err != nil {
		return nil, err
	}
	s := judge(known, listed.matches)
	s.mixed = mixedClusters(known, listed.clusters)
	listed.print(known.Pictures())
	if l.missed != "" {
		err = s.writeMissed(l.missed)
	}
	return s, err
}

// listed is what the program says of a case.
type listed struct {
	matches     []likeMatch
	clusters    []likeCluster
	scan, again scanned
	showing     time.Duration // of the matches
}

// listing scans folders into a new case, twice, and lists its duplicates.
func (l *likeness) listing(folder string, sources ...string) (out listed, err error) {
	if out.scan, err = l.run.scan(folder, sources); err != nil {
		return out, err
	}
	if out.again, err = l.run.scan(folder, sources); err != nil {
		return out, fmt.Errorf("second scan: %w", err)
	}
	if err := out.again.readNothing(); err != nil {
		return out, err
	}
	began := time.Now()
	out.matches, err = lines[likeMatch](l.program, "duplicates", "--case", folder)
	if err != nil {
		return out, err
	}
	out.showing = time.Since(began)
	scenes, err := lines[likeMatch](l.program, "duplicates", "--scenes", "--case", folder)
	if err != nil {
		return out, err
	}
	out.matches = append(out.matches, scenes...)
	out.clusters, err = lines[likeCluster](l.program, "duplicates", "--clusters", "--case", folder)
	return out, err
}

func (o listed) print(pictures int) {
	fmt.Printf("scan of %d pictures: %s, %.1f pictures/s; second scan %.1f s; duplicates listed in %.2f s\n",
		pictures, o.scan, float64(pictures)/o.scan.took.Seconds(), o.again.took.Seconds(), o.showing.Seconds())
}
