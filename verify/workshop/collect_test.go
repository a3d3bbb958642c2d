package workshop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// room is a pack, its key, and the folder that its learners hand in to.
type room struct {
	*testing.T
	pack *Pack
	key  exercise.Key
	dir  string
}

func newRoom(t *testing.T) room {
	t.Helper()
	p, err := Open(packed(t, flood()))
	must(t, err)
	k, err := p.Unseal(told)
	must(t, err)
	return room{t, p, k, t.TempDir()}
}

// handIn is what a learner hands in whose ledger has so many entries.
func (r room) handIn(name string, entries int64, answers ...exercise.Answer) exercise.HandIn {
	return exercise.HandIn{Format: exercise.Format, Exercise: "the-flood", Pack: r.pack.Digest(), Name: name, Minutes: 31, Hints: map[string]int{"first": 1}, Answers: answers,
		Ledger: exercise.Head{Size: entries, Root: fmt.Sprintf("%064x", len(name)*1000+int(entries))}}
}

func chose(subject, option string) exercise.Answer {
	return exercise.Answer{Task: "first", Subject: subject, Chosen: []string{option}}
}

// put writes a file of answers.
func (r room) put(file string, h exercise.HandIn) {
	r.Helper()
	var b bytes.Buffer
	must(r.T, h.Write(&b))
	r.write(file, b.Bytes())
}

func (r room) write(file string, text []byte) {
	r.Helper()
	must(r.T, os.WriteFile(filepath.Join(r.dir, file), text, 0o600))
}

func (r room) collect() *Collection {
	r.Helper()
	c, err := Collect(r.Context(), r.dir, r.pack, r.key)
	must(r.T, err)
	return c
}

// wantRefused wants one file refused with these words, and nobody counted.
func (r room) wantRefused(file, want string) {
	r.Helper()
	c := r.collect()
	if len(c.Learners) > 0 || len(c.Refused) != 1 {
		r.Fatalf("%d learners, refused %v", len(c.Learners), c.Refused)
	}
	say := locale.For("en").Say(c.Refused[0].Why)
	if c.Refused[0].File != file || !strings.Contains(say, want) || strings.Contains(say, "\n") || strings.Contains(say, "{") {
		r.Errorf("%s: %s, want %q", c.Refused[0].File, say, want)
	}
}

func TestCollect(t *testing.T) {
	r := newRoom(t)
	at := time.Date(2025, 9, 2, 6, 0, 0, 0, time.UTC)
	r.put("a.answers.json", r.handIn("Олена", 10, chose("bridge", "camera"), chose("water", "channel")))
	r.put("b.ANSWERS.json", r.handIn("Bo", 10, chose("bridge", "camera"), chose("water", "camera"),
		exercise.Answer{Task: "when", Subject: "bridge", When: &exercise.When{Earliest: at, Latest: at.Add(time.Hour)}}))
	r.put("c.answers.json", r.handIn("Cyril", 10))
	r.write("notes.txt", []byte("not answers"))
	r.write("answers.json", []byte("not answers either"))
	c := r.collect()
	if len(c.Refused) > 0 || len(c.Learners) != 3 || c.Learners[0].Name != "Bo" || c.Learners[2].Name != "Олена" {
		t.Fatalf("%+v", c)
	}
	if got := []float64{c.Learners[0].Score.Points, c.Learners[1].Score.Points, c.Learners[2].Score.Points}; got[0] != 15 || got[1] != 0 || got[2] != 10 {
		t.Errorf("points %v", got)
	}
	if l := c.Learners[0]; l.File != "b.ANSWERS.json" || l.Minutes != 31 || l.Hints["first"] != 1 || len(l.Answers) != 3 || l.Ledger.Size != 10 {
		t.Errorf("%+v", l)
	}
	first := c.Tasks[0]
	if first.Answered["bridge"] != 2 || first.Counts["bridge"]["camera"] != 2 || first.Counts["water"]["channel"] != 1 || first.Mean != 5 || first.Of != 10 {
		t.Errorf("%+v", first)
	}
	if n, ok := first.Counts["bridge"]["nobody"]; n != 0 || !ok {
		t.Errorf("an option that nobody chose is not there: %v", first.Counts)
	}
	if first.Agreement.Task != "first" || first.Agreement.Learners != 2 || c.Tasks[2].Answered["bridge"] != 0 {
		t.Errorf("%+v", c.Tasks)
	}
}

