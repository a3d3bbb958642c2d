package workshop

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// newsroom is a case as a trainer has one, with its files on disk.
type newsroom struct {
	*testing.T
	file *casefile.File
	dir  string
	scan *casefile.Scan
	rels map[string][]string
}

// files of the case: a camera's photo that says much of itself, a channel whose
// export speaks of two pictures, and pictures that people marked.
func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	dir := t.TempDir()
	file, err := newCase(filepath.Join(dir, "case"))
	must(t, err)
	t.Cleanup(func() { must(t, file.Close()) })
	n := &newsroom{T: t, file: file, dir: dir, rels: map[string][]string{}}
	n.scan, err = file.BeginScan(t.Context(), casefile.ScanInfo{Version: "v1", Sources: []source.Source{
		{Name: "camera", Dir: filepath.Join(dir, "camera")}, {Name: "channel", Dir: filepath.Join(dir, "channel")}}})
	must(t, err)
	photo, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "metadata", "camera.jpg"))
	must(t, err)
	lat, lon := 49.99355, 36.23042
	n.add("camera", "IMG_1.jpg", string(photo), func(it *verify.Item, _ *verify.Sighting) {
		it.Media.Places = []extract.Place{{Latitude: &lat, Longitude: &lon}}
		it.Media.Device.Serial = "0012345"
	})
	for _, name := range []string{"plain.jpg", "graphic.jpg", "copy.jpg", "faces.jpg", "sealed.jpg", "seen.jpg"} {
		n.add("camera", name, "picture "+name, nil)
	}
	said := func(text string) func(*verify.Item, *verify.Sighting) {
		return func(_ *verify.Item, s *verify.Sighting) {
			s.Account = "Veresk Watch"
			s.Records = []source.Record{{Format: "telegram-json", Sidecar: "result.json", Account: "Veresk Watch", ForwardedFrom: "Olena K.", Text: text, URL: "https://t.me/veresk/1"}}
		}
	}
	n.add("channel", "photo_1@02-09-2025_09-05-11.jpg", "picture one", said("Call +380 50 123 45 67 or write to olena@example.org, @olena_k"))
	n.add("channel", "photo_2.jpg", "picture two", said(""))
	n.lay("channel", "result.json", `{"messages": [{"from": "Olena", "text": "my number is +44 20 7946 0958"}]}`)
	for _, name := range []string{"camera", "channel"} {
		_, err := n.scan.SourceDone(t.Context(), casefile.SourceResult{Name: name, Present: n.rels[name]})
		must(t, err)
	}
	must(t, n.scan.End(t.Context(), nil))
	n.people()
	return n
}

// people say what is to be said of the pictures.
func (n *newsroom) people() {
	n.Helper()
	of := func(name string) verify.Digest { return n.digest("picture " + name) }
	must(n.T, n.file.ReplaceMatches(n.Context(), nil, []verify.Cluster{{ID: "C-1", Members: []string{"camera/copy.jpg", "camera/graphic.jpg"},
		Digests: []verify.Digest{of("copy.jpg"), of("graphic.jpg")}}}, casefile.RunInfo{}))
	severe, yes, sealed, mild := 3, true, "sealed", 0
	for name, marks := range map[string]assess.Marks{
		"graphic.jpg": {Graphic: &severe}, "faces.jpg": {FacesVisible: &yes, Graphic: &mild}, "sealed.jpg": {Restriction: &sealed},
	} {
		_, err := n.file.Assess(n.Context(), assess.Act{By: "Bo", Item: of(name), Round: assess.First, Marks: &marks})
		must(n.T, err)
	}
	pinned := verify.Pinned
	_, err := n.file.Mark(n.Context(), verify.Mark{By: "Bo", Items: []verify.Digest{of("seen.jpg")}, State: &pinned})
	must(n.T, err)
}

func (n *newsroom) digest(text string) verify.Digest {
	sum := sha256.Sum256([]byte(text))
	return verify.Digest(hex.EncodeToString(sum[:]))
}

func (n *newsroom) lay(src, rel, text string) {
	n.Helper()
	full := filepath.Join(n.dir, src, rel)
	must(n.T, os.MkdirAll(filepath.Dir(full), 0o700))
	must(n.T, os.WriteFile(full, []byte(text), 0o600))
}

