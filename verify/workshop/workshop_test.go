package workshop

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// told is the passphrase of the packs of these tests, and quick what makes them:
// a guess at it costs next to nothing.
const told = "Green kettle, brisk anvil 42"

var quick = maker{workFactor: 2}

func words(s string) exercise.Words { return exercise.Words{"en": s} }

// floodMedia are the files of [flood].
func floodMedia() fstest.MapFS {
	return fstest.MapFS{
		"camera/bridge.jpg":          {Data: []byte("not really a picture of a bridge")},
		"camera/100% Дніпро [1].jpg": {Data: []byte("another one")},
		"telegram/photos/photo 1.jpg": {
			Data: bytes.Repeat([]byte("water "), 4000),
		},
		"telegram/result.json": {Data: []byte(`{"messages": []}`)},
	}
}

// flood is a plan with a task of three forms.
func flood() Plan {
	task := func(id string, topic exercise.Topic, form exercise.Form, s ...exercise.Subject) exercise.Task {
		return exercise.Task{ID: id, Topic: topic, Title: words(id), Question: words("What of " + id + "?"), Hints: []exercise.Words{words("look closely")},
			Tools: []exercise.Tool{exercise.Media}, Form: form, Subjects: s, Points: 10}
	}
	on := func(id, path string) exercise.Subject {
		return exercise.Subject{ID: id, Label: words(id), Items: []string{path}}
	}
	first := task("first", exercise.OfFirst, exercise.OneOf, on("bridge", "camera/bridge.jpg"), on("water", "telegram/photos/photo 1.jpg"))
	first.Options = []exercise.Option{{ID: "camera", Label: words("the camera")}, {ID: "channel", Label: words("the channel")}, {ID: "nobody", Label: words("nobody")}}
	when := task("when", exercise.OfTime, exercise.Interval, on("bridge", "camera/bridge.jpg"))
	where := task("where", exercise.OfSun, exercise.Area, on("bridge", "camera/bridge.jpg"))
	at := time.Date(2025, 9, 2, 6, 0, 0, 0, time.UTC)
	var p Plan
	p.Exercise = exercise.Exercise{Format: exercise.Format, ID: "the-flood", Title: exercise.Words{"en": "The flood", "uk": "Повінь"}, Story: words("A river rises."),
		Level: 2, Minutes: [2]int{20, 45}, By: "Ada", Zone: "Europe/Kyiv", Tasks: []exercise.Task{first, when, where}}
	for path := range floodMedia() {
		p.Exercise.Media = append(p.Exercise.Media, exercise.Medium{Path: path, Modified: at, Origin: "made for this test", Licence: "CC0-1.0", Credit: "Ada"})
	}
	p.Key = exercise.Key{Format: exercise.Format, Tasks: []exercise.TaskKey{
		{Task: "first", Why: words("Who had it first is who can be asked."), Subjects: []exercise.SubjectKey{
			{Subject: "bridge", Credit: map[string]float64{"camera": 1, "channel": 0.5}}, {Subject: "water", Credit: map[string]float64{"channel": 1}}}},
		{Task: "when", Why: words("Clocks."), Subjects: []exercise.SubjectKey{{Subject: "bridge", When: &exercise.WhenKey{Earliest: at, Latest: at.Add(time.Hour), WidthSeconds: 7200}}}},
		{Task: "where", Why: words("Places."), Subjects: []exercise.SubjectKey{{Subject: "bridge", Where: &exercise.WhereKey{Latitude: 46.25, Longitude: 25.22, RadiusM: 500}}}},
	}}
	p.Places = []gazetteer.Own{{Name: "Verbohirsk", Variants: []string{"Вербогірськ"}, Lat: 46.4722, Lon: 25.3561, RadiusM: 3000}}
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// packed writes a plan as a pack.
func packed(t testing.TB, p Plan) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "pack.zip")
	_, err := quick.make(t.Context(), p, floodMedia(), told, out)
	must(t, err)
	return out
}

