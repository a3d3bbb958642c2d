package exchange

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Bag is a bag as it was checked. It is valid when Errors is empty.
type Bag struct {
	Folder   string // that it lies in inside its zip; "" where it was not asked
	Version  string
	Info     [][2]string // bag-info.txt
	Payload  []string    // files below data/, by name
	Errors   []string    // each one line
	Warnings []string

	files    *container
	encoding string
	version  bagVersion
	sums     map[string]map[string]string // by name and algorithm, of files that are there
	byFolded map[string][]string
	lost     map[string]bool // files of an operating system that are listed and not there
}

// BagError is a bag that is not valid.
type BagError struct{ Bag *Bag }

func (e *BagError) Error() string {
	if n := len(e.Bag.Errors); n > 1 {
		return fmt.Sprintf("the bag is not valid: %s, and %d faults more", e.Bag.Errors[0], n-1)
	}
	return "the bag is not valid: " + e.Bag.Errors[0]
}

// Close lets go of the bag.
func (b *Bag) Close() error { return b.files.close() }

// OpenBag reads a bag of version 0.93 to 1.0, a folder or a zip, and checks all
// of it: declaration, manifests, every checksum, every name. Nothing is fetched
// and no link is followed. The error is of what cannot be read at all; what is
// wrong with the bag stands in it. The caller closes it.
//
// Where versions differ the bag is held to its own. What earlier versions
// allowed and tools stumble over is a warning. Two names that some file system
// takes for one are a warning when both have the same content, and else an
// error.
func OpenBag(ctx context.Context, name string) (*Bag, error) {
	files, err := openContainer(ctx, name)
	if err != nil {
		return nil, err
	}
	if dir, ok := files.holding("bagit.txt"); ok {
		files = files.under(dir)
	}
	b := newBag(files)
	if err := b.check(ctx); err != nil {
		files.close()
		return nil, err
	}
	return b, nil
}

func newBag(files *container) *Bag {
	return &Bag{files: files, sums: map[string]map[string]string{}, lost: map[string]bool{}}
}

func (b *Bag) fail(format string, a ...any) { b.Errors = append(b.Errors, fmt.Sprintf(format, a...)) }

func (b *Bag) warn(format string, a ...any) {
	b.Warnings = append(b.Warnings, fmt.Sprintf(format, a...))
}

// check does all of it. The order is that of what the later steps rest on.
func (b *Bag) check(ctx context.Context) error {
	for _, bad := range b.files.bad {
		b.fail("%s", bad)
	}
	declaration, err := b.files.read("bagit.txt", maxDeclaration)
	if err != nil {
		b.fail("it has no bagit.txt that can be read: %v", err)
		return nil
	}
	if b.version, b.encoding, err = parseDeclaration(declaration); err != nil {
		b.fail("%v", err)
		return nil
	}
	b.Version = b.version.String()
	for _, name := range b.files.names() {
		if strings.HasPrefix(name, "data/") {
			b.Payload = append(b.Payload, name)
		}
	}
	b.checkTwins()
	payload, tags := b.manifests()
	if len(payload) == 0 {
		b.fail("it has no payload manifest that can be read")
	}
	b.checkFetch()
	if err := b.hashAll(ctx, payload, tags); err != nil {
		return err
	}
	for _, m := range append(payload, tags...) {
		b.checkManifest(m)
	}
	b.checkListed(payload)
	b.checkInfo()
	return nil
}

// manifest is one manifest as read.
type manifest struct {
	name      string
	algorithm string
	tags      bool
	files     []listedFile
}

// algorithms are the checksums that bags have. The old ones serve against
// accidents alone.
var algorithms = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

// manifests reads all that can be read.
func (b *Bag) manifests() (payload, tags []manifest) {
	for _, name := range b.files.names() {
		lower := strings.ToLower(name)
		rest, isTags := strings.CutPrefix(lower, "tagmanifest-")
		if !isTags {
			var ok bool
			if rest, ok = strings.CutPrefix(lower, "manifest-"); !ok {
				continue
			}
		}
		algorithm, ok := strings.CutSuffix(rest, ".txt")
		if !ok || strings.Contains(name, "/") {
			continue
		}
		m := manifest{name: name, algorithm: strings.ReplaceAll(algorithm, "-", ""), tags: isTags}
		if algorithms[m.algorithm] == nil {
			b.warn("%s: the checksum %q is not known and was not checked", name, m.algorithm)
			continue
		}
		if !b.readManifest(&m) {
			continue
		}
		if isTags {
			tags = append(tags, m)
		} else {
			payload = append(payload, m)
		}
	}
	return payload, tags
}

func (b *Bag) readManifest(m *manifest) bool {
	text, err := b.tagFile(m.name, maxManifest)
	if err != nil {
		b.fail("%s: %v", m.name, err)
		return false
	}
	var faults []string
	m.files, faults = parseManifest(text)
	for _, f := range faults {
		b.fail("%s: %s", m.name, f)
	}
	m.files = slices.DeleteFunc(m.files, func(f listedFile) bool { return !b.placed(*m, f) })
	b.checkRepeats(*m)
	return true
}

