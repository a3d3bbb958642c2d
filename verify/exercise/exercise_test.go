package exercise

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// instant reads a time of a test.
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func english(s string) Words { return Words{"en": s} }

func options(ids ...string) []Option {
	var list []Option
	for _, id := range ids {
		list = append(list, Option{ID: id, Label: english("the " + id)})
	}
	return list
}

func subjects(ids ...string) []Subject {
	var list []Subject
	for _, id := range ids {
		list = append(list, Subject{ID: id, Label: english("part " + id), Items: []string{"telegram/gate.jpg"}})
	}
	return list
}

// mill is an exercise with a task of each form, and its key.
func mill(t testing.TB) (*Exercise, *Key) {
	task := func(id string, topic Topic, form Form, points int, s []Subject) Task {
		return Task{ID: id, Topic: topic, Title: english(id), Question: english("What of " + id + "?"), Hints: []Words{english("look"), english("look closely")},
			Tools: []Tool{Media, Sun}, Form: form, Subjects: s, Points: points}
	}
	time4, who, when, where := task("trust", OfTime, OneOf, 4, subjects("a", "b")), task("who", OfPublish, SomeOf, 3, subjects("all")),
		task("when", OfSun, Interval, 10, subjects("flood", "bell")), task("where", OfSun, Area, 6, subjects("gate"))
	time4.Options, time4.Reasons = options("camera", "post", "name"), options("sun", "zone", "luck", "none")
	who.Options = options("ada", "bo", "cy", "di")
	e := &Exercise{Format: Format, ID: "the-mill", Title: Words{"en": "The mill", "uk": "Млин"}, Story: english("A mill burns.\n\nFind out when."), Level: 2,
		Minutes: [2]int{20, 45}, By: "Ada", Zone: "Europe/Kyiv", Tasks: []Task{time4, who, when, where},
		Media: []Medium{{Path: "telegram/gate.jpg", SHA256: strings.Repeat("a", 64), Size: 10, Modified: instant(t, "2024-05-01T10:00:00Z"), Origin: "made", Licence: "CC0-1.0"}}}
	right := func(s string, c map[string]float64) SubjectKey {
		return SubjectKey{Subject: s, Credit: c, Reasons: []string{"sun", "zone"}, Why: english("because"), Partly: map[string]Words{"post": english("it was posted later")}}
	}
	k := &Key{Format: Format, Pack: strings.Repeat("b", 64), Tasks: []TaskKey{
		{Task: "trust", Why: english("clocks"), Subjects: []SubjectKey{right("a", map[string]float64{"camera": 1, "post": 0.5}), right("b", map[string]float64{"post": 1})}},
		{Task: "who", Why: english("people"), Subjects: []SubjectKey{{Subject: "all", Right: []string{"ada", "bo", "cy"}}}},
		{Task: "when", Why: english("shadows"), Subjects: []SubjectKey{
			{Subject: "flood", When: &WhenKey{instant(t, "2024-05-01T10:00:00Z"), instant(t, "2024-05-01T12:00:00Z"), 3 * 3600}},
			{Subject: "bell", When: &WhenKey{instant(t, "2024-05-01T09:00:00Z"), instant(t, "2024-05-01T09:00:00Z"), 60}},
		}},
		{Task: "where", Why: english("places"), Subjects: []SubjectKey{{Subject: "gate", Where: &WhereKey{50, 30, 100}}}},
	}}
	return e, k
}

// clone is a copy that shares nothing.
func clone[T any](t testing.TB, v T) T {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out T
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// wantError wants an error of one line that holds a text, or none for "".
func wantError(t *testing.T, what string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", what, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n")):
		t.Errorf("%s: got %v, want one line with %q", what, err, want)
	}
}

