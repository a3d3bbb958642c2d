package incident

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

var day = time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)

func at(h float64) time.Time { return day.Add(time.Duration(h * float64(time.Hour))) }

func digest(s string) verify.Digest {
	return verify.Digest(fmt.Sprintf("%x", sha256.Sum256([]byte(s))))
}

// posted is a file that an account posted with a caption.
func posted(path string, hour float64, caption string) verify.Item {
	it := verify.Item{Digest: digest(path)}
	it.Media.Kind = extract.Image
	src, rest, _ := strings.Cut(path, "/")
	account, _, _ := strings.Cut(rest, "/")
	it.Sightings = []verify.Sighting{{
		Path: path, Source: src, Account: account, Digest: it.Digest,
		Records: []source.Record{{Format: "telegram-json", PostID: path, Text: caption}},
		Times:   []extract.Time{{Kind: extract.Posted, Zone: extract.UTC, Trust: extract.TrustPlatform, Precision: extract.Second, Earliest: at(hour), Latest: at(hour)}},
	}}
	return it
}

// taken is a camera's own file, with a position unless lat is 0.
func taken(path string, hour, lat, lon float64) verify.Item {
	it := verify.Item{Digest: digest(path)}
	it.Media.Kind = extract.Image
	it.Media.Times = []extract.Time{{Kind: extract.Capture, Zone: extract.Offset, Trust: extract.TrustDevice, Precision: extract.Second, Earliest: at(hour), Latest: at(hour)}}
	if lat != 0 {
		it.Media.Places = []extract.Place{{Kind: extract.PlaceEXIF, Latitude: &lat, Longitude: &lon}}
	}
	src, rest, _ := strings.Cut(path, "/")
	account, _, _ := strings.Cut(rest, "/")
	it.Sightings = []verify.Sighting{{Path: path, Source: src, Account: account, Digest: it.Digest}}
	return it
}

// crowd is a case around the files under test: events on other days, so that
// the background rate and the rarity of words are those of a real case.
func crowd() []verify.Item {
	var items []verify.Item
	for i, town := range []string{"Avdiivka", "Bakhmut", "Chernihiv", "Izium", "Kramatorsk", "Mariupol", "Nikopol", "Orikhiv", "Pokrovsk", "Sumy"} {
		for j := range 4 {
			hour := float64(200+100*i) + 1.5*float64(j)
			items = append(items, posted(fmt.Sprintf("telegram/channel%d/crowd%d.jpg", j, i), hour, town+": strike hit a hospital"))
		}
	}
	return items
}

// copies are clusters of the items at these paths.
func copies(items []verify.Item, paths ...string) []verify.Cluster {
	var c verify.Cluster
	for _, it := range items {
		if slices.Contains(paths, it.Sightings[0].Path) {
			c.Digests = append(c.Digests, it.Digest)
		}
	}
	slices.Sort(c.Digests)
	return []verify.Cluster{c}
}

func propose(t *testing.T, in Input, p Params) Result {
	t.Helper()
	res, err := Group(context.Background(), in, p)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// of is the incident in which a path counts as a member.
func of(res Result, path string) *verify.Incident {
	for i := range res.Incidents {
		for _, m := range res.Incidents[i].Members {
			if m.Path == path && (m.Role == verify.Original || m.Role == verify.Copy) {
				return &res.Incidents[i]
			}
		}
	}
	return nil
}

func member(in *verify.Incident, path string) *verify.Member {
	for i := range in.Members {
		if in.Members[i].Path == path {
			return &in.Members[i]
		}
	}
	return nil
}

func together(res Result, a, b string) bool {
	x, y := of(res, a), of(res, b)
	return x != nil && x == y
}

func TestPairs(t *testing.T) {
	const a, b = "telegram/one/a.jpg", "x/two/b.jpg"
	camA, camB := "camera/w1/a.jpg", "camera/w2/b.jpg"
	tests := []struct {
		name  string
		items []verify.Item
		joins bool
	}{
		{"same place and hour", []verify.Item{posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.7, "Footage from Lysychansk today")}, true},
		{"other script and case", []verify.Item{posted(a, 5, "Лисичанськ. Влучання: школа"), posted(b, 6, "Explosion in Lysychansk, a school")}, true},
		{"same place, a month apart", []verify.Item{posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5+30*24, "Lysychansk: strike hit a school")}, false},
		{"same hour, other place", []verify.Item{posted(a, 5, "Bakhmut: strike hit a hospital"), posted(b, 5.2, "Nikopol: strike hit a school")}, false},
		{"a greeting in the same hour", []verify.Item{posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.2, "Доброго ранку!")}, false},
		{"cameras side by side", []verify.Item{taken(camA, 5, 48.9, 38.43), taken(camB, 5.5, 48.901, 38.431)}, true},
		{"cameras 40 km apart", []verify.Item{taken(camA, 5, 48.9, 38.43), taken(camB, 5.1, 48.6, 38.0)}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := Input{Items: append(crowd(), test.items...)}
			res := propose(t, in, Automatic())
			pa, pb := test.items[0].Sightings[0].Path, test.items[1].Sightings[0].Path
			if got := together(res, pa, pb); got != test.joins {
				t.Errorf("joined %v, want %v", got, test.joins)
			}
		})
	}
}

