package incident

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// person decides on a case at random, as the commands would have it.
type person struct {
	t    *testing.T
	r    *rand.Rand
	in   Input
	res  Result
	seq  int64
	kept []verify.Decision // all that were recorded
}

func counted(inc *verify.Incident) []verify.Digest {
	var out []verify.Digest
	for i := range inc.Members {
		if m := &inc.Members[i]; m.Counts() && !slices.Contains(out, m.Digest) {
			out = append(out, m.Digest)
		}
	}
	return out
}

func (p *person) staying(inc *verify.Incident, without []verify.Digest) []verify.Digest {
	anchor, ok := Anchor(*inc, p.kept, without)
	if !ok {
		return nil
	}
	out := []verify.Digest{anchor}
	for _, d := range counted(inc) {
		if d != anchor && !slices.Contains(without, d) {
			out = append(out, d)
		}
	}
	return out
}

// some gives one to most items, at random.
func (p *person) some(items []verify.Digest, most int) []verify.Digest {
	items = slices.Clone(items)
	p.r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	return items[:min(len(items), 1+p.r.Intn(most))]
}

// propose makes up a decision, which need not be one that can be made.
func (p *person) propose() verify.Decision {
	a, b := &p.res.Incidents[p.r.Intn(len(p.res.Incidents))], &p.res.Incidents[p.r.Intn(len(p.res.Incidents))]
	any := p.in.Items[p.r.Intn(len(p.in.Items))].Digest
	other := p.in.Items[p.r.Intn(len(p.in.Items))].Digest
	kinds := []string{
		verify.Confirm, verify.Reject, verify.Pin, verify.Add, verify.AlsoIn, verify.Remove, verify.Exclude,
		verify.Move, verify.Merge, verify.Split, verify.NotSameIncident, verify.TakeBack,
	}
	d := verify.Decision{Kind: kinds[p.r.Intn(len(kinds))], Incident: a.ID, By: "Ada", Reason: "x"}
	d.Subjects = p.some(counted(a), 3)
	switch d.Kind {
	case verify.Confirm, verify.Reject:
		d.Subjects = counted(a)
	case verify.Pin:
		d.Others = p.staying(a, d.Subjects)
	case verify.Remove:
		d.Others = p.staying(a, d.Subjects)
	case verify.Add, verify.AlsoIn:
		d.Subjects, d.Others = []verify.Digest{any}, p.staying(a, []verify.Digest{any})
	case verify.Exclude:
		d.Incident, d.Subjects = "", []verify.Digest{any}
	case verify.Move:
		d.Other = b.ID
		d.Subjects = p.some(counted(b), 3)
		d.Others = p.staying(a, d.Subjects)
		d.Left = p.staying(b, slices.Concat(d.Subjects, d.Others))
	case verify.Merge:
		d.Other, d.Subjects, d.Others = b.ID, p.staying(a, nil), p.staying(b, counted(a))
	case verify.Split:
		d.Others = p.staying(a, d.Subjects)
		d.Other = Name(slices.Min(d.Subjects), func(id string) bool { return p.used(id) })
	case verify.NotSameIncident:
		d.Incident, d.Subjects = "", []verify.Digest{any, other}
	case verify.TakeBack:
		d = verify.Decision{Kind: verify.TakeBack, By: "Ada"}
		if s := verify.Standing(p.kept); len(s) > 0 {
			d.TakesBack = s[p.r.Intn(len(s))].Seq
		}
	}
	return d
}

func (p *person) used(id string) bool {
	return slices.ContainsFunc(p.res.Incidents, func(inc verify.Incident) bool { return inc.ID == id }) ||
		slices.ContainsFunc(p.kept, func(d verify.Decision) bool { return d.Incident == id || d.Other == id })
}

// possible says whether the commands would record it.
func (p *person) possible(d verify.Decision) bool {
	switch d.Kind {
	case verify.TakeBack:
		return d.TakesBack != 0
	case verify.Merge, verify.Split, verify.Remove, verify.Add, verify.AlsoIn:
		if len(d.Others) == 0 {
			return false
		}
	case verify.NotSameIncident:
		return d.Subjects[0] != d.Subjects[1]
	}
	if d.Other == d.Incident && d.Other != "" {
		return false
	}
	if d.Kind == verify.Add || d.Kind == verify.AlsoIn {
		home := p.home(d.Subjects[0])
		return (home == "") == (d.Kind == verify.Add) && home != d.Incident
	}
	return true
}

// home is the incident that an item counts in, "" for none.
func (p *person) home(d verify.Digest) string {
	for i := range p.res.Incidents {
		if slices.Contains(counted(&p.res.Incidents[i]), d) {
			return p.res.Incidents[i].ID
		}
	}
	return ""
}

// decide records one decision unless it contradicts an earlier one, and groups
// the case anew. Now and then it is taken back at once.
func (p *person) decide() {
	d := p.propose()
	p.seq += 1 + p.r.Int63n(3)
	d.Seq = p.seq
	if !p.possible(d) {
		return
	}
	if p.contradicts(d) {
		if d.NewerWins = true; p.r.Intn(2) == 0 || p.contradicts(d) {
			return
		}
	}
	before := text(p.t, p.res)
	p.kept = append(p.kept, d)
	p.group()
	if d.Kind != verify.TakeBack && p.r.Intn(3) == 0 {
		p.seq++
		p.kept = append(p.kept, verify.Decision{Seq: p.seq, Kind: verify.TakeBack, TakesBack: d.Seq, By: "Ada"})
		p.group()
		if after := text(p.t, p.res); after != before {
			p.t.Errorf("taking back %s %s %s %.6s %.6s: %s", d.Kind, d.Incident, d.Other, d.Subjects, d.Others, difference(before, after))
		}
	}
}

