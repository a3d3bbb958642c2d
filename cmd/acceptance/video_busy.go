package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// busyClips is how many clips are scanned to see what a scan keeps busy, and
// busySeconds how long each is.
// leastBusy is the share of the processors' time that it must use of what
// other programs leave it.
const (
	busyClips   = 100
	busySeconds = 10
	leastBusy   = .85
)

// busy scans clips that have nothing in common and compares the processor time
// that this took with what the machine could have given meanwhile.
func (v *videos) busy(engine string, first bool) error {
	fmt.Printf("\n== video, what a scan of %d clips keeps busy, %s engine\n", busyClips, engine)
	folder := filepath.Join(v.work, "clips")
	if first {
		if err := makeClips(folder, busyClips); err != nil {
			return fmt.Errorf("video: make clips: %w", err)
		}
	}
	before, known := machineTime()
	scan, err := v.scan(filepath.Join(v.work, "clips-"+engine), []string{folder}, "--video", engine)
	if err != nil {
		return fmt.Errorf("video: %s: %w", engine, err)
	}
	after, _ := machineTime()
	possible := scan.took * time.Duration(runtime.NumCPU())
	left := possible
	if known {
		left -= max(after-before-scan.processor, 0)
	}
	share := scan.processor.Seconds() / left.Seconds()
	fmt.Printf("%d clips of %d s: %s; %.2f of the time of %d processors, %.2f of what other programs left\n",
		busyClips, busySeconds, scan, scan.processor.Seconds()/possible.Seconds(), runtime.NumCPU(), share)
	return failure("video", verdict(fmt.Sprintf("%s: processors kept busy: %.2f, at least %.2f", engine, share, leastBusy), share >= leastBusy))
}

// makeClips makes clips, each another part of the Mandelbrot
// set.
func makeClips(folder string, n int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for i := range n {
		source := fmt.Sprintf("mandelbrot=size=640x360:rate=25:start_x=%.4f:start_y=%.4f:start_scale=%.4f:end_scale=0.02:end_pts=250",
			-1.6+.02*float64(i), -.9+.018*float64(i*37%n), .4+.006*float64(i*11%n))
		out := filepath.Join(folder, fmt.Sprintf("clip%03d.mp4", i))
		if text, err := ffmpeg("-f", "lavfi", "-i", source, "-t", strconv.Itoa(busySeconds), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", out); err != nil {
			return fmt.Errorf("%w: %s", err, text)
		}
	}
	return nil
}

func ffmpeg(args ...string) (said string, err error) {
	text, err := exec.Command("ffmpeg", append([]string{"-v", "error", "-nostdin", "-y"}, args...)...).CombinedOutput()
	return strings.TrimSpace(string(text)), err
}

// machineTime is how long all processors together have worked since the
// machine started, of /proc/stat; not known where there is none.
func machineTime() (time.Duration, bool) {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, false
	}
	line, _, _ := strings.Cut(string(b), "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, false
	}
	var ticks int64
	for i, f := range fields[1:9] {
		if i == 3 || i == 4 { // idle, waiting for a disk
			continue
		}
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, false
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100, true
}
