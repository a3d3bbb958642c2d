package container

import (
	"math"
	"strconv"
	"time"
)

// movie is what moov and the fragments say, gathered for the summary.
type movie struct {
	timescale uint32
	duration  uint64  // in timescale
	fragments uint64  // duration by mehd, in timescale
	indexed   float64 // seconds by sidx
	tracks    []*track
}

// track is what one trak says.
type track struct {
	number        int // from 1, in file order
	id            uint32
	handler       string // "vide", "soun", ...
	width, height int    // for display, by tkhd
	codedWidth    int    // by the sample description
	codedHeight   int
	matrix        [4]float64 // a, b, c, d
	timescale     uint32
	duration      uint64 // in timescale, by mdhd
	codecs        []string
	samples       uint64 // by stts
	sampleTime    uint64 // in timescale, by stts
	defaultTime   uint32 // of a sample, by trex
	fragmentEnd   uint64 // in timescale, by the fragments
	fragSamples   uint64
	fragTime      uint64
	has           map[string]bool // kinds of boxes met anywhere in it
	sizes         uint64          // samples by stsz
}

// epochShift is the distance between the epoch of QuickTime, 1904-01-01, and
// that of Unix, in seconds.
const epochShift = 2082844800

// readMovie reads moov (ISO 14496-12, 8.2).
func (m *bmff) readMovie(b box) {
	m.boxes(b.body, b.end, "BMFF:moov", func(b box) {
		switch b.kind {
		case "mvhd":
			m.movieHeader(b)
		case "trak":
			m.readTrack(b)
		case "mvex":
			m.movieExtends(b)
		case "udta":
			m.userData(b)
		case "meta":
			m.movieMeta(b)
		case "uuid":
			m.userBox(b)
		case "cmov":
			m.compressedMovie(b)
		}
	})
}

func (m *bmff) movieHeader(b box) {
	created, modified, f, wide := m.times(b)
	m.tagInt("QuickTime:MovieHeaderVersion", boolInt(wide))
	m.movie.timescale = f.u32()
	m.movie.duration = durationField(f, wide)
	if f.short {
		m.problem("corrupt-structure", "BMFF:mvhd", "the movie header is too short")
		return
	}
	m.counter("QuickTime:CreateDate", "QuickTime:CreateDate", created)
	m.counter("QuickTime:ModifyDate", "QuickTime:ModifyDate", modified)
	m.tagInt("QuickTime:TimeScale", clampInt(uint64(m.movie.timescale)))
	if m.movie.timescale > 0 && m.movie.duration > 0 {
		m.tagFloat("QuickTime:Duration", float64(m.movie.duration)/float64(m.movie.timescale))
	} else {
		m.tag("QuickTime:Duration", strconv.FormatUint(m.movie.duration, 10))
	}
	m.movieSettings(f)
}

func boolInt(v bool) int {
	if v {
		return 1
	}
	return 0
}

// times reads what mvhd, tkhd and mdhd begin with: version, flags, and the
// two times in 32 or 64 bits.
func (m *bmff) times(b box) (created, modified uint64, rest *fields, wide bool) {
	version, _, f := m.fullBox(b, 108)
	if version == 1 {
		return f.u64(), f.u64(), f, true
	}
	return uint64(f.u32()), uint64(f.u32()), f, false
}

// durationField reads a duration; all ones mean that it is not known.
func durationField(f *fields, wide bool) uint64 {
	if wide {
		if v := f.u64(); v != math.MaxUint64 {
			return v
		}
		return 0
	}
	if v := f.u32(); v != math.MaxUint32 {
		return uint64(v)
	}
	return 0
}

// counter records a time given in seconds since 1904, in UTC by ISO 14496-12.
// Writers that count from 1970 exist: their values lie before 1970 when read
// by the book, which is kept and reported.
func (m *bmff) counter(stampField, tagField string, v uint64) {
	st := Stamp{Field: stampField, Raw: strconv.FormatUint(v, 10), Zero: v == 0}
	const lastCounter = 253402300799 + epochShift // 9999-12-31T23:59:59Z
	switch {
	case v == 0:
		m.tag(tagField, "0000:00:00 00:00:00")
	case v > lastCounter:
		m.problem("corrupt-structure", stampField, "the time %d lies beyond the year 9999", v)
	default:
		st.Unix = time.Unix(int64(v)-epochShift, 0).UTC()
		shown := st.Unix
		if v < epochShift {
			shown = time.Unix(int64(v), 0).UTC()
			m.problem("epoch-ambiguous", stampField, "the time reads %s by the standard; the writer may have counted from 1970, which gives %s",
				st.Unix.Format(time.RFC3339), shown.Format(time.RFC3339))
		}
		text := exifDate(shown)
		if m.info.Type.Format == "cr3" { // which states UTC, where ExifTool leaves the zone of others open
			text += "+00:00"
		}
		m.tag(tagField, text)
	}
	m.addStamp(st)
}

