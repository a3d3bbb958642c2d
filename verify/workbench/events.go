package workbench

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// quiet is how often a page that nothing happens to is written to, so that a
// connection that is gone is noticed.
const quiet = 20 * time.Second

// events tells a page what happens, until it goes. Each event has its number
// as id; a page that comes back names the last one it had and gets what it
// missed, or "reset", after which it has to ask for everything anew.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	all := s.options.API.Events()
	last, resumed := lastEvent(r)
	if !resumed {
		last = all.Last()
		// A page that falls off before the first event can then say where it was.
		fmt.Fprintf(w, "retry: 2000\nid: %d\nevent: hello\ndata: {}\n\n", last)
		tellScans(w, all)
	}
	for {
		list, complete, more := all.After(last)
		if !complete {
			last = all.Last()
			fmt.Fprintf(w, "id: %d\nevent: reset\ndata: {}\n\n", last)
			tellScans(w, all)
		}
		for _, e := range list {
			if err := writeEvent(w, e); err != nil {
				return
			}
			last = e.Number
		}
		if err := out.Flush(); err != nil {
			return
		}
		if !complete {
			continue // more may have come meanwhile
		}
		beat := time.NewTimer(quiet)
		select {
		case <-r.Context().Done():
			beat.Stop()
			return
		case <-more:
			beat.Stop()
		case <-beat.C:
			if _, err := fmt.Fprint(w, ": here\n\n"); err != nil {
				return
			}
		}
	}
}

// tellScans says how far the scans are that run. These have no id: what was
// missed is counted by the others.
func tellScans(w http.ResponseWriter, all *api.Events) {
	for _, e := range all.Scans() {
		if text, err := json.Marshal(e); err == nil {
			fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.Kind, text)
		}
	}
}

// lastEvent is the number of the last event that the page had. EventSource
// sends it as a header when it connects again by itself; a page that closed it
// while hidden gives it in the address.
func lastEvent(r *http.Request) (uint64, bool) {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("after")
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return n, err == nil
}

func writeEvent(w http.ResponseWriter, e api.Event) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.Number, e.Kind, text)
	return err
}
