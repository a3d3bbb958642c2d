package match

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"sync"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// notebook keeps what a search remembers.
type notebook struct {
	sync.Mutex
	pages map[verify.Digest][]byte
}

func (n *notebook) options() Options {
	return Options{
		Known: func(d verify.Digest) ([]byte, error) {
			n.Lock()
			defer n.Unlock()
			return n.pages[d], nil
		},
		Remember: func(d verify.Digest, b []byte) error {
			n.pages[d] = b
			return nil
		},
	}
}

func caseOf(t *testing.T) []verify.Item {
	var items []verify.Item
	for i := range int64(2) {
		l := scene(200+i, 480, 360)
		for name, k := range map[string]hashing.Luma{
			"copy": l.Reduced(300), "crop": cut(l, 0.4, 0.3, 1, 1), "screen": screenshot(l), "turned": rotated(l, 15),
			"collage": collage(l, scene(200+(i+1)%2, 480, 360), scene(300+i, 480, 360), scene(310+i, 480, 360)),
		} {
			items = append(items, still(t, fmt.Sprintf("s/%d-%s.jpg", i, name), k))
		}
		items = append(items, still(t, fmt.Sprintf("s/%d.jpg", i), l))
	}
	return append(items, clip(t, "v/a.mp4", pan(250), 6), clip(t, "v/b.mp4", pan(250).after(2, 1), 4), clip(t, "v/a-again.mp4", pan(250), 6))
}

// A search that remembers an earlier one gives the same as one that does not,
// and examines only pairs with new items.
func TestRememberedVerdictsAreTheSame(t *testing.T) {
	items := caseOf(t)
	want := find(t, items, Options{})
	if len(want.Matches) < 12 {
		t.Fatalf("only %d matches", len(want.Matches))
	}
	n := &notebook{pages: map[verify.Digest][]byte{}}
	find(t, items[:len(items)-5], n.options())
	if got := find(t, items, n.options()); !reflect.DeepEqual(got, want) {
		t.Error("what was remembered gives another result")
	}
	kept := maps.Clone(n.pages)
	if got := find(t, items, n.options()); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(n.pages, kept) {
		t.Error("a third search gives another result, or remembers something else")
	}
	// Nothing is examined twice: verdicts that are kept are taken as they are.
	for d, page := range n.pages {
		n.pages[d] = denied(t, page, everyone(items))
	}
	if got := find(t, items, n.options()); len(got.Matches) != 0 {
		t.Errorf("%d matches of pairs that are known to have nothing in common", len(got.Matches))
	}
}

// everyone is the topics of all pairs of stills, as a page keeps them.
func everyone(items []verify.Item) (b []byte) {
	for i := range items {
		for j := range items {
			if items[i].Digest < items[j].Digest {
				b = append(b, topicOf(lookAt(&items[i]), lookAt(&items[j]), 0).bytes()...)
			}
		}
	}
	return b
}

// denied is a page that says of the given pairs, and of every one on it, that
// nothing was found.
func denied(t *testing.T, page, pairs []byte) []byte {
	t.Helper()
	var w written
	if err := json.Unmarshal(page, &w); err != nil {
		t.Fatal(err)
	}
	for _, text := range w.Found {
		var f told
		if err := json.Unmarshal(text, &f); err != nil {
			t.Fatal(err)
		}
		w.Nothing = append(w.Nothing, f.Topic...)
	}
	w.Nothing, w.Found = append(w.Nothing, pairs...), nil
	page, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// Bytes that are damaged or of another version are as good as none.
func TestDamagedMemoryIsPassedOver(t *testing.T) {
	l := scene(210, 480, 360)
	items := []verify.Item{still(t, "a.jpg", l), still(t, "b.jpg", l.Reduced(300))}
	want := find(t, items, Options{})
	for _, page := range []string{"", "{", `{"Version":"earlier","Nothing":"AAAA"}`, `{"Version":"` + Version + `","Nothing":"AAAA"}`} {
		n := &notebook{pages: map[verify.Digest][]byte{items[0].Digest: []byte(page), items[1].Digest: []byte(page)}}
		if got := find(t, items, n.options()); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: another result", page)
		}
	}
}