func TestReasonsAreSentences(t *testing.T) {
	a, b := "telegram/one/a.jpg", "telegram/one/b.jpg"
	in := Input{Items: append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.6667, "Lysychansk: smoke over the school"))}
	inc := of(propose(t, in, Automatic()), b)
	if inc == nil {
		t.Fatal("not grouped")
	}
	var said []string
	for _, r := range member(inc, b).Reasons {
		said = append(said, r.Message)
		if r.Weight == 0 || r.Code == "" {
			t.Errorf("%+v has no weight or code", r)
		}
	}
	for _, want := range []string{
		"posted 40 minutes after telegram/one/a.jpg by the same account",
		"its caption names Lysychansk, as does that of telegram/one/a.jpg",
		"its caption speaks of the same kind of building as that of telegram/one/a.jpg",
	} {
		if !slices.Contains(said, want) {
			t.Errorf("no reason %q among %q", want, said)
		}
	}
	if inc.Earliest != nil || inc.Latest == nil || !inc.Latest.Equal(at(5)) {
		t.Errorf("posts bound the time from above only: %v %v", inc.Earliest, inc.Latest)
	}
	if !slices.Equal(inc.Flags, []string{"single-source", "weak-time"}) {
		t.Errorf("flags %q", inc.Flags)
	}
	if inc.PlaceBasis != "named in captions: Lysychansk" || inc.Latitude != nil {
		t.Errorf("place %q %v", inc.PlaceBasis, inc.Latitude)
	}
}

// A picture from an event in March, posted again in April as if it showed a
// new event, is shown there as recycled and joins nothing.
func TestRecycledNeverJoins(t *testing.T) {
	old := []string{"telegram/one/old1.jpg", "x/two/old2.jpg"}
	fresh := []string{"telegram/three/new1.jpg", "x/four/new2.jpg"}
	again := "telegram/five/again.jpg"
	april := 5 + 31*24.0
	items := append(crowd(),
		posted(old[0], 5, "Lysychansk: strike hit a school"), posted(old[1], 5.5, "Lysychansk, a school"),
		posted(fresh[0], april, "Melitopol: strike hit a market"), posted(fresh[1], april+0.5, "Melitopol, the market"),
		posted(again, april+1, "Melitopol: strike hit a market"))
	res := propose(t, Input{Items: items, Clusters: copies(items, old[0], again)}, Automatic())
	if !together(res, old[0], old[1]) || !together(res, fresh[0], fresh[1]) || together(res, old[0], fresh[0]) {
		t.Fatal("the two events are not apart")
	}
	if of(res, again) != of(res, old[0]) {
		t.Error("the picture left the older event")
	}
	claimed := of(res, fresh[0])
	m := member(claimed, again)
	if m == nil || m.Role != verify.Recycled || !slices.Contains(claimed.Flags, "recycled-member") {
		t.Fatalf("the newer event does not show the claim: %+v", m)
	}
	if len(res.Findings) != 1 || res.Findings[0].Code != "recycled-media" || string(res.Findings[0].Path) != again {
		t.Errorf("findings %+v", res.Findings)
	}
	for _, r := range claimed.Reasons {
		if strings.Contains(r.Message, again) {
			t.Errorf("the recycled post counts as evidence: %q", r.Message)
		}
	}
}

func TestRepostWithinDaysIsACopy(t *testing.T) {
	a, b := "telegram/one/a.jpg", "x/two/b.jpg"
	items := append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5+6*24, ""))
	res := propose(t, Input{Items: items, Clusters: copies(items, a, b)}, Automatic())
	if m := member(of(res, a), b); m == nil || m.Role != verify.Copy || len(res.Findings) != 0 {
		t.Errorf("member %+v findings %+v", m, res.Findings)
	}
}

