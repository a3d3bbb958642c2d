package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// stills and videos are what exiv2 and mediainfo are for.
var (
	stillNames = []string{".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif"}
	videoNames = []string{".mp4", ".mov", ".3gp", ".mkv", ".webm", ".avi"}
)

// reader is one peer at metadata: over which files, with which arguments, and
// how its output is held against ours; agree is nil where only time counts.
type reader struct {
	name, tool string
	names      []string // of the files' endings, nil for all
	folder     bool     // the tool takes a folder in place of file names
	expected   []int
	args       []string
	agree      func(folder string, ours map[string]inspected, said []byte) (agreement, error)
}

func readers() []reader {
	exiftool := []string{"-json", "-n", "-G0:1", "-q", "-r"}
	return []reader{
		{"ExifTool", "exiftool", nil, true, []int{0, 1}, exiftool, agreeExifTool},
		{"ExifTool -fast2", "exiftool", nil, true, []int{0, 1}, append([]string{"-fast2"}, exiftool...), nil},
		{"exiv2", "exiv2", stillNames, false, []int{0, 1, 253, 254, 255}, []string{"-q", "-PEIXkv"}, agreeExiv2},
		{"mediainfo", "mediainfo", videoNames, false, []int{0}, []string{"--Output=JSON"}, agreeMediaInfo},
	}
}

// metadata measures inspect beside each reader, on the files that it is for.
func (b *bench) metadata(r *results) error {
	files, err := b.metadataFiles()
	if err != nil {
		return err
	}
	speed := table{
		Title: "Metadata: `firsthand inspect --all --json` beside others on the same files; files read a second, Firsthand ÷ peer",
		Columns: []string{"peer", "files", "by processor time", "by the clock, all workers", "by the clock, one worker",
			"memory, Firsthand ÷ peer"},
		Took: runs{},
	}
	values := table{
		Title:   "Metadata: values that the peer gives, and what Firsthand says of the same tag of the same file",
		Columns: []string{"peer", "tags", "values", "equal", "another value", "not given", "Firsthand gives beyond these"},
	}
	for _, p := range readers() {
		path, ok := b.wanted(p.tool)
		if !ok {
			continue
		}
		chosen := chosenFiles(files, p.names)
		if len(chosen) == 0 {
			b.say("%s: no file for it", p.name)
			continue
		}
		if err := b.reader(p, path, chosen, &speed, &values); err != nil {
			b.say("%s is left out: %v", p.name, err)
		}
	}
	if len(speed.Rows) == 0 {
		return nil
	}
	speed.turnsNote(b.turns)
	speed.note("Firsthand also digests every byte (SHA-256), reads each file in a worker process without rights, and checks what the tags claim.")
	speed.note("exiv2 reads stills, mediainfo videos; each is compared on those alone. ExifTool is one process over the folder.")
	speed.note("Memory is the sum over all processes; pages that Firsthand's workers share count once for each.")
	values.note("Files that are damaged on purpose are left out. Numbers are equal to 9 digits, GPS positions of exiv2 and figures of mediainfo as far as these write them.")
	r.add(speed)
	r.add(values)
	return nil
}

func chosenFiles(files, names []string) (out []string) {
	for _, f := range files {
		if names == nil || slices.Contains(names, strings.ToLower(filepath.Ext(f))) {
			out = append(out, f)
		}
	}
	return out
}

// reader measures one peer and adds its rows.
func (b *bench) reader(p reader, path string, chosen []string, speed, values *table) error {
	once := filepath.Join(b.work, "metadata-"+p.tool)
	if err := copiedFiles(once, chosen, 1); err != nil {
		return err
	}
	times := (b.enough + len(chosen) - 1) / len(chosen)
	many := once + "-many"
	if err := copiedFiles(many, chosen, times); err != nil {
		return err
	}
	their := func(out io.Writer, folder string) (usage.Used, error) {
		args, err := p.arguments(folder)
		if err != nil {
			return usage.Used{}, err
		}
		return ran(out, p.expected, path, args...)
	}
	our := func(out io.Writer, folder string, flags ...string) (usage.Used, error) {
		return ran(out, []int{0}, b.program, append([]string{"inspect", "--all", "--json", "--quiet", folder}, flags...)...)
	}
	const all, one = "firsthand", "firsthand --workers 1"
	took := b.inTurns(b.turns, []contender{
		{all, func() (usage.Used, error) { return our(io.Discard, many) }},
		{p.name, func() (usage.Used, error) { return their(io.Discard, many) }},
		{one, func() (usage.Used, error) { return our(io.Discard, many, "--workers", "1") }},
	})
	if len(took[all]) == 0 || len(took[p.name]) == 0 {
		return fmt.Errorf("nothing to compare")
	}
	for name, t := range took {
		speed.Took[p.name+": "+name] = t
	}
	speed.row(p.name, fmt.Sprintf("%d × %d", len(chosen), times), ratio(took[p.name], took[one], processor).String(),
		took.clock(p.name, all), took.clock(p.name, one),
		ratio(took[all], took[p.name], memory).String())
	if p.agree == nil {
		return nil
	}
	var ours, theirs bytes.Buffer
	if _, err := our(&ours, once); err != nil {
		return err
	}
	if _, err := their(&theirs, once); err != nil {
		return err
	}
	lines, err := inspectedFiles(ours.Bytes(), once)
	if err != nil {
		return err
	}
	agreed, err := p.agree(once, lines, theirs.Bytes())
	if err != nil {
		return err
	}
	for _, group := range agreed.groups() {
		t := agreed[group]
		beyond := "–"
		if t.beyond > 0 {
			beyond = fmt.Sprint(t.beyond)
		}
		values.row(p.name, group, fmt.Sprint(t.total()), percent(t.equal, t.total()), percent(t.other, t.total()), percent(t.missing, t.total()), beyond)
		if b.verbose {
			for _, line := range t.examples {
				b.say("%s, %s: %s", p.name, group, line)
			}
		}
	}
	return nil
}

// arguments are those of the peer for a folder.
func (p reader) arguments(folder string) ([]string, error) {
	if p.folder {
		return append(slices.Clone(p.args), folder), nil
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	return append(slices.Clone(p.args), files...), err
}

// metadataFiles are the files to read: those of the shared corpus that are not
// damaged, else the repository's own.
func (b *bench) metadataFiles() (files []string, err error) {
	if b.shared != "" {
		folder := filepath.Join(b.shared, "corpus/metadata")
		rows, err := truth.ReadTable(filepath.Join(folder, "manifest.csv"))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r["malformed"] == "0" {
				files = append(files, filepath.Join(folder, filepath.FromSlash(r["path"])))
			}
		}
		return files, nil
	}
	for _, folder := range []string{"fixtures/metadata", "fixtures/workshop"} {
		err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && slices.Contains(slices.Concat(stillNames, videoNames), strings.ToLower(filepath.Ext(path))) {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("the repository's own files: %w", err)
		}
	}
	return files, nil
}

// copiedFiles writes files into a new folder, so many times each, under names
// that are plain and differ. They end in a letter: mediainfo takes files that
// are numbered at the end for the pictures of one film.
func copiedFiles(folder string, files []string, times int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for i, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		for n := range times {
			name := fmt.Sprintf("f%04d-%03dx%s", i, n, strings.ToLower(filepath.Ext(f)))
			if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
