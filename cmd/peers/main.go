// Command peers measures this program beside others that do a part of its work,
// in one run on one machine and the same folders:
//
//   - metadata: `inspect --all --json` beside ExifTool, exiv2 and mediainfo;
//     speed, memory, and how far the values agree
//   - copies: `scan` and `duplicates` beside findimagedupes, czkawka_cli, and
//     the hashes of pdqhash and imagehash; copies found, pairs listed wrongly,
//     time, memory
//   - video: `scan` with either engine beside ffmpeg's own decoding, the least
//     that anything which looks at every frame can take
//
// It prints Markdown tables of ratios; what was measured in seconds goes to
// stderr with -v, and all of it to a file with -json.
//
//	make bench-peers                              # with the peers that are there
//	make bench-peers PEERS_FLAGS=-install         # fetches those that are missing, first
//	make bench-peers PEERS_FLAGS='-parts copies -every 3 -v'
//
// A peer is looked for on PATH and below -tools, and left out with a word where
// it is not. The data are those of the folder -shared where it is there, else
// what the repository itself holds or draws, which is smaller and easier.
//
// Fairness: every turn runs all programs of a table, each second turn in the
// other order; ratios are taken within a turn and their median is printed, so
// that what else the machine does cancels out; processor time stands beside the
// time that passed, since a busy machine changes it little. A peer with a
// threshold runs with its own default and with a more generous one. What a
// program cannot do is said under the table, on both sides.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	var b bench
	flag.StringVar(&b.shared, "shared", "../shared", "the folder with bench/ and corpus/; without it, the repository's own data")
	flag.StringVar(&b.program, "program", "./firsthand", "the program to measure")
	flag.StringVar(&b.tools, "tools", "build/peers", "where -install puts what comes from pip and cargo, and where it is looked for")
	flag.StringVar(&b.work, "work", "", "folder for what is made, which stays; a temporary one that does not when empty")
	flag.StringVar(&b.variants, "variants", "", "copies: a folder of variants made before, with its truth.csv")
	flag.IntVar(&b.every, "every", 6, "copies: make variants of every n-th photograph")
	flag.IntVar(&b.enough, "files", 900, "metadata: copies are read, too, until there are so many files; a program's start is not to be what is measured")
	flag.IntVar(&b.videos, "videos", 0, "video: take so many of the videos, evenly from all; 0 for all")
	flag.IntVar(&b.turns, "turns", 5, "turns of the quick programs; what takes minutes has -slow")
	flag.IntVar(&b.slow, "slow", 2, "turns of copies and videos")
	flag.BoolVar(&b.verbose, "v", false, "each run with its seconds and megabytes, on stderr")
	parts := flag.String("parts", strings.Join(allParts, ","), "what to measure, separated by commas")
	out := flag.String("json", "", "write all figures to this file")
	install := flag.Bool("install", false, "first install the peers that are missing, from Debian, PyPI and crates.io")
	flag.Parse()
	if err := b.run(*parts, *out, *install); err != nil {
		fmt.Fprintln(os.Stderr, "peers: error:", err)
		os.Exit(1)
	}
}

var allParts = []string{"metadata", "copies", "video"}

// bench is one measurement.
type bench struct {
	shared, program, tools, work, variants string

	every, turns, slow, enough, videos int
	verbose                            bool
}

func (b *bench) run(parts, out string, install bool) (err error) {
	chosen := strings.Split(parts, ",")
	for _, p := range chosen {
		if !slices.Contains(allParts, p) {
			return fmt.Errorf("-parts %s: there are %s", p, strings.Join(allParts, ", "))
		}
	}
	if b.turns < 1 || b.slow < 1 || b.every < 1 || b.enough < 1 || b.videos < 0 {
		return errors.New("-turns, -slow, -every and -files must be 1 or more")
	}
	for _, folder := range []*string{&b.shared, &b.program, &b.tools, &b.work, &b.variants} {
		if *folder == "" {
			continue
		}
		if *folder, err = filepath.Abs(*folder); err != nil {
			return err
		}
	}
	if install {
		b.install()
	}
	if b.work == "" {
		if b.work, err = os.MkdirTemp("", "firsthand-peers-"); err != nil {
			return err
		}
		defer os.RemoveAll(b.work)
	}
	if _, err := os.Stat(b.shared); err != nil {
		b.say("%s is not there: the repository's own small data are measured", b.shared)
		b.shared = ""
	}
	return b.measure(chosen, out)
}

// measure runs the parts one after the other; what fails does not stop the
// next.
func (b *bench) measure(chosen []string, out string) error {
	r := &results{Programs: b.versions()}
	var failed []error
	for _, part := range []struct {
		name    string
		measure func(*results) error
	}{{"metadata", b.metadata}, {"copies", b.copies}, {"video", b.video}} {
		if !slices.Contains(chosen, part.name) {
			continue
		}
		if err := part.measure(r); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", part.name, err))
		}
	}
	r.print(os.Stdout)
	if out != "" {
		failed = append(failed, r.write(out))
	}
	return errors.Join(failed...)
}

// say tells what is going on.
func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "peers: "+format+"\n", args...)
}
