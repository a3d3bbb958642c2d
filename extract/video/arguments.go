package video

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Bounds of one decoding, whatever a plan asks for.
const (
	maxFrames  = 2400
	maxLongest = 1024
	maxPixels  = 8192 * 8192 // of a frame as stored
	maxAlloc   = 256 << 20   // bytes that a decoder may allocate in one piece
	maxPackets = 64 << 20    // bytes of key frame packets between two stages
)

// inputNames are the names under which a decoder knows the file.
var inputNames = []string{wasmInput, nativeInput, "pipe:0"}

// demuxers are the formats that an engine may be told to read. None of them
// refers to other files: playlists, concat scripts and image sequences do, and
// the references that a MOV file may hold are switched off.
var demuxers = map[string]bool{
	"mov": true, "matroska": true, "avi": true, "gif": true, "flv": true,
	"mpegts": true, "mpeg": true, "ogg": true, "asf": true, "mjpeg": true,
}

// soundDemuxers are those of files without pictures.
var soundDemuxers = map[string]bool{"wav": true, "mp3": true, "flac": true, "aac": true, "amr": true}

// indexed are the formats whose index leads to the key frame before a time. In
// others a decoder looks for it by leaps and may land behind it, or cannot leap
// at all.
var indexed = map[string]bool{"mov": true, "matroska": true, "avi": true}

// unseekable are the formats that are read from the beginning.
var unseekable = map[string]bool{"gif": true, "mjpeg": true}

// runUp is how far ahead of a window decoding begins where the index does not
// lead to a key frame.
const runUp = 12 * time.Second

// listed are the codecs of which each packet of a MOV or Matroska file is one
// frame that is shown.
var listed = map[string]bool{"h264": true, "hevc": true, "vp9": true, "av1": true}

// withDefaults brings a plan into the bounds.
func (p Plan) withDefaults() Plan {
	p.MaxFrames = clamp(p.MaxFrames, 1, maxFrames)
	p.Longest = clamp(p.Longest, 16, maxLongest)
	p.Every = clamp(p.Every, 0, time.Hour)
	p.Apart = clamp(p.Apart, 0, time.Hour)
	p.Start = clamp(p.Start, 0, maxTime)
	p.Length = clamp(p.Length, 0, maxTime)
	p.Limits = p.Limits.withDefaults(time.Minute)
	return p
}

func (l Limits) withDefaults(wall time.Duration) Limits {
	if l.Wall <= 0 {
		l.Wall = wall
	}
	if l.Idle <= 0 {
		l.Idle = 30 * time.Second
	}
	return l
}

// rounding is by how much a time that was written down may differ from that of
// its frame.
const rounding = 500 * time.Microsecond

// before says that a time lies ahead of the window.
func (p Plan) before(at time.Duration) bool { return at < p.Start-rounding }

// ends says that a time lies behind the window.
func (p Plan) ends(at time.Duration) bool { return p.Length > 0 && at >= p.Start+p.Length-rounding }

func clamp[T int | int64 | time.Duration](v, lo, hi T) T { return min(max(v, lo), hi) }

// dialect is what differs between versions of ffmpeg.
type dialect struct {
	passthrough []string // keep every frame that the filters let through, with its own time
}

// job is what an ffmpeg is asked to do with one input.
type job struct {
	task   task
	plan   Plan
	format string
	codec  string
	input  []string // the arguments that name the input, up to and with "-i NAME"
}

// task is what is wanted of a file.
type task string

const (
	taskFrames  task = "frames"
	taskSound   task = "sound"
	taskPackets task = "packets" // the times that packets claim
	taskTimes   task = "times"   // the times of decoded frames
)

// twoStages says that key frames must be picked by packet: the decoders of VP9
// and AV1 ignore -skip_frame and decode everything.
func (j job) twoStages() bool {
	return j.task == taskFrames && j.plan.Every == 0 && (j.codec == "vp9" || j.codec == "av1")
}

// The level in each line of the log tells errors from the rest; showinfo needs
// info.
var common = []string{"-v", "level+info", "-hide_banner", "-nostats", "-nostdin",
	"-max_alloc", strconv.Itoa(maxAlloc)}

// arguments are those of a job of one stage.
func (j job) arguments(d dialect) []string {
	switch j.task {
	case taskSound:
		return j.hear()
	case taskPackets:
		return j.listPackets()
	case taskTimes:
		return j.listFrames(d)
	}
	return j.decode(d)
}

// open are the arguments up to the input, with those of its decoder.
func (j job) open(decoder ...string) []string {
	args := append([]string{}, common...)
	args = append(args, j.window()...)
	args = append(args, decoder...)
	args = append(args, "-f", j.format)
	if j.format == "mov" {
		args = append(args, "-enable_drefs", "0", "-use_absolute_path", "0")
	}
	return append(args, j.input...)
}

// pictureTrack selects the first track of pictures that is no cover.
var pictureTrack = []string{"-map", "0:V:0", "-an", "-sn", "-dn"}

// margin is added to the end of a window for the decoder: what lies behind it
// is left out by us, to the frame.
const margin = time.Second

// window leads the decoder to where the window begins, or ahead of it, with
// times counted from the beginning of the file.
func (j job) window() []string {
	var args []string
	from := j.from()
	if from > 0 {
		args = append(args, "-copyts", "-start_at_zero", "-ss", decimal(from))
	}
	if j.format == "nut" { // the second stage takes the times as they come
		args = append(args, "-copyts")
	} else if j.plan.Length > 0 {
		args = append(args, "-t", decimal(j.plan.Start+j.plan.Length-from+margin))
	}
	return args
}

