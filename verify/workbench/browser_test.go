package workbench_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/workbench"
)

// visits records the hosts that a browser asks for through it; it answers
// none. A browser asks a proxy for everything but this machine's own pages.
type visits struct {
	mu    sync.Mutex
	hosts []string
}

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	v.hosts = append(v.hosts, host)
	w.WriteHeader(http.StatusBadGateway)
}

func (v *visits) list() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	slices.Sort(v.hosts)
	return slices.Compact(slices.Clone(v.hosts))
}

// browse opens the address in Chromium and gives the page as it then stands,
// what the console said and which other hosts were asked for.
func browse(t *testing.T, address string) (dom string, console, hosts []string) {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium on this machine: what a browser makes of the pages is not tested")
	}
	var v visits
	proxy := httptest.NewServer(&v)
	defer proxy.Close()
	ctx, stop := context.WithTimeout(context.Background(), 90*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps",
		"--user-data-dir="+filepath.Join(t.TempDir(), "profile"), "--proxy-server="+proxy.URL,
		"--enable-logging=stderr", "--dump-dom", address)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Skipf("Chromium does not run here: %v", err)
	}
	for _, line := range strings.Split(log.String(), "\n") {
		if strings.Contains(line, "CONSOLE") {
			console = append(console, line)
		}
	}
	return out.String(), console, v.list()
}

// outside is what a page of ours must never ask for.
const outside = "outside.example"

func TestBrowserShowsThePageAndAsksNobodyElse(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	golden, err := os.ReadFile(filepath.Join("..", "report", "testdata", "small.golden.html"))
	if err != nil {
		t.Fatal(err)
	}
	source := workbench.Plain{Report: func(_ context.Context, w io.Writer) error {
		_, err := w.Write(golden)
		return err
	}}
	background := regexp.MustCompile(`(google|gstatic|googleapis|gvt1)\.(com|net)$`) // the browser's own errands
	for path, want := range map[string]string{"/?t=": "Open the report", "/report?t=": `id="I-aa0001"`} {
		address := strings.Replace(start(t, source), "/?t=", path, 1)
		dom, console, hosts := browse(t, address)
		if !strings.Contains(dom, want) {
			t.Errorf("%s: the browser shows no %q", path, want)
		}
		if len(console) > 0 {
			t.Errorf("%s: the console says %q", path, console)
		}
		for _, h := range hosts {
			if !background.MatchString(h) {
				t.Errorf("%s: the page asks %s", path, h)
			}
		}
	}
}

// TestBrowserIsHeldByThePolicy serves a report that has been tampered with: its
// script must not run and its picture must not be asked for. A page without
// our policy shows that the test would see both.
func TestBrowserIsHeldByThePolicy(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	const page = `<!doctype html><title>x</title><p id="p">as served</p><img src="http://` + outside + `/x.png">` +
		`<script>document.getElementById("p").textContent = "changed"</script>`
	address := start(t, workbench.Plain{Report: func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, page)
		return err
	}})
	dom, console, hosts := browse(t, strings.Replace(address, "/?t=", "/report?t=", 1))
	if !strings.Contains(dom, "as served") || slices.Contains(hosts, outside) || len(console) == 0 {
		t.Errorf("the policy does not hold: the page asks %v and reads %q", hosts, dom)
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, page)
	}))
	defer bare.Close()
	if dom, _, hosts := browse(t, bare.URL); !slices.Contains(hosts, outside) || !strings.Contains(dom, "changed") {
		t.Errorf("without a policy the page asks %v and reads %q: this test would see nothing", hosts, dom)
	}
}
