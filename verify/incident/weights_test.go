package incident

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// tweeted is a file of X that has nothing but its name: the id of its post.
func tweeted(account, id string, n int, hour float64) verify.Item {
	it := posted(fmt.Sprintf("x/%s/%s_%d.jpg", account, id, n), hour, "")
	s := &it.Sightings[0]
	s.Records = nil
	s.Times[0].Kind, s.Times[0].Field, s.Times[0].Raw = extract.PlatformID, "PlatformID:X", id
	return it
}

func TestFilesNamedAfterOnePost(t *testing.T) {
	items := append(crowd(), tweeted("one", "1498186193330396312", 1, 5), tweeted("one", "1498186193330396312", 2, 5), tweeted("two", "1498186193330396999", 1, 5))
	res := propose(t, Input{Items: items}, Automatic())
	const a, b, c = "x/one/1498186193330396312_1.jpg", "x/one/1498186193330396312_2.jpg", "x/two/1498186193330396999_1.jpg"
	if !together(res, a, b) {
		t.Fatal("two files whose names have the id of one post are apart")
	}
	if other := of(res, c); other != nil {
		for _, r := range member(other, c).Reasons {
			if r.Code == "same-post" {
				t.Error("a file of another post in the same second counts as one of this post")
			}
		}
	}
	m := member(of(res, a), a)
	if m.Reasons[0].Code != "same-post" || m.Reasons[0].Weight <= 0 {
		t.Errorf("the first reason is %+v, want same-post", m.Reasons[0])
	}
}

// What a case teaches is kept between runs as JSON.
func TestStatisticsSurviveJSON(t *testing.T) {
	items := append(crowd(), posted("telegram/one/a.jpg", 5, "Лисичанськ. Влучання: школа"), taken("camera/w1/b.jpg", 5.2, 48.9, 38.43),
		tweeted("one", "1498186193330396312", 1, 6), posted("telegram/two/c.jpg", 6.5, "Footage from Lysychansk today"))
	first := propose(t, Input{Items: items}, Balanced())
	learnt := throughJSON(t, first.Statistics)
	if learnt.Digest() != first.Statistics.Digest() {
		t.Error("the statistics have another digest after they were stored")
	}
	second := propose(t, Input{Items: items, Statistics: learnt}, Balanced())
	if !reflect.DeepEqual(first.Incidents, second.Incidents) {
		t.Error("the same case by its own statistics gives other incidents")
	}
}

// In a case of many accounts it is a rarer chance that two posts are of one.
func TestOneAccountSaysMoreAmongMany(t *testing.T) {
	learnt := func(accounts int) *Statistics {
		var items []verify.Item
		for i := range 40 {
			items = append(items, posted(fmt.Sprintf("x/account%d/%d.jpg", i%accounts, i), float64(48*i), ""))
		}
		return propose(t, Input{Items: items}, Automatic()).Statistics
	}
	few, many := learnt(4), learnt(40)
	share := Automatic().Burst
	if a, b := tieBits(share, few.OneAccount), tieBits(share, many.OneAccount); a < 0 || b < a+2 {
		t.Errorf("one account says %.1f bits among 4 and %.1f among 40", a, b)
	}
	if bits := tieBits(share, 1e-9); bits > mostTie {
		t.Errorf("a tie says %.1f bits", bits)
	}
}

func TestJoiningGroupsMustBeSurer(t *testing.T) {
	c := &grouping{params: Automatic()}
	of := func(n int) *opinion { return &opinion{atoms: make([]int, n)} }
	if s := c.stake(of(1), of(20)); s != 0 {
		t.Errorf("one picture more needs %.1f bits above the threshold", s)
	}
	if s, u := c.stake(of(2), of(20)), c.stake(of(20), of(8)); s <= 0 || u <= s {
		t.Errorf("joining 2 and 20 needs %.1f bits more, 20 and 8 %.1f", s, u)
	}
}

func TestStarts(t *testing.T) {
	p := Automatic()
	c := &grouping{params: p, postLags: newLagTable(p.PostLag), captureLags: newLagTable(p.CaptureLag)}
	for _, l := range []Lag{p.PostLag, p.CaptureLag} {
		table := newLagTable(l)
		for _, h := range []float64{-6, -0.5, 1.0 / 60, 0.5, 1, 4, 36, 125, 400} {
			if got, want := table.at(h, l), l.at(h); math.Abs(got-want) > 1e-9+0.03*want {
				t.Errorf("density of a lag of %g h: %g by the table, %g by the formula", h, got, want)
			}
		}
	}
	posted := func(h float64) moment { return moment{span: span{lo: at(h), hi: at(h)}} }
	s := c.newStart(posted(12))
	for i := range 300 { // more than any product of densities stands without scaling
		s = s.with(c.newStart(posted(12 + float64(i%9))))
	}
	if got := s.middle - hours(day); !(got > 6 && got < 12.5) {
		t.Errorf("300 posts between 12 and 20 h begin at %g h", got)
	}
	near, far := s.bits(c.newStart(posted(15)), 0.001), s.bits(c.newStart(posted(80)), 0.001)
	if !(near > 3 && far < near-5) || math.IsInf(far, 0) {
		t.Errorf("a post at 15 h weighs %.1f bits, one at 80 h %.1f", near, far)
	}
}
