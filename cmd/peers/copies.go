package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/fixtures/usage"
)

//go:embed hashes.py
var hashesDriver []byte

// finder is one way to look for copies in two folders. find does it once and
// gives the groups of pictures that it would show a person; a pair is a group
// of two.
type finder struct {
	name string
	find func() (groups [][]string, used usage.Used, err error)
}

// ourName is how this program's own rows are called.
const ourName = "**Firsthand**, `scan` and `duplicates`"

// copies measures scan and duplicates beside finders of copies, on photographs
// and known copies of a part of them; the other photographs are strangers.
func (b *bench) copies(r *results) error {
	photos, variants, err := b.copiesFolders()
	if err != nil {
		return err
	}
	known, err := truth.ReadCopies(photos, variants)
	if err != nil {
		return err
	}
	b.say("copies: %d pictures, %d pairs to find, %d pairs that share nothing", known.Pictures(), len(known.Rows), known.Negatives())
	finders := b.finders(photos, variants)
	found := map[string][][]string{}
	var contenders []contender
	for _, f := range finders {
		contenders = append(contenders, contender{f.name, func() (used usage.Used, err error) {
			groups, used, err := f.find()
			if err == nil {
				err = unknown(known, groups)
			}
			found[f.name] = groups
			return used, err
		}})
	}
	took := b.inTurns(b.slow, contenders)
	r.add(foundTable(known, finders, found, took))
	r.add(costTable(finders, took, b.slow))
	return nil
}

// foundTable scores what each finder found in its last turn.
func foundTable(known *truth.Copies, finders []finder, found map[string][][]string, took runs) table {
	t := table{
		Title: fmt.Sprintf("Copies: %d photographs and %d copies of some of them, %d pairs of copy and photograph to find among %d pairs that share nothing",
			len(known.Originals), known.Pictures()-len(known.Originals), len(known.Rows), known.Negatives()),
		Columns: slices.Concat([]string{"finder", "found"}, families, []string{"wrong pairs", "pairs of one place"}),
	}
	for _, f := range finders {
		if len(took[f.name]) == 0 {
			continue
		}
		s := scoreGroups(known, found[f.name])
		cells := []string{f.name, s.all.String()}
		for _, family := range families {
			cells = append(cells, s.families[family].String())
		}
		t.row(append(cells, s.wrongPairs(), fmt.Sprint(s.oneScene))...)
	}
	t.note("A copy is found when it is listed with its photograph, as a pair or in one group. A finder that shows groups claims all pairs within each.")
	t.note("The peers hash each picture as a whole: parts, insets and collages are outside what they are made for. Each stands with its default and with a more generous threshold.")
	return t
}

// costTable is what the finders took, beside this program.
func costTable(finders []finder, took runs, turns int) table {
	t := table{
		Title:   "Copies: what finding them takes, Firsthand ÷ the other",
		Columns: []string{"finder", "processor time", "by the clock", "memory"},
		Took:    took,
	}
	for _, f := range finders {
		if f.name != ourName && len(took[f.name]) > 0 {
			t.row(f.name, ratio(took[ourName], took[f.name], processor).String(), took.clock(ourName, f.name),
				ratio(took[ourName], took[f.name], memory).String())
		}
	}
	t.turnsNote(turns)
	t.note("Firsthand also digests, reads metadata, compares parts by keypoints, checks each pair block by block and says where the shared part lies; it groups by events and writes a ledger. All of that is in its time.")
	return t
}

// finders are this program and those peers that are there.
func (b *bench) finders(photos, variants string) []finder {
	all := []finder{{ourName, func() ([][]string, usage.Used, error) { return b.ourCopies(photos, variants) }}}
	if path, ok := b.wanted("findimagedupes"); ok {
		for _, threshold := range []string{"90%", "80%"} {
			all = append(all, finder{"findimagedupes -t " + threshold, func() ([][]string, usage.Used, error) {
				var said bytes.Buffer
				used, err := ran(&said, []int{0}, path, "-t", threshold, "-R", "--", photos, variants)
				return readSets(said.String(), filepath.Dir(photos)), used, err
			}})
		}
	}
	if path, ok := b.wanted("czkawka_cli"); ok {
		for _, flags := range [][]string{{"-s", "5"}, {"-s", "20", "--geometric-invariance", "mirror-flip-rotate90"}} {
			all = append(all, finder{"czkawka_cli image " + strings.Join(flags, " "), func() ([][]string, usage.Used, error) {
				return b.czkawka(path, flags, photos, variants)
			}})
		}
	}
	for _, h := range []struct {
		module string
		args   []string
	}{
		{"pdqhash", []string{"pdq", "31", "plain"}}, {"pdqhash", []string{"pdq", "63", "turned"}},
		{"imagehash", []string{"phash", "10", "plain"}}, {"imagehash", []string{"phash", "14", "turned"}},
	} {
		if path, ok := b.find(h.module); ok {
			all = append(all, finder{h.module + ", " + strings.Join(h.args, " "), func() ([][]string, usage.Used, error) {
				return b.hashed(path, h.args, photos, variants)
			}})
		} else if h.args[2] == "plain" {
			b.wanted(h.module)
		}
	}
	return all
}

