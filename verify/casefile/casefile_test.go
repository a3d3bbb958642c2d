package casefile

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

func testKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

// testOptions has a clock that goes on by a second with each look.
func testOptions() Options {
	at := time.Date(2022, 2, 24, 5, 0, 0, 0, time.UTC)
	return Options{Signer: testKey(1), Actor: "Олена", Machine: "laptop", Tool: "firsthand test", Now: func() time.Time {
		at = at.Add(time.Second)
		return at
	}}
}

func newCase(t *testing.T) *File {
	t.Helper()
	f, err := Create(filepath.Join(t.TempDir(), "case"), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func reopen(t *testing.T, f *File, change func(*Options)) *File {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	opts := testOptions()
	if change != nil {
		change(&opts)
	}
	again, err := Open(f.dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

func digestOf(text string) verify.Digest {
	sum := sha256.Sum256([]byte(text))
	return verify.Digest(hex.EncodeToString(sum[:]))
}

// fill sets every field below v to a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2022, 2, 24, 5, 0, *n, *n, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d <é> ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 101))
	case reflect.Uint64:
		v.SetUint(1<<63 | uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("fill: " + v.Type().String())
	}
}

// filled is a result in which nothing is left at its zero value.
func filled(name string) Result {
	n := 0
	var r Result
	r.Item = new(verify.Item)
	fill(reflect.ValueOf(r.Item).Elem(), &n)
	fill(reflect.ValueOf(&r.Sighting).Elem(), &n)
	fill(reflect.ValueOf(&r.Findings).Elem(), &n)
	r.Sighting.Source, r.Sighting.Rel, r.Sighting.Path = "channel", name, "channel/"+name
	r.Sighting.Digest = digestOf(name)
	r.Item.Digest, r.Item.Sightings = r.Sighting.Digest, nil
	m := &r.Item.Media
	m.Fields, m.History, m.Thumbnails = nil, nil, nil // asked for by inspect alone, never stored
	for i := range r.Item.Frames {
		r.Item.Frames[i].Features = keypoints(name, 3+i)
	}
	r.Item.Moving = moving(name)
	r.Preview = []byte("preview of " + name)
	return r
}

// moving is what is made of a video, another for each name.
func moving(name string) *verify.Moving {
	var reel sequence.Reel
	for i := range 3 {
		reel.Add(time.Duration(i)*time.Second, hashing.Luma{W: 2, H: 1, Pix: []byte{name[0], byte(i)}})
	}
	var m sound.Maker
	m.Write(make([]int16, sound.Rate))
	track, wave := m.Track(), m.Wave()
	return &verify.Moving{
		Reel: form(reel.AppendBinary), Sound: form(track.AppendBinary), Wave: form(wave.AppendBinary),
		Strip: []byte("strip of " + name), StripAt: []time.Duration{0, time.Second, 1<<40 + 1},
	}
}

func form(of func([]byte) ([]byte, error)) []byte {
	b, err := of(nil)
	if err != nil {
		panic(err)
	}
	return b
}

// plain is a result with nothing but a name and content.
func plain(src, rel, content string) Result {
	return Result{
		Sighting: verify.Sighting{Source: src, Rel: rel, Path: src + "/" + rel, Digest: digestOf(content), Size: int64(len(content)), ModTime: time.Unix(1_600_000_000, 5).UTC()},
		Item:     &verify.Item{Digest: digestOf(content), Size: int64(len(content)), Media: extract.Media{Kind: extract.Image, MediaType: "image/png"}},
	}
}

func beginScan(t *testing.T, f *File, names ...string) *Scan {
	t.Helper()
	info := ScanInfo{Version: "v1", Params: map[string]string{"video": "auto"}}
	for _, name := range names {
		info.Sources = append(info.Sources, source.Source{Name: name, Dir: "/media/" + name})
	}
	s, err := f.BeginScan(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Scan, results ...Result) {
	t.Helper()
	if err := s.Put(t.Context(), results); err != nil {
		t.Fatal(err)
	}
}

func done(t *testing.T, s *Scan, name string, present ...string) []string {
	t.Helper()
	gone, err := s.SourceDone(t.Context(), SourceResult{Name: name, Present: present})
	if err != nil {
		t.Fatal(err)
	}
	return gone
}

func allItems(t *testing.T, f *File) []verify.Item {
	t.Helper()
	var list []verify.Item
	for item, err := range f.Items(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, item)
	}
	return list
}

func paths(items []verify.Item) string {
	var b strings.Builder
	for _, item := range items {
		for _, s := range item.Sightings {
			b.WriteString(s.Path + " ")
		}
		b.WriteString("| ")
	}
	return b.String()
}

func mustVerify(t *testing.T, f *File) CustodyReport {
	t.Helper()
	report, err := f.VerifyCustody(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestItemComesBackAsItWas(t *testing.T) {
	f := newCase(t)
	want := filled("a.jpg")
	s := beginScan(t, f, "channel")
	put(t, s, want)
	f = reopen(t, f, func(o *Options) { o.ReadOnly = true })
	ctx := t.Context()

	got, err := f.Item(ctx, want.Sighting.Digest)
	if err != nil {
		t.Fatal(err)
	}
	expected := *want.Item
	expected.Sightings = []verify.Sighting{want.Sighting}
	expected.Frames, expected.Moving = nil, nil
	checkMoving(t, f, want.Item.Digest, want.Item.Moving)
	for _, frame := range want.Item.Frames {
		jpeg, err := f.Thumb(ctx, want.Item.Digest, frame.At)
		if err != nil || !bytes.Equal(jpeg, frame.Thumb) {
			t.Errorf("thumb at %s: got %q, %v", frame.At, jpeg, err)
		}
		set, err := f.Features(ctx, want.Item.Digest, frame.At)
		if b, encoding := set.AppendBinary(nil); err != nil || encoding != nil || !bytes.Equal(b, frame.Features) {
			t.Errorf("keypoints at %s: got %d, %v, %v", frame.At, len(set.Points), err, encoding)
		}
		frame.Thumb, frame.Features = nil, nil
		expected.Frames = append(expected.Frames, frame)
	}
	if !reflect.DeepEqual(got, expected) {
		t.Errorf("item: got\n%+v\nwant\n%+v", got, expected)
	}
	expected.Frames = nil
	if list := allItems(t, f); len(list) != 1 || !reflect.DeepEqual(list[0], expected) {
		t.Errorf("listed: got\n%+v\nwant\n%+v", list, expected)
	}
	for frames, err := range f.Frames(ctx) {
		if err != nil || frames.Digest != want.Item.Digest || !reflect.DeepEqual(frames.Frames, got.Frames) {
			t.Errorf("frames: got %+v, %v", frames, err)
		}
	}
	if jpeg, err := f.Preview(ctx, want.Item.Digest); err != nil || !bytes.Equal(jpeg, want.Preview) {
		t.Errorf("preview: got %q, %v", jpeg, err)
	}
	findings, err := f.Findings(ctx)
	if n := len(want.Item.Media.Findings) + len(want.Sighting.Findings) + len(want.Findings); err != nil || len(findings) != n {
		t.Errorf("got %d findings, want %d, %v", len(findings), n, err)
	}
	mustVerify(t, f)
}

// checkMoving reads what was made of a video and compares.
func checkMoving(t *testing.T, f *File, digest verify.Digest, want *verify.Moving) {
	t.Helper()
	ctx := t.Context()
	reel, err1 := f.Reel(ctx, digest)
	track, err2 := f.Sound(ctx, digest)
	wave, err3 := f.Wave(ctx, digest)
	jpeg, at, err4 := f.Strip(ctx, digest)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	got := &verify.Moving{Reel: form(reel.AppendBinary), Sound: form(track.AppendBinary), Wave: form(wave.AppendBinary), Strip: jpeg, StripAt: at}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEmptyAndAbsentAreKeptApart(t *testing.T) {
	f := newCase(t)
	r := plain("channel", "a", "a")
	r.Item.Media.Times = []extract.Time{}
	r.Sighting.Records = []source.Record{}
	r.Sighting.ModTime = time.Date(31000, 1, 1, 0, 0, 0, 7, time.UTC) // beyond what nanoseconds or RFC 3339 can say
	put(t, beginScan(t, f, "channel"), r)
	want := *r.Item
	want.Sightings = []verify.Sighting{r.Sighting}
	if got := allItems(t, f); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// A claim that has no JSON form costs the claims of that file and nothing else.
func TestClaimsWithoutJSONForm(t *testing.T) {
	f := newCase(t)
	far := time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)
	r := plain("channel", "a", "a")
	r.Item.Media.BestTime = &extract.Time{Earliest: far}
	r.Sighting.Times = []extract.Time{{Earliest: far}}
	put(t, beginScan(t, f, "channel"), r, plain("channel", "b", "b"))
	items := allItems(t, f)
	if paths(items) != "channel/a | channel/b | " || items[0].Media.Error == "" || items[0].Media.MediaType != "image/png" {
		t.Errorf("got %+v", items)
	}
	findings, err := f.Findings(t.Context())
	if err != nil || len(findings) != 2 || findings[0].Code != "claims-not-stored" || findings[0].Path != "channel/a" {
		t.Errorf("got %+v, %v", findings, err)
	}
	mustVerify(t, f)
}

func TestResultsComeBackAsTheyWere(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	var matches []verify.Match
	var clusters []verify.Cluster
	var incidents []verify.Incident
	var findings []verify.Finding
	n := 0
	for _, list := range []any{&matches, &clusters, &incidents, &findings} {
		fill(reflect.ValueOf(list).Elem(), &n)
	}
	run := RunInfo{Model: "m1", Params: []byte(`{"radius_m": 500}`)}
	if err := errors.Join(f.ReplaceMatches(ctx, nil, clusters, run), f.ReplaceMatches(ctx, matches, clusters, run),
		f.ReplaceIncidents(ctx, incidents, run), f.ReplaceFindings(ctx, "zones", findings), f.Set(ctx, "zone/channel", "Europe/Kyiv")); err != nil {
		t.Fatal(err)
	}
	f = reopen(t, f, nil)
	gotM, err1 := f.Matches(ctx)
	gotC, err2 := f.Clusters(ctx)
	gotI, err3 := f.Incidents(ctx)
	gotF, err4 := f.Findings(ctx)
	settings, err5 := f.Settings(ctx)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want any }{{gotM, matches}, {gotC, clusters}, {gotI, incidents}, {gotF, findings}, {settings, map[string]string{"zone/channel": "Europe/Kyiv"}}} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("got  %+v\nwant %+v", c.got, c.want)
		}
	}
	counts, err := f.Counts(ctx)
	if err != nil || counts.Clusters != 2 || counts.Incidents != 2 || counts.Matches[matches[0].Relation] != 1 {
		t.Errorf("got %+v, %v", counts, err)
	}
	mustVerify(t, f)
}
