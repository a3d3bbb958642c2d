package container

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"
)

// matrix is a track's, by the four numbers that turn it, in 16.16.
func matrix(a, b, c, d int32) []byte {
	fixed := func(v int32) []byte { return be32(uint32(v) << 16) }
	return cat(fixed(a), fixed(b), be32(0), fixed(c), fixed(d), be32(0), be32(0), be32(0), be32(1<<30))
}

// A player shows the corner marked first at the place that the matrix gives
// it: x' = ax + cy, y' = bx + dy, with y downwards.
func TestTurnsOfMovies(t *testing.T) {
	for _, c := range []struct {
		a, b, c, d int32
		turn       int
		mirrored   bool
	}{
		{1, 0, 0, 1, 0, false}, {0, 1, -1, 0, 90, false}, {-1, 0, 0, -1, 180, false}, {0, -1, 1, 0, 270, false},
		{-1, 0, 0, 1, 0, true},   // mirrored left to right
		{1, 0, 0, -1, 180, true}, // upside down in a mirror: mirrored, then turned by half
		{0, 1, 1, 0, 270, true}, {0, -1, -1, 0, 90, true},
		{0, 0, 0, 0, 0, false}, {2, 0, 0, 2, 0, false},
	} {
		file := bytes.Replace(movieFile(captured, nil), matrix(0, 1, -1, 0), matrix(c.a, c.b, c.c, c.d), 1)
		if got := read(t, file); got.Rotation != c.turn || got.Mirrored != c.mirrored || got.Width != 640 || got.Height != 360 {
			t.Errorf("%d %d %d %d: turned by %d, mirrored %v, want %d, %v", c.a, c.b, c.c, c.d, got.Rotation, got.Mirrored, c.turn, c.mirrored)
		}
	}
	// irot counts quarters against the clock
	for angle, want := range map[int]int{0: 0, 1: 270, 2: 180, 3: 90} {
		file := bytes.Replace(pictureFile(nil, nil), mbox("irot", 3), mbox("irot", angle), 1)
		if got := read(t, file); got.Rotation != want {
			t.Errorf("HEIF turned by %d quarters against the clock: %d degrees, want %d", angle, got.Rotation, want)
		}
	}
}

// What HEIF writers make of the eight orientations of EXIF: libavif writes
// these pairs, the turn before the mirroring (its exif.c); the last are the
// other way round.
func TestMirroredPicturesOfHEIF(t *testing.T) {
	for _, c := range []struct {
		angle, axis int // quarters against the clock; -1 for none
		mirrorFirst bool
		turn        int
		mirrored    bool
	}{
		{0, -1, false, 0, false}, {0, 1, false, 0, true}, {2, -1, false, 180, false}, {0, 0, false, 180, true},
		{1, 0, false, 270, true}, {3, -1, false, 90, false}, {3, 0, false, 90, true}, {1, -1, false, 270, false},
		{1, 1, false, 90, true}, {2, 1, false, 180, true}, {2, 0, false, 0, true},
		{3, 1, true, 90, true}, {3, 0, true, 270, true},
	} {
		turn, mirror := mbox("irot", c.angle), mbox("imir", max(c.axis, 0))
		if c.axis < 0 {
			mirror = mbox("free", 0)
		}
		if c.mirrorFirst {
			turn, mirror = mirror, turn
		}
		file := pictureFile(nil, nil)
		file = bytes.Replace(file, cat(mbox("irot", 3), mbox("hvcC", 1, make([]byte, 22))), cat(turn, mirror, mbox("hvcC", 1, make([]byte, 13))), 1)
		if got := read(t, file); got.Rotation != c.turn || got.Mirrored != c.mirrored || got.Width != 40 {
			t.Errorf("%+v: turned by %d, mirrored %v", c, got.Rotation, got.Mirrored)
		}
	}
}

