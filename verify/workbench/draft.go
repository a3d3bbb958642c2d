package workbench

import (
	"mime"
	"net/http"
	"strconv"
)

// draftPolicy holds a report that is looked at before it is saved: it carries
// its pictures and style in itself, and our page shows it in a frame.
const draftPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// draft sends what a report or an export will be.
func (s *Server) draft(w http.ResponseWriter, r *http.Request) {
	d, err := s.options.API.Draft(r.PathValue("case"), r.PathValue("draft"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", draftPolicy)
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	if kind, _, err := mime.ParseMediaType(d.Type); err == nil && r.URL.Query().Get("download") != "1" && (kind == "text/html" || kind == "text/plain") {
		h.Set("Content-Type", kind+"; charset=utf-8")
		h.Del("Content-Disposition")
	}
	h.Set("Content-Length", strconv.Itoa(len(d.Body)))
	_, _ = w.Write(d.Body)
}