func TestExerciseCheck(t *testing.T) {
	whole, _ := mill(t)
	wantError(t, "the whole exercise", whole.Check(), "")
	for want, spoil := range map[string]func(*Exercise){
		"format 2":                      func(e *Exercise) { e.Format = 2 },
		`"The Mill" is not an id`:       func(e *Exercise) { e.ID = "The Mill" },
		`"con" is not an id`:            func(e *Exercise) { e.ID = "con" },
		`"a--b" is not an id`:           func(e *Exercise) { e.Tasks[0].ID = "a--b" },
		"title is in 0 languages":       func(e *Exercise) { e.Title = nil },
		"no tag of a language":          func(e *Exercise) { e.Title["EN/../x"] = "x" },
		"title is empty in uk":          func(e *Exercise) { e.Title["uk"] = " \n" },
		"more than 300 characters":      func(e *Exercise) { e.Tasks[1].Title = english(strings.Repeat("я", 301)) },
		"control characters":            func(e *Exercise) { e.Story = english("a\x1b[31m") },
		"turn the direction":            func(e *Exercise) { e.Tasks[0].Options[0].Label = english("a\u202eb") },
		"not UTF-8":                     func(e *Exercise) { e.Story = english("a\xff") },
		"level 4":                       func(e *Exercise) { e.Level = 4 },
		"cannot take 45 to 20 minutes":  func(e *Exercise) { e.Minutes = [2]int{45, 20} },
		"who made it":                   func(e *Exercise) { e.By = "" },
		"has 0 tasks":                   func(e *Exercise) { e.Tasks = nil },
		"two tasks":                     func(e *Exercise) { e.Tasks[1].ID = "trust" },
		`no time zone "Local"`:          func(e *Exercise) { e.Zone = "Local" },
		"no topic":                      func(e *Exercise) { e.Tasks[0].Topic = "guess" },
		"no form":                       func(e *Exercise) { e.Tasks[0].Form = "essay" },
		`no tool "shell"`:               func(e *Exercise) { e.Tasks[0].Tools = []Tool{"shell"} },
		`the tool "media" stands twice`: func(e *Exercise) { e.Tasks[0].Tools = []Tool{Media, Media} },
		"11 hints":                      func(e *Exercise) { e.Tasks[0].Hints = make([]Words, 11) },
		"cannot give 0 points":          func(e *Exercise) { e.Tasks[0].Points = 0 },
		"has 0 subjects":                func(e *Exercise) { e.Tasks[0].Subjects = nil },
		"two subjects":                  func(e *Exercise) { e.Tasks[0].Subjects[1].ID = "a" },
		"two options or more":           func(e *Exercise) { e.Tasks[0].Options = options("camera") },
		"two options are":               func(e *Exercise) { e.Tasks[0].Options = options("camera", "camera") },
		"form interval has no options":  func(e *Exercise) { e.Tasks[2].Options = options("a", "b") },
		"has 41 reasons":                func(e *Exercise) { e.Tasks[0].Reasons = make([]Option, 41) },
		`no file "telegram/x.jpg"`:      func(e *Exercise) { e.Tasks[0].Subjects[0].Items = []string{"telegram/x.jpg"} },
		"the file \"telegram/gate.jpg\" stands twice": func(e *Exercise) {
			e.Tasks[0].Subjects[0].Items = []string{"telegram/gate.jpg", "telegram/gate.jpg"}
		},
		"option camera: there is no file": func(e *Exercise) { e.Tasks[0].Options[0].Item = "x/y" },
		"has 0 files":                     func(e *Exercise) { e.Media = nil },
		"64 hexadecimal digits":           func(e *Exercise) { e.Media[0].SHA256 = strings.Repeat("A", 64) },
		"cannot have -1 bytes":            func(e *Exercise) { e.Media[0].Size = -1 },
		"more than 4 GiB": func(e *Exercise) {
			e.Media[0].Size = 4 << 30
			e.Media = append(e.Media, Medium{Path: "x/y", SHA256: e.Media[0].SHA256, Size: 1, Origin: "made", Licence: "CC0-1.0"})
		},
		"year 1601":         func(e *Exercise) { e.Media[0].Modified = instant(t, "1601-01-01T00:00:00Z") },
		"origin and a lice": func(e *Exercise) { e.Media[0].Licence = " " },
	} {
		e := clone(t, *whole)
		spoil(&e)
		wantError(t, want, e.Check(), want)
	}
}

