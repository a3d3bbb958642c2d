package exif

import (
	"bytes"
	"fmt"
	"io"

	goexif "github.com/rwcarlsen/goexif/exif"
	"github.com/rwcarlsen/goexif/tiff"
)

// alone writes one entry followed by its value, so that its offset can reach
// nothing else.
func alone(order byteOrder, e entry) []byte {
	b := make([]byte, 0, 12+len(e.value))
	b = order.AppendUint16(b, e.id)
	b = order.AppendUint16(b, e.typ)
	b = order.AppendUint32(b, e.count)
	if len(e.value) <= 4 {
		b = append(b, e.value...)
		return append(b, make([]byte, 4-len(e.value))...)
	}
	b = order.AppendUint32(b, 12)
	return append(b, e.value...)
}

// loadClean writes the clean structure, lets goexif decode it, and adds the
// names that goexif does not know (OffsetTime, BodySerialNumber, ...) under a
// key that also says the directory.
func loadClean(order byteOrder, accepted []entry) (*goexif.Exif, error) {
	data, at := cleanTIFF(order, accepted)
	x, err := goexif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("goexif: %w", err)
	}
	for ifd, offset := range at {
		r := bytes.NewReader(data)
		if _, err := r.Seek(offset, io.SeekStart); err != nil {
			return nil, fmt.Errorf("goexif: %w", err)
		}
		dir, _, err := tiff.DecodeDir(r, order)
		if err != nil {
			return nil, fmt.Errorf("goexif: %w", err)
		}
		names := make(map[uint16]goexif.FieldName, len(dir.Tags))
		for _, t := range dir.Tags {
			names[t.Id] = fieldName(ifd, tagName(ifd, t.Id))
		}
		x.LoadTags(dir, names, false)
	}
	return x, nil
}

// fieldName is the key under which a tag of one directory is kept in goexif's
// record, where plain names would collide between directories.
func fieldName(ifd, name string) goexif.FieldName { return goexif.FieldName(ifd + ":" + name) }

// cleanTIFF writes the entries of the five standard directories as one TIFF
// without a loop, an overlap or an offset out of range. It also gives the
// offset of each directory written.
//
// Layout: header, IFD0, ExifIFD, GPS, InteropIFD, IFD1, then all values.
func cleanTIFF(order byteOrder, accepted []entry) ([]byte, map[string]int64) {
	dirs := map[string][]entry{}
	for _, e := range accepted {
		dirs[e.ifd] = append(dirs[e.ifd], e)
	}
	pointers := map[string][]string{IFD0: {ExifIFD, GPSIFD}, ExifIFD: {Interop}}
	ids := map[string]uint16{ExifIFD: tagExif, GPSIFD: tagGPS, Interop: tagInterop}

	at, end := map[string]int64{}, int64(8)
	for _, ifd := range [...]string{IFD0, ExifIFD, GPSIFD, Interop, IFD1} {
		if ifd == IFD1 && len(dirs[ifd]) == 0 {
			continue
		}
		at[ifd] = end
		end += 2 + 12*int64(len(dirs[ifd])+len(pointers[ifd])) + 4
	}

	b := append([]byte(nil), "II*\x00"...)
	if order.Uint16([]byte{0, 1}) == 1 {
		b = append(b[:0], "MM\x00*"...)
	}
	b = order.AppendUint32(b, uint32(at[IFD0]))
	var values []byte
	for _, ifd := range [...]string{IFD0, ExifIFD, GPSIFD, Interop, IFD1} {
		if at[ifd] == 0 {
			continue
		}
		b = order.AppendUint16(b, uint16(len(dirs[ifd])+len(pointers[ifd])))
		for _, p := range pointers[ifd] {
			b = appendEntry(b, order, entry{id: ids[p], typ: typeLong, count: 1}, uint32(at[p]))
		}
		for _, e := range dirs[ifd] {
			b = appendEntry(b, order, e, uint32(end)+uint32(len(values)))
			if len(e.value) > 4 {
				values = append(values, e.value...)
			}
		}
		next := uint32(0)
		if ifd == IFD0 {
			next = uint32(at[IFD1])
		}
		b = order.AppendUint32(b, next)
	}
	return append(b, values...), at
}

// appendEntry writes the twelve bytes of an entry; offset stands in it where
// the value is too long to be held, or where there is none.
func appendEntry(b []byte, order byteOrder, e entry, offset uint32) []byte {
	b = order.AppendUint16(b, e.id)
	b = order.AppendUint16(b, e.typ)
	b = order.AppendUint32(b, e.count)
	if n := len(e.value); n > 0 && n <= 4 {
		b = append(b, e.value...)
		return append(b, make([]byte, 4-n)...)
	}
	return order.AppendUint32(b, offset)
}