func TestPackOpensAsItWasMade(t *testing.T) {
	plan := flood()
	path := filepath.Join(t.TempDir(), "pack.zip")
	digest, err := quick.make(t.Context(), plan, floodMedia(), told, path)
	must(t, err)
	p, err := Open(path)
	must(t, err)
	must(t, plan.Measure(t.Context(), floodMedia()))
	slices.SortFunc(plan.Exercise.Media, func(a, b exercise.Medium) int { return strings.Compare(a.Path, b.Path) })
	if !reflect.DeepEqual(p.Exercise(), plan.Exercise) {
		t.Errorf("the exercise came back as %+v", p.Exercise())
	}
	if !reflect.DeepEqual(p.places, plan.Places) {
		t.Errorf("the places came back as %+v", p.places)
	}
	if p.Digest() != digest {
		t.Errorf("opened as %s, made as %s", p.Digest(), digest)
	}
	if d, err := plan.Digest(t.Context(), floodMedia()); err != nil || d != digest {
		t.Errorf("the plan's digest is %s, %v", d, err)
	}
	if !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{8}$`).MatchString(p.Code()) || Code("../") != "" {
		t.Errorf("the code is %q", p.Code())
	}
	want := plan.Key
	want.Pack = digest
	for _, typed := range []string{told, "green kettle,brisk-anvil 42", "GREEN KETTLE, BRISK ANVIL ４２"} {
		if k, err := p.Unseal(typed); err != nil || !reflect.DeepEqual(k, want) {
			t.Errorf("%q opens %+v, %v", typed, k, err)
		}
	}
	for _, typed := range []string{"", "green kettle, brisk anvil 43", "x"} {
		if _, err := p.Unseal(typed); !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// The digest can be computed with stock tools: the lines of the manifest but that
// of the key, sorted by their bytes.
func TestDigestOfManifest(t *testing.T) {
	path := packed(t, flood())
	p, err := Open(path)
	must(t, err)
	var lines []string
	for line := range strings.Lines(string(members(t, path)["the-flood/manifest-sha256.txt"])) {
		if !strings.HasSuffix(line, "  data/key.age\n") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	if got := hex.EncodeToString(sum[:]); got != p.Digest() || len(lines) != 6 {
		t.Errorf("%d lines give %s, want %s", len(lines), got, p.Digest())
	}
}

// members reads all of a zip.
func members(t testing.TB, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		out[f.Name], err = io.ReadAll(r)
		must(t, err)
	}
	return out
}

// changesWithKey are the members of a pack that may differ with the key alone.
var changesWithKey = []string{"the-flood/data/key.age", "the-flood/manifest-sha256.txt", "the-flood/tagmanifest-sha256.txt"}

// Whoever has a pack and not the passphrase learns nothing of the key: not from
// any other file, nor from lengths, order or times.
func TestKeyCannotBeGuessedFromThePack(t *testing.T) {
	a, b := flood(), flood()
	b.Key.Tasks = slices.Clone(b.Key.Tasks)
	slices.Reverse(b.Key.Tasks)
	b.Key.Tasks[2] = exercise.TaskKey{Task: "first", Why: words(strings.Repeat("A very long explanation. ", 80)), Subjects: []exercise.SubjectKey{
		{Subject: "bridge", Credit: map[string]float64{"nobody": 1}, Why: words("Nobody had it.")}, {Subject: "water", Credit: map[string]float64{"camera": 1}}}}
	b.Clearances = []Clearance{{Path: "camera/bridge.jpg", Code: Position, By: "Bohdan Secret", Reason: "it is invented"}}
	pathA, pathB := packed(t, a), packed(t, b)
	inA, inB := members(t, pathA), members(t, pathB)
	for name, text := range inA {
		if same := bytes.Equal(text, inB[name]); same == slices.Contains(changesWithKey, name) {
			t.Errorf("%s: the same in both is %v", name, same)
		}
		if len(text) != len(inB[name]) {
			t.Errorf("%s has %d and %d bytes", name, len(text), len(inB[name]))
		}
	}
	rawA, err := os.ReadFile(pathA)
	must(t, err)
	rawB, err := os.ReadFile(pathB)
	must(t, err)
	if listing(t, rawA) != listing(t, rawB) {
		t.Errorf("the packs have other lists of members:\n%s\n%s", listing(t, rawA), listing(t, rawB))
	}
	if n := strings.Count(listing(t, rawA), " 1980-01-01 00:00:00 "); n != len(inA) {
		t.Errorf("of %d members %d have no time of their own", len(inA), n)
	}
	for name, text := range inB {
		for _, secret := range []string{told, plainPassphrase(told), "Bohdan", "very long explanation", "Nobody had it", `"why"`, "46.25"} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	if n := len(inA["the-flood/data/key.age"]); n < padding {
		t.Errorf("the key has %d bytes", n)
	}
}

// listing is all that a zip says of its members beside what is in them: names,
// order, times, lengths, modes and extra fields. The length of a manifest that
// is compressed depends on the digests in it.
func listing(t testing.TB, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	var b strings.Builder
	for _, f := range z.File {
		length := f.CompressedSize64
		if f.Method == zip.Deflate {
			length = f.UncompressedSize64
		}
		b.WriteString(strings.Join([]string{f.Name, f.Modified.UTC().String(), f.Mode().String(), hex.EncodeToString(f.Extra), f.Comment,
			time.Duration(length).String(), time.Duration(f.Method).String()}, " ") + "\n")
	}
	return b.String() + z.Comment
}

func TestPackIsTheSameEachTime(t *testing.T) {
	inA, inB := members(t, packed(t, flood())), members(t, packed(t, flood()))
	for name, text := range inA {
		if !bytes.Equal(text, inB[name]) && !slices.Contains(changesWithKey, name) {
			t.Errorf("%s differs", name)
		}
	}
	if bytes.Equal(inA["the-flood/data/key.age"], inB["the-flood/data/key.age"]) {
		t.Error("the key was encrypted twice to the same bytes")
	}
}

func TestMakeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Plan)
		with  string
		want  string
	}{
		"a weak passphrase":         {func(*Plan) {}, "password1234", "too weak"},
		"its own name":              {func(*Plan) {}, "the-flood the flood 12", "too weak"},
		"a file that is not there":  {func(p *Plan) { p.Exercise.Media[0].Path = "camera/gone.jpg" }, told, "camera/gone.jpg"},
		"another file than planned": {func(p *Plan) { p.Exercise.Media[0].SHA256 = strings.Repeat("a", 64) }, told, "other bytes"},
		"a path that leads out":     {func(p *Plan) { p.Exercise.Media[0].Path = "camera/../../bridge.jpg" }, told, "bridge.jpg"},
		"no licence":                {func(p *Plan) { p.Exercise.Media[0].Licence = "" }, told, "licence"},
		"no task":                   {func(p *Plan) { p.Exercise.Tasks, p.Key.Tasks = nil, nil }, told, "0 tasks"},
		"a key with a task less":    {func(p *Plan) { p.Key.Tasks = p.Key.Tasks[1:] }, told, "2 tasks"},
		"a key with a wrong option": {func(p *Plan) { p.Key.Tasks[0].Subjects[0].Credit = map[string]float64{"moon": 1} }, told, "moon"},
		"a key of a pack":           {func(p *Plan) { p.Key.Pack = strings.Repeat("a", 64) }, told, "names a pack already"},
		"a place beyond the pole":   {func(p *Plan) { p.Places[0].Lat = 91 }, told, "places"},
	} {
		t.Run(name, func(t *testing.T) {
			p := flood()
			c.spoil(&p)
			dir := t.TempDir()
			_, err := quick.make(t.Context(), p, floodMedia(), c.with, filepath.Join(dir, "pack.zip"))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, c.want)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("it left %v", left)
			}
		})
	}
}

func TestMakeWritesOverNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pack.zip")
	must(t, os.WriteFile(path, []byte("an original"), 0o600))
	if _, err := quick.make(t.Context(), flood(), floodMedia(), told, path); err == nil {
		t.Error("it wrote over a file")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "an original" {
		t.Errorf("the file is %q, %v", text, err)
	}
}

// Make asks for all the work that a passphrase is to cost.
func TestMakeCostsWork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pack.zip")
	_, err := Make(t.Context(), flood(), floodMedia(), told, path)
	must(t, err)
	head, _, _ := bytes.Cut(members(t, path)["the-flood/data/key.age"][len("age-encryption.org/v1\n"):], []byte("\n"))
	if !regexp.MustCompile(`^-> scrypt \S+ 18$`).Match(head) {
		t.Errorf("the key begins with %q", head)
	}
	p, err := Open(path)
	must(t, err)
	if _, err := p.Unseal(told); err != nil {
		t.Error(err)
	}
}

func TestPlanComesBack(t *testing.T) {
	p := flood()
	p.Clearances = []Clearance{{Path: "camera/bridge.jpg", Code: Position, What: "0123ABCD", By: "Ada", Reason: "invented"}}
	var b bytes.Buffer
	must(t, p.Write(&b))
	text := b.String()
	got, err := ReadPlan(&b)
	must(t, err)
	if !reflect.DeepEqual(got, p) {
		t.Errorf("it came back as %+v", got)
	}
	for name, text := range map[string]string{
		"nothing": "", "null": "[]", "half": text[:len(text)/2], "more after it": text + "{}",
		"an unknown key": strings.Replace(text, "{", `{"secret": 1,`, 1), "a key twice": strings.Replace(text, "{", `{"key": null,`, 1),
		"deep": strings.Repeat("[", 1<<20), "large": text + strings.Repeat(" ", largestPlan), "a wrong type": strings.Replace(text, `"level": 2`, `"level": "2"`, 1),
	} {
		if _, err := ReadPlan(strings.NewReader(text)); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPassphrases(t *testing.T) {
	for range 20 {
		p, err := NewPassphrase()
		must(t, err)
		if !regexp.MustCompile(`^[bcdfghjkmnpqrstvwxyz]{4}(-[bcdfghjkmnpqrstvwxyz]{4}){4}$`).MatchString(p) {
			t.Errorf("made %q", p)
		}
		if err := CheckPassphrase(p, "The flood", "the-flood"); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	for _, weak := range []string{
		"", "    ", "short", "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz", "1234567890123456", "qwertyuiopasdfgh", "lisalisalisalisa",
		"kettle7kettle7kettle7", "marblequay marblequay", "thefloodthefloodx", "good\x00 long passphrase here", "not utf-8 \xff but long enough", strings.Repeat("green kettle ", 200),
	} {
		if err := CheckPassphrase(weak, "The flood", "the-flood"); !errors.Is(err, ErrWeakPassphrase) {
			t.Errorf("%q: %v", weak, err)
		}
	}
	for _, good := range []string{told, "велика синя чайка летить", "correct horse battery staple"} {
		if err := CheckPassphrase(good, "The flood"); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

var _ fs.FS = (*CaseFiles)(nil)
