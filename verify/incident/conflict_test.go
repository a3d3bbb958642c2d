package incident

import (
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// each names items by single letters: "abc" are three.
func each(s string) []verify.Digest {
	var out []verify.Digest
	for _, c := range strings.Split(s, "") {
		out = append(out, verify.Digest(c))
	}
	return out
}

// What contradicts what: single items that were named stay as they were said
// to be, lists of an incident follow what is said of single items later.
func TestConflicts(t *testing.T) {
	const one, two = "I-1", "I-2"
	pin := func(who, with string) verify.Decision {
		return verify.Decision{Kind: verify.Pin, Incident: one, Subjects: each(who), Others: each(with)}
	}
	remove := func(who, stay string) verify.Decision {
		return verify.Decision{Kind: verify.Remove, Incident: one, Subjects: each(who), Others: each(stay)}
	}
	move := func(who, with, stay string) verify.Decision {
		return verify.Decision{Kind: verify.Move, Incident: two, Other: one, Subjects: each(who), Others: each(with), Left: each(stay)}
	}
	merge := func(a, b string) verify.Decision {
		return verify.Decision{Kind: verify.Merge, Incident: one, Other: two, Subjects: each(a), Others: each(b)}
	}
	split := func(who, stay string) verify.Decision {
		return verify.Decision{Kind: verify.Split, Incident: one, Other: two, Subjects: each(who), Others: each(stay)}
	}
	apart := func(pair string) verify.Decision {
		return verify.Decision{Kind: verify.NotSameIncident, Subjects: each(pair)}
	}
	exclude := func(who string) verify.Decision {
		return verify.Decision{Kind: verify.Exclude, Subjects: each(who)}
	}
	confirm := func(who string) verify.Decision {
		return verify.Decision{Kind: verify.Confirm, Incident: one, Subjects: each(who)}
	}
	add := func(who, with string) verify.Decision {
		return verify.Decision{Kind: verify.Add, Incident: one, Subjects: each(who), Others: each(with)}
	}
	for name, test := range map[string]struct {
		said []verify.Decision
		want bool
	}{
		"pinned, then removed":                         {[]verify.Decision{pin("c", "ab"), remove("c", "ab")}, true},
		"pinned, then moved":                           {[]verify.Decision{pin("c", "ab"), move("c", "x", "ab")}, true},
		"pinned, then excluded":                        {[]verify.Decision{pin("c", "ab"), exclude("c")}, true},
		"excluded, then added":                         {[]verify.Decision{exclude("c"), add("c", "ab")}, true},
		"removed, then added":                          {[]verify.Decision{remove("c", "ab"), add("c", "ab")}, true},
		"the anchor of a pin goes":                     {[]verify.Decision{pin("c", "ab"), remove("a", "bc")}, false},
		"another member goes":                          {[]verify.Decision{add("c", "ab"), exclude("b")}, false},
		"merged, then split as before":                 {[]verify.Decision{merge("ab", "xy"), split("xy", "ab")}, true},
		"merged, then one split off":                   {[]verify.Decision{merge("ab", "xy"), split("y", "abx")}, false},
		"merged, then one removed":                     {[]verify.Decision{merge("ab", "xy"), remove("a", "bxy")}, false},
		"merged, then two of it of two":                {[]verify.Decision{merge("ab", "xy"), apart("by")}, true},
		"split, then merged":                           {[]verify.Decision{split("xy", "ab"), merge("ab", "xy")}, true},
		"split, then one moved on":                     {[]verify.Decision{split("xy", "ab"), {Kind: verify.Move, Incident: "I-3", Other: two, Subjects: each("y"), Others: each("k"), Left: each("x")}}, false},
		"split, then one moved back":                   {[]verify.Decision{split("xy", "ab"), {Kind: verify.Move, Incident: one, Other: two, Subjects: each("y"), Others: each("ab"), Left: each("x")}}, true},
		"two of two, through a third":                  {[]verify.Decision{apart("ac"), pin("a", "b"), pin("c", "b")}, true},
		"two of two, through an earlier one":           {[]verify.Decision{apart("bc"), pin("b", "a"), pin("c", "a")}, true},
		"two of two, through both sides":               {[]verify.Decision{apart("cd"), pin("c", "a"), pin("d", "b"), pin("b", "a")}, true},
		"two of two, then confirmed as one":            {[]verify.Decision{apart("ab"), confirm("abc")}, true},
		"confirmed, then two of two":                   {[]verify.Decision{confirm("abc"), apart("ab")}, true},
		"confirmed, then one removed":                  {[]verify.Decision{confirm("abc"), remove("c", "ab")}, false},
		"confirmed, one removed, and it is of another": {[]verify.Decision{confirm("abc"), remove("c", "ab"), apart("ac")}, false},
		"confirmed, then one excluded":                 {[]verify.Decision{confirm("abc"), exclude("a")}, false},
		"confirmed and split":                          {[]verify.Decision{confirm("abc"), split("c", "ab")}, false},
		"said twice":                                   {[]verify.Decision{apart("ab"), apart("ba"), exclude("c"), exclude("c")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range test.said {
				test.said[i].Seq, test.said[i].By = int64(10+i), "Ada"
			}
			got := Conflicts(test.said)
			if (len(got) > 0) != test.want {
				t.Fatalf("conflicts %v", got)
			}
			if !test.want {
				return
			}
			last := len(test.said) - 1
			if c := got[0]; c.GivesWay.Seq != test.said[last].Seq || c.Holds.Seq >= c.GivesWay.Seq || c.Settled {
				t.Errorf("%s", c)
			}
			test.said[last].NewerWins = true
			if c := Conflicts(test.said); len(c) == 0 || c[0].Holds.Seq != test.said[last].Seq || !c[0].Settled {
				t.Errorf("the newer does not win: %v", c)
			}
			back := append(test.said[:last:last], verify.Decision{Seq: 30, Kind: verify.TakeBack, TakesBack: got[0].Holds.Seq}, test.said[last])
			back[last+1].Seq, back[last+1].NewerWins = 31, false
			if c := Conflicts(back); len(c) > 0 {
				t.Errorf("what was taken back still stands: %v", c)
			}
		})
	}
}

// Two records that contradict each other, as when two colleagues' cases are
// joined: the older holds, and the finding names both.
func TestOpenConflictIsAFinding(t *testing.T) {
	a, b := "telegram/one/a.jpg", "x/two/b.jpg"
	in := Input{Items: append(crowd(), posted(a, 5, "Lysychansk: strike hit a school"), posted(b, 5.5, "Lysychansk, a school"))}
	in.Decisions = []verify.Decision{
		{Seq: 4, Kind: verify.NotSameIncident, Subjects: []verify.Digest{digest(a), digest(b)}, By: "Ada"},
		{Seq: 9, Kind: verify.Merge, Incident: "I-1", Other: "I-2", Subjects: []verify.Digest{digest(a)}, Others: []verify.Digest{digest(b)}, By: "Bo"},
	}
	for _, newer := range []bool{false, true} {
		in.Decisions[1].NewerWins = newer
		res := propose(t, in, Automatic())
		if together(res, a, b) != newer {
			t.Errorf("newer wins %v: they are together %v", newer, !newer)
		}
		i := len(res.Findings) - 1
		if i < 0 || res.Findings[i].Code != "decisions-conflict" {
			t.Fatalf("findings %+v", res.Findings)
		}
		for _, name := range []string{"entry 4 (not-same-incident, by Ada)", "entry 9 (merge, by Bo)"} {
			if !strings.Contains(res.Findings[i].Message, name) {
				t.Errorf("%q does not name %s", res.Findings[i].Message, name)
			}
		}
	}
}

// A copy that a person keeps apart leaves its copies, and one that is in no
// incident still shows that the picture is old.
func TestCopiesThatPeopleKeepApart(t *testing.T) {
	old, again, fresh := "telegram/one/old.jpg", "telegram/five/again.jpg", "x/four/new.jpg"
	april := 5 + 31*24.0
	items := append(crowd(), posted(old, 5, "Lysychansk: strike hit a school"), posted(fresh, april, "Melitopol: strike hit a market"),
		posted(again, april+1, "Melitopol: strike hit a market"))
	in := Input{Items: items, Clusters: copies(items, old, again)}
	in.Decisions = []verify.Decision{{Seq: 1, Kind: verify.Exclude, Subjects: []verify.Digest{digest(old)}, By: "Ada"}}
	res := propose(t, in, Automatic())
	if of(res, old) != nil || together(res, again, fresh) || len(res.Findings) != 1 || string(res.Findings[0].Path) != again {
		t.Errorf("old in %+v, again with fresh %v, findings %+v", of(res, old), together(res, again, fresh), res.Findings)
	}
	in.Decisions = []verify.Decision{{Seq: 1, Kind: verify.NotSameIncident, Subjects: []verify.Digest{digest(old), digest(again)}, By: "Ada"}}
	res = propose(t, in, Automatic())
	if together(res, old, again) || !together(res, again, fresh) {
		t.Errorf("with the old one %v, with the new one %v", together(res, old, again), together(res, again, fresh))
	}
}
