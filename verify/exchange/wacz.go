package exchange

import (
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
)

// Bounds of a WACZ beside those of every zip.
const (
	maxPackage  = 64 << 20
	maxCaptures = 200_000
	waczSlack   = 64 << 20 // bytes of media that any archive may hold whatever its size
)

// WACZImport is an archive of the web (WACZ 1.1.1): the pages that were saved
// and the media in them. The time of a medium is when it was saved, which is no
// time of its publication.
type WACZImport struct {
	Preview[Capture]
	Title string
	Pages []Page

	name  string
	size  int64 // of all members as they are packed
	files *container
}

// Page is a page that was saved.
type Page struct {
	URL   string `json:"url"`
	Saved string `json:"ts"`
	Title string `json:"title"`
}

// Capture is a photo, video or sound that was saved.
type Capture struct {
	URL    string
	Saved  string // RFC 3339, as written
	Type   string // as the server named it
	File   string // name that it gets
	Digest string // SHA-256 of its bytes
	at     place
	size   int64
}

// place is where a record stands.
type place struct {
	warc   string
	record int
}

// ReadWACZ opens an archive, checks its files against the hashes in its
// datapackage, and lists pages and media. Nothing in it is run and no address is
// opened. The caller closes it.
func ReadWACZ(ctx context.Context, name string) (*WACZImport, error) {
	files, err := openContainer(ctx, name)
	if err != nil {
		return nil, err
	}
	w := &WACZImport{Preview: Preview[Capture]{Format: "wacz", Bad: files.bad}, name: sourceName(name), files: files}
	if err := w.read(ctx); err != nil {
		files.close()
		return nil, err
	}
	return w, nil
}

// Close lets go of it.
func (w *WACZImport) Close() error { return w.files.close() }

// waczPackage is datapackage.json.
type waczPackage struct {
	Version   string `json:"wacz_version"`
	Title     string `json:"title"`
	Resources []struct {
		Path  string `json:"path"`
		Hash  string `json:"hash"` // "sha256:HEX"
		Bytes int64  `json:"bytes"`
	} `json:"resources"`
}

