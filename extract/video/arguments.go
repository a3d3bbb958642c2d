package video

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Bounds of one decoding, whatever a plan asks for.
const (
	maxFrames  = 600
	maxLongest = 1024
	maxPixels  = 8192 * 8192 // of a frame as stored
	maxAlloc   = 256 << 20   // bytes that a decoder may allocate in one piece
	maxPackets = 64 << 20    // bytes of key frame packets between two stages
)

// inputNames are the names under which a decoder knows the file.
var inputNames = []string{wasmInput, nativeInput, "pipe:0"}

// demuxers are the formats that an engine may be told to read. None of them
// refers to other files: playlists, concat scripts and image sequences do.
var demuxers = map[string]bool{
	"mov": true, "matroska": true, "avi": true, "gif": true, "flv": true,
	"mpegts": true, "mpeg": true, "ogg": true, "asf": true, "mjpeg": true,
}

// withDefaults brings a plan into the bounds.
func (p Plan) withDefaults() Plan {
	p.MaxFrames = clamp(p.MaxFrames, 1, maxFrames)
	p.Longest = clamp(p.Longest, 16, maxLongest)
	p.Every = min(max(p.Every, 0), time.Hour)
	p.Apart = min(max(p.Apart, 0), time.Hour)
	if p.Limits.Wall <= 0 {
		p.Limits.Wall = time.Minute
	}
	if p.Limits.Idle <= 0 {
		p.Limits.Idle = 30 * time.Second
	}
	return p
}

func clamp(v, lo, hi int) int { return min(max(v, lo), hi) }

// dialect is what differs between versions of ffmpeg.
type dialect struct {
	passthrough []string // keep every frame that the filters let through, with its own time
}

// job is what an ffmpeg is asked to do with one input.
type job struct {
	plan   Plan
	format string
	codec  string
	input  []string // the arguments that name the input, up to and with "-i NAME"
}

// twoStages says that key frames must be picked by packet: the decoders of VP9
// and AV1 ignore -skip_frame and decode everything.
func (j job) twoStages() bool {
	return j.plan.Every == 0 && (j.codec == "vp9" || j.codec == "av1")
}

// The level in each line of the log tells errors from the rest; showinfo needs
// info.
var common = []string{"-v", "level+info", "-hide_banner", "-nostats", "-nostdin",
	"-max_alloc", strconv.Itoa(maxAlloc)}

// selectKeyPackets is the first of two stages: packets of key frames, in NUT,
// on standard output.
func (j job) selectKeyPackets() []string {
	args := append([]string{}, common...)
	args = append(args, "-f", j.format)
	args = append(args, j.input...)
	return append(args, "-map", "0:V:0", "-an", "-sn", "-dn",
		"-c", "copy", "-bsf:v", "noise=drop=not(key)", "-f", "nut", "pipe:1")
}

// decode is the only or the second stage: grey pictures (PGM, which carries
// its own size) on standard output and a line with each picture's time on
// standard error.
func (j job) decode(d dialect) []string {
	args := append([]string{}, common...)
	args = append(args, "-threads", "1", "-max_pixels", strconv.Itoa(maxPixels))
	switch {
	case j.plan.Every > 0:
		// Pictures on which no other depends are most of the work and, at this
		// spacing, never missed.
		args = append(args, "-skip_frame", "noref")
	case j.twoStages():
	default:
		args = append(args, "-skip_frame", "nokey")
	}
	args = append(args, "-f", j.format)
	args = append(args, j.input...)
	args = append(args, "-map", "0:V:0", "-an", "-sn", "-dn",
		"-filter_threads", "1", "-vf", filters(j.plan))
	args = append(args, d.passthrough...)
	return append(args, "-frames:v", strconv.Itoa(j.plan.MaxFrames),
		"-threads", "1", "-c:v", "pgm", "-f", "image2pipe", "pipe:1")
}

// filters thins, scales and announces frames. Thinning is by select and not by
// fps, which repeats frames over a gap in the times, however long the file
// says it is, and gives none at all for clips under half a second. select
// takes the first frame and then each that comes late enough, with its own
// time. Scaling takes the shape of the pixels into account where it is sane
// and never enlarges.
func filters(p Plan) string {
	var chain []string
	if gap := max(p.Every, p.Apart); gap > 0 {
		seconds := strconv.FormatFloat(gap.Seconds()-0.001, 'f', 3, 64)
		chain = append(chain, `select='isnan(prev_selected_t)+gte(t-prev_selected_t\,`+seconds+`)'`)
	}
	const wide = `iw*if(between(sar\,0.25\,4)\,sar\,1)`
	fit := fmt.Sprintf(`min(1\,%d/max(%s\,ih))`, p.Longest, wide)
	chain = append(chain,
		fmt.Sprintf(`scale=w='max(1\,round(%s*%s))':h='max(1\,round(ih*%s))':flags=area`, wide, fit, fit),
		"format=gray", "showinfo=checksum=0")
	return strings.Join(chain, ",")
}
