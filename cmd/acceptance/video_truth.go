package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// clip is one row of manifest.csv: a file, and what it shows by its own time.
type clip struct {
	file, group, digest string
	seconds             float64
	stretches           []stretch
}

// stretch says that a file shows an original's content from second start to
// end: at second t what the original shows at from + speed*(t-start). Where
// speed is 0, which second is not known.
type stretch struct {
	content                 string
	start, end, from, speed float64
}

// at is the second of the original that a second of the file shows.
func (s stretch) at(t float64) float64 { return s.from + s.speed*(t-s.start) }

// videoPair is one row of pairs.csv. Start and overlap are in seconds of a, nil
// where the table does not give them.
type videoPair struct {
	a, b, label, relation string
	start, overlap        *float64
}

// hardNegative labels two videos of one scene and camera that show different
// moments.
const hardNegative = "hard-negative"

func (p videoPair) positive() bool { return p.label != hardNegative }

// videoTruth is a folder of videos with its two tables.
type videoTruth struct {
	folder string
	clips  map[string]*clip
	names  []string // of the clips, sorted
	pairs  []videoPair
	first  map[string]string // from a file to the first one of the same bytes
	listed map[truth.Pair]videoPair
}

func readVideoTruth(folder string) (*videoTruth, error) {
	t := &videoTruth{folder: folder, clips: map[string]*clip{}, first: map[string]string{}, listed: map[truth.Pair]videoPair{}}
	rows, err := truth.ReadTable(filepath.Join(folder, "manifest.csv"))
	if err != nil {
		return nil, err
	}
	segments := map[string]string{}
	for _, r := range rows {
		c := &clip{file: r["file"], group: oneGroup(r["group"]), digest: r["sha256"]}
		c.seconds, _ = strconv.ParseFloat(r["duration_s"], 64) // empty where nothing can be read
		t.clips[c.file], segments[c.file] = c, r["segments"]
		t.names = append(t.names, c.file)
	}
	slices.Sort(t.names)
	if rows, err = truth.ReadTable(filepath.Join(folder, "pairs.csv")); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := t.addPair(r); err != nil {
			return nil, fmt.Errorf("pairs.csv: %w", err)
		}
	}
	t.identify()
	for _, name := range t.names {
		if err := t.place(t.clips[name], segments[name]); err != nil {
			return nil, fmt.Errorf("manifest.csv: %s: %w", name, err)
		}
	}
	return t, nil
}

// oneGroup joins groups that show one clip though the manifest tells them
// apart, as the notes on the shared videos say; other folders have no such.
func oneGroup(group string) string {
	if group == "codec_mp4_bt601" || strings.HasPrefix(group, "codec_mp4_sample_") {
		return "codec_mp4_sample"
	}
	return group
}

func (t *videoTruth) addPair(r map[string]string) error {
	p := videoPair{a: r["file_a"], b: r["file_b"], label: r["label"], relation: r["relation"]}
	if t.clips[p.a] == nil || t.clips[p.b] == nil {
		return fmt.Errorf("%s, %s: not in manifest.csv", p.a, p.b)
	}
	for column, v := range map[string]**float64{"source_start_s": &p.start, "overlap_s": &p.overlap} {
		if r[column] == "" {
			continue
		}
		n, err := strconv.ParseFloat(r[column], 64)
		if err != nil {
			return fmt.Errorf("%s, %s: %s: %w", p.a, p.b, column, err)
		}
		*v = &n
	}
	t.pairs = append(t.pairs, p)
	return nil
}

// identify finds files of the same bytes: a listing names one of them.
func (t *videoTruth) identify() {
	by := map[string]string{}
	for _, name := range t.names {
		key := cmp.Or(t.clips[name].digest, name)
		if by[key] == "" {
			by[key] = name
		}
		t.first[name] = by[key]
	}
	for _, p := range t.pairs {
		t.listed[t.pairOf(p.a, p.b)] = p
	}
}

