package workbench

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"net"
	"net/http"
	"regexp"
	"strings"
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
		h.Set("Permissions-Policy", noPermissions)
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

// noPermissions takes from our pages what they never need.
const noPermissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), " +
	"identity-credentials-get=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=()"

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
	if got == "" || r.Method != http.MethodGet || !opensPage(r.URL.Path) {
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

// opensPage says that an address may carry the token: what pages ask for and
// its pictures never do.
func opensPage(path string) bool {
	return !strings.HasPrefix(path, apiPath) && !strings.HasPrefix(path, mediaPath)
}

var caseAddress = regexp.MustCompile(`^` + casePath + `[0-9a-f]{16}$`)

// withoutToken is the page of ours that was asked for. Other paths lead to the
// first page: one that starts with two slashes would lead to another host.
func withoutToken(r *http.Request) string {
	if r.URL.Path == reportPath || caseAddress.MatchString(r.URL.Path) {
		return r.URL.Path
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
