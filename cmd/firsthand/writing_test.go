package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Files are written by verify/disk alone, which does it whole or not at all. Each
// other place that writes has its reason here.
var writers = map[string]string{
	"verify/disk":                      "it is the layer",
	"fixtures":                         "what makes the exercises and test media runs for developers",
	"cmd/acceptance":                   "it runs for developers",
	"cmd/peers":                        "it runs for developers",
	"cmd/release":                      "it runs for developers",
	"verify/workbench/apigen":          "it runs for developers",
	"cmd/firsthand/profile.go":         "profiles are for developers, and of no use when they are lost",
	"cmd/firsthand/doctor.go":          "it tries whether a folder can be written, and takes the file away again",
	"cmd/firsthand/man.go":             "manual pages, for who packages the program",
	"cmd/firsthand/decoders.go":        "a folder for what the video engine compiles, which is made again",
	"extract/video/embedded_worker.go": "a folder for what the video engine compiles, which is made again",
	"extract/video/native.go":          "a picture for a moment, to try the decoder with",
	"extract/sandbox/confine_linux.go": "an empty folder for a worker to be locked into",
	"verify/casefile/lock.go":          "the lock of a case: what it says is for people, and of no use later",
}

// writing are the functions that make, change or rename files.
var writing = map[string]bool{
	"Create": true, "CreateTemp": true, "WriteFile": true, "Rename": true, "Link": true, "Symlink": true, "Truncate": true, "Mkdir": true, "MkdirAll": true,
	"O_WRONLY": true, "O_RDWR": true, "O_CREATE": true, "O_APPEND": true, "O_TRUNC": true, "CopyFS": true,
}

func TestFilesAreWrittenInOnePlace(t *testing.T) {
	excused := make(map[string]bool)
	for _, f := range readSources(t) {
		if f.test {
			continue
		}
		uses := writesOf(t, f.name)
		place := ""
		for p := range writers {
			if f.name == p || under(f.dir, p) {
				place = p
			}
		}
		switch {
		case place != "":
			excused[place] = excused[place] || len(uses) > 0
		case len(uses) > 0:
			t.Errorf("%s uses %s: files are written through verify/disk", f.name, strings.Join(uses, ", "))
		}
	}
	for place := range writers {
		if !excused[place] && place != "cmd/peers" && place != "cmd/release" {
			t.Errorf("%s writes nothing: take it off the list", place)
		}
	}
}

// writesOf are the functions of package os in a file that write.
func writesOf(t *testing.T, name string) (uses []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", filepath.FromSlash(name)), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && (x.Name == "os" || x.Name == "syscall" && strings.HasPrefix(s.Sel.Name, "O_")) && writing[s.Sel.Name] {
				uses = append(uses, "os."+s.Sel.Name)
			}
		}
		return true
	})
	return uses
}

// Tests put a disk that fails in place of the real one; the program never does.
func TestOnlyTestsReplaceTheDisk(t *testing.T) {
	for _, f := range readSources(t) {
		if f.test || under(f.dir, "fixtures/faults", "verify/disk") {
			continue
		}
		for _, i := range f.imports {
			if i == module+"fixtures/faults" {
				t.Errorf("%s imports %s", f.name, i)
			}
		}
		if text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(f.name))); err != nil || bytes.Contains(text, []byte("disk.Through(")) {
			t.Errorf("%s replaces the disk (%v)", f.name, err)
		}
	}
}
