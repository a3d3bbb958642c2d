// Package workbench serves cases to the browser on this machine.
//
// Start at [New]. What can be asked is in the package api beside this one; the
// screens are in ui, and what they are built into is in dist. It promises: it
// answers only requests that name a loopback host and carry the session's
// cookie; a page of another site can neither read nor change anything; nothing
// is loaded from elsewhere; pictures are softened here before they are sent,
// and sharp ones leave only when they are asked for by name.
package workbench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// Options says what is served.
type Options struct {
	API   *api.API
	First *api.Case   // the case that the address opens, nil for the list of cases
	UI    fs.FS       // a built interface in place of the one in the program, nil for that; an empty one is none
	Plain Plain       // what is shown where there is none
	Fault func(error) // is told of a fault of the program itself, nil for nobody
}

// Server is the workbench. Its zero value is not usable.
type Server struct {
	options  Options
	ui       *screens // nil where this build has none
	media    *media
	speaker  *speaker
	listener net.Listener
	token    once // in the address that opens the browser
	address  string
	session  string // the cookie's value
	port     string
	http     *http.Server
}

// New listens on addr, which must be a loopback address; port 0 takes a free
// one. Call Serve to answer requests.
func New(addr string, o Options) (*Server, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("listen on %q: the workbench answers this machine only; use 127.0.0.1:PORT", addr)
	}
	ui, err := loadScreens(o.UI, o.API)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	srv := &Server{options: o, ui: ui, media: newMedia(o.API), speaker: newSpeaker(), listener: l, session: secret()}
	_, srv.port, _ = net.SplitHostPort(l.Addr().String())
	srv.token.value = secret()
	srv.address = "http://" + l.Addr().String() + srv.firstPage() + "?t=" + srv.token.value
	srv.http = &http.Server{
		Handler:           srv.guard(srv.routes()),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	return srv, nil
}

// firstPage is the page that the address opens.
func (s *Server) firstPage() string {
	first := s.options.First
	switch {
	case s.ui == nil || first == nil:
		return "/"
	case first.HasTasks(context.Background()):
		return exercisePath + first.ID
	}
	return casePath + first.ID
}

// URL is the address to open; its token works once, for the first browser.
func (s *Server) URL() string { return s.address }

// Serve answers requests until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	s.http.BaseContext = func(net.Listener) context.Context { return ctx } // ends what pages listen to
	if s.options.API != nil {
		go s.options.API.Watch(ctx)
	}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		if s.http.Shutdown(grace) != nil {
			_ = s.http.Close()
		}
	})
	defer stop()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the workbench: %w", err)
	}
	return nil
}

// Where the pages and what they ask for lie.
const (
	casePath     = "/c/"
	exercisePath = "/workshop/"
	reportPath   = "/report"
	apiPath      = "/api/"
	mediaPath    = "/media/"
	eventsPath   = "/api/events"
)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	if s.options.API != nil {
		for _, r := range api.Routes() {
			mux.HandleFunc(r.Method+" "+r.Path, s.answer(r))
		}
		mux.HandleFunc("GET "+eventsPath, s.events)
		mux.HandleFunc("GET "+mediaPath+"{case}/{item}/{what}", s.media.serve)
		mux.HandleFunc("GET "+reportPath+"/{case}/{draft}", s.draft)
	}
	if s.options.Plain.Report != nil {
		mux.HandleFunc("GET "+reportPath, s.report)
	}
	if s.ui != nil {
		mux.HandleFunc("GET /", s.ui.serve)
	} else {
		mux.HandleFunc("GET /{$}", s.page)
	}
	return plainPaths(mux)
}

// plainPaths refuses paths that could be read in more than one way. None of
// ours needs a dot step, an encoded slash or a control character.
func plainPaths(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw := strings.ToLower(r.URL.EscapedPath())
		odd := strings.Contains(raw, "//") || strings.Contains(raw, "\\") || strings.ContainsFunc(r.URL.Path, func(c rune) bool { return c < ' ' || c == 0x7f })
		for _, code := range []string{"%2e", "%2f", "%5c", "%25", "%00"} {
			odd = odd || strings.Contains(raw, code)
		}
		for step := range strings.SplitSeq(r.URL.Path, "/") {
			odd = odd || step == "." || step == ".."
		}
		if odd {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
