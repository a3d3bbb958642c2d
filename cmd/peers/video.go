package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// video measures what a scan takes beside ffmpeg's own decoding of every frame,
// after one turn that does not count: the embedded engine is compiled at its
// first use on a machine.
func (b *bench) video(r *results) error {
	path, ok := b.wanted("ffmpeg")
	if !ok {
		return nil
	}
	files, err := b.videoFiles()
	if err != nil {
		return err
	}
	files = evenly(files, b.videos)
	folder := filepath.Join(b.work, "videos")
	if err := copiedFiles(folder, files, 1); err != nil {
		return err
	}
	if files, err = filepath.Glob(filepath.Join(folder, "*")); err != nil {
		return err
	}
	if _, err := ran(new(bytes.Buffer), []int{0}, b.program, "frames", "--at", "0", "--video", "embedded", files[0]); err != nil && b.verbose {
		b.say("the first use of the embedded engine: %v", err)
	}
	const floor, threads = "ffmpeg, one thread", "ffmpeg, threads of its choice"
	const native, embedded, off = "firsthand scan --video native", "firsthand scan --video embedded", "firsthand scan --video off"
	took := b.inTurns(b.slow, []contender{
		{floor, func() (usage.Used, error) { return decoded(path, files, "-threads", "1") }},
		{native, func() (usage.Used, error) { return b.scanned(folder, "native") }},
		{threads, func() (usage.Used, error) { return decoded(path, files) }},
		{embedded, func() (usage.Used, error) { return b.scanned(folder, "embedded") }},
		{off, func() (usage.Used, error) { return b.scanned(folder, "off") }},
	})
	if len(took[floor]) == 0 {
		return fmt.Errorf("nothing to compare with")
	}
	t := table{
		Title: fmt.Sprintf("Video: `firsthand scan` of %d videos beside ffmpeg, which decodes every frame and sound of each and does nothing else (`-i FILE -f null -`)", len(files)),
		Columns: []string{"", "processor time, this ÷ ffmpeg on one thread", "by the clock, this ÷ ffmpeg on one thread",
			"by the clock, this ÷ ffmpeg on threads of its choice", "memory, this ÷ ffmpeg on one thread"},
		Took: took,
	}
	for _, name := range []string{native, embedded, off, threads} {
		if len(took[name]) > 0 {
			t.row("`"+name+"`", ratio(took[name], took[floor], processor).String(), took.clock(name, floor), took.clock(name, threads),
				ratio(took[name], took[floor], memory).String())
		}
	}
	t.turnsNote(b.slow)
	t.note("A scan looks at key frames first and at all frames only where that is too little; it may so take less than decoding does. It also finds the copies and their times, compares sounds, and reads metadata. It uses all workers.")
	r.add(t)
	return nil
}

// decoded lets ffmpeg decode each file to nothing. Some of them cannot be
// decoded, which is no failure.
func decoded(ffmpeg string, files []string, flags ...string) (sum usage.Used, err error) {
	good := 0
	for _, f := range files {
		args := append([]string{"-v", "error", "-nostdin"}, flags...)
		used, err := ran(new(bytes.Buffer), []int{0, 1, 69, 183, 187, 218, 234}, ffmpeg, append(args, "-i", f, "-f", "null", "-")...)
		if err == nil {
			good++
		}
		sum = sum.Add(used)
	}
	if good == 0 {
		return sum, fmt.Errorf("ffmpeg decodes none of %d files", len(files))
	}
	return sum, nil
}

// scanned scans the folder into a new case.
func (b *bench) scanned(folder, engine string) (usage.Used, error) {
	top, err := os.MkdirTemp(b.work, "case-")
	if err != nil {
		return usage.Used{}, err
	}
	defer os.RemoveAll(top)
	return ran(new(bytes.Buffer), []int{0}, b.program, "scan", folder, "--case", filepath.Join(top, "case"), "--video", engine, "--quiet")
}

// evenly takes n of the files, or all where n is 0.
func evenly(files []string, n int) (out []string) {
	if n == 0 || n >= len(files) {
		return files
	}
	for i := range n {
		out = append(out, files[i*len(files)/n])
	}
	return out
}

// videoFiles are the shared videos, else those of the exercise.
func (b *bench) videoFiles() (files []string, err error) {
	if b.shared != "" {
		folder := filepath.Join(b.shared, "corpus/videos")
		rows, err := truth.ReadTable(filepath.Join(folder, "manifest.csv"))
		for _, r := range rows {
			files = append(files, filepath.Join(folder, r["file"]))
		}
		return files, err
	}
	err = filepath.WalkDir("fixtures/workshop", func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && len(chosenFiles([]string{path}, videoNames)) == 1 {
			files = append(files, path)
		}
		return err
	})
	return files, err
}
