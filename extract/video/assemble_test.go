package video

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func showinfo(times ...string) string {
	var b strings.Builder
	for i, at := range times {
		fmt.Fprintf(&b, "[Parsed_showinfo_2 @ 0x5566] [info] n:%4d pts:%7d pts_time:%-7s duration: 1 fmt:gray\n", i, i*512, at)
	}
	return b.String()
}

// The two streams may be cut anywhere and arrive in any order.
func TestAssemblyOfAnyPieces(t *testing.T) {
	pics := "P5\n2 2\n255\nabcdP5\n3 1\n255\nxyzP5\n1 1\n255\n\n"
	log := "[mov @ 0x1] [info] title: x\r" + showinfo("0", "0.5", "12.48")
	for size := 1; size < len(log); size += 3 {
		for _, picturesFirst := range []bool{true, false} {
			var got []string
			a := newAssembler(Plan{Longest: 8, MaxFrames: 10}, func(f Frame) error {
				got = append(got, fmt.Sprintf("%v %dx%d %s", f.At, f.W, f.H, f.Pix))
				return nil
			})
			parts := []func(){func() { feed(a.pictures(), pics, size) }, func() { feed(a.log(), log, size) }}
			if !picturesFirst {
				slices.Reverse(parts)
			}
			parts[0]()
			parts[1]()
			want := []string{"0s 2x2 abcd", "500ms 3x1 xyz", "12.48s 1x1 \n"}
			if n, _, err := a.result(); err != nil || n != 3 || !slices.Equal(got, want) {
				t.Fatalf("in pieces of %d: %q, %v", size, got, err)
			}
		}
	}
}

func feed(w writerFunc, s string, size int) {
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
		{"larger than asked for", "P5\n9 1\n255\n123456789", showinfo("0"), 0, errNotAsked},
		{"another format", "P6\n1 1\n255\nabc", showinfo("0"), 0, errNotAsked},
		{"deeper pixels", "P5\n1 1\n65535\nab", showinfo("0"), 0, errNotAsked},
		{"negative", "P5\n-1 1\n255\nab", showinfo("0"), 0, errNotAsked},
		{"no header", strings.Repeat("x", 100), "", 0, errNotAsked},
		{"time goes back", "P5\n1 1\n255\naP5\n1 1\n255\nbP5\n1 1\n255\nc", showinfo("5", "2", "6"), 2, nil},
		{"no time of its own", "P5\n1 1\n255\naP5\n1 1\n255\nb", showinfo("5", "NOPTS"), 2, nil},
		{"too many", strings.Repeat("P5\n1 1\n255\na", 9), showinfo("0", "1", "2", "3", "4", "5"), 4, nil},
		{"pictures without times", strings.Repeat("P5\n1 1\n255\na", 9), "", 0, errNoTimes},
		{"a title that looks like a time", "P5\n1 1\n255\na", "    title : n: 0 pts_time:7\n" + showinfo("1"), 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newAssembler(Plan{Longest: 8, MaxFrames: 4}, func(Frame) error { return nil })
			feed(a.log(), tt.log, 1000)
			feed(a.pictures(), tt.pics, 1000)
			if n, _, err := a.result(); n != tt.frames || !errors.Is(err, tt.want) || (err != nil) != (tt.want != nil) {
				t.Errorf("%d frames, %v; want %d, %v", n, err, tt.frames, tt.want)
			}
		})
	}
}

func TestWhatTheLogTells(t *testing.T) {
	a := newAssembler(Plan{}, nil)
	feed(a.log(), "[info] Input #0\n[mov,mp4 @ 0x55] [error] moov atom not\x1b[31m found\n[error] "+wasmInput+": Invalid data\n", 7)
	if _, said, _ := a.result(); said != "moov atom not[31m found" {
		t.Errorf("got %q", said)
	}
}

func FuzzAssembler(f *testing.F) {
	f.Add([]byte("P5\n2 2\n255\nabcdP5\n3 1\n255\nxyz"), []byte(showinfo("0", "0.5")))
	f.Add([]byte("P5\n99999999 99999999\n255\n"), []byte(showinfo("NaN", "-1", "1e300")))
	f.Fuzz(func(t *testing.T, pics, log []byte) {
		before := time.Duration(-1)
		a := newAssembler(Plan{Longest: 64, MaxFrames: 5}, func(f Frame) error {
			if f.W < 1 || f.H < 1 || f.W > 64 || f.H > 64 || len(f.Pix) != f.W*f.H || f.At < before || f.At > maxTime {
				t.Fatalf("%dx%d with %d bytes at %v after %v", f.W, f.H, len(f.Pix), f.At, before)
			}
			before = f.At
			return nil
		})
		feed(a.log(), string(log), 100)
		feed(a.pictures(), string(pics), 100)
		if n, _, _ := a.result(); n > 5 {
			t.Fatalf("%d frames of 5", n)
		}
	})
}

func FuzzParseFrame(f *testing.F) {
	f.Add(appendFrame(nil, Frame{At: time.Second, W: 2, H: 1, Pix: []byte{1, 2}}))
	f.Add([]byte{0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := parseFrame(b, 16)
		if err == nil && string(appendFrame(nil, frame)) != string(b) {
			t.Fatalf("%x read and written again is another frame", b)
		}
	})
}