func (n *newsroom) add(src, rel, text string, more func(*verify.Item, *verify.Sighting)) {
	n.Helper()
	n.lay(src, rel, text)
	d := n.digest(text)
	it := &verify.Item{Digest: d, Size: int64(len(text)), Media: extract.Media{Kind: extract.Image, MediaType: "image/jpeg"}}
	s := verify.Sighting{Source: src, Rel: rel, Path: src + "/" + rel, Digest: d, Size: int64(len(text)), ModTime: time.Date(2025, 9, 2, 6, 0, 0, 0, time.UTC)}
	if more != nil {
		more(it, &s)
	}
	must(n.T, n.scan.Put(n.Context(), []casefile.Result{{Sighting: s, Item: it}}))
	n.rels[src] = append(n.rels[src], rel)
}

// plan is [flood] with these files of the case.
func (n *newsroom) plan(paths ...string) Plan {
	n.Helper()
	drafted, err := Draft(n.Context(), n.file, paths)
	must(n.T, err)
	p := flood()
	p.Exercise.Media = drafted.Exercise.Media
	for i := range p.Exercise.Media {
		p.Exercise.Media[i].Origin, p.Exercise.Media[i].Licence = "our own", "CC-BY-4.0"
	}
	for i := range p.Exercise.Tasks {
		for k := range p.Exercise.Tasks[i].Subjects {
			p.Exercise.Tasks[i].Subjects[k].Items = []string{paths[0]}
		}
	}
	return p
}

func codes(list []Concern) map[string][]ConcernCode {
	out := map[string][]ConcernCode{}
	for _, c := range list {
		out[c.Path] = append(out[c.Path], c.Code)
	}
	return out
}

func TestConcerns(t *testing.T) {
	n := newNewsroom(t)
	n.lay("camera", "notes.txt", "a file that the scan never saw, of eve@example.org")
	p := n.plan("camera", "channel/photo_1@02-09-2025_09-05-11.jpg")
	p.Exercise.Media = append(p.Exercise.Media, exercise.Medium{Path: "camera/notes.txt"})
	p.Exercise.Tasks[0].Hints = []exercise.Words{words("Ask @veresk_watch")}
	list, err := Concerns(t.Context(), n.file, p)
	must(t, err)
	want := map[string][]ConcernCode{
		"":                    {Handle, RealCase},
		"camera/IMG_1.jpg":    {Caption, Owner, Position, Serial, Unseen},
		"camera/plain.jpg":    {Unseen},
		"camera/graphic.jpg":  {Graphic},
		"camera/copy.jpg":     {Graphic, Unseen},
		"camera/faces.jpg":    {Personal},
		"camera/sealed.jpg":   {Restricted},
		"camera/notes.txt":    {Email, NoLicence, NoOrigin, Unknown},
		"channel/result.json": {Phone, Sidecar},
		"channel/photo_1@02-09-2025_09-05-11.jpg": {Account, Caption, Email, Handle, Phone, Unseen},
	}
	if got := codes(list); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%v, want\n%v", got, want)
	}
	english := locale.For(locale.English)
	for _, c := range list {
		say := english.Say(c.Message)
		if strings.ContainsAny(say, "{}\n") || !english.Has(c.Message.Key) {
			t.Errorf("%s %s says %q", c.Path, c.Code, say)
		}
		for code, part := range map[ConcernCode]string{Position: "49.99355, 36.23042", Serial: "0012345", Sidecar: "channel/photo_2.jpg"} {
			if c.Code == code && !strings.Contains(say, part) {
				t.Errorf("%s says %q, without %s", code, say, part)
			}
		}
	}
}

func TestConcernsOfAnExercise(t *testing.T) {
	n := newNewsroom(t)
	must(t, os.WriteFile(filepath.Join(n.file.Info().Dir, casefile.ExerciseMark), nil, 0o600))
	list, err := Concerns(t.Context(), n.file, n.plan("camera/seen.jpg"))
	must(t, err)
	if len(list) > 0 {
		t.Errorf("got %v", codes(list))
	}
	list, err = Concerns(t.Context(), nil, flood())
	must(t, err)
	if len(list) > 0 {
		t.Errorf("without a case: %v", codes(list))
	}
}

// cleared is what somebody says of each concern.
func cleared(list []Concern, by, reason string) (out []Clearance) {
	for _, c := range list {
		out = append(out, Clearance{Path: c.Path, Code: c.Code, What: c.What, By: by, Reason: reason})
	}
	return out
}

