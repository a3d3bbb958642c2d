package atlas

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Build packs a table. The rows that names speak of are those of places as
// given; the packed table has an order of its own. Equal input gives equal
// bytes.
func Build(places []Place, names []Name) ([]byte, error) {
	if len(places) > maxPlaces || len(names) > maxNames {
		return nil, errors.New("more places or names than an atlas can hold")
	}
	order := make([]int32, len(places))
	for i := range order {
		order[i] = int32(i)
	}
	// Near places stand together, so that their positions differ little.
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &places[i], &places[j]
		return cmp.Or(strings.Compare(a.Country, b.Country), strings.Compare(a.Admin, b.Admin),
			cmp.Compare(math.Round(a.Lat*4), math.Round(b.Lat*4)), cmp.Compare(a.Lon, b.Lon), cmp.Compare(a.ID, b.ID))
	})
	rank := make([]int32, len(places))
	for to, from := range order {
		rank[from] = int32(to)
	}
	var w writer
	if err := w.places(places, order); err != nil {
		return nil, err
	}
	if err := w.keys(names, rank); err != nil {
		return nil, err
	}
	return pack(w.buf)
}

func pack(plain []byte) ([]byte, error) {
	out := bytes.NewBufferString(magic)
	z, err := flate.NewWriter(out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// writer collects the unpacked form: numbers as varints, texts with their
// length before them.
type writer struct{ buf []byte }

func (w *writer) number(n int)   { w.buf = binary.AppendUvarint(w.buf, uint64(n)) }
func (w *writer) signed(n int64) { w.buf = binary.AppendVarint(w.buf, n) }
func (w *writer) text(s string)  { w.number(len(s)); w.buf = append(w.buf, s...) }

// places writes the table by columns: like stands by like and packs well.
func (w *writer) places(places []Place, order []int32) error {
	w.number(len(places))
	for i := 0; i < len(order); { // runs of one region
		p, n := &places[order[i]], 1
		for i+n < len(order) && places[order[i+n]].Country == p.Country && places[order[i+n]].Admin == p.Admin {
			n++
		}
		w.number(n)
		w.text(p.Country)
		w.text(p.Admin)
		i += n
	}
	for _, column := range []func(*Place) int64{
		func(p *Place) int64 { return p.ID },
		func(p *Place) int64 { return int64(math.Round(p.Lat * scale)) },
		func(p *Place) int64 { return int64(math.Round(p.Lon * scale)) },
	} {
		last := int64(0)
		for _, i := range order {
			v := column(&places[i])
			w.signed(v - last)
			last = v
		}
	}
	for _, i := range order {
		w.number(int(places[i].Population))
	}
	for _, i := range order {
		w.number(len(places[i].Name))
	}
	for _, i := range order {
		p := &places[i]
		if p.ID <= 0 || p.ID > math.MaxUint32 || p.Population < 0 || p.Population > math.MaxUint32 ||
			len(p.Name) > math.MaxUint16 || !(math.Abs(p.Lat) <= 90) || !(math.Abs(p.Lon) <= 180) {
			return fmt.Errorf("place %d %q has a value out of range", p.ID, p.Name)
		}
		w.buf = append(w.buf, p.Name...)
	}
	return nil
}

// keys writes the names in order. Each says how many bytes it shares with the
// one before; the first of a block shares none.
func (w *writer) keys(names []Name, rank []int32) error {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b Name) int { return strings.Compare(a.Key, b.Key) })
	w.number(len(names))
	last := ""
	for i, n := range names {
		if n.Key == "" || len(n.Key) > maxKey || len(n.Places) > maxPerName || i > 0 && n.Key == last {
			return fmt.Errorf("name %q is empty, too long, double, or stands for too many places", n.Key)
		}
		shared := 0
		if i%blockSize != 0 {
			for shared < min(len(n.Key), len(last)) && n.Key[shared] == last[shared] {
				shared++
			}
		}
		w.number(shared)
		w.text(n.Key[shared:])
		if err := w.entry(n.Entry, rank); err != nil {
			return fmt.Errorf("name %q: %w", n.Key, err)
		}
		last = n.Key
	}
	return nil
}

func (w *writer) entry(e Entry, rank []int32) error {
	head := len(e.Places) << 2
	if e.Common {
		head |= 1
	}
	if e.Country != "" {
		head |= 2
	}
	w.number(head)
	if e.Country != "" {
		w.text(e.Country)
	}
	rows := make([]int32, len(e.Places))
	for i, p := range e.Places {
		if p < 0 || int(p) >= len(rank) {
			return fmt.Errorf("there is no place %d", p)
		}
		rows[i] = rank[p]
	}
	slices.Sort(rows)
	last := int32(0)
	for _, r := range rows {
		w.number(int(r - last))
		last = r
	}
	return nil
}
