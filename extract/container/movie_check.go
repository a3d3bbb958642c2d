package container

import "strings"

// knownHandlers are the kinds of media a track can hold (mp4ra.org, QuickTime
// File Format), data and control tracks of cameras included.
const knownHandlers = " vide soun pict auxv hint meta text sbtl subt subp clcp tmcd url  MPEG strm mjpg musi qd3d sprt twen tx3g " +
	"camm gpmd nrtm fdsm odsm sdsm m7sm ocsm ipsm mjsm cntr djmd dbgi volu haptic hapt mebx GPMD data alis nmhd ctbx rtmd priv "

// checkTrack asks for the boxes that every track must have, and compares what
// its tables say of each other.
func (m *bmff) checkTrack(t *track) {
	for _, kind := range [...]string{"tkhd", "mdia"} {
		m.mustHave(t, kind, "a track")
	}
	if !t.has["mdia"] {
		return
	}
	for _, kind := range [...]string{"mdhd", "hdlr", "minf"} {
		m.mustHave(t, kind, "the media of a track")
	}
	switch {
	case !t.has["hdlr"]:
	case !isChunkType(t.handler):
		m.problem("corrupt-structure", "BMFF:hdlr", "a track holds media of the kind %s, which does not exist", printableKind(t.handler))
	case !strings.Contains(knownHandlers, " "+t.handler+" "):
		m.remark("BMFF:hdlr", "a track holds media of the kind %s, which is not known", printableKind(t.handler))
	}
	if t.timescale == 0 && t.has["mdhd"] {
		m.problem("corrupt-structure", "BMFF:mdhd", "a track counts its time in units of zero")
	}
	if !t.has["stbl"] {
		if t.has["minf"] {
			m.mustHave(t, "stbl", "the media of a track")
		}
		return
	}
	for _, kind := range [...]string{"stsd", "stts", "stsc"} {
		m.mustHave(t, kind, "the index of a track")
	}
	if !t.has["stsz"] && !t.has["stz2"] {
		m.mustHave(t, "stsz", "the index of a track")
	}
	if !t.has["stco"] && !t.has["co64"] {
		m.mustHave(t, "stco", "the index of a track")
	}
	if t.has["stsz"] && t.has["stts"] && t.sizes != t.samples && t.samples < maxSampleEntries {
		m.problem("corrupt-structure", "BMFF:stbl", "a track has %d samples by one of its tables and %d by another", t.samples, t.sizes)
	}
}

func (m *bmff) mustHave(t *track, kind, what string) {
	if !t.has[kind] {
		m.problem("corrupt-structure", "BMFF:"+kind, "%s lacks its %s box", what, kind)
	}
}

// chunkOffsets looks whether the pictures lie inside the file. The first and
// last entries stand for all.
func (m *bmff) chunkOffsets(b box) {
	width := 4
	if b.kind == "co64" {
		width = 8
	}
	_, _, f := m.fullBox(b, 4)
	count := min(int64(f.u32()), (b.size()-8)/int64(width))
	if count <= 0 {
		return
	}
	for _, i := range [...]int64{0, count - 1} {
		v, err := m.peek(b.body+8+i*int64(width), width)
		if err != nil {
			m.failed("BMFF:"+b.kind, err)
			return
		}
		if bigEndian(v).sized(width) >= uint64(m.fileSize) {
			m.problem("truncated", "BMFF:mdat", "pictures or sounds that the index lists lie beyond the end of the file")
		}
	}
}