func (j job) from() time.Duration {
	switch {
	case j.format == "nut" || unseekable[j.format]:
		return 0
	case indexed[j.format]:
		return max(0, j.plan.Start-time.Millisecond)
	}
	return max(0, j.plan.Start-runUp)
}

// decimal writes seconds as ffmpeg reads them.
func decimal(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 6, 64)
}

// selectKeyPackets is the first of two stages: packets of key frames, in NUT,
// on standard output.
func (j job) selectKeyPackets() []string {
	args := append(j.open(), pictureTrack...)
	return append(args, "-c", "copy", "-bsf:v", "noise=drop=not(key)", "-f", "nut", "pipe:1")
}

// decoderBounds are the arguments of every video decoder.
var decoderBounds = []string{"-threads", "1", "-max_pixels", strconv.Itoa(maxPixels)}

// skipped is the spacing from which pictures on which no other depends are
// not decoded: they are most of the work and, at this spacing, rarely missed.
const skipped = 250 * time.Millisecond

// decode is the only or the second stage: pictures, each or the stream with
// its own size, on standard output and a line with each picture's time on
// standard error.
func (j job) decode(d dialect) []string {
	decoder := append([]string{}, decoderBounds...)
	switch {
	case j.plan.Every >= skipped:
		decoder = append(decoder, "-skip_frame", "noref")
	case j.plan.Every == 0 && !j.twoStages():
		decoder = append(decoder, "-skip_frame", "nokey")
		if j.format == "avi" {
			// Its packets have no time of presentation: a decoder that keeps
			// pictures back gives the one of a key frame to the next.
			decoder = append(decoder, "-fflags", "+genpts")
		}
	}
	if j.plan.Colour {
		// A stream with colour states its size once, and the writer takes that
		// for granted: pictures that change their size on the way are brought
		// to it.
		decoder = append(decoder, "-reinit_filter", "0")
	}
	args := append(j.open(decoder...), pictureTrack...)
	args = append(args, "-filter_threads", "1", "-vf", j.filters())
	args = append(args, d.passthrough...)
	args = append(args, "-frames:v", strconv.Itoa(j.plan.MaxFrames), "-threads", "1")
	if j.plan.Colour {
		return append(args, "-c:v", "wrapped_avframe", "-f", "yuv4mpegpipe", "pipe:1")
	}
	return append(args, "-c:v", "pgm", "-f", "image2pipe", "pipe:1")
}

// filters thins, announces and scales frames: announced is the size that they
// were decoded at. Thinning is by select and not by
// fps, which repeats frames over a gap in the times, however long the file
// says it is, and gives none at all for clips under half a second. select
// takes the first frame and then each that comes late enough, with its own
// time. Scaling takes the shape of the pixels into account where it is sane
// and never enlarges. Both kinds of pictures get the same luma, full range.
func (j job) filters() string {
	p := j.plan
	var wanted []string
	if p.Start > 0 {
		wanted = append(wanted, `gte(t\,`+decimal(p.Start-rounding)+`)`)
	}
	if gap := max(p.Every, p.Apart); gap > EveryFrame {
		wanted = append(wanted, `(isnan(prev_selected_t)+gte(t-prev_selected_t\,`+decimal(gap-time.Millisecond)+`))`)
	}
	var chain []string
	if len(wanted) > 0 {
		chain = append(chain, "select='"+strings.Join(wanted, "*")+"'")
	}
	format, scaleRange := "gray", ""
	if p.Colour {
		format, scaleRange = "yuv420p", ":out_range=pc"
	}
	const wide = `iw*if(between(sar\,0.25\,4)\,sar\,1)`
	fit := fmt.Sprintf(`min(1\,%d/max(%s\,ih))`, p.Longest, wide)
	chain = append(chain, announce,
		fmt.Sprintf(`scale=w='max(1\,round(%s*%s))':h='max(1\,round(ih*%s))':flags=area%s`, wide, fit, fit, scaleRange),
		"format="+format)
	return strings.Join(chain, ",")
}

const announce = "showinfo=checksum=0"

// hear decodes the first sound track to samples on standard output and a line
// with the place of each piece on standard error, counted in samples.
func (j job) hear() []string {
	rate := strconv.Itoa(SoundRate)
	args := append(j.open(), "-map", "0:a:0", "-vn", "-sn", "-dn", "-filter_threads", "1")
	return append(args, "-af", "aresample="+rate+",aformat=sample_fmts=s16:channel_layouts=mono,asettb=1/"+rate+",ashowinfo",
		"-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
}

// listPackets prints a line for each packet on standard output.
func (j job) listPackets() []string {
	args := append(j.open(), pictureTrack...)
	return append(args, "-c", "copy", "-f", "framecrc", "pipe:1")
}

// listFrames decodes and announces each frame, and throws the pictures away.
func (j job) listFrames(d dialect) []string {
	args := append(j.open(decoderBounds...), pictureTrack...)
	args = append(args, "-filter_threads", "1", "-vf", announce)
	args = append(args, d.passthrough...)
	return append(args, "-threads", "1", "-f", "null", "pipe:1")
}