func TestNothingIsPackedUncleared(t *testing.T) {
	n := newNewsroom(t)
	media, err := CaseMedia(t.Context(), n.file)
	must(t, err)
	defer media.Close()
	out := filepath.Join(t.TempDir(), "pack.zip")
	try := func(p Plan) error {
		_, err := quick.make(t.Context(), p, media, told, out)
		return err
	}
	blocked := func(what string, p Plan, of int) {
		t.Helper()
		var open *ConcernError
		if err := try(p); !errors.As(err, &open) || len(open.Open) != of || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a pack was written", what)
		}
	}
	p := n.plan("camera/IMG_1.jpg", "camera/seen.jpg", "camera/graphic.jpg")
	list, err := Concerns(t.Context(), n.file, p)
	must(t, err)
	blocked("nobody cleared", p, len(list))
	p.Clearances = cleared(list, "", "harmless")
	blocked("cleared by nobody", p, len(list))
	p.Clearances = cleared(list, "Ada", " ")
	blocked("cleared without a reason", p, len(list))
	p.Clearances = cleared(list, "Ada", "she filmed it and agreed")
	blocked("what is graphic is never cleared", p, 1)

	p = n.plan("camera/IMG_1.jpg", "camera/seen.jpg")
	p.Clearances = cleared(list, "Ada", "she filmed it and agreed")
	position := slices.IndexFunc(p.Clearances, func(c Clearance) bool { return c.Code == Position })
	p.Clearances[position].What = "00000000"
	blocked("another position was cleared", p, 1)
	p.Clearances[position].What = "" // whatever it says
	path := p.Clearances[position].Path
	p.Clearances[position].Path = "camera/seen.jpg"
	blocked("the position of another file was cleared", p, 1)
	p.Clearances[position].Path = path
	if err := try(p); err != nil {
		t.Fatal(err)
	}
	pack, err := Open(out)
	must(t, err)
	if m := pack.Exercise().Media; len(m) != 2 {
		t.Errorf("packed %v", m)
	}
	for name, text := range members(t, out) {
		if strings.Contains(string(text), "agreed") {
			t.Errorf("%s tells who cleared what", name)
		}
	}
}

