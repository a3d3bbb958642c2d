package video

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

func announcement(times ...string) string {
	var b strings.Builder
	for i, at := range times {
		fmt.Fprintf(&b, "[Parsed_showinfo_2 @ 0x5566] [info] n:%4d pts:%7d pts_time:%-7s duration: 1 fmt:gray\n", i, i*512, at)
	}
	return b.String()
}

// The two streams may be cut anywhere and arrive in any order.
func TestAssemblyOfAnyPieces(t *testing.T) {
	pics := "P5\n2 2\n255\nabcdP5\n3 1\n255\nxyzP5\n1 1\n255\n\n"
	log := "[mov @ 0x1] [info] title: x\r" + announcement("0", "0.5", "12.48")
	for size := 1; size < len(log); size += 3 {
		for _, picturesFirst := range []bool{true, false} {
			var got []string
			a := newAssembler(Plan{Longest: 8, MaxFrames: 10}, func(f Frame) error {
				got = append(got, fmt.Sprintf("%v %dx%d %s", f.At, f.W, f.H, f.Pix))
				return nil
			})
			parts := []func(){func() { feed(a.output(), pics, size) }, func() { feed(a.log(), log, size) }}
			if !picturesFirst {
				slices.Reverse(parts)
			}
			parts[0]()
			parts[1]()
			want := []string{"0s 2x2 abcd", "500ms 3x1 xyz", "12.48s 1x1 \n"}
			if _, err := a.result(); err != nil || !slices.Equal(got, want) {
				t.Fatalf("in pieces of %d: %q, %v", size, got, err)
			}
		}
	}
}

