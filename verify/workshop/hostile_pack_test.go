package workshop

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/firsthand-media/firsthand/verify/exercise"
)

func TestOlderBag(t *testing.T) {
	p := flood()
	p.Exercise.Media = slices.DeleteFunc(p.Exercise.Media, func(m exercise.Medium) bool { return strings.Contains(m.Path, "%") }) // which older bags write otherwise
	b := bagOf(t, packed(t, p))
	b["bagit.txt"] = bytes.Replace(b["bagit.txt"], []byte("1.0"), []byte("0.97"), 1)
	wantRefused(t, zipped(t, b.sealed().entries("the-flood/")...), "version 0.97")
}

// Whatever single byte is changed, the pack is refused or says the same as
// before: some bytes of a zip, as who made it, mean nothing.
func TestChangedByte(t *testing.T) {
	path := packed(t, flood())
	raw, err := os.ReadFile(path)
	must(t, err)
	whole, err := Open(path)
	must(t, err)
	refused, tried := 0, 0
	changed := onDisk(t, raw)
	for at := 0; at < len(raw); at += 307 {
		raw[at] ^= 0x15
		must(t, os.WriteFile(changed, raw, 0o600))
		raw[at] ^= 0x15
		p, err := Open(changed)
		if tried++; err != nil {
			refused++
			if !errors.Is(err, ErrNoPack) {
				t.Errorf("byte %d: %v", at, err)
			}
			continue
		}
		if p.digest != whole.digest || !bytes.Equal(p.sealed, whole.sealed) || !reflect.DeepEqual(p.exercise, whole.exercise) || !reflect.DeepEqual(p.places, whole.places) {
			t.Errorf("byte %d: the pack opens as another", at)
		}
	}
	if refused < tried*9/10 {
		t.Errorf("of %d changes %d were noticed", tried, refused)
	}
}

// A byte that is changed in any file of the pack is noticed, whether the zip's
// own sums are mended or not.
func TestChangedFile(t *testing.T) {
	whole := bagOf(t, packed(t, flood()))
	for name := range whole {
		for _, at := range []int{0, len(whole[name]) / 2, len(whole[name]) - 1} {
			b := maps.Clone(whole)
			b[name] = bytes.Clone(b[name])
			b[name][at] ^= 1
			if name == "tagmanifest-sha256.txt" && at == len(b[name])-1 {
				continue // the line end of the one file that none lists
			}
			t.Run(fmt.Sprint(name, at), func(t *testing.T) { wantRefused(t, zipped(t, b.entries("the-flood/")...), "") })
		}
	}
}

func TestPacksThatAreWrongInside(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(bag)
		want  string
	}{
		"a file that no manifest lists":  {func(b bag) { b.sealed()["data/media/camera/more.jpg"] = []byte("x") }, "manifest-sha256.txt does not list"},
		"a file that is not there":       {func(b bag) { delete(b.sealed(), "data/media/camera/bridge.jpg") }, "is not in the bag"},
		"a file that the exercise lacks": {func(b bag) { b["data/media/camera/more.jpg"] = []byte("x"); b.sealed() }, "is not of its exercise"},
		"a file less than the exercise":  {func(b bag) { delete(b, "data/media/camera/bridge.jpg"); b.sealed() }, "is missing"},
		"another file in its place":      {func(b bag) { b["data/media/camera/bridge.jpg"] = []byte("x"); b.sealed() }, "is not the file that the exercise names"},
		"payload beside the media":       {func(b bag) { b["data/run.exe"] = []byte("x"); b.sealed() }, "is not of its exercise"},
		"a file beside the payload":      {func(b bag) { b["autorun.inf"] = []byte("x"); b.sealed() }, "beside data it holds"},
		"something to be fetched":        {func(b bag) { b["fetch.txt"] = []byte("https://example.org/x - data/x\n"); b.sealed() }, "fetch.txt"},
		"no exercise":                    {func(b bag) { delete(b, "data/exercise.json"); b.sealed() }, "exercise.json"},
		"no key":                         {func(b bag) { delete(b, "data/key.age"); b.sealed() }, "key.age"},
		"no tag manifest":                {func(b bag) { delete(b.sealed(), "tagmanifest-sha256.txt") }, "beside data it holds"},
		"an empty tag manifest":          {func(b bag) { b.sealed()["tagmanifest-sha256.txt"] = nil }, "does not list"},
		"weak sums alone":                {func(b bag) { b["manifest-md5.txt"] = nil; delete(b.sealed(), "manifest-sha256.txt") }, ""},
		"places that are none":           {func(b bag) { b["data/places.csv"] = []byte("name,latitude,longitude\nx,91,0\n"); b.sealed() }, "places.csv"},
		"an exercise of spaces":          {func(b bag) { b["data/exercise.json"] = spaces(b["data/exercise.json"], 9<<20); b.sealed() }, ""},
		"a deep exercise":                {func(b bag) { b["data/exercise.json"] = bytes.Repeat([]byte("["), 1<<20); b.sealed() }, "exercise.json"},
		"an exercise with more in it": {func(b bag) {
			b["data/exercise.json"] = bytes.Replace(b["data/exercise.json"], []byte("{"), []byte("{\n \"x\": 1,"), 1)
			b.sealed()
		}, "not as this version"},
		"an exercise with a key twice": {func(b bag) {
			b["data/exercise.json"] = bytes.Replace(b["data/exercise.json"], []byte("{"), []byte("{\n \"level\": 3,"), 1)
			b.sealed()
		}, "not as this version"},
		"an exercise that is none": {func(b bag) {
			b["data/exercise.json"] = bytes.Replace(b["data/exercise.json"], []byte(`"level": 2`), []byte(`"level": 9`), 1)
			b.sealed()
		}, "level 9"},
		"a file of another size than listed": {func(b bag) {
			size := regexp.MustCompile(`"size": \d+`)
			b["data/exercise.json"] = bytes.Replace(b["data/exercise.json"], size.Find(b["data/exercise.json"]), []byte(`"size": 7`), 1)
			b.sealed()
		}, "is not the file that the exercise names"},
		"an exercise that is null": {func(b bag) { b["data/exercise.json"] = []byte("null\n"); b.sealed() }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := bagOf(t, packed(t, flood()))
			c.spoil(b)
			wantRefused(t, zipped(t, b.entries("the-flood/")...), c.want)
		})
	}
}

