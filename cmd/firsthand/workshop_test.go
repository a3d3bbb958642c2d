package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/workshop"
)

// room is a workshop: a pack, its passphrase in a file, and a folder for what
// is handed in.
type room struct {
	*testing.T
	dir, pack, secret, stick string
}

const roomPassphrase = "seven brown herons walk the dyke"

// newRoom has the pack of a built-in exercise.
func newRoom(t *testing.T, exercise string) room {
	t.Helper()
	r := emptyRoom(t)
	r.pack = filepath.Join(r.dir, exercise+".zip")
	command(t, "workshop", "new", "--exercise", exercise, "--out", r.pack, "--passphrase-file", r.secret)
	return r
}

func emptyRoom(t *testing.T) room {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	t.Setenv("FIRSTHAND_LANGUAGE", "en")
	r := room{T: t, dir: dir, secret: filepath.Join(dir, "secret.txt"), stick: filepath.Join(dir, "stick")}
	r.write(r.secret, []byte(roomPassphrase+"\n"))
	if err := os.Mkdir(r.stick, 0o700); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r room) write(path string, content []byte) {
	r.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		r.Fatal(err)
	}
}

func (r room) read(path string) []byte {
	r.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		r.Fatal(err)
	}
	return b
}

// refused wants a command line to fail with some words, and gives what it
// printed before.
func (r room) refused(want string, args ...string) string {
	r.Helper()
	var out, messages bytes.Buffer
	root := newRootCommand(&terminal{in: os.Stdin, out: &out, err: &messages})
	root.SetArgs(args)
	if err := root.ExecuteContext(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
		r.Errorf("firsthand %v: error %v, want one with %q", args, err, want)
	}
	return out.String()
}

// enters opens the pack for a learner, in a case folder of their own.
func (r room) enters(name string) (caseDir string) {
	r.Helper()
	dir := filepath.Join(r.dir, strings.ToLower(name))
	command(r.T, "workshop", "open", r.pack, "--dir", dir, "--name", name, "--no-serve", "--video", "off", "--quiet")
	return filepath.Join(dir, "case")
}

// answers gives answers as a learner types them: task, subject, choice, reasons.
func (r room) answers(caseDir string, lines ...string) {
	r.Helper()
	for _, line := range lines {
		f := strings.Fields(line)
		args := []string{"workshop", "answer", f[0], f[1], "--case", caseDir}
		if f[2] != "-" {
			args = append(args, "--choose", f[2])
		}
		if len(f) > 3 {
			args = append(args, "--because", f[3])
		}
		command(r.T, args...)
	}
}

func (r room) handsIn(caseDir string) {
	r.Helper()
	command(r.T, "workshop", "hand-in", "--case", caseDir, "--out", r.stick, "--minutes", "30", "--quiet")
}

// collected is what the trainer reads: learners by name, tasks by id, and what
// does not count by file.
type collected struct {
	learners map[string]workshop.Learner
	tasks    map[string]workshop.TaskResult
	refused  map[string]string
}

func (r room) collects() collected {
	r.Helper()
	c := collected{map[string]workshop.Learner{}, map[string]workshop.TaskResult{}, map[string]string{}}
	for line := range strings.Lines(command(r.T, "workshop", "collect", r.stick, "--pack", r.pack, "--passphrase-file", r.secret, "--json")) {
		var of struct{ Kind, File, Why string }
		r.decode(line, &of)
		switch of.Kind {
		case "learner":
			var l workshop.Learner
			r.decode(line, &l)
			c.learners[l.Name] = l
		case "task":
			var t workshop.TaskResult
			r.decode(line, &t)
			c.tasks[t.Task] = t
		case "refused":
			c.refused[of.File] = of.Why
		}
	}
	return c
}

func (r room) decode(line string, into any) {
	r.Helper()
	if err := json.Unmarshal([]byte(line), into); err != nil {
		r.Fatal(err)
	}
}