func feed(w io.Writer, s string, size int) {
	for part := range slices.Chunk([]byte(s), size) {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

func TestAssemblyRefuses(t *testing.T) {
	tests := []struct {
		name, pics, log string
		frames          int
		want            error
	}{
		{"larger than asked for", "P5\n9 1\n255\n123456789", announcement("0"), 0, errNotAsked},
		{"another format", "P6\n1 1\n255\nabc", announcement("0"), 0, errNotAsked},
		{"deeper pixels", "P5\n1 1\n65535\nab", announcement("0"), 0, errNotAsked},
		{"negative", "P5\n-1 1\n255\nab", announcement("0"), 0, errNotAsked},
		{"no header", strings.Repeat("x", 100), "", 0, errNotAsked},
		{"time goes back", "P5\n1 1\n255\naP5\n1 1\n255\nbP5\n1 1\n255\nc", announcement("5", "2", "6"), 2, nil},
		{"no time of its own", "P5\n1 1\n255\naP5\n1 1\n255\nb", announcement("5", "NOPTS"), 2, nil},
		{"too many", strings.Repeat("P5\n1 1\n255\na", 9), announcement("0", "1", "2", "3", "4", "5"), 4, errEnough},
		{"pictures without times", strings.Repeat("P5\n1 1\n255\na", 9), "", 0, errNoTimes},
		{"a title that looks like a time", "P5\n1 1\n255\na", "    title : n: 0 pts_time:7\n" + announcement("1"), 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			a := newAssembler(Plan{Longest: 8, MaxFrames: 4}, func(Frame) error { n++; return nil })
			feed(a.log(), tt.log, 1000)
			feed(a.output(), tt.pics, 1000)
			if _, err := a.result(); n != tt.frames || !errors.Is(err, tt.want) || (err != nil) != (tt.want != nil) {
				t.Errorf("%d frames, %v; want %d, %v", n, err, tt.frames, tt.want)
			}
		})
	}
}

func TestWhatTheLogTells(t *testing.T) {
	a := newAssembler(Plan{}, nil)
	feed(a.log(), "[info] Input #0\n[mov,mp4 @ 0x55] [error] moov atom not\x1b[31m found\n[error] "+wasmInput+": Invalid data\n", 7)
	if said, _ := a.result(); said != "moov atom not[31m found" {
		t.Errorf("got %q", said)
	}
}

// The stream with colour says its size once. The matrix follows the time on a
// line of its own, or not at all.
func TestAssemblyOfColour(t *testing.T) {
	pics := "YUV4MPEG2 W3 H2 F30:1 Ip A1:1 C420jpeg XYSCSS=420JPEG\nFRAME\nabcdefbbrrFRAME I\nghijklBBRR"
	log := announcement("0") + "[Parsed_showinfo_2 @ 0x5566] [info] color_range:pc color_space:bt709 color_primaries:bt709\n" + announcement("0.5")
	for size := 1; size < len(log); size += 3 {
		var got []string
		a := newAssembler(Plan{Longest: 8, MaxFrames: 10, Colour: true}, func(f Frame) error {
			got = append(got, fmt.Sprintf("%v %dx%d %s %s %s %d", f.At, f.W, f.H, f.Pix, f.Cb, f.Cr, f.matrix))
			return nil
		})
		feed(a.output(), pics, size)
		feed(a.log(), log, size)
		_, err := a.result()
		want := []string{"0s 3x2 abcdef bb rr 1", "500ms 3x2 ghijkl BB RR 6"}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("in pieces of %d: %q, %v", size, got, err)
		}
	}
	for _, bad := range []string{
		"YUV4MPEG2 W9 H2 F30:1 C420jpeg\n", "YUV4MPEG2 W-3 H2\n", "YUV4MPEG2 W3 H2 C444\n", "YUV4MPEG2 W3 H2 C420p10\n",
		"FRAME\nabcdef", "YUV4MPEG2 W3 H2\nYUV4MPEG2 W3 H2\n", "P5\n3 2\n255\nabcdef", strings.Repeat("x", 1000),
	} {
		a := newAssembler(Plan{Longest: 8, MaxFrames: 10, Colour: true}, func(Frame) error { t.Errorf("a frame of %q", bad); return nil })
		feed(a.log(), log, 1000)
		feed(a.output(), bad, 1000)
		if _, err := a.result(); !errors.Is(err, errNotAsked) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// The seconds in a line of the log have six digits; an hour into a film that is
// not enough to tell frames apart.
func TestTimesAreExact(t *testing.T) {
	var times []time.Duration
	var info showinfo
	for line := range strings.Lines("[Parsed_showinfo_2 @ 0x1] [info] config in time_base: 1001/30000, frame_rate: 30000/1001\n" +
		"[Parsed_showinfo_2 @ 0x1] [info] n:   0 pts: 107892 pts_time:3600    pos: 1 \n" +
		"[Parsed_showinfo_2 @ 0x1] [info] n:   1 pts: 107893 pts_time:3600.03 pos: 1 \n") {
		if what, at, _ := info.read(line); what == newTime {
			times = append(times, at)
		}
	}
	if want := seconds(107892*1001./30000, 107893*1001./30000); !slices.Equal(times, want) {
		t.Errorf("got %v, want %v", times, want)
	}
}

func FuzzAssembler(f *testing.F) {
	f.Add([]byte("P5\n2 2\n255\nabcdP5\n3 1\n255\nxyz"), []byte(announcement("0", "0.5")), false)
	f.Add([]byte("P5\n99999999 99999999\n255\n"), []byte(announcement("NaN", "-1", "1e300")), false)
	f.Add([]byte("YUV4MPEG2 W3 H2 C420\nFRAME\nabcdefbbrrFRAME\nabcdefbbrr"), []byte(announcement("0", "0.5")+"[Parsed_showinfo_2 @ 0x1] color_space:bt709 "), true)
	f.Add([]byte("YUV4MPEG2 W99999999 H2\nFRAME\n"), []byte("[Parsed_showinfo_2 @ 0x1] config in time_base: 1/0,\n"), true)
	f.Fuzz(func(t *testing.T, pics, log []byte, colour bool) {
		n, before := 0, time.Duration(-1)
		p := Plan{Longest: 64, MaxFrames: 5, Colour: colour, Start: time.Second, Length: time.Minute}
		a := newAssembler(p, func(f Frame) error {
			luma, chroma := planes(f.W, f.H)
			if f.W < 1 || f.H < 1 || f.W > 64 || f.H > 64 || len(f.Pix) != luma || f.At < before || p.before(f.At) || p.ends(f.At) {
				t.Fatalf("%dx%d with %d bytes at %v after %v", f.W, f.H, len(f.Pix), f.At, before)
			}
			if colour && (len(f.Cb) != chroma || len(f.Cr) != chroma) || !colour && f.Cb != nil {
				t.Fatalf("%dx%d with %d and %d bytes of colour", f.W, f.H, len(f.Cb), len(f.Cr))
			}
			n, before = n+1, f.At
			return nil
		})
		feed(a.log(), string(log), 100)
		feed(a.output(), string(pics), 100)
		if _, err := a.result(); n > 5 {
			t.Fatalf("%d frames of 5, %v", n, err)
		}
	})
}

func FuzzParseFrame(f *testing.F) {
	f.Add(appendFrame(nil, Frame{At: time.Second, W: 2, H: 1, Pix: []byte{1, 2}}))
	f.Add(appendFrame(nil, Frame{W: 3, H: 1, Pix: []byte{1, 2, 3}, Cb: []byte{4, 5}, Cr: []byte{6, 7}, matrix: bt709}))
	f.Add([]byte{0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := parseFrame(b, 16)
		if err == nil && string(appendFrame(nil, frame)) != string(b) {
			t.Fatalf("%x read and written again is another frame", b)
		}
	})
}
