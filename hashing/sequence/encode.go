package sequence

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// reelVersion is the first byte of a written reel.
const reelVersion = 1

// A written reel is: version, W, H (a byte each), the number of moments, then
// everything else through flate (Huffman codes alone: what is left of noise does
// not repeat): for each moment its milliseconds after the moment before (the
// first: after zero) as a signed varint, how its pixels are predicted (a byte),
// and what each pixel differs from its prediction by, nothing for a moment that
// repeats the one before.
const (
	fromLeft = iota // from the pixels to the left and above
	fromLast        // from the same pixel of the moment before
	predictions
	repeated = predictions
)

// AppendBinary appends the reel as bytes: of the same reel always the same, as
// read by DecodeReel. Pictures are kept to the grey level.
func (r *Reel) AppendBinary(b []byte) ([]byte, error) {
	if !r.valid() {
		return b, errors.New("write reel: sides, pictures and times do not fit together")
	}
	b = append(b, reelVersion, byte(r.W), byte(r.H))
	b = binary.AppendUvarint(b, uint64(len(r.Moments)))
	out := bytes.NewBuffer(b)
	pack, err := flate.NewWriter(out, flate.HuffmanOnly)
	if err != nil {
		return b, fmt.Errorf("write reel: %w", err)
	}
	var last []byte
	var at int64
	line := make([]byte, 0, r.W*r.H+binary.MaxVarintLen64+1)
	for _, m := range r.Moments {
		t := int64(math.Round(m.At * 1000))
		line = binary.AppendVarint(line[:0], t-at)
		at = t
		line = r.appendResidual(line, m.Pix, last)
		if _, err := pack.Write(line); err != nil {
			return b, fmt.Errorf("write reel: %w", err)
		}
		last = m.Pix
	}
	if err := pack.Close(); err != nil {
		return b, fmt.Errorf("write reel: %w", err)
	}
	return out.Bytes(), nil
}

// appendResidual appends the better prediction and what differs from it.
func (r *Reel) appendResidual(to, pix, last []byte) []byte {
	if last != nil && bytes.Equal(pix, last) {
		return append(to, repeated)
	}
	best, least := fromLeft, math.MaxInt
	for how := range predictions {
		if how == fromLast && last == nil {
			continue
		}
		cost := 0
		for i, v := range pix {
			d := int(int8(v - r.predicted(how, pix, last, i)))
			cost += max(d, -d)
		}
		if cost < least {
			best, least = how, cost
		}
	}
	to = append(to, byte(best))
	for i, v := range pix {
		to = append(to, v-r.predicted(best, pix, last, i))
	}
	return to
}

// predicted guesses pixel i from what is known before it. From the left it is
// the median of left, above and the plane through the three neighbours, as in
// JPEG-LS (ITU-T T.87).
func (r *Reel) predicted(how int, pix, last []byte, i int) byte {
	if how == fromLast {
		return last[i]
	}
	switch x, y := i%r.W, i/r.W; {
	case x == 0 && y == 0:
		return 128
	case y == 0:
		return pix[i-1]
	case x == 0:
		return pix[i-r.W]
	}
	left, above, corner := pix[i-1], pix[i-r.W], pix[i-r.W-1]
	switch low, high := min(left, above), max(left, above); {
	case corner >= high:
		return low
	case corner <= low:
		return high
	}
	return left + above - corner
}

// DecodeReel reads what AppendBinary wrote. It allocates no more than the bytes
// that are there unpack to, and at most MostMoments pictures.
func DecodeReel(b []byte) (Reel, error) {
	if len(b) < 4 || b[0] != reelVersion {
		return Reel{}, errors.New("read reel: unknown version")
	}
	r := Reel{W: int(b[1]), H: int(b[2])}
	n, k := binary.Uvarint(b[3:])
	if k <= 0 || n > MostMoments || !r.valid() {
		return Reel{}, errors.New("read reel: impossible sides or number of moments")
	}
	in := &reelReader{Reader: flate.NewReader(bytes.NewReader(b[3+k:]))}
	var at int64
	for range n {
		t, err := binary.ReadVarint(in)
		if err != nil {
			return Reel{}, fmt.Errorf("read reel: time of moment %d: %w", len(r.Moments), err)
		}
		if t > 1000*mostSecondsOfReel || t < -1000*mostSecondsOfReel {
			return Reel{}, errors.New("read reel: impossible time")
		}
		at += t
		pix, err := r.readPicture(in)
		if err != nil {
			return Reel{}, fmt.Errorf("read reel: picture of moment %d: %w", len(r.Moments), err)
		}
		r.Moments = append(r.Moments, Moment{float64(at) / 1000, pix})
	}
	if !r.valid() {
		return Reel{}, errors.New("read reel: times are not in order")
	}
	return r, nil
}

func (r *Reel) readPicture(in *reelReader) ([]byte, error) {
	how, err := in.ReadByte()
	if err != nil {
		return nil, err
	}
	var last []byte
	if n := len(r.Moments); n > 0 {
		last = r.Moments[n-1].Pix
	}
	switch {
	case how > repeated || how != fromLeft && last == nil:
		return nil, errors.New("unknown prediction")
	case how == repeated:
		return last, nil
	}
	pix := make([]byte, r.W*r.H)
	if _, err := io.ReadFull(in, pix); err != nil {
		return nil, err
	}
	for i := range pix {
		pix[i] += r.predicted(int(how), pix, last, i)
	}
	return pix, nil
}

// reelReader reads single bytes, too.
type reelReader struct {
	io.Reader
	one [1]byte
}

func (r *reelReader) ReadByte() (byte, error) {
	_, err := io.ReadFull(r.Reader, r.one[:])
	return r.one[0], err
}
