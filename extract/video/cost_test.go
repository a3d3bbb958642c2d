//go:build linux

package video

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"golang.org/x/sys/unix"
)

// BenchmarkVideoCost measures what a minute of H.264 costs in both passes, the
// embedded engine beside the native one on the same clip: processor time of
// the decoding process and of what this process does with its output, and the
// largest resident memory of the decoding process. It makes its clips with
// ffmpeg; FIRSTHAND_CLIPS names a folder of others.
func BenchmarkVideoCost(b *testing.B) {
	native, err := NewNative(b.Context())
	if err != nil {
		b.Skipf("no native engine to compare with: %v", err)
	}
	pool, err := sandbox.NewPool(sandbox.Options{Command: []string{"worker", compiledDecoder(b)}})
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	embedded := NewEmbedded(pool)
	if err := embedded.Prepare(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	for _, clip := range costClips(b) {
		length := clip.in.Duration
		for _, pass := range []struct {
			name string
			plan Plan
		}{{"keyframes", keyPlan(length)}, {"dense", densePlan(length, length)}} {
			b.Run(clip.name+"/"+pass.name, func(b *testing.B) {
				var of [2]cost
				for b.Loop() {
					for i, e := range []Engine{native, embedded} {
						of[i].add(b, e, clip.in, pass.plan)
					}
				}
				minutes := length.Minutes() * float64(b.N)
				for i, name := range []string{"native", "embedded"} {
					b.ReportMetric(of[i].processor.Seconds()/minutes, name+"-cpu-s/min")
					b.ReportMetric(float64(of[i].memory>>20), name+"-MB")
				}
				b.ReportMetric(of[1].processor.Seconds()/of[0].processor.Seconds(), "embedded/native")
				b.ReportMetric(float64(of[0].frames)/minutes, "frames/min")
			})
		}
	}
}

// compiledDecoder is the folder in which the compiled decoder is kept between
// runs.
func compiledDecoder(b *testing.B) string {
	b.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		return b.TempDir()
	}
	dir = filepath.Join(dir, "firsthand", "decoder-test")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	return dir
}

// cost is what decodings have taken.
type cost struct {
	processor time.Duration
	memory    int64 // bytes, of the largest child process
	frames    int
}

func (c *cost) add(b *testing.B, e Engine, in Input, plan Plan) {
	others := map[string]bool{} // the worker of the embedded engine waits beside the native one
	if _, native := e.(*Native); native {
		for _, c := range children() {
			others[c.pid] = true
		}
	}
	before := processorTime(b)
	largest := watchChildren(others)
	out, err := e.Frames(b.Context(), in, plan, func(Frame) error { return nil })
	c.memory = max(c.memory, largest())
	c.processor += processorTime(b) - before
	c.frames += out.Frames
	if err != nil || out.Frames == 0 {
		b.Fatalf("%s: %d frames, %v", e.Name(), out.Frames, err)
	}
}

// processorTime is that of this process, of its children that have ended and
// of those that run.
func processorTime(b *testing.B) (sum time.Duration) {
	b.Helper()
	for _, who := range []int{unix.RUSAGE_SELF, unix.RUSAGE_CHILDREN} {
		var used unix.Rusage
		if err := unix.Getrusage(who, &used); err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	for _, c := range children() {
		sum += c.processor
	}
	return sum
}

// child is a running child of this process.
type child struct {
	pid       string
	processor time.Duration
}

// children reads /proc/PID/stat, see proc(5): fields 4, 14 and 15.
func children() (out []child) {
	paths, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		if len(fields) < 13 || fields[1] != strconv.Itoa(os.Getpid()) {
			continue
		}
		var ticks int64
		for _, f := range fields[11:13] {
			n, _ := strconv.ParseInt(f, 10, 64)
			ticks += n
		}
		out = append(out, child{filepath.Base(filepath.Dir(path)), time.Duration(ticks) * time.Second / 100})
	}
	return out
}

// watchChildren looks at the children but for some every few milliseconds; the
// function ends that and gives the largest resident memory that one of them
// ever had.
func watchChildren(others map[string]bool) func() int64 {
	var largest atomic.Int64
	done, ended := make(chan struct{}), make(chan struct{})
	look := func() {
		for _, c := range children() {
			if others[c.pid] {
				continue
			}
			text, _ := os.ReadFile("/proc/" + c.pid + "/status")
			_, rest, _ := strings.Cut(string(text), "VmHWM:")
			if f := strings.Fields(rest); len(f) > 0 {
				kib, _ := strconv.ParseInt(f[0], 10, 64)
				largest.Store(max(largest.Load(), kib<<10))
			}
		}
	}
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
				look()
			}
		}
	}()
	return func() int64 {
		look()
		close(done)
		<-ended
		return largest.Load()
	}
}

// costClip is a video to measure on.
type costClip struct {
	name string
	in   Input
}

// costClips are a minute each: as many bits and key frames a minute as phones'
// and platforms' videos have, the same ten seconds six times.
func costClips(b *testing.B) (out []costClip) {
	b.Helper()
	if folder := os.Getenv("FIRSTHAND_CLIPS"); folder != "" {
		paths, err := filepath.Glob(filepath.Join(folder, "*.mp4"))
		if err != nil || len(paths) == 0 {
			b.Fatalf("%s holds no .mp4 file", folder)
		}
		for _, path := range paths {
			out = append(out, openCostClip(b, filepath.Base(path), path))
		}
		return out
	}
	dir := b.TempDir()
	for _, c := range []struct{ name, size, rate, keys string }{{"720p", "1280x720", "2200k", "180"}, {"1080p", "1920x1080", "4500k", "105"}} {
		part, path := filepath.Join(dir, "part-"+c.name+".mp4"), filepath.Join(dir, c.name+".mp4")
		makeWith(b, "-f", "lavfi", "-i", "testsrc2=size="+c.size+":rate=30,noise=alls=8:allf=t", "-t", "10",
			"-c:v", "libx264", "-preset", "veryfast", "-b:v", c.rate, "-maxrate", c.rate, "-bufsize", c.rate,
			"-g", c.keys, "-sc_threshold", "0", "-pix_fmt", "yuv420p", part)
		makeWith(b, "-stream_loop", "5", "-i", part, "-c", "copy", "-movflags", "+faststart", path)
		out = append(out, openCostClip(b, c.name, path))
	}
	return out
}

func makeWith(b *testing.B, args ...string) {
	b.Helper()
	said, err := exec.Command("ffmpeg", append([]string{"-v", "error", "-nostdin"}, args...)...).CombinedOutput()
	if err != nil {
		b.Skipf("ffmpeg cannot make H.264 clips: %v: %s", err, bytes.TrimSpace(said))
	}
}

func openCostClip(b *testing.B, name, path string) costClip {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	said, err := exec.Command("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name:format=duration",
		"-of", "default=noprint_wrappers=1:nokey=1", path).Output()
	fields := strings.Fields(string(said))
	if err != nil || len(fields) != 2 {
		b.Fatalf("%s: ffprobe says %q, %v", name, said, err)
	}
	slices.SortFunc(fields, func(a, b string) int { return cmp.Compare(b, a) }) // the codec's name, then the duration
	seconds, err := strconv.ParseFloat(fields[1], 64)
	if err != nil {
		b.Fatal(fmt.Errorf("%s: %w", name, err))
	}
	return costClip{name, Input{ReaderAt: f, Size: info.Size(), Format: "mov", Codec: fields[0], Duration: time.Duration(seconds * float64(time.Second))}}
}
