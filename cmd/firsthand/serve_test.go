package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/verify"
)

// serving runs `firsthand serve` and gives a client that has opened its
// address, and the address without the token.
func serving(t *testing.T, args ...string) (*http.Client, string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var messages bytes.Buffer
	root := newRootCommand(&terminal{in: os.Stdin, out: in, err: &messages})
	root.SetArgs(append([]string{"serve", "--open=false"}, args...))
	ended := make(chan error)
	go func() {
		err := root.ExecuteContext(ctx)
		_ = in.CloseWithError(fmt.Errorf("serve ended: %w\n%s", err, messages.String()))
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil) // never fails without options
	client := &http.Client{Jar: jar}
	resp, err := client.Get(strings.TrimSpace(address))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	host, _, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	return client, "http://" + host
}

func fetched(t *testing.T, c *http.Client, address string) []byte {
	t.Helper()
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v %.300s", address, resp.Status, err, body)
	}
	return body
}

// TestServeShowsPicturesAndFrames asks the program itself for what its workers
// decode: a still at full size and a frame of a video at a time.
func TestServeShowsPicturesAndFrames(t *testing.T) {
	if testing.Short() {
		t.Skip("scans and decodes")
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	workshop, err := fixtures.Workshop()
	if err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "few")
	if err := os.Mkdir(source, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"loose-folder/FB_IMG_*.jpg", "video-downloads/After*.mp4"} {
		names, err := fs.Glob(workshop, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("the exercise has no %s: %v", pattern, err)
		}
		content, err := fs.ReadFile(workshop, names[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(source, filepath.Base(names[0])), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	caseDir := filepath.Join(dir, "case")
	command(t, "scan", source, "--case", caseDir, "--quiet")
	client, home := serving(t, "--case", caseDir)

	var cases struct {
		Open []struct{ ID, Name string }
	}
	if err := json.Unmarshal(fetched(t, client, home+"/api/cases"), &cases); err != nil || len(cases.Open) != 1 || cases.Open[0].Name != "case" {
		t.Fatalf("the open cases are %+v, %v", cases, err)
	}
	media := home + "/media/" + cases.Open[0].ID + "/"
	for _, l := range listing[verify.Line](t, "items", "--case", caseDir) {
		at := media + string(l.SHA256)
		for what, widest := range map[string]int{"/soft": 48, "/thumb": 320, "/preview": 2048, "/preview?at=1000": 2048, "/soft?at=1000": 48, "/strip": 12 * 160} {
			if l.Kind == "image" && (strings.Contains(what, "at=") || what == "/strip") {
				continue
			}
			c, err := jpeg.DecodeConfig(bytes.NewReader(fetched(t, client, at+what)))
			if err != nil || c.Width > widest || c.Height > widest {
				t.Errorf("%s%s: %d x %d, %v", l.Path, what, c.Width, c.Height, err)
			}
			if what == "/preview" && l.Kind == "image" && l.Width != nil && c.Width < min(*l.Width, 2048)-1 {
				t.Errorf("%s is decoded at %d of %d pixels", l.Path, c.Width, *l.Width)
			}
		}
		original, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(l.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(fetched(t, client, at+"/original"), original) {
			t.Errorf("%s: the original is another one", l.Path)
		}
	}
}

// TestServeWithoutACase begins with the list of cases.
func TestServeWithoutACase(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	client, home := serving(t)
	if body := fetched(t, client, home+"/api/cases"); string(body) != `{"open":[],"recent":[]}` {
		t.Errorf("the cases are %s", body)
	}
}
