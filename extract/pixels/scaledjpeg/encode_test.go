package scaledjpeg

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
)

// encoder writes sequential JPEGs that image/jpeg cannot: any sampling factors,
// restart markers, a scan for each component, 1, 3 or 4 components. It borrows
// the tables of image/jpeg.
type encoder struct {
	factors  [][2]int // of each component
	restart  int
	separate bool // each component in a scan of its own
	adobe    int  // transform of an APP14 segment, -1 for none
	w, h     int
	sample   func(component, x, y int) float64 // 0..255, in pixels of the whole picture

	codes [2]map[byte]code // DC and AC
	out   bytes.Buffer
	acc   uint64
	n     uint
}

type code struct {
	bits uint32
	len  uint
}

// segments cuts the named segments, without their marker, out of a JPEG.
func segments(file []byte, marker byte) (out [][]byte) {
	for at := 2; at+4 <= len(file) && file[at] == 0xff && file[at+1] != markerSOS; {
		n := int(binary.BigEndian.Uint16(file[at+2:]))
		if file[at+1] == marker {
			out = append(out, file[at+2:at+2+n])
		}
		at += 2 + n
	}
	return out
}

func (e *encoder) encode() []byte {
	var grey bytes.Buffer
	if err := jpeg.Encode(&grey, image.NewGray(image.Rect(0, 0, 8, 8)), &jpeg.Options{Quality: 92}); err != nil {
		panic(err)
	}
	e.out.Write([]byte{0xff, markerSOI})
	if e.adobe >= 0 {
		e.segment(markerAPPE, append([]byte("Adobe\x00\x64\x00\x00\x00\x00"), byte(e.adobe)))
	}
	dqt, dht := segments(grey.Bytes(), markerDQT)[0], segments(grey.Bytes(), markerDHT)[0]
	e.segment(markerDQT, dqt[2:])
	e.segment(markerDHT, dht[2:])
	e.learn(dht[2:])
	frame := []byte{8, byte(e.h >> 8), byte(e.h), byte(e.w >> 8), byte(e.w), byte(len(e.factors))}
	for i, f := range e.factors {
		frame = append(frame, byte(i+1), byte(f[0]<<4|f[1]), 0)
	}
	e.segment(markerSOF1, frame)
	if e.restart > 0 {
		e.segment(markerDRI, []byte{byte(e.restart >> 8), byte(e.restart)})
	}
	all := make([]int, len(e.factors))
	for i := range all {
		all[i] = i
	}
	if e.separate {
		for i := range all {
			e.scan(all[i:i+1], dqt[3:])
		}
	} else {
		e.scan(all, dqt[3:])
	}
	e.out.Write([]byte{0xff, markerEOI})
	return e.out.Bytes()
}

func (e *encoder) segment(marker byte, body []byte) {
	e.out.Write([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)})
	e.out.Write(body)
}

// learn takes the codes from a Huffman segment of the first two tables.
func (e *encoder) learn(dht []byte) {
	for len(dht) > 0 {
		table := map[byte]code{}
		values := dht[17:]
		next := uint32(0)
		for length := uint(1); length <= 16; length++ {
			for range dht[length] {
				table[values[0]] = code{next, length}
				values = values[1:]
				next++
			}
			next <<= 1
		}
		if e.codes[dht[0]>>4] == nil {
			e.codes[dht[0]>>4] = table
		}
		dht = values
	}
}

