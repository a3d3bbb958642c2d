package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writePath is a command that writes, run in a folder of its own that has sources
// (phone, channel), cases (case, other), a bag, a pack, a learner's folder and a
// table of places.
type writePath struct {
	name string
	args []string
	out  string // the file or folder that it makes, "" for none
	of   string // the case that it changes, "" for none
	new  bool   // which is not there before
}

// writePaths are all commands that write, and of those that write in several ways
// each way.
func writePaths() []writePath {
	list := []writePath{
		{name: "scan", args: []string{"scan", "phone", "channel", "--case", "new", "--video", "off"}, of: "new", new: true},
		{name: "scan more", args: []string{"scan", "phone", "channel", "more", "--case", "case", "--video", "off"}, of: "case"},
		{name: "group", args: []string{"group", "--case", "case"}, of: "case"},
		{name: "decide", args: []string{"incident", "not-same", "phone/IMG_20240501_120000.jpg", "channel/IMG_20240502_120000.jpg", "--case", "case", "--reason", "seen", "--by", "Max"}, of: "case"},
		{name: "assess", args: []string{"assess", "phone/IMG_20240501_120000.jpg", "--step", "e2", "--answer", "pass", "--note", "three cranes", "--case", "case", "--by", "Ada"}, of: "case"},
		{name: "mark", args: []string{"mark", "phone/IMG_20240501_120000.jpg", "--pin", "--case", "case", "--by", "Ada"}, of: "case"},
		{name: "record", args: []string{"incident", "record", "CIV-1", "--new", "--set", "country=Ukraine", "--case", "case", "--by", "Ada"}, of: "case"},
		{name: "merge", args: []string{"merge", "other", "--case", "case"}, of: "case"},
		{name: "import a bag", args: []string{"import", "bag", "--format", "bagit", "--case", "new", "--video", "off"}, of: "new", new: true},
		{name: "places", args: []string{"gazetteer", "import", "places.csv", "--case", "case"}, of: "case"},
		{name: "list of places", args: []string{"gazetteer", "list", "--case", "case", "--out", "out.csv"}, out: "out.csv"},
		{name: "report", args: []string{"report", "--case", "case", "--out", "out.html"}, out: "out.html"},
		{name: "key", args: []string{"custody", "key", "--case", "case", "--out", "out"}, out: "out", of: "case"},
		{name: "checkpoint", args: []string{"custody", "checkpoint", "--case", "case", "--out", "out"}, out: "out", of: "case"},
		{name: "countersign", args: []string{"custody", "countersign", "--case", "case", "--by", "Olena", "--out", "out.sig"}, out: "out.sig"},
		{name: "timestamp", args: []string{"custody", "timestamp", "--case", "case", "--out", "out"}, out: "out", of: "case"},
		{name: "picture", args: []string{"compare", "phone/IMG_20240501_120000.jpg", "channel/IMG_20240501_120000.jpg", "--video", "off", "--picture", "out.png"}, out: "out.png"},
		{name: "pack", args: []string{"workshop", "new", "--exercise", "copies", "--out", "out.zip", "--passphrase-file", "pass"}, out: "out.zip"},
		{name: "answer", args: []string{"workshop", "answer", "who-first", "house", "--choose", "camera", "--case", "learner/case"}, of: "learner/case"},
		{name: "hand in", args: []string{"workshop", "hand-in", "--case", "learner/case", "--out", "stick"}, of: "learner/case"},
		{name: "collect", args: []string{"workshop", "collect", "handed", "--pack", "pack.zip", "--passphrase-file", "pass", "--csv", "out.csv"}, out: "out.csv"},
		{name: "first key", args: []string{"scan", "phone", "--case", "new", "--video", "off"}, of: "new", new: true},
	}
	for format, ending := range map[string]string{"bagit": "", "csv": "", "atlos": ".csv", "geojson": ".geojson", "kml": ".kml", "case-uco": ".jsonld", "timemap": "", "uwazi": ".zip"} {
		list = append(list, writePath{name: "export " + format, args: []string{"export", "--case", "case", "--format", format, "--out", "out" + ending}, out: "out" + ending})
	}
	return list
}

// layFolder makes what writePaths need.
func layFolder(t *testing.T, dir string) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	t.Chdir(dir)
	for i := range 3 {
		for source, change := range map[string]string{"phone": "recompressed", "channel": "dimmed", "more": "resized"} {
			if err := os.MkdirAll(source, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := writePicture(filepath.Join(source, fmt.Sprintf("IMG_2024050%d_120000.jpg", 1+i)), fmt.Sprint("scene ", i), []string{change}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range map[string]string{"places.csv": "name,latitude,longitude\nSaltivka,50.03,36.34\n", "pass": "six words that nobody else knows\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{
		"scan phone channel --case case --video off",
		"incident not-same phone/IMG_20240502_120000.jpg channel/IMG_20240501_120000.jpg --case case --reason two --by Olena",
		"gazetteer add Barabashovo --at 50.0,36.3 --radius 400 --case case",
		"scan channel --case other --video off",
		"incident not-same channel/IMG_20240501_120000.jpg channel/IMG_20240502_120000.jpg --case other --reason two --by Olena",
		"export --case other --format bagit --out bag",
		"workshop new --exercise copies --out pack.zip --passphrase-file pass",
		"workshop open pack.zip --name Ada --dir learner --no-serve --video off",
		"workshop answer who-first drum --choose loose --case learner/case",
	} {
		if r := runTrial(strings.Fields(line)); r.status != exitDone {
			t.Fatalf("%s: %s", line, r.messages)
		}
	}
	for _, name := range []string{"stick", "handed"} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if r := runTrial(strings.Fields("workshop hand-in --case learner/case --out handed")); r.status != exitDone {
		t.Fatal(r.messages)
	}
}
