package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"path"
	"strings"
)

// sniffSize is how much of a file is looked at to tell what it is: the keys
// that mark a format stand in the first object, and scrapers write those of a
// post before its long values.
const sniffSize = 64 << 10

// sniffed is what the start of a file shows.
type sniffed struct {
	head  []byte // as it stands, but for a byte order mark of UTF-8
	array bool   // a JSON array of what keys speak of
	keys  keySet // of the first JSON object
}

// isUTF16 reports the byte order mark of UTF-16, in which spreadsheets save
// tables and whose letters have zero bytes.
func isUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

// keySet holds the keys of a JSON object and, joined by dots, those of objects
// inside it; of an array the first element counts.
type keySet map[string]bool

func (k keySet) all(keys ...string) bool {
	for _, key := range keys {
		if !k[key] {
			return false
		}
	}
	return true
}

func (k keySet) any(keys ...string) bool {
	for _, key := range keys {
		if k[key] {
			return true
		}
	}
	return false
}

// Bounds on the keys that are looked at.
const (
	maxSniffDepth = 3
	maxSniffKeys  = 2_000
)

// sniff looks at the start of a file.
func sniff(head []byte) sniffed {
	s := sniffed{head: bytes.TrimPrefix(head, []byte("\ufeff"))}
	first := bytes.TrimLeft(s.head, " \t\r\n")
	if len(first) == 0 || (first[0] != '{' && first[0] != '[') {
		return s
	}
	s.keys = make(keySet)
	walk := keyWalk{dec: json.NewDecoder(bytes.NewReader(first)), keys: s.keys}
	s.array = first[0] == '['
	walk.value("", 0)
	return s
}

// keyWalk collects keys until the text ends or breaks.
type keyWalk struct {
	dec  *json.Decoder
	keys keySet
}

// value walks over one value. It reports whether the walk can go on.
func (w *keyWalk) value(prefix string, depth int) bool {
	token, err := w.dec.Token()
	if err != nil || depth > maxJSONDepth {
		return false
	}
	switch token {
	case json.Delim('{'):
		return w.object(prefix, depth)
	case json.Delim('['):
		for first := true; w.dec.More(); first = false {
			inner := prefix
			if !first {
				inner = ignored
			}
			if !w.value(inner, depth+1) {
				return false
			}
			if depth == 0 {
				return false // of an array as a whole the first element is enough
			}
		}
		_, err = w.dec.Token()
	}
	return err == nil
}

// ignored is the prefix of keys that are not kept.
const ignored = "\x00"

func (w *keyWalk) object(prefix string, depth int) bool {
	for w.dec.More() {
		token, err := w.dec.Token()
		key, isKey := token.(string)
		if err != nil || !isKey || len(w.keys) >= maxSniffKeys {
			return false
		}
		inner := prefix + key
		if prefix != ignored && strings.Count(prefix, ".") < maxSniffDepth {
			w.keys[inner] = true
			inner += "."
		} else {
			inner = ignored
		}
		if !w.value(inner, depth+1) {
			return false
		}
	}
	_, err := w.dec.Token()
	return err == nil
}

// readByContent reads a file whose start shows one of the formats that are
// known by their keys or columns alone. When it is none of them, out is nil
// and rest gives the whole file.
func readByContent(r io.Reader, rel string, n *names, limit int64) (out *reading, rest io.Reader) {
	buffered := bufio.NewReaderSize(r, sniffSize)
	head, _ := buffered.Peek(sniffSize) // an error shows again when the rest is read
	s := sniff(head)
	out = &reading{dir: path.Dir(rel), names: n}
	if dialect := tweetDialect(s); dialect != nil {
		readTweets(out, buffered, s, dialect, limit)
		return out, nil
	}
	switch {
	case isArchived(s.keys):
		readArchived(out, buffered, s, limit)
	case isSaved(s.keys):
		readSaved(out, buffered, s, limit)
	case isProof(s.keys):
		readProof(out, buffered, s, limit)
	case s.keys == nil && isArchiverSheet(head):
		readArchiverSheet(out, buffered, head, limit)
	case s.keys == nil && isArchiverTable(head):
		readArchiverTable(out, buffered, head, limit)
	case s.keys == nil && isProofTable(head):
		readProofTable(out, buffered, head, limit)
	default:
		return nil, buffered
	}
	return out, nil
}
