package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// AtlosImport is what Atlos exported: incidents, and in a full export their
// files.
type AtlosImport struct {
	Preview[assess.Record]
	broughtFiles

	in map[string][]string // names of files by their folder
}

// maxAtlosJSON bounds the description of one incident.
const maxAtlosJSON = 64 << 20

// ReadAtlos reads a CSV of Atlos, or its full export as a zip or a folder. Of
// the files of a full export those are taken whose bytes have the SHA-256 that
// their description names; screenshots and saved pages are not.
func ReadAtlos(ctx context.Context, name string) (*AtlosImport, error) {
	isTable, err := isAtlosTable(name)
	if err != nil {
		return nil, err
	}
	if isTable {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		p, err := ReadAtlosCSV(f)
		return &AtlosImport{Preview: p}, err
	}
	files, err := openContainer(ctx, name)
	if err != nil {
		return nil, err
	}
	a := &AtlosImport{Preview: Preview[assess.Record]{Format: atlosFormat}, broughtFiles: newBroughtFiles(sourceName(name), files)}
	if err := a.read(ctx); err != nil {
		return nil, errors.Join(err, files.close())
	}
	return a, nil
}

// isAtlosTable tells a CSV from an archive by its first bytes.
func isAtlosTable(name string) (bool, error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return false, err
	}
	head := make([]byte, 4)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return false, errors.New("the file is empty")
	}
	return !bytes.HasPrefix(head[:n], []byte("PK\x03\x04")), nil
}

func (a *AtlosImport) read(ctx context.Context) error {
	if dir, ok := a.files.holding("project.json"); ok {
		a.files = a.files.under(dir)
	} else if dir := a.files.onlyFolder(); dir != "" {
		a.files = a.files.under(dir)
	}
	digest, ids := sha256.New(), newIDs()
	n := 0
	a.in = map[string][]string{}
	names := a.files.names()
	for _, name := range names {
		a.in[path.Dir(name)] = append(a.in[path.Dir(name)], name)
	}
	for _, name := range names {
		if path.Base(name) != "metadata.json" || strings.Count(name, "/") != 1 {
			continue
		}
		n++
		text, err := a.files.read(name, maxAtlosJSON)
		if err != nil {
			a.Refuse(n, name, "%v", err)
			continue
		}
		digest.Write(text)
		var j atlosJSON
		if err := json.Unmarshal(text, &j); err != nil {
			a.Refuse(n, name, "it is no description of an incident: %v", err)
			continue
		}
		if err := a.incident(ctx, ids, n, path.Dir(name), &j); err != nil {
			return err
		}
	}
	if n == 0 {
		return errors.New("this is no export of Atlos: no folder in it has a metadata.json")
	}
	a.Digest = hex.EncodeToString(digest.Sum(nil))
	a.keepBad()
	return nil
}

// onlyFolder is the folder that everything stands in, "" where there is none.
func (c *container) onlyFolder() string {
	only := ""
	for name := range c.files {
		dir, _, ok := strings.Cut(name, "/")
		if !ok || only != "" && dir != only {
			return ""
		}
		only = dir
	}
	return only
}

// keepBad lists what is wrong with the archive, but for two files of one name:
// Atlos writes such, and they are told apart by their bytes.
func (a *AtlosImport) keepBad() {
	for _, b := range a.files.bad {
		if !strings.Contains(b.Why, "two members of this name") {
			a.Bad = append(a.Bad, b)
		}
	}
}

// incident takes an incident and looks for its files.
func (a *AtlosImport) incident(ctx context.Context, ids *idBook, line int, folder string, j *atlosJSON) error {
	if j.Deleted {
		a.Refuse(line, j.Slug, "it was deleted in Atlos")
		return nil
	}
	inc := j.incident()
	if strings.TrimSpace(inc.description) == "" {
		a.Refuse(line, folder, "the description is empty; Atlos wants %d to %d letters", atlosMinDescription, atlosMaxDescription)
		return nil
	}
	before := len(a.Good)
	takeAtlos(&a.Preview, ids, line, inc)
	if len(a.Good) == before {
		return nil
	}
	r := &a.Good[before].Value
	r.Sources = j.sources()
	for _, v := range j.material() {
		items, err := a.material(ctx, line, folder, j.Slug, &v)
		if err != nil {
			return err
		}
		for _, d := range items {
			if !slices.Contains(r.Members, d) {
				r.Members = append(r.Members, d)
			}
		}
	}
	return nil
}

// sources are the addresses of an incident; one that is hidden in Atlos stays
// so.
func (j *atlosJSON) sources() []assess.Source {
	out := []assess.Source{}
	for _, v := range j.material() {
		if v.SourceURL == nil || *v.SourceURL == "" {
			continue
		}
		s := assess.Source{ID: fmt.Sprintf("source_%d", len(out)+1), URL: *v.SourceURL}
		if v.Visibility == "hidden" {
			s.Hidden, s.Paths = true, []string{assess.HiddenPath}
		}
		out = append(out, s)
	}
	return out
}

// material finds the originals of source material by their digests.
func (a *AtlosImport) material(ctx context.Context, line int, folder, slug string, v *atlosVersion) ([]verify.Digest, error) {
	dir := fmt.Sprintf("%s/%s-%d", folder, folder, v.ScopedID)
	there := map[verify.Digest]broughtFile{}
	for _, name := range a.in[dir] {
		if path.Base(name) == "metadata.json" {
			continue
		}
		for _, m := range append([]member{a.files.files[name]}, a.files.again[name]...) {
			sum, err := m.digest(ctx)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				a.Refuse(line, name, "it cannot be read: %v", source.Reason(err))
				continue
			}
			there[sum] = broughtFile{name: path.Base(name), member: m}
		}
	}
	var items []verify.Digest
	for _, artifact := range v.Artifacts {
		if atlosDerived(artifact.Type) {
			delete(there, artifact.SHA256)
			continue
		}
		f, ok := there[artifact.SHA256]
		if !ok {
			a.Refuse(line, slug+" "+artifact.Type, "no file of %s has the SHA-256 %.16s… that its description names", dir, artifact.SHA256)
			continue
		}
		delete(there, artifact.SHA256)
		items = append(items, artifact.SHA256)
		if v.SourceURL != nil {
			f.saved.URL = *v.SourceURL
		}
		f.saved.Saved = v.InsertedAt
		a.lay(f)
	}
	for _, d := range slices.Sorted(maps.Keys(there)) {
		a.Refuse(line, dir+"/"+there[d].name, "its description names no file with these bytes; it is not taken")
	}
	return items, nil
}

// atlosDerived tells what Atlos made of a page from what was published there.
func atlosDerived(kind string) bool {
	return slices.Contains([]string{"pdf", "viewport", "fullpage", "wacz"}, kind)
}
