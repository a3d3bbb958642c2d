package incident

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// growing is a case that files come to and go from, and that people decide on.
type growing struct {
	r         *rand.Rand
	pool      []verify.Item // in the case or to come
	in        map[int]bool
	alike     []verify.Cluster // over the whole pool
	scenes    []verify.Match
	retired   []Previous
	decisions []verify.Decision
	now       []verify.Incident
	memory    []byte
	learnt    *Statistics
}

var towns = []string{"Avdiivka", "Bakhmut", "Chernihiv"}

// newGrowing makes a pool of posts and photos of some thirty events, with
// albums, greetings, copies, copies posted weeks later as something new, and
// other shots of one place.
func newGrowing(seed int64) *growing {
	g := &growing{r: rand.New(rand.NewSource(seed)), in: map[int]bool{}}
	r := g.r
	for e := range 30 {
		town, hour := r.Intn(len(towns)), 24*float64(r.Intn(7))+24*r.Float64()
		for i := range 1 + r.Intn(6) {
			var it verify.Item
			path := fmt.Sprintf("telegram/channel%d/%d-%d.jpg", r.Intn(6), e, i)
			switch r.Intn(5) {
			case 0:
				it = taken(fmt.Sprintf("camera/w%d/%d-%d.jpg", r.Intn(4), e, i), hour+r.Float64(), 48+float64(town)/2+r.Float64()/200, 37+float64(town)/3)
				it.Media.Device = extract.Device{Make: "M", Model: "One", Serial: extract.Text(fmt.Sprint("000", e%7))}
			case 1:
				it = posted(path, hour+3*r.Float64(), "Доброго ранку!")
			default:
				it = posted(path, hour+6*r.Float64(), fmt.Sprintf("%s: strike hit a %s near Zelena%d", towns[town], []string{"school", "hospital", "house"}[e%3], e%9))
				if r.Intn(3) == 0 {
					it.Sightings[0].Records[0].Album = fmt.Sprint("album", e)
				}
			}
			g.pool = append(g.pool, it)
		}
	}
	for i := 0; i < len(g.pool); i += 9 { // a copy, some of them posted long after
		n := r.Intn(len(towns))
		c := posted(fmt.Sprintf("x/account%d/copy%d.jpg", i%5, i), 24*float64(r.Intn(20)), towns[n]+": a house is hit just now")
		g.alike = append(g.alike, verify.Cluster{ID: fmt.Sprint("D-", i), Digests: sorted([]verify.Digest{g.pool[i].Digest, c.Digest})})
		g.pool = append(g.pool, c)
	}
	for range 12 {
		g.scenes = append(g.scenes, g.anyScene())
	}
	for i := range g.pool {
		g.in[i] = r.Intn(4) > 0
	}
	return g
}

// anyScene is likeness between two files, or a part that one shows of another.
func (g *growing) anyScene() verify.Match {
	i := g.r.Intn(len(g.pool) - 8)
	a, b := g.pool[i].Digest, g.pool[i+1+g.r.Intn(7)].Digest
	m := verify.Match{Relation: verify.SameScene, DigestA: min(a, b), DigestB: max(a, b)}
	if g.r.Intn(2) == 0 {
		m.Relation, m.AIs = verify.Part, "crop_of_b"
	}
	return m
}

// input is the case as it stands.
func (g *growing) input() Input {
	in := Input{Matches: g.scenes, Decisions: g.decisions, Statistics: g.learnt, Retired: g.retired}
	present := map[verify.Digest]bool{}
	for i, it := range g.pool {
		if g.in[i] {
			in.Items = append(in.Items, it)
			present[it.Digest] = true
		}
	}
	for _, c := range g.alike {
		if present[c.Digests[0]] && present[c.Digests[1]] {
			in.Clusters = append(in.Clusters, c)
		}
	}
	for _, inc := range g.now {
		p := Previous{ID: inc.ID}
		for _, m := range inc.Members {
			if m.Counts() {
				p.Digests = append(p.Digests, m.Digest)
			}
		}
		in.Previous = append(in.Previous, p)
	}
	return in
}

