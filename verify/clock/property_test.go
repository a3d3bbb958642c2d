package clock

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// maker makes cases of bytes, so that a fuzzer can look for bad ones.
type maker struct{ data []byte }

func (m *maker) n(limit int) int {
	if len(m.data) == 0 {
		return 0
	}
	v := int(m.data[0])
	m.data = m.data[1:]
	return v % limit
}

// items gives files of two devices and two accounts whose clocks are off in
// the ways that clocks are: not at all, by a zone, by a day, by a year, and
// each by chance; with and without satellite times, posts and copies.
func (m *maker) items() (list []verify.Item, copies []verify.Cluster, z Zones) {
	errors := []time.Duration{0, 3 * time.Hour, 24 * time.Hour, -8760 * time.Hour, -13*time.Hour - 7*time.Minute, 4 * time.Minute}
	start := utc("2022-10-20T10:00:00")
	for i := 0; len(m.data) > 0 && i < 40; i++ {
		at := start.Add(time.Duration(m.n(256))*2*time.Hour + time.Duration(m.n(256))*17*time.Second)
		s := shot{clock: at.Add(errors[m.n(len(errors))]).Format("2006-01-02T15:04:05"), offset: []int{0, 180, floating}[m.n(3)]}
		what := m.n(256)
		if what&1 != 0 {
			s.gps = at.Add(-time.Duration(m.n(4)) * 3 * time.Minute).Format("2006-01-02T15:04:05")
		}
		if what&2 != 0 {
			s.posted = at.Add(time.Duration(m.n(256)) * time.Hour).Format("2006-01-02T15:04:05")
		}
		if what&4 != 0 {
			s.model = "Two"
		}
		s.path = fmt.Sprintf("%s/f%d.jpg", []string{"phone", "chat"}[what>>3&1], i)
		list = append(list, s.item(i))
		if what&16 != 0 && i > 0 {
			copies = append(copies, verify.Cluster{Digests: []verify.Digest{list[i].Digest, list[m.n(i)].Digest}})
		}
	}
	if m.n(2) == 1 {
		z.Case = time.FixedZone("East", 2*3600)
	}
	return list, copies, z
}

// check holds what the package promises for every case.
func check(t *testing.T, list []verify.Item, copies []verify.Cluster, z Zones) {
	t.Helper()
	before := slices.Clone(list)
	r := Apply(list, copies, z)
	if !reflect.DeepEqual(list, before) {
		t.Fatal("the items given were changed")
	}
	if twice := Apply(r.Items, copies, z); !reflect.DeepEqual(twice, r) {
		t.Fatalf("applied twice:\n%+v\nonce:\n%+v", twice, r)
	}
	mixed := slices.Clone(list)
	rand.New(rand.NewPCG(1, uint64(len(list)))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	other := Apply(mixed, copies, z)
	if !reflect.DeepEqual(other.Corrections, r.Corrections) || !reflect.DeepEqual(other.Findings, r.Findings) {
		t.Fatalf("in another order:\n%+v\n%+v\nfirst:\n%+v\n%+v", other.Corrections, other.Findings, r.Corrections, r.Findings)
	}
	byDigest := map[verify.Digest]verify.Item{}
	for _, it := range other.Items {
		byDigest[it.Digest] = it
	}
	for i := range r.Items {
		if !reflect.DeepEqual(byDigest[list[i].Digest], r.Items[i]) {
			t.Fatalf("in another order %+v, first %+v", byDigest[list[i].Digest], r.Items[i])
		}
		checkItem(t, list[i], r.Items[i])
	}
}

func checkItem(t *testing.T, before, after verify.Item) {
	t.Helper()
	var kept []extract.Time
	for _, x := range after.Media.Times {
		switch {
		case x.IsCorrected():
			if g := satellite(before.Media.Times); g != nil && (x.Earliest.After(g.Earliest) || x.Latest.Before(g.Earliest)) {
				t.Fatalf("%s: corrected to %v … %v, and its satellite time is %v", before.Path(), x.Earliest, x.Latest, g.Earliest)
			}
			fallthrough
		case x.IsZoned():
			if x.Earliest.After(x.Latest) || x.Zone != extract.Derived || x.Raw == "" {
				t.Fatalf("%s: no honest time: %+v", before.Path(), x)
			}
		default:
			kept = append(kept, x)
		}
	}
	if !reflect.DeepEqual(kept, before.Media.Times) {
		t.Fatalf("%s: the file says %+v, and now %+v", before.Path(), before.Media.Times, kept)
	}
}

func FuzzApply(f *testing.F) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(7, seed))
		data := make([]byte, 30+r.IntN(250))
		for i := range data {
			data[i] = byte(r.IntN(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := maker{data}
		list, copies, z := m.items()
		check(t, list, copies, z)
	})
}

// Devices as they are: an error that is constant but for a drift of a second a
// day, satellite times on a third of the files, of which some are minutes old
// and a few of another day, a clock that states its zone or one that changes
// with summer time. What is corrected must hold the truth.
func TestApplyHoldsTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	corrected, missed := 0, 0
	for device := range 400 {
		states := device%2 == 0
		off := time.Duration(r.IntN(3)-1) * time.Duration(r.IntN(400*24*3600)) * time.Second
		var list []verify.Item
		var truth []time.Time
		at := utc("2022-10-10T08:00:00").Add(time.Duration(r.IntN(20*24)) * time.Hour)
		start := at
		for i := range 5 + r.IntN(40) {
			at = at.Add(time.Duration(r.ExpFloat64() * 7 * float64(time.Hour)))
			zone := 180
			if at.After(utc("2022-10-30T01:00:00")) {
				zone = 120
			}
			wall := at.Add(off + time.Duration(zone)*time.Minute + time.Duration(at.Sub(start).Hours()/24)*time.Second)
			s := shot{clock: wall.Format("2006-01-02T15:04:05"), offset: zone}
			if !states {
				s.offset = floating
			}
			switch n := r.IntN(60); {
			case n == 0:
				s.gps = at.Add(-time.Duration(r.IntN(48)) * time.Hour).Format("2006-01-02T15:04:05")
			case n < 20:
				s.gps = at.Add(-time.Duration(r.IntN(150)) * time.Second).Format("2006-01-02T15:04:05")
			}
			list, truth = append(list, s.item(i)), append(truth, at)
		}
		for i, it := range Apply(list, nil, Zones{}).Items {
			for _, x := range it.Media.Times {
				if x.IsCorrected() && satellite(it.Media.Times) == nil {
					corrected++
					if truth[i].Before(x.Earliest.Add(-time.Second)) || truth[i].After(x.Latest) {
						missed++
					}
				}
			}
		}
	}
	t.Logf("%d readings without a satellite time corrected, %d of them wrongly", corrected, missed)
	if corrected < 2000 || missed*200 > corrected {
		t.Errorf("%d readings corrected, %d of them wrongly; want at least 2000 and at most one in 200", corrected, missed)
	}
}