func TestTwoSightingsAreTwoMembers(t *testing.T) {
	it := posted("telegram/one/a.jpg", 5, "Lysychansk: strike hit a school")
	twin := it.Sightings[0]
	twin.Path, twin.Source = "x/two/a.jpg", "x"
	it.Sightings = append(it.Sightings, twin)
	inc := of(propose(t, Input{Items: append(crowd(), it)}, Automatic()), "x/two/a.jpg")
	if inc == nil || len(inc.Members) != 2 || inc.Members[0].Role != verify.Original || inc.Members[1].Role != verify.Copy {
		t.Fatalf("%+v", inc)
	}
}

func TestOneCameraInTwoPlaces(t *testing.T) {
	a, b := taken("camera/w/a.jpg", 5, 48.9, 38.4), taken("camera/w/b.jpg", 5.2, 50.4, 30.5)
	for _, it := range []*verify.Item{&a, &b} {
		it.Media.Device = extract.Device{Make: "Canon", Model: "EOS", Serial: "0123"}
	}
	c := newCase(Input{Items: append(crowd(), a, b)}, Automatic())
	i, j := c.member[a.Digest], c.member[b.Digest]
	e := c.compare([]int{i}, []int{j})
	if e[byVeto] != vetoBits {
		t.Fatal("no veto")
	}
	if s := c.sentence(byVeto, e[byVeto], c.atoms[i], []int{j}); !strings.Contains(s, "one camera cannot have been here") {
		t.Errorf("sentence %q", s)
	}
}

func TestClockAfterPostIsNotUsed(t *testing.T) {
	it := posted("telegram/one/a.jpg", 5, "Lysychansk: strike hit a school")
	it.Media.Times = taken("x", 30, 0, 0).Media.Times
	res := propose(t, Input{Items: append(crowd(), it)}, Automatic())
	inc := of(res, "telegram/one/a.jpg")
	if inc == nil || inc.Earliest != nil || !inc.Latest.Equal(at(5)) || !slices.Contains(inc.Flags, "clock-contradiction") {
		t.Fatalf("%+v", inc)
	}
}

func TestFloatingClockKeepsItsHonestBounds(t *testing.T) {
	it := taken("camera/w/a.jpg", 5, 48.9, 38.4)
	it.Media.Times[0] = extract.Time{
		Kind: extract.Capture, Zone: extract.Floating, Trust: extract.TrustDevice, Local: "2022-03-01T07:00:00",
		Earliest: at(7 - 14), Latest: at(7 + 12),
	}
	kyiv := time.FixedZone("EET", 2*3600)
	inc := of(propose(t, Input{Items: append(crowd(), it), Zone: kyiv}, Automatic()), "camera/w/a.jpg")
	if inc == nil || !inc.Earliest.Equal(at(-7)) || !inc.Latest.Equal(at(19)) {
		t.Fatalf("the case's zone is shown as if the file stated it: %+v", inc)
	}
}

func TestNothingToGroupBy(t *testing.T) {
	silent := verify.Item{Digest: digest("silent"), Sightings: []verify.Sighting{{Path: "mixed/x.jpg", Source: "mixed"}}}
	meme := posted("telegram/one/meme.jpg", 5, "Good morning! Subscribe to our channel")
	res := propose(t, Input{Items: append(crowd(), silent, meme)}, Automatic())
	for _, p := range []string{"mixed/x.jpg", "telegram/one/meme.jpg"} {
		if in := of(res, p); in != nil {
			t.Errorf("%s is in %s", p, in.ID)
		}
	}
	if res := propose(t, Input{}, Automatic()); len(res.Incidents) != 0 {
		t.Error("incidents of nothing")
	}
}

