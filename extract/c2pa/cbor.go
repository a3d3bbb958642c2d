package c2pa

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
)

var errValueCount = errors.New("there are too many values")

// values reads CBOR and JSON under a common bound on the number of values.
type values struct {
	mode cbor.DecMode
	left int
}

func newValues() (*values, error) {
	mode, err := cbor.DecOptions{
		MaxNestedLevels:  maxNesting,
		MaxArrayElements: maxElements,
		MaxMapPairs:      maxPairs,
	}.DecMode()
	if err != nil {
		return nil, fmt.Errorf("setting up the CBOR decoder: %w", err)
	}
	return &values{mode: mode, left: maxValues}, nil
}

// cbor reads the first CBOR item of data and gives what follows it. The
// decoder first judges the item as a whole, its nesting and its counts
// included; only then is it taken apart, keeping the order of its maps.
func (vs *values) cbor(data []byte) (v value, rest []byte, err error) {
	var whole cbor.RawMessage
	rest, err = vs.mode.UnmarshalFirst(data, &whole)
	if err != nil {
		return value{}, nil, fmt.Errorf("not well-formed CBOR: %w", err)
	}
	r := cborReader{values: vs, data: data[:len(data)-len(rest)]}
	v, err = r.value()
	return v, rest, err
}

// cborReader takes apart an item that is known to be well-formed.
type cborReader struct {
	*values
	data []byte
}

var errCBOR = errors.New("not well-formed CBOR")

const (
	majorUnsigned = iota
	majorNegative
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

// head reads the first byte of an item and the argument that it announces.
// open is set for items of indefinite length, and for the byte that ends them.
func (r *cborReader) head() (major byte, info byte, arg uint64, open bool, err error) {
	if len(r.data) == 0 {
		return 0, 0, 0, false, errCBOR
	}
	major, info = r.data[0]>>5, r.data[0]&31
	r.data = r.data[1:]
	if info < 24 {
		return major, info, uint64(info), false, nil
	}
	if info == 31 {
		return major, info, 0, true, nil
	}
	size := 1 << (info - 24)
	if info > 27 || len(r.data) < size {
		return 0, 0, 0, false, errCBOR
	}
	var wide [8]byte
	copy(wide[8-size:], r.data)
	r.data = r.data[size:]
	return major, info, binary.BigEndian.Uint64(wide[:]), false, nil
}

// value reads one item; of a map it notes where it stood.
func (r *cborReader) value() (value, error) {
	if r.left--; r.left < 0 {
		return value{}, errValueCount
	}
	from := r.data
	v, err := r.item()
	if v.kind == kindMap {
		v.data = from[:len(from)-len(r.data)]
	}
	return v, err
}

func (r *cborReader) item() (value, error) {
	major, info, arg, open, err := r.head()
	if err != nil {
		return value{}, err
	}
	switch major {
	case majorUnsigned:
		return value{kind: kindInteger, number: arg, text: strconv.FormatUint(arg, 10)}, nil
	case majorNegative:
		return negative(arg), nil
	case majorBytes, majorText:
		return r.chunks(major, arg, open)
	case majorArray:
		return r.array(arg, open)
	case majorMap:
		return r.mapping(arg, open)
	case majorTag:
		v, err := r.value()
		switch arg {
		case 0:
			v.date = dateText
		case 1:
			v.date = dateEpoch
		}
		return v, err
	}
	return simple(info, arg), nil
}

func negative(arg uint64) value {
	v := value{kind: kindInteger, number: arg, minus: true, text: "-18446744073709551616"}
	if arg != math.MaxUint64 {
		v.text = "-" + strconv.FormatUint(arg+1, 10)
	}
	return v
}

// chunks reads a byte or text string, which may come in pieces.
func (r *cborReader) chunks(major byte, size uint64, open bool) (value, error) {
	if !open {
		b, err := r.take(size)
		return stringValue(major, b), err
	}
	var all []byte
	for !r.atBreak() {
		_, _, n, _, err := r.head()
		if err != nil {
			return value{}, err
		}
		b, err := r.take(n)
		if err != nil {
			return value{}, err
		}
		all = append(all, b...)
	}
	return stringValue(major, all), nil
}

func (r *cborReader) take(size uint64) ([]byte, error) {
	if size > uint64(len(r.data)) {
		return nil, errCBOR
	}
	b := r.data[:size:size]
	r.data = r.data[size:]
	return b, nil
}

// atBreak tells whether the item of indefinite length ends here, and passes
// its end.
func (r *cborReader) atBreak() bool {
	if len(r.data) == 0 {
		return true
	}
	if r.data[0] != 0xff {
		return false
	}
	r.data = r.data[1:]
	return true
}

func stringValue(major byte, b []byte) value {
	if major == majorBytes {
		return value{kind: kindBytes, data: b}
	}
	return value{kind: kindText, text: cleanText(b)}
}

// cleanText makes text of bytes: what is not UTF-8 is replaced, and zero
// bytes at the end go, as ExifTool lets them go.
func cleanText(b []byte) string {
	s := strings.TrimRight(string(b), "\x00")
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "?")
	}
	return s
}

func (r *cborReader) array(n uint64, open bool) (value, error) {
	v := value{kind: kindList}
	for i := uint64(0); open || i < n; i++ {
		if open && r.atBreak() {
			break
		}
		item, err := r.value()
		if err != nil {
			return v, err
		}
		v.twice = v.twice || item.twice
		v.items = append(v.items, item)
	}
	return v, nil
}

func (r *cborReader) mapping(n uint64, open bool) (value, error) {
	v := value{kind: kindMap}
	seen := map[string]bool{}
	for i := uint64(0); open || i < n; i++ {
		if open && r.atBreak() {
			break
		}
		key, err := r.value()
		if err != nil {
			return v, err
		}
		val, err := r.value()
		if err != nil {
			return v, err
		}
		id := string('0'+rune(key.kind)) + key.text + string(key.data)
		v.twice = v.twice || val.twice || seen[id]
		seen[id] = true
		v.items = append(v.items, key, val)
	}
	return v, nil
}

// simple makes a value of major type 7: a float, or a value with a name.
func simple(info byte, arg uint64) value {
	switch info {
	case 20:
		return value{kind: kindBool, text: "False"}
	case 21:
		return value{kind: kindBool, text: "True"}
	case 22, 23:
		return value{kind: kindNull}
	case 25:
		return float(halfFloat(uint16(arg)))
	case 26:
		return float(float64(math.Float32frombits(uint32(arg))))
	case 27:
		return float(math.Float64frombits(arg))
	}
	return value{kind: kindOther, text: fmt.Sprintf("Unknown (%d)", arg)}
}

func float(f float64) value {
	return value{kind: kindFloat, text: floatText(f)}
}

// halfFloat widens an IEEE 754 number of 16 bits (RFC 8949, appendix D).
func halfFloat(h uint16) float64 {
	exp, mant := int(h>>10)&31, float64(h&1023)
	var f float64
	switch exp {
	case 0:
		f = math.Ldexp(mant, -24)
	case 31:
		f = math.Inf(1)
		if mant != 0 {
			f = math.NaN()
		}
	default:
		f = math.Ldexp(mant+1024, exp-25)
	}
	if h&0x8000 != 0 {
		f = -f
	}
	return f
}
