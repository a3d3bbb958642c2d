package workbench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// largestBody is how much a page may send at once.
const largestBody = 4 << 20

// answer serves one route of the table.
func (s *Server) answer(route api.Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		req := api.Request{Path: r.PathValue, Query: r.URL.Query()}
		if r.Method != http.MethodGet {
			// A form of another site can send text, but no JSON that says so.
			if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
				s.refuse(w, r, &api.Error{Status: http.StatusUnsupportedMediaType, What: "the request is not JSON"})
				return
			}
			req.Body = http.MaxBytesReader(w, r.Body, largestBody)
		}
		out, err := s.serveRoute(api.AskedIn(r.Context(), r.Header.Get("Accept-Language")), &route, req)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, s.spoken(r, out))
	}
}

// serveRoute makes an error of a fault of the program, so that the page can
// say what happened.
func (s *Server) serveRoute(ctx context.Context, route *api.Route, req api.Request) (out any, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			if s.options.Fault != nil {
				s.options.Fault(fmt.Errorf("%s: %v\n%s", route.Name, fault, debug.Stack()))
			}
			err = &api.Error{
				Status: http.StatusInternalServerError, What: fmt.Sprintf("firsthand has a fault in %s: %v", route.Name, fault),
				Safe: "the case is unharmed", Hint: "try again; if it stays, report it with these words",
			}
		}
	}()
	return route.Serve(ctx, s.options.API, req)
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var told *api.Error
	var large *http.MaxBytesError
	switch {
	case r.Context().Err() != nil:
		return // nobody waits for the answer any more
	case errors.As(err, &large):
		told = &api.Error{Status: http.StatusRequestEntityTooLarge, What: "the request is too large"}
	case !errors.As(err, &told):
		told = &api.Error{Status: http.StatusInternalServerError, What: err.Error()}
	}
	s.refuse(w, r, told)
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, e *api.Error) {
	writeJSON(w, e.Status, s.spoken(r, e))
}

// spoken is an answer in the language that the page asks for.
func (s *Server) spoken(r *http.Request, answer any) any {
	return s.speaker.in(locale.For(r.Header.Get("Accept-Language")), answer)
}

// writeJSON writes an answer. A failure to is that of the connection.
func writeJSON(w http.ResponseWriter, status int, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		status = http.StatusInternalServerError
		text = []byte(`{"error":` + strconv.Quote("the answer cannot be written") + `,"hint":"","safe":""}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}
