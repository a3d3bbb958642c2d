package exchange

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// Bounds of the metadata of a bag.
const (
	maxMetadata = 1 << 30  // bytes of one file
	maxLine     = 16 << 20 // bytes of one line
)

// BagImport is a valid bag with what it would bring. Of a bag that this program
// wrote every file comes back under its name, its time and its source; of any
// other the payload is one source.
type BagImport struct {
	Preview[BaggedFile]
	Warnings []string
	CaseID   string // of the case that wrote the bag; "" for a bag of others
	Incident string // of a bag of one incident, else ""
	Exercise bool   // it is of an invented case
	Ledger   BaggedLedger
	Known    []verify.Known

	bag *Bag
}

// BaggedFile is a file that a bag brings into a source.
type BaggedFile struct {
	Source   string
	Rel      string // bytes as on disk
	Digest   verify.Digest
	Modified time.Time
	Sidecar  bool
	object   string
}

// BaggedLedger is the ledger of the case that wrote a bag. It is checked, and
// empty for a bag of others.
type BaggedLedger struct {
	Entries     []custody.Entry
	Checkpoints []custody.Checkpoint
	Texts       []LedgerText
}

// ReadBag opens a bag, checks all of it, and says what it would bring. A bag
// that is not valid is a [BagError], and nothing of it is taken. The caller
// closes what it gets.
func ReadBag(ctx context.Context, name string) (*BagImport, error) {
	bag, err := OpenBag(ctx, name)
	if err != nil {
		return nil, err
	}
	b := &BagImport{bag: bag, Warnings: bag.Warnings, Preview: Preview[BaggedFile]{Format: "bagit"}}
	if len(bag.Errors) > 0 {
		err = &BagError{bag}
	} else if err = b.digest(); err == nil {
		err = b.read(sourceName(name))
	}
	if err != nil {
		bag.Close()
		return nil, err
	}
	return b, nil
}

// Close lets go of the bag.
func (b *BagImport) Close() error { return b.bag.Close() }

// sourceName is what a source is called that comes out of a file or folder.
func sourceName(name string) string {
	base := filepath.Base(filepath.Clean(name))
	return safeName(strings.TrimSuffix(base, filepath.Ext(base)))
}

// digest names the bag by its manifests, which name all else.
func (b *BagImport) digest() error {
	h := sha256.New()
	for _, name := range b.bag.files.names() {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "manifest-") || strings.HasPrefix(lower, "tagmanifest-") {
			text, err := b.bag.files.read(name, maxManifest)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s %d\n", name, len(text))
			h.Write(text)
		}
	}
	b.Digest = hex.EncodeToString(h.Sum(nil))
	return nil
}

func (b *BagImport) read(name string) error {
	ours, err := b.record()
	if err != nil {
		return err
	}
	if !ours {
		for _, p := range b.bag.Payload {
			rel := strings.TrimPrefix(p, "data/")
			b.Take(0, rel, BaggedFile{Source: name, Rel: rel, Digest: verify.Digest(b.bag.sums[p]["sha256"]), object: p})
		}
		return nil
	}
	if err := eachLine(b.bag.files, bagItems, func(n int, line []byte) { b.item(n, line) }); err != nil {
		return err
	}
	return eachLine(b.bag.files, bagSidecars, func(n int, line []byte) { b.sidecar(n, line) })
}