func (p *person) contradicts(d verify.Decision) bool {
	return slices.ContainsFunc(Conflicts(append(slices.Clone(p.kept), d)), func(c Conflict) bool { return c.GivesWay.Seq == d.Seq })
}

func (p *person) group() {
	p.in.Previous = nil
	for i := range p.res.Incidents {
		inc := &p.res.Incidents[i]
		p.in.Previous = append(p.in.Previous, Previous{ID: inc.ID, Digests: counted(inc)})
	}
	p.in.Decisions = slices.Clone(p.kept)
	p.res = propose(p.t, p.in, Balanced())
}

// obeyed says which firm decision that stands the result does not obey.
func (p *person) obeyed() error {
	left, givesWay := newRoster(p.kept).left, map[int64]bool{}
	for _, c := range Conflicts(p.kept) {
		givesWay[c.GivesWay.Seq] = true
		if !c.Settled {
			return fmt.Errorf("nobody settled that %s", c)
		}
	}
	for _, d := range verify.Standing(p.kept) {
		for _, l := range linksOf(d, left) {
			a, b := p.home(l.a), p.home(l.b)
			switch {
			case !l.firm || givesWay[d.Seq]:
			case l.sort == ofOne && (a == "" || a != b):
				return fmt.Errorf("entry %d (%s): %s is in %q and %s in %q", d.Seq, d.Kind, l.a[:6], a, l.b[:6], b)
			case l.sort == ofTwo && a != "" && a == b:
				return fmt.Errorf("entry %d (%s): %s and %s are both in %s", d.Seq, d.Kind, l.a[:6], l.b[:6], a)
			case l.sort == ofNone && a != "":
				return fmt.Errorf("entry %d (%s): %s is in %s", d.Seq, d.Kind, l.a[:6], a)
			}
		}
	}
	return nil
}

func text(t *testing.T, res Result) string {
	t.Helper()
	res.Retired, res.Memory = nil, nil // what is remembered for the next run
	b, err := json.MarshalIndent(res, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// eventful is a case of events that a grouping finds, two of them at a time
// close enough to be taken for one, among files of any time and place.
func eventful(r *rand.Rand) []verify.Item {
	items := randomCase(r, 30)
	for i, town := range []string{"Avdiivka", "Bakhmut", "Chernihiv", "Izium", "Kramatorsk", "Mariupol", "Nikopol", "Orikhiv", "Pokrovsk", "Sumy"} {
		hour := float64(600+60*(i/2)) + 6*float64(i%2)
		for j := range 5 {
			caption := []string{town + ": strike hit a hospital", "smoke over " + town, ""}[r.Intn(3)]
			items = append(items, posted(fmt.Sprintf("x/account%d/event%d.jpg", j, i), hour+3*r.Float64(), caption))
		}
	}
	return items
}

// Whatever a person decides: the result obeys it in any order of files and by
// any number of workers, a second run gives the same bytes, and a decision that
// is taken back leaves the bytes that stood before it, names and all.
func TestResultsObeyDecisions(t *testing.T) {
	for seed := range int64(3) {
		r := rand.New(rand.NewSource(seed))
		items := eventful(r)
		p := &person{t: t, r: r, in: Input{Items: items}}
		for i := range 6 {
			p.in.Clusters = append(p.in.Clusters, copies(items, items[9*i].Sightings[0].Path, items[9*i+4].Sightings[0].Path, items[9*i+7].Sightings[0].Path)...)
		}
		p.group()
		for range 40 {
			p.decide()
			if err := p.obeyed(); err != nil {
				for _, d := range verify.Standing(p.kept) {
					t.Logf("%d %s %s %s %.6s | %.6s", d.Seq, d.Kind, d.Incident, d.Other, d.Subjects, d.Others)
				}
				t.Fatalf("seed %d, after %d decisions: %v", seed, len(p.kept), err)
			}
		}
		want := text(t, p.res)
		p.group()
		if got := text(t, p.res); got != want {
			t.Errorf("seed %d: a second run differs: %s", seed, difference(want, got))
		}
		mixed := p.in
		mixed.Items, mixed.Clusters = slices.Clone(p.in.Items), slices.Clone(p.in.Clusters)
		r.Shuffle(len(mixed.Items), func(i, j int) { mixed.Items[i], mixed.Items[j] = mixed.Items[j], mixed.Items[i] })
		slices.Reverse(mixed.Clusters)
		params := Balanced()
		params.Workers = 1
		if got := text(t, propose(t, mixed, params)); got != want {
			t.Errorf("seed %d: another order of files differs: %s", seed, difference(want, got))
		}
	}
}

// difference is the first line that differs, for the message of a test.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %q, was %q", i+1, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d lines, were %d", len(b), len(a))
}
