package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"
)

var (
	index    = []byte(`<html><script src="/assets/a.js"></script><link href="/assets/a.css"></html>`)
	somePage = []entry{{name: "index.html", data: index}, {name: "assets/a.js", data: []byte("let page = 1")}, {name: "assets/a.css", data: []byte("main { color: red }")}}
)

func TestProgramWithoutItsPageIsRefused(t *testing.T) {
	whole := append(append(bytes.Clone(index), "..let page = 1"...), "..main { color: red }"...)
	if err := holdsPage(whole, somePage); err != nil {
		t.Error(err)
	}
	for what, program := range map[string][]byte{
		"index.html":   bytes.ReplaceAll(whole, index, nil),
		"assets/a.js":  bytes.ReplaceAll(whole, []byte("let page = 1"), []byte("let page = 2")),
		"assets/a.css": whole[:len(whole)-3],
	} {
		if err := holdsPage(program, somePage); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("a program without %s gives %v", what, err)
		}
	}
	if holdsPage(whole, somePage[1:]) == nil || holdsPage(whole, []entry{{name: "index.html", data: []byte("<html>")}}) == nil {
		t.Error("a page without index.html, or with one that loads nothing, was taken")
	}
}

// The running test is a Go program, too: it is not Firsthand, and not built as
// a release is.
func TestProgramOfAnotherKindIsRefused(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := checkProgram(self, nil, host(), somePage); err == nil || !strings.Contains(err.Error(), "not built with") {
		t.Errorf("a test binary gives %v", err)
	}
	data, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	machine, _, err := header(data, host().os)
	if want := machines[host()]; err != nil || want != "" && machine != want {
		t.Errorf("this machine is taken for %s, %v", machine, err)
	}
	if _, _, err := header([]byte("MZ"), "windows"); err == nil {
		t.Error("two bytes were taken for a program")
	}
}

// The page is asked for as a browser does: with the key, then by the cookie.
func TestPageIsAskedForFileByFile(t *testing.T) {
	page := []entry{{name: "index.html", data: []byte("<html lang=\"en\"><head>first</html>")}, {name: "assets/a.js", data: []byte("let page = 1")}, {name: ".gitkeep"}}
	served := map[string]string{"/": "<html lang=\"uk\"><head>first</html>", "/assets/a.js": "let page = 1"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("t") == "key" {
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "yes", Path: "/"})
		} else if _, err := r.Cookie("session"); err != nil {
			http.Error(w, "no key", http.StatusForbidden)
			return
		}
		text, ok := served[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, text)
	}))
	defer server.Close()
	if err := askForPage(context.Background(), server.URL+"/?t=key", page); err != nil {
		t.Error(err)
	}
	if askForPage(context.Background(), server.URL+"/?t=other", page) == nil {
		t.Error("a server that lets nobody in has the page")
	}
	served["/assets/a.js"] = "let page = 2"
	if err := askForPage(context.Background(), server.URL+"/?t=key", page); err == nil || !strings.Contains(err.Error(), "assets/a.js") {
		t.Errorf("another script gives %v", err)
	}
	delete(served, "/assets/a.js")
	served["/"] = "<html><head>second</html>"
	if err := askForPage(context.Background(), server.URL+"/?t=key", page); err == nil || !strings.Contains(err.Error(), "index.html") || !strings.Contains(err.Error(), "404") {
		t.Errorf("another page without its script gives %v", err)
	}
}

func TestTargets(t *testing.T) {
	if all, err := parseTargets("all"); err != nil || len(all) != 6 {
		t.Errorf("all are %v, %v", all, err)
	}
	if some, err := parseTargets("windows/arm64,linux/amd64"); err != nil || len(some) != 2 || some[0].program() != "firsthand.exe" {
		t.Errorf("two are %v, %v", some, err)
	}
	if _, err := parseTargets("plan9/amd64"); err == nil {
		t.Error("plan9 is a target")
	}
	o, err := readOrder([]string{"-targets", "windows/arm64"})
	if err != nil || len(o.targets) != 2 || o.targets[0] != host() {
		t.Errorf("without this machine's program nothing writes the manual: %v, %v", o.targets, err)
	}
}

func TestStampIsOfTheCommit(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE=2026-03-04T07:06:08+02:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed: what a release says of its commit is not tested")
	}
	run("init", "-q")
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	run("add", "file")
	run("commit", "-q", "-m", "one")
	s, err := readStamp(context.Background(), dir)
	if err != nil || s.version != "dev-"+s.commit[:12] || s.date() != "2026-03-04T05:06:08Z" || s.modified {
		t.Errorf("a commit gives %+v, %v", s, err)
	}
	run("tag", "v1.2.0")
	if s, err = readStamp(context.Background(), dir); err != nil || s.version != "1.2.0" || s.name() != "firsthand-1.2.0" {
		t.Errorf("a tag gives %+v, %v", s, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "new"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err = readStamp(context.Background(), dir); err != nil || !s.modified || s.name() != "firsthand-1.2.0-modified" || !strings.Contains(s.variables(), "-X main.modified=true") {
		t.Errorf("a tree with a new file gives %+v, %v", s, err)
	}
	// What git ignores is not copied, and what it does not know yet is.
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("/built\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "built"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy")
	if err := copyTree(context.Background(), dir, to); err != nil {
		t.Fatal(err)
	}
	copied, err := readFolder(to, "")
	if err != nil || len(copied) != 3 || copied[1].name != "file" || string(copied[1].data) != "one" {
		t.Errorf("the copy has %+v, %v", copied, err)
	}
}

func TestSumsAreSignedSoThatMinisignSaysYes(t *testing.T) {
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := secret.MarshalText() // without a password: opening one with takes a second and a gigabyte
	if err != nil {
		t.Fatal(err)
	}
	key, sums := filepath.Join(t.TempDir(), "key"), []byte("sums of files\n")
	if err := os.WriteFile(key, text, 0o600); err != nil {
		t.Fatal(err)
	}
	signature, err := sign(key, someStamp, sums)
	if err != nil || !minisign.Verify(public, sums, signature) || minisign.Verify(public, append(sums, 'x'), signature) {
		t.Fatalf("the signature does not hold, or holds of other sums: %v", err)
	}
	if _, err := sign(filepath.Join("testdata", "no-key"), someStamp, sums); err == nil {
		t.Error("sums were signed without a key")
	}
	if !strings.Contains(string(signature), "firsthand 1.0.0, commit "+someStamp.commit) {
		t.Errorf("the signature does not name the commit:\n%s", signature)
	}
}
