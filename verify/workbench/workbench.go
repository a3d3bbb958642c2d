// Package workbench serves a case to the browser on this machine.
//
// Start at [New]. It promises: it answers only requests that name a loopback
// host and carry the session's cookie; a page of another site can neither
// read nor change anything; nothing is loaded from elsewhere; media originals
// are never sent.
package workbench

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Source is what the server shows. The functions are called for each request,
// so that the page always shows the case as it stands.
type Source struct {
	Title  string
	Page   func(ctx context.Context) (Page, error)
	Report func(ctx context.Context, w io.Writer) error
}

// Server is the workbench of one case. Its zero value is not usable.
type Server struct {
	source   Source
	listener net.Listener
	token    once // in the address that opens the browser
	address  string
	session  string // the cookie's value
	port     string
	http     *http.Server
}

// New listens on addr, which must be a loopback address; port 0 takes a free
// one. Call Serve to answer requests.
func New(addr string, s Source) (*Server, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("listen on %q: the workbench answers this machine only; use 127.0.0.1:PORT", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	srv := &Server{source: s, listener: l, session: secret()}
	_, srv.port, _ = net.SplitHostPort(l.Addr().String())
	srv.token.value = secret()
	srv.address = "http://" + l.Addr().String() + "/?t=" + srv.token.value
	srv.http = &http.Server{
		Handler:           srv.guard(srv.routes()),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	return srv, nil
}

// URL is the address to open; its token works once, for the first browser.
func (s *Server) URL() string { return s.address }

// Serve answers requests until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = s.http.Shutdown(grace)
	})
	defer stop()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the workbench: %w", err)
	}
	return nil
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET "+reportPath, s.report)
	return mux
}

const reportPath = "/report"

// pageCSP allows what our own page uses and nothing else. The report carries
// its pictures and style in itself.
const (
	pageCSP   = "default-src 'none'; style-src 'sha256-%s'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	reportCSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox allow-popups"
)

// guard refuses every request that is not from the browser this program
// opened: the host first (against DNS rebinding), then other sites' requests,
// then the session.
func (s *Server) guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	inner := crossOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		switch {
		case !s.ownHost(r.Host):
			http.Error(w, "this address is not the workbench's", http.StatusMisdirectedRequest)
		case !fromUser(r):
			http.Error(w, "requests of other sites are refused", http.StatusForbidden)
		case s.exchangeToken(w, r):
		case !s.hasSession(r):
			http.Error(w, "open the workbench with the address that firsthand printed", http.StatusUnauthorized)
		default:
			inner.ServeHTTP(w, r)
		}
	})
}

func (s *Server) ownHost(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil || port != s.port {
		return false
	}
	return name == "127.0.0.1" || name == "localhost" || name == "::1"
}

// fromUser tells whether the browser says that the request comes from our own
// pages or from the person (typed, opened by us).
func fromUser(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return false
}

// exchangeToken swaps the one-time token for a cookie and sends the browser to
// the address without it. It reports whether it answered the request.
func (s *Server) exchangeToken(w http.ResponseWriter, r *http.Request) bool {
	got := r.URL.Query().Get("t")
	if got == "" || r.Method != http.MethodGet {
		return false
	}
	if !s.token.take(got) {
		if s.hasSession(r) {
			http.Redirect(w, r, withoutToken(r), http.StatusSeeOther)
			return true
		}
		http.Error(w, "this address was used already; start firsthand serve again for a new one", http.StatusUnauthorized)
		return true
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(), Value: s.session, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, withoutToken(r), http.StatusSeeOther)
	return true
}

// withoutToken is the page of ours that was asked for. Other paths lead to the
// first page: one that starts with two slashes would lead to another host.
func withoutToken(r *http.Request) string {
	if r.URL.Path == reportPath {
		return reportPath
	}
	return "/"
}

func (s *Server) cookieName() string { return "firsthand-" + s.port }

func (s *Server) hasSession(r *http.Request) bool {
	c, err := r.Cookie(s.cookieName())
	return err == nil && equal(c.Value, s.session)
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func secret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return strings.TrimRight(base64.URLEncoding.EncodeToString(b), "=")
}
