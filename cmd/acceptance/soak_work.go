package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// soakKind is one thing that a person does at the workbench; shares say how
// often beside the others.
type soakKind struct {
	share int
	do    func(*soak) error
}

func soakKinds() map[string]soakKind {
	return map[string]soakKind{
		"gallery":       {12, (*soak).gallery},
		"cards":         {12, (*soak).cards},
		"media page":    {12, (*soak).mediaPage},
		"picture":       {30, (*soak).picture},
		"frame":         {3, (*soak).frame},
		"overview":      {3, (*soak).overview},
		"incidents":     {6, (*soak).incidents},
		"clusters":      {4, (*soak).clusters},
		"mark and undo": {4, (*soak).mark},
		"decide, undo":  {3, (*soak).decide},
		"verdict, undo": {2, (*soak).verdict},
		"draft":         {2, (*soak).draft},
		"save":          {1, (*soak).save},
		"history":       {2, (*soak).history},
	}
}

// soakFilters are typed into the box of the gallery, in several scripts.
var soakFilters = []string{
	"", "type:photo", "Київ", "киев", "strike", "قصف", "дим", "type:video", "source:telegram", "source:x Харків", "-source:x", "smoke bridge", "problem:unreadable", "ґанок",
}

// know reads which files the case has.
func (s *soak) know() error {
	var g struct {
		IDs string `json:"ids"`
	}
	if err := s.served.ask("gallery", &g); err != nil {
		return err
	}
	s.ids = s.ids[:0]
	for i := 0; i+64 <= len(g.IDs); i += 64 {
		s.ids = append(s.ids, g.IDs[i:i+64])
	}
	if len(s.ids) == 0 {
		return fmt.Errorf("the gallery of the case is empty")
	}
	return nil
}

func (s *soak) any() string { return s.ids[s.random.IntN(len(s.ids))] }

func (s *soak) get(format string, args ...any) error {
	_, err := s.served.fetch(fmt.Sprintf(format, args...))
	return err
}

func (s *soak) gallery() error {
	sort := []string{"time", "newest", "path", "size", "copies"}[s.random.IntN(5)]
	group := []string{"", "day", "source", "cluster", "incident"}[s.random.IntN(5)]
	return s.get("gallery?filter=%s&sort=%s&group=%s", url.QueryEscape(soakFilters[s.random.IntN(len(soakFilters))]), sort, group)
}

func (s *soak) cards() error {
	at := s.random.IntN(len(s.ids))
	return s.get("gallery/cards?id=%s", strings.Join(s.ids[at:min(at+80, len(s.ids))], "&id="))
}

func (s *soak) mediaPage() error { return s.get("media/%s", s.any()) }

func (s *soak) picture() error {
	what := []string{"thumb", "soft", "preview", "original", "thumb?grey=1"}[s.random.IntN(5)]
	return s.get("/media/%s/%s/%s", s.served.id, s.any(), what)
}

func (s *soak) frame() error {
	var g struct {
		IDs string `json:"ids"`
	}
	if err := s.served.ask("gallery?filter=type:video", &g); err != nil {
		return err
	}
	if len(g.IDs) < 64 {
		return fmt.Errorf("the case has no video")
	}
	at := 64 * s.random.IntN(len(g.IDs)/64)
	id := g.IDs[at : at+64]
	if s.random.IntN(3) == 0 {
		return s.get("/media/%s/%s/strip", s.served.id, id)
	}
	return s.get("/media/%s/%s/preview?at=%d", s.served.id, id, s.random.IntN(2000))
}

func (s *soak) overview() error {
	if s.random.IntN(3) == 0 {
		return s.get("overview/marks")
	}
	return s.get("overview")
}

// incidentNames lists those that a person has not decided on.
func (s *soak) incidentNames() (names []string, err error) {
	var list struct {
		Incidents []struct{ ID string } `json:"incidents"`
	}
	err = s.served.ask("incidents?status=candidate", &list)
	for _, i := range list.Incidents {
		names = append(names, i.ID)
	}
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no incident is a candidate any more")
	}
	return names, err
}

func (s *soak) incidents() error {
	names, err := s.incidentNames()
	if err != nil {
		return err
	}
	return s.get("incidents/%s", names[s.random.IntN(len(names))])
}

func (s *soak) clusters() error {
	if s.random.IntN(3) == 0 {
		return s.get("clusters")
	}
	return s.get("clusters/%s", s.any())
}

// undo takes the last act back.
func (s *soak) undo() error {
	return s.served.act("acts/undo", map[string]any{"by": "Ada", "reason": "soak"}, nil)
}

func (s *soak) mark() error {
	state := "pinned"
	err := s.served.act("acts/mark", map[string]any{
		"items": []string{s.any()}, "state": &state, "add_tags": []string{"soak"}, "note": "дим над мостом", "by": "Ada", "reason": "soak",
	}, nil)
	if err != nil {
		return err
	}
	return s.undo()
}

func (s *soak) decide() error {
	names, err := s.incidentNames()
	if err != nil {
		return err
	}
	act := []string{"confirm", "reject"}[s.random.IntN(2)]
	if err := s.served.act("acts/incident", map[string]any{"act": act, "incident": names[s.random.IntN(len(names))], "by": "Ada", "reason": "soak"}, nil); err != nil {
		return err
	}
	return s.undo()
}

func (s *soak) verdict() error {
	verdict := []string{"not-same", "same-scene", "unsure"}[s.random.IntN(3)]
	if err := s.served.act("acts/verdict", map[string]any{"a": s.any(), "b": s.any(), "verdict": verdict, "by": "Ada", "reason": "soak"}, nil); err != nil {
		return err
	}
	return s.undo()
}

func (s *soak) history() error { return s.get("history?item=%s", s.any()) }

// drafted makes a draft of a report or an export and gives its name.
func (s *soak) drafted() (name string, err error) {
	var d struct{ Draft string }
	form := map[string]any{"format": []string{"html", "csv", "geojson"}[s.random.IntN(3)], "title": "soak", "media": s.ids[:min(60, len(s.ids))]}
	err = s.served.act("reports/draft", form, &d)
	return d.Draft, err
}

func (s *soak) draft() error {
	name, err := s.drafted()
	if err != nil {
		return err
	}
	return s.get("/report/%s/%s", s.served.id, name)
}

// save writes an export into a folder, which is emptied again.
func (s *soak) save() error {
	name, err := s.drafted()
	if err != nil {
		return err
	}
	into := filepath.Join(s.dir, "handed-on")
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	err = s.served.act("reports/save", map[string]any{"draft": name, "folder": into, "name": fmt.Sprintf("soak-%d", s.counted["save"])}, nil)
	if e := os.RemoveAll(into); err == nil {
		err = e
	}
	return err
}

// rescan puts some of the files that were held back into place, and has the
// workbench read its folders again.
func (s *soak) rescan() error {
	for range min(len(s.more), soakAdds/8) {
		name := s.more[0]
		s.more = s.more[1:]
		if err := moveFile(filepath.Join(s.dir, "held", name), filepath.Join(s.dir, "case", name)); err != nil {
			return err
		}
	}
	if err := s.served.act("scan/start", map[string]any{}, nil); err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	for until := time.Now().Add(5 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		var now struct {
			State   string
			Failure any
		}
		if err := s.served.ask("scan", &now); err != nil {
			return fmt.Errorf("scan: %w", err)
		}
		switch {
		case now.State == "done":
			s.counted["scan"]++
			return s.know()
		case now.State == "failed" || now.State == "stopped" || time.Now().After(until):
			return fmt.Errorf("the scan is %s: %v", now.State, now.Failure)
		}
	}
}
