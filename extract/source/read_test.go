package source

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// codes lists "path code" of an inventory's findings.
func codes(inv *Inventory) []string {
	out := []string{}
	for _, f := range inv.Findings {
		out = append(out, strings.TrimSpace(f.Rel+" "+f.Code))
	}
	return out
}

func rels(inv *Inventory) []string {
	out := []string{}
	for _, f := range inv.Files {
		out = append(out, f.Rel)
	}
	return out
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestReadReportsWhatIsNoFile(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.jpg")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	src := tree(t, map[string]string{"a/kept.jpg": "x", "folder.jpg/inner.jpg": "y"})
	for link, target := range map[string]string{
		"loop": "loop", "a/up": "..", "escape.jpg": secret, "dangling.jpg": "nowhere", "inside.jpg": "a/kept.jpg",
	} {
		if err := os.Symlink(target, filepath.Join(src.Dir, link)); err != nil {
			t.Skipf("the system makes no links: %v", err)
		}
	}
	want := []string{
		"a/up link-not-followed", "dangling.jpg link-not-followed", "escape.jpg link-not-followed",
		"inside.jpg link-not-followed", "loop link-not-followed",
	}
	if makePipe(t, filepath.Join(src.Dir, "pipe.jpg")) {
		want = append(want, "pipe.jpg not-a-regular-file")
	}
	inv := read(t, src) // would hang on the pipe if it opened it
	equal(t, "files", rels(inv), []string{"a/kept.jpg", "folder.jpg/inner.jpg"})
	equal(t, "findings", codes(inv), want)
}

func TestReadKeepsNamesOfAnyBytes(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux keeps names of any bytes")
	}
	src := tree(t, nil)
	for _, name := range []string{
		"bad\xff\xfeutf8.jpg", "line\nbreak.jpg", "\u202egpj.exe.jpg", " blank .jpg ", "-rf.jpg", `back\slash.jpg`,
		"caf\u00e9.jpg", "cafe\u0301.jpg", "%2e%2e%2fetc.jpg", strings.Repeat("a", 251) + ".jpg",
	} {
		if err := os.WriteFile(filepath.Join(src.Dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	inv := read(t, src)
	if len(inv.Files) != 10 || len(inv.Findings) != 0 {
		t.Fatalf("got %d files and %q", len(inv.Files), codes(inv))
	}
	shown := make(map[string]bool)
	for _, f := range inv.Files {
		shown[f.Path] = true
	}
	for _, want := range []string{`src/bad\xff\xfeutf8.jpg`, "src/line\nbreak.jpg", "src/caf\u00e9.jpg", "src/cafe\u0301.jpg"} {
		if !shown[want] {
			t.Errorf("no path %q", want)
		}
	}
}

func TestReadGoesOnBelowUnreadable(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("this user reads everything")
	}
	src := tree(t, map[string]string{"a/x.jpg": "", "closed.jpg": "", "z.jpg": ""})
	os.Chmod(filepath.Join(src.Dir, "a"), 0)
	os.Chmod(filepath.Join(src.Dir, "closed.jpg"), 0)
	t.Cleanup(func() { os.Chmod(filepath.Join(src.Dir, "a"), 0o755) })
	inv := read(t, src)
	equal(t, "files", rels(inv), []string{"closed.jpg", "z.jpg"})
	equal(t, "findings", codes(inv), []string{"a unreadable", "closed.jpg unreadable"})
}

func TestReadDeepFolders(t *testing.T) {
	src := tree(t, nil)
	root, err := src.OpenRoot()
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	// A path longer than 4096 bytes cannot be made in one step.
	deep, name := "", strings.Repeat("d", 100)
	for range 45 {
		deep = strings.TrimPrefix(deep+"/"+name, "/")
		if err := root.Mkdir(deep, 0o755); err != nil {
			t.Skipf("the system makes no such folders: %v", err)
		}
	}
	if err := root.WriteFile(deep+"/x.jpg", []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	inv := read(t, src)
	equal(t, "files", rels(inv), []string{deep + "/x.jpg"})
	file, _, err := Open(root, inv.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}

func TestReadAccounts(t *testing.T) {
	post := `{"id": 1, "type": "message", "date_unixtime": "1656187442", "from": "Named", "photo": "photos/a.jpg", "text": ""}`
	channel := `{"name": "Named", "type": "public_channel", "id": 5, "messages": [` + post + `]}`
	tests := []struct {
		name  string
		files map[string]string
		want  map[string]string
	}{
		{"a source that is one channel", map[string]string{
			"result.json": channel, "photos/a.jpg": "", "photos/b.jpg": "", "loose.jpg": "", "own folder/c.jpg": "",
		}, map[string]string{"photos/a.jpg": "Named", "photos/b.jpg": "Named", "loose.jpg": "Named", "own folder/c.jpg": "own folder"}},
		{"channels side by side", map[string]string{
			"one/result.json": channel, "one/photos/a.jpg": "", "one/photos/b.jpg": "", "two/photos/a.jpg": "",
		}, map[string]string{"one/photos/a.jpg": "Named", "one/photos/b.jpg": "Named", "two/photos/a.jpg": "two"}},
		{"an export below other folders", map[string]string{
			"2022/chat/_chat.txt": "[25/06/2022, 11:42:16] Olena: hello\n", "2022/chat/sub/x.jpg": "", "2022/y.jpg": "",
		}, map[string]string{"2022/chat/sub/x.jpg": "chat", "2022/y.jpg": "2022"}},
		{"no sidecar", map[string]string{"x.jpg": "", "phone/DCIM/y.jpg": ""}, map[string]string{"x.jpg": "", "phone/DCIM/y.jpg": "phone"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, f := range read(t, tree(t, tt.files)).Files {
				if want, ok := tt.want[f.Rel]; !ok || f.Account != want {
					t.Errorf("%s: account %q, want %q", f.Rel, f.Account, want)
				}
			}
		})
	}
}

func TestReadMatchesNamesInOtherNormalForm(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("the file system takes both forms for one name")
	}
	export := func(name string) string {
		return `{"name": "C", "type": "private_channel", "id": 5, "messages": [{"id": 1, "type": "message", "date_unixtime": "1656187442", "photo": "` + name + `"}]}`
	}
	decomposed, composed := "cafe\u0301.jpg", "caf\u00e9.jpg"
	one := read(t, tree(t, map[string]string{"result.json": export(composed), decomposed: ""}))
	if len(one.Files[0].Records) != 1 {
		t.Error("a decomposed name was not found by its composed form")
	}
	// With both on disk only the exact one is meant.
	two := read(t, tree(t, map[string]string{"result.json": export(composed), decomposed: "", composed: ""}))
	for _, f := range two.Files {
		if want := f.Rel == composed; (len(f.Records) == 1) != want {
			t.Errorf("%q has %d records", f.Rel, len(f.Records))
		}
	}
}

func TestReadLeavesSystemFilesAside(t *testing.T) {
	inv := read(t, tree(t, map[string]string{
		".DS_Store": "", "a/thumbs.db": "", "a/Desktop.ini": "", "a/._x.jpg": "", "a/x.jpg": "", "a/.hidden.jpg": "",
	}))
	equal(t, "files", rels(inv), []string{"a/.hidden.jpg", "a/x.jpg"})
	equal(t, "findings", codes(inv), []string{"system-files-skipped"})
}

func TestReadIsTheSameEverywhere(t *testing.T) {
	src := tree(t, map[string]string{
		"a/_chat.txt": "[25/06/2022, 11:42:16] Olena: <attached: x.jpg>\n", "a/x.jpg": "", "b/x.jpg": "",
		"b/x.jpg.json": `{"category": "twitter", "tweet_id": 1, "date": "2022-06-24 11:50:04", "author": {"name": "a"}}`,
	})
	zone := time.Local
	defer func() { time.Local = zone }()
	time.Local = time.UTC
	want, err := json.Marshal(read(t, src))
	if err != nil {
		t.Fatal(err)
	}
	for _, hours := range []int{-11, 9} {
		time.Local = time.FixedZone("there", hours*3600)
		if got, _ := json.Marshal(read(t, src)); string(got) != string(want) {
			t.Errorf("another result %d hours from UTC:\n%s\n%s", hours, got, want)
		}
	}
}

func TestReadStops(t *testing.T) {
	if _, err := Read(context.Background(), Source{Name: "gone", Dir: filepath.Join(t.TempDir(), "gone")}, Options{}); err == nil {
		t.Error("a folder that is not there was read")
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(done, tree(t, map[string]string{"x.jpg": ""}), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}

// endsAfter is a context that ends when it has been asked n times.
type endsAfter struct {
	context.Context
	n int
}

func (c *endsAfter) Err() error {
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

// A sidecar that was read in part must not pass for one that was read.
func TestReadStoppedInTheMiddleGivesNothing(t *testing.T) {
	src := tree(t, map[string]string{
		"p.jpg": "", "result.json": `{"name": "C", "type": "private_channel", "id": 5, "messages": [{"id": 1, "type": "message", "date_unixtime": "1656187442", "photo": "p.jpg"}]}`,
	})
	want := describe(read(t, src))
	for n := range 20 {
		inv, err := Read(&endsAfter{context.Background(), n}, src, Options{})
		if err == nil && describe(inv) != want {
			t.Errorf("stopped after %d steps:\n%s", n, describe(inv))
		}
	}
}

func TestSidecarLimits(t *testing.T) {
	long := `{"id": "abc", "extractor": "x", "timestamp": 1656187382, "description": "` + strings.Repeat("long ", 1000) + `"}`
	posts := strings.Repeat(`{"id": 1, "type": "message", "date_unixtime": "1656187442", "photo": "p.jpg"},`, maxPerFile+5)
	src := tree(t, map[string]string{
		"v.mp4": "", "v.info.json": long, "c/p.jpg": "",
		"c/result.json": `{"name": "C", "type": "private_channel", "id": 5, "messages": [` + strings.TrimSuffix(posts, ",") + `]}`,
		"d/deep.json":   `{"type": "public_channel", "x": ` + strings.Repeat("[", 100_000),
	})
	inv, err := Read(context.Background(), src, Options{SidecarLimit: 2000})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "findings", codes(inv), []string{"c/result.json sidecar-limit", "d/deep.json sidecar-damaged", "v.info.json sidecar-limit"})
	for _, f := range inv.Files {
		switch n := len(f.Records); {
		case f.Rel == "c/p.jpg" && n != maxPerFile, f.Rel == "v.mp4" && (n != 1 || f.Records[0].Posted == nil):
			t.Errorf("%s has %d records", f.Rel, n)
		}
	}
}

func TestOpenTakesRegularFilesOnly(t *testing.T) {
	src := tree(t, map[string]string{"a.jpg": "content", "b.jpg": "other"})
	inv := read(t, src)
	root, err := src.OpenRoot()
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	file, info, err := Open(root, inv.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if data, _ := io.ReadAll(file); string(data) != "content" || info.Size() != 7 {
		t.Errorf("read %q, size %d", data, info.Size())
	}

	// The file is exchanged after the walk: for a link inside the source, then for a pipe.
	path := filepath.Join(src.Dir, "a.jpg")
	os.Remove(path)
	if err := os.Symlink("b.jpg", path); err == nil {
		if _, _, err := Open(root, inv.Files[0]); !errors.Is(err, ErrNotRegular) {
			t.Errorf("a link was opened: %v", err)
		}
	}
	os.Remove(path)
	if makePipe(t, path) {
		if _, _, err := Open(root, inv.Files[0]); !errors.Is(err, ErrNotRegular) {
			t.Errorf("a pipe was opened: %v", err)
		}
	}
	if _, _, err := Open(root, File{Rel: "../" + filepath.Base(src.Dir) + "/b.jpg"}); err == nil {
		t.Error("a path out of the source was opened")
	}
}
