package container

import "strings"

// codedItems are the kinds of item that hold a coded picture, with the
// property that its decoder needs (ISO 23008-12; AV1 Image File Format).
var codedItems = map[string]string{
	"hvc1": "hvcC", "hev1": "hvcC", "lhv1": "lhvC", "av01": "av1C", "avc1": "avcC", "vvc1": "vvcC",
	"jpeg": "", "j2k1": "j2kH", "unci": "uncC",
}

// derivedItems are put together from other items.
const derivedItems = " grid iden iovl tili tmap "

// checkItems compares what the boxes of a picture file say of each other.
func (m *bmff) checkItems(set *itemSet) {
	if !set.described {
		return
	}
	main := set.byID[set.primary]
	switch {
	case set.disordered != "":
		m.problem("corrupt-structure", "BMFF:"+set.disordered, "the entries of the %s box are out of order", set.disordered)
	case !set.handlerFirst:
		m.problem("corrupt-structure", "BMFF:hdlr", "the description of the pictures does not begin with its handler")
	}
	if set.primary == 0 && m.info.Type.Kind == "image" && !m.seen["moov"] {
		m.problem("corrupt-structure", "BMFF:pitm", "the file does not say which of its items is the main picture")
		return
	}
	if set.primary != 0 && (main == nil || main.kind == "") {
		m.problem("corrupt-structure", "BMFF:pitm", "the main picture that the file names is not among its items")
		return
	}
	for _, it := range set.items {
		m.checkItem(set, it)
	}
	if main == nil || m.info.Type.Kind != "image" {
		return
	}
	m.checkMainItem(set, main)
}

// checkItem looks for properties and references that lead nowhere.
func (m *bmff) checkItem(set *itemSet, it *item) {
	for _, index := range it.properties {
		if index > len(set.properties) {
			m.problem("corrupt-structure", "BMFF:ipma", "an item has a property that the list of properties does not hold")
		}
	}
	if it.kind == "" {
		m.problem("corrupt-structure", "BMFF:iinf", "an item is located or described that the list of items does not hold")
	}
	for _, to := range it.references {
		if other := set.byID[to.id]; other == nil || other.kind == "" {
			m.problem("corrupt-structure", "BMFF:iref", "an item refers to another that is not in the file")
		}
	}
}

// checkMainItem asks for what a decoder of the main picture needs.
func (m *bmff) checkMainItem(set *itemSet, it *item) {
	config, coded := codedItems[it.kind]
	if !coded && !strings.Contains(derivedItems, " "+it.kind+" ") {
		m.problem("corrupt-structure", "BMFF:pitm", "the main picture is an item of the kind %s, which is no picture", printableKind(it.kind))
		return
	}
	if it.kind == "unci" || it.kind == "j2k1" || it.kind == "lhv1" || it.kind == "vvc1" {
		m.remark("BMFF:iinf", "the picture is coded as %s, which few programs decode", it.kind)
	}
	if profiles := set.count(it, "colr"); profiles > 2 {
		m.remark("BMFF:colr", "the main picture has %d descriptions of its colours", profiles)
	}
	size := set.property(it, "ispe")
	switch {
	case config != "" && set.property(it, config) == nil:
		m.problem("corrupt-structure", "BMFF:"+config, "the settings that the picture's decoder needs are missing")
	case size == nil:
		m.problem("corrupt-structure", "BMFF:ispe", "the size of the main picture is not stated")
	case size.width == 0 || size.height == 0:
		m.problem("corrupt-structure", "BMFF:ispe", "the main picture has a size of zero")
	case coded && len(it.extents) == 0:
		m.fatal("corrupt-structure", "BMFF:iloc", "the file does not say where the data of its main picture is")
	case it.kind == "av01" && set.property(it, "pixi") == nil:
		m.remark("BMFF:pixi", "the bit depth of the main picture is not stated, which the standard asks for")
	}
}

// property gives the first property of a kind that an item has.
func (set *itemSet) property(it *item, kind string) *property {
	for _, index := range it.properties {
		if index >= 1 && index <= len(set.properties) && set.properties[index-1].kind == kind {
			return &set.properties[index-1]
		}
	}
	return nil
}

// count says how many properties of a kind an item has.
func (set *itemSet) count(it *item, kind string) int {
	n := 0
	for _, index := range it.properties {
		if index >= 1 && index <= len(set.properties) && set.properties[index-1].kind == kind {
			n++
		}
	}
	return n
}

// itemReferences reads iref: which item belongs to which, as a thumbnail or
// the tiles of a grid (ISO 14496-12, 8.11.12).
func (m *bmff) itemReferences(set *itemSet, b box) {
	version, _, _ := m.fullBox(b, 0)
	width := 2
	if version > 0 {
		width = 4
	}
	left := maxItems
	m.boxes(b.body+4, b.end, "BMFF:iref", func(b box) {
		data, err := m.read(b.body, b.size())
		if err != nil {
			m.failed("BMFF:iref", err)
			return
		}
		f := bigEndian(data)
		from := set.get(uint32(f.sized(width)))
		for n := f.u16(); n > 0 && left > 0; n-- {
			to := uint32(f.sized(width))
			if f.short {
				m.problem("corrupt-structure", "BMFF:iref", "a list of references between items is too short")
				return
			}
			from.references = append(from.references, reference{b.kind, to})
			left--
		}
	})
}
