package main

import (
	"bytes"
	"image/jpeg"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// written makes a case and gives its files by name.
func written(t *testing.T, files int, seed uint64) (*loadPlan, map[string][]byte) {
	t.Helper()
	plan, err := planLoad(files, seed)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := plan.write(dir); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan, out
}

func TestLoadIsMadeOfItsSeed(t *testing.T) {
	_, a := written(t, 120, 3)
	_, b := written(t, 120, 3)
	if !maps.EqualFunc(a, b, bytes.Equal) {
		t.Error("one seed gives two cases")
	}
	_, c := written(t, 120, 4)
	same := 0
	for name, body := range c {
		if bytes.Equal(a[name], body) {
			same++
		}
	}
	if same > len(c)/10 {
		t.Errorf("%d of %d files of another seed are the same", same, len(c))
	}
}

func TestLoadIsTrueToItsPlan(t *testing.T) {
	plan, files := written(t, 400, 5)
	if len(plan.files) != 400 || plan.events < 20 {
		t.Errorf("%d files of %d events", len(plan.files), plan.events)
	}
	made := map[madeAs]int{}
	for i := range plan.files {
		f := &plan.files[i]
		body, ok := files[f.rel()]
		if !ok {
			t.Fatalf("%s was not written", f.rel())
		}
		made[f.made]++
		_, err := jpeg.Decode(bytes.NewReader(body))
		if f.made != asBroken && err != nil {
			t.Errorf("%s: %v", f.rel(), err)
		}
		if f.made == asTaken && !bytes.Contains(body[:40], []byte("Exif")) {
			t.Errorf("%s has nothing of its camera", f.rel())
		}
	}
	for kind := asTaken; kind <= asBroken; kind++ {
		if made[kind] == 0 {
			t.Errorf("no file was made in way %d: %v", kind, made)
		}
	}
	var sidecars []string
	for name, body := range files {
		if strings.HasSuffix(name, ".jpg") {
			continue
		}
		sidecars = append(sidecars, name)
		if len(body) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	if len(sidecars) < 20 {
		t.Errorf("%d sidecars: %v", len(sidecars), sidecars)
	}
}

func TestLoadExifIsRead(t *testing.T) {
	plan, files := written(t, 200, 6)
	places := 0
	for i := range plan.files {
		f := &plan.files[i]
		if f.made != asTaken {
			continue
		}
		body := files[f.rel()]
		media := extract.Read(bytes.NewReader(body), int64(len(body)), f.name, extract.Options{})
		taken := plan.captures[f.capture].at
		if media.BestTime == nil || media.BestTime.Earliest.After(taken) || media.BestTime.Latest.Add(time.Second).Before(taken) {
			t.Errorf("%s claims %+v, and was taken at %s", f.rel(), media.BestTime, taken)
		}
		if media.BestPlace != nil {
			places++
		}
	}
	if places < 5 {
		t.Errorf("%d places are read", places)
	}
}

func TestCopiesThatAreFound(t *testing.T) {
	file := func(name string, made madeAs) loadFile { return loadFile{source: "s", name: name, made: made} }
	plan := &loadPlan{
		files:    []loadFile{file("a", asPosted), file("b", asCopy), file("c", asSame), file("d", asBroken), file("e", asCopy)},
		captures: []loadCapture{{posts: []int{0, 1, 2, 3, 4}}},
	}
	for _, c := range []struct {
		name     string
		clusters []verify.Cluster
		reported map[[2]string]bool
		found    int
	}{
		{"the same bytes alone", nil, nil, 1},
		{"one cluster", []verify.Cluster{{Members: []string{"s/a", "s/b", "s/c"}}}, nil, 3},
		{"a pair beside", []verify.Cluster{{Members: []string{"s/a", "s/b", "s/c"}}}, map[[2]string]bool{{"s/b", "s/e"}: true}, 4},
		{"two clusters", []verify.Cluster{{Members: []string{"s/a", "s/b"}}, {Members: []string{"s/c", "s/e"}}}, nil, 3},
	} {
		if found, made := plan.found(c.clusters, c.reported); found != c.found || made != 6 {
			t.Errorf("%s: %d of %d found, want %d of 6", c.name, found, made, c.found)
		}
	}
}

func TestScanSaysWhatItRead(t *testing.T) {
	s := scanned{said: "firsthand: 100,000 files: 56,779 read (54,012 of them new content), 43,221 unchanged and not read again, 0 no longer there\n"}
	all, read, kept, err := s.readOf()
	if got := []int{all, read, kept}; err != nil || !reflect.DeepEqual(got, []int{100000, 56779, 43221}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, _, _, err := (scanned{said: "firsthand: error"}).readOf(); err == nil {
		t.Error("a scan that said nothing is taken for one that did")
	}
}
