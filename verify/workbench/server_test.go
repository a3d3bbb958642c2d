package workbench_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/workbench"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// built is a stand-in for a built interface.
var built = fstest.MapFS{
	"index.html":       {Data: []byte(`<!doctype html><title>Firsthand</title><script type="module" src="/assets/main-1.js"></script>`)},
	"assets/main-1.js": {Data: []byte(`document.title = "ran"`)},
	"notes.php":        {Data: []byte("never served")},
}

// bench is a workbench that runs, with one case.
type bench struct {
	home    string // with a slash at the end
	address string // with the token
	client  *http.Client
	api     *api.API
	of      *api.Case
	config  string
}

// inProcess examines files without workers.
type inProcess struct{}

func (inProcess) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	return map[string]sandbox.Handler{ingest.ExamineOp: ingest.Examine, ingest.InspectOp: ingest.Inspect, ingest.ShowOp: ingest.Show}[op](
		ctx, sandbox.Request{Op: op, Params: params, File: file, Size: size}, onEmit)
}

func signed(dir string, open func(string, casefile.Options) (*casefile.File, error)) (*casefile.File, error) {
	return open(dir, casefile.Options{Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)), Actor: "Ada", Tool: "test"})
}

// startBench serves a case with these files. The client has opened the address.
func startBench(t *testing.T, files map[string][]byte) *bench {
	t.Helper()
	b := &bench{client: client(), config: t.TempDir()}
	b.api = api.New(api.Program{
		Version: "test", By: "Ada", ConfigDir: b.config,
		Read:   func(dir string) (*casefile.File, error) { return casefile.Open(dir, casefile.Options{ReadOnly: true}) },
		Write:  func(dir string) (*casefile.File, error) { return signed(dir, casefile.Open) },
		Create: func(dir string) (*casefile.File, error) { return signed(dir, casefile.Create) },
		Picture: func(ctx context.Context, path string, orientation, side int) ([]byte, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			defer f.Close()
			return ingest.Picture(ctx, inProcess{}, f, orientation, side)
		},
	})
	t.Cleanup(func() { _ = b.api.Close() })
	var err error
	if b.of, err = b.api.Create(filepath.Join(t.TempDir(), "case")); err != nil {
		t.Fatal(err)
	}
	folder := write(t, files)
	err = b.of.Writing(t.Context(), func(f *casefile.File) error {
		s, err := source.New(folder)
		if err != nil {
			return err
		}
		_, err = ingest.Run(t.Context(), f, ingest.Options{Sources: []source.Source{s}, Workers: 1, Examiner: inProcess{}, Now: time.Now()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	srv, err := workbench.New("127.0.0.1:0", workbench.Options{API: b.api, First: b.of, UI: built})
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
	b.address, b.home = srv.URL(), origin(t, srv.URL()).String()
	if resp, _ := do(t, b.client, "GET", b.address, nil); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("opening the address gives %s", resp.Status)
	}
	return b
}

func write(t *testing.T, files map[string][]byte) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "phone")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// item is the digest of the item of a name.
func (b *bench) item(t *testing.T, name string) verify.Digest {
	t.Helper()
	v, err := b.of.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range v.Items {
		if v.Items[i].Path() == "phone/"+name {
			return v.Items[i].Digest
		}
	}
	t.Fatalf("there is no item %s", name)
	return ""
}

func TestAddressLeadsToTheCase(t *testing.T) {
	b := startBench(t, nil)
	resp, _ := do(t, client(), "GET", b.address, nil)
	if resp.StatusCode != http.StatusUnauthorized || len(resp.Cookies()) != 0 {
		t.Errorf("a replayed token: %s with %d cookies", resp.Status, len(resp.Cookies()))
	}
	resp, _ = do(t, b.client, "GET", b.address, nil)
	if want := "/c/" + b.of.ID; resp.Header.Get("Location") != want {
		t.Errorf("the address leads to %q, want %q", resp.Header.Get("Location"), want)
	}
	resp, body := do(t, b.client, "GET", b.home+"c/"+b.of.ID+"/media", nil)
	if resp.StatusCode != 200 || !strings.Contains(body, "/assets/main-1.js") {
		t.Errorf("an address of a screen: %s", resp.Status)
	}
	if strings.Contains(b.address, filepath.Base(filepath.Dir(b.of.Dir))) {
		t.Error("the address tells where the case lies")
	}
}

// TestTokenIsForPagesAlone: what a page asks for in the background cannot
// begin a session.
func TestTokenIsForPagesAlone(t *testing.T) {
	srv, err := workbench.New("127.0.0.1:0", workbench.Options{API: api.New(api.Program{}), UI: built})
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(t.Context()) }()
	token := srv.URL()[strings.Index(srv.URL(), "?"):]
	home := origin(t, srv.URL()).String()
	for _, path := range []string{"api/session", "media/a/b/soft"} {
		if resp, _ := do(t, client(), "GET", home+path+token, nil); resp.StatusCode != http.StatusUnauthorized || len(resp.Cookies()) > 0 {
			t.Errorf("/%s takes the token: %s", path, resp.Status)
		}
	}
	if resp, _ := do(t, client(), "POST", home+token, nil); resp.StatusCode == http.StatusSeeOther {
		t.Error("a POST takes the token")
	}
	if resp, _ := do(t, client(), "GET", srv.URL(), nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the token is spent: %s", resp.Status)
	}
}

var pathValue = regexp.MustCompile(`\{[^}]+\}`)

// everything is all that the server answers: each route, each kind of picture,
// the events, the pages and their files.
func (b *bench) everything(t *testing.T) (list [][2]string) {
	t.Helper()
	for _, r := range api.Routes() {
		path := strings.Replace(r.Path, "{case}", b.of.ID, 1)
		list = append(list, [2]string{r.Method, pathValue.ReplaceAllString(path, "x")})
	}
	digest := string(b.item(t, "a.jpg"))
	for _, what := range []string{"soft", "thumb", "preview", "original", "strip", "strip-soft"} {
		list = append(list, [2]string{"GET", "/media/" + b.of.ID + "/" + digest + "/" + what})
	}
	for _, path := range []string{"/", "/c/" + b.of.ID, "/assets/main-1.js", "/api/events", "/report/" + b.of.ID + "/x", "/settings"} {
		list = append(list, [2]string{"GET", path})
	}
	return list
}

// TestEverythingIsGuarded asks for all of it as others would: without the
// session, under a name that an attacker's server was rebound to, and as a
// page of another site or of another port of this machine.
func TestEverythingIsGuarded(t *testing.T) {
	b := startBench(t, map[string][]byte{"a.jpg": halves(t, 64, 48)})
	port := origin(t, b.home).Port()
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, asked := range b.everything(t) {
		method, path := asked[0], asked[1]
		at := strings.TrimSuffix(b.home, "/") + path
		for name, x := range map[string]struct {
			client *http.Client
			change func(*http.Request)
			want   int
		}{
			"without a session":          {client(), nil, 401},
			"with a guessed session":     {client(), set("Cookie", "firsthand-"+port+"=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 401},
			"with the session of a port": {client(), set("Cookie", "firsthand-1=x"), 401},
			"under a rebound name":       {b.client, func(r *http.Request) { r.Host = "evil.example:" + port }, 421},
			"under no port":              {b.client, func(r *http.Request) { r.Host = "localhost" }, 421},
			"under a trailing dot":       {b.client, func(r *http.Request) { r.Host = "localhost.:" + port }, 421},
			"from another site":          {b.client, set("Sec-Fetch-Site", "cross-site"), 403},
			"from another port":          {b.client, set("Sec-Fetch-Site", "same-site"), 403},
		} {
			resp, body := do(t, x.client, method, at, x.change)
			if resp.StatusCode != x.want {
				t.Errorf("%s %s %s: %s, want %d", method, path, name, resp.Status, x.want)
			}
			if len(body) > 200 || resp.Header.Get("Access-Control-Allow-Origin") != "" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s %s %s: the refusal shows too much", method, path, name)
			}
		}
		if method == "GET" {
			continue
		}
		for name, change := range map[string]func(*http.Request){
			"of an origin elsewhere":   set("Origin", "http://evil.example"),
			"of another port's origin": set("Origin", "http://127.0.0.1:1"),
			"of no origin":             set("Origin", "null"),
		} {
			if resp, _ := do(t, b.client, method, at, change); resp.StatusCode != 403 {
				t.Errorf("%s %s %s: %s, want 403", method, path, name, resp.Status)
			}
		}
		for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
			if resp, _ := do(t, b.client, method, at, set("Content-Type", kind)); resp.StatusCode != http.StatusUnsupportedMediaType {
				t.Errorf("%s %s as %q: %s, want 415", method, path, kind, resp.Status)
			}
		}
	}
}

// raw sends a request line as it is, which a client of Go would mend.
func (b *bench) raw(t *testing.T, target string) string {
	t.Helper()
	u, err := url.Parse(b.home)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	cookie := b.client.Jar.Cookies(u)[0]
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\nConnection: close\r\n\r\n", target, u.Host, cookie.Name, cookie.Value)
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func TestPathTricks(t *testing.T) {
	b := startBench(t, map[string][]byte{"a.jpg": halves(t, 64, 48)})
	digest := string(b.item(t, "a.jpg"))
	media := "/media/" + b.of.ID + "/"
	for _, target := range []string{
		"/../../../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
		"/assets/..%5c..%5cetc%5cpasswd", `/assets/..\..\etc\passwd`, "/assets/%252e%252e/etc/passwd", "//etc/passwd", "/assets//main-1.js",
		"/assets/main-1.js%00.txt", "/assets/./main-1.js", "/notes.php", "/assets", "/.gitkeep",
		media + digest + "/../" + digest + "/original", media + "../../case.db", media + "%2e%2e%2fcase.db/original", media + digest + "/original/..%2f..",
		media + digest + "/%6friginal%2f", media + digest[:63] + "/original", media + strings.ToUpper(digest) + "/original", media + digest + "%00/original",
		media + "case.db/original", "/media/..%2f..%2f/" + digest + "/soft", "/media/" + strings.Repeat("0", 16) + "/" + digest + "/soft",
		"/api/case/..%2f..%2fetc", "/api/case/" + b.of.ID + "/../../folders", "/c/%2e%2e/%2e%2e/etc/passwd", "/report/..%2f..%2fetc/passwd", "/C:/Windows/win.ini",
	} {
		answer := b.raw(t, target)
		status, body, _ := strings.Cut(answer, "\r\n")
		switch {
		case strings.Contains(status, " 200 ") && strings.Contains(body, "<title>Firsthand</title>") && !strings.Contains(target, "%") && !strings.Contains(target, ".."):
			// the page itself, which knows no such screen
		case strings.Contains(status, " 404 "), strings.Contains(status, " 400 "):
		default:
			t.Errorf("%s: %s", target, status)
		}
		for _, secret := range []string{"root:", "SQLite", "never served", "\xff\xd8\xff"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s gives %q away", target, secret)
			}
		}
	}
	for _, target := range []string{"/assets/main-1.js", media + digest + "/original"} {
		if answer := b.raw(t, target); !strings.HasPrefix(answer, "HTTP/1.1 200 ") {
			t.Errorf("%s itself: %.40s; this test would see nothing", target, answer)
		}
	}
}

func TestPolicyOfThePage(t *testing.T) {
	b := startBench(t, nil)
	resp, _ := do(t, b.client, "GET", b.home, nil)
	policy := resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "media-src 'self' blob:", "connect-src 'self'",
		"frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	for _, never := range []string{"unsafe-inline", "unsafe-eval", "http:", "https:", "*", "data:", "ws:"} {
		if strings.Contains(policy, never) {
			t.Errorf("the policy has %s: %s", never, policy)
		}
	}
	if c := resp.Header.Get("Cache-Control"); c != "no-store" {
		t.Errorf("the page is kept by the browser: %q", c)
	}
	if resp, _ = do(t, b.client, "GET", b.home+"assets/main-1.js", nil); !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("the files of the page: %v", resp.Header)
	}
}

