package incident

import (
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// A file that only its time speaks for is shown beside the event, with the
// table of what speaks for and against it, and is no member.
func TestPossibleMembersStandApart(t *testing.T) {
	a, b, maybe := "telegram/one/a.jpg", "x/two/b.jpg", "x/three/c.jpg"
	items := append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.5, "Lysychansk, a school"), posted(maybe, 12, ""))
	res := propose(t, Input{Items: items}, Automatic())
	inc := of(res, a)
	if inc == nil || of(res, maybe) == inc {
		t.Fatalf("the doubtful file is a member: %+v", inc)
	}
	i := slices.IndexFunc(inc.Possible, func(m verify.Member) bool { return m.Path == maybe })
	if i < 0 {
		t.Fatalf("possible members %+v", inc.Possible)
	}
	rs := inc.Possible[i].Reasons
	if rs[0].Code != "possible" || !strings.HasPrefix(rs[0].Message, "fits by ") || len(rs) < 3 {
		t.Errorf("reasons %+v", rs)
	}
	sum := 0.0
	for _, r := range rs[1:] {
		sum += r.Weight
	}
	if d := sum - rs[0].Weight; d > 0.35 || d < -0.35 {
		t.Errorf("the lines add up to %.1f, not to %.1f", sum, rs[0].Weight)
	}
}

// A single new file that fits a confirmed incident is suggested and not added.
func TestLoneFileIsSuggestedToAConfirmedIncident(t *testing.T) {
	a, b, late := "telegram/one/a.jpg", "x/two/b.jpg", "x/three/c.jpg"
	items := append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.5, "Lysychansk, a school"))
	id := of(propose(t, Input{Items: items}, Automatic()), a).ID
	in := Input{
		Items:     append(items, posted(late, 6, "Lysychansk: a school")),
		Decisions: []verify.Decision{{Seq: 1, Kind: verify.Confirm, Incident: id, Subjects: []verify.Digest{digest(a), digest(b)}}},
	}
	inc := of(propose(t, in, Automatic()), a)
	if inc.ID != id || len(inc.Members) != 2 || !slices.Contains(inc.Flags, "suggestion") {
		t.Fatalf("%+v", inc)
	}
	if len(inc.Possible) != 1 || inc.Possible[0].Path != late || inc.Possible[0].Reasons[0].Code != "suggestion" {
		t.Errorf("possible %+v", inc.Possible)
	}
}

// A post two days after a picture appeared is told by what it claims: with the
// words and the hour of another event it is one of an old picture.
func TestReuseWithinDaysIsToldByItsClaim(t *testing.T) {
	old := []string{"telegram/one/old1.jpg", "x/two/old2.jpg"}
	fresh := []string{"telegram/three/new1.jpg", "x/four/new2.jpg"}
	for _, test := range []struct {
		caption  string
		recycled bool
	}{
		{"Melitopol: strike hit a market", true},
		{"Lysychansk: strike hit a school", false},
	} {
		again := "telegram/five/again.jpg"
		items := append(crowd(),
			posted(old[0], 5, "Lysychansk: strike hit a school"), posted(old[1], 5.5, "Lysychansk, a school"),
			posted(fresh[0], 75, "Melitopol: strike hit a market"), posted(fresh[1], 75.5, "Melitopol, the market"),
			posted(again, 76, test.caption))
		res := propose(t, Input{Items: items, Clusters: copies(items, old[0], again)}, Automatic())
		if got := len(res.Findings) == 1 && res.Findings[0].Code == "recycled-media"; got != test.recycled {
			t.Errorf("%s: recycled %v, findings %+v", test.caption, got, res.Findings)
		}
		if together(res, old[0], fresh[0]) {
			t.Errorf("%s: two events are one", test.caption)
		}
	}
}
