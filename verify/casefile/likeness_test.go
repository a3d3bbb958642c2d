package casefile

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/verify"
)

// keypointSet is n keypoints, others for each name.
func keypointSet(name string, n int) feature.Set {
	h := fnv.New64a()
	h.Write([]byte(name))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	set := feature.Set{W: 512, H: 384}
	for range n {
		set.Points = append(set.Points, feature.Point{X: 512 * r.Float32(), Y: 384 * r.Float32(), Scale: 2 + 10*r.Float32(), Angle: 6 * r.Float32()})
		set.Descriptors = append(set.Descriptors, feature.Descriptor{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()})
	}
	return set
}

// keypoints is keypointSet in its binary form.
func keypoints(name string, n int) []byte {
	b, err := keypointSet(name, n).AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b
}

// still is a picture with keypoints.
func still(src, rel string) Result {
	r := plain(src, rel, rel)
	r.Item.Frames = []verify.Frame{{Thumb: []byte("thumb of " + rel), Features: keypoints(rel, 60)}}
	return r
}

func stills(src string, from, to int) (list []Result) {
	for i := from; i < to; i++ {
		list = append(list, still(src, fmt.Sprintf("%03d.jpg", i)))
	}
	return list
}

// likeness opens the index until the test ends.
func likeness(t *testing.T, f *File) *index.Descriptors {
	t.Helper()
	l, err := f.LikenessIndex(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l.Index
}

// answers is what the index says of some pictures, by path.
func answers(t *testing.T, d *index.Descriptors, rels ...string) map[string][]index.Candidate {
	t.Helper()
	out := map[string][]index.Candidate{}
	for _, rel := range rels {
		set, err := feature.Decode(keypoints(rel, 60))
		if err != nil {
			t.Fatal(err)
		}
		out[rel] = d.Rank(set, 5, 5)
	}
	return out
}

func segmentFiles(t *testing.T, f *File) []string {
	t.Helper()
	names, err := filepath.Glob(f.path(cacheName, likenessName, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return filepath.Base(name) == segmentList })
}

func finds(t *testing.T, d *index.Descriptors, rel string) bool {
	t.Helper()
	got := answers(t, d, rel)[rel]
	return len(got) > 0 && got[0].Key == digestOf(rel).Key(0)
}

// The index follows the items: what is new is found, what is gone is not, and
// what comes back is found again.
func TestLikenessFollowsTheItems(t *testing.T) {
	f := newCase(t)
	if d := likeness(t, f); d.Stats().Pictures != 0 {
		t.Errorf("an empty case has %+v", d.Stats())
	}
	scan := func(results ...Result) *index.Descriptors {
		s := beginScan(t, f, "one")
		put(t, s, results...)
		var present []string
		for _, r := range results {
			present = append(present, r.Sighting.Rel)
		}
		done(t, s, "one", present...)
		return likeness(t, f)
	}
	first := scan(stills("one", 0, 8)...)
	if !finds(t, first, "003.jpg") || finds(t, first, "009.jpg") || first.Stats().Pictures != 8 {
		t.Errorf("after the first scan: %+v", first.Stats())
	}
	second := scan(stills("one", 4, 10)...)
	if finds(t, second, "003.jpg") || !finds(t, second, "009.jpg") || second.Stats().Pictures != 6 {
		t.Errorf("after the second scan: %+v", second.Stats())
	}
	third := scan(stills("one", 0, 10)...)
	if !finds(t, third, "003.jpg") || third.Stats().Pictures != 10 {
		t.Errorf("after the third scan: %+v", third.Stats())
	}
	// An index that is in use is not disturbed by those made after it.
	if !finds(t, first, "003.jpg") {
		t.Error("an earlier index no longer answers")
	}
}

// What the index says depends on the items alone: not on the order in which
// they came, on how often it was brought up to date, nor on who asks.
func TestLikenessDoesNotDependOnItsPast(t *testing.T) {
	all := stills("one", 0, 40)
	var asked []string
	for _, r := range all {
		asked = append(asked, r.Sighting.Rel)
	}
	whole := newCase(t)
	put(t, beginScan(t, whole, "one"), all...)
	want := answers(t, likeness(t, whole), asked...)

	parts := newCase(t)
	slices.Reverse(all)
	for batch := range slices.Chunk(all, 3) {
		put(t, beginScan(t, parts, "one"), batch...)
		likeness(t, parts)
	}
	if got := answers(t, likeness(t, parts), asked...); !reflect.DeepEqual(got, want) {
		t.Errorf("made in parts: got %v, want %v", got, want)
	}
	if n := len(segmentFiles(t, parts)); n < 1 || n > mostSegments {
		t.Errorf("%d segments", n)
	}

	reader := reopen(t, parts, func(o *Options) { o.ReadOnly = true })
	if err := os.Remove(segmentFiles(t, reader)[0]); err != nil {
		t.Fatal(err)
	}
	before := folderFiles(t, reader.path(cacheName, likenessName))
	if got := answers(t, likeness(t, reader), asked...); !reflect.DeepEqual(got, want) {
		t.Errorf("a reader: got %v, want %v", got, want)
	}
	if after := folderFiles(t, reader.path(cacheName, likenessName)); !slices.Equal(after, before) {
		t.Errorf("a reader wrote: %v, was %v", after, before)
	}
}

// The name of the contents is that of the pictures, however they came in.
func TestLikenessNamesItsContents(t *testing.T) {
	contents := func(f *File) string {
		l, err := f.LikenessIndex(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return l.Contents
	}
	all := stills("one", 0, 12)
	whole := newCase(t)
	put(t, beginScan(t, whole, "one"), all...)
	want := contents(whole)

	parts := newCase(t)
	slices.Reverse(all)
	for batch := range slices.Chunk(all, 5) {
		put(t, beginScan(t, parts, "one"), batch...)
		contents(parts)
	}
	if got := contents(parts); got != want {
		t.Errorf("made in parts: %s, want %s", got, want)
	}
	s := beginScan(t, whole, "one")
	put(t, s, all[1:]...)
	var present []string
	for _, r := range all[1:] {
		present = append(present, r.Sighting.Rel)
	}
	done(t, s, "one", present...)
	if contents(whole) == want {
		t.Error("a picture is gone and the name is the same")
	}
}

// Whatever becomes of the files, the next index is whole again, and what does
// not belong is gone.
func TestDamagedLikenessIsMadeAgain(t *testing.T) {
	f := newCase(t)
	put(t, beginScan(t, f, "one"), stills("one", 0, 12)...)
	want := answers(t, likeness(t, f), "003.jpg", "011.jpg")
	dir := f.path(cacheName, likenessName)
	for name, harm := range map[string]func() error{
		"one bit": func() error {
			damage(t, segmentFiles(t, f)[0], func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
			return nil
		},
		"cut":           func() error { return os.Truncate(segmentFiles(t, f)[0], 100) },
		"emptied":       func() error { return os.Truncate(segmentFiles(t, f)[0], 0) },
		"no list":       func() error { return os.Remove(filepath.Join(dir, segmentList)) },
		"a broken list": func() error { return os.WriteFile(filepath.Join(dir, segmentList), []byte("[{"), 0o600) },
		"a foreign name": func() error {
			return os.WriteFile(filepath.Join(dir, segmentList), []byte(`[{"file":"../pictures.db"}]`), 0o600)
		},
		"a foreign file": func() error { return os.WriteFile(filepath.Join(dir, "0000.segment"), []byte("x"), 0o600) },
		"half written":   func() error { return os.WriteFile(filepath.Join(dir, "1.part"), []byte("x"), 0o600) },
		"no folder":      func() error { return os.RemoveAll(dir) },
	} {
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		if got := answers(t, likeness(t, f), "003.jpg", "011.jpg"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
		if files := segmentFiles(t, f); len(files) != 1 || !strings.HasSuffix(files[0], segmentSuffix) {
			t.Errorf("%s: the folder holds %v", name, files)
		} else if b, err := os.ReadFile(files[0]); err != nil || segmentDigest(sumOf(b))+segmentSuffix != filepath.Base(files[0]) {
			t.Errorf("%s: what is in use is not what was written (%v)", name, err)
		}
	}
}

// Keypoints that were made anew take the place of those that were indexed.
func TestLikenessOfItemsExaminedAgain(t *testing.T) {
	f := newCase(t)
	put(t, beginScan(t, f, "one"), stills("one", 0, 3)...)
	likeness(t, f)
	changed := still("one", "001.jpg")
	changed.Item.Frames[0].Features = keypoints("other", 60)
	put(t, beginScan(t, f, "one"), changed)
	d := likeness(t, f)
	if finds(t, d, "001.jpg") || !finds(t, d, "002.jpg") {
		t.Error("the index has the keypoints of before")
	}
	if got := answers(t, d, "other")["other"]; len(got) == 0 || got[0].Key != digestOf("001.jpg").Key(0) {
		t.Errorf("the new keypoints are not found: %v", got)
	}
}

// Keypoints that the cache lost cost their picture its place until a scan has
// made them again; a picture without any is no reason to look again.
func TestLikenessWithoutTheCache(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	flat := still("one", "flat.jpg")
	flat.Item.Frames[0].Features = keypoints("flat.jpg", 0)
	put(t, beginScan(t, f, "one"), append(stills("one", 0, 3), flat)...)
	lost := digestOf("001.jpg")
	if _, err := f.cache.writer.Exec("UPDATE features SET entries = zeroblob(length(entries)) WHERE digest = ?", string(lost)); err != nil {
		t.Fatal(err)
	}
	d := likeness(t, f)
	if finds(t, d, "001.jpg") || !finds(t, d, "002.jpg") {
		t.Error("keypoints that are not what was examined are searched")
	}
	if done, err := f.Examined(ctx, lost, "v1", false); err != nil || done {
		t.Errorf("lost keypoints count as examined: %v", err)
	}
	if done, err := f.Examined(ctx, digestOf("flat.jpg"), "v1", false); err != nil || !done {
		t.Errorf("a picture without keypoints is to be examined again: %v", err)
	}
	put(t, beginScan(t, f, "one"), still("one", "001.jpg"))
	if d := likeness(t, f); !finds(t, d, "001.jpg") {
		t.Error("keypoints that were made again are not searched")
	}
	if set, err := f.Features(ctx, digestOf("flat.jpg"), 0); err != nil || len(set.Points) != 0 {
		t.Errorf("got %+v, %v", set, err)
	}
	if _, err := f.Features(ctx, digestOf("nothing"), 0); !errors.Is(err, ErrUnknownItem) {
		t.Errorf("got %v", err)
	}
}

// What a search remembered is kept for the program that wrote it, as long as
// every item has the frames that it had.
func TestVerdicts(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	s := beginScan(t, f, "one")
	put(t, s, stills("one", 0, 3)...)
	a := digestOf("000.jpg")
	keep := func(by, text string) {
		t.Helper()
		if err := f.KeepVerdicts(ctx, by, []Verdicts{{a, []byte(text)}, {digestOf("002.jpg"), make([]byte, maxVerdicts+1)}}); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(by, want string) {
		t.Helper()
		if got, err := f.Verdicts(ctx, by, a); err != nil || string(got) != want {
			t.Errorf("by %s: got %q, %v, want %q", by, got, err, want)
		}
	}
	wants("m1", "")
	keep("m1", "it is alone")
	wants("m1", "it is alone")
	wants("m2", "")
	if got, err := f.Verdicts(ctx, "m1", digestOf("002.jpg")); err != nil || got != nil {
		t.Errorf("verdicts beyond the bound: %d, %v", len(got), err)
	}
	put(t, s, stills("one", 1, 5)...) // as they were, and new ones
	wants("m1", "it is alone")
	f = reopen(t, f, nil)
	wants("m1", "it is alone")
	other := still("one", "001.jpg")
	other.Item.Frames[0].Thumb = []byte("another")
	put(t, beginScan(t, f, "one"), other)
	wants("m1", "")

	keep("m1", "it is alone")
	f = reopen(t, f, func(o *Options) { o.ReadOnly = true })
	wants("m1", "it is alone")
	if err := f.KeepVerdicts(ctx, "m1", nil); !errors.Is(err, ErrReadOnly) {
		t.Errorf("written for reading: %v", err)
	}
	if err := os.RemoveAll(f.path(cacheName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

func TestKeyLeadsBack(t *testing.T) {
	d := digestOf("a")
	if k := d.Key(1_234_000_000); fmt.Sprintf("%x", k) != string(d[:24])+"000004d2" {
		t.Errorf("got %x", k)
	}
}