func TestFaultsAreAnsweredInWords(t *testing.T) {
	b := startBench(t, nil)
	post := func(path, body string) (*http.Response, string) {
		r, err := http.NewRequest("POST", b.home+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		resp, err := b.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, string(text)
	}
	for name, x := range map[string]struct {
		path, body string
		want       int
	}{
		"what is no JSON":        {"api/cases/open", "{", 400},
		"a value nobody knows":   {"api/cases/open", `{"dir":"/x","force":true}`, 400},
		"a folder that is none":  {"api/cases/open", `{"dir":"relative/path"}`, 400},
		"a case that is none":    {"api/cases/open", `{"dir":"/nonexistent/<img src=x>"}`, 404},
		"too much":               {"api/cases/open", `{"dir":"` + strings.Repeat("x", 5<<20) + `"}`, 413},
		"a name with steps":      {"api/cases/create", `{"dir":"/tmp","name":"../x"}`, 400},
		"a name that turns":      {"api/cases/create", `{"dir":"/tmp","name":"a\u202egpj"}`, 400},
		"settings that are none": {"api/settings", `{"settings":{"level":"none"}}`, 400},
	} {
		resp, body := post(x.path, x.body)
		if resp.StatusCode != x.want || resp.Header.Get("Content-Type") != "application/json" || !strings.Contains(body, `"error":"`) {
			t.Errorf("%s: %s %s %.120q, want %d", name, resp.Status, resp.Header.Get("Content-Type"), body, x.want)
		}
		if strings.Contains(body, "<img") {
			t.Errorf("%s: the answer has markup as it was sent", name)
		}
	}
}