// The answers of four learners to the exercise copies, 43 points in three tasks:
// same-or-not 16 points over 8 parts (2 each), who-first 15 over 5 (3 each, a
// third of it for reasons) and what-was-done 12 over 6 (2 each).
//
// Ada answers all as the key does: 16 + 15 + 12 = 43.
//
// Bo takes two scenes for one picture: 6 × 2 = 12. Of who-first: waterfall wrong
// with one of two good reasons, (2×0 + 1/2)/3 × 3 = 0.5; motorway right with one
// good reason and one bad, (2×1 + 0)/3 × 3 = 2; drum right with one of two good
// reasons, (2×1 + 1/2)/3 × 3 = 2.5; rockfall right for both, 3; house not
// answered, 0; together 8. Of what-was-done one wrong, 5 × 2 = 10. In all 30.
//
// Cy has two of the pairs wrong, 12. Of who-first: waterfall right without a
// reason, 2; motorway wrong without one, 0; drum right for both, 3; rockfall
// wrong with one of two good reasons, 0.5; house right, 3; together 8.5. Of
// what-was-done two wrong, 8. In all 28.5.
//
// Di answers four of the pairs, one of them wrong, 6; nothing of who-first, 0; of
// what-was-done one wrong, 10. In all 16.
var (
	rightPairs = []string{
		"same-or-not brook-small same-picture", "same-or-not brook-two same-scene", "same-or-not garden-bright same-picture",
		"same-or-not garden-two same-scene", "same-or-not ridge-screen same-picture", "same-or-not meadow-stone same-scene",
		"same-or-not grey-two different", "same-or-not mountain-two different",
	}
	rightChanges = []string{
		"what-was-done house-turned mirror", "what-was-done meadow-part crop", "what-was-done rock-frame frame",
		"what-was-done garden-phone screen", "what-was-done track-banner banner", "what-was-done scree-bars bars",
	}
	ada = []string{
		"who-first waterfall valleydesk names-other,platform-time", "who-first motorway video-page platform-time,whole",
		"who-first drum sarnopil-now platform-time,whole", "who-first rockfall camera camera-clock,whole", "who-first house camera camera-clock",
	}
	bo = []string{
		"same-or-not brook-two same-picture", "same-or-not garden-two same-picture",
		"who-first waterfall hillroads platform-time", "who-first motorway video-page platform-time,disk-time",
		"who-first drum sarnopil-now platform-time", "who-first rockfall camera camera-clock,whole",
		"what-was-done house-turned crop",
	}
	cy = []string{
		"same-or-not brook-two same-picture", "same-or-not mountain-two same-scene",
		"who-first waterfall valleydesk", "who-first motorway hillroads", "who-first drum sarnopil-now platform-time,whole",
		"who-first rockfall valleydesk whole", "who-first house camera camera-clock",
		"what-was-done garden-phone banner", "what-was-done scree-bars crop",
	}
	di = []string{"same-or-not garden-bright same-scene", "what-was-done garden-phone crop"}
)

func TestWorkshopOfFour(t *testing.T) {
	if testing.Short() {
		t.Skip("works through an exercise four times")
	}
	r := newRoom(t, "copies")
	cases := map[string]string{}
	for _, l := range []struct {
		name  string
		lists [][]string // a later answer takes the place of an earlier one
	}{
		{"Ada", [][]string{rightPairs, ada, rightChanges}},
		{"Bo", [][]string{rightPairs, rightChanges, bo}},
		{"Cy", [][]string{rightPairs, rightChanges, cy}},
		{"Di", [][]string{rightPairs[:4], rightChanges, di}},
	} {
		cases[l.name] = r.enters(l.name)
		for _, lines := range l.lists {
			r.answers(cases[l.name], lines...)
		}
	}
	for range 2 {
		command(t, "workshop", "hint", "who-first", "--case", cases["Di"], "--quiet")
	}
	for _, c := range cases {
		r.handsIn(c)
	}
	c := r.collects()
	r.wantScores(c)
	r.wantAgreement(c)
	r.keyIsLast(cases["Ada"])
	r.strangers(c)
}

func (r room) wantScores(c collected) {
	r.Helper()
	for name, want := range map[string][4]float64{"Ada": {16, 15, 12, 43}, "Bo": {12, 8, 10, 30}, "Cy": {12, 8.5, 8, 28.5}, "Di": {6, 0, 10, 16}} {
		l, ok := c.learners[name]
		if !ok || len(l.Score.Tasks) != 3 {
			r.Fatalf("%s is not among the learners %v", name, c.learners)
		}
		got := [4]float64{l.Score.Tasks[0].Points, l.Score.Tasks[1].Points, l.Score.Tasks[2].Points, l.Score.Points}
		if got != want || l.Score.Of != 43 || l.Minutes != 30 {
			r.Errorf("%s: %v points of %d in %d minutes, by hand %v of 43 in 30", name, got, l.Score.Of, l.Minutes, want)
		}
	}
	if n := c.learners["Di"].Hints["who-first"]; n != 2 {
		r.Errorf("Di took 2 hints, %d are counted", n)
	}
	if len(c.learners) != 4 || len(c.refused) != 0 {
		r.Errorf("%d learners, refused %v", len(c.learners), c.refused)
	}
}

