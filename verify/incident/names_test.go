package incident

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// namesOf tells which name each group of counted files bears.
func namesOf(res Result) map[string]string {
	out := map[string]string{}
	for _, in := range res.Incidents {
		var paths []string
		for _, m := range in.Members {
			if m.Counts() {
				paths = append(paths, m.Path)
			}
		}
		slices.Sort(paths)
		out[strings.Join(paths, " ")] = in.ID
	}
	return out
}

// A group that is again what it was bears its name again, whatever settings
// were tried in between and whatever files came before.
func TestNamesSurviveOtherSettings(t *testing.T) {
	for seed := range int64(6) {
		g := newGrowing(100 + seed)
		r := rand.New(rand.NewSource(seed))
		run := func(p Params) map[string]string {
			in := g.input()
			res := propose(t, in, p)
			g.now, g.retired = res.Incidents, res.Retired
			return namesOf(res)
		}
		run(Automatic())
		for range 3 { // names are inherited, not only made of the smallest digest
			g.in[r.Intn(len(g.pool))] = true
			g.in[r.Intn(len(g.pool))] = false
			run(Automatic())
		}
		was := run(Automatic())
		for range 1 + r.Intn(4) {
			p := []Params{Automatic(), Balanced()}[r.Intn(2)]
			p.Threshold += float64(r.Intn(5) - 2)
			run(p)
		}
		now := run(Automatic())
		for group, id := range was {
			if now[group] != id {
				t.Errorf("seed %d: %s was %s and is %q", seed, group, id, now[group])
			}
		}
	}
}

// A candidate that was rejected stays listed as such, also where other settings
// group its files with others.
func TestRejectedStaysListed(t *testing.T) {
	items := crowd()
	for i := range 2 {
		items = append(items, posted(fmt.Sprintf("telegram/one/a%d.jpg", i), 5+float64(i)/2, "Lysychansk: strike hit a school"))
	}
	for i := range 4 {
		items = append(items, posted(fmt.Sprintf("telegram/two/b%d.jpg", i), 9+float64(i)/2, "Lysychansk: smoke over the school"))
	}
	apart := Automatic()
	in := Input{Items: items, Decisions: []verify.Decision{{
		Seq: 1, Kind: verify.Split, Incident: "I-b", Other: "I-a", By: "Ada",
		Subjects: []verify.Digest{items[len(items)-6].Digest, items[len(items)-5].Digest}, Others: []verify.Digest{items[len(items)-4].Digest},
	}}}
	first := propose(t, in, apart)
	small := of(first, "telegram/one/a0.jpg")
	if small == nil || len(small.Members) != 2 {
		t.Fatalf("the two files are no candidate of their own: %+v", small)
	}
	reject := verify.Decision{Seq: 2, Kind: verify.Reject, Incident: small.ID, Subjects: counted(small), By: "Ada"}
	in.Decisions = []verify.Decision{reject}
	joined := apart
	joined.Threshold = -8
	res := propose(t, in, joined)
	if inc := of(res, "telegram/one/a0.jpg"); inc == nil || len(counted(inc)) < 5 {
		t.Fatalf("the files are not grouped with the others: %+v", inc)
	}
	at := slices.IndexFunc(res.Incidents, func(i verify.Incident) bool { return i.ID == small.ID })
	if at < 0 {
		t.Fatalf("%s was rejected and is not listed", small.ID)
	}
	inc := res.Incidents[at]
	if inc.Status != verify.Rejected || len(inc.Members) != 2 || len(counted(&inc)) != 0 || !slices.Contains(inc.Flags, "absorbed") {
		t.Errorf("listed as %+v", inc)
	}
}

// What a merge put together is not of two incidents, whichever members are
// named.
func TestMergedMembersAreNotApart(t *testing.T) {
	merge := verify.Decision{Seq: 1, Kind: verify.Merge, Incident: "I-1", Other: "I-2", Subjects: []verify.Digest{"a", "b", "c"}, Others: []verify.Digest{"d", "e", "f"}, By: "Ada"}
	for _, pair := range [][]verify.Digest{{"b", "e"}, {"c", "f"}, {"b", "c"}, {"e", "f"}, {"a", "d"}} {
		conflicts := Conflicts([]verify.Decision{merge, {Seq: 2, Kind: verify.NotSameIncident, Subjects: pair, By: "Ben"}})
		if len(conflicts) != 1 || conflicts[0].Holds.Seq != 1 || conflicts[0].GivesWay.Seq != 2 {
			t.Errorf("%v: %v", pair, conflicts)
		}
	}
}
