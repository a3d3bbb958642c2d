package container

import "encoding/binary"

// fragment reads moof for how far it carries its tracks on (ISO 14496-12,
// 8.8).
func (m *bmff) fragment(b box) {
	m.boxes(b.body, b.end, "BMFF:moof", func(b box) {
		if b.kind == "traf" {
			m.trackFragment(b)
		}
	})
}

// run is one track fragment: the sample time that holds where a run states
// none, and the time up to the samples read so far.
type run struct {
	track       *track
	defaultTime uint32
	from        uint64
	samples     uint64
	ticks       uint64
}

func (m *bmff) trackFragment(b box) {
	var r run
	m.boxes(b.body, b.end, "BMFF:traf", func(b box) {
		switch b.kind {
		case "tfhd":
			_, flags, f := m.fullBox(b, 24)
			if r.track = m.trackByID(f.u32()); r.track == nil {
				return
			}
			r.defaultTime = r.track.defaultTime
			r.from = r.track.fragmentEnd
			if flags&0x1 != 0 { // base data offset
				f.skip(8)
			}
			if flags&0x2 != 0 { // sample description
				f.skip(4)
			}
			if flags&0x8 != 0 {
				r.defaultTime = f.u32()
			}
		case "tfdt":
			version, _, f := m.fullBox(b, 8)
			if version == 1 {
				r.from = f.u64()
			} else {
				r.from = uint64(f.u32())
			}
		case "trun":
			if r.track != nil {
				m.trackRun(&r, b)
			}
		}
	})
	if r.track != nil && r.from <= 1<<62 {
		r.track.fragmentEnd = max(r.track.fragmentEnd, r.from+r.ticks)
		r.track.fragSamples += r.samples
		r.track.fragTime += r.ticks
	}
}

// trackRun adds up the sample times of a run; the sample count is checked
// against the bytes that are there.
func (m *bmff) trackRun(r *run, b box) {
	_, flags, f := m.fullBox(b, 12)
	count := f.u32()
	header := int64(8)
	if flags&0x1 != 0 {
		header += 4
	}
	if flags&0x4 != 0 {
		header += 4
	}
	entry := int64(0)
	for bit := uint32(0x100); bit <= 0x800; bit <<= 1 {
		if flags&bit != 0 {
			entry += 4
		}
	}
	if flags&0x100 == 0 {
		if entry > 0 {
			count = uint32(min(int64(count), max(b.size()-header, 0)/entry))
		}
		r.samples += uint64(count)
		r.ticks += uint64(count) * uint64(r.defaultTime)
		return
	}
	n := min(int64(count), max(b.size()-header, 0)/entry, maxSampleEntries)
	for at := b.body + header; n > 0; n-- {
		v, err := m.peek(at, 4)
		if err != nil {
			m.failed("BMFF:trun", err)
			return
		}
		r.samples++
		r.ticks += uint64(binary.BigEndian.Uint32(v))
		at += entry
	}
}

// segmentIndex adds up the lengths that sidx gives (ISO 14496-12, 8.16.3).
// Only the index of one stream is counted.
func (m *bmff) segmentIndex(b box) {
	if m.movie.indexed > 0 {
		return
	}
	version, _, f := m.fullBox(b, 28)
	f.skip(4)
	timescale := f.u32()
	skip := int64(24)
	if version == 0 {
		f.skip(8)
	} else {
		f.skip(16)
		skip = 32
	}
	f.skip(2)
	count := int64(f.u16())
	if f.short || timescale == 0 {
		return
	}
	ticks := uint64(0)
	for at := b.body + skip; count > 0 && at+12 <= b.end; count-- {
		v, err := m.peek(at, 12)
		if err != nil {
			return
		}
		ticks += uint64(binary.BigEndian.Uint32(v[4:]))
		at += 12
	}
	m.movie.indexed = float64(ticks) / float64(timescale)
}