func TestExercisePaths(t *testing.T) {
	long := strings.Repeat("я", 101)
	for path, want := range map[string]string{
		"telegram/gate.jpg": "", "a/b/c.mp4": "", "школа/відео 1.mp4": "", "a/b c": "", "a/قناة.jpg": "",
		"gate.jpg": "no source", "": "inside", ".": "inside", "/a/b": "inside", "../a/b": "inside", "a/../../b": "inside", "a//b": "inside", "a/./b": "inside", "a/b/": "inside",
		`a\b/c`: "not every system", "a/C:b": "not every system", "a/b\x00": "not every system", "a/b\nc": "not every system", "a/\u202egpj.exe": "not every system", "a/b\u200bc": "not every system", "a/b?": "not every system",
		"a/CON": "not every system", "a/nul.jpg": "not every system", "Com1/b": "not every system", "a/b.": "not every system", "a/b ": "not every system", " a/b": "not every system", "~a/b": "not every system", "a/.hidden": "begins with a dot", "a/.firsthand-part": "begins with a dot", ".git/config": "begins with a dot",
		"a/" + long: "not every system", "a/\xff": "UTF-8", "a/" + strings.Repeat("b/", 200): "longer than 400",
	} {
		wantError(t, fmt.Sprintf("%q", path), checkPath(path), want)
	}
	whole, _ := mill(t)
	for name, paths := range map[string][]string{
		"have the path":               {"telegram/Gate.JPG"},
		"both a file and a folder":    {"telegram/gate.jpg/x.jpg"},
		"have the path \"b/\u00f1\"":  {"b/n\u0303", "b/\u00f1"},
		"\"c/d\" is both a file and ": {"C/D/e", "c/d"},
	} {
		e := clone(t, *whole)
		for _, p := range paths {
			m := e.Media[0]
			m.Path = p
			e.Media = append(e.Media, m)
		}
		wantError(t, fmt.Sprint(paths), e.Check(), name)
	}
}

func TestWordsIn(t *testing.T) {
	w := Words{"en": "mill", "uk": "млин", "ar": ""}
	for language, want := range map[string]string{"uk": "млин", "ar": "mill", "fr": "mill"} {
		if got := w.In(language); got != want {
			t.Errorf("in %s: %q, want %q", language, got, want)
		}
	}
	if got := (Words{"uk": "млин", "de": "Mühle"}).In("fr"); got != "Mühle" {
		t.Errorf("without English: %q", got)
	}
}

