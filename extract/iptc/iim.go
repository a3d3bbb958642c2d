package iptc

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// marker begins every dataset.
const marker = 0x1c

// isIIM says whether IIM records begin here, in order or with the bytes of each
// word reversed.
func isIIM(data []byte) bool {
	return len(data) >= 5 && (data[0] == marker || data[3] == marker)
}

// dataset is one entry of the records.
type dataset struct {
	record, number byte
	val            []byte
}

// records reads one set of IIM records.
func (d *decoder) records(data []byte) {
	d.rec.Sets++
	group := setGroup(d.rec.Sets)
	if d.rec.Sets == 1 {
		sum := md5.Sum(data)
		d.rec.CurrentDigest = hex.EncodeToString(sum[:])
	}
	if len(data) >= 4 && data[0] != marker && data[3] == marker {
		d.problem("corrupt-structure", group, "the bytes of the records stand in reversed order, four by four; they were read the right way round")
		data = unswapped(data)
	}
	set := recordSet{d: d, group: group, lists: map[string]int{}}
	for len(data) >= 5 && d.count(group) {
		ds, rest, ok := d.next(group, data)
		if !ok {
			break
		}
		set.add(ds)
		data = rest
	}
	set.join()
}

// unswapped reverses each word; the last may be short of its end.
func unswapped(data []byte) []byte {
	out := make([]byte, (len(data)+3)/4*4)
	copy(out, data)
	for i := 0; i < len(out); i += 4 {
		binary.BigEndian.PutUint32(out[i:], binary.LittleEndian.Uint32(out[i:]))
	}
	return out[:len(data)]
}

// next takes one dataset off data (IIM 1.6.2): marker, record, number, and a
// length of two bytes, or, with its highest bit set, of as many as it says.
func (d *decoder) next(group string, data []byte) (ds dataset, rest []byte, ok bool) {
	if data[0] != marker {
		// Zeros fill the block up.
		if len(bytes.Trim(data, "\x00")) > 0 {
			d.problem("corrupt-structure", group, "a record begins with the byte %#x in place of 0x1c, the rest was not read", data[0])
		}
		return ds, nil, false
	}
	ds.record, ds.number = data[1], data[2]
	size := uint64(binary.BigEndian.Uint16(data[3:]))
	data = data[5:]
	if size&0x8000 != 0 {
		digits := int(size & 0x7fff)
		if digits > 8 || digits > len(data) {
			d.problem("corrupt-structure", group, "dataset %d:%d has an impossible length, the rest was not read", ds.record, ds.number)
			return ds, nil, false
		}
		size = bigEndian(data[:digits])
		data = data[digits:]
	}
	if size > uint64(len(data)) {
		d.problem("truncated", group, "dataset %d:%d is cut off: %d of %d bytes are there", ds.record, ds.number, len(data), size)
		return ds, nil, false
	}
	ds.val = data[:size]
	return ds, data[size:], true
}

// bigEndian reads a number of up to eight bytes.
func bigEndian(val []byte) (n uint64) {
	for _, b := range val {
		n = n<<8 | uint64(b)
	}
	return n
}

// recordSet collects the tags of one set of records.
type recordSet struct {
	d       *decoder
	group   string
	charset charset
	lists   map[string]int // where the tag of a repeatable dataset stands
}

func (s *recordSet) add(ds dataset) {
	def, ok := datasets(ds.record)[ds.number]
	if !ok {
		return
	}
	field := s.group + ":" + def.name
	value := s.value(ds, def, field)
	if !def.list {
		s.d.tag(field, value)
		return
	}
	i, again := s.lists[field]
	if !again {
		s.lists[field] = len(s.d.rec.Tags)
		s.d.tag(field, value)
		return
	}
	t := &s.d.rec.Tags[i]
	if t.List == nil {
		t.List = []string{t.Value}
	}
	t.List = append(t.List, value)
}

// join gives each repeated dataset its joined text.
func (s *recordSet) join() {
	for _, i := range s.lists {
		if t := &s.d.rec.Tags[i]; t.List != nil {
			t.Value = strings.Join(t.List, ", ")
		}
	}
}

func (s *recordSet) value(ds dataset, def definition, field string) string {
	switch def.form {
	case number:
		if len(ds.val) <= 8 {
			return strconv.FormatUint(bigEndian(ds.val), 10)
		}
	case binaryData:
		return binarySize(len(ds.val))
	}
	val := s.d.fit(field, bytes.TrimRight(ds.val, "\x00"))
	switch def.form {
	case digits:
		return printable(val)
	case date:
		return spreadDate(printable(val))
	case clock:
		return spreadTime(s.text(ds.record, val))
	case history:
		val = manyZeros.ReplaceAll(val, []byte("\n"))
	}
	if ds.record == 1 && ds.number == codedCharacterSet {
		s.charset = codedCharset(val)
	}
	return s.text(ds.record, val)
}

// text decodes by 1:90, which does not speak for its own record.
func (s *recordSet) text(record byte, val []byte) string {
	if record == 1 {
		return charset{}.text(val)
	}
	return s.charset.text(val)
}

// binarySize stands for data that is not text.
func binarySize(n int) string {
	return fmt.Sprintf("(Binary data %d bytes, use -b option to extract)", n)
}

var (
	manyZeros = regexp.MustCompile(`\x00+`)
	eightDate = regexp.MustCompile(`(\d{4})\D*(\d{2})\D*(\d{2})(\n?)$`)
	sixTime   = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})`)
	fourZone  = regexp.MustCompile(`([+-]\d{2})(\d{2})\s*$`)
)

// spreadDate sets colons between year, month and day, whatever stood there.
func spreadDate(v string) string {
	at := eightDate.FindStringSubmatchIndex(v)
	if at == nil {
		return v
	}
	return string(eightDate.ExpandString([]byte(v[:at[0]]), "$1:$2:$3$4", v, at))
}

// spreadTime does the same for a time with or without its zone.
func spreadTime(v string) string {
	v = strings.ReplaceAll(v, " ", ":")
	v = sixTime.ReplaceAllString(v, "$1:$2:$3")
	return fourZone.ReplaceAllString(v, "$1:$2")
}
