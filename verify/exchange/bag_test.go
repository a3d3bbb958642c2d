package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// bagFiles are the files of a bag by name.
type bagFiles map[string]string

// basicBag is a valid bag of version 1.0 with one file; its manifests are made
// of what it holds by [bagFiles.sealed].
func basicBag() bagFiles {
	return bagFiles{"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "data/a.txt": "one\n"}
}

func (b bagFiles) with(name, content string) bagFiles {
	b[name] = content
	return b
}

func (b bagFiles) without(name string) bagFiles {
	delete(b, name)
	return b
}

// sealed adds the payload manifest, unless there is one.
func (b bagFiles) sealed() bagFiles {
	has := func(name string) bool { return strings.HasPrefix(name, "manifest-") }
	if !slices.ContainsFunc(slices.Collect(maps.Keys(b)), has) {
		var lines []string
		for name, content := range b {
			if strings.HasPrefix(name, "data/") {
				lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(content)), strings.NewReplacer("%", "%25", "\n", "%0A").Replace(name)))
			}
		}
		b["manifest-sha256.txt"] = strings.Join(lines, "")
	}
	return b
}

func (b bagFiles) folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range b {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func sum256(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

func TestOpenBag(t *testing.T) {
	const early = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
	one := sum256("one\n")
	tests := []struct {
		what string
		bag  bagFiles
		want string // of the first error, or of the first warning after "warning: "; "" is a valid bag
	}{
		{"a valid bag", basicBag(), ""},
		{"CR LF in the declaration and no last line end", basicBag().with("bagit.txt", "BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8"), ""},
		{"an empty payload", basicBag().without("data/a.txt").with("manifest-sha256.txt", ""), ""},
		{"names that have to be escaped", basicBag().with("data/100%.txt", "x").with("data/two\nlines.txt", "y"), ""},
		{"an encoding of before", basicBag().with("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n").
			with("data/caf\u00e9.txt", "x").with("manifest-sha256.txt", one+"  data/a.txt\n"+sum256("x")+"  data/caf\xe9.txt\n"), ""},
		{"no declaration", basicBag().without("bagit.txt"), "no bagit.txt"},
		{"a byte order mark", basicBag().with("bagit.txt", "\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), "byte order mark"},
		{"a blank before the colon", basicBag().with("bagit.txt", "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n"), "first line"},
		{"a blank behind the version", basicBag().with("bagit.txt", "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n"), "first line"},
		{"a version without a number in front", basicBag().with("bagit.txt", "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n"), "first line"},
		{"a version of the future", basicBag().with("bagit.txt", "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n"), "not known"},
		{"no encoding", basicBag().with("bagit.txt", "BagIt-Version: 1.0\n"), "two"},
		{"an unknown encoding", basicBag().with("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: martian\n"), "martian"},
		{"no manifest that can be read", basicBag().with("manifest-martian.txt", "00  data/a.txt\n"), "no payload manifest"},
		{"a changed file", basicBag().sealed().with("data/a.txt", "two\n"), "another checksum"},
		{"a file that is not there", basicBag().sealed().without("data/a.txt"), "not in the bag"},
		{"a file too many", basicBag().sealed().with("data/b.txt", "b"), "does not list"},
		{"a file too many in an early bag", basicBag().with("bagit.txt", early).sealed().with("data/b.txt", "b"), "no manifest lists"},
		{"a manifest that leaves one out", basicBag().sealed().with("manifest-md5.txt", ""), "does not list"},
		{"two manifests that share the work in an early bag", basicBag().with("bagit.txt", early).sealed().with("data/b.txt", "b").
			with("manifest-md5.txt", fmt.Sprintf("%x  data/b.txt\n", md5.Sum([]byte("b")))), ""},
		{"a changed tag file", basicBag().with("bag-info.txt", "Contact-Name: B\n").with("tagmanifest-sha256.txt", sum256("Contact-Name: A\n")+"  bag-info.txt\n"), "another checksum"},
		{"payload in a tag manifest", basicBag().with("tagmanifest-sha256.txt", one+"  data/a.txt\n"), "payload"},
		{"another sum of bytes", basicBag().with("bag-info.txt", "Payload-Oxum: 5.1\n"), "Payload-Oxum says"},
		{"the right sum of bytes, and odd separators", basicBag().with("bag-info.txt", "Payload-Oxum\t:   4.1\nNote: one\n  and more\n"), ""},
		{"a line that is no tag", basicBag().with("bag-info.txt", "nothing\n"), "not a label"},
		{"a line that is no checksum", basicBag().with("manifest-sha256.txt", "data/a.txt\n"), "not a checksum"},
		{"a name twice", basicBag().with("manifest-sha256.txt", one+"  data/a.txt\n"+one+"  data/a.txt\n"), "listed twice"},
		{"a name twice in an early bag", basicBag().with("bagit.txt", early).with("manifest-sha256.txt", one+"  data/a.txt\n"+one+"  data/a.txt\n"), "warning: listed twice"},
		{"a name twice with two checksums", basicBag().with("bagit.txt", early).with("manifest-sha256.txt", one+"  data/a.txt\n"+sum256("two")+"  data/a.txt\n"), "different checksums"},
		{"names that some systems take for one", basicBag().with("manifest-sha256.txt", one+"  data/a.txt\n"+one+"  data/A.txt\n"), "warning: one file to some systems"},
		{"such names with other content", basicBag().with("data/A.txt", "two"), "different checksums"},
		{"the two spellings of one letter", basicBag().without("data/a.txt").with("data/n\u0303.txt", "x").with("data/\u00f1.txt", "y"), "different checksums"},
		{"an asterisk", basicBag().with("manifest-sha256.txt", one+" *data/a.txt\n"), "warning: asterisk"},
		{"a name with ./ in front", basicBag().with("manifest-sha256.txt", one+"  ./data/a.txt\n"), "warning: begins with ./"},
		{"a file of an operating system that is gone", basicBag().with("manifest-sha256.txt", one+"  data/a.txt\n"+one+"  data/.DS_Store\n"), "warning: systems make and delete"},
		{"up and out", basicBag().with("manifest-sha256.txt", one+"  data/../../a.txt\n"), "leads out"},
		{"up and out with the other slash", basicBag().with("manifest-sha256.txt", one+`  data\..\..\a.txt`+"\n"), "leads out"},
		{"from the top", basicBag().with("manifest-sha256.txt", one+"  /etc/passwd\n"), "leads out"},
		{"a home folder", basicBag().with("manifest-sha256.txt", one+"  ~root/a.txt\n"), "leads out"},
		{"a drive", basicBag().with("manifest-sha256.txt", one+`  C:\a.txt`+"\n"), "leads out"},
		{"another computer", basicBag().with("manifest-sha256.txt", one+`  \\host\share\a.txt`+"\n"), "leads out"},
		{"payload outside of data", basicBag().with("b.txt", "b").with("manifest-sha256.txt", one+"  data/a.txt\n"+sum256("b")+"  b.txt\n"), "not in data/"},
		{"fetch.txt that leads out", basicBag().with("fetch.txt", "https://example.org/x - ../x\n"), "leads out"},
		{"fetch.txt outside of data", basicBag().with("fetch.txt", "https://example.org/x 3 bagit.txt\n"), "not in data/"},
		{"fetch.txt of a file that is here", basicBag().with("fetch.txt", "https://example.org/a - data/a.txt\n"), "warning: never followed"},
		{"fetch.txt of a file that is not", basicBag().sealed().without("data/a.txt").with("fetch.txt", "https://example.org/a - data/a.txt\n"), "not in the bag"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			dir := test.bag.sealed().folder(t)
			for _, name := range []string{dir, zipFolder(t, dir, "")} {
				bag, err := OpenBag(context.Background(), name)
				if err != nil {
					t.Fatal(err)
				}
				defer bag.Close()
				warning, wantsWarning := strings.CutPrefix(test.want, "warning: ")
				switch {
				case wantsWarning:
					if len(bag.Errors) > 0 || !strings.Contains(strings.Join(bag.Warnings, "\n"), warning) {
						t.Errorf("%s: want a warning with %q, got errors %q, warnings %q", name, warning, bag.Errors, bag.Warnings)
					}
				case test.want == "":
					if len(bag.Errors) > 0 {
						t.Errorf("%s: want a valid bag, got %q", name, bag.Errors)
					}
				case !strings.Contains(strings.Join(bag.Errors, "\n"), test.want):
					t.Errorf("%s: want an error with %q, got %q", name, test.want, bag.Errors)
				}
			}
		})
	}
}

// zipFolder packs a folder, below a folder of its own in the zip when top is
// given.
func zipFolder(t testing.TB, dir, top string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		w, err := z.Create(top + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "bag.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestBagInAFolderOfItsZip(t *testing.T) {
	bag, err := OpenBag(context.Background(), zipFolder(t, basicBag().sealed().folder(t), "my bag/"))
	if err != nil {
		t.Fatal(err)
	}
	defer bag.Close()
	if len(bag.Errors) > 0 || len(bag.Payload) != 1 {
		t.Errorf("errors %q, payload %q", bag.Errors, bag.Payload)
	}
}

func TestBagLinksAreNeverFollowed(t *testing.T) {
	dir := basicBag().sealed().folder(t)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "data", "link")); err != nil {
		t.Skip("no links here:", err)
	}
	bag, err := OpenBag(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer bag.Close()
	if len(bag.Errors) == 0 || !strings.Contains(bag.Errors[0], "link") {
		t.Errorf("want an error about the link, got %q", bag.Errors)
	}
}

func TestHostileZips(t *testing.T) {
	type member struct {
		name    string
		content []byte
		mode    fs.FileMode
	}
	tests := []struct {
		what string
		in   []member
		want string
	}{
		{"up and out", []member{{"../evil", []byte("x"), 0o600}}, "leads out"},
		{"up and out, other slash", []member{{`..\evil`, []byte("x"), 0o600}}, "leads out"},
		{"from the top", []member{{"/evil", []byte("x"), 0o600}}, "leads out"},
		{"a link", []member{{"link", []byte("/etc/passwd"), fs.ModeSymlink | 0o777}}, "link"},
		{"a bomb", []member{{"zeros", make([]byte, 64<<20), 0o600}}, "promises more"},
		{"one name twice", []member{{"a", []byte("1"), 0o600}, {"a", []byte("2"), 0o600}}, "two members"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			for _, m := range test.in {
				h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
				h.SetMode(m.mode)
				w, err := z.CreateHeader(h)
				if err != nil {
					t.Fatal(err)
				}
				w.Write(m.content)
			}
			z.Close()
			c, err := readZip(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			if len(c.bad) != 1 || !strings.Contains(c.bad[0].Why, test.want) {
				t.Errorf("want one refusal with %q, got %v", test.want, c.bad)
			}
		})
	}
}

// FuzzBag reads zips of bags, damaged at will.
func FuzzBag(f *testing.F) {
	for _, bag := range []bagFiles{
		basicBag(), basicBag().with("fetch.txt", "https://example.org/a - data/a.txt\n"),
		basicBag().with("bag-info.txt", "Payload-Oxum: 4.1\nNote: x\n y\n").with("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n"),
	} {
		content, err := os.ReadFile(zipFolder(f, bag.sealed().folder(f), ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		files, err := readZip(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return
		}
		b := newBag(files)
		if err := b.check(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, name := range b.Payload {
			if _, err := localName(name); err != nil {
				t.Errorf("%q came through: %v", name, err)
			}
		}
	})
}

// FuzzTagFiles reads the texts of a bag.
func FuzzTagFiles(f *testing.F) {
	f.Add("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
	f.Add("d41d8cd98f00b204e9800998ecf8427e *./data/%0Aa\n")
	f.Add("Contact-Name: x\n  y\nPayload-Oxum: 1.2\n")
	f.Fuzz(func(t *testing.T, text string) {
		parseDeclaration([]byte(text))
		if files, _ := parseManifest(text); len(files) > strings.Count(text, "\n")+strings.Count(text, "\r")+1 {
			t.Errorf("%d files in %q", len(files), text)
		}
		parseInfo(text)
		parseOxum(text)
	})
}
