package makernote

// table names the entries of one directory. Numbers and names are facts of
// ExifTool's tag name documentation; group is its family-1 group.
type table struct {
	group string
	tags  map[uint16]tag
}

// tag says what one entry is. At most one of conv, open, place and binary is
// set; with none the value is printed as it stands.
type tag struct {
	name     string
	conv     func(value) (string, bool) // how the value is printed; false leaves it out
	open     func(*reader, value) error // the value holds a directory or a record
	place    func(*reader, value) error // like open, for a value that is not read whole
	fallback bool                       // kept only where no entry before it has the name
	binary   bool                       // a picture or the like: only its length is told
}

// title is the name for a person.
func (d tag) title() string {
	if d.name == "" {
		return "a record"
	}
	return d.name
}

// record is a value with parts at fixed places.
type record struct {
	group  string
	unit   int // bytes that one index stands for
	fields []field
}

// field is one part of a record.
type field struct {
	at    int // index
	name  string
	typ   uint16
	count int // 0 is 1; of text and undefined its bytes, -1 the rest
	conv  func(value) (string, bool)
}

// record gives the opener of a value that is such a record.
func (r *record) open(n *reader, v value) error {
	for _, f := range r.fields {
		part, ok := v.part(f, r.unit)
		if !ok {
			continue
		}
		text := part.String()
		if f.conv != nil {
			if text, ok = f.conv(part); !ok {
				continue
			}
		}
		n.add("MakerNotes:"+r.group+":"+f.name, text)
	}
	return nil
}

// part cuts one field out of a record. A text may be cut short by the end of
// the record, a number not.
func (v value) part(f field, unit int) (value, bool) {
	from, width := f.at*unit, typeWidth(f.typ)
	if width == 0 || from >= len(v.raw) {
		return value{}, false
	}
	rest := v.raw[from:]
	length := width * max(f.count, 1)
	switch {
	case f.count < 0:
		length = len(rest)
	case length > len(rest) && width == 1:
		length = len(rest)
	case length > len(rest):
		return value{}, false
	}
	return value{raw: rest[:length], typ: f.typ, order: v.order, at: v.at + int64(from), size: uint64(length)}, true
}

func typeWidth(typ uint16) int {
	switch typ {
	case typeByte, typeASCII, typeSByte, typeUndefined:
		return 1
	case typeShort, typeSShort:
		return 2
	case typeLong, typeSLong, typeFloat:
		return 4
	case typeRational, typeSRational, typeDouble:
		return 8
	}
	return 0
}

// directoryAt opens a directory that the value names by an offset, or that it
// holds itself: makers do either, and one file both.
func directoryAt(t *table) tag {
	return tag{place: func(n *reader, v value) error {
		if v.typ != typeLong && v.typ != typeSLong {
			return n.directory(v.at, t)
		}
		if v.size != 4 {
			return nil
		}
		b, err := n.bytes(v.at, 4)
		if err != nil {
			return err
		}
		return n.directory(n.base+int64(n.order.Uint32(b)), t)
	}}
}

func recordOf(r *record) tag { return tag{open: r.open} }