func (w *WACZImport) read(ctx context.Context) error {
	text, err := w.files.read("datapackage.json", maxPackage)
	if err != nil {
		return fmt.Errorf("this is no WACZ: %w", err)
	}
	sum := sha256.Sum256(text)
	w.Digest = hex.EncodeToString(sum[:])
	if err := w.checkDigest(text); err != nil {
		return err
	}
	var p waczPackage
	if err := json.Unmarshal(text, &p); err != nil {
		return fmt.Errorf("datapackage.json: %w", err)
	}
	w.Title = p.Title
	sound, err := w.checkResources(ctx, p)
	if err != nil {
		return err
	}
	w.readPages(sound)
	for _, name := range w.files.names() {
		w.size += w.files.files[name].size
	}
	for _, name := range w.files.names() {
		if isWARC(name) {
			if !sound[name] {
				continue // said already
			}
			if err := w.list(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func isWARC(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "archive/") && (strings.HasSuffix(lower, ".warc") || strings.HasSuffix(lower, ".warc.gz"))
}

// checkDigest compares the datapackage with its own hash, where the archive has
// one.
func (w *WACZImport) checkDigest(text []byte) error {
	b, err := w.files.read("datapackage-digest.json", maxPackage)
	if err != nil {
		return nil // it may be left out
	}
	var d struct {
		Hash string `json:"hash"`
	}
	if err := json.Unmarshal(b, &d); err != nil {
		return fmt.Errorf("datapackage-digest.json: %w", err)
	}
	sum := sha256.Sum256(text)
	if want, ok := strings.CutPrefix(strings.ToLower(d.Hash), "sha256:"); !ok || want != hex.EncodeToString(sum[:]) {
		return &IntegrityError{"datapackage.json has another hash than datapackage-digest.json says: the archive was changed"}
	}
	return nil
}

// IntegrityError is something from outside that is not as it says of itself.
type IntegrityError struct{ What string }

func (e *IntegrityError) Error() string { return e.What }

// checkResources compares every file with its hash. A file that differs, or
// that the datapackage does not name, is listed and not read.
func (w *WACZImport) checkResources(ctx context.Context, p waczPackage) (map[string]bool, error) {
	sound, named := map[string]bool{}, map[string]bool{}
	for i, r := range p.Resources {
		name, err := localName(r.Path)
		if err != nil {
			w.Refuse(i+1, r.Path, "%v", err)
			continue
		}
		named[name] = true
		m, ok := w.files.files[name]
		if !ok {
			w.Refuse(i+1, name, "datapackage.json names it and it is not in the archive")
			continue
		}
		sum, err := m.digest(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		want, known := strings.CutPrefix(strings.ToLower(r.Hash), "sha256:")
		switch {
		case err != nil:
			w.Refuse(i+1, name, "it cannot be read: %v", source.Reason(err))
		case !known:
			w.Refuse(i+1, name, "its hash %.80q is not a SHA-256", r.Hash)
		case string(sum) != want:
			w.Refuse(i+1, name, "it has another hash than datapackage.json says: it was changed")
		default:
			sound[name] = true
		}
	}
	for _, name := range w.files.names() {
		if isWARC(name) && !named[name] {
			w.Refuse(0, name, "datapackage.json does not name it, so that nothing says what it should be")
		}
	}
	return sound, nil
}

// readPages reads the lists of pages. The first line may be a header.
func (w *WACZImport) readPages(sound map[string]bool) {
	for _, name := range w.files.names() {
		if !sound[name] || path.Dir(name) != "pages" || !strings.EqualFold(path.Ext(name), ".jsonl") {
			continue
		}
		err := eachLine(w.files, name, func(n int, line []byte) {
			var p struct {
				Format string `json:"format"`
				Page
			}
			switch err := json.Unmarshal(line, &p); {
			case err != nil:
				w.Refuse(n, name, "it is not a page: %v", err)
			case p.URL == "" && n == 1 && p.Format != "":
			case !isWebAddress(p.URL):
				w.Refuse(n, name, "%.80q is not the address of a page", p.URL)
			default:
				w.Pages = append(w.Pages, p.Page)
			}
		})
		if err != nil {
			w.Refuse(0, name, "%v", err)
		}
	}
}

// list notes the media of one WARC.
func (w *WACZImport) list(ctx context.Context, name string) error {
	seen := map[[2]string]bool{}
	for _, r := range w.Good {
		seen[[2]string{r.Value.URL, r.Value.Digest}] = true
	}
	err := w.each(ctx, name, func(n int, c Capture, body io.Reader) error {
		h := sha256.New()
		size, err := io.Copy(h, body)
		if err != nil {
			w.Refuse(n, c.URL, "it was not saved whole: %v", err)
			return nil
		}
		if size == 0 {
			return nil
		}
		c.Digest, c.size = hex.EncodeToString(h.Sum(nil)), size
		if key := [2]string{c.URL, c.Digest}; !seen[key] {
			seen[key] = true
			c.File = captureName(len(w.Good)+1, c)
			w.Take(n, c.URL, c)
		}
		if len(w.Good) > maxCaptures {
			return fmt.Errorf("it holds more than %d media", maxCaptures)
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		w.Refuse(0, name, "it was read up to a fault: %v", err)
		return nil
	}
	return err
}

// each walks over the media of one WARC. A record that is not one is passed
// over, one that is broken is listed.
func (w *WACZImport) each(ctx context.Context, name string, each func(n int, c Capture, body io.Reader) error) error {
	r, err := w.files.files[name].open()
	if err != nil {
		return source.Reason(err)
	}
	defer r.Close()
	budget := &budget{left: w.size*maxRatio + waczSlack}
	n := 0
	return eachWARC(source.UntilDone(ctx, r), strings.HasSuffix(strings.ToLower(name), ".gz"), budget, func(rec warcRecord) error {
		n++
		c := Capture{URL: strings.Trim(rec.header.Get("WARC-Target-URI"), "<>"), Saved: rec.header.Get("WARC-Date"), at: place{name, n}}
		if !isWebAddress(c.URL) {
			return nil // what the crawler made itself, as thumbnails
		}
		body, err := payload(rec, &c)
		if errors.Is(err, errNoMedium) {
			return nil
		}
		if err != nil {
			w.Refuse(n, c.URL, "%v", err)
			return nil
		}
		return each(n, c, budget.of(body))
	})
}

// Unpack lays the media down below into, in a folder that is one source, with a
// sidecar that says where each came from and when it was saved.
func (w *WACZImport) Unpack(ctx context.Context, into string, rename func(string) string) (source.Source, []BadRow, error) {
	dir := filepath.Join(into, w.name)
	l, err := newLaying(dir)
	if err != nil {
		return source.Source{}, nil, err
	}
	defer l.close()
	of := map[place]Row[Capture]{}
	var archives []string
	for _, r := range w.Good {
		of[r.Value.at] = r
		if !slices.Contains(archives, r.Value.at.warc) {
			archives = append(archives, r.Value.at.warc)
		}
	}
	var bad []BadRow
	var saved []savedFile
	var ended error
	for _, name := range archives {
		_ = w.each(ctx, name, func(n int, c Capture, body io.Reader) error { // its error was listed when it was read first
			r, ok := of[c.at]
			if !ok {
				return nil
			}
			err := l.put(ctx, r.Value.File, member{r.Value.size, func() (io.ReadCloser, error) { return io.NopCloser(body), nil }}, time.Time{})
			if ended = ends(ctx, err); ended != nil {
				return ended
			}
			if err != nil {
				bad = append(bad, BadRow{n, c.URL, err.Error()})
				return nil
			}
			saved = append(saved, savedFile{File: r.Value.File, URL: c.URL, Saved: c.Saved})
			return nil
		})
		if ended == nil {
			ended = ctx.Err()
		}
		if ended != nil {
			return source.Source{}, nil, ended
		}
	}
	for _, p := range w.Pages {
		saved = append(saved, savedFile{URL: p.URL, Saved: p.Saved, Title: p.Title})
	}
	note, err := savedText(saved)
	if err == nil {
		err = l.put(ctx, savedName, text(note), time.Time{})
	}
	if err == nil {
		err = l.settle()
	}
	return source.Source{Name: rename(w.name), Dir: dir}, bad, err
}