// record reads case.json and the ledger. Of a bag of others, and of a public
// form, whose files are copies, ours is false.
func (b *BagImport) record() (ours bool, err error) {
	if _, ours := b.bag.files.files[bagItems]; !ours {
		return false, nil
	}
	text, err := b.bag.files.read(bagCase, maxMetadata)
	if err != nil {
		return false, err
	}
	var c struct {
		Layout   int    `json:"layout"`
		CaseID   string `json:"case_id"`
		Incident string `json:"incident"`
		Public   bool   `json:"public"`
		Exercise bool   `json:"exercise"`
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return false, fmt.Errorf("%s: %w", bagCase, err)
	}
	b.Exercise = c.Exercise
	switch {
	case c.Layout > bagLayout:
		return false, fmt.Errorf("%s: the bag was written by a newer version of firsthand (layout %d)", bagCase, c.Layout)
	case c.Public:
		return false, nil
	case !isCaseID(c.CaseID):
		return false, fmt.Errorf("%s: %.40q is not the identity of a case", bagCase, c.CaseID)
	}
	b.CaseID, b.Incident = c.CaseID, c.Incident
	if err := b.readLedger(); err != nil {
		return false, err
	}
	return true, eachLine(b.bag.files, bagKnown, func(n int, line []byte) {
		var k verify.Known
		if err := json.Unmarshal(line, &k); err != nil || k.Set == "" {
			b.Refuse(n, bagKnown, "it is not a known incident")
			return
		}
		b.Known = append(b.Known, k)
	})
}

// readLedger reads the ledger with its texts, and checks it.
func (b *BagImport) readLedger() error {
	entries, err := b.bag.files.read(bagEvents, maxMetadata)
	if err != nil {
		return err
	}
	for entry, err := range ledgerLines(entries) {
		if err != nil {
			return err
		}
		b.Ledger.Entries = append(b.Ledger.Entries, entry)
	}
	if _, signed := b.bag.files.files[bagCheckpoints]; signed {
		notes, err := b.bag.files.read(bagCheckpoints, maxMetadata)
		if err != nil {
			return err
		}
		list, rest, err := custody.ParseCheckpoints(notes)
		if err != nil || len(rest) > 0 {
			return &IntegrityError{bagCheckpoints + " ends within a checkpoint or cannot be read"}
		}
		b.Ledger.Checkpoints = list
	}
	var bad error
	err = eachLine(b.bag.files, bagTexts, func(n int, line []byte) {
		var t LedgerText
		if err := json.Unmarshal(line, &t); err != nil {
			bad = fmt.Errorf("%s, line %d: %w", bagTexts, n, err)
		}
		b.Ledger.Texts = append(b.Ledger.Texts, t)
	})
	return errors.Join(err, bad, b.checkLedger())
}

// isCaseID says whether a text is 32 lower-case hexadecimal digits.
func isCaseID(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}

func (b *BagImport) item(n int, line []byte) {
	var it struct {
		Path    string  `json:"path"`
		SHA256  string  `json:"sha256"`
		Object  *string `json:"object"`
		Missing *string `json:"missing"`
		Seen    []struct {
			Source string `json:"source"`
			fileName
			Modified *time.Time `json:"modified"`
		} `json:"seen"`
	}
	if err := json.Unmarshal(line, &it); err != nil {
		b.Refuse(n, bagItems, "it is not an item: %v", err)
		return
	}
	if it.Object == nil {
		why := "it is not in the bag"
		if it.Missing != nil {
			why += ": " + *it.Missing
		}
		b.Refuse(n, it.Path, "%s", why)
		return
	}
	for _, s := range it.Seen {
		b.file(n, s.Source, s.fileName, s.Modified, *it.Object, it.SHA256, false)
	}
}

func (b *BagImport) sidecar(n int, line []byte) {
	var s baggedSidecar
	if err := json.Unmarshal(line, &s); err != nil {
		b.Refuse(n, bagSidecars, "it is not a sidecar: %v", err)
		return
	}
	b.file(n, s.Source, s.fileName, s.Modified, s.Object, string(s.SHA256), true)
}

// file takes one file when its bytes are in the bag and its name leads nowhere
// but into its source.
func (b *BagImport) file(line int, src string, name fileName, written *time.Time, object, digest string, sidecar bool) {
	var modified time.Time
	if written != nil {
		modified = *written
	}
	rel, err := name.bytes()
	if err == nil {
		err = insideSource(rel)
	}
	switch {
	case err != nil:
		b.Refuse(line, source.ShownPath(src, rel), "%v", err)
	case src == "":
		b.Refuse(line, rel, "it names no source")
	case b.bag.sums[object]["sha256"] == "":
		b.Refuse(line, source.ShownPath(src, rel), "%q is not in the bag, or has no SHA-256 there", object)
	case b.bag.sums[object]["sha256"] != digest:
		b.Refuse(line, source.ShownPath(src, rel), "%q has other content than the item it is to be", object)
	default:
		b.Take(line, source.ShownPath(src, rel), BaggedFile{src, rel, verify.Digest(digest), modified, sidecar, object})
	}
}

