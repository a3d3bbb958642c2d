package main

import (
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// takenStill is one row of the stills' truth.csv.
type takenStill struct {
	file, video, kind string
	second            float64
	clear             bool // no other moment of the video shows the same
}

// stillsScore is how stills fared.
type stillsScore struct {
	of    map[string]*stillsTally
	lost  []takenStill
	late  []lateStill
	wrong []videoMatch
}

type stillsTally struct {
	total, found, elsewhere int // elsewhere: in another video that shows the same moment
	offs                    []float64
	unclear, untimed        int
}

type lateStill struct {
	takenStill
	off   float64
	match videoMatch
}

// leastStills is the share of stills that must find their video, and have the
// right time where one moment is the right one.
const leastStills = .95

// findStills takes frames from the videos, puts them through what people do to
// frames, scans them into the case of the videos, and scores what they find.
func (v *videos) findStills(truth *videoTruth, folder, engine string) error {
	fmt.Printf("\n== video, stills of videos\n")
	stills := v.stills
	if stills == "" {
		stills = filepath.Join(v.work, "stills")
		frames := allStills
		if v.quick {
			frames = quickStills
		}
		cmd := exec.Command("go", "run", "./fixtures/mkstills", "-videos", truth.folder, "-out", stills, "-frames", strconv.Itoa(frames))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("video: make stills: %w", err)
		}
	}
	taken, err := readStills(filepath.Join(stills, "truth.csv"))
	if err != nil {
		return fmt.Errorf("video: stills: %w", err)
	}
	scan, err := v.scan(folder, []string{truth.folder, stills}, "--video", engine)
	if err != nil {
		return fmt.Errorf("video: stills: %w", err)
	}
	fmt.Printf("scan of %d stills beside %d videos: %s\n", len(taken), len(truth.names), scan)
	matches, err := v.matches(folder)
	if err != nil {
		return fmt.Errorf("video: stills: %w", err)
	}
	s := judgeStills(truth, taken, matches)
	s.print()
	return failure("video", s.held())
}

func readStills(table string) (out []takenStill, err error) {
	rows, err := truth.ReadTable(table)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		s := takenStill{file: r["file"], video: r["video"], kind: r["kind"], clear: r["moment"] == "clear"}
		if s.second, err = strconv.ParseFloat(r["second"], 64); err != nil {
			return nil, fmt.Errorf("%s: %w", s.file, err)
		}
		out = append(out, s)
	}
	return out, nil
}

// foundVideo is a video that a still was found in, and the match.
type foundVideo struct {
	video string
	match videoMatch
}

func (f foundVideo) second() *[2]float64 { return f.match.timeOf(path.Base(f.match.A) == f.video) }

func judgeStills(t *videoTruth, taken []takenStill, matches []videoMatch) *stillsScore {
	s := &stillsScore{of: map[string]*stillsTally{}}
	source := map[string]takenStill{}
	for _, still := range taken {
		source[still.file] = still
	}
	found := map[string][]foundVideo{}
	for _, m := range matches {
		still, video := path.Base(m.A), path.Base(m.B)
		if t.clips[video] == nil {
			still, video = video, still
		}
		from, ok := source[still]
		if !ok || t.clips[video] == nil || !m.copy() {
			continue
		}
		if t.first[video] != t.first[from.video] && !t.related(video, from.video) {
			s.wrong = append(s.wrong, m)
			continue
		}
		found[still] = append(found[still], foundVideo{video, m})
	}
	for _, still := range taken {
		s.still(t, still, found[still.file])
	}
	return s
}

