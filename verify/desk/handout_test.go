package desk_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/publish"
)

func loaded(t *testing.T, f *casefile.File) desk.Loaded {
	t.Helper()
	l, err := desk.Load(t.Context(), f, clock.Zones{})
	must(t, err)
	return l
}

// An export goes to people who took part in no review: while one is open they are
// told that it is, and nothing of what its sheets say.
func TestExportsKeepOpenReviewsSealed(t *testing.T) {
	f := harbour(t)
	_, err := f.Assess(t.Context(), assess.Act{Item: digestOf("a"), By: "Secret", Round: assess.First, Limits: "hidden words", Conclusion: assess.Staged, Done: true})
	must(t, err)
	for _, name := range []string{"csv", "atlos", "bagit"} {
		format, err := exchange.FindExport(name)
		must(t, err)
		format.Folder = false // without the ledger, which only a whole case hands on
		c, err := desk.Handout(t.Context(), f, loaded(t, f), desk.Imprint{}, format, desk.Beside{})
		must(t, err)
		text, err := json.Marshal(c.Reviews)
		must(t, err)
		if len(c.Reviews) != 1 || c.Reviews[0].State() != assess.AwaitsSecond || strings.Contains(string(text), "Secret") || strings.Contains(string(text), "hidden words") {
			t.Errorf("%s: handed out: %s", name, text)
		}
		must(t, c.Originals.Close())
	}
}

// The public form of a report names nobody who decided and no source by its name.
func TestPublicReportTellsNoDecisions(t *testing.T) {
	f := harbour(t)
	_, err := at(t, f).Confirm(t.Context(), desk.Word{By: "Olena", Reason: "I live there"}, "I-1")
	must(t, err)
	data, err := desk.Dossier(t.Context(), f, loaded(t, f), desk.Imprint{Title: "Olena's case"}, desk.Part{})
	must(t, err)
	if len(data.Decisions) != 1 || len(data.Sources) != 1 || data.Sources[0].Name != "one" {
		t.Fatalf("the whole report has %d decisions and the sources %v", len(data.Decisions), data.Sources)
	}
	desk.Publish(&data, publish.Profile{Show: []string{"one"}})
	if len(data.Incidents) != 1 || len(data.Items) != 3 || !data.Public {
		t.Fatalf("public: %d incidents, %d items", len(data.Incidents), len(data.Items))
	}
	if data.Decisions != nil || data.Findings != nil || data.Matches != nil || data.Clocks != nil || strings.Contains(data.Title, "Olena") {
		t.Errorf("public: title %q, %d decisions, %d findings, %d matches", data.Title, len(data.Decisions), len(data.Findings), len(data.Matches))
	}
	if len(data.Sources) != 1 || data.Sources[0].Name != "source-1" || data.Sources[0].Files != 3 {
		t.Errorf("public: sources %+v", data.Sources)
	}
}

// Saying the same of two files again is no second decision.
func TestTheSameSaidTwiceIsOneDecision(t *testing.T) {
	f := harbour(t)
	d := at(t, f)
	_, err := d.NotSame(t.Context(), ada, "one/a", "one/b")
	must(t, err)
	again, err := d.NotSame(t.Context(), ada, "one/b", "one/a")
	must(t, err)
	if len(again.Entries) != 0 || !again.Stands || len(again.Notes) != 1 || len(decisionsOf(t, f)) != 1 {
		t.Errorf("again: %+v, and %d decisions stand in the ledger", again, len(decisionsOf(t, f)))
	}
	_, err = d.SameImage(t.Context(), ada, "one/a", "one/b")
	must(t, err)
	if n := len(decisionsOf(t, f)); n != 2 {
		t.Errorf("another word on the same files: %d decisions", n)
	}
}

