package workbench_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

func TestEventsAreNumberedAndResumed(t *testing.T) {
	b := startBench(t, nil)
	listen := func(after string) (*bufio.Scanner, func()) {
		r, err := http.NewRequest("GET", b.home+"api/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		if after != "" {
			r.Header.Set("Last-Event-ID", after)
		}
		resp, err := b.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
			t.Fatalf("events come as %q", kind)
		}
		return bufio.NewScanner(resp.Body), func() { resp.Body.Close() }
	}
	next := func(s *bufio.Scanner) (id, kind string) {
		for s.Scan() {
			switch line := s.Text(); {
			case strings.HasPrefix(line, "id: "):
				id = line[4:]
			case strings.HasPrefix(line, "event: "):
				kind = line[7:]
			case line == "" && kind != "":
				return id, kind
			}
		}
		t.Fatal("the events end")
		return "", ""
	}
	first, end := listen("")
	begin, kind := next(first)
	if kind != "hello" {
		t.Fatalf("the first is %q", kind)
	}
	b.api.Events().Publish(api.Event{Kind: api.CaseChanged, Case: b.of.ID})
	second, kind := next(first)
	if kind != api.CaseChanged || second <= begin {
		t.Errorf("an event %s %q after %s", second, kind, begin)
	}
	end()
	b.api.Events().Publish(api.Event{Kind: api.CasesChanged})
	back, end := listen(begin)
	for _, want := range []string{api.CaseChanged, api.CasesChanged} {
		if _, kind := next(back); kind != want {
			t.Errorf("who comes back is told %q, want %q", kind, want)
		}
	}
	end()
	for range 400 {
		b.api.Events().Publish(api.Event{Kind: api.CasesChanged})
	}
	for _, forgotten := range []string{begin, "1", "99999999999999999"} {
		late, end := listen(forgotten)
		if _, kind := next(late); kind != "reset" {
			t.Errorf("who missed more than is kept (%s) is told %q", forgotten, kind)
		}
		end()
	}
}
