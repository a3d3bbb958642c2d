package sound

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestCodecs: sound is found again after lossy codecs at low rates, by the
// encoders of an installed ffmpeg.
func TestCodecs(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed; it makes the files of other codecs")
	}
	list, err := exec.Command(ffmpeg, "-hide_banner", "-encoders").Output()
	if err != nil {
		t.Skipf("ffmpeg does not list its encoders: %v", err)
	}
	for _, c := range []struct{ name, encoder, file, args, kinds string }{
		{"AAC 32k", "aac", "x.mp4", "-b:a 32k", "speech music street"},
		{"Opus 16k", "libopus", "x.ogg", "-b:a 16k", "speech music street"},
		{"MP3 64k", "libmp3lame", "x.mp3", "-b:a 64k", "speech music street"},
		{"AMR-NB 12k", "libopencore_amrnb", "x.amr", "-ar 8000 -b:a 12.2k", "speech music street"},
		{"GSM", "libgsm", "x.gsm", "-ar 8000", "speech music street"},
		{"Speex 8k", "libspeex", "x.spx", "-ar 8000 -b:a 8k", "speech music"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(string(list), " "+c.encoder+" ") {
				t.Skipf("this ffmpeg has no encoder %s", c.encoder)
			}
			for _, kind := range strings.Fields(c.kinds) {
				whole := make16(kind, 61, 15)
				file := filepath.Join(t.TempDir(), c.file)
				convert(t, ffmpeg, whole, append(strings.Fields("-f s16le -ar "+strconv.Itoa(Rate)+" -ac 1 -i pipe:0 -c:a "+c.encoder+" "+c.args), file))
				again := convert(t, ffmpeg, nil, strings.Fields("-i "+file+" -ac 1 -ar "+strconv.Itoa(Rate)+" -f s16le pipe:1"))
				a, b := heard(whole), heard(again[6*Rate:10*Rate])
				found := Align(&a, &b)
				if len(found) == 0 || math.Abs(found[0].Offset-6) > 0.15 || math.Abs(found[0].Speed-1) > 0.01 {
					t.Errorf("%s: the four seconds from 6 are found at %.3f", kind, found)
				}
			}
		})
	}
}

// convert gives samples to ffmpeg and reads those it gives.
func convert(t *testing.T, ffmpeg string, samples []int16, args []string) []int16 {
	t.Helper()
	var in, errs bytes.Buffer
	if err := binary.Write(&in, binary.LittleEndian, samples); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(ffmpeg, append([]string{"-v", "error"}, args...)...)
	cmd.Stdin, cmd.Stderr = io.Reader(&in), &errs
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("ffmpeg: %v: %s", err, errs.String())
	}
	out := make([]int16, len(b)/2)
	for i := range out {
		out[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return out
}
