package locale

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A key stands in the sources as a whole; or as the beginning of several, which
// ends in "." or "-" and is completed by a word of the program; or without one
// of these endings, which are put behind it.
var keyEndings = []string{"-explain", "-against"}

var (
	keyLiteral = regexp.MustCompile(`"([a-z]+(?:\.[A-Za-z0-9_-]+)*[.-]?)"`)
	spoken     = regexp.MustCompile(`(?:\b(?:T|Say|say|amount|tell)\(|\{(?:t|say) |\bKey: )"([a-z]+\.[A-Za-z0-9_.-]+)"`)
)

// sources gives the program's own Go files and templates.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (name == "node_modules" || name == "ui" || name == "fixtures" || name == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go") || filepath.Ext(name) != ".go" && filepath.Ext(name) != ".html":
			return nil
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// programKeys are the keys that Go says, without the patterns of sentences,
// which are found by what they say.
func programKeys(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(catalogues()[English].messages)), func(key string) bool {
		return strings.HasPrefix(key, sentencePrefix)
	})
}

func TestEveryKeyIsUsed(t *testing.T) {
	whole, beginnings := map[string]bool{}, []string{}
	for _, text := range sources(t) {
		for _, m := range keyLiteral.FindAllStringSubmatch(text, -1) {
			if key := m[1]; !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "-") {
				whole[key] = true
			} else if strings.Contains(key, ".") {
				beginnings = append(beginnings, key)
			}
		}
	}
	for _, key := range programKeys(t) {
		used := whole[key] || slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) })
		for _, ending := range keyEndings {
			if base, ok := strings.CutSuffix(key, ending); ok {
				used = used || whole[base]
			}
		}
		if !used {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestEveryKeyThatIsSaidExists(t *testing.T) {
	english := catalogues()[English]
	found := 0
	for path, text := range sources(t) {
		for _, m := range spoken.FindAllStringSubmatch(text, -1) {
			found++
			key := m[1]
			if strings.HasSuffix(key, ".") || strings.HasSuffix(key, "-") {
				if !slices.ContainsFunc(programKeys(t), func(k string) bool { return strings.HasPrefix(k, key) }) {
					t.Errorf("%s: no message begins with %s", path, key)
				}
			} else if !english.Has(key) {
				t.Errorf("%s: there is no message %s", path, key)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d keys were found in the sources", found)
	}
}
