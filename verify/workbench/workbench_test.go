package workbench_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/firsthand-media/firsthand/verify/workbench"
)

// start serves a small case and gives the address to open.
func start(t *testing.T, s workbench.Plain) string {
	t.Helper()
	if s.Page == nil {
		s.Page = func(context.Context) (workbench.Page, error) {
			return workbench.Page{
				Counts:    []workbench.Count{{Label: "files", Photos: 3, Videos: 1, Other: 1, Total: 5, ByKind: true}, {Label: "candidate incidents", Total: 1}},
				Incidents: []workbench.Line{{ID: "I-aa0001", Status: "candidate", When: "2 Sep 2025", Where: "<b>near</b> the \u2067mill", Files: 4}},
				Note:      "Exercise",
			}, nil
		}
	}
	if s.Report == nil {
		s.Report = func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, "<!doctype html><title>report</title><p>the report")
			return err
		}
	}
	srv, err := workbench.New("127.0.0.1:0", workbench.Options{Plain: s, UI: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- srv.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the server ended with: %v", err)
		}
	})
	return srv.URL()
}

// origin is the address without the token.
func origin(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
}

// client keeps cookies and follows no redirect.
func client() *http.Client {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func do(t *testing.T, c *http.Client, method, address string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// opened is a client that has opened the address, with the server's origin.
func opened(t *testing.T, s workbench.Plain) (*http.Client, string) {
	t.Helper()
	address := start(t, s)
	c := client()
	if resp, _ := do(t, c, "GET", address, nil); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("opening the address gives %s", resp.Status)
	}
	return c, origin(t, address).String()
}

func TestTokenWorksOnceAndBecomesACookie(t *testing.T) {
	address := start(t, workbench.Plain{})
	first := client()
	resp, _ := do(t, first, "GET", address, nil)
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" {
		t.Fatalf("%s to %q, want 303 to the address without the token", resp.Status, resp.Header.Get("Location"))
	}
	cookies := resp.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies", len(cookies))
	}
	c := cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Domain != "" || c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() {
		t.Errorf("the cookie is not of this session, this host and out of reach of scripts: %s", c)
	}
	if token := origin(t, address); strings.Contains(address, c.Value) || len(c.Value) < 43 || token.RawQuery != "" {
		t.Error("the cookie is the token, or short enough to be guessed")
	}
	if resp, body := do(t, first, "GET", origin(t, address).String(), nil); resp.StatusCode != 200 || !strings.Contains(body, "I-aa0001") {
		t.Errorf("with the cookie: %s", resp.Status)
	}
	if resp, _ := do(t, first, "GET", address, nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the same browser on the used address: %s, want it to be led to the page", resp.Status)
	}
	if resp, _ := do(t, client(), "GET", address, nil); resp.StatusCode != http.StatusUnauthorized || len(resp.Cookies()) != 0 {
		t.Errorf("another browser on the used address: %s with %d cookies, want 401 and none", resp.Status, len(resp.Cookies()))
	}
}

func TestRefusals(t *testing.T) {
	c, home := opened(t, workbench.Plain{})
	port := origin(t, home).Port()
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(h string) func(*http.Request) { return func(r *http.Request) { r.Host = h } }
	stranger := client()
	for name, x := range map[string]struct {
		client *http.Client
		method string
		path   string
		change func(*http.Request)
		want   int
	}{
		"our page":                          {c, "GET", "", nil, 200},
		"our host by name, not signed in":   {stranger, "GET", "", host("localhost:" + port), 401},
		"the report":                        {c, "GET", "report", nil, 200},
		"a link of our own page":            {c, "GET", "report", header("Sec-Fetch-Site", "same-origin"), 200},
		"typed by the person":               {c, "GET", "", header("Sec-Fetch-Site", "none"), 200},
		"a rebound name":                    {c, "GET", "", host("evil.example:" + port), 421},
		"a name that only starts like ours": {c, "GET", "", host("localhost.evil.example:" + port), 421},
		"our host without its port":         {c, "GET", "", host("127.0.0.1"), 421},
		"another port":                      {c, "GET", "", host("127.0.0.1:1"), 421},
		"another address of this machine":   {c, "GET", "", host("0.0.0.0:" + port), 421},
		"another site":                      {c, "GET", "report", header("Sec-Fetch-Site", "cross-site"), 403},
		"another port of this machine":      {c, "GET", "report", header("Sec-Fetch-Site", "same-site"), 403},
		"a word that no browser sends":      {c, "GET", "report", header("Sec-Fetch-Site", "other"), 403},
		"no cookie":                         {stranger, "GET", "", nil, 401},
		"no cookie, the report":             {stranger, "GET", "report", nil, 401},
		"a guessed token":                   {stranger, "GET", "?t=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", nil, 401},
		"an empty token":                    {stranger, "GET", "?t=", nil, 401},
		"a guessed cookie":                  {stranger, "GET", "", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "firsthand-" + port, Value: "x"}) }, 401},
		"an empty cookie":                   {stranger, "GET", "", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "firsthand-" + port}) }, 401},
		"another path":                      {c, "GET", "media/1", nil, 404},
		"a path upwards":                    {c, "GET", "%2e%2e/%2e%2e/etc/passwd", nil, 404},
		"writing":                           {c, "POST", "", nil, 405},
		"deleting the report":               {c, "DELETE", "report", nil, 405},
		"writing from another origin":       {c, "POST", "report", header("Origin", "http://evil.example"), 403},
	} {
		t.Run(name, func(t *testing.T) {
			resp, body := do(t, x.client, x.method, home+x.path, x.change)
			if resp.StatusCode != x.want {
				t.Errorf("%s, want %d", resp.Status, x.want)
			}
			if x.want != 200 && strings.Contains(body, "I-aa0001") {
				t.Error("the answer shows the case")
			}
			for _, h := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy"} {
				if resp.Header.Get(h) == "" {
					t.Errorf("the answer has no %s", h)
				}
			}
			if h := resp.Header.Get("Access-Control-Allow-Origin"); h != "" {
				t.Errorf("the answer may be read by %s", h)
			}
		})
	}
}

