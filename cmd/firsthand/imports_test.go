package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/firsthand-media/firsthand/"

// sourceFile is one Go file that goes into a program, with its imports.
type sourceFile struct {
	dir     string // from the top, with forward slashes
	name    string
	test    bool
	imports []string
}

// readSources parses every Go file of the repository. It does so in this
// process: a `go list` from a test would be answered from the test cache.
func readSources(t *testing.T) []sourceFile {
	t.Helper()
	top := filepath.Join("..", "..")
	var out []sourceFile
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != top || d.Name() == "node_modules" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		s := sourceFile{dir: path.Dir(rel), name: rel, test: strings.HasSuffix(p, "_test.go")}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d Go files found: the walk is broken", len(out))
	}
	return out
}

// under tells whether dir is one of the places or inside one.
func under(dir string, places ...string) bool {
	return slices.ContainsFunc(places, func(p string) bool { return dir == p || strings.HasPrefix(dir, p+"/") })
}

// stages in the order in which data flows. A stage imports itself and those
// before it.
var stages = []string{"extract/source", "extract", "hashing", "verify", "fixtures", "cmd"}

func stageOf(dir string) int {
	for i, s := range stages {
		if under(dir, s) {
			return i
		}
	}
	return -1
}

func TestImportsPointLeft(t *testing.T) {
	for _, f := range readSources(t) {
		if f.test {
			continue
		}
		from := stageOf(f.dir)
		if from < 0 {
			t.Errorf("%s lies outside the stages", f.name)
		}
		for _, i := range f.imports {
			dir, ours := strings.CutPrefix(i, module)
			if !ours {
				continue
			}
			if to := stageOf(dir); to > from {
				t.Errorf("%s imports %s: data flows the other way", f.name, i)
			}
		}
	}
}

func TestThirdPartyStaysInItsRoom(t *testing.T) {
	rooms := []struct {
		prefix string
		only   []string
	}{
		{"os/exec", []string{"extract/video", "extract/sandbox", "cmd/firsthand", "cmd/release", "cmd/acceptance", "cmd/peers", "fixtures/mkworkshop", "fixtures/mkmetadata", "fixtures/mkstills", "fixtures/corrupt", "fixtures/usage"}},
		{"github.com/spf13/", []string{"cmd"}},
		{"github.com/schollz/", []string{"cmd"}},
		{"github.com/rwcarlsen/goexif", []string{"extract/exif"}},
		{"github.com/corona10/goimagehash", []string{"hashing"}},
		{"modernc.org/sqlite", []string{"verify/casefile", "fixtures/faults"}},
		{"database/sql", []string{"verify/casefile"}},
		{"codeberg.org/gruf/go-ffmpreg", []string{"extract/video"}},
		{"github.com/gen2brain/", []string{"extract/pixels"}},
		{"github.com/ProtonMail/go-crypto", []string{"verify/exchange"}},
		{"filippo.io/age", []string{"verify/workshop"}},
		{"github.com/digitorus/", []string{"verify/custody"}},
		{"aead.dev/minisign", []string{"verify/custody", "cmd/firsthand", "cmd/release"}},
		{"github.com/CycloneDX/", []string{"cmd/release"}},
		{"github.com/google/licensecheck", []string{"cmd/release"}},
		{"net/http", []string{"verify/workbench", "cmd/firsthand", "cmd/release", "cmd/acceptance", "fixtures/corrupt", "verify/exchange"}}, // the last reads answers that were saved, see below
	}
	for _, f := range readSources(t) {
		if f.test {
			continue
		}
		for _, i := range f.imports {
			for _, r := range rooms {
				if strings.HasPrefix(i, r.prefix) && !under(f.dir, r.only...) {
					t.Errorf("%s imports %s, which belongs in %v alone", f.name, i, r.only)
				}
			}
		}
	}
}

// Web archives hold answers of servers as they came over the wire. Reading one is
// all that exchange does with net/http: nothing there can ask a server.
func TestExchangeAsksNoServer(t *testing.T) {
	for _, f := range readSources(t) {
		if f.test || !under(f.dir, "verify/exchange") || !slices.Contains(f.imports, "net/http") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(f.name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, used := range regexp.MustCompile(`\bhttp\.(\w+)`).FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains([]string{"ReadResponse", "Response", "Header", "NoBody", "StatusOK", "StatusPartialContent"}, used[1]) {
				t.Errorf("%s uses http.%s", f.name, used[1])
			}
		}
	}
}

func TestCommandsStartOnlyTheBrowser(t *testing.T) {
	for _, f := range readSources(t) {
		if f.dir == "cmd/firsthand" && !f.test && slices.Contains(f.imports, "os/exec") && f.name != "cmd/firsthand/serve.go" {
			t.Errorf("%s starts programs; only serve.go does, to open the browser", f.name)
		}
	}
}

func TestOnlyTheTimestampAsksTheNetwork(t *testing.T) {
	for _, f := range readSources(t) {
		if f.dir == "cmd/firsthand" && !f.test && slices.Contains(f.imports, "net/http") && f.name != "cmd/firsthand/custody_tsa.go" {
			t.Errorf("%s imports net/http; only custody_tsa.go does, to ask the authority that a person names", f.name)
		}
	}
}

func TestForbiddenImports(t *testing.T) {
	rules := []struct {
		place  string
		except []string
		banned []string
	}{
		{"hashing", nil, []string{"os", "io/fs", module + "extract"}},
		{"verify/custody", nil, []string{"database/sql", "modernc.org/sqlite", "os", "net", "net/http"}},
		{"verify/match", nil, []string{"os", "database/sql"}},
		{"verify/incident", nil, []string{"os", "database/sql"}},
		{"extract", []string{"extract/source", "extract/video", "extract/sandbox"}, []string{"net", "net/http"}},
	}
	for _, f := range readSources(t) {
		for _, r := range rules {
			if f.test || !under(f.dir, r.place) || under(f.dir, r.except...) {
				continue
			}
			for _, i := range f.imports {
				for _, b := range r.banned {
					if i == b || strings.HasPrefix(i, b+"/") {
						t.Errorf("%s imports %s", f.name, i)
					}
				}
			}
		}
	}
}

func TestFixturesOnlyInTestsAndDemo(t *testing.T) {
	for _, f := range readSources(t) {
		if f.test || under(f.dir, "fixtures") || f.name == "cmd/firsthand/demo.go" || f.name == "cmd/firsthand/workshop_builtin.go" {
			continue
		}
		if slices.Contains(f.imports, module+"fixtures") {
			t.Errorf("%s imports the fixtures", f.name)
		}
	}
}
