package source

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// Options bounds what [Read] takes in. The zero value is what people want.
type Options struct {
	// SidecarLimit is how many bytes of one sidecar are read; 0 means 64 MiB.
	// The messages of a Telegram export, which never stand in memory as a
	// whole, are read beyond it.
	SidecarLimit int64
}

// Read takes stock of one source: it walks the folder, reads the sidecars and
// chat exports in it, and attaches what they say to the files they name. It
// fails only when the folder itself cannot be opened or ctx ends; everything
// else that goes wrong is a finding of the inventory.
//
//  1. Every folder is walked; what is no regular file is reported.
//  2. Files that may be sidecars by their name are recognised by content.
//  3. Each entry of a sidecar goes to the file it names, looked up among the
//     names of the walk, so that no path from a sidecar is ever opened.
//  4. Sidecars and the small copies of listed pictures leave the list of
//     files; what remains gets the account that its records or its folder say.
func Read(ctx context.Context, src Source, opt Options) (*Inventory, error) {
	root, err := src.OpenRoot()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if _, err := root.Stat("."); err != nil {
		return nil, fmt.Errorf("source %q: read folder %q: %w", src.Name, src.Dir, Reason(err))
	}
	w := &walk{root: root}
	if err := w.folder(ctx, ".", 0); err != nil {
		return nil, fmt.Errorf("source %q: %w", src.Name, err)
	}
	slices.SortFunc(w.found, func(a, b File) int { return strings.Compare(a.Rel, b.Rel) })
	if w.skipped > 0 {
		w.report("", "system-files-skipped", Info, counted(w.skipped, "file", "files")+
			" skipped that operating systems leave behind (.DS_Store, Thumbs.db, desktop.ini, ._*)")
	}

	s := newStock(src, w.found)
	if err := s.readSidecars(ctx, root, cmp.Or(opt.SidecarLimit, maxSidecar)); err != nil {
		return nil, fmt.Errorf("source %q: %w", src.Name, err)
	}
	s.setThumbnailsApart()
	s.setFurnitureApart()
	s.reports = append(s.reports, w.reports...)
	return s.inventory(), nil
}

// stock is an inventory while sidecars are read.
type stock struct {
	source    Source
	files     []File
	names     *names
	sidecars  []Sidecar
	reports   []Located
	unknown   []unknownFile
	apart     map[int]bool        // sidecars and derived files, which are no Files
	exports   map[string]exported // by the folder of an export
	furniture map[string][]int    // by sidecar
	derived   map[string][]int    // by sidecar
}

func newStock(src Source, files []File) *stock {
	rels := make([]string, len(files))
	for i := range files {
		files[i].Path = ShownPath(src.Name, files[i].Rel)
		rels[i] = files[i].Rel
	}
	return &stock{
		source: src, files: files, names: newNames(rels),
		apart: make(map[int]bool), exports: make(map[string]exported), furniture: make(map[string][]int), derived: make(map[string][]int),
	}
}

// readSidecars opens every file once, so that one that cannot be read is
// known before any work starts, and reads those that are sidecars.
func (s *stock) readSidecars(ctx context.Context, root *os.Root, limit int64) error {
	for i, f := range s.files {
		r, err := s.readSidecar(ctx, root, i, limit)
		if ctx.Err() != nil {
			return ctx.Err() // what was read of this sidecar is not what it says
		}
		if err != nil {
			s.reports = append(s.reports, Located{Rel: f.Rel, Finding: Finding{
				Code: "unreadable", Severity: Error, Message: "file could not be read: " + err.Error(),
			}})
			continue
		}
		if r != nil {
			s.take(i, r)
		}
	}
	return nil
}

// readSidecar reads a file that may be a sidecar; it returns nil when it is
// none that is understood.
func (s *stock) readSidecar(ctx context.Context, root *os.Root, i int, limit int64) (*reading, error) {
	f := s.files[i]
	file, _, err := Open(root, f)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := UntilDone(ctx, file)
	r := recognise(in, f.Rel, s.names, limit)
	if r != nil || isMediaName(f.Rel) {
		return r, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, Reason(err)
	}
	s.seeUnknown(i, in)
	return nil, nil
}