// Leave leaves out the files that are in the case already, as has tells, and
// sidecars that speak of no other. It says how many.
func (b *BagImport) Leave(has func(BaggedFile) bool) int {
	news := map[string]bool{}
	for _, r := range b.Good {
		if !r.Value.Sidecar && !has(r.Value) {
			news[r.Value.Source] = true
		}
	}
	all := len(b.Good)
	b.Good = slices.DeleteFunc(b.Good, func(r Row[BaggedFile]) bool {
		return !news[r.Value.Source] || !r.Value.Sidecar && has(r.Value)
	})
	return all - len(b.Good)
}

// insideSource checks the name that a file had on disk, which may be any that a
// file can have: it is written through the folder of its source, which nothing
// leads out of. A name that tries is refused here, with the reason.
func insideSource(rel string) error {
	switch {
	case rel == "" || len(rel) > maxName || strings.ContainsRune(rel, 0):
		return errors.New("it is not the name of a file")
	case strings.HasPrefix(rel, "/"), slices.Contains(strings.Split(rel, "/"), ".."), path.Clean(rel) != rel:
		return fmt.Errorf("%w: %.80q", errOutside, rel)
	}
	return nil
}

// Unpack lays the files down, those of each source in a folder of its own below
// into, and gives the sources. rename gives a source another name, "" none. A
// file that cannot be laid down, as under a name that this system does not take,
// is listed; the others are.
func (b *BagImport) Unpack(ctx context.Context, into string, rename func(string) string) ([]source.Source, []BadRow, error) {
	of := map[string][]Row[BaggedFile]{}
	var names []string
	for _, r := range b.Good {
		if of[r.Value.Source] == nil {
			names = append(names, r.Value.Source)
		}
		of[r.Value.Source] = append(of[r.Value.Source], r)
	}
	slices.Sort(names)
	var out []source.Source
	var bad []BadRow
	taken := map[string]bool{}
	for _, name := range names {
		folder := freeFolder(safeName(name), taken)
		dir := filepath.Join(into, folder)
		failed, err := b.unpackSource(ctx, dir, of[name])
		if err != nil {
			return nil, nil, err
		}
		bad = append(bad, failed...)
		out = append(out, source.Source{Name: cmp.Or(rename(name), name), Dir: dir})
	}
	return out, bad, nil
}

// freeFolder is a name that no other source has, to any file system.
func freeFolder(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[foldedName(free)]; n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	taken[foldedName(free)] = true
	return free
}

func (b *BagImport) unpackSource(ctx context.Context, dir string, rows []Row[BaggedFile]) ([]BadRow, error) {
	l, err := newLaying(dir)
	if err != nil {
		return nil, err
	}
	defer l.close()
	var bad []BadRow
	for _, r := range rows {
		err := l.put(ctx, r.Value.Rel, b.bag.files.files[r.Value.object], r.Value.Modified)
		if end := ends(ctx, err); end != nil {
			return nil, end
		}
		if err != nil {
			bad = append(bad, BadRow{r.Line, r.What, err.Error()})
		}
	}
	return bad, l.settle()
}

// eachLine reads a file of JSON Lines.
func eachLine(c *container, name string, each func(n int, line []byte)) error {
	m, ok := c.files[name]
	if !ok {
		return nil
	}
	r, err := m.open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, source.Reason(err))
	}
	defer r.Close()
	s := bufio.NewScanner(io.LimitReader(r, maxMetadata))
	s.Buffer(nil, maxLine)
	for n := 1; s.Scan(); n++ {
		if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 {
			each(n, line)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
