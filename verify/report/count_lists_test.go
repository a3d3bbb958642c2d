package report_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/report"
)

// verifiedReview is the review of an item that two people verified, or that one
// did.
func verifiedReview(d verify.Digest, twice bool) assess.Review {
	return reviewOf(d, assess.Verified, twice)
}

func reviewOf(d verify.Digest, c assess.Conclusion, twice bool) assess.Review {
	sheet := func(round assess.Round, by string) []assess.Act {
		a := assess.Act{Item: d, By: by, Key: by, Round: round, Conclusion: c, Done: true}
		for _, s := range assess.Subjects() {
			a.Claims = append(a.Claims, assess.Claim{Claim: s, Grade: assess.Probable})
		}
		return []assess.Act{a}
	}
	acts := sheet(assess.First, "Ada")
	if twice {
		acts = append(acts, sheet(assess.Second, "Bo")...)
	}
	for i := range acts {
		acts[i].Seq = int64(i + 1)
	}
	return assess.Fold(acts)[0]
}

// anyCase makes a case at random.
func anyCase(r *rand.Rand) report.Counting {
	var c report.Counting
	kinds := []extract.Kind{extract.Image, extract.Video, extract.Audio}
	for n := range 30 {
		var paths []string
		for k := range r.IntN(4) {
			paths = append(paths, fmt.Sprintf("s%d/%02d", k, n))
		}
		it := item(n, kinds[r.IntN(3)], paths...)
		if r.IntN(5) == 0 {
			it = unreadable(it)
		}
		c.Items = append(c.Items, it)
		if r.IntN(3) == 0 {
			c.Reviews = append(c.Reviews, verifiedReview(it.Digest, r.IntN(2) == 0))
		}
	}
	for n := range 5 {
		k := verify.Cluster{ID: fmt.Sprint(n)}
		for i := n * 4; i < n*4+1+r.IntN(4); i++ {
			k.Digests = append(k.Digests, digest(i))
		}
		c.Clusters = append(c.Clusters, k)
	}
	status := []verify.Status{verify.Candidate, verify.Confirmed, verify.Confirmed, verify.Rejected}
	for n := range 20 {
		inc := assess.Incident{Incident: verify.Incident{ID: fmt.Sprintf("I-%02d", n), Status: status[r.IntN(4)]}}
		for range r.IntN(4) {
			d := digest(r.IntN(30))
			inc.Members = append(inc.Members, verify.Member{Digest: d, Role: []verify.Role{verify.Original, verify.Recycled}[r.IntN(2)]})
		}
		if r.IntN(3) > 0 {
			inc.Record.DateStart = time.Date(2024, time.Month(1+r.IntN(3)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		for _, a := range assess.AreaTypes()[:3] {
			if r.IntN(3) == 0 {
				inc.Record.AreaTypes = append(inc.Record.AreaTypes, a)
			}
		}
		inc.Record.Children = []assess.YesNo{"", assess.Yes, assess.No, assess.Unclear}[r.IntN(4)]
		if r.IntN(8) == 0 {
			inc.Record.DuplicateOf = "I-00"
		}
		c.Incidents = append(c.Incidents, inc)
	}
	return c
}

func scopes(c *report.Counting) []report.Scope {
	var out []report.Scope
	for _, p := range []report.Period{{}, {From: "2024-02-01", To: "2024-02-29"}, {From: "2024-02-15"}, {To: "2024-02-15"}, {From: "2030-01-01"}} {
		out = append(out, report.Scope{Period: p})
		for _, by := range []report.By{report.ByArea, report.ByWeapon, report.ByMonth} {
			for _, g := range c.Groups(by, p) {
				out = append(out, report.Scope{Period: p, By: by, Group: g})
			}
		}
	}
	return out
}

// Every number is the length of its list, by kind too, and a list names nothing
// twice.
func TestNumbersAgreeWithTheirLists(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		c := anyCase(r)
		for _, s := range scopes(&c) {
			for _, row := range c.Sheet(s).Rows {
				list, err := c.List(row.Name, s)
				if err != nil {
					t.Fatal(err)
				}
				if len(list) != row.Total || row.ByKind && row.Photos+row.Videos+row.Other != row.Total {
					t.Fatalf("%+v: %s is %+v and its list has %d", s, row.Name, row, len(list))
				}
				var names []string
				for _, e := range list {
					names = append(names, e.Path+" "+e.Incident)
					if s.Period != (report.Period{}) && (e.Day == "" || s.Period.From != "" && e.Day < s.Period.From || s.Period.To != "" && e.Day > s.Period.To) {
						t.Fatalf("%+v: %+v is not in the period", s, e)
					}
				}
				slices.Sort(names)
				if len(slices.Compact(names)) != len(list) {
					t.Fatalf("%+v: %s lists something twice: %v", s, row.Name, names)
				}
			}
		}
	}
}

// Months, the undated among them, and two halves of a period sum up to the
// whole of the incidents; areas never give more than is there.
func TestPartsSumUp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	total := func(c *report.Counting, name string, s report.Scope) int {
		list, err := c.List(name, s)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	for range 12 {
		c := anyCase(r)
		for _, name := range []string{report.ListCandidates, report.ListConfirmed, report.ListChildren, report.ListChildrenUnclear, report.ListConfirmedVerified} {
			whole, months := total(&c, name, report.Scope{}), 0
			for _, g := range c.Groups(report.ByMonth, report.Period{}) {
				months += total(&c, name, report.Scope{By: report.ByMonth, Group: g})
			}
			if months != whole {
				t.Fatalf("%s: %d in all months, %d in all", name, months, whole)
			}
			first := total(&c, name, report.Scope{Period: report.Period{From: "2024-01-01", To: "2024-02-10"}})
			second := total(&c, name, report.Scope{Period: report.Period{From: "2024-02-11", To: "2024-12-31"}})
			both := total(&c, name, report.Scope{Period: report.Period{From: "2024-01-01", To: "2024-12-31"}})
			if first+second != both {
				t.Fatalf("%s: %d and %d are not %d", name, first, second, both)
			}
			for _, g := range c.Groups(report.ByArea, report.Period{}) {
				if n := total(&c, name, report.Scope{By: report.ByArea, Group: g}); n > whole {
					t.Fatalf("%s: %d in %s, %d in all", name, n, g, whole)
				}
			}
		}
	}
}

// The whole sheet, by hand.
func TestCountSheetOfAWrittenCase(t *testing.T) {
	c := report.Counting{
		Items:   []verify.Item{item(1, extract.Image, "a/1", "b/1"), item(2, extract.Video, "a/2"), item(3, extract.Image, "a/3")},
		Reviews: []assess.Review{verifiedReview(digest(1), true), verifiedReview(digest(2), false), reviewOf(digest(3), assess.PartlyVerified, true)},
	}
	member := func(n int) []verify.Member { return []verify.Member{{Digest: digest(n), Role: verify.Original}} }
	inc := func(id string, s verify.Status, n int, r assess.Record) assess.Incident {
		return assess.Incident{Incident: verify.Incident{ID: id, Status: s, Members: member(n)}, Record: r}
	}
	c.Incidents = []assess.Incident{
		inc("A", verify.Confirmed, 1, assess.Record{DateStart: "2024-05-01", Children: assess.Yes}),
		inc("B", verify.Confirmed, 2, assess.Record{DateStart: "2024-06-01", Children: assess.Unclear}),
		inc("C", verify.Candidate, 3, assess.Record{DateStart: "2024-05-03", Children: assess.Yes}),
		inc("D", verify.Rejected, 1, assess.Record{DateStart: "2024-05-01", Children: assess.Yes}),
		inc("E", verify.Confirmed, 1, assess.Record{DateStart: "2024-05-01", Children: assess.Yes, DuplicateOf: "A"}),
	}
	for _, w := range []struct {
		period report.Period
		want   map[string]int
	}{
		{report.Period{}, map[string]int{"files": 4, "readable": 4, "unique": 3, "joined": 3, "verified": 1, "candidates": 1, "confirmed": 2, "confirmed-verified": 1, "children": 1, "children-unclear": 1, "duplicates": 1}},
		{report.Period{From: "2024-05-01", To: "2024-05-31"}, map[string]int{"files": 3, "readable": 3, "unique": 2, "joined": 2, "verified": 1, "candidates": 1, "confirmed": 1, "confirmed-verified": 1, "children": 1, "duplicates": 1}},
		{report.Period{From: "2024-06-01", To: "2024-06-30"}, map[string]int{"files": 1, "readable": 1, "unique": 1, "joined": 1, "confirmed": 1, "children-unclear": 1}},
		{report.Period{To: "2020-01-01"}, map[string]int{}},
	} {
		for _, row := range c.Sheet(report.Scope{Period: w.period}).Rows {
			if row.Total != w.want[row.Name] {
				t.Errorf("%v: %s is %d, want %d", w.period, row.Name, row.Total, w.want[row.Name])
			}
		}
	}
}

func TestCompareTwoPeriods(t *testing.T) {
	for _, c := range []struct {
		now, then int
		want      string
	}{
		{848, 581, "848, up 46 %"}, {581, 848, "581, down 31 %"}, {5, 5, "5, the same"}, {0, 0, "0, the same"},
		{12, 0, "12, up from none"}, {0, 12, "0, down 100 %"}, {0, 3, "0, down from 3"}, {12, 9, "12, up from 9"},
		{15, 10, "15, up 50 %"}, {1001, 1000, "1001, up less than 1 %"}, {999, 1000, "999, down less than 1 %"},
		{201, 200, "201, up 1 %"}, {199, 200, "199, down 1 %"}, {203, 200, "203, up 2 %"}, {30, 10, "30, up 200 %"},
	} {
		if got := report.Compare(c.now, c.then).String(); got != c.want {
			t.Errorf("%d beside %d: %q, want %q", c.now, c.then, got, c.want)
		}
	}
	for then := 10; then < 400; then++ {
		for now := range 800 {
			exact := 100 * float64(now-then) / float64(then)
			if got := *report.Compare(now, then).Percent; math.Abs(float64(got)-exact) > 0.5+1e-9 || got != int(math.Round(exact)) {
				t.Fatalf("%d beside %d: %d, want %v", now, then, got, exact)
			}
		}
	}
}