func (e *encoder) scan(components []int, quant []byte) {
	head := []byte{byte(len(components))}
	for _, c := range components {
		head = append(head, byte(c+1), 0)
	}
	e.segment(markerSOS, append(head, 0, 63, 0))
	hMax, vMax := 1, 1
	for _, f := range e.factors {
		hMax, vMax = max(hMax, f[0]), max(vMax, f[1])
	}
	unitsX, unitsY := (e.w+8*hMax-1)/(8*hMax), (e.h+8*vMax-1)/(8*vMax)
	alone := len(components) == 1
	if alone {
		f := e.factors[components[0]]
		unitsX, unitsY = blocksOf(e.w*f[0], hMax), blocksOf(e.h*f[1], vMax)
		if len(e.factors) == 1 {
			unitsX, unitsY = (e.w+7)/8, (e.h+7)/8
			hMax, vMax = f[0], f[1]
		}
	}
	before := make([]int, len(e.factors))
	for unit := range unitsX * unitsY {
		if e.restart > 0 && unit > 0 && unit%e.restart == 0 {
			e.flush()
			e.out.Write([]byte{0xff, byte(markerRST0 + (unit/e.restart-1)%8)})
			clear(before)
		}
		for _, c := range components {
			f := e.factors[c]
			across, down := f[0], f[1]
			if alone {
				across, down = 1, 1
			}
			for b := range across * down {
				x := unit%unitsX*across + b%across
				y := unit/unitsX*down + b/across
				e.block(c, x, y, hMax/f[0], vMax/f[1], quant, &before[c])
			}
		}
	}
	e.flush()
}

// block encodes a block whose samples are each that many pixels wide and high.
func (e *encoder) block(c, bx, by, wide, high int, quant []byte, before *int) {
	var s [8][8]float64
	for y := range 8 {
		for x := range 8 {
			sum := 0.0
			for j := range high {
				for i := range wide {
					px := min((bx*8+x)*wide+i, e.w-1)
					py := min((by*8+y)*high+j, e.h-1)
					sum += e.sample(c, px, py)
				}
			}
			s[y][x] = sum/float64(wide*high) - 128
		}
	}
	var q [blockSize]int
	for k := range q {
		u, v := zigzag(k)
		sum := 0.0
		for y := range 8 {
			for x := range 8 {
				sum += s[y][x] * math.Cos(float64(2*x+1)*float64(u)*math.Pi/16) * math.Cos(float64(2*y+1)*float64(v)*math.Pi/16)
			}
		}
		for _, f := range []int{u, v} {
			if f == 0 {
				sum /= math.Sqrt2
			}
		}
		q[k] = int(math.Round(sum / 4 / float64(quant[k])))
	}
	e.number(0, 0, q[0]-*before)
	*before = q[0]
	run := 0
	for k := 1; k < blockSize; k++ {
		if q[k] == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			e.code(1, 0xf0)
		}
		e.number(1, run, q[k])
		run = 0
	}
	if run > 0 {
		e.code(1, 0)
	}
}

// zigzag gives the frequencies at a place of the zig-zag order, figure A.6.
func zigzag(k int) (u, v int) {
	for d := 0; ; d++ {
		from, to := max(0, d-7), min(d, 7)
		if n := to - from + 1; k >= n {
			k -= n
			continue
		}
		if d%2 == 0 {
			return from + k, d - from - k
		}
		return to - k, d - to + k
	}
}

// number writes a code for run and size, then the amplitude.
func (e *encoder) number(class, run, v int) {
	size := uint(0)
	for a := max(v, -v); a > 0; a >>= 1 {
		size++
	}
	e.code(class, byte(run<<4)|byte(size))
	if v < 0 {
		v += 1<<size - 1
	}
	e.bits(uint32(v), size)
}

func (e *encoder) code(class int, symbol byte) {
	c, ok := e.codes[class][symbol]
	if !ok {
		panic("no code for the symbol")
	}
	e.bits(c.bits, c.len)
}

func (e *encoder) bits(v uint32, n uint) {
	e.acc = e.acc<<n | uint64(v)&(1<<n-1)
	for e.n += n; e.n >= 8; e.n -= 8 {
		b := byte(e.acc >> (e.n - 8))
		e.out.WriteByte(b)
		if b == 0xff {
			e.out.WriteByte(0)
		}
	}
}

func (e *encoder) flush() {
	if e.n > 0 {
		e.bits(0x7f, 8-e.n)
	}
	e.acc, e.n = 0, 0
}
