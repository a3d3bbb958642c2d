package container

import (
	"bytes"
	"slices"
	"strconv"
)

// maxItems bounds the items, properties and extents of one picture file.
const maxItems = 65536

// item is one entry of a meta box: a coded picture, a grid of them, or a
// metadata block (ISO 14496-12, 8.11; ISO 23008-12).
type item struct {
	id          uint32
	kind        string // "hvc1", "grid", "Exif", "mime", ...
	contentType string
	encoding    string
	method      uint64 // of construction: 0 file, 1 idat, 2 other item
	extents     []extent
	properties  []int // indices into the property list, from 1
	references  []reference
}

// reference is one item's mention of another: "thmb", "dimg", "auxl", "cdsc".
type reference struct {
	kind string
	id   uint32
}

// extent is a run of bytes, counted from the start of the file or of idat.
// Length 0 means all of it.
type extent struct{ off, length uint64 }

// property is one box of ipco that matters here.
type property struct {
	kind          string
	width, height int
	angle         int    // irot: quarter turns anticlockwise
	leftRight     bool   // imir: left and right change places, else top and bottom
	body          []byte // of the small ones that are shown as tags
}

// itemSet is what one meta box says.
type itemSet struct {
	primary    uint32
	items      []*item
	byID       map[uint32]*item
	properties []property
	idat       box

	described    bool   // there is a list of items
	handlerFirst bool   // the first box is the handler, as it must be
	disordered   string // the box whose entries are not in the order of their numbers
}

func (set *itemSet) get(id uint32) *item {
	it := set.byID[id]
	if it == nil {
		it = &item{id: id}
		set.byID[id] = it
		set.items = append(set.items, it)
	}
	return it
}

// readItems reads the meta box of a picture file.
func (m *bmff) readItems(b box) {
	set := &itemSet{byID: map[uint32]*item{}}
	first := true
	m.boxes(b.body+4, b.end, "BMFF:meta", func(b box) {
		set.handlerFirst = set.handlerFirst || first && b.kind == "hdlr"
		first = false
		switch b.kind {
		case "hdlr":
			m.pictureHandler(b)
		case "pitm":
			version, _, f := m.fullBox(b, 4)
			if version == 0 {
				set.primary = uint32(f.u16())
			} else {
				set.primary = f.u32()
			}
			m.tag("QuickTime:Meta:PrimaryItemReference", strconv.FormatUint(uint64(set.primary), 10))
		case "iinf":
			set.described = true
			m.itemInfos(set, b)
		case "iref":
			m.itemReferences(set, b)
		case "iloc":
			m.itemLocations(set, b)
		case "iprp":
			m.itemProperties(set, b)
		case "idat":
			set.idat = b
		}
	})
	m.pictureSize(set)
	for _, it := range set.items {
		m.itemBlock(set, it)
	}
	m.checkItems(set)
	m.checkPictureData(set)
}

func (m *bmff) pictureHandler(b box) {
	_, _, f := m.fullBox(b, 276)
	component, kind, vendor := string(f.take(4)), string(f.take(4)), string(f.take(4))
	f.skip(8)
	m.handlerTags("QuickTime:", component, kind, vendor)
	if name := handlerName(component, f.b); name != "" {
		m.tag("QuickTime:HandlerDescription", name)
	}
}

func (m *bmff) itemInfos(set *itemSet, b box) {
	version, _, f := m.fullBox(b, 4)
	from := b.body + 4 + 2
	if version > 0 {
		from += 2
	}
	if f.u16(); f.short {
		return
	}
	last := uint32(0)
	m.boxes(from, b.end, "BMFF:iinf", func(b box) {
		if b.kind != "infe" || len(set.items) >= maxItems {
			return
		}
		version, _, f := m.fullBox(b, 512)
		if version < 2 {
			return
		}
		id := uint32(0)
		if version == 2 {
			id = uint32(f.u16())
		} else {
			id = f.u32()
		}
		f.skip(2)
		kind := string(f.take(4))
		if f.short {
			return
		}
		if last > 0 && id <= last && set.disordered == "" {
			set.disordered = "iinf"
		}
		last = id
		it := set.get(id)
		it.kind = kind
		f.text()
		if kind == "mime" {
			it.contentType, it.encoding = f.text(), f.text()
		}
	})
}

