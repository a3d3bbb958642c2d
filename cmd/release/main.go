// Command release builds what people download: for Linux, macOS and Windows, on
// amd64 and arm64, one archive each with the program, its licences, manual
// pages, shell completions and a list of its parts (SBOM), and the sums of all,
// signed where a key is given.
//
// Start at run. It promises: everything is built twice, in two folders under
// two homes, time zones and file masks, and nothing is kept unless both are
// equal byte for byte; each program is the one its name says, without cgo, and
// holds the page of the workbench; each part in it has a licence that is known
// and goes with GPL-3.0-or-later. `make release` calls it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// order is what a person asks of a release.
type order struct {
	root     string // of the repository
	out      string
	targets  []target
	cold     []target // compiled anew for the second build
	key      string   // of minisign
	licences bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := readOrder(os.Args[1:])
	if err == nil {
		if o.licences {
			err = writeShipped(ctx, o.root)
		} else {
			err = run(ctx, o)
		}
	}
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "release: error: %v\n", err)
		os.Exit(1)
	}
}

func readOrder(args []string) (order, error) {
	var o order
	var targets, cold string
	f := flag.NewFlagSet("release", flag.ContinueOnError)
	f.StringVar(&o.root, "root", ".", "the repository")
	f.StringVar(&o.out, "out", "build/release", "the folder to write to, made anew")
	f.StringVar(&targets, "targets", "all", "what to build for: all, host, or a list like linux/amd64,windows/arm64; the host's is always built")
	f.StringVar(&cold, "cold", "host", "what the second build compiles anew, under an empty cache of its own: all, host, none or a list.\n"+
		"The rest is linked, embedded and packed twice, and shares compiled packages with the first")
	f.StringVar(&o.key, "sign", "", "the secret key of minisign that signs the sums; RELEASE_KEY_PASSWORD holds its password, if it has one")
	f.BoolVar(&o.licences, "licences", false, "gather the licences of all parts into "+shippedPath+" and stop; after a change of modules or packages")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	var err error
	if o.targets, err = parseTargets(targets); err != nil {
		return o, err
	}
	if o.cold, err = parseTargets(cold); err != nil {
		return o, err
	}
	// The host's program writes the manual pages and is asked for its page.
	if !slices.Contains(o.targets, host()) {
		o.targets = append([]target{host()}, o.targets...)
	}
	o.root, err = filepath.Abs(o.root)
	return o, err
}

func run(ctx context.Context, o order) error {
	stamp, err := readStamp(ctx, o.root)
	if err != nil {
		return err
	}
	say("firsthand %s, commit %s of %s", stamp.version, stamp.commit, stamp.date())
	if stamp.modified && o.key != "" {
		return errors.New("the tree differs from the commit, and what is signed must be in the history: commit first")
	}
	work, err := os.MkdirTemp("", "firsthand-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	first, second, err := twoRooms(ctx, o, work)
	if err != nil {
		return err
	}
	parts, err := checkLicences(ctx, first)
	if err != nil {
		return err
	}
	var made []archive
	for _, t := range o.targets {
		a, err := buildTwice(ctx, t, stamp, parts, first, second)
		if err != nil {
			return err
		}
		made = append(made, a)
		say("%-14s program %s, archive %s, equal twice%s", t, megabytes(a.programSize), megabytes(len(a.bytes)), compiledTwice(o, t))
	}
	if err := publish(o, stamp, made); err != nil {
		return err
	}
	say("%d archives and their sums are in %s", len(made), o.out)
	return nil
}

func compiledTwice(o order, t target) string {
	if slices.Contains(o.cold, t) {
		return ", compiled twice"
	}
	return ", compiled once"
}

// buildTwice makes the archive of one target in both rooms and compares them.
func buildTwice(ctx context.Context, t target, stamp stamp, parts []part, rooms ...*room) (archive, error) {
	var made []archive
	for _, r := range rooms {
		a, err := r.archive(ctx, t, stamp, parts)
		if err != nil {
			return archive{}, fmt.Errorf("%s: %w", t, err)
		}
		made = append(made, a)
	}
	if differ := differences(made[0].entries, made[1].entries); len(differ) > 0 {
		return archive{}, fmt.Errorf("%s: built twice, these differ: %s", t, strings.Join(differ, ", "))
	}
	if string(made[0].bytes) != string(made[1].bytes) {
		return archive{}, fmt.Errorf("%s: the archives differ although their files are equal", t)
	}
	return made[0], nil
}

func say(format string, a ...any) { fmt.Fprintf(os.Stderr, "release: "+format+"\n", a...) }

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
