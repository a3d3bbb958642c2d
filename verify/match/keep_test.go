package match

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// A search that is stopped keeps what it found out, and the next one goes on
// from there to the same result, without examining any of it again.
func TestStoppedSearchGoesOn(t *testing.T) {
	items := caseOf(t)
	want := find(t, items, Options{})
	n := &notebook{pages: map[verify.Digest][]byte{}}
	first := stopped(t, items, n, 30)
	if len(n.pages) == 0 {
		t.Fatal("a search that was stopped kept nothing")
	}
	before := maps.Clone(n.pages)
	second := stopped(t, items, n, first+1000)
	if second >= 0 {
		t.Fatalf("the search that goes on was stopped after %d", second)
	}
	for d := range before {
		if len(n.pages[d]) == 0 {
			t.Errorf("what was kept of %s is gone", d[:8])
		}
	}
	if got := find(t, items, n.options()); !reflect.DeepEqual(got, want) {
		t.Error("after a stop the result is another")
	}
	// Nothing that was kept is found out again.
	n.pages = before
	for d, page := range n.pages {
		n.pages[d] = denied(t, page, nil)
	}
	if got := find(t, items, n.options()); len(got.Matches) >= len(want.Matches) {
		t.Errorf("%d matches, though some pairs are known to have nothing in common", len(got.Matches))
	}
}

// stopped runs a search in small parts that is stopped after so many steps, and
// says after how many; -1 when it came to its end.
func stopped(t *testing.T, items []verify.Item, n *notebook, after int) int {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	o := n.options()
	o.inParts, o.Workers = 4, 1
	at := -1
	o.Progress = func(done, _ int) {
		if done == after {
			at = done
			stop()
		}
	}
	_, err := Find(ctx, items, o)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err == nil {
		return -1
	}
	return at
}