// itemLocations reads iloc, whose field widths it states itself.
func (m *bmff) itemLocations(set *itemSet, b box) {
	data, err := m.read(b.body, b.size())
	if err != nil {
		m.failed("BMFF:iloc", err)
		return
	}
	f := bigEndian(data)
	version := f.u8()
	f.skip(3)
	widths := f.u16()
	offsetSize, lengthSize := int(widths>>12), int(widths>>8&15)
	baseSize, indexSize := int(widths>>4&15), int(widths&15)
	count := uint32(0)
	if version < 2 {
		count = uint32(f.u16())
	} else {
		count = f.u32()
	}
	extents := 0
	for ; count > 0 && len(f.b) > 0 && len(set.items) < maxItems; count-- {
		id := uint32(0)
		if version < 2 {
			id = uint32(f.u16())
		} else {
			id = f.u32()
		}
		it := set.get(id)
		if version > 0 {
			it.method = uint64(f.u16() & 15)
		}
		f.skip(2)
		base := f.sized(baseSize)
		for n := f.u16(); n > 0 && !f.short; n-- {
			if version > 0 {
				f.sized(indexSize)
			}
			e := extent{off: f.sized(offsetSize), length: f.sized(lengthSize)}
			if extents++; extents > maxItems || f.short {
				break
			}
			e.off += base
			it.extents = append(it.extents, e)
		}
	}
	if f.short {
		m.problem("corrupt-structure", "BMFF:iloc", "the table of item locations is too short")
	}
}

// itemProperties reads the list of properties and which item has which.
func (m *bmff) itemProperties(set *itemSet, b box) {
	m.boxes(b.body, b.end, "BMFF:iprp", func(b box) {
		switch b.kind {
		case "ipco":
			m.boxes(b.body, b.end, "BMFF:ipco", func(b box) {
				if len(set.properties) < maxItems {
					set.properties = append(set.properties, m.property(b))
				}
			})
		case "ipma":
			m.propertyLinks(set, b)
		}
	})
}

func (m *bmff) property(b box) property {
	p := property{kind: b.kind}
	switch b.kind {
	case "ispe":
		_, _, f := m.fullBox(b, 8)
		p.width, p.height = clampInt(uint64(f.u32())), clampInt(uint64(f.u32()))
	case "irot":
		if v, err := m.peek(b.body, 1); err == nil && b.size() > 0 {
			p.angle = int(v[0] & 3)
		}
	case "imir":
		if v, err := m.peek(b.body, 1); err == nil && b.size() > 0 {
			p.leftRight = v[0]&1 == 1
		}
	case "colr":
		m.colourProfile(b)
		p.body = m.head(b, 16)
	case "pixi", "hvcC", "av1C", "pasp":
		p.body = m.head(b, 64)
	}
	return p
}

// head gives a copy of the first bytes of a box, at most n.
func (m *bmff) head(b box, n int64) []byte {
	v, err := m.peek(b.body, int(min(b.size(), n)))
	if err != nil {
		return nil
	}
	return bytes.Clone(v)
}

func (m *bmff) colourProfile(b box) {
	v, err := m.peek(b.body, 4)
	if err != nil || b.size() <= 4 || (string(v) != "prof" && string(v) != "rICC") {
		return
	}
	if !slices.ContainsFunc(m.info.Blocks, func(b Block) bool { return b.Kind == ICC }) {
		m.block(ICC, "BMFF:colr", b.body+4, b.size()-4)
	}
}

// propertyLinks reads ipma.
func (m *bmff) propertyLinks(set *itemSet, b box) {
	data, err := m.read(b.body, b.size())
	if err != nil {
		m.failed("BMFF:ipma", err)
		return
	}
	f := bigEndian(data)
	version := f.u8()
	flags := f.u24()
	links, last := 0, uint32(0)
	for count := f.u32(); count > 0 && len(f.b) > 0 && len(set.items) < maxItems; count-- {
		id := uint32(0)
		if version == 0 {
			id = uint32(f.u16())
		} else {
			id = f.u32()
		}
		if last > 0 && id <= last && set.disordered == "" {
			set.disordered = "ipma"
		}
		last = id
		it := set.get(id)
		for n := f.u8(); n > 0 && !f.short; n-- {
			index := 0
			if flags&1 != 0 {
				index = int(f.u16() & 0x7fff)
			} else {
				index = int(f.u8() & 0x7f)
			}
			if links++; links <= maxItems {
				it.properties = append(it.properties, index)
			}
		}
	}
}

// pictureSize takes size and turn from the primary item.
func (m *bmff) pictureSize(set *itemSet) {
	it := set.byID[set.primary]
	if it == nil {
		return
	}
	for _, index := range it.properties {
		if index < 1 || index > len(set.properties) {
			continue
		}
		m.propertyTags(set.properties[index-1])
	}
	m.tileTags(set, it)
}
