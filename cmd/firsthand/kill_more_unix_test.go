//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// layMerge makes two cases, base and other, and what they give when they are
// joined.
func (e *killing) layMerge() {
	e.t.Helper()
	other, base := filepath.Join(e.dir, "other"), filepath.Join(e.dir, "base")
	e.run("scan", filepath.Join(e.dir, "channel"), "--case", other, "--video", "off")
	e.run("incident", "not-same", "channel/IMG_20240501_120000.jpg", "channel/IMG_20240502_120000.jpg", "--case", other, "--reason", "two", "--by", "Olena")
	var err error
	if e.other, err = os.ReadFile(filepath.Join(other, "case.db")); err != nil {
		e.t.Fatal(err)
	}
	e.run("scan", filepath.Join(e.dir, "phone"), "--case", base, "--video", "off")
	joined := filepath.Join(e.dir, "joined")
	if err := os.CopyFS(joined, os.DirFS(base)); err != nil {
		e.t.Fatal(err)
	}
	e.merge = e.run("merge", other, "--case", joined)
	e.merged = listings(e.t, joined) + decisionsOf(e.t, joined)
}

// killMerges kills merges, each of which leaves the case as it was, or joined; run
// again it ends in what an uninterrupted one gives.
func (e *killing) killMerges(caseDir string, most int) (killed int) {
	e.t.Helper()
	if most <= 0 {
		return 0
	}
	if err := os.CopyFS(caseDir, os.DirFS(filepath.Join(e.dir, "base"))); err != nil {
		e.t.Fatal(err)
	}
	merge := []string{"merge", filepath.Join(e.dir, "other"), "--case", caseDir}
	for killed < most {
		if _, ended := e.killed(e.merge, merge...); ended {
			break
		}
		killed++
		e.record(caseDir, func(*casefile.File) {})
	}
	e.run(merge...)
	e.run("group", "--case", caseDir) // the merge may have been whole, and the grouping not
	if got := listings(e.t, caseDir) + decisionsOf(e.t, caseDir); got != e.merged {
		e.t.Errorf("after %d kills during merges the case is\n%s\nnot\n%s", killed, got, e.merged)
	}
	return killed
}

// handedOn are the ways to write out what a case holds: each is a file or folder.
var handedOn = []struct {
	out  string
	args []string
}{
	{"bag", []string{"export", "--format", "bagit"}}, {"tables", []string{"export", "--format", "csv"}}, {"map.kml", []string{"export", "--format", "kml"}},
	{"report.html", []string{"report"}}, {"again", []string{"export", "--format", "bagit", "--overwrite"}}, {"checkpoint", []string{"custody", "checkpoint"}},
}

// killExports kills what writes a case out. Nothing half done stands under its
// name, whatever stood there stands there whole, the next run succeeds, and it takes
// away what the killed ones left.
func (e *killing) killExports(caseDir string, round, most int) (killed int) {
	e.t.Helper()
	for i := range most {
		w := handedOn[(round*most+i)%len(handedOn)]
		dir := filepath.Join(e.dir, fmt.Sprintf("out-%d-%d", round, i))
		if err := os.Mkdir(dir, 0o700); err != nil {
			e.t.Fatal(err)
		}
		out := filepath.Join(dir, w.out)
		args := append(w.args[:len(w.args):len(w.args)], "--case", caseDir, "--out", out)
		whole := out + "-whole"
		if strings.HasSuffix(out, ".kml") || strings.HasSuffix(out, ".html") {
			whole = filepath.Join(dir, "whole-"+w.out)
		}
		length := e.run(append(args[:len(args)-1:len(args)-1], whole)...)
		want := made(e.t, whole)
		if w.out == "again" {
			e.run(args...)
		}
		_, ended := e.killed(length, args...)
		if !ended {
			killed++
		}
		now := made(e.t, out)
		if len(now) != 0 && len(now) != len(want) || ended && len(now) == 0 || w.out == "again" && len(now) == 0 {
			e.t.Errorf("%v was killed, and there is %v", w.args, now)
		}
		for name, end := range now {
			if !strings.Contains(name, "ledger/") && want[filepath.ToSlash(whole)+strings.TrimPrefix(name, filepath.ToSlash(out))] != end {
				e.t.Errorf("%v was killed, and %s ends with %q", w.args, name, end)
			}
		}
		if len(now) == 0 || w.out == "again" || w.out == "report.html" {
			e.run(args...)
			e.nothingHidden(dir)
		}
		e.record(caseDir, func(*casefile.File) {})
		if err := os.RemoveAll(dir); err != nil {
			e.t.Fatal(err)
		}
	}
	return killed
}