// tagFile reads a tag file in the encoding of the bag.
func (b *Bag) tagFile(name string, limit int64) (string, error) {
	text, err := b.files.read(name, limit)
	if err != nil {
		return "", err
	}
	return decodeTag(text, b.encoding)
}

// placed checks where a line of a manifest points.
func (b *Bag) placed(m manifest, f listedFile) bool {
	if f.odd != "" {
		b.warn("%s: line %d: %s", m.name, f.line, f.odd)
	}
	if _, err := localName(f.name); err != nil {
		b.fail("%s: line %d: %v", m.name, f.line, err)
		return false
	}
	inData := strings.HasPrefix(path.Clean(f.name), "data/")
	switch {
	case !m.tags && !inData:
		b.fail("%s: line %d: %q is not in data/", m.name, f.line, f.name)
		return false
	case m.tags && inData && b.version.atLeast(1, 0):
		b.fail("%s: line %d: %q is payload, which a tag manifest does not list", m.name, f.line, f.name)
		return false
	}
	return true
}

// checkRepeats looks for a file that one manifest lists twice.
func (b *Bag) checkRepeats(m manifest) {
	exact, folded := map[string]listedFile{}, map[string]listedFile{}
	for _, f := range m.files {
		before, twice := exact[f.name]
		alike, clash := folded[foldedName(f.name)]
		switch {
		case twice && before.sum != f.sum:
			b.fail("%s: line %d: %q is listed twice with different checksums", m.name, f.line, f.name)
		case twice && b.version.atLeast(1, 0):
			b.fail("%s: line %d: %q is listed twice", m.name, f.line, f.name)
		case twice:
			b.warn("%s: line %d: %q is listed twice", m.name, f.line, f.name)
		case clash && alike.sum != f.sum:
			b.fail("%s: line %d: %q and %q are one file to some systems and have different checksums", m.name, f.line, alike.name, f.name)
		case clash:
			b.warn("%s: line %d: %q and %q are one file to some systems", m.name, f.line, alike.name, f.name)
		}
		exact[f.name], folded[foldedName(f.name)] = f, f
	}
}

// checkTwins looks for files of the bag that some file system takes for one.
func (b *Bag) checkTwins() {
	seen := map[string]string{}
	for _, name := range b.files.names() {
		if twin, ok := seen[foldedName(name)]; ok {
			b.warn("%q and %q are one file to some systems", twin, name)
		}
		seen[foldedName(name)] = name
	}
}

// checkFetch reads fetch.txt, which is never followed: a name in it that leads
// out is an error, and a file that is not here is found missing by its
// manifest.
func (b *Bag) checkFetch() {
	if _, ok := b.files.files["fetch.txt"]; !ok {
		return
	}
	text, err := b.tagFile("fetch.txt", maxManifest)
	if err != nil {
		b.fail("fetch.txt: %v", err)
		return
	}
	for i, line := range tagLines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		m := fetchLine.FindStringSubmatch(line)
		if m == nil {
			b.fail("fetch.txt: line %d is not an address, a length and a name", i+1)
			continue
		}
		name := strings.TrimPrefix(m[3], "./")
		if _, err := localName(name); err != nil {
			b.fail("fetch.txt: line %d: %v", i+1, err)
		} else if !strings.HasPrefix(path.Clean(name), "data/") {
			b.fail("fetch.txt: line %d: %q is not in data/", i+1, name)
		}
	}
	b.warn("it has a fetch.txt, which is never followed")
}

// hashAll reads every file that a manifest lists once, for all its checksums.
func (b *Bag) hashAll(ctx context.Context, payload, tags []manifest) error {
	wanted := map[string]map[string]bool{}
	for _, m := range append(slices.Clone(payload), tags...) {
		for _, f := range m.files {
			name, _, ok := b.find(f.name)
			if !ok {
				continue
			}
			if wanted[name] == nil {
				wanted[name] = map[string]bool{}
			}
			wanted[name][m.algorithm] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if err := b.hash(ctx, name, wanted[name]); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bag) hash(ctx context.Context, name string, by map[string]bool) error {
	sums := map[string]hash.Hash{}
	var all []io.Writer
	for algorithm := range by {
		h := algorithms[algorithm]()
		sums[algorithm] = h
		all = append(all, h)
	}
	r, err := b.files.files[name].open()
	if err == nil {
		_, err = io.Copy(io.MultiWriter(all...), source.UntilDone(ctx, r))
		r.Close()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		b.fail("%s cannot be read: %v", name, source.Reason(err))
		return nil
	}
	b.sums[name] = map[string]string{}
	for algorithm, h := range sums {
		b.sums[name][algorithm] = hex.EncodeToString(h.Sum(nil))
	}
	return nil
}
