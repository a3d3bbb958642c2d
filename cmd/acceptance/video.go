package main

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// videos measures whether copies of videos and parts of them are found at the
// right times, whether stills find their video, what keeps the processors
// busy, and how hostile videos end.
type videos struct {
	*run
	folder  string // with manifest.csv and pairs.csv, "" for the shared one
	engines string // separated by commas
	stills  string // a folder of stills made before, "" to make them
	parts   string // of the measurement, separated by commas
	quick   bool
}

func videoFlags() *videos {
	v := &videos{}
	flag.StringVar(&v.folder, "videos", "", "video: use this folder of videos, with its manifest.csv and pairs.csv")
	flag.StringVar(&v.engines, "engines", "native,embedded", "video: engines to measure, separated by commas")
	flag.StringVar(&v.stills, "stills", "", "video: use this folder of stills, with its truth.csv")
	flag.StringVar(&v.parts, "parts", "pairs,stills,busy,hostile", "video: what to measure, separated by commas")
	return v
}

func (v *videos) wants(part string) bool { return slices.Contains(strings.Split(v.parts, ","), part) }

// quickVideos is the share of positive pairs that -quick takes, one in so
// many, quickHard how many files of hard negatives, and quickStills how many
// frames.
const (
	quickVideos = 6
	quickHard   = 3
	quickStills = 6
	allStills   = 60
)

// measure runs all parts, and gives what failed of all.
func (v *videos) measure(r *run, quick bool) (err error) {
	v.run, v.quick = r, quick
	if v.folder == "" {
		v.folder = filepath.Join(r.shared, "corpus/videos")
	}
	if v.folder, err = filepath.Abs(v.folder); err != nil {
		return err
	}
	native := v.hasNative()
	if quick {
		if !native {
			fmt.Println("\n== video: left out, ffmpeg is not installed and the embedded engine takes minutes")
			return nil
		}
		v.engines, v.parts = "native", "pairs,stills"
		if v.folder, err = v.someVideos(); err != nil {
			return fmt.Errorf("video: %w", err)
		}
	}
	return v.all(native)
}

// all runs the chosen parts with the engines that this machine can offer.
func (v *videos) all(native bool) error {
	engines := strings.Split(v.engines, ",")
	if !native && slices.Contains(engines, "native") {
		fmt.Println("\n== video: the native engine, the stills and the clips are left out, ffmpeg is not installed")
		engines = slices.DeleteFunc(engines, func(e string) bool { return e == "native" })
	}
	var failed []error
	for i, engine := range engines {
		if v.wants("pairs") || v.wants("stills") && i == 0 {
			failed = append(failed, v.withEngine(engine, i == 0 && native))
		}
	}
	for i, engine := range engines {
		if v.wants("busy") && native {
			failed = append(failed, v.busy(engine, i == 0))
		}
		if v.wants("hostile") {
			failed = append(failed, v.hostileVideos(engine))
		}
	}
	return errors.Join(failed...)
}

func (v *videos) hasNative() bool {
	for _, tool := range []string{"ffmpeg", "ffprobe"} {
		if _, err := exec.LookPath(tool); err != nil {
			return false
		}
	}
	return true
}

// withEngine scans the videos with one engine, scores the pairs, and where
// asked for adds the stills to the same case.
func (v *videos) withEngine(engine string, stills bool) error {
	fmt.Printf("\n== video, %s engine, %s\n", engine, v.folder)
	truth, err := readVideoTruth(v.folder)
	if err != nil {
		return fmt.Errorf("video: %w", err)
	}
	folder := filepath.Join(v.work, "videos-"+engine)
	scan, err := v.scan(folder, []string{v.folder}, "--video", engine)
	if err != nil {
		return fmt.Errorf("video, %s: %w", engine, err)
	}
	fmt.Printf("scan of %d videos: %s\n", len(truth.names), scan)
	matches, err := v.matches(folder)
	if err != nil {
		return fmt.Errorf("video, %s: %w", engine, err)
	}
	s := judgeVideos(truth, matches)
	s.print()
	failed := failure("video", s.held(engine))
	if stills && v.wants("stills") {
		failed = errors.Join(failed, v.findStills(truth, folder, engine))
	}
	return failed
}

// matches lists the copies and the other takes of one scene.
func (v *videos) matches(folder string) ([]videoMatch, error) {
	began := time.Now()
	matches, err := lines[videoMatch](v.program, "duplicates", "--case", folder)
	if err != nil {
		return nil, err
	}
	scenes, err := lines[videoMatch](v.program, "duplicates", "--scenes", "--case", folder)
	fmt.Printf("%d copies and %d other takes listed in %.2f s\n", len(matches), len(scenes), time.Since(began).Seconds())
	return append(matches, scenes...), err
}

// someVideos makes a folder of the same form from a few of the pairs.
func (v *videos) someVideos() (string, error) {
	pairs, err := truth.ReadTable(filepath.Join(v.folder, "pairs.csv"))
	if err != nil {
		return "", err
	}
	manifest, err := truth.ReadTable(filepath.Join(v.folder, "manifest.csv"))
	if err != nil {
		return "", err
	}
	kept := map[string]bool{}
	positive, hard := 0, map[string]bool{}
	for _, p := range pairs {
		if p["label"] == hardNegative {
			for _, f := range []string{p["file_a"], p["file_b"]} {
				if len(hard) < quickHard {
					hard[f], kept[f] = true, true
				}
			}
			continue
		}
		if positive++; positive%quickVideos == 1 {
			kept[p["file_a"]], kept[p["file_b"]] = true, true
		}
	}
	out := filepath.Join(v.work, "videos")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	for f := range kept {
		if err := copyFile(filepath.Join(out, f), filepath.Join(v.folder, f)); err != nil {
			return "", err
		}
	}
	both := func(p map[string]string) bool { return kept[p["file_a"]] && kept[p["file_b"]] }
	if err := writeRows(filepath.Join(out, "pairs.csv"), []string{"file_a", "file_b", "label", "relation", "source_start_s", "overlap_s"}, pairs, both); err != nil {
		return "", err
	}
	one := func(r map[string]string) bool { return kept[r["file"]] }
	return out, writeRows(filepath.Join(out, "manifest.csv"), []string{"file", "duration_s", "sha256", "group", "segments"}, manifest, one)
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// writeRows writes the rows that keep wants as a table of these columns.
func writeRows(path string, columns []string, rows []map[string]string, keep func(map[string]string) bool) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write(columns)
	for _, r := range rows {
		if !keep(r) {
			continue
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, r[c])
		}
		_ = w.Write(cells)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