func TestTokenLeadsToNoOtherHost(t *testing.T) {
	for _, path := range []string{"//evil.example/", "/%2f/evil.example", "/\\evil.example"} {
		address := start(t, workbench.Plain{})
		u := origin(t, address)
		resp, _ := do(t, client(), "GET", strings.TrimSuffix(u.String(), "/")+path+address[strings.Index(address, "?"):], nil)
		if to := resp.Header.Get("Location"); resp.StatusCode == http.StatusSeeOther && to != "/" {
			t.Errorf("%s leads to %q", path, to)
		}
	}
	address := start(t, workbench.Plain{})
	resp, _ := do(t, client(), "GET", strings.Replace(address, "/?t=", "/report?t=", 1), nil)
	if to := resp.Header.Get("Location"); to != "/report" {
		t.Errorf("the address of the report leads to %q", to)
	}
}

func TestPoliciesAllowNoScriptAndNoOtherPlace(t *testing.T) {
	c, home := opened(t, workbench.Plain{})
	for _, path := range []string{"", "report"} {
		resp, _ := do(t, c, "GET", home+path, nil)
		policy := resp.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("/%s: the policy lacks %s: %s", path, want, policy)
			}
		}
		for _, never := range []string{"script-src", "http:", "https:", "*", "'unsafe-eval'", "allow-scripts", "allow-same-origin"} {
			if strings.Contains(policy, never) {
				t.Errorf("/%s: the policy has %s: %s", path, never, policy)
			}
		}
	}
}

func TestPageEscapesWhatTheCaseHolds(t *testing.T) {
	c, home := opened(t, workbench.Plain{Title: `</title><script>alert(1)</script>`})
	_, body := do(t, c, "GET", home, nil)
	if strings.Contains(body, "<script") || strings.Contains(body, "<b>near") {
		t.Error("text of the case is markup of the page")
	}
	if !strings.Contains(body, "<bdi>&lt;b&gt;near") {
		t.Error("the place is not isolated from the text around it")
	}
	if !strings.Contains(body, `href="/report#I-aa0001"`) {
		t.Error("the incident does not lead to its place in the report")
	}
}

func TestFailureIsSaidAndNotHalfAPage(t *testing.T) {
	broken := errors.New("disk I/O error")
	c, home := opened(t, workbench.Plain{
		Page: func(context.Context) (workbench.Page, error) { return workbench.Page{}, broken },
		Report: func(_ context.Context, w io.Writer) error {
			_, _ = io.WriteString(w, "<!doctype html><p>half a report")
			return broken
		},
	})
	for _, path := range []string{"", "report"} {
		resp, body := do(t, c, "GET", home+path, nil)
		if resp.StatusCode != 500 || !strings.Contains(body, "disk I/O error") || strings.Contains(body, "half") {
			t.Errorf("/%s: %s %q, want 500 and the reason alone", path, resp.Status, body)
		}
	}
}

func TestListensOnThisMachineOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "[::]:0", "example.org:80", "127.0.0.1"} {
		if _, err := workbench.New(addr, workbench.Options{}); err == nil {
			t.Errorf("it listens on %q", addr)
		}
	}
}

// TestWithoutAnInterface says so and how to get one, with and without a case.
func TestWithoutAnInterface(t *testing.T) {
	srv, err := workbench.New("127.0.0.1:0", workbench.Options{UI: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(t.Context()) }()
	c := client()
	do(t, c, "GET", srv.URL(), nil)
	resp, none := do(t, c, "GET", origin(t, srv.URL()).String(), nil)
	if resp.StatusCode != 200 || !strings.Contains(none, "firsthand serve --case") || strings.Contains(none, "Open the report") {
		t.Errorf("without a case: %s %s", resp.Status, none)
	}
	c, home := opened(t, workbench.Plain{Title: "Northgate"})
	_, one := do(t, c, "GET", home, nil)
	for _, body := range []string{none, one} {
		if !strings.Contains(body, "This build has no interface") || !strings.Contains(body, "make build") {
			t.Errorf("the page does not say what is missing: %s", body)
		}
	}
	if !strings.Contains(one, `href="/report"`) {
		t.Error("the report is out of reach")
	}
}
