package exercise

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The bounds of an exercise.
const (
	mostTasks    = 40
	mostSubjects = 60   // of a task
	mostOptions  = 40   // of a subject; likewise of its reasons
	mostHints    = 10   // of a task
	mostItems    = 200  // of a subject
	mostNamed    = 4000 // times that files are named, over all subjects and options
	mostMedia    = 10_000
	mostPoints   = 100 // of a task
	mostMinutes  = 600
	mostBytes    = 4 << 30 // of all media
	mostTongues  = 20
	shortText    = 300    // characters: titles, labels, names
	longText     = 10_000 // characters: stories, questions, hints, whys
)

var tongue = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// Check says what is wrong with an exercise, the first thing of it, or nil. What
// it passes can be shown, scored and laid out as files on every system.
func (e *Exercise) Check() error {
	if err := e.check(); err != nil {
		return fmt.Errorf("exercise %.64q: %w", e.ID, err)
	}
	return nil
}

func (e *Exercise) check() error {
	if e.Format != Format {
		return fmt.Errorf("it has format %d, this version of firsthand reads %d", e.Format, Format)
	}
	if err := cmp.Or(checkID(e.ID), e.Title.check("title", shortText), e.Story.check("story", longText), checkLine("who made it", e.By)); err != nil {
		return err
	}
	switch {
	case e.Level < 1 || e.Level > 3:
		return fmt.Errorf("level %d is not 1, 2 or 3", e.Level)
	case e.Minutes[0] < 1 || e.Minutes[1] < e.Minutes[0] || e.Minutes[1] > mostMinutes:
		return fmt.Errorf("it cannot take %d to %d minutes", e.Minutes[0], e.Minutes[1])
	case len(e.Tasks) == 0 || len(e.Tasks) > mostTasks:
		return fmt.Errorf("it has %d tasks, of 1 to %d", len(e.Tasks), mostTasks)
	}
	if err := checkZone(e.Zone); err != nil {
		return err
	}
	media, err := e.checkMedia()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range e.Tasks {
		t := &e.Tasks[i]
		if seen[t.ID] {
			return fmt.Errorf("two tasks are %.64q", t.ID)
		}
		seen[t.ID] = true
		if err := t.check(media); err != nil {
			return fmt.Errorf("task %.64q: %w", t.ID, err)
		}
	}
	if n := e.named(); n > mostNamed { // each of them is shown, with all that is known of the file
		return fmt.Errorf("its tasks name files %d times, of at most %d", n, mostNamed)
	}
	return nil
}

// named counts how often tasks name a file.
func (e *Exercise) named() int {
	n := 0
	ofFile := func(list []Option) {
		for _, o := range list {
			if o.Item != "" {
				n++
			}
		}
	}
	for i := range e.Tasks {
		t := &e.Tasks[i]
		ofFile(t.Reasons)
		for k := range t.Subjects {
			n += len(t.Subjects[k].Items)
			ofFile(t.Choices(&t.Subjects[k]))
		}
	}
	return n
}

func checkZone(name string) error {
	if name == "" {
		return nil
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return fmt.Errorf("there is no time zone %.80q", name)
	}
	return nil
}

// checkMedia gives the paths of all files.
func (e *Exercise) checkMedia() (map[string]bool, error) {
	if len(e.Media) == 0 || len(e.Media) > mostMedia {
		return nil, fmt.Errorf("it has %d files, of 1 to %d", len(e.Media), mostMedia)
	}
	paths, names, folders, total := map[string]bool{}, map[string]bool{}, map[string]bool{}, int64(0)
	for i := range e.Media {
		m := &e.Media[i]
		if err := m.check(); err != nil {
			return nil, err
		}
		if names[folded(m.Path)] {
			return nil, fmt.Errorf("two files have the path %.80q, on some systems", m.Path)
		}
		paths[m.Path], names[folded(m.Path)] = true, true
		for dir := path.Dir(m.Path); dir != "."; dir = path.Dir(dir) {
			folders[folded(dir)] = true
		}
		if total += m.Size; total > mostBytes {
			return nil, fmt.Errorf("its files have more than %d GiB", mostBytes>>30)
		}
	}
	for _, m := range e.Media {
		if folders[folded(m.Path)] {
			return nil, fmt.Errorf("%.80q is both a file and a folder", m.Path)
		}
	}
	return paths, nil
}

func (m *Medium) check() error {
	if err := checkPath(m.Path); err != nil {
		return err
	}
	var err error
	switch y := m.Modified.Year(); {
	case !digest(m.SHA256):
		err = errors.New("its SHA-256 is not 64 hexadecimal digits in small letters")
	case m.Size < 0 || m.Size > mostBytes:
		err = fmt.Errorf("it cannot have %d bytes", m.Size)
	case !m.Modified.IsZero() && (y < 1980 || y > 2107):
		err = fmt.Errorf("its time lies in the year %d, of 1980 to 2107, which a pack can hold", y)
	case strings.TrimSpace(m.Origin) == "" || strings.TrimSpace(m.Licence) == "":
		err = errors.New("it needs an origin and a licence")
	default:
		err = cmp.Or(checkText("origin", m.Origin, longText), checkText("licence", m.Licence, longText), checkText("credit", m.Credit, longText))
	}
	if err != nil {
		return fmt.Errorf("file %.80q: %w", m.Path, err)
	}
	return nil
}

// digest says whether a text is a SHA-256 in lower-case hexadecimal.
func digest(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && s == strings.ToLower(s)
}

// check wants a text in at least one language, each within bounds.
func (w Words) check(what string, most int) error {
	if len(w) == 0 || len(w) > mostTongues {
		return fmt.Errorf("its %s is in %d languages, of 1 to %d", what, len(w), mostTongues)
	}
	for _, tag := range slices.Sorted(maps.Keys(w)) {
		s := w[tag]
		if !tongue.MatchString(tag) || len(tag) > 35 {
			return fmt.Errorf("its %s: %.40q is no tag of a language", what, tag)
		}
		if strings.TrimSpace(s) == "" {
			return fmt.Errorf("its %s is empty in %s", what, tag)
		}
		if err := checkText(what, s, most); err != nil {
			return err
		}
	}
	return nil
}

// checkText wants characters that can be shown, at most so many.
func checkText(what, s string, most int) error {
	switch {
	case !utf8.ValidString(s):
		return fmt.Errorf("its %s is not UTF-8", what)
	case utf8.RuneCountInString(s) > most:
		return fmt.Errorf("its %s has more than %d characters", what, most)
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return fmt.Errorf("its %s holds control characters", what)
	case strings.ContainsFunc(s, turns):
		return fmt.Errorf("its %s holds characters that turn the direction of what follows", what)
	}
	return nil
}

// turns says whether a character embeds, overrides or isolates a direction of
// writing: one that is not closed would turn the sentence that a label stands in.
// Arabic and Hebrew read right without them.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

// checkLine wants a text of one line that is not empty.
func checkLine(what, s string) error {
	if strings.TrimSpace(s) == "" || strings.ContainsAny(s, "\n\t") {
		return fmt.Errorf("%s: it needs one line of text", what)
	}
	return checkText(what, s, shortText)
}

// twice gives the first text that stands in a list more than once.
func twice(list []string) (string, bool) {
	for i, s := range list {
		if slices.Contains(list[:i], s) {
			return s, true
		}
	}
	return "", false
}
