package container

import (
	"strconv"
	"strings"
)

// propertyTags states a property of the main picture under ExifTool's names.
func (m *bmff) propertyTags(p property) {
	switch p.kind {
	case "ispe":
		m.info.Width, m.info.Height = p.width, p.height
		m.tag("QuickTime:ImageSpatialExtent", strconv.Itoa(p.width)+" "+strconv.Itoa(p.height))
		m.tagInt("File:ImageWidth", p.width)
		m.tagInt("File:ImageHeight", p.height)
	case "irot":
		m.info.Rotation = (m.info.Rotation + (4-p.angle)*90) % 360
		m.tagInt("QuickTime:Rotation", p.angle)
	case "imir":
		m.mirror(p.leftRight)
	case "pixi":
		m.pixelDepth(p.body)
	case "colr":
		m.colourTags("QuickTime:", p.body)
	case "hvcC":
		m.hevcTags(p.body)
	case "av1C":
		m.av1Tags(p.body)
	case "pasp":
		f := bigEndian(p.body)
		h, v := f.u32(), f.u32()
		m.tag("QuickTime:PixelAspectRatio", strconv.FormatUint(uint64(h), 10)+" "+strconv.FormatUint(uint64(v), 10))
	}
}

// mirror adds a mirroring to what was done to the picture before it, as the
// order of its properties has it: turned and then mirrored, left to right, is
// mirrored and then turned the other way; top to bottom is left to right and
// half a turn (ISO 23008-12:2022, 6.5.12).
func (m *bmff) mirror(leftRight bool) {
	turn := 360 - m.info.Rotation
	if !leftRight {
		turn += 180
	}
	m.info.Mirrored, m.info.Rotation = !m.info.Mirrored, turn%360
}

// tileTags states how the tiles of a grid are coded, by its first one.
func (m *bmff) tileTags(set *itemSet, it *item) {
	for _, to := range it.references {
		tile := set.byID[to.id]
		if to.kind != "dimg" || tile == nil {
			continue
		}
		for _, kind := range [...]string{"hvcC", "av1C"} {
			if p := set.property(tile, kind); p != nil {
				m.propertyTags(*p)
			}
		}
		return
	}
}

func (m *bmff) pixelDepth(b []byte) {
	f := bigEndian(b)
	f.skip(4)
	var depths []string
	for n := f.u8(); n > 0 && len(f.b) > 0; n-- {
		depths = append(depths, strconv.Itoa(int(f.u8())))
	}
	m.tag("QuickTime:ImagePixelDepth", strings.Join(depths, " "))
}

// colourTags reads colr of kind nclx or nclc (ISO 14496-12, 12.1.5).
func (m *bmff) colourTags(group string, b []byte) {
	f := bigEndian(b)
	kind := string(f.take(4))
	if kind != "nclx" && kind != "nclc" {
		return
	}
	m.tag(group+"ColorProfiles", kind)
	m.tagInt(group+"ColorPrimaries", int(f.u16()))
	m.tagInt(group+"TransferCharacteristics", int(f.u16()))
	m.tagInt(group+"MatrixCoefficients", int(f.u16()))
	if kind == "nclx" {
		m.tagInt(group+"VideoFullRangeFlag", int(f.u8()>>7))
	}
}

// hevcTags reads the decoder configuration of HEVC (ISO 14496-15, 8.3.3).
func (m *bmff) hevcTags(b []byte) {
	f := bigEndian(b)
	version, profile, compatible := f.u8(), f.u8(), f.u32()
	constraints := f.take(6)
	level, segmentation, parallelism := f.u8(), f.u16(), f.u8()
	chroma, luma, chromaDepth, rate, last := f.u8(), f.u8(), f.u8(), f.u16(), f.u8()
	if f.short {
		return
	}
	var flags []string
	for _, c := range constraints {
		flags = append(flags, strconv.Itoa(int(c)))
	}
	for _, v := range []struct {
		name  string
		value int
	}{
		{"HEVCConfigurationVersion", int(version)}, {"GeneralProfileSpace", int(profile >> 6)}, {"GeneralTierFlag", int(profile >> 5 & 1)},
		{"GeneralProfileIDC", int(profile & 31)}, {"GenProfileCompatibilityFlags", int(compatible)}, {"GeneralLevelIDC", int(level)},
		{"MinSpatialSegmentationIDC", int(segmentation & 0xfff)}, {"ParallelismType", int(parallelism & 3)}, {"ChromaFormat", int(chroma & 3)},
		{"BitDepthLuma", int(luma&7) + 8}, {"BitDepthChroma", int(chromaDepth&7) + 8}, {"AverageFrameRate", int(rate)},
		{"ConstantFrameRate", int(last >> 6)}, {"NumTemporalLayers", int(last >> 3 & 7)}, {"TemporalIDNested", int(last >> 2 & 1)},
	} {
		m.tagInt("QuickTime:"+v.name, v.value)
	}
	m.tag("QuickTime:ConstraintIndicatorFlags", strings.Join(flags, " "))
}

// av1Tags reads the decoder configuration of AV1 (AV1 in ISOBMFF, 2.3.3).
func (m *bmff) av1Tags(b []byte) {
	f := bigEndian(b)
	version := f.u8()
	f.skip(1)
	format := f.u8()
	if f.short {
		return
	}
	m.tagInt("QuickTime:AV1ConfigurationVersion", int(version&0x7f))
	m.tagInt("QuickTime:ChromaFormat", int(format>>2&7))
	m.tagInt("QuickTime:ChromaSamplePosition", int(format&3))
}