func TestDecisions(t *testing.T) {
	a, b, c := "telegram/one/a.jpg", "x/two/b.jpg", "telegram/three/c.jpg"
	items := append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 300, ""), posted(c, 5.5, "Lysychansk: strike hit a school"))
	confirm := verify.Decision{Seq: 1, Kind: "confirm", Incident: "I-mine", Subjects: []verify.Digest{digest(a), digest(b)}}

	t.Run("a confirmed incident keeps its members", func(t *testing.T) {
		res := propose(t, Input{Items: items, Decisions: []verify.Decision{confirm}}, Automatic())
		inc := of(res, a)
		if inc == nil || inc.ID != "I-mine" || inc.Status != verify.Confirmed || !together(res, a, b) || together(res, a, c) {
			t.Fatalf("%+v", inc)
		}
		if other := of(res, c); other == nil || other.Status != verify.Candidate {
			t.Errorf("what was not confirmed is no candidate of its own: %+v", other)
		}
		if !slices.Contains(inc.Flags, "suggestion") {
			t.Errorf("what would join is not suggested: %+v", inc.Reasons)
		}
	})
	t.Run("a new copy of a confirmed member is for a person to add", func(t *testing.T) {
		all := append(slices.Clone(items), posted("x/late/copy.jpg", 20, ""))
		res := propose(t, Input{Items: all, Clusters: copies(all, a, "x/late/copy.jpg"), Decisions: []verify.Decision{confirm}}, Automatic())
		if inc := of(res, a); inc == nil || len(inc.Members) != 2 {
			t.Fatalf("%+v", inc)
		}
	})
	t.Run("a file confirmed in two incidents is in both", func(t *testing.T) {
		second := verify.Decision{Seq: 2, Kind: "confirm", Incident: "I-other", Subjects: []verify.Digest{digest(a), digest(c)}}
		res := propose(t, Input{Items: items, Decisions: []verify.Decision{confirm, second}}, Automatic())
		got := map[string]int{}
		for _, inc := range res.Incidents {
			if inc.Status == verify.Confirmed {
				got[inc.ID] = len(inc.Members)
			}
		}
		if !reflect.DeepEqual(got, map[string]int{"I-mine": 2, "I-other": 2}) {
			t.Errorf("members %v", got)
		}
	})
	t.Run("a rejected candidate stays rejected", func(t *testing.T) {
		first := of(propose(t, Input{Items: items}, Automatic()), a)
		var subjects []verify.Digest
		for _, m := range first.Members {
			subjects = append(subjects, m.Digest)
		}
		reject := verify.Decision{Seq: 1, Kind: "reject", Incident: first.ID, Subjects: subjects}
		inc := of(propose(t, Input{Items: items, Decisions: []verify.Decision{reject}}, Automatic()), a)
		if inc == nil || inc.Status != verify.Rejected || inc.ID != first.ID {
			t.Errorf("%+v", inc)
		}
	})
}

func TestIdentity(t *testing.T) {
	a, b := "telegram/one/a.jpg", "x/two/b.jpg"
	items := append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.5, "Lysychansk, a school"))
	first := propose(t, Input{Items: items}, Automatic())
	smallest := min(digest(a), digest(b))
	if id := of(first, a).ID; id != "I-"+string(smallest[:6]) {
		t.Errorf("new incident is %s, its smallest member %s", id, smallest)
	}
	var previous []Previous
	for _, inc := range first.Incidents {
		p := Previous{ID: inc.ID + "-old"}
		for _, m := range inc.Members {
			p.Digests = append(p.Digests, m.Digest)
		}
		previous = append(previous, p)
	}
	more := append(slices.Clone(items), posted("x/late/c.jpg", 5.8, "Lysychansk: strike hit a school"))
	res := propose(t, Input{Items: more, Previous: previous}, Automatic())
	for _, path := range []string{a, "telegram/channel0/crowd3.jpg"} {
		if got, want := of(res, path).ID, of(first, path).ID+"-old"; got != want {
			t.Errorf("%s: incident is %s, was %s", path, got, want)
		}
	}
	split := []Previous{{ID: "I-both", Digests: append(slices.Clone(previous[0].Digests), previous[1].Digests[0])}}
	res = propose(t, Input{Items: items, Previous: split}, Automatic())
	named := 0
	for _, inc := range res.Incidents {
		if inc.ID == "I-both" {
			named++
		}
	}
	if named != 1 {
		t.Errorf("an incident that fell apart left its name to %d groups", named)
	}
	taken := []Previous{{ID: "I-" + string(smallest[:6]), Digests: []verify.Digest{digest("gone")}}}
	if id := of(propose(t, Input{Items: items, Previous: taken}, Automatic()), a).ID; id != "I-"+string(smallest[:7]) {
		t.Errorf("clash gives %s", id)
	}
}

