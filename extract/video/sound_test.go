package video

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func heard(pts string, count int) string {
	return fmt.Sprintf("[Parsed_ashowinfo_3 @ 0x1] [info] n:0 pts:%s pts_time:1 pos:2 fmt:s16 channels:1 chlayout:mono rate:11025 nb_samples:%d checksum:28DEEAD7 plane_checksums: [ 28DEEAD7 ]\n", pts, count)
}

// listen gives what comes of samples of 1 and their lines in the log: the runs
// of one value, as "10x0 5x1".
func listen(log string, samples, size int) (runs string, note string, err error) {
	var got []int16
	l := newListener(func(b []byte) error {
		s, err := parseSamples(b, nil)
		got = append(got, s...)
		return err
	})
	feed(l.log(), log, size)
	feed(l.output(), strings.Repeat("\x01\x00", samples), size)
	_, err = l.result()
	for len(got) > 0 {
		n := slices.IndexFunc(got, func(s int16) bool { return s != got[0] })
		if n < 0 {
			n = len(got)
		}
		runs += fmt.Sprintf("%dx%d ", n, got[0])
		got = got[n:]
	}
	return strings.TrimSpace(runs), l.note, err
}

func TestSamplesLieWhereTheyBelong(t *testing.T) {
	tests := []struct {
		name    string
		log     string
		samples int
		want    string
		note    string
	}{
		{"one after the other", heard("0", 100) + heard("100", 50), 150, "150x1", ""},
		{"a late beginning", heard("5000", 100), 100, "5000x0 100x1", ""},
		{"a gap", heard("0", 100) + heard("2100", 50), 150, "100x1 2000x0 50x1", ""},
		{"a clock that rounds", heard("0", 100) + heard("113", 100) + heard("187", 100), 300, "300x1", ""},
		{"said twice", heard("0", 3000) + heard("1000", 3000), 6000, "4000x1", ""},
		{"before the beginning", heard("-2000", 2500), 2500, "500x1", ""},
		{"far before the beginning", heard("-9223372036854775808", 100) + heard("0", 5), 105, "5x1", ""},
		{"no time of its own", heard("0", 100) + heard("NOPTS", 100), 200, "200x1", ""},
		{"nothing said of it", "", 70, "70x1", ""},
		{"a gap of hours", heard("0", 100) + heard("396900000", 50), 150, "100x1", "there is no sound from 0.0 s on for 10h0m0s; what follows was not listened to"},
		{"later than there is time", heard("9223372036854775807", 50), 50, "", "there is no sound from 0.0 s on for 720h0m0s; what follows was not listened to"},
	}
	for _, tt := range tests {
		for _, size := range []int{7, 1000} {
			runs, note, err := listen(tt.log, tt.samples, size)
			if err != nil && !errors.Is(err, errEnough) || runs != tt.want || note != tt.note {
				t.Errorf("%s, in pieces of %d: %s, %q, %v; want %s", tt.name, size, runs, note, err, tt.want)
			}
		}
	}
}

// A file may hold more sound than anybody listens to.
func TestSoundEnds(t *testing.T) {
	given, half := int64(0), heard(fmt.Sprint(mostSilent), 2)
	l := newListener(func(b []byte) error { given += int64(len(b) / 2); return nil })
	for i := int64(1); i < 20; i++ {
		feed(l.log(), strings.ReplaceAll(half, fmt.Sprint("pts:", mostSilent), fmt.Sprint("pts:", i*mostSilent)), 1000)
		feed(l.output(), "\x01\x00\x01\x00", 1000)
	}
	if _, err := l.result(); !errors.Is(err, errEnough) || given != maxSamples || l.note != "only the first 4h0m0s of the sound were listened to" {
		t.Errorf("%d samples, %q, %v", given, l.note, err)
	}
}

func FuzzListener(f *testing.F) {
	f.Add([]byte("abcdef"), []byte(heard("0", 1)+heard("2000", 2)))
	f.Add([]byte("abcdef"), []byte(heard("-9223372036854775808", 4294967295)))
	f.Fuzz(func(t *testing.T, pcm, log []byte) {
		given := int64(0)
		l := newListener(func(b []byte) error {
			if given += int64(len(b) / 2); len(b)%2 != 0 || given > maxSamples {
				t.Fatalf("%d bytes, %d samples in all", len(b), given)
			}
			return nil
		})
		feed(l.log(), string(log), 100)
		feed(l.output(), string(pcm), 100)
		_, _ = l.result()
	})
}

func TestListOfPackets(t *testing.T) {
	const header = "#extradata 0: 53, 0xcb2c1249\n#software: Lavf59.27.100\n#tb 0: 1/15360\n#media_type 0: video\n"
	tests := []struct {
		name, lines string
		want        []time.Duration
		err         error
	}{
		{"in the order of decoding", "0, -1024, 0, 512, 22178, 0xe245afc9\n0, -512, 2048, 512, 13995, 0x422d633d, F=0x0\n0, 0, 1024, 512, 6567, 0x7fe8a6fd, F=0x0\n",
			seconds(0, 1024./15360, 2048./15360), nil},
		{"not to be shown", "0, -1024, -1024, 512, 1, 0x0, F=0x5\n0, 0, 512, 512, 1, 0x0, F=0x4\n0, 512, 1024, 512, 1, 0x0\n", seconds(1024. / 15360), nil},
		{"two fields of a frame", "0, 0, 512, 512, 1, 0x0\n0, 0, 512, 512, 1, 0x0\n", seconds(512. / 15360), nil},
		{"no time", "0, 0, NOPTS, 512, 1, 0x0\n", nil, errNoPacketTime},
		{"no list", "hello\n", nil, errNotAsked},
	}
	for _, tt := range tests {
		l := &lister{}
		feed(l.output(), header+tt.lines, 11)
		_, err := l.result()
		if got := within(l.times, Plan{}); !errors.Is(err, tt.err) || (err != nil) != (tt.err != nil) || (err == nil && !slices.Equal(got, tt.want)) {
			t.Errorf("%s: %v, %v; want %v, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
}

func FuzzLister(f *testing.F) {
	f.Add([]byte("#tb 0: 1/15360\n0, 0, 1024, 512, 6567, 0x7fe8a6fd, F=0x0\n"), []byte(announcement("1")))
	f.Add([]byte("#tb 0: 4294967295/1\n0, 0, 9223372036854775807, 1, 1, 0x0\n#\n\n,\n"), []byte("x"))
	f.Fuzz(func(t *testing.T, packets, log []byte) {
		l := &lister{}
		feed(l.output(), string(packets), 100)
		feed(l.log(), string(log), 100)
		p := Plan{Start: time.Second, Length: time.Hour}
		times := within(l.times, p)
		for i, at := range times {
			if p.before(at) || p.ends(at) || (i > 0 && at <= times[i-1]) {
				t.Fatalf("time %v", at)
			}
		}
	})
}

func FuzzParseTimes(f *testing.F) {
	f.Add(appendTimes(nil, seconds(0, 1.5)))
	f.Add(bytes.Repeat([]byte{0xff}, 8))
	f.Fuzz(func(t *testing.T, b []byte) {
		times, err := parseTimes(b, nil)
		if err == nil && !bytes.Equal(appendTimes(nil, times), b) {
			t.Fatalf("%x read and written again are other times", b)
		}
	})
}
