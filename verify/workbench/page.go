package workbench

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"
)

// Plain is what is shown without an interface. The functions are called for
// each request, so that a page always shows the case as it stands; nil ones are
// of no case.
type Plain struct {
	Title  string
	Page   func(ctx context.Context) (Page, error)
	Report func(ctx context.Context, w io.Writer) error
}

// plainPolicy and reportPolicy allow what these pages use and nothing else. The
// report carries its pictures and style in itself.
const (
	plainPolicy  = "default-src 'none'; style-src 'sha256-%s'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox allow-popups"
)

// Page is what the plain page shows. Counts are label and number, in order.
type Page struct {
	Counts    []Count
	Incidents []Line
	Note      string
}

// Count is one line of the count sheet.
type Count struct {
	Label  string
	Photos int
	Videos int
	Other  int
	Total  int
	ByKind bool
}

// Line is one incident in words.
type Line struct {
	ID, Status, When, Where string
	Files                   int // counted: without those that are only shown
}

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
	cssPolicy    = fmt.Sprintf(plainPolicy, cssDigest())
)

func cssDigest() string {
	sum := sha256.Sum256([]byte(pageCSS))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	plain := s.options.Plain
	var p Page
	if plain.Page != nil {
		var err error
		if p, err = plain.Page(r.Context()); err != nil {
			http.Error(w, "the case cannot be read: "+err.Error(), http.StatusInternalServerError)
			return
		}
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, struct {
		Page
		Title   string
		OfACase bool
		CSS     template.CSS
	}{p, plain.Title, plain.Page != nil, template.CSS(pageCSS)})
	if err != nil {
		http.Error(w, "the page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", cssPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	if err := s.options.Plain.Report(r.Context(), &b); err != nil {
		http.Error(w, "the report cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", reportPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}