func TestCollectFromAnEmptyFolder(t *testing.T) {
	r := newRoom(t)
	if c := r.collect(); len(c.Learners) != 0 || len(c.Tasks) != 3 || c.Tasks[0].Mean != 0 {
		t.Errorf("%+v", c)
	}
	if _, err := Collect(t.Context(), filepath.Join(r.dir, "gone"), r.pack, r.key); err == nil {
		t.Error("a folder that is not there was read")
	}
	key := r.key
	key.Pack = strings.Repeat("a", 64)
	if _, err := Collect(t.Context(), r.dir, r.pack, key); !errors.Is(err, ErrOtherPack) {
		t.Errorf("with the key of another pack: %v", err)
	}
}

func TestCollectRefuses(t *testing.T) {
	whole := newRoom(t)
	var b bytes.Buffer
	must(t, whole.handIn("Bo", 10, chose("bridge", "camera")).Write(&b))
	text := b.String()
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                 {"", "damaged"},
		"no JSON":                 {"PK\x03\x04", "damaged"},
		"half of it":              {text[:len(text)/2], "damaged"},
		"huge":                    {text + strings.Repeat(" ", exercise.LargestHandIn), "damaged"},
		"deep":                    {strings.Repeat(`{"answers":[`, 50_000), "damaged"},
		"a wrong type":            {strings.Replace(text, `"minutes": 31`, `"minutes": {}`, 1), "damaged"},
		"a name with a path":      {strings.Replace(text, `"Bo"`, `"Bo\u0000/../../etc"`, 1), "damaged"},
		"a name in disguise":      {strings.Replace(text, `"Bo"`, `"\u202eoB"`, 1), "damaged"},
		"a name with a colour":    {strings.Replace(text, `"Bo"`, `"\u001b[31mBo"`, 1), "damaged"},
		"a name of 10,000 pages":  {strings.Replace(text, `"Bo"`, `"`+strings.Repeat("x", 500_000)+`"`, 1), "damaged"},
		"an unknown task":         {strings.Replace(text, `"task": "first"`, `"task": "../x"`, 1), "damaged"},
		"an unknown option":       {strings.Replace(text, `"camera"`, `"moon"`, 1), "damaged"},
		"more hints than are":     {strings.Replace(text, `"first": 1`, `"first": 99`, 1), "damaged"},
		"negative minutes":        {strings.Replace(text, "31", "-31", 1), "damaged"},
		"another exercise":        {strings.Replace(text, `"exercise": "the-flood"`, `"exercise": "the-mill"`, 1), "another exercise: the-mill"},
		"another pack":            {strings.Replace(text, whole.pack.Digest(), strings.Repeat("a", 64), 1), "another pack, with the code " + Code(strings.Repeat("a", 64))},
		"a pack that is a path":   {strings.Replace(text, whole.pack.Digest(), "../../../etc/passwd", 1), ""},
		"an exercise with a path": {strings.Replace(text, `"exercise": "the-flood"`, `"exercise": "../the-flood"`, 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if c.text == text {
				t.Fatal("nothing was changed")
			}
			r := room{t, whole.pack, whole.key, t.TempDir()}
			r.write("x.answers.json", []byte(c.text))
			r.wantRefused("x.answers.json", c.want)
		})
	}
}

func TestCollectOpensNoLinksFoldersOrPipes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this system makes none of these for everybody")
	}
	outside := filepath.Join(t.TempDir(), "answers")
	for name, lay := range map[string]func(r room, path string) error{
		"a link out": func(r room, path string) error {
			r.put("../"+filepath.Base(r.dir)+".json", r.handIn("Bo", 1))
			return os.Symlink(filepath.Join("..", filepath.Base(r.dir)+".json"), path)
		},
		"a link inside": func(r room, path string) error {
			r.put("bo.json", r.handIn("Bo", 1))
			return os.Symlink("bo.json", path)
		},
		"a link to nothing": func(_ room, path string) error { return os.Symlink(outside, path) },
		"a folder":          func(_ room, path string) error { return os.Mkdir(path, 0o700) },
		"a pipe":            func(r room, path string) error { return makePipe(r.T, path) },
		"a socket": func(r room, path string) error {
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
			if err == nil {
				r.Cleanup(func() { l.Close() })
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			whole := newRoom(t)
			dir, err := os.MkdirTemp("", "w") // short, for a socket's name is
			must(t, err)
			t.Cleanup(func() { os.RemoveAll(dir) })
			r := room{t, whole.pack, whole.key, filepath.Join(dir, "in")}
			must(t, os.Mkdir(r.dir, 0o700))
			must(t, lay(r, filepath.Join(r.dir, "x.answers.json")))
			r.wantRefused("x.answers.json", "never opened")
		})
	}
}