// Headers with times and lengths of 64 bits say the same as those of 32.
func TestWideMovieHeaders(t *testing.T) {
	file := movieFile(captured, nil)
	narrow := cat(be32(captured), be32(captured), be32(1000), be32(2000))
	wide := cat(be64(captured), be64(captured), be32(1000), be64(2000))
	at := bytes.Index(file, []byte("mvhd")) - 4
	end := at + int(file[at+3]) // its size fits a byte
	header := file[at+8 : end]
	header = bytes.Replace(append([]byte{1}, header[1:]...), narrow, wide, 1)
	trak := file[bytes.Index(file, []byte("trak"))-4:]
	got := read(t, cat(file[:24], mbox("moov", mbox("mvhd", header), trak)))
	if got.Duration != 2*time.Second || stampText(got.Stamps[0]) != "QuickTime:CreateDate=2022-02-24T02:12:33Z" || codes(got) != "" {
		t.Errorf("%v, %v, problems %v", got.Duration, got.Stamps, got.Problems)
	}
	late := cat(file[:24], mbox("moov", mbox("mvhd", bytes.Replace(header, cat(be64(captured), be64(captured)), cat(be64(1<<40), be64(captured)), 1)), trak))
	if got := read(t, late); codes(got) != "corrupt-structure" || got.Duration != 2*time.Second {
		t.Errorf("a time beyond the year 9999: %v, %v", got.Stamps[0], got.Problems)
	}
}

// A length of all ones is none; the tracks say it then, the longest of them.
func TestUnknownMovieLength(t *testing.T) {
	for name, field := range map[string][]byte{"all ones": be32(math.MaxUint32), "zero": be32(0)} {
		file := bytes.Replace(movieFile(captured, nil), cat(be32(1000), be32(2000)), cat(be32(1000), field), 1)
		if got := read(t, file); got.Duration != 2*time.Second {
			t.Errorf("%s: %v, want that of the track", name, got.Duration)
		}
	}
}

// Fragments with every field that may stand before the sample times: each
// sample lasts what its run, its fragment or its track says, in that order.
func TestFragmentsWithEveryField(t *testing.T) {
	base := movieFile(captured, nil, mbox("mvex", mbox("trex", be32(0), be32(1), be32(1), be32(512), be32(0), be32(0))))
	base = bytes.Replace(base, cat(be32(1000), be32(2000)), cat(be32(1000), be32(0)), 1)
	base = bytes.Replace(base, cat(be32(12800), be32(25600)), cat(be32(12800), be32(0)), 1)
	base = bytes.Replace(base, mbox("stts", be32(0), be32(1), be32(50), be32(512)), mbox("stts", be32(0), be32(0), be64(0)), 1)
	traf := func(parts ...any) []byte { return mbox("moof", mbox("traf", cat(parts...))) }
	tfhd := mbox("tfhd", be32(0), be32(1))
	for _, c := range []struct {
		name string
		moof []byte
		want time.Duration
		fps  float64
	}{
		{"sample times of the track", traf(tfhd, mbox("trun", be32(0), be32(50))), 2 * time.Second, 25},
		{"of the fragment", traf(mbox("tfhd", be32(0x8), be32(1), be32(1280)), mbox("trun", be32(0), be32(50))), 5 * time.Second, 10},
		{"of the fragment, behind an offset and a description", traf(mbox("tfhd", be32(0xb), be32(1), be64(77), be32(9), be32(1280)), mbox("trun", be32(0), be32(50))), 5 * time.Second, 10},
		{"of the run, behind an offset and flags", traf(tfhd, mbox("trun", be32(0x305), be32(2), be32(99), be32(98), be32(6400), be32(1), be32(19200), be32(2))), 2 * time.Second, 1},
		{"two runs", traf(tfhd, mbox("trun", be32(0x100), be32(1), be32(6400)), mbox("trun", be32(0x100), be32(1), be32(6400))), time.Second, 2},
		{"from a time of 64 bits on", traf(tfhd, mbox("tfdt", be32(1<<24), be64(25600)), mbox("trun", be32(0), be32(25))), 3 * time.Second, 25},
		{"one after the other", cat(traf(tfhd, mbox("trun", be32(0), be32(25))), traf(tfhd, mbox("trun", be32(0), be32(25)))), 2 * time.Second, 25},
		{"of a track that is not there", cat(traf(mbox("tfhd", be32(0), be32(7)), mbox("trun", be32(0), be32(500))), traf(tfhd, mbox("trun", be32(0), be32(25)))), time.Second, 25},
	} {
		if got := read(t, cat(base, c.moof)); got.Duration != c.want || math.Abs(got.FrameRate-c.fps) > 1e-9 {
			t.Errorf("%s: %v at %v, want %v at %v", c.name, got.Duration, got.FrameRate, c.want, c.fps)
		}
	}
	entry := func(ticks uint32) []byte { return cat(be32(0), be32(ticks), be32(0)) }
	index := func(version uint32, times int) []byte {
		return mbox("sidx", be32(version<<24), be32(1), be32(1000), make([]byte, times), be16(0), be16(3), entry(1000), entry(2000), entry(500))
	}
	for name, sidx := range map[string][]byte{"narrow": index(0, 8), "wide": index(1, 16), "the first of two": cat(index(0, 8), index(0, 8))} {
		if got := read(t, cat(base, sidx)); got.Duration != 3500*time.Millisecond {
			t.Errorf("segment index, %s: %v, want 3.5 s", name, got.Duration)
		}
	}
}

