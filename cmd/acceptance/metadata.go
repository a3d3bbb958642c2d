package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// inspected is one line of `inspect --all --json`, as far as it is scored.
type inspected struct {
	Path     string
	SHA256   string
	BestTime *claimedTime `json:"best_time"`
	Places   []struct {
		Kind      string
		Latitude  *float64
		Longitude *float64
		AltitudeM *float64 `json:"altitude_m"`
	}
	Findings []struct{ Code, Severity, Message string }
	Error    string
	Fields   map[string]any
}

type claimedTime struct {
	Local  string
	Offset *int `json:"offset_minutes"`
	Zone   string
}

// oracle is what ExifTool reads of one file, under names that are the same
// whatever the format, and under its own groups.
type oracle struct {
	Path      string
	Malformed int
	Fields    map[string]struct {
		Tag   string
		Value any
	}
}

// metadata holds inspect against ExifTool's values, against the corpus's own
// reading of what they mean, and against the clock.
func (r *run) metadata() error {
	folder := filepath.Join(r.shared, "corpus/metadata")
	fmt.Printf("\n== metadata, %s\n", folder)
	got, err := r.inspectFolder(folder)
	if err != nil {
		return err
	}
	want, err := readOracle(filepath.Join(folder, "oracle.json"))
	if err != nil {
		return err
	}
	c := &conformance{cells: map[cell]*tally{}}
	for _, o := range want {
		g, ok := got[o.Path]
		if !ok {
			return fmt.Errorf("inspect has no line for %s", o.Path)
		}
		c.file(o, g)
	}
	c.print()
	failed := c.lines()
	claims, err := r.claims(folder, got)
	if err != nil {
		return err
	}
	failed = append(failed, claims...)
	hostile, err := r.hostile()
	if err != nil {
		return err
	}
	failed = append(failed, hostile...)
	if err := r.speed(folder); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("metadata: %s", strings.Join(failed, "; "))
	}
	return nil
}

// inspectFolder reads every tag of every file below a folder; the keys are
// paths below it.
func (r *run) inspectFolder(folder string) (map[string]inspected, error) {
	read, err := lines[inspected](r.program, "inspect", "--all", "--quiet", folder)
	if err != nil {
		return nil, err
	}
	out := map[string]inspected{}
	for _, l := range read {
		rel, err := filepath.Rel(folder, filepath.FromSlash(l.Path))
		if err != nil {
			return nil, err
		}
		out[filepath.ToSlash(rel)] = l
	}
	return out, nil
}

func readOracle(path string) ([]oracle, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var o struct{ Files []oracle }
	if err := json.Unmarshal(b, &o); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return o.Files, nil
}

// groups are the prefixes of the oracle's names, in the order of the table;
// what is none of them is "other".
var groups = []string{"exif", "xmp", "iptc", "qt", "mkv", "riff", "png", "gif", "c2pa", "maker", "composite", "file", "derived", "other"}

type cell struct {
	malformed     bool
	format, group string
}

// tally counts the values of one cell.
type tally struct{ right, missing, wrong int }

func (t tally) total() int { return t.right + t.missing + t.wrong }

// conformance is the comparison of all values of all files.
type conformance struct {
	cells      map[cell]*tally
	shortfalls []shortfall
}

type shortfall struct {
	malformed        bool
	group, path, tag string
	want, got        any
}

// file compares one file's values. A sum that no program prints is left out.
func (c *conformance) file(o oracle, g inspected) {
	names := make([]string, 0, len(o.Fields))
	for name := range o.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		want := o.Fields[name]
		have, ok, applies := g.value(name, want.Tag)
		if !applies {
			continue
		}
		at := cell{o.Malformed != 0, formatOf(o.Path), groupOfName(name)}
		t := c.cells[at]
		if t == nil {
			t = &tally{}
			c.cells[at] = t
		}
		switch {
		case !ok:
			t.missing++
			have = "nothing"
		case truth.EqualValues(want.Value, have, toleranceOf(name)):
			t.right++
			continue
		default:
			t.wrong++
		}
		c.shortfalls = append(c.shortfalls, shortfall{at.malformed, at.group, o.Path, name + " (" + want.Tag + ")", want.Value, have})
	}
}