// headSize is how many bytes say of a file which reader to try. Every format
// of pictures, videos and sound has a zero byte in them; text has none.
const headSize = 512

// recognise reads a file that may be a sidecar. What it holds, never its name,
// says which reader to try; a file that none understands is no sidecar.
func recognise(r io.Reader, rel string, n *names, limit int64) *reading {
	in := bufio.NewReader(r)
	head, _ := in.Peek(headSize) // a short file has a short head
	head = bytes.Clone(head)     // what is read below moves the buffer
	if isUTF16(head) {
		in = bufio.NewReader(decodedText(in))
		head, _ = in.Peek(headSize)
		head = bytes.Clone(head)
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil
	}
	out, rest := readByContent(in, rel, n, limit)
	if out != nil {
		return out
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(text) == 0:
		return nil
	case text[0] == '{' || isJSONArray(text):
		return readJSON(rest, rel, n, limit)
	case text[0] == '<':
		return readHTML(rest, rel, n, limit)
	}
	return readWhatsApp(rest, rel, n, limit)
}

// isJSONArray tells an array of objects from a chat, whose lines can start
// with a bracket too.
func isJSONArray(text []byte) bool {
	inside, ok := bytes.CutPrefix(text, []byte("["))
	inside = bytes.TrimLeft(inside, " \t\r\n")
	return ok && len(inside) > 0 && (inside[0] == '{' || inside[0] == ']')
}

func isJSONName(name string) bool { return strings.EqualFold(path.Ext(name), ".json") }

// take attaches what a sidecar says and sets the sidecar apart.
func (s *stock) take(sidecar int, r *reading) {
	rel := s.files[sidecar].Rel
	s.apart[sidecar] = true
	for _, e := range r.entries {
		e.Format, e.Sidecar = r.format, rel
		for _, said := range []*string{&e.Account, &e.PostID, &e.Album, &e.Text, &e.URL, &e.ForwardedFrom, &e.PlaceName} {
			*said = strings.ReplaceAll(*said, "\x00", "\ufffd") // no table, page or database takes a null byte
		}
		s.files[e.file].Records = append(s.files[e.file].Records, e.Record)
	}
	if len(r.derived) > 0 {
		s.derived[rel] = r.derived
	}
	if len(r.furniture) > 0 {
		s.furniture[rel] = r.furniture
	}
	if r.export {
		s.noteExport(r)
	}
	s.sidecars = append(s.sidecars, Sidecar{Rel: rel, Format: r.format, Records: len(r.entries), Missing: r.missing()})
	for _, f := range r.report() {
		s.reports = append(s.reports, Located{Rel: rel, Finding: f})
	}
}

// inventory closes the stock.
func (s *stock) inventory() *Inventory {
	unknown := s.reportUnknown()
	inv := &Inventory{Source: s.source, Sidecars: s.sidecars, Unknown: unknown, Findings: s.reports}
	for i := range s.files {
		if !s.apart[i] {
			f := s.files[i]
			f.Account = s.account(f)
			inv.Files = append(inv.Files, f)
		}
	}
	joinPages(inv.Files)
	keepAlbums(inv.Files)
	slices.SortStableFunc(inv.Findings, func(a, b Located) int {
		return cmp.Or(strings.Compare(a.Rel, b.Rel), strings.Compare(a.Code, b.Code))
	})
	return inv
}

// keepAlbums takes the album from files that are the only one of their post
// here.
func keepAlbums(files []File) {
	members := make(map[string]int)
	for _, f := range files {
		seen := make(map[string]bool)
		for _, r := range f.Records {
			if r.Album != "" && !seen[r.Album] {
				seen[r.Album] = true
				members[r.Album]++
			}
		}
	}
	for _, f := range files {
		for j := range f.Records {
			if members[f.Records[j].Album] < 2 {
				f.Records[j].Album = ""
			}
		}
	}
}
