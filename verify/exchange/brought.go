package exchange

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// broughtFiles are the originals that come with records, to be laid down beside
// one another and read as a source.
type broughtFiles struct {
	name  string     // of the source
	files *container // nil where no files come
	found []broughtFile
	laid  map[string]bool // names that are given, folded
}

// broughtFile is one of them.
type broughtFile struct {
	name   string // that it gets
	member member
	saved  savedFile
}

func newBroughtFiles(name string, files *container) broughtFiles {
	return broughtFiles{name: name, files: files, laid: map[string]bool{}}
}

// Close lets go of the archive.
func (b *broughtFiles) Close() error {
	if b.files == nil {
		return nil
	}
	return b.files.close()
}

// HasFiles reports whether there are files to unpack.
func (b *broughtFiles) HasFiles() bool { return len(b.found) > 0 }

// lay gives a file a name that no other has.
func (b *broughtFiles) lay(f broughtFile) {
	name := safeName(f.name)
	ext := path.Ext(name)
	for n := 2; b.laid[foldedName(name)]; n++ {
		name = fmt.Sprintf("%s_%d%s", strings.TrimSuffix(safeName(f.name), ext), n, ext)
	}
	b.laid[foldedName(name)] = true
	f.name, f.saved.File = name, name
	b.found = append(b.found, f)
}

// Unpack lays the files below a folder and gives them as a source, with a
// sidecar that says where each was published.
func (b *broughtFiles) Unpack(ctx context.Context, into string, rename func(string) string) (source.Source, []BadRow, error) {
	dir := filepath.Join(into, b.name)
	l, err := newLaying(dir)
	if err != nil {
		return source.Source{}, nil, err
	}
	defer l.close()
	var bad []BadRow
	var saved []savedFile
	for _, f := range b.found {
		err := l.put(ctx, f.name, f.member, time.Time{})
		if end := ends(ctx, err); end != nil {
			return source.Source{}, nil, end
		}
		if err != nil {
			bad = append(bad, BadRow{What: f.name, Why: err.Error()})
			continue
		}
		if f.saved.URL != "" {
			saved = append(saved, f.saved)
		}
	}
	src := source.Source{Name: rename(b.name), Dir: dir}
	if len(saved) == 0 {
		return src, bad, l.settle()
	}
	note, err := savedText(saved)
	if err == nil {
		err = l.put(ctx, savedName, text(note), time.Time{})
	}
	if err == nil {
		err = l.settle()
	}
	return src, bad, err
}
