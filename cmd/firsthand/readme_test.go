package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// typed is one command of the README with what it shows below it.
type typed struct {
	line    int
	command string
	shown   []string
}

// README's commands: lines that begin with "$ " in fenced blocks, gone on with
// behind a backslash; what follows up to the next is what the reader sees.
func readmeCommands(text string) (out []typed) {
	inside, more := false, false
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = !inside
		case !inside:
		case strings.HasPrefix(line, "$ "):
			out = append(out, typed{line: i + 1, command: line[2:]})
			more = strings.HasSuffix(line, "\\")
		case more:
			out[len(out)-1].command += "\n" + line
			more = strings.HasSuffix(line, "\\")
		case len(out) > 0:
			out[len(out)-1].shown = append(out[len(out)-1].shown, line)
		}
	}
	return out
}

// varying is what differs from run to run: durations, moments, keys, codes.
var varying = []*regexp.Regexp{
	regexp.MustCompile(`\b[0-9.]+(µs|ms|s)\b`),
	regexp.MustCompile(`20\d\d-\d\d-\d\dT[0-9:]+Z`),
	regexp.MustCompile(`SHA256:[A-Za-z0-9+/]{43}`),
	regexp.MustCompile(`firsthand/[0-9a-f]{32}`),
	regexp.MustCompile(`entry \d+ of the ledger|, \d+ entries,`), // a scan writes one as often as it takes
	regexp.MustCompile(`when this copy was written to the disk|\d+ [A-Z][a-z]+ 20\d\d, [0-9:]+ UTC, when this copy`),
}

func steady(line string) string {
	line = strings.ReplaceAll(line, "\u00a0", " ") // within a number or a day
	for _, v := range varying {
		line = v.ReplaceAllString(line, "~")
	}
	return strings.TrimRight(line, " ")
}

// shows tells whether the lines that came are those shown, where "..." stands
// for any number of lines, and nothing shown for whatever comes.
func shows(shown, came []string) bool {
	if len(shown) == 0 {
		return len(came) == 0
	}
	if shown[0] == "..." {
		for skip := range len(came) + 1 {
			if shows(shown[1:], came[skip:]) {
				return true
			}
		}
		return false
	}
	return len(came) > 0 && steady(shown[0]) == steady(came[0]) && shows(shown[1:], came[1:])
}

// What the README has a newcomer type works as it stands there, in its order,
// and shows what the README says that it shows.
func TestReadme(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("decodes the whole exercise case, and types into a shell")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	commands := readmeCommands(string(text))
	if len(commands) < 25 {
		t.Fatalf("only %d commands were found in the README", len(commands))
	}
	for _, c := range commands {
		r.types(c)
	}
}

// reader is a newcomer in a folder like the clone, with the program built.
type reader struct {
	*testing.T
	dir string // where the shell stands
	env []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{T: t, dir: t.TempDir()}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"firsthand": exe, "fixtures": fixturesFolder} {
		if err := os.Symlink(to, filepath.Join(r.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, source := range []string{"telegram", "phone", "downloads", "stick"} {
		if err := os.Mkdir(filepath.Join(r.dir, source), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := writePicture(filepath.Join(r.dir, "phone", "a.jpg"), "harbour", nil); err != nil {
		t.Fatal(err)
	}
	r.env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(r.dir, "config"), "LANG=C.UTF-8", "BROWSER=true")
	return r
}

// instead is what is typed where the README's own would fetch, build, wait for
// Ctrl-C, or ask for a passphrase.
func instead(command string) string {
	for begins, other := range map[string]string{
		"git clone":                    "",
		"make demo":                    "./firsthand demo --dir build/demo --no-serve --quiet=false",
		"make test":                    "",
		"make release":                 "",
		"make bench-peers":             "",
		"./firsthand serve":            "",
		"docker ":                      "",
		"./firsthand workshop open":    command[:max(0, strings.IndexByte(command+"#", '#'))] + " --no-serve",
		"./firsthand workshop collect": "",
	} {
		if strings.HasPrefix(command, begins) {
			return other
		}
	}
	return command
}

func (r *reader) types(c typed) {
	r.Helper()
	command := instead(c.command)
	if command == "" {
		return
	}
	if rest, ok := strings.CutPrefix(command, "cd "); ok {
		r.dir = filepath.Join(r.dir, rest)
		return
	}
	if tool, _, _ := strings.Cut(command, " "); !strings.Contains(tool, "/") && !strings.Contains(tool, "=") {
		if _, err := exec.LookPath(tool); err != nil {
			r.Logf("README line %d: %s is not on this machine", c.line, tool)
			return
		}
	}
	sh := exec.Command("sh", "-c", command)
	sh.Dir, sh.Env = r.dir, r.env
	out, err := sh.CombinedOutput()
	if err != nil {
		r.Fatalf("README line %d: %s: %v\n%s", c.line, c.command, err, out)
	}
	came := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	if len(c.shown) > 0 && !shows(c.shown, came) {
		r.Errorf("README line %d: %s shows\n%.2000s\nand not\n%s", c.line, c.command, out, strings.Join(c.shown, "\n"))
	}
	if at := strings.Index(command, "> "); at >= 0 && strings.HasSuffix(command, ".csv") {
		r.fillIn(filepath.Join(r.dir, command[at+2:]))
	}
}

// fillIn answers every question of a sheet, as a person would in a spreadsheet.
func (r *reader) fillIn(path string) {
	r.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		r.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(rows) < 20 {
		r.Fatalf("the sheet has %d rows: %v", len(rows), err)
	}
	at := func(column string) int { return slices.Index(rows[0], column) }
	for _, row := range rows[1:] {
		switch {
		case row[at("step")] != "":
			row[at("answer")] = "pass"
		case row[at("claim")] != "":
			row[at("grade")], row[at("basis")] = "probable", "three roofs match"
		default:
			row[at("conclusion")] = "verified"
		}
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		r.Fatal(err)
	}
}

// What decides whether the README is right can itself fail.
func TestShows(t *testing.T) {
	came := []string{"one", "took 12.5s", "three"}
	for shown, want := range map[string]bool{
		"one|took 3ms|three": true, "...|three": true, "one|...": true, "...": true, "one|...|three|...": true,
		"one|took 3 s|three": false, "one|three": false, "one": false, "...|four|...": false, "one|took 3ms|three|four": false,
	} {
		if got := shows(strings.Split(shown, "|"), came); got != want {
			t.Errorf("%s: %v", shown, got)
		}
	}
	if c := readmeCommands("```\n$ a \\\n  b\nsaid\n$ c\n```\n$ d\n"); fmt.Sprint(c) != "[{2 a \\\n  b [said]} {5 c []}]" {
		t.Errorf("%v", c)
	}
}