// Positions south and west of zero, below the sea, and at the ends of the
// globe: signs belong to all of the degrees, minutes and seconds.
func TestPositionsInEveryQuarter(t *testing.T) {
	for text, want := range map[string]string{
		"-49.9935-036.2304-028.5/":       "-49.9935 -36.2304 -28.5",
		"+49.9935-036.2304/":             "49.9935 -36.2304",
		"-49.9935+036.2304+114.200/":     "-49.9935 36.2304 114.2",
		"-4959.61-03613.824/":            "-49.9935 -36.2304",
		"-495936.6-0361349.44/":          "-49.9935 -36.2304",
		"+00.0000-000.5000/":             "0 -0.5",
		"+90+180/":                       "90 180",
		"-90.000-180.000/":               "-90 -180",
		"+49.9935+036.2304+10CRSWGS_84/": "49.9935 36.2304 10",
		"+90.0001+000/":                  "", "+00-180.0001/": "", "+49.9935+036.2304+1+2/": "", "+49.99.35+036/": "", "+49.9935+036.2304+1x/": "", "49.9935+036.2304/": "",
	} {
		p, ok := parseISO6709(text)
		got := ""
		if ok {
			got = fmt.Sprint(rounded(p.Latitude), " ", rounded(p.Longitude))
			if p.Altitude != nil {
				got += fmt.Sprint(" ", rounded(*p.Altitude))
			}
		}
		if got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
	fixed := func(v float64) []byte { return be32(uint32(int32(v * 65536))) }
	loci := mbox("udta", mbox("loci", be32(0), be16(0x15c7), "Here\x00", 0, fixed(-36.5), fixed(-50.25), fixed(-28.5), "earth\x00", "\x00"))
	got := read(t, movieFile(captured, nil, loci)).Positions
	if len(got) != 1 || got[0].Latitude != -50.25 || got[0].Longitude != -36.5 || *got[0].Altitude != -28.5 || got[0].Name != "Here" {
		t.Errorf("3GPP: %+v", got)
	}
}

func rounded(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// Times written out, in each form that writers use: nothing is added, and the
// zone stays what the text says.
func TestWrittenTimes(t *testing.T) {
	for text, want := range map[string]string{
		"2022-02-24T05:12:33-0530": "2022:02:24 05:12:33-05:30", "2022-02-24T05:12:33+03:00": "2022:02:24 05:12:33+03:00", "2022-02-24T05:12:33Z": "2022:02:24 05:12:33Z",
		"2022-02-24T05:12:33": "2022:02:24 05:12:33", "2022-02-24 05:12:33": "2022:02:24 05:12:33", "2022-02-24T05:12": "2022:02:24 05:12", "2022-02-24": "2022:02:24",
		"2022-02-24T05:12:33.083Z": "2022:02:24 05:12:33.083Z", "2022-02-24T05:12:33.5+0300": "2022:02:24 05:12:33.5+03:00", "2022:02:24 05:12:33-05:00": "2022:02:24 05:12:33-05:00",
		"Thu, 24 Feb 2022 05:12:33 -0500": "2022:02:24 05:12:33-05:00", "Thu, 3 Feb 2022 05:12:33 GMT": "2022:02:03 05:12:33Z", "24 Feb 2022 05:12:33": "2022:02:24 05:12:33",
		"THU FEB 24 05:12:33 2022": "2022:02:24 05:12:33", "THU MAR  3 05:12:33 2022\n": "2022:03:03 05:12:33", "TUE MAR  1 12:30:00 2022": "2022:03:01 12:30:00",
		"2022/3/1 12:30:00": "2022:03:01 12:30:00", "2022/ 3/ 3 05:12": "2022:03:03 05:12", "2022/ 3/ 3  5:12": "2022:03:03 05:12", "2022/3/3/ 5:12:33": "2022:03:03 05:12:33",
		"2022/ 2/ 4  5:12AM": "2022:02:04 05:12", "2022/2/24 12:12AM": "2022:02:24 00:12", "2022/2/24 12:12PM": "2022:02:24 12:12",
		"2022/02/24/ 05:12": "2022:02:24 05:12", "24.02.2022": "24.02.2022", "2022-02-30": "2022-02-30", "  yesterday ": "yesterday",
	} {
		if got := exifTime(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
	for text, blank := range map[string]bool{"": true, "0000:00:00 00:00:00": true, "    :  :  ": true, "0000-00-00T00:00:00+00:00": true, "2022:02:24": false, "0001:01:01": false} {
		if blankDate(text) != blank {
			t.Errorf("%q holds no date: %v, want %v", text, !blank, blank)
		}
	}
}

// A budget gives what it holds to the last byte and no more, and waiting for a
// slow disk is not counted as work, up to a bound.
func TestBudget(t *testing.T) {
	b := &Budget{Bytes: 10, Inflated: 10, Values: 2}
	if b.TakeBytes(10) != nil || b.TakeBytes(1) == nil || b.TakeBytes(0) != nil || b.TakeInflated(10) != nil || b.TakeInflated(1) == nil {
		t.Errorf("bytes: %+v", b)
	}
	for i := range 3 {
		if err := b.TakeValue(); (err == nil) != (i < 2) {
			t.Errorf("value %d of 2: %v", i+1, err)
		}
	}
	start := time.Now()
	slow := &Budget{Bytes: 1, Deadline: start}
	slow.wait(3 * time.Second)
	slow.wait(-time.Second)
	slow.wait(4 * time.Second)
	if got := slow.Deadline.Sub(start); got != 7*time.Second {
		t.Errorf("after 7 seconds of waiting the deadline is put off by %v", got)
	}
	slow.wait(time.Hour)
	if got := slow.Deadline.Sub(start); got != maxWait {
		t.Errorf("after an hour the deadline is put off by %v", got)
	}
	open := &Budget{Bytes: 1}
	open.wait(time.Second)
	if !open.Deadline.IsZero() {
		t.Error("a budget without a deadline got one")
	}
	over := &Budget{Bytes: 1, Values: 257, Deadline: start.Add(-time.Second)}
	if over.TakeBytes(1) == nil || over.TakeValue() == nil {
		t.Error("work went on past the deadline")
	}
}
