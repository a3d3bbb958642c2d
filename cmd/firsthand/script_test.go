package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fixturesFolder is absolute, since scripts run elsewhere.
var fixturesFolder, _ = filepath.Abs(filepath.Join("..", "..", "fixtures"))

func TestMain(m *testing.M) {
	// Workers are started from the path of this very binary, under which the
	// script package would run the tests again.
	if len(os.Args) > 1 && os.Args[1] == workerCommand {
		os.Exit(run())
	}
	testscript.Main(m, map[string]func(){"firsthand": func() { os.Exit(run()) }})
}

// TestScripts runs the program as a person types it. Each script has its own
// home; the compiled video engine is shared, since making it takes a while.
func TestScripts(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	geotiff, err := filepath.Abs(filepath.Join("..", "..", "extract", "container", "testdata", "geotiff"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("GEOTIFF", geotiff)
			return os.MkdirAll(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"camera":   cameraCommand,
			"clip":     clipCommand,
			"movie":    movieCommand,
			"shade":    shadeCommand,
			"picture":  pictureCommand,
			"fixture":  fixtureCommand,
			"cut":      cutCommand,
			"touched":  touchedCommand,
			"age":      ageCommand,
			"damage":   damageCommand,
			"incident": incidentCommand,
			"entry":    entryCommand,
			"member":   memberCommand,
			"in":       inCommand,
			"undo":     undoCommand,
			"hostile":  hostileCommand,
			"status":   statusCommand,
		},
		UpdateScripts: *update,
	})
}

// pictureCommand writes a made picture: picture FILE SCENE [CHANGE...]. The
// same scene is the same subject; changes are resized, mirrored, turned,
// dimmed, recompressed, captioned, cropped and fogged (nothing is seen any
// more). A file named .png is a PNG, else a JPEG.
func pictureCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: picture FILE SCENE [CHANGE...]")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(writePicture(path, args[1], args[2:]))
	// A fixed time: what depends on it must not depend on the day of the test.
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(path, at, at))
}

// fixtureCommand copies a file of fixtures/metadata: fixture NAME FILE.
func fixtureCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fixture NAME FILE")
	}
	b, err := os.ReadFile(filepath.Join(fixturesFolder, "metadata", args[0]))
	ts.Check(err)
	path := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, b, 0o600))
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(path, at, at))
}

// cutCommand leaves the first part of a file, in percent: cut FILE 60.
func cutCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cut FILE PERCENT")
	}
	share, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()*share/100))
	ts.Check(os.Chtimes(path, info.ModTime(), info.ModTime()))
}

// touchedCommand fails when a file's bytes differ from those of another:
// touched FILE COPY.
func touchedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: touched FILE COPY")
	}
	differs := ts.ReadFile(args[0]) != ts.ReadFile(args[1])
	if differs == neg {
		ts.Fatalf("%s and %s: differ is %v", args[0], args[1], differs)
	}
}

// hostileCommand writes hostile videos whose names begin so: hostile FOLDER
// BEGINNING...
func hostileCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: hostile FOLDER BEGINNING...")
	}
	names, err := writeHostileClips(ts.MkAbs(args[0]), ts.MkAbs("canary.mp4"), "127.0.0.1:1", args[1:]...)
	ts.Check(err)
	if len(names) < len(args)-1 {
		ts.Fatalf("only %v begin so", names)
	}
}

// ageCommand sets a file's time: age FILE RFC3339.
func ageCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: age FILE RFC3339")
	}
	at, err := time.Parse(time.RFC3339, args[1])
	ts.Check(err)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), at, at))
}

// damageCommand replaces text in a file of any bytes, once: damage FILE OLD
// NEW, both of the same length.
func damageCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: damage FILE OLD NEW (of one length)")
	}
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	if !strings.Contains(string(b), args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(b), args[1], args[2], 1)), 0o600))
}

// statusCommand runs a command and demands its exit status: status 3 firsthand ARG...
func statusCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// incidentCommand keeps the id of the first incident that the last command
// listed: incident NAME.
func incidentCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: incident NAME")
	}
	id, _, found := strings.Cut(ts.ReadFile("stdout"), " ")
	if !found || !strings.HasPrefix(id, "I-") {
		ts.Fatalf("the last command listed no incident")
	}
	ts.Setenv(args[0], id)
}

// entryTold is an entry as a sentence names it, entryListed as a list of
// decisions begins with it.
var (
	entryTold   = regexp.MustCompile(`\(entry ([0-9]+) `)
	entryListed = regexp.MustCompile(`^ *([0-9]+) `)
)

// entryCommand keeps the number of the first entry of the ledger that the last
// command listed or told of: entry NAME.
func entryCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: entry NAME")
	}
	text := ts.ReadFile("stdout")
	found := entryTold.FindStringSubmatch(text)
	if found == nil {
		found = entryListed.FindStringSubmatch(text)
	}
	if found == nil {
		ts.Fatalf("the last command told of no entry")
	}
	ts.Setenv(args[0], found[1])
}