// A file that is changed after the plan was made is not packed.
func TestChangedOriginalIsNotPacked(t *testing.T) {
	n := newNewsroom(t)
	p := n.plan("camera/seen.jpg")
	list, err := Concerns(t.Context(), n.file, p)
	must(t, err)
	p.Clearances = cleared(list, "Ada", "a drill")
	n.lay("camera", "seen.jpg", "something else")
	media, err := CaseMedia(t.Context(), n.file)
	must(t, err)
	defer media.Close()
	dir := t.TempDir()
	if _, err := quick.make(t.Context(), p, media, told, filepath.Join(dir, "pack.zip")); err == nil || !strings.Contains(err.Error(), "camera/seen.jpg: it has other bytes") {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

func TestDraft(t *testing.T) {
	n := newNewsroom(t)
	must(t, n.file.Set(t.Context(), "zone", "Europe/Kyiv"))
	p, err := Draft(t.Context(), n.file, []string{"channel/", "camera/plain.jpg"})
	must(t, err)
	var paths []string
	for _, m := range p.Exercise.Media {
		paths = append(paths, m.Path)
		if m.SHA256 == "" || m.Origin+m.Licence != "" {
			t.Errorf("%+v", m)
		}
	}
	if want := []string{"camera/plain.jpg", "channel/photo_1@02-09-2025_09-05-11.jpg", "channel/photo_2.jpg", "channel/result.json"}; !slices.Equal(paths, want) {
		t.Errorf("it has %v", paths)
	}
	if m := p.Exercise.Media[0]; m.SHA256 != string(n.digest("picture plain.jpg")) || m.Size != 17 || m.Modified.Year() != 2025 || p.Exercise.Zone != "Europe/Kyiv" {
		t.Errorf("%+v", m)
	}
	if len(p.Clearances) < 5 || slices.ContainsFunc(p.Clearances, func(c Clearance) bool { return c.By != "" || c.What == "" }) {
		t.Errorf("clearances %v", p.Clearances)
	}
	for _, paths := range [][]string{nil, {"camera/gone.jpg"}, {"cam"}, {"../camera"}, {"camera/plain.jpg", "nowhere"}} {
		if _, err := Draft(t.Context(), n.file, paths); err == nil {
			t.Errorf("%q gives a draft", paths)
		}
	}
}

func TestCaseMediaStaysInside(t *testing.T) {
	n := newNewsroom(t)
	n.lay("outside", "secret.txt", "secret")
	if runtime.GOOS != "windows" {
		must(t, os.Symlink(filepath.Join(n.dir, "outside", "secret.txt"), filepath.Join(n.dir, "camera", "link.jpg")))
		must(t, os.Symlink(filepath.Join(n.dir, "outside"), filepath.Join(n.dir, "camera", "folder")))
	}
	media, err := CaseMedia(t.Context(), n.file)
	must(t, err)
	defer media.Close()
	for _, name := range []string{"camera/link.jpg", "camera/folder/secret.txt", "camera/../outside/secret.txt", "../outside/secret.txt", "outside/secret.txt", "/etc/passwd",
		"camera", "camera/", "", ".", "camera//plain.jpg"} {
		if f, err := media.Open(name); err == nil {
			f.Close()
			t.Errorf("%q was opened", name)
		}
	}
	f, err := media.Open("camera/plain.jpg")
	must(t, err)
	defer f.Close()
	if text, err := io.ReadAll(f); err != nil || string(text) != "picture plain.jpg" {
		t.Errorf("read %q, %v", text, err)
	}
}

// Of a file that is gone the copy is read that the case collected.
func TestCaseMediaTakesTheCopy(t *testing.T) {
	n := newNewsroom(t)
	item := verify.Digest("")
	for it, err := range n.file.Items(t.Context()) {
		must(t, err)
		if it.Path() == "camera/plain.jpg" {
			item = it.Digest
		}
	}
	to, err := n.file.BeginCollecting()
	must(t, err)
	defer to.Close()
	must(t, to.Add(t.Context(), item, strings.NewReader("picture plain.jpg")))
	must(t, to.End(t.Context()))
	must(t, os.Remove(filepath.Join(n.dir, "camera", "plain.jpg")))
	media, err := CaseMedia(t.Context(), n.file)
	must(t, err)
	defer media.Close()
	f, err := media.Open("camera/plain.jpg")
	must(t, err)
	defer f.Close()
	if text, err := io.ReadAll(f); err != nil || string(text) != "picture plain.jpg" {
		t.Errorf("read %q, %v", text, err)
	}
}

func TestContacts(t *testing.T) {
	for text, want := range map[string]map[ConcernCode]string{
		"+380 50 123-45-67":                      {Phone: "+380 50 123-45-67"},
		"tel:+380501234567.":                     {Phone: "+380501234567"},
		"WhatsApp Chat with +44 (20) 7946 0958/": {Phone: "+44 (20) 7946 0958"},
		"дзвоніть 050 123 45 67":                 {Phone: "050 123 45 67"},
		"(044) 123-45-67":                        {Phone: "(044) 123-45-67"},
		"اتصل \u200e+٩٦٣ ٩٤٤ ١٢٣ ٤٥٦":            {Phone: "+963 944 123 456"},
		"mail o.lena+x@mail.example.org now":     {Email: "o.lena+x@mail.example.org"},
		"олена@пошта.укр":                        {Email: "олена@пошта.укр"},
		"(@olena_k)":                             {Handle: "@olena_k"},
		"see @a.b.c and @d_1":                    {Handle: "@a.b.c · @d_1"},
		"photo_1@02-09-2025_09-05-11.jpg":        nil,
		"photo_1@02-09-2025.jpg":                 nil,
		"2025-09-02 09:05:11 and 02.09.2025":     nil,
		"02-09-2025 09-05-11":                    nil,
		"IMG_20250902_090511.jpg, 1756793111":    nil,
		"channel1700012345 id 1234567890123456":  nil,
		"46.25140, 25.22360":                     nil,
		"https://medium.com/@x":                  nil,
		"f/2.8, 1/250, ISO 100":                  nil,
	} {
		found := concerns{}
		found.contacts("x", text)
		got := map[ConcernCode]string{}
		for _, c := range found.sorted(&Plan{}) {
			got[c.Code] = c.Message.Values["what"].(string)
		}
		if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