func TestCollectShowsNamesAsTheyAre(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this system takes none of these names")
	}
	r := newRoom(t)
	r.write("a\x1b[2J\u202e\n.answers.json", nil)
	r.wantRefused(`a\x1b[2J\u202e\n.answers.json`, "damaged")
}

func TestTwoOfOneName(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		second func(room) exercise.HandIn
		counts string
		want   string
	}{
		"handed in again":   {"b", func(r room) exercise.HandIn { return r.handIn("Bo", 20, chose("bridge", "camera")) }, "b", "handed in again later; b.answers.json counts"},
		"written otherwise": {"b", func(r room) exercise.HandIn { return r.handIn("ＢＯ", 20) }, "b", "handed in again later"},
		"an earlier one":    {"b", func(r room) exercise.HandIn { return r.handIn("bo", 5) }, "a", "a.answers.json counts"},
		"the same file":     {"b", func(r room) exercise.HandIn { return r.handIn("Bo", 10, chose("bridge", "channel")) }, "a", "copy of a.answers.json"},
		"another person": {"b", func(r room) exercise.HandIn {
			h := r.handIn("Bo", 10)
			h.Ledger.Root = strings.Repeat("c", 64)
			return h
		}, "a", "Two people are called Bo"},
		"a friend's, under a new": {"b", func(r room) exercise.HandIn { h := r.handIn("Bo", 10); h.Name = "Di"; return h }, "a", "with the same ledger"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			r.put("a.answers.json", r.handIn("Bo", 10, chose("bridge", "channel")))
			r.put(c.file+".answers.json", c.second(r))
			got := r.collect()
			if len(got.Learners) != 1 || got.Learners[0].File != c.counts+".answers.json" || len(got.Refused) != 1 {
				t.Fatalf("%+v", got)
			}
			if say := locale.For("en").Say(got.Refused[0].Why); !strings.Contains(say, c.want) {
				t.Errorf("%s, want %q", say, c.want)
			}
		})
	}
}

func TestCollectOfVeryManyFiles(t *testing.T) {
	r := newRoom(t)
	for i := range 10_000 {
		r.write(fmt.Sprintf("%05d.answers.json", i), []byte("{}"))
	}
	r.put("00000.answers.json", r.handIn("Bo", 1))
	c := r.collect()
	if len(c.Learners) != 1 || len(c.Refused) != mostHandIns {
		t.Fatalf("%d learners, %d refused", len(c.Learners), len(c.Refused))
	}
	if say := locale.For("en").Say(c.Refused[mostHandIns-1].Why); !strings.Contains(say, "8,000") && !strings.Contains(say, "8000") {
		t.Errorf("the last says %q", say)
	}
	root, err := os.OpenRoot(r.dir)
	must(t, err)
	defer root.Close()
	if _, err := handInNames(root, 9_999); err == nil || !strings.Contains(err.Error(), "holds more than 9999 files") {
		t.Errorf("got %v", err)
	}
}

func TestSave(t *testing.T) {
	r := newRoom(t)
	h := r.handIn("../../Олена/x", 10)
	one, err := Save(r.dir, h)
	must(t, err)
	two, err := Save(r.dir, h)
	must(t, err)
	if filepath.Base(one) != h.FileName() {
		t.Errorf("the first is %s, not %s", one, h.FileName())
	}
	if one == two || filepath.Dir(one) != r.dir || filepath.Dir(two) != r.dir || !strings.HasSuffix(two, "-2"+exercise.HandInSuffix) {
		t.Errorf("written to %s and %s", one, two)
	}
	f, err := os.Open(two)
	must(t, err)
	defer f.Close()
	if back, err := exercise.ReadHandIn(io.Reader(f)); err == nil && back.Name != h.Name {
		t.Errorf("%s came back", back.Name)
	}
	if runtime.GOOS != "windows" {
		must(t, os.Remove(one))
		victim := filepath.Join(t.TempDir(), "victim")
		must(t, os.Symlink(victim, one)) // as somebody lays on a shared stick
		if _, err := Save(r.dir, h); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(victim); err == nil {
			t.Error("it was written through a link")
		}
	}
	if _, err := Save(filepath.Join(r.dir, "gone"), h); err == nil {
		t.Error("a folder that is not there was written to")
	}
}