// wantAgreement compares with Fleiss' kappa by hand: P is the mean over the
// parts of the share of pairs of learners who agree, E the sum of the squared
// shares of the options in all answers, kappa (P − E) / (1 − E).
//
// same-or-not (options: different, same picture, same scene)
//
//	brook-small    0 4 0  1      ridge-screen  0 3 0  1
//	brook-two      0 2 2  1/3    meadow-stone  0 0 3  1
//	garden-bright  0 3 1  1/2    grey-two      3 0 0  1
//	garden-two     0 1 3  1/2    mountain-two  2 0 1  1/3
//	sums 5 13 10 of 28: P = (17/3)/8 = 17/24, E = (25+169+100)/784 = 3/8,
//	kappa = (17/24 − 9/24)/(15/24) = 8/15
//
// who-first (camera, hillroads, sarnopil-now, valleydesk, video-page)
//
//	waterfall 0 1 0 2 0  1/3    drum     0 0 3 0 0  1    house  2 0 0 0 0  1
//	motorway  0 1 0 0 2  1/3    rockfall 2 0 0 1 0  1/3
//	sums 4 2 3 3 2 of 14: P = 3/5, E = (16+4+9+9+4)/196 = 3/14,
//	kappa = (42/70 − 15/70)/(55/70) = 27/55
//
// what-was-done (banner, bars, crop, frame, mirror, screen)
//
//	house-turned 0 0 1 0 3 0  1/2    garden-phone 1 0 1 0 0 2  1/6
//	meadow-part  0 0 4 0 0 0  1      track-banner 4 0 0 0 0 0  1
//	rock-frame   0 0 0 4 0 0  1      scree-bars   0 3 1 0 0 0  1/2
//	sums 5 3 7 4 3 2 of 24: P = (25/6)/6 = 25/36, E = (25+9+49+16+9+4)/576 = 7/36,
//	kappa = (18/36)/(29/36) = 18/29
func (r room) wantAgreement(c collected) {
	r.Helper()
	for task, want := range map[string]struct{ kappa, observed, expected, mean float64 }{
		"same-or-not":   {8. / 15, 17. / 24, 3. / 8, (16 + 12 + 12 + 6) / 4.},
		"who-first":     {27. / 55, 3. / 5, 3. / 14, (15 + 8 + 8.5 + 0) / 4.},
		"what-was-done": {18. / 29, 25. / 36, 7. / 36, (12 + 10 + 8 + 10) / 4.},
	} {
		a := c.tasks[task].Agreement
		if a.Kappa == nil || a.Observed == nil || a.Expected == nil {
			r.Errorf("%s: no kappa", task)
			continue
		}
		if math.Abs(*a.Kappa-want.kappa) > 1e-12 || math.Abs(*a.Observed-want.observed) > 1e-12 || math.Abs(*a.Expected-want.expected) > 1e-12 {
			r.Errorf("%s: kappa %v of %v observed and %v expected; by hand %v of %v and %v", task, *a.Kappa, *a.Observed, *a.Expected, want.kappa, want.observed, want.expected)
		}
		if mean := c.tasks[task].Mean; math.Abs(mean-want.mean) > .005 {
			r.Errorf("%s: mean %v, by hand %v", task, mean, want.mean)
		}
	}
	if n := c.tasks["same-or-not"].Counts["brook-two"]; n["same-picture"] != 2 || n["same-scene"] != 2 || n["different"] != 0 {
		r.Errorf("brook-two was answered %v", n)
	}
}

// keyIsLast opens the key in a learner's case: then nothing changes any more.
func (r room) keyIsLast(caseDir string) {
	r.Helper()
	wrong := filepath.Join(r.dir, "wrong.txt")
	r.write(wrong, []byte("seven brown herons walk the dike\n"))
	r.refused("the passphrase does not open the key", "workshop", "key", "--case", caseDir, "--pack", r.pack, "--passphrase-file", wrong)
	r.refused("the passphrase does not open the key", "workshop", "collect", r.stick, "--pack", r.pack, "--passphrase-file", wrong)

	shown := command(r.T, "workshop", "key", "--case", caseDir, "--pack", r.pack, "--passphrase-file", r.secret)
	for _, want := range []string{"43 of 43", "hillroads passed the post on", "Copies are one witness"} {
		if !strings.Contains(shown, want) {
			r.Errorf("the key beside the answers does not say %q", want)
		}
	}
	r.refused("answers cannot change any more", "workshop", "answer", "same-or-not", "grey-two", "--choose", "same-scene", "--case", caseDir)

	late := r.enters("Late")
	r.refused("nothing was handed in yet", "workshop", "key", "--case", late, "--pack", r.pack, "--passphrase-file", r.secret)
	command(r.T, "workshop", "key", "--case", late, "--pack", r.pack, "--passphrase-file", r.secret, "--without-hand-in")
	r.refused("the answer key was opened", "workshop", "hand-in", "--case", late, "--out", r.stick)
}

