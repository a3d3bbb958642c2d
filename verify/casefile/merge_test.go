package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	goflag "flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
)

var (
	mergeSeed = goflag.Uint64("mergeseed", 0, "where TestMergeInAnyOrder begins")
	mergeRuns = goflag.Uint64("mergeruns", 3, "how many histories TestMergeInAnyOrder tries")
)

// laptop is a case with a clock and a key of its own.
type laptop struct {
	t   *testing.T
	dir string
	key byte
	at  time.Time
}

func newLaptop(t *testing.T, key byte) *laptop {
	l := &laptop{t: t, dir: filepath.Join(t.TempDir(), "case"), key: key, at: time.Date(2022, 2, 24, 5, 0, 0, 0, time.UTC)}
	f, err := Create(l.dir, l.options())
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *laptop) options() Options {
	name := fmt.Sprint("person ", l.key)
	return Options{Signer: testKey(l.key), Actor: name, Machine: fmt.Sprint("laptop ", l.key), Tool: "firsthand test", Now: func() time.Time {
		l.at = l.at.Add(time.Second)
		return l.at
	}}
}

// fork is a copy of the case folder, on the machine of another.
func (l *laptop) fork(key byte) *laptop {
	return &laptop{t: l.t, dir: copyCase(l.t, l.dir), key: key, at: l.at.Add(time.Duration(key) * time.Millisecond)}
}

func (l *laptop) open(do func(*File)) {
	l.t.Helper()
	f, err := Open(l.dir, l.options())
	if err != nil {
		l.t.Fatal(err)
	}
	defer f.Close()
	do(f)
}

// merge joins another case to this one and checks the outcome.
func (l *laptop) merge(other *laptop) (m Merged) {
	l.t.Helper()
	l.open(func(f *File) {
		opts := other.options()
		opts.ReadOnly = true
		o, err := Open(other.dir, opts)
		if err != nil {
			l.t.Fatal(err)
		}
		defer o.Close()
		if m, err = f.Merge(l.t.Context(), o, false); err != nil {
			l.t.Fatal(err)
		}
		mustVerify(l.t, f)
	})
	return m
}

