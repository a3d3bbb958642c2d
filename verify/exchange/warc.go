package exchange

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
)

// Bounds of web archives (WARC 1.0 and 1.1, ISO 28500).
const (
	maxWARCHeader  = 64 << 10
	maxWARCRecords = 2_000_000
)

// warcRecord is one record: its header, and its block while it is the current
// one.
type warcRecord struct {
	version string
	header  textproto.MIMEHeader
	block   io.Reader
}

// errWARC is text that is no record.
var errWARC = errors.New("not a WARC record")

// eachWARC reads the records of a WARC, compressed record by record or not, and
// no more than the budget has once they are unpacked. The block of a record is
// gone when each returns. The error of each ends it.
func eachWARC(r io.Reader, packed bool, b *budget, each func(warcRecord) error) error {
	if packed {
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			return fmt.Errorf("it is not compressed by gzip: %w", err)
		}
		r = b.of(unpacked)
	}
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 0; ; n++ {
		if n >= maxWARCRecords {
			return fmt.Errorf("it has more than %d records", maxWARCRecords)
		}
		rec, length, err := warcHead(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("record %d: %w", n+1, err)
		}
		block := &io.LimitedReader{R: in, N: length}
		rec.block = block
		if err := each(rec); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, block); err != nil {
			return fmt.Errorf("record %d: %w", n+1, err)
		}
		if block.N > 0 {
			return fmt.Errorf("record %d: it ends %d bytes early", n+1, block.N)
		}
	}
}

// warcHead reads the lines before a block.
func warcHead(in *bufio.Reader) (warcRecord, int64, error) {
	lines := lineReader{in: in, left: maxWARCHeader}
	first := ""
	for first == "" { // two empty lines end the record before
		line, err := lines.next()
		if err != nil {
			return warcRecord{}, 0, err
		}
		first = line
	}
	if !strings.HasPrefix(first, "WARC/") {
		return warcRecord{}, 0, fmt.Errorf("%w: it begins with %.40q", errWARC, first)
	}
	rec := warcRecord{version: first, header: textproto.MIMEHeader{}}
	last := ""
	for {
		line, err := lines.next()
		if err != nil {
			return warcRecord{}, 0, noEnd(err)
		}
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' { // goes on with the value before
			if v := rec.header[last]; len(v) > 0 {
				v[len(v)-1] += " " + strings.TrimSpace(line)
			}
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return warcRecord{}, 0, fmt.Errorf("%w: the line %.40q", errWARC, line)
		}
		last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(key))
		rec.header.Add(last, strings.TrimSpace(value))
	}
	length, err := strconv.ParseInt(rec.header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return warcRecord{}, 0, fmt.Errorf("%w: its Content-Length is %.40q", errWARC, rec.header.Get("Content-Length"))
	}
	return rec, length, nil
}

func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// lineReader reads lines up to a number of bytes in all.
type lineReader struct {
	in   *bufio.Reader
	left int
}

func (l *lineReader) next() (string, error) {
	var line []byte
	for {
		part, err := l.in.ReadSlice('\n')
		line = append(line, part...)
		if l.left -= len(part); l.left < 0 {
			return "", fmt.Errorf("%w: its header is longer than %d KiB", errWARC, maxWARCHeader>>10)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && len(line) > 0 {
			return "", io.ErrUnexpectedEOF
		}
		return strings.TrimRight(string(line), "\r\n"), err
	}
}