func TestKeyCheck(t *testing.T) {
	e, whole := mill(t)
	wantError(t, "the whole key", whole.Check(e), "")
	for want, spoil := range map[string]func(*Key){
		"format 0":                        func(k *Key) { k.Format = 0 },
		"digest of its pack":              func(k *Key) { k.Pack = "b" },
		"it has 3 tasks":                  func(k *Key) { k.Tasks = k.Tasks[:3] },
		`task "who" is not in`:            func(k *Key) { k.Tasks[0] = k.Tasks[1] },
		"it has 1 subjects":               func(k *Key) { k.Tasks[0].Subjects = k.Tasks[0].Subjects[:1] },
		`subject "b" is not in`:           func(k *Key) { k.Tasks[0].Subjects[0].Subject = "b" },
		"why is in 0 languages":           func(k *Key) { k.Tasks[2].Why = nil },
		"in the form choice":              func(k *Key) { k.Tasks[0].Subjects[0].Right = []string{"camera"} },
		"in the form interval":            func(k *Key) { k.Tasks[2].Subjects[0].When = nil },
		`"x" is no option`:                func(k *Key) { k.Tasks[0].Subjects[0].Credit["x"] = 1 },
		"a credit of 1.5":                 func(k *Key) { k.Tasks[0].Subjects[0].Credit["name"] = 1.5 },
		"no option gives the full credit": func(k *Key) { k.Tasks[0].Subjects[0].Credit["camera"] = 0.9 },
		`no right option "ed"`:            func(k *Key) { k.Tasks[1].Subjects[0].Right = []string{"ed"} },
		"the right option bo stands":      func(k *Key) { k.Tasks[1].Subjects[0].Right = []string{"bo", "bo"} },
		"good reasons where the task":     func(k *Key) { k.Tasks[0].Subjects[0].Reasons = nil },
		`no good reason "moon"`:           func(k *Key) { k.Tasks[0].Subjects[0].Reasons = []string{"moon"} },
		"ends before it begins":           func(k *Key) { k.Tasks[2].Subjects[0].When.Latest = instant(t, "2024-05-01T09:59:59Z") },
		"not below the 7200 seconds":      func(k *Key) { k.Tasks[2].Subjects[0].When.WidthSeconds = 7199 },
		"has to be above 0":               func(k *Key) { k.Tasks[2].Subjects[1].When.WidthSeconds = 0 },
		"the latitude is 91":              func(k *Key) { k.Tasks[3].Subjects[0].Where.Latitude = 91 },
		"radius in metres is 0":           func(k *Key) { k.Tasks[3].Subjects[0].Where.RadiusM = 0 },
		`explains "x"`:                    func(k *Key) { k.Tasks[0].Subjects[0].Partly["x"] = english("x") },
		"why of sun is empty":             func(k *Key) { k.Tasks[0].Subjects[0].Partly["sun"] = english("") },
	} {
		k := clone(t, *whole)
		spoil(&k)
		wantError(t, want, k.Check(e), want)
	}
}

func TestAnswerCheck(t *testing.T) {
	e, _ := mill(t)
	noon, one := instant(t, "2024-05-01T12:00:00Z"), instant(t, "2024-05-01T13:00:00Z")
	for _, c := range []struct {
		answer Answer
		want   string
	}{
		{Answer{Task: "trust", Subject: "a", Chosen: []string{"post"}, Reasons: []string{"sun", "luck"}}, ""},
		{Answer{Task: "trust", Subject: "a", Reasons: []string{"sun"}}, ""},
		{Answer{Task: "trust", Subject: "a"}, ""},
		{Answer{Task: "when", Subject: "bell", When: &When{noon, noon}}, ""},
		{Answer{Task: "where", Subject: "gate", Where: &Where{50, 30, 5}}, ""},
		{Answer{Task: "x", Subject: "a"}, `no task "x"`},
		{Answer{Task: "trust", Subject: "c"}, `no subject "c"`},
		{Answer{Task: "trust", Subject: "a", Chosen: []string{"post", "name"}}, "one option alone"},
		{Answer{Task: "trust", Subject: "a", Chosen: []string{"ada"}}, `no option "ada"`},
		{Answer{Task: "trust", Subject: "a", When: &When{noon, one}}, "not of the form choice"},
		{Answer{Task: "when", Subject: "bell", Chosen: []string{"post"}}, "not of the form interval"},
		{Answer{Task: "who", Subject: "all", Chosen: []string{"bo", "bo"}}, "stands twice"},
		{Answer{Task: "who", Subject: "all", Reasons: []string{"sun"}}, `no reason "sun"`},
		{Answer{Task: "when", Subject: "bell", When: &When{one, noon}}, "ends before"},
		{Answer{Task: "when", Subject: "bell", When: &When{}}, "1800 to 2200"},
		{Answer{Task: "where", Subject: "gate", Where: &Where{50, 181, 5}}, "longitude is 181"},
		{Answer{Task: "where", Subject: "gate", Where: &Where{50, 30, 1e9}}, "radius in metres is 1e+09"},
	} {
		wantError(t, fmt.Sprintf("%+v", c.answer), c.answer.Check(e), c.want)
	}
}
