package api

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// apart is the verdict that two files do not show the same, which bears on the
// incidents.
func apart(t *testing.T, c *Case, a, b string) VerdictIn {
	return VerdictIn{A: digestAt(t, c, "phone/"+a), B: digestAt(t, c, "phone/"+b), Verdict: verify.NotSame, By: "Ada", Reason: "seen"}
}

func TestLargeCaseAnswersBeforeItRegroups(t *testing.T) {
	c := actsCase(t)
	begun, goOn := make(chan struct{}, 10), make(chan struct{})
	c.regrouping.do = func(context.Context, *casefile.File) error {
		begun <- struct{}{}
		<-goOn
		return nil
	}
	act := func(what VerdictIn, decisions int) {
		c.large.Store(true)
		did(t, c, "verdict", what) // answered while the run waits, or this test never ends
		if got := len(view(t, c).Decisions); got != decisions {
			t.Errorf("%d decisions show, want %d", got, decisions)
		}
	}
	act(apart(t, c, "a.jpg", "b.jpg"), 1)
	<-begun
	act(apart(t, c, "a.jpg", "c.jpg"), 2)
	act(apart(t, c, "b.jpg", "c.jpg"), 3)
	close(goOn)
	<-begun // one run more, for both that came meanwhile
	for waiting := true; waiting; time.Sleep(time.Millisecond) {
		c.regrouping.mu.Lock()
		waiting = c.regrouping.running
		c.regrouping.mu.Unlock()
	}
	if len(begun) > 0 {
		t.Errorf("%d runs too many for acts that came meanwhile", len(begun))
	}
}

func TestSmallCaseAnswersWithItsIncidents(t *testing.T) {
	c := actsCase(t)
	failed, done := errors.New("the disk is full"), false
	c.regrouping.do = func(context.Context, *casefile.File) error { done = true; return failed }
	_, err := ask[Done](t, c, "verdict", nil, apart(t, c, "a.jpg", "b.jpg"))
	if !done || !errors.Is(err, failed) {
		t.Errorf("it answered %v, and did not wait until the incidents were made anew", err)
	}
	if got := len(view(t, c).Decisions); got != 1 {
		t.Errorf("%d decisions are recorded, want 1", got)
	}
}

func TestCaseClosesWhileItRegroups(t *testing.T) {
	c := actsCase(t)
	begun := make(chan struct{})
	c.regrouping.do = func(ctx context.Context, _ *casefile.File) error {
		close(begun)
		<-ctx.Done() // nothing else ends it
		return ctx.Err()
	}
	said := apart(t, c, "a.jpg", "b.jpg")
	c.large.Store(true)
	did(t, c, "verdict", said)
	<-begun
	if err := c.api.Shut(c.ID); err != nil {
		t.Fatal(err)
	}
	again, err := c.api.Open(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(view(t, again).Decisions); got != 1 {
		t.Errorf("%d decisions are there after the case was closed, want 1", got)
	}
}
