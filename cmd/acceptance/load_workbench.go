package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// workbench asks what a person at the page waits for, from the start on.
func (l *load) workbench() error {
	tmp := filepath.Join(l.work, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return err
	}
	began := time.Now()
	s, err := serve(l.program, l.folder(), tmp)
	if err != nil {
		return err
	}
	peak := usage.Watch(s.cmd.Process.Pid)
	l.note(loadRow{took: time.Since(began), work: usage.Processor(s.cmd.Process.Pid)}, "serve: start", "")
	err = l.asked(s)
	work := usage.Processor(s.cmd.Process.Pid)
	if e := s.end(); err == nil {
		err = e
	}
	l.note(loadRow{took: time.Since(began), work: work, peak: <-peak}, "serve: from start to end", "")
	return err
}

// asked runs the requests one after the other.
func (l *load) asked(s *served) error {
	var first struct {
		IDs   string `json:"ids"`
		Total int
	}
	ask := func(what, address string) error {
		var body []byte
		row, err := s.cost(func() (err error) { body, err = s.fetch(address); return })
		if err == nil {
			l.note(row, "serve: "+what, "%d kB", len(body)>>10)
		}
		return err
	}
	if err := ask("first gallery, cold", "gallery"); err != nil {
		return err
	}
	if err := s.ask("gallery", &first); err != nil {
		return err
	}
	cards := func(at int) string {
		var ids []string
		for i := at; i < min(at+80, first.Total); i++ {
			ids = append(ids, first.IDs[64*i:64*i+64])
		}
		return "gallery/cards?id=" + strings.Join(ids, "&id=")
	}
	for _, a := range [][2]string{
		{"gallery, warm", "gallery"}, {"gallery by day", "gallery?group=day"}, {"gallery by incident, newest", "gallery?group=incident&sort=newest"},
		{"gallery, smoke", "gallery?filter=smoke"}, {"gallery, Київ source:x", "gallery?filter=" + url.QueryEscape("Київ source:x")},
		{"gallery, قصف", "gallery?filter=" + url.QueryEscape("قصف")}, {"gallery, nothing found", "gallery?filter=zzzzqq"},
		{"80 cards of the middle", cards(first.Total / 2)}, {"80 cards of the end", cards(first.Total - 80)},
		{"completions", "gallery/complete?text=" + url.QueryEscape("source:t")}, {"overview", "overview"}, {"overview, marks", "overview/marks"},
		{"incident list", "incidents"}, {"clusters", "clusters"}, {"pairs to judge", "pairs"}, {"media page", "media/" + first.IDs[:64]},
		{"neighbours of a page", "media/" + first.IDs[:64] + "/around"}, {"thumbnail", "/media/" + s.id + "/" + first.IDs[:64] + "/thumb"}, {"history", "history"}, {"what can be handed on", "reports"},
	} {
		if err := ask(a[0], a[1]); err != nil {
			return err
		}
	}
	return l.decisions(s, ask)
}

// decisions makes decisions, each of which has to show in the next answer, and
// takes them back.
func (l *load) decisions(s *served, ask func(what, address string) error) error {
	name, members, err := splittable(s)
	if err != nil {
		return err
	}
	if err := ask("an incident", "incidents/"+name); err != nil {
		return err
	}
	if err := ask("why it is one", "incidents/"+name+"/explain"); err != nil {
		return err
	}
	for _, d := range []struct {
		what, route string
		in          map[string]any
	}{
		{"mark a file", "acts/mark", map[string]any{"items": members[:1], "add_tags": []string{"load"}}},
		{"confirm an incident", "acts/incident", map[string]any{"act": "confirm", "incident": name}},
		{"split an incident", "acts/incident", map[string]any{"act": "split", "incident": name, "items": members[:1]}},
		{"two files are not the same", "acts/verdict", map[string]any{"a": members[0], "b": members[1], "verdict": "not-same"}},
	} {
		d.in["by"], d.in["reason"] = "Ada", "load"
		for _, step := range []struct {
			what, route string
			in          map[string]any
		}{{d.what, d.route, d.in}, {"take that back", "acts/undo", map[string]any{"by": "Ada", "reason": "load"}}} {
			row, err := s.cost(func() error { return s.act(step.route, step.in, nil) })
			if err != nil {
				return err
			}
			l.note(row, "serve: "+step.what, "acknowledged")
			if err := ask("the incident after it", "incidents/"+name); err != nil {
				return err
			}
			if err := ask("gallery after it", "gallery"); err != nil {
				return err
			}
		}
	}
	return nil
}

// cost is what a request takes of the workbench.
func (s *served) cost(do func() error) (row loadRow, err error) {
	pid := s.cmd.Process.Pid
	before, began := usage.Processor(pid), time.Now()
	err = do()
	row.took, row.work = time.Since(began), usage.Processor(pid)-before
	row.peak, _ = usage.Memory(pid)
	return row, err
}

// splittable finds a candidate of some files that are no copies of each other.
func splittable(s *served) (name string, members []string, err error) {
	var list struct {
		Incidents []struct {
			ID    string
			Media int
		}
	}
	if err := s.ask("incidents?status=candidate&sort=size", &list); err != nil {
		return "", nil, err
	}
	for _, i := range list.Incidents {
		if i.Media < 3 || i.Media > 40 {
			continue
		}
		var one struct {
			Members []struct {
				Card struct{ ID string }
				Role string
			}
		}
		if err := s.ask("incidents/"+i.ID, &one); err != nil {
			return "", nil, err
		}
		for _, m := range one.Members {
			members = append(members, m.Card.ID)
		}
		if len(members) >= 3 {
			return i.ID, members, nil
		}
	}
	return "", nil, fmt.Errorf("no incident has three files")
}