func groupOfName(name string) string {
	prefix, _, _ := strings.Cut(name, ".")
	if slices.Contains(groups, prefix) {
		return prefix
	}
	return "other"
}

// formatOf is the row of the table that a file belongs to.
func formatOf(path string) string {
	if strings.HasPrefix(path, "raw/") {
		return "raw"
	}
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	switch ext {
	case "jpeg":
		return "jpg"
	case "tiff":
		return "tif"
	case "cr2", "cr3", "nef", "dng", "pef", "rw2", "arw", "orf", "raf", "crw":
		return "raw"
	}
	return ext
}

// print writes the two tables and the shortfalls, at most forty of a group.
func (c *conformance) print() {
	for _, malformed := range []bool{false, true} {
		fmt.Printf("\nright/missing/wrong, %s files\n", map[bool]string{false: "well-formed", true: "malformed"}[malformed])
		c.table(malformed)
	}
	const most = 40
	count := map[string]int{}
	fmt.Println()
	for _, s := range c.shortfalls {
		key := fmt.Sprint(s.malformed, s.group)
		if count[key]++; count[key] <= most {
			fmt.Printf("  %s: %s: want %s, got %s\n", s.path, s.tag, brief(s.want), brief(s.got))
		}
	}
}

func (c *conformance) table(malformed bool) {
	var formats []string
	for at := range c.cells {
		if at.malformed == malformed && !slices.Contains(formats, at.format) {
			formats = append(formats, at.format)
		}
	}
	slices.Sort(formats)
	fmt.Printf("%-10s", "")
	for _, g := range groups {
		fmt.Printf(" %11s", g)
	}
	fmt.Println()
	for _, f := range append(formats, "all") {
		fmt.Printf("%-10s", f)
		for _, g := range groups {
			t := c.sum(malformed, f, g)
			text := ""
			if t.total() > 0 {
				text = fmt.Sprintf("%d/%d/%d", t.right, t.missing, t.wrong)
			}
			fmt.Printf(" %11s", text)
		}
		fmt.Println()
	}
}

// sum adds the cells of a group; the format "all" is every one.
func (c *conformance) sum(malformed bool, format, group string) (out tally) {
	for at, t := range c.cells {
		if at.malformed == malformed && at.group == group && (format == "all" || at.format == format) {
			out.right, out.missing, out.wrong = out.right+t.right, out.missing+t.missing, out.wrong+t.wrong
		}
	}
	return out
}

// demanded are the shares of right values, in percent, on files that are not
// malformed.
var demanded = []struct {
	group string
	least float64
}{{"exif", 99.5}, {"xmp", 98.5}, {"iptc", 98.5}, {"qt", 98.5}, {"mkv", 98.5}, {"riff", 98.5}}

// lines prints what is demanded with pass or fail, and gives the failures.
func (c *conformance) lines() (failed []string) {
	fmt.Println()
	for _, d := range demanded {
		t := c.sum(false, "all", d.group)
		if t.total() == 0 {
			continue
		}
		share := 100 * float64(t.right) / float64(t.total())
		what := fmt.Sprintf("%s values right: %.2f %% of %d, at least %.1f %%", d.group, share, t.total(), d.least)
		failed = append(failed, verdict(what, share >= d.least)...)
	}
	return failed
}

// verdict prints one demand and gives it back where it failed.
func verdict(what string, pass bool) []string {
	if pass {
		fmt.Printf("pass  %s\n", what)
		return nil
	}
	fmt.Printf("FAIL  %s\n", what)
	return []string{what}
}