// change lets a few files come or go, or a person decide.
func (g *growing) change() string {
	switch g.r.Intn(6) {
	case 0: // two pictures are found to show one place, or are no longer
		i := g.r.Intn(len(g.scenes))
		g.scenes = append(g.scenes[:i:i], append(g.scenes[i+1:], g.anyScene())...)
		return "likeness"
	case 1, 2, 3:
		for range 1 + g.r.Intn(5) {
			i := g.r.Intn(len(g.pool))
			g.in[i] = !g.in[i]
		}
		return "files"
	}
	return g.decide()
}

func (g *growing) decide() string {
	r := g.r
	pick := func() *verify.Incident { return &g.now[r.Intn(len(g.now))] }
	counted := func(in *verify.Incident) (out []verify.Digest) {
		for _, m := range in.Members {
			if m.Counts() {
				out = append(out, m.Digest)
			}
		}
		return once(out)
	}
	if len(g.now) == 0 {
		return "nothing"
	}
	a, b := pick(), pick()
	d := verify.Decision{Seq: int64(len(g.decisions) + 1), By: "Ada", Reason: "r", Incident: a.ID, Subjects: counted(a), NewerWins: r.Intn(4) == 0}
	switch r.Intn(9) {
	case 0:
		d.Kind = verify.Confirm
	case 1:
		d.Kind = verify.Reject
	case 2:
		d.Kind, d.Other, d.Others = verify.Merge, b.ID, counted(b)
	case 3:
		d.Kind, d.Subjects = verify.Exclude, d.Subjects[:1]
	case 4:
		d.Kind, d.Incident, d.Subjects = verify.NotSameIncident, "", []verify.Digest{counted(a)[0], counted(b)[0]}
	case 5:
		d.Kind, d.Subjects, d.Others = verify.Add, counted(b)[:1], counted(a)
	case 6:
		d.Kind, d.Subjects, d.Others = verify.AlsoIn, counted(b)[:1], counted(a)
	case 7:
		d.Kind, d.Subjects, d.Others = verify.Remove, d.Subjects[:1], d.Subjects[1:]
	case 8:
		d = verify.Decision{Seq: d.Seq, By: "Ada", Kind: verify.TakeBack, TakesBack: 1 + int64(r.Intn(len(g.decisions)+1))}
	}
	if slices.Contains([]string{verify.Merge, verify.Add, verify.AlsoIn, verify.NotSameIncident}, d.Kind) && a.ID == b.ID {
		return "nothing"
	}
	g.decisions = append(g.decisions, d)
	return d.Kind
}

