package workbench

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
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
	pagePolicy   = fmt.Sprintf(pageCSP, cssDigest())
)

func cssDigest() string {
	sum := sha256.Sum256([]byte(pageCSS))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	p, err := s.source.Page(r.Context())
	if err != nil {
		http.Error(w, "the case cannot be read: "+err.Error(), http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	err = pageTemplate.Execute(&b, struct {
		Page
		Title string
		CSS   template.CSS
	}{p, s.source.Title, template.CSS(pageCSS)})
	if err != nil {
		http.Error(w, "the page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	if err := s.source.Report(r.Context(), &b); err != nil {
		http.Error(w, "the report cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", reportCSP)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}