// A file that is taken out of its cluster is held apart from every copy in it,
// for it could stay by any one of them.
func TestTakenOutOfEveryCopy(t *testing.T) {
	f := harbour(t)
	c := verify.Cluster{ID: "C-1", Members: []string{"one/a", "one/b", "one/c", "one/d"}, Digests: []verify.Digest{digestOf("a"), digestOf("b"), digestOf("c"), digestOf("d")}}
	must(t, f.ReplaceMatches(t.Context(), nil, []verify.Cluster{c}, casefile.RunInfo{}))
	made, err := at(t, f).TakeOut(t.Context(), ada, "one/b")
	must(t, err)
	if len(made.Entries) != 3 || len(verify.PairsSaid(decisionsOf(t, f), verify.NotSame)) != 3 {
		t.Errorf("%d decisions hold it apart, want one for each of 3 copies", len(made.Entries))
	}
}

// A file that counts in one incident is shown in another too and stays where it
// is; one that counts nowhere becomes a member.
func TestAddLeavesAFileWhereItCounts(t *testing.T) {
	f := harbour(t)
	made, err := at(t, f).Add(t.Context(), ada, "I-2", []string{"one/c"})
	must(t, err)
	if len(made.Entries) != 1 || made.Entries[0].Decision.Kind != verify.AlsoIn {
		t.Errorf("recorded: %+v", made.Entries)
	}
}

// A confirmed incident keeps its name, in whatever order two are joined.
func TestMergeKeepsTheConfirmedName(t *testing.T) {
	for _, order := range [][2]string{{"I-1", "I-2"}, {"I-2", "I-1"}} {
		f := harbour(t)
		_, err := at(t, f).Confirm(t.Context(), ada, "I-2")
		must(t, err)
		made, err := at(t, f).Merge(t.Context(), ada, order[0], order[1])
		must(t, err)
		if d := made.Entries[0].Decision; d.Incident != "I-2" || d.Other != "I-1" || len(d.Subjects) != 1 || len(d.Others) != 3 {
			t.Errorf("%v: %s takes in %s, with %d and %d members", order, d.Incident, d.Other, len(d.Subjects), len(d.Others))
		}
	}
}

// A span that ends before it begins is no time that a person can mean.
func TestStatedTimeEndsAfterItBegins(t *testing.T) {
	got, err := desk.StatedTime("2022-03-04T10:00", "2022-03-04T12:00", "Europe/Kyiv")
	if err != nil || got.Earliest.UTC().Format("15:04") != "08:00" || got.Latest.UTC().Format("15:04:05") < "10:00" {
		t.Errorf("%v: from %v to %v", err, got.Earliest, got.Latest)
	}
	_, err = desk.StatedTime("2022-03-04T12:00", "2022-03-04T10:00", "Europe/Kyiv")
	wantProblem(t, err, desk.Unclear, "before the start")
}

// Pictures of a report are softened, wherever they come from.
func TestPicturesOfAReportAreSoftened(t *testing.T) {
	f := harbour(t)
	img := image.NewGray(image.Rect(0, 0, 640, 480))
	for i := range img.Pix {
		img.Pix[i] = uint8(i%7) * 36
	}
	var sharp bytes.Buffer
	must(t, jpeg.Encode(&sharp, img, nil))
	s, err := f.BeginScan(t.Context(), casefile.ScanInfo{Version: "v2", Sources: []source.Source{{Name: "two", Dir: "/media/two"}}})
	must(t, err)
	must(t, s.Put(t.Context(), []casefile.Result{{
		Sighting: verify.Sighting{Source: "two", Rel: "e", Path: "two/e", Digest: digestOf("e"), ModTime: time.Unix(1_600_000_000, 0).UTC()},
		Item:     &verify.Item{Digest: digestOf("e"), Media: extract.Media{Kind: extract.Image, MediaType: "image/jpeg"}}, Preview: sharp.Bytes(),
	}}))
	must(t, s.End(t.Context(), nil))
	data, err := desk.Dossier(t.Context(), f, loaded(t, f), desk.Imprint{}, desk.Part{})
	must(t, err)
	soft, err := jpeg.Decode(bytes.NewReader(data.Soft(digestOf("e"))))
	must(t, err)
	if w := soft.Bounds().Dx(); w > 48 {
		t.Errorf("the picture is %d pixels wide", w)
	}
	if got := data.Soft(digestOf("a")); got != nil {
		t.Errorf("a file without a picture has one of %d bytes", len(got))
	}
}
