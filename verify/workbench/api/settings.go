package api

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Settings are a person's own, kept in the configuration folder and in no
// case.
type Settings struct {
	Started    bool   `json:"started"` // the first start was gone through
	By         string `json:"by"`      // name or initials, as they stand with decisions
	CaseFolder string `json:"case_folder"`

	Level         string `json:"level"`          // veil, softened, sharp
	ResealSeconds int    `json:"reseal_seconds"` // after which what was revealed is softened again; 0 never
	BreakMinutes  int    `json:"break_minutes"`  // of reviewing before a break is suggested; 0 never
	BreakSevere   int    `json:"break_severe"`   // revealed severe items before one is; 0 never
	Contacts      string `json:"contacts"`       // of support, shown on the page for breaks
	Projector     bool   `json:"projector"`      // large type, softened locked on
	AutoAdvance   bool   `json:"auto_advance"`   // after pin, set aside, clear
	CaseInTitle   bool   `json:"case_in_title"`  // of the tab
	Theme         string `json:"theme"`          // system, light, dark
	Language      string `json:"language"`       // a tag of verify/locale; "" follows the program, then the browser
	CaseZone      string `json:"case_zone"`      // offered beside times, "" for none

	SingleKeys bool              `json:"single_keys"` // keys without Ctrl
	Keys       map[string]string `json:"keys"`        // by action, where they are others than usual
	CopyNoted  []string          `json:"copy_noted"`  // kinds of thing whose note about copying was seen
}

const settingsName = "workbench.json"

// defaultSettings are those of a first start.
func (a *API) defaultSettings() Settings {
	s := Settings{
		By: a.program.By, Level: "softened", ResealSeconds: 30, BreakMinutes: 45, BreakSevere: 20, Theme: "system",
		SingleKeys: true, AutoAdvance: true,
		Keys: map[string]string{}, CopyNoted: []string{},
	}
	if home, err := os.UserHomeDir(); err == nil {
		s.CaseFolder = filepath.Join(home, "Firsthand")
	}
	return s
}

// settings are those in force.
func (a *API) settings() (Settings, error) {
	a.own.mu.Lock()
	defer a.own.mu.Unlock()
	s := a.defaultSettings()
	if _, err := a.own.read(settingsName, &s); err != nil {
		return s, err
	}
	if s.By == "" {
		s.By = a.program.By
	}
	s.fill()
	return s, nil
}

// fill leaves no list out.
func (s *Settings) fill() {
	if s.Keys == nil {
		s.Keys = map[string]string{}
	}
	s.CopyNoted = append([]string{}, s.CopyNoted...)
}

// by is the name under which a person works here, "" where none was given.
func (a *API) by() string {
	s, err := a.settings()
	if err != nil || strings.TrimSpace(s.By) == "" {
		return strings.TrimSpace(a.program.By)
	}
	return strings.TrimSpace(s.By)
}

func (a *API) saveSettings(s Settings) (Settings, error) {
	s.fill()
	if err := s.check(); err != nil {
		return s, err
	}
	a.own.mu.Lock()
	defer a.own.mu.Unlock()
	// What cannot be read is not written over: a person may yet mend it.
	if _, err := a.own.read(settingsName, new(Settings)); err != nil {
		return s, err
	}
	if err := a.own.write(settingsName, s); err != nil {
		return s, err
	}
	return s, nil
}

// Bounds of settings.
const (
	longestName     = 200
	longestContacts = 4000
	longestPath     = 4000
	mostKeys        = 200
)

// check refuses what no screen offers.
func (s *Settings) check() error {
	oneOf := func(what, value string, of ...string) error {
		if !slices.Contains(of, value) {
			return fmt.Errorf("%s is one of %s, not %q", what, strings.Join(of, ", "), value)
		}
		return nil
	}
	between := func(what string, n, least, most int) error {
		if n < least || n > most {
			return fmt.Errorf("%s is %d to %d, not %d", what, least, most, n)
		}
		return nil
	}
	short := func(what, text string, most int) error {
		if utf8.RuneCountInString(text) > most {
			return fmt.Errorf("%s is longer than %d characters", what, most)
		}
		return nil
	}
	errs := []error{
		oneOf("how pictures are shown", s.Level, "veil", "softened", "sharp"),
		oneOf("the look", s.Theme, "system", "light", "dark"),
		oneOf("the language", s.Language, append([]string{""}, languageTags()...)...),
		between("the time after which a picture is softened again", s.ResealSeconds, 0, 600),
		between("the time until a break", s.BreakMinutes, 0, 240),
		between("the number of severe items until a break", s.BreakSevere, 0, 500),
		between("the number of changed keys", len(s.Keys), 0, mostKeys),
		between("the number of notes seen", len(s.CopyNoted), 0, mostKeys),
		short("the name", s.By, longestName), short("the contacts", s.Contacts, longestContacts),
		short("the folder of the cases", s.CaseFolder, longestPath), short("the zone", s.CaseZone, longestName),
	}
	for _, action := range slices.Sorted(maps.Keys(s.Keys)) {
		errs = append(errs, short("an action", action, longestName), short("a key", s.Keys[action], longestName))
	}
	for _, kind := range s.CopyNoted {
		errs = append(errs, short("a kind of thing copied", kind, longestName))
	}
	if s.CaseZone != "" {
		if _, err := time.LoadLocation(s.CaseZone); err != nil {
			errs = append(errs, fmt.Errorf("there is no time zone %q; names are those of the IANA database, as Europe/Kyiv", s.CaseZone))
		}
	}
	if s.CaseFolder != "" && !filepath.IsAbs(s.CaseFolder) {
		errs = append(errs, errors.New("the folder of the cases is a whole path"))
	}
	for _, err := range errs {
		if err != nil {
			return refused("%w", err)
		}
	}
	return nil
}