// strangers are what does not belong: a pack that was changed, a key and
// hand-ins of other packs, and a file that only looks like one.
func (r room) strangers(before collected) {
	r.Helper()
	changed := filepath.Join(r.dir, "changed.zip")
	b := r.read(r.pack)
	b[len(b)/2] ^= 1
	r.write(changed, b)
	r.refused(workshop.ErrNoPack.Error(), "workshop", "open", changed, "--dir", filepath.Join(r.dir, "nobody"), "--no-serve")
	if _, err := os.Stat(filepath.Join(r.dir, "nobody")); err == nil {
		r.Error("a changed pack left a folder behind")
	}

	other := newRoom(r.T, "times")
	r.refused("was opened from another pack", "workshop", "key", "--case", filepath.Join(r.dir, "bo", "case"), "--pack", other.pack, "--passphrase-file", r.secret)
	guest := other.enters("Guest")
	other.answers(guest, "sun-place quay ekvik")
	other.handsIn(guest)
	names, err := filepath.Glob(filepath.Join(other.stick, "*.answers.json"))
	if err != nil || len(names) != 1 {
		r.Fatalf("handed in: %v, %v", names, err)
	}
	r.write(filepath.Join(r.stick, "guest.answers.json"), r.read(names[0]))

	adas := before.learners["Ada"].File
	text := string(r.read(filepath.Join(r.stick, adas)))
	i := strings.Index(text, `"pack": "`) + len(`"pack": "`)
	r.write(filepath.Join(r.stick, "older.answers.json"), []byte(text[:i]+strings.Repeat("ab", 32)+text[i+64:]))
	r.write(filepath.Join(r.stick, "notes.answers.json"), []byte(`{"name": "Eve"}`))

	after := r.collects()
	if len(after.learners) != len(before.learners) {
		r.Errorf("%d learners, want the %d from before", len(after.learners), len(before.learners))
	}
	for file, want := range map[string]string{"guest.answers.json": "another exercise", "older.answers.json": "another pack", "notes.answers.json": "damaged"} {
		if !strings.Contains(after.refused[file], want) {
			r.Errorf("%s: %q, want it refused as %q", file, after.refused[file], want)
		}
	}
}

// Intervals have no kappa but the share of pairs that overlap. The truth of the
// market is 13:15 to 13:25 and can be known to half an hour: Ada's 26 minutes hold
// it, 5 points; Bo's hour does, too, and is twice as wide as need be, 2.5 points;
// Cy's moment 13:20 lies in it and covers none of it, 0 points. All three pairs
// of answers overlap.
func TestWorkshopWithIntervals(t *testing.T) {
	r := newRoom(t, "times")
	for name, when := range map[string][]string{
		"Ada": {"--from", "2025-09-20T13:06Z", "--to", "2025-09-20T16:32+03:00"},
		"Bo":  {"--from", "2025-09-20T12:50Z", "--to", "2025-09-20T13:50Z"},
		"Cy":  {"--from", "2025-09-20 13:20 UTC"},
	} {
		c := r.enters(name)
		command(t, append([]string{"workshop", "answer", "sun-hour", "market", "--case", c}, when...)...)
		r.handsIn(c)
	}
	c := r.collects()
	for name, want := range map[string]float64{"Ada": 5, "Bo": 2.5, "Cy": 0} {
		if got := c.learners[name].Score.Points; got != want {
			t.Errorf("%s: %v points, by hand %v", name, got, want)
		}
	}
	// A passphrase that was lost is no loss: the same exercise has the same code.
	r.pack = filepath.Join(r.dir, "again.zip")
	r.write(r.secret, []byte("nine grey geese cross the ford\n"))
	command(t, "workshop", "new", "--exercise", "times", "--out", r.pack, "--passphrase-file", r.secret)
	if again := r.collects(); len(again.learners) != 3 || len(again.refused) != 0 {
		t.Errorf("with the pack made anew %d learners count, refused %v", len(again.learners), again.refused)
	}
	a := c.tasks["sun-hour"].Agreement
	if a.Kappa != nil || a.Pairs != 3 || a.Overlap == nil || *a.Overlap != 1 {
		t.Errorf("agreement %+v, want three pairs that overlap and no kappa", a)
	}
}