func once(l []verify.Digest) []verify.Digest {
	var out []verify.Digest
	for _, d := range l {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// shownResult is all that a run says of the case.
func shownResult(t *testing.T, r Result) string {
	t.Helper()
	text, err := json.MarshalIndent([]any{r.Incidents, r.Findings, r.Notes, r.Model}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Whatever comes, goes and is decided, a run that remembers the one before
// gives byte for byte what one with the same statistics gives that does not.
func TestMemoryChangesNothing(t *testing.T) {
	sequences, steps := int64(8), 14
	if testing.Short() {
		sequences = 2
	}
	for seed := range sequences {
		g := newGrowing(seed)
		p := Automatic()
		if seed%2 == 1 {
			p = Balanced()
		}
		if seed%4 >= 2 {
			p.Margin = 6 // so that much is in doubt
		}
		var kinds []string
		for step := range steps {
			in := g.input()
			fresh := propose(t, in, p)
			in.Memory, in.Standing = g.memory, g.now
			again := propose(t, in, p)
			if got, want := shownResult(t, again), shownResult(t, fresh); got != want {
				t.Fatalf("seed %d, after %v: what was remembered changed the result:\n%s", seed, kinds, firstDifference(got, want))
			}
			if g.learnt == nil {
				g.learnt = throughJSON(t, fresh.Statistics)
			}
			g.now, g.memory, g.retired = again.Incidents, again.Memory, again.Retired
			if step%5 == 4 { // what a later run finds was written by another
				g.now = throughIncidents(t, again.Incidents)
			}
			kinds = append(kinds, g.change())
		}
	}
}

func throughJSON(t *testing.T, s *Statistics) *Statistics {
	t.Helper()
	text, err := json.Marshal(s)
	out := new(Statistics)
	if err == nil {
		err = json.Unmarshal(text, out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// throughIncidents is what a case gives back of stored incidents.
func throughIncidents(t *testing.T, all []verify.Incident) []verify.Incident {
	t.Helper()
	text, err := json.Marshal(all)
	var out []verify.Incident
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		for j := range out[i].Members {
			out[i].Members[j].Digest = all[i].Members[j].Digest
		}
		for j := range out[i].Possible {
			out[i].Possible[j].Digest = all[i].Possible[j].Digest
		}
	}
	return out
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-300)
	return fmt.Sprintf("…%s\nnot\n…%s", a[from:min(len(a), i+300)], b[from:min(len(b), i+300)])
}

// A file more leaves almost all that is remembered as it is.
func TestMemoryServes(t *testing.T) {
	g := newGrowing(77)
	in := g.input()
	first := propose(t, in, Automatic())
	g.learnt, g.now = first.Statistics, first.Incidents
	in = g.input()
	in.Items = append(in.Items, posted("x/account9/new.jpg", 30, "Bakhmut: strike hit a school"))
	c := readCase(in, Automatic())
	c.memory = newMemory(c.maker(""), first.Memory, first.Incidents)
	_, known := c.memory.places(c.marks)
	n := 0
	for _, k := range known {
		if k {
			n++
		}
	}
	if n < len(known)-2 {
		t.Errorf("%d of %d atoms say what they said, though one file came", n, len(known))
	}
}

// Damage to what was left costs time alone.
func TestDamagedMemoryIsNone(t *testing.T) {
	g := newGrowing(5)
	in := g.input()
	first := propose(t, in, Automatic())
	g.learnt, g.now = first.Statistics, first.Incidents
	in = g.input()
	want := shownResult(t, propose(t, in, Automatic()))
	in.Standing = first.Incidents
	for i := 0; i < len(first.Memory); i += 1 + len(first.Memory)/40 {
		in.Memory = slices.Clone(first.Memory)
		in.Memory[i] ^= 0x41
		if _, err := decodeRemembered(in.Memory); err == nil {
			t.Errorf("byte %d was changed and not noticed", i)
		}
	}
	if got := shownResult(t, propose(t, in, Automatic())); got != want {
		t.Error(firstDifference(got, want))
	}
}

// FuzzRemembered reads what no run wrote. Lengths are bounded by what is there,
// and what is read can be written again.
func FuzzRemembered(f *testing.F) {
	g := newGrowing(1)
	in := g.input()
	first, err := Group(f.Context(), in, Automatic())
	if err != nil {
		f.Fatal(err)
	}
	body := first.Memory[:len(first.Memory)-len(mark{})]
	f.Add(body[:min(len(body), 4000)])
	f.Add([]byte(memoryForm))
	f.Fuzz(func(t *testing.T, b []byte) {
		w := writer{b: slices.Clone(b)}
		sum := w.mark()
		m, err := decodeRemembered(append(w.b, sum[:]...))
		if err != nil {
			return
		}
		if _, err := decodeRemembered(m.encode()); err != nil {
			t.Errorf("what was read cannot be read again: %v", err)
		}
	})
}

// What people decided is no part of what a case teaches.
func TestDecisionsTeachNothing(t *testing.T) {
	g := newGrowing(3)
	first := propose(t, g.input(), Automatic())
	g.now = first.Incidents
	for range 12 {
		g.decide()
	}
	if got, want := propose(t, g.input(), Automatic()).Statistics.Digest(), first.Statistics.Digest(); got != want {
		t.Errorf("the case teaches %s with decisions, and %s without", got, want)
	}
}

func TestStatisticsServeWhileLittleChanges(t *testing.T) {
	var items []verify.Item
	for i := range smallCase {
		items = append(items, posted(fmt.Sprintf("telegram/c/%d.jpg", i), float64(i), "x"))
	}
	s := &Statistics{LearntFrom: traces(items)}
	retold := slices.Clone(items)
	retold[3] = posted("telegram/c/3.jpg", 3, "told otherwise")
	for _, test := range []struct {
		name  string
		items []verify.Item
		serve bool
	}{
		{"as it was", items, true},
		{"in another order", append(slices.Clone(items[100:]), items[:100]...), true},
		{"a hundred gone", items[100:], true},
		{"another caption", retold, true},
		{"more than a twentieth gone", items[smallCase/mostChanged+1:], false},
	} {
		if got := s.Serve(test.items); got != test.serve {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	small := &Statistics{LearntFrom: traces(items[:50])}
	if small.Serve(items[:49]) || !small.Serve(items[:50]) {
		t.Error("a small case is learnt from anew with every change, and only then")
	}
}