func TestKeyOfAnotherPack(t *testing.T) {
	other := flood()
	other.Exercise.Level = 3
	a, b := bagOf(t, packed(t, flood())), bagOf(t, packed(t, other))
	a["data/key.age"] = b["data/key.age"]
	p, err := Open(onDisk(t, zipped(t, a.sealed().entries("the-flood/")...)))
	must(t, err)
	if _, err := p.Unseal(told); !errors.Is(err, ErrOtherPack) {
		t.Errorf("got %v", err)
	}
}

func TestKeysThatAreNone(t *testing.T) {
	whole := bagOf(t, packed(t, flood()))
	// A key that somebody made to keep a laptop busy for hours.
	hard := bytes.Replace(whole["data/key.age"], []byte(" 2\n"), []byte(" 19\n"), 1)
	if bytes.Equal(hard, whole["data/key.age"]) {
		t.Fatal("the work factor was not found")
	}
	identity, err := age.GenerateX25519Identity()
	must(t, err)
	var forOne bytes.Buffer
	w, err := age.Encrypt(&forOne, identity.Recipient())
	must(t, err)
	must(t, w.Close())
	text := func(s string) []byte {
		to, err := age.NewScryptRecipient(plainPassphrase(told))
		must(t, err)
		to.SetWorkFactor(2)
		var b bytes.Buffer
		w, err := age.Encrypt(&b, to)
		must(t, err)
		_, err = w.Write([]byte(s))
		must(t, err)
		must(t, w.Close())
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		key  []byte
		want string
	}{
		"too much work":   {hard, "work factor"},
		"for one person":  {forOne.Bytes(), "cannot be read"},
		"cut off":         {whole["data/key.age"][:len(whole["data/key.age"])-20], "cannot be read"},
		"no key at all":   {[]byte("age-encryption.org/v1\n"), "cannot be read"},
		"empty":           {nil, "cannot be read"},
		"no JSON":         {text("the answer is: the camera"), "key.age"},
		"deep":            {text(strings.Repeat("[", 1<<20)), "key.age"},
		"a key twice":     {text(`{"format": 1, "format": 1, "pack": "", "tasks": []}`), "twice"},
		"more than a key": {text(`{"format": 1, "pack": "", "tasks": [], "path": "/etc"}`), "unknown field"},
	} {
		t.Run(name, func(t *testing.T) {
			b := maps.Clone(whole)
			b["data/key.age"] = c.key
			p, err := Open(onDisk(t, zipped(t, b.sealed().entries("the-flood/")...)))
			must(t, err)
			_, err = p.Unseal(told)
			if err == nil || errors.Is(err, ErrPassphrase) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, c.want)
			}
		})
	}
}