// ourCopies scans both folders into a new case and lists the pairs.
func (b *bench) ourCopies(photos, variants string) ([][]string, usage.Used, error) {
	folder, err := os.MkdirTemp(b.work, "case-")
	if err != nil {
		return nil, usage.Used{}, err
	}
	defer os.RemoveAll(folder)
	folder = filepath.Join(folder, "case")
	var said bytes.Buffer
	used, err := ran(&said, []int{0}, b.program, "scan", photos, variants, "--case", folder, "--quiet")
	if err != nil {
		return nil, used, err
	}
	said.Reset()
	listing, err := ran(&said, []int{0}, b.program, "duplicates", "--json", "--case", folder)
	if err != nil {
		return nil, used, err
	}
	var groups [][]string
	for line := range bytes.Lines(said.Bytes()) {
		var m struct{ A, B string }
		if err := json.Unmarshal(line, &m); err != nil {
			return nil, used, fmt.Errorf("duplicates: %w", err)
		}
		groups = append(groups, []string{m.A, m.B})
	}
	return groups, used.Add(listing), nil
}

// readSets reads findimagedupes' sets: one a line, its absolute paths separated
// by single spaces, which a path may hold, too.
func readSets(said, top string) (groups [][]string) {
	start := top + string(filepath.Separator)
	for line := range strings.Lines(said) {
		var set []string
		for i, part := range strings.Split(strings.TrimRight(" "+line, "\n"), " "+start) {
			if i > 0 {
				set = append(set, filepath.ToSlash(part))
			}
		}
		if len(set) > 1 {
			groups = append(groups, set)
		}
	}
	return groups
}

// czkawka runs czkawka_cli without its cache, and on small files, too, which it
// leaves out unless told.
func (b *bench) czkawka(path string, flags []string, photos, variants string) ([][]string, usage.Used, error) {
	out := filepath.Join(b.work, "czkawka.json")
	args := slices.Concat([]string{"image", "-d", photos, "-d", variants, "-m", "1", "-H", "-W", "-C", out}, flags)
	used, err := ran(new(bytes.Buffer), []int{0, 11}, path, args...)
	if err != nil {
		return nil, used, err
	}
	defer os.Remove(out)
	text, err := os.ReadFile(out)
	if err != nil {
		return nil, used, err
	}
	groups, err := readCzkawka(text, filepath.Dir(photos))
	return groups, used, err
}

// readCzkawka reads its JSON: a list of groups of files.
func readCzkawka(text []byte, top string) (groups [][]string, err error) {
	var listed [][]struct{ Path string }
	if err := json.Unmarshal(text, &listed); err != nil {
		return nil, fmt.Errorf("czkawka_cli: %w", err)
	}
	for _, g := range listed {
		var group []string
		for _, f := range g {
			group = append(group, below(top, f.Path))
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// hashed runs the driver of the hash libraries.
func (b *bench) hashed(python string, args []string, photos, variants string) ([][]string, usage.Used, error) {
	driver := filepath.Join(b.work, "hashes.py")
	if err := os.WriteFile(driver, hashesDriver, 0o644); err != nil {
		return nil, usage.Used{}, err
	}
	var said bytes.Buffer
	used, err := ran(&said, []int{0}, python, slices.Concat([]string{driver}, args, []string{photos, variants})...)
	if err != nil {
		return nil, used, err
	}
	groups, err := readHashed(said.Bytes(), filepath.Dir(photos))
	return groups, used, err
}

// readHashed reads the driver's output.
func readHashed(text []byte, top string) ([][]string, error) {
	var listed struct {
		Pictures int
		Pairs    [][]string
	}
	if err := json.Unmarshal(text, &listed); err != nil {
		return nil, fmt.Errorf("hashes.py: %w", err)
	}
	if listed.Pictures == 0 {
		return nil, fmt.Errorf("hashes.py: not one picture could be read")
	}
	for _, pair := range listed.Pairs {
		for i := range pair {
			pair[i] = below(top, pair[i])
		}
	}
	return listed.Pairs, nil
}

// below is a path as this program lists it: SOURCE/file.
func below(top, path string) string {
	rel, err := filepath.Rel(top, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