func (e *killing) nothingHidden(dir string) {
	e.t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && disk.Hidden(d.Name()) {
			e.t.Errorf("%s was left behind", p)
		}
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
}

// The workbench is killed while a person works in it: what it answered with success
// is in the case.
func TestKilledWorkbench(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the workbench many times")
	}
	e := newKilling(t)
	caseDir := filepath.Join(e.dir, "whole")
	items := listing[verify.Line](t, "items", "--case", caseDir)
	acknowledged := make(map[string]bool)
	rounds := max(3, *kills/20)
	for round := range rounds {
		e.killWorkbench(caseDir, string(items[round%len(items)].SHA256), round, acknowledged)
		found := make(map[string]bool)
		e.record(caseDir, func(file *casefile.File) {
			marks, err := file.Marks(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range marks {
				for _, tag := range m.AddTags {
					found[tag] = true
				}
			}
		})
		for tag := range acknowledged {
			if !found[tag] {
				t.Fatalf("round %d: the mark %s was acknowledged and is lost", round, tag)
			}
		}
	}
	if len(acknowledged) < rounds {
		t.Errorf("only %d marks were acknowledged in %d rounds: the test shows little", len(acknowledged), rounds)
	}
	t.Logf("%d kills of the workbench, %d marks acknowledged", rounds, len(acknowledged))
}

// killWorkbench posts marks, each with a tag of its own, until the program is
// killed, and notes those that it answered with success.
func (e *killing) killWorkbench(caseDir, digest string, round int, acknowledged map[string]bool) {
	e.t.Helper()
	cmd := program(e.t, "serve", "--open=false", "--case", caseDir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		e.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		e.t.Fatal(err)
	}
	kill := sync.OnceFunc(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	defer func() { kill(); _ = cmd.Wait() }()
	line := make([]byte, 4096)
	n, err := out.Read(line)
	if err != nil {
		e.t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil) // never fails without options
	client := &http.Client{Jar: jar}
	address := strings.TrimSpace(string(line[:n]))
	resp, err := client.Get(address)
	if err != nil {
		e.t.Fatal(err)
	}
	resp.Body.Close()
	host, _, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	var cases struct{ Open []struct{ ID string } }
	if err := json.Unmarshal(fetched(e.t, client, "http://"+host+"/api/cases"), &cases); err != nil || len(cases.Open) != 1 {
		e.t.Fatalf("%v: %+v", err, cases)
	}
	time.AfterFunc(time.Duration(e.random.Int64N(int64(400*time.Millisecond))), kill)
	for i := 0; ; i++ {
		tag := fmt.Sprintf("t%d-%d", round, i)
		body := fmt.Sprintf(`{"items":["%s"],"add_tags":["%s"],"by":"Ada"}`, digest, tag)
		resp, err := client.Post("http://"+host+"/api/case/"+cases.Open[0].ID+"/acts/mark", "application/json", bytes.NewReader([]byte(body)))
		if err != nil {
			return // killed
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			e.t.Fatalf("%s: %s", resp.Status, text)
		}
		if err == nil {
			acknowledged[tag] = true
		}
	}
}