// movieExtends reads the defaults of fragmented movies.
func (m *bmff) movieExtends(b box) {
	m.boxes(b.body, b.end, "BMFF:mvex", func(b box) {
		switch b.kind {
		case "mehd":
			version, _, f := m.fullBox(b, 8)
			m.movie.fragments = durationField(f, version == 1)
		case "trex":
			_, _, f := m.fullBox(b, 20)
			id := f.u32()
			f.skip(4)
			if t := m.trackByID(id); t != nil {
				t.defaultTime = f.u32()
			}
		}
	})
}

func (m *bmff) trackByID(id uint32) *track {
	for _, t := range m.movie.tracks {
		if t.id == id {
			return t
		}
	}
	return nil
}

// finishMovie draws the summary from the tracks.
func (m *bmff) finishMovie() {
	if !m.seen["moov"] {
		return
	}
	if len(m.movie.tracks) == 0 {
		m.fatal("corrupt-structure", "BMFF:trak", "the movie header lists no tracks")
	}
	m.info.Duration = m.movieDuration()
	var audio []string
	video := false
	for _, t := range m.movie.tracks {
		m.checkTrack(t)
		switch t.handler {
		case "vide", "pict", "auxv":
			for _, c := range t.codecs {
				m.addCodec(c)
			}
			if !video && t.handler != "auxv" {
				video = m.mainTrack(t)
			}
		case "soun":
			audio = append(audio, t.codecs...)
		}
	}
	for _, c := range audio {
		m.addCodec(c)
	}
	switch {
	case m.info.Type.Kind == "image" && m.info.Type.Format != "cr3":
		m.info.Animated = video
	case !video && len(audio) > 0 && m.info.Type.Kind == "video":
		m.info.Type = typeOf("m4a")
	}
}

func (s *scan) addCodec(name string) {
	for _, c := range s.info.Codecs {
		if c == name {
			return
		}
	}
	s.info.Codecs = append(s.info.Codecs, name)
}

// mainTrack takes size, rotation and frame rate from the first video track
// that has a size.
func (m *bmff) mainTrack(t *track) bool {
	if m.info.Width == 0 {
		m.info.Width, m.info.Height = t.codedWidth, t.codedHeight
		if t.codedWidth == 0 || t.codedHeight == 0 {
			m.info.Width, m.info.Height = t.width, t.height
		}
	}
	m.info.Rotation, m.info.Mirrored = t.turn()
	samples, ticks := t.samples, t.sampleTime
	if samples <= 1 && t.fragSamples > 1 {
		samples, ticks = t.fragSamples, t.fragTime
	}
	if samples > 0 && ticks > 0 && t.timescale > 0 {
		m.info.FrameRate = float64(samples) * float64(t.timescale) / float64(ticks)
	}
	return m.info.Width > 0
}

// turn gives the rotation of the track's matrix to the next quarter, in
// degrees clockwise, and whether the picture is mirrored before it.
func (t *track) turn() (degrees int, mirrored bool) {
	a, b, c, d := t.matrix[0], t.matrix[1], t.matrix[2], t.matrix[3]
	if a*d-b*c < 0 {
		mirrored = true
		a, b = -a, -b
	}
	if a == 0 && b == 0 {
		return 0, mirrored
	}
	quarters := int(math.Round(math.Atan2(b, a) / (math.Pi / 2)))
	return (quarters + 4) % 4 * 90, mirrored
}

// movieDuration prefers what the movie header states; fragmented files state
// it elsewhere or only through their fragments.
func (m *bmff) movieDuration() time.Duration {
	v := m.movie
	if d := seconds(v.duration, v.timescale); d > 0 {
		return d
	}
	if d := seconds(v.fragments, v.timescale); d > 0 {
		return d
	}
	var longest time.Duration
	for _, t := range v.tracks {
		longest = max(longest, seconds(t.duration, t.timescale), seconds(t.fragmentEnd, t.timescale))
	}
	if longest == 0 && v.indexed > 0 {
		longest = floatSeconds(v.indexed)
	}
	return longest
}

// seconds turns ticks into a duration; what does not fit is unknown.
func seconds(ticks uint64, timescale uint32) time.Duration {
	if timescale == 0 {
		return 0
	}
	return floatSeconds(float64(ticks) / float64(timescale))
}

func floatSeconds(s float64) time.Duration {
	if !(s > 0) || s > math.MaxInt64/1e9 {
		return 0
	}
	return time.Duration(math.Round(s * 1e9))
}
