package api

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Draft is a draft as the server gives it to the page, to be shown or kept.
type Draft struct {
	Name string // of the file
	Type string // of its content: text/html, text/plain or application/zip
	Body []byte
}

// draft is what would be written: the very bytes, or the order to make them.
type draft struct {
	id     string
	form   HandOnForm
	format Format
	name   string
	files  []draftPart // none of what is made when it is written
}

type draftPart struct {
	name string // with forward slashes, of a folder
	body []byte
}

// keptDrafts is how many drafts of a case are kept; older ones are forgotten.
const keptDrafts = 3

// drafts are those of a case, in memory alone: they hold what a person may yet
// leave out.
type drafts struct {
	mu   sync.Mutex
	list []*draft
}

func (c *Case) keepDraft(d *draft) string {
	d.id = rand.Text()
	c.drafts.mu.Lock()
	defer c.drafts.mu.Unlock()
	c.drafts.list = append(c.drafts.list, d)
	c.drafts.list = c.drafts.list[max(0, len(c.drafts.list)-keptDrafts):]
	return d.id
}

func (c *Case) draft(id string) (*draft, error) {
	c.drafts.mu.Lock()
	defer c.drafts.mu.Unlock()
	if i := slices.IndexFunc(c.drafts.list, func(d *draft) bool { return d.id == id }); i >= 0 {
		return c.drafts.list[i], nil
	}
	e := missing("this draft is no longer kept")
	e.Hint = "make it again"
	return nil, e
}

// Draft gives a draft to be shown or downloaded; a folder comes as one archive.
func (a *API) Draft(caseID, id string) (Draft, error) {
	c, err := a.Case(caseID)
	if err != nil {
		return Draft{}, err
	}
	d, err := c.draft(id)
	if err != nil {
		return Draft{}, err
	}
	switch {
	case len(d.files) == 0:
		return Draft{}, missing("this is made when it is written into a folder")
	case d.format.Ending == "":
		body, err := archived(d.files)
		return Draft{Name: d.name + ".zip", Type: "application/zip", Body: body}, err
	case d.format.ID == htmlFormat:
		return Draft{Name: d.name, Type: "text/html; charset=utf-8", Body: d.files[0].body}, nil
	}
	return Draft{Name: d.name, Type: "text/plain; charset=utf-8", Body: d.files[0].body}, nil
}

func archived(files []draftPart) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.body)
		}
		if err != nil {
			return nil, fmt.Errorf("pack the draft: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the draft: %w", err)
	}
	return out.Bytes(), nil
}

// readDraft reads what an export wrote, a file or a folder, into memory.
func readDraft(path string) ([]draftPart, error) {
	var out []draftPart
	left := int64(mostDraft)
	err := filepath.WalkDir(path, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if left -= info.Size(); left < 0 {
			return errTooLong
		}
		body, err := os.ReadFile(p)
		name, _ := filepath.Rel(path, p)
		if name == "." {
			name = filepath.Base(path)
		}
		out = append(out, draftPart{filepath.ToSlash(name), body})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the draft: %w", err)
	}
	return out, nil
}

// errTooLong is a draft that does not fit into memory.
var errTooLong = errors.New("it is too long to be shown before it is written: choose fewer incidents or files")

// limited stops what grows over a bound.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errTooLong
	}
	return l.w.Write(p)
}

// draftName suggests a name: what it is, of what, and in which form.
func draftName(title string, form *HandOnForm, format Format) string {
	parts := []string{title}
	switch {
	case form.Public && format.Reading:
		parts = []string{"public-report"}
	case form.Public:
		parts = []string{"public", strings.ReplaceAll(format.ID, " ", "")}
	case len(form.Incidents) == 1:
		parts = append(parts, form.Incidents[0])
	case len(form.Incidents)+len(form.Media) > 0:
		parts = append(parts, "dossier")
	case format.Reading:
		parts = append(parts, "report")
	}
	if !format.Reading && !form.Public {
		if name, _, _ := strings.Cut(format.ID, " "); "."+name != format.Ending {
			parts = append(parts, name)
		}
	}
	return plainFileName(strings.Join(parts, "-")) + format.Ending
}

// plainFileName keeps of a name what every file system takes.
func plainFileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	if s = strings.Trim(s, "-"); s == "" {
		return "firsthand"
	}
	return s[:min(len(s), 80)]
}