// pairOf is a pair of files whatever their order and copies of the same bytes.
func (t *videoTruth) pairOf(a, b string) truth.Pair { return truth.PairOf(t.first[a], t.first[b]) }

// segmentForm is one stretch of the manifest: GROUP@START-END<-SECOND.
var segmentForm = regexp.MustCompile(`^(.+)@([\d.]+)-([\d.]+)<-([\d.]+)$`)

// place says what a file shows: its segments, where the manifest lists them,
// or its group's original, as the pairs tell.
func (t *videoTruth) place(c *clip, segments string) error {
	if segments == "" {
		c.stretches = []stretch{t.whole(c)}
		return nil
	}
	for _, text := range strings.Split(segments, ";") {
		m := segmentForm.FindStringSubmatch(text)
		if m == nil {
			return fmt.Errorf("segment %q is not of the form GROUP@START-END<-SECOND", text)
		}
		s := stretch{content: t.groupNamed(m[1], c.file), speed: 1}
		for i, v := range []*float64{&s.start, &s.end, &s.from} {
			*v, _ = strconv.ParseFloat(m[2+i], 64) // digits and points, as the form has it
		}
		c.stretches = append(c.stretches, s)
	}
	return nil
}

// groupNamed is the group that a segment means. Its name may be short for the
// group of a file that the pairs list with the compilation.
func (t *videoTruth) groupNamed(name, compilation string) string {
	for _, c := range t.clips {
		if c.group == name {
			return name
		}
	}
	for _, p := range t.pairs {
		if p.b == compilation && strings.HasPrefix(t.clips[p.a].group, name+"_") {
			return t.clips[p.a].group
		}
	}
	return name
}

// whole is what a file without segments shows. A file that is listed as made
// from another shows it from the start that is given; one that is not listed
// so is taken for an original.
func (t *videoTruth) whole(c *clip) stretch {
	s := stretch{content: c.group, end: c.seconds, speed: 1}
	for _, p := range t.pairs {
		source := t.clips[p.a]
		if p.b != c.file || !p.positive() || source.group != c.group {
			continue
		}
		switch {
		case p.label == "partial-superset" || p.start == nil || c.seconds == 0:
			s.speed = 0
		case p.overlap != nil:
			s.from, s.speed = *p.start, *p.overlap/c.seconds
		default:
			s.from, s.speed = *p.start, (source.seconds-*p.start)/c.seconds
		}
	}
	return s
}

// related tells whether two files show an original in common.
func (t *videoTruth) related(a, b string) bool {
	if p, ok := t.listed[t.pairOf(a, b)]; ok {
		return p.positive()
	}
	for _, s := range t.clips[a].stretches {
		if slices.ContainsFunc(t.clips[b].stretches, func(o stretch) bool { return o.content == s.content }) {
			return true
		}
	}
	return false
}

// seconds are the moments of one file that show what another shows at second
// at, as far as the tables tell.
func (t *videoTruth) seconds(of, other string, at float64) (out []float64) {
	for _, s := range t.clips[other].stretches {
		if s.speed == 0 || at < s.start || at > s.end {
			continue
		}
		for _, o := range t.clips[of].stretches {
			if o.content != s.content || o.speed == 0 {
				continue
			}
			if there := o.start + (s.at(at)-o.from)/o.speed; there >= o.start-.5 && there <= o.end+.5 {
				out = append(out, there)
			}
		}
	}
	return out
}

// negatives counts the pairs that must not be called copies: those listed as
// such, and those that share no original.
func (t *videoTruth) negatives() (hard, unlisted int) {
	for i, a := range t.names {
		for _, b := range t.names[:i] {
			if _, ok := t.listed[t.pairOf(a, b)]; ok || t.related(a, b) {
				continue
			}
			unlisted++
		}
	}
	for _, p := range t.pairs {
		if !p.positive() {
			hard++
		}
	}
	return hard, unlisted
}