// still scores one still. Its own video counts before others that show the
// same moment.
func (s *stillsScore) still(t *videoTruth, still takenStill, found []foundVideo) {
	k := s.of[still.kind]
	if k == nil {
		k = &stillsTally{}
		s.of[still.kind] = k
	}
	k.total++
	if len(found) == 0 {
		s.lost = append(s.lost, still)
		return
	}
	k.found++
	at := slices.IndexFunc(found, func(f foundVideo) bool { return t.first[f.video] == t.first[still.video] })
	seconds := []float64{still.second}
	if at < 0 {
		k.elsewhere++
		at = 0
		if seconds = t.seconds(found[at].video, still.video, still.second); len(seconds) == 0 {
			k.unclear++
			return
		}
	}
	time := found[at].second()
	switch {
	case !still.clear:
		k.unclear++
		return
	case time == nil:
		k.untimed++
		return
	}
	off := math.Inf(1)
	for _, right := range seconds {
		off = min(off, math.Abs(time[0]-right))
	}
	k.offs = append(k.offs, off)
	if off > startWithin {
		s.late = append(s.late, lateStill{still, time[0] - seconds[0], found[at].match})
	}
}

// askedOf are the kinds of stills whose share found is bounded. Others are two
// of them on top of each other: harder kinds of our own, reported beside.
var askedOf = []string{"crop", "caption", "phone", "jpeg_q30"}

// over adds up the stills of some kinds.
func (s *stillsScore) over(names []string) (sum stillsTally) {
	for _, name := range names {
		k := s.of[name]
		if k == nil {
			continue
		}
		sum.total, sum.found, sum.elsewhere = sum.total+k.total, sum.found+k.found, sum.elsewhere+k.elsewhere
		sum.unclear, sum.untimed, sum.offs = sum.unclear+k.unclear, sum.untimed+k.untimed, append(sum.offs, k.offs...)
	}
	return sum
}

// inTime is how many of the stills with a moment of their own were given one
// within a second, and of how many.
func (k stillsTally) inTime() (right, of int) {
	for _, off := range k.offs {
		if off <= startWithin {
			right++
		}
	}
	return right, len(k.offs) + k.untimed
}

func (s *stillsScore) print() {
	fmt.Printf("%-24s %6s %6s %6s %15s %20s %12s\n", "still", "made", "found", "%", "other copy only", "off, median max s", "within a second")
	line := func(name string, k stillsTally) {
		right, of := k.inTime()
		fmt.Printf("%-24s %6d %6d %6.1f %15d %20s %12s\n", name, k.total, k.found, 100*float64(k.found)/float64(max(k.total, 1)),
			k.elsewhere, spreadOf(k.offs), fmt.Sprintf("%d of %d", right, of))
	}
	names := slices.Sorted(maps.Keys(s.of))
	for _, name := range names {
		line(name, *s.of[name])
	}
	all := s.over(names)
	line("of the kinds asked for", s.over(askedOf))
	line("all", all)
	fmt.Printf("stills whose moment the video shows twice, or whose time in the video found is not known: %d, not judged by time\n", all.unclear)
	const most = 40
	for _, l := range s.lost[:min(len(s.lost), most)] {
		fmt.Printf("  lost: %s (%s, %.2f s)\n", l.file, l.video, l.second)
	}
	for _, l := range s.late[:min(len(s.late), most)] {
		fmt.Printf("  off by %+.2f s: %s: %s\n", l.off, l.file, l.match.Why)
	}
	for _, m := range s.wrong[:min(len(s.wrong), most)] {
		fmt.Printf("  wrongly %s: %s, %s: %s\n", m.Relation, m.A, m.B, m.Why)
	}
}

func (s *stillsScore) held() (failed []string) {
	all, asked := s.over(slices.Collect(maps.Keys(s.of))), s.over(askedOf)
	share := float64(asked.found) / float64(max(asked.total, 1))
	failed = append(failed, verdict(fmt.Sprintf("stills that find their video, of the kinds asked for: %.1f %% of %d, at least %.0f %%; of all kinds %.1f %%",
		100*share, asked.total, 100*leastStills, 100*float64(all.found)/float64(max(all.total, 1))), share >= leastStills)...)
	right, of := all.inTime()
	timely := float64(right) / float64(max(of, 1))
	failed = append(failed, verdict(fmt.Sprintf("stills of a moment of their own, time within %d s: %.1f %% of %d, at least %.0f %%",
		startWithin, 100*timely, of, 100*leastStills), timely >= leastStills)...)
	return append(failed, verdict(fmt.Sprintf("stills found in videos that do not show them: %d, at most %d", len(s.wrong), mostFalse), len(s.wrong) <= mostFalse)...)
}