// state is what has to be the same in all cases that were joined.
func (l *laptop) state() string {
	l.t.Helper()
	var out strings.Builder
	l.open(func(f *File) {
		ctx := l.t.Context()
		line := func(v any) {
			b, err := json.Marshal(v)
			if err != nil {
				l.t.Fatal(err)
			}
			fmt.Fprintln(&out, string(b))
		}
		marks, err := f.presentMarks(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		present := make(map[string]string)
		for k, v := range marks {
			present[k.String()] = v
		}
		line(present)
		items, err := f.itemMarks(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, d := range sortedKeys(items) {
			line([]string{d, items[d].version, items[d].record})
		}
		decisions, err := f.Decisions(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, d := range decisions {
			line([]any{d.Kind, d.At, d.Incident, d.Other, d.Subjects, d.Others, d.Left, d.By, d.Reason})
		}
		for _, d := range verify.Standing(decisions) {
			line([]any{d.Kind, d.At, d.By})
		}
		acts, err := f.Acts(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, a := range assess.Standing(acts) {
			line([]any{a.At, a.By, a.Item, a.Conclusion, a.Limits, a.Erased})
		}
		line(markLines(l.t, f))
		settings, err := f.Settings(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		line(settings)
		records, err := f.Records(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		line(records)
		known, err := f.Known(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		line(known)
		conflicts, err := f.ReportConflicts(ctx)
		if err != nil {
			l.t.Fatal(err)
		}
		line(conflicts)
	})
	return out.String()
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// work lets a person do something in a case, as chance has it.
func (l *laptop) work(r *rand.Rand) {
	l.t.Helper()
	l.open(func(f *File) {
		ctx := l.t.Context()
		name := fmt.Sprint("item ", r.IntN(6))
		var err error
		switch r.IntN(10) {
		case 0, 1: // a scan finds something
			s := beginScan(l.t, f, "one", "two")
			src := []string{"one", "two"}[r.IntN(2)]
			result := plain(src, fmt.Sprint("file ", r.IntN(4)), name)
			result.Sighting.Account = fmt.Sprint("account ", r.IntN(2))
			put(l.t, s, result)
			err = s.End(ctx, nil)
		case 2:
			_, err = f.Decide(ctx, verify.Decision{Kind: []string{verify.Confirm, verify.Reject}[r.IntN(2)], Incident: fmt.Sprint("i", r.IntN(2)), By: l.options().Actor, Reason: fmt.Sprint("because ", r.IntN(100))})
		case 3: // takes back what holds, whoever decided it
			var decisions []verify.Decision
			if decisions, err = f.Decisions(ctx); err != nil {
				break
			}
			if standing := verify.Standing(decisions); len(standing) > 0 {
				was := standing[r.IntN(len(standing))]
				_, err = f.Decide(ctx, verify.Decision{Kind: verify.TakeBack, TakesBack: was.Seq, Incident: was.Incident, Subjects: was.Subjects, By: l.options().Actor})
			}
		case 4:
			if _, itemErr := f.Item(ctx, digestOf(name)); itemErr == nil {
				_, err = f.Assess(ctx, assess.Act{Item: digestOf(name), By: l.options().Actor, Round: assess.First, Limits: fmt.Sprint("seen ", r.IntN(100)), Conclusion: assess.NotVerifiable})
			}
			if err != nil && strings.Contains(err.Error(), "record assessment") {
				err = nil // what one may not say: not of concern here
			}
		case 5:
			err = f.Set(ctx, "zone/one", []string{"Europe/Kyiv", "UTC", ""}[r.IntN(3)])
		case 6:
			var texts []Text
			if texts, err = f.Texts(ctx); err == nil && len(texts) > 0 && r.IntN(2) == 0 {
				_, err = f.Erase(ctx, texts[r.IntN(len(texts))].Seq, l.options().Actor, "asked for")
			}
		case 7:
			_, err = f.RecordIncidents(ctx, assess.Change{Incident: fmt.Sprint("i", r.IntN(2)), By: l.options().Actor, Fields: json.RawMessage(fmt.Sprintf(`{"summary":"what %d saw"}`, r.IntN(9)))})
		case 8:
			err = l.mark(f, r, name)
		case 9:
			_, _, err = f.LoadKnown(ctx, KnownSet{Name: "set", File: "f.kml", Format: "kml"}, []verify.Known{{ID: fmt.Sprint(r.IntN(3)), Title: source.Text(fmt.Sprint("title ", r.IntN(9)))}})
		}
		if err != nil {
			l.t.Fatal(err)
		}
	})
}

// Cases that were joined in any order, any number of times, directly or by way of
// each other, hold the same in the end, and joining once more brings nothing.
func TestMergeInAnyOrder(t *testing.T) {
	for seed := *mergeSeed; seed < *mergeSeed+*mergeRuns; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 6))
			a, b := newLaptop(t, 1), newLaptop(t, 2)
			for range 5 {
				a.work(r)
				b.work(r)
			}
			all := []*laptop{a, b, a.fork(3)}
			for range 24 {
				l := all[r.IntN(len(all))]
				l.work(r)
				if r.IntN(4) == 0 {
					l.merge(all[r.IntN(len(all))])
				}
			}
			// until nothing is new anywhere
			for round := 0; ; round++ {
				news := false
				for _, i := range r.Perm(len(all)) {
					for _, j := range r.Perm(len(all)) {
						news = !all[i].merge(all[j]).Nothing() || news
					}
				}
				if !news {
					break
				}
				if round > 6 {
					t.Fatal("joining again and again still brings something")
				}
			}
			want := all[0].state()
			for i, l := range all[1:] {
				if got := l.state(); got != want {
					t.Errorf("case %d: %q", i+1, firstDifferentLine(got, want))
				}
			}
		})
	}
}

func TestMergeKeepsBothLedgers(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	r := rand.New(rand.NewPCG(1, 1))
	for range 12 {
		a.work(r)
		b.work(r)
	}
	if m := a.merge(b); m.Nothing() || m.Ledgers != 1 {
		t.Fatalf("got %+v", m)
	}
	var before int64
	a.open(func(f *File) {
		before = f.log.Size()
		annexes, err := f.Annexes(t.Context())
		if err != nil || len(annexes) != 1 {
			t.Fatalf("%d annexes, %v", len(annexes), err)
		}
		var theirs []custody.Entry
		b.open(func(f *File) { theirs, _ = collect(f.Events(t.Context())) })
		if sum, err := annexes[0].Check(); err != nil || !reflect.DeepEqual(annexes[0].Entries, theirs[:sum.Size]) {
			t.Errorf("their ledger is not held word for word: %+v, %v", sum, err)
		}
	})
	if m := a.merge(b); !m.Nothing() {
		t.Errorf("again: %+v", m)
	}
	a.open(func(f *File) {
		if f.log.Size() != before {
			t.Errorf("joining again wrote %d entries", f.log.Size()-before)
		}
	})
}

// A case that was tampered with is not joined, and leaves no trace.
func TestMergeRefusesABrokenCase(t *testing.T) {
	a, b := newLaptop(t, 1), &laptop{t: t, dir: fullCase(t), key: 1}
	tamper(t, b.dir, "UPDATE decisions SET actor = 'Max' WHERE kind = 'reject'")
	before := a.state()
	a.open(func(f *File) {
		opts := b.options()
		opts.ReadOnly = true
		o, err := Open(b.dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		var broken *custody.BrokenError
		if _, err := f.Merge(t.Context(), o, false); !errors.As(err, &broken) {
			t.Errorf("got %v", err)
		}
	})
	if a.state() != before {
		t.Error("something was taken over")
	}
}

// A copy of a case that went its own way is joined back; what both have from
// before counts once, and what each did since stands in order of time.
func TestMergeOfACopy(t *testing.T) {
	a := newLaptop(t, 1)
	decide := func(l *laptop, kind, incident string) {
		l.open(func(f *File) {
			if _, err := f.Decide(t.Context(), verify.Decision{Kind: kind, Incident: incident, By: l.options().Actor}); err != nil {
				t.Fatal(err)
			}
		})
	}
	decide(a, verify.Confirm, "before")
	b := a.fork(2)
	decide(a, verify.Confirm, "i")
	decide(b, verify.Reject, "i")
	decide(b, verify.Confirm, "j")
	if m := a.merge(b); m.Adopted != 2 || m.Ledgers != 1 {
		t.Errorf("got %+v", m)
	}
	if m := b.merge(a); m.Adopted != 1 {
		t.Errorf("got %+v", m)
	}
	if a.state() != b.state() {
		t.Errorf("%q", firstDifferentLine(a.state(), b.state()))
	}
	a.open(func(f *File) {
		list, err := f.Decisions(t.Context())
		if err != nil || len(list) != 4 {
			t.Fatalf("%d decisions, %v", len(list), err)
		}
		decided := verify.Decided([]verify.Incident{{ID: "i"}}, list)
		if decided[0].Status != verify.Rejected {
			t.Errorf("the later word was to reject: %v", decided[0].Status)
		}
	})
}

// What was erased in one case is erased in both, from the files too.
func TestMergeErases(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	var seq int64
	a.open(func(f *File) {
		d, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: "i", By: "x", Reason: "seen by Ivan"})
		if err != nil {
			t.Fatal(err)
		}
		seq = d.Seq
	})
	b.merge(a)
	a.open(func(f *File) {
		if _, err := f.Erase(t.Context(), seq, "x", "asked for"); err != nil {
			t.Fatal(err)
		}
	})
	b.merge(a)
	for _, name := range folderFiles(t, b.dir) {
		if text, err := os.ReadFile(name); err != nil || bytes.Contains(text, []byte("seen by Ivan")) {
			t.Errorf("%s still holds the reason (%v)", name, err)
		}
	}
	if a.state() != b.state() {
		t.Errorf("%q", firstDifferentLine(a.state(), b.state()))
	}
}

// What two people said without having seen each other is listed, until somebody
// who has seen both says it again.
func TestMergeListsConflicts(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	for i, l := range []*laptop{a, b} {
		l.open(func(f *File) {
			s := beginScan(t, f, "one")
			put(t, s, plain("one", "same", fmt.Sprint("content ", i)), plain("one", "item", "item"))
			if err := errors.Join(s.End(t.Context(), nil), f.Set(t.Context(), "zone", []string{"Europe/Kyiv", "UTC"}[i])); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Assess(t.Context(), assess.Act{Item: digestOf("item"), By: l.options().Actor, Round: assess.First, Limits: "x", Conclusion: assess.NotVerifiable}); err != nil {
				t.Fatal(err)
			}
			if _, err := f.RecordIncidents(t.Context(), assess.Change{Incident: "i", By: l.options().Actor, Fields: json.RawMessage(fmt.Sprintf(`{"summary":"what %d saw"}`, i))}); err != nil {
				t.Fatal(err)
			}
		})
	}
	codes := func(l *laptop) (codes []string) {
		l.open(func(f *File) {
			list, err := f.ReportConflicts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				codes = append(codes, c.Code)
			}
			mustVerify(t, f)
		})
		return codes
	}
	a.merge(b)
	if got := codes(a); !slices.Equal(got, []string{pathConflict, recordConflict, reviewConflict, settingConflict}) {
		t.Errorf("got %v", got)
	}
	a.open(func(f *File) {
		if err := f.Set(t.Context(), "zone", "Europe/Warsaw"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.RecordIncidents(t.Context(), assess.Change{Incident: "i", By: "x", Fields: json.RawMessage(`{"summary":"agreed"}`)}); err != nil {
			t.Fatal(err)
		}
		s := beginScan(t, f, "one")
		put(t, s, plain("one", "same", "content 1"))
		done(t, s, "one", "same", "item")
		if err := s.End(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	})
	if got := codes(a); !slices.Equal(got, []string{reviewConflict}) {
		t.Errorf("after they were said again: %v", got)
	}
}
