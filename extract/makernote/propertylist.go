package makernote

import "encoding/binary"

// propertyList is Apple's binary property list ("bplist00", as CoreFoundation
// documents it in CFBinaryPList.c), as far as one dictionary of whole numbers
// goes.
type propertyList struct {
	data    []byte
	table   uint64 // where the offsets of the objects stand
	width   uint64 // bytes of one offset
	refs    uint64 // bytes of a reference to an object
	objects uint64
}

// readPropertyList gives the whole numbers of the list's outermost
// dictionary. Other values are left out; a list of another kind is not ok.
func readPropertyList(data []byte) (map[string]int64, bool) {
	const trailer = 32
	if len(data) < 8+trailer || string(data[:8]) != "bplist00" {
		return nil, false
	}
	t := data[len(data)-trailer:]
	p := propertyList{
		data:    data[:len(data)-trailer],
		width:   uint64(t[6]),
		refs:    uint64(t[7]),
		objects: binary.BigEndian.Uint64(t[8:]),
		table:   binary.BigEndian.Uint64(t[24:]),
	}
	if p.width < 1 || p.width > 8 || p.refs < 1 || p.refs > 8 || p.objects > uint64(len(data)) {
		return nil, false
	}
	at, ok := p.object(binary.BigEndian.Uint64(t[16:]))
	if !ok || p.data[at]>>4 != 0xd {
		return nil, false
	}
	count, at, ok := p.count(at)
	if !ok || count > p.objects {
		return nil, false
	}
	out := map[string]int64{}
	for i := range count {
		key, ok1 := p.ref(at + i*p.refs)
		val, ok2 := p.ref(at + (count+i)*p.refs)
		if !ok1 || !ok2 {
			return nil, false
		}
		name, ok1 := p.text(key)
		number, ok2 := p.number(val)
		if ok1 && ok2 {
			out[name] = number
		}
	}
	return out, true
}

// uint reads a big-endian number of up to eight bytes.
func (p propertyList) uint(at, width uint64) (uint64, bool) {
	if width > 8 || at > uint64(len(p.data)) || width > uint64(len(p.data))-at {
		return 0, false
	}
	n := uint64(0)
	for _, b := range p.data[at : at+width] {
		n = n<<8 | uint64(b)
	}
	return n, true
}

// object gives the place of an object.
func (p propertyList) object(i uint64) (uint64, bool) {
	if i >= p.objects || p.table > uint64(len(p.data)) {
		return 0, false
	}
	at, ok := p.uint(p.table+i*p.width, p.width)
	return at, ok && at < uint64(len(p.data))
}

// ref gives the place of the object that a reference names.
func (p propertyList) ref(at uint64) (uint64, bool) {
	i, ok := p.uint(at, p.refs)
	if !ok {
		return 0, false
	}
	return p.object(i)
}

// count reads the number of elements in an object's marker, and where they
// begin.
func (p propertyList) count(at uint64) (n, first uint64, ok bool) {
	if n = uint64(p.data[at] & 15); n < 15 {
		return n, at + 1, true
	}
	marker, ok := p.uint(at+1, 1)
	if !ok || marker>>4 != 1 || marker&15 > 3 {
		return 0, 0, false
	}
	width := uint64(1) << (marker & 15)
	n, ok = p.uint(at+2, width)
	return n, at + 2 + width, ok
}

func (p propertyList) text(at uint64) (string, bool) {
	if p.data[at]>>4 != 5 {
		return "", false
	}
	n, from, ok := p.count(at)
	if !ok || from > uint64(len(p.data)) || n > uint64(len(p.data))-from {
		return "", false
	}
	return string(p.data[from : from+n]), true
}

func (p propertyList) number(at uint64) (int64, bool) {
	if p.data[at]>>4 != 1 || p.data[at]&15 > 3 {
		return 0, false
	}
	n, ok := p.uint(at+1, 1<<(p.data[at]&15))
	return int64(n), ok
}
