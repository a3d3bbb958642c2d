package workbench

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// dist is the built interface. In a fresh checkout it is empty: see ui.
//
//go:embed all:dist
var dist embed.FS

// pagePolicy allows what our own page uses and nothing else: no inline script
// or style, no other place, and no text that becomes code or markup.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// screens is the built interface.
type screens struct {
	files fs.FS
	api   *api.API
}

const indexName = "index.html"

// loadScreens takes the interface of the program where none is given; nil is
// one that was not built.
func loadScreens(given fs.FS, a *api.API) (*screens, error) {
	files := given
	if files == nil {
		var err error
		if files, err = fs.Sub(dist, "dist"); err != nil {
			return nil, fmt.Errorf("find the interface: %w", err)
		}
	}
	_, err := fs.Stat(files, indexName)
	switch {
	case err == nil:
		return &screens{files, a}, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	}
	return nil, fmt.Errorf("find the interface: %w", err)
}

// contentTypes are those of the files that a build makes. Others are not
// served: the tables of the system differ from machine to machine.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".json": "application/json",
	".txt":  "text/plain; charset=utf-8",
}

// serve gives a file of the interface; an address of a screen is the page,
// which then shows that screen.
func (s *screens) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.Trim(r.URL.Path, "/")
	switch {
	case strings.HasPrefix(r.URL.Path, apiPath), strings.HasPrefix(r.URL.Path, mediaPath), strings.HasPrefix(r.URL.Path, reportPath):
		http.NotFound(w, r)
		return
	case path.Ext(name) == "":
		name = indexName
	}
	kind, known := contentTypes[path.Ext(name)]
	text, err := fs.ReadFile(s.files, name)
	if err != nil || !known {
		http.NotFound(w, r)
		return
	}
	if name == indexName {
		text = s.inLanguage(text, r.Header.Get("Accept-Language"))
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", pagePolicy)
	if strings.HasPrefix(name, "assets/") { // named by what they hold
		h.Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	_, _ = w.Write(text)
}

// inLanguage writes into the page which language it is to be in, and which way
// that is read, so that it is right before anything is shown.
func (s *screens) inLanguage(page []byte, accept string) []byte {
	l := s.api.PageLanguage(accept)
	return bytes.Replace(page, []byte(`<html lang="en">`), fmt.Appendf(nil, `<html lang="%s" dir="%s">`, l.Tag, l.Direction), 1)
}
