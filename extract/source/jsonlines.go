package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// jsonRecords calls visit for each object of a file that holds many: one a
// line (JSON Lines), one after the other over several lines, or as the
// elements of one array. A line that is no JSON is counted and passed over,
// for scrapers that were stopped leave one; in the other two forms nothing can
// be read behind a fault.
func jsonRecords(out *reading, r io.Reader, s sniffed, limit int64, visit func(json.RawMessage) error) {
	if isJSONLines(s.head) {
		readLines(out, r, limit, visit)
		return
	}
	stream := newJSONStream(r, limit)
	out.stop(streamRecords(stream, s.array, visit), stream.offset())
}

// isJSONLines reports text whose first line is a JSON object by itself.
func isJSONLines(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	line, _, found := bytes.Cut(head, []byte("\n"))
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	// A line longer than what was looked at is none of a file in many lines.
	return !found && len(head) >= sniffSize/2 || json.Valid(bytes.TrimSpace(line))
}

func streamRecords(stream *jsonStream, array bool, visit func(json.RawMessage) error) error {
	element := func() error {
		var raw json.RawMessage
		if err := stream.value(&raw); err != nil {
			return err
		}
		return visit(raw)
	}
	if array {
		if _, err := stream.open(); err != nil {
			return err
		}
		return stream.elements(element)
	}
	for {
		switch err := element(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// readLines reads JSON Lines.
func readLines(out *reading, r io.Reader, limit int64, visit func(json.RawMessage) error) {
	lines := &lineReader{r: bufio.NewReaderSize(newEscapeMender(&metered{r: r, total: limit, value: limit}), 64<<10)}
	for {
		line, err := lines.next()
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 && err != errValueLarge {
			if !json.Valid(trimmed) {
				out.broken.add(string(trimmed[:min(len(trimmed), maxQuoted+1)]))
			} else if visitErr := visit(trimmed); visitErr != nil {
				out.stop(visitErr, lines.at)
				return
			}
		}
		switch {
		case err == errValueLarge:
			out.broken.add("one of more than 8 MiB")
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			out.stop(err, lines.at)
			return
		}
	}
}

// lineReader gives the lines of a text. One that is longer than a JSON value
// may be is passed over.
type lineReader struct {
	r    *bufio.Reader
	line []byte
	at   int64 // bytes read
}

// next returns the next line, which is valid until the next call. The error
// is io.EOF beside the last line.
func (l *lineReader) next() ([]byte, error) {
	l.line = l.line[:0]
	long := false
	for {
		piece, err := l.r.ReadSlice('\n')
		l.at += int64(len(piece))
		if long = long || len(l.line)+len(piece) > maxJSONValue; !long {
			l.line = append(l.line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errValueLarge
		default:
			return l.line, err
		}
	}
}