func TestOrderAndWorkersDoNotMatter(t *testing.T) {
	items := randomCase(rand.New(rand.NewSource(1)), 150)
	clusters := append(copies(items, items[3].Sightings[0].Path, items[70].Sightings[0].Path), copies(items, items[8].Sightings[0].Path, items[9].Sightings[0].Path)...)
	p := Balanced()
	p.Workers = 1
	want := propose(t, Input{Items: items, Clusters: clusters}, p)
	p.Workers = 4
	for seed := range int64(4) {
		r := rand.New(rand.NewSource(seed))
		mixed := slices.Clone(items)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := propose(t, Input{Items: mixed, Clusters: []verify.Cluster{clusters[1], clusters[0]}}, p); !reflect.DeepEqual(got, want) {
			t.Fatalf("order %d gives another result", seed)
		}
	}
}

// randomCase strews posts and camera files over a few weeks and places.
func randomCase(r *rand.Rand, n int) []verify.Item {
	towns := []string{"Lysychansk", "Лисичанськ", "Melitopol", "Bakhmut", "Харків", "حلب", ""}
	things := []string{"hospital", "школа", "market", "سوق", ""}
	var items []verify.Item
	for i := range n {
		hour := r.Float64() * 24 * 21
		if i%4 == 0 {
			items = append(items, taken(fmt.Sprintf("camera/w%d/%d.jpg", r.Intn(5), i), hour, 48+r.Float64(), 37+r.Float64()))
			continue
		}
		items = append(items, posted(fmt.Sprintf("telegram/ch%d/%d.jpg", r.Intn(6), i), hour, towns[r.Intn(len(towns))]+": "+things[r.Intn(len(things))]))
	}
	return items
}

// Whatever the case: each item counts in at most one incident, every incident
// has a member that counts and a name of its own, and every weight is finite.
func TestEveryItemCountsOnce(t *testing.T) {
	for seed := range int64(5) {
		items := randomCase(rand.New(rand.NewSource(seed)), 200)
		var all []string
		for i := 0; i < len(items); i += 7 {
			all = append(all, items[i].Sightings[0].Path)
		}
		res := propose(t, Input{Items: items, Clusters: copies(items, all[:4]...)}, Balanced())
		ids, count := map[string]bool{}, map[string]int{}
		for _, inc := range res.Incidents {
			if ids[inc.ID] {
				t.Errorf("two incidents are called %s", inc.ID)
			}
			ids[inc.ID] = true
			counted := 0
			for _, m := range inc.Members {
				if m.Role != verify.Recycled {
					counted++
					count[m.Path]++
				}
				for _, w := range m.Reasons {
					if w.Weight != w.Weight || w.Weight > 100 || w.Weight < -2000 || w.Message == "" {
						t.Errorf("reason %+v", w)
					}
				}
			}
			if counted == 0 {
				t.Errorf("%s has no member that counts", inc.ID)
			}
		}
		for p, n := range count {
			if n > 1 {
				t.Errorf("%s counts %d times", p, n)
			}
		}
	}
}

func TestBadSettingsAndCancelling(t *testing.T) {
	if _, err := Group(context.Background(), Input{}, Params{}); err == nil {
		t.Error("empty settings were accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Group(ctx, Input{Items: crowd()}, Automatic()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEmptyFilesAreNoEvidence(t *testing.T) {
	empty := posted("telegram/channel1/empty.jpg", 10, "Avdiivka: strike hit a hospital")
	empty.Media.Kind, empty.Media.Error = extract.Other, "the file is empty"
	again := posted("x/account1/empty.jpg", 10+40*24, "Mariupol: strike hit a school").Sightings[0]
	again.Digest = empty.Digest
	empty.Sightings = append(empty.Sightings, again)
	items := append(crowd(), empty, posted("telegram/channel2/shot.jpg", 10.5, "Avdiivka: strike hit a hospital"), posted("x/account2/shot.jpg", 11, "Avdiivka, hospital"))
	res, err := Group(t.Context(), Input{Items: items}, Automatic())
	if err != nil {
		t.Fatal(err)
	}
	for _, inc := range res.Incidents {
		for _, m := range inc.Members {
			if m.Digest == empty.Digest {
				t.Errorf("%s has the empty file %s as %s", inc.ID, m.Path, m.Role)
			}
		}
	}
	for _, f := range res.Findings {
		if f.Code == "recycled-media" {
			t.Errorf("an empty file counts as posted again: %+v", f)
		}
	}
}
