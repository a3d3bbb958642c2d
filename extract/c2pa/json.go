package c2pa

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

var errJSONDepth = errors.New("values lie too deep inside each other")

// json reads one JSON value into the same form as CBOR. Truth values and null
// keep their JSON spelling as text, as ExifTool prints them.
func (vs *values) json(data []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimRight(data, "\x00")))
	d.UseNumber()
	v, _, err := vs.jsonValue(d, 0)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return value{}, fmt.Errorf("not well-formed JSON: %w", err)
	}
	return v, nil
}

// jsonValue reads a value; end is set for the delimiter that closes a list or
// an object.
func (vs *values) jsonValue(d *json.Decoder, depth int) (v value, end bool, err error) {
	if depth > maxNesting {
		return v, false, errJSONDepth
	}
	if vs.left--; vs.left < 0 {
		return v, false, errValueCount
	}
	token, err := d.Token()
	if err != nil {
		return v, false, err
	}
	switch t := token.(type) {
	case string:
		return value{kind: kindText, text: cleanText([]byte(t))}, false, nil
	case json.Number:
		return value{kind: kindFloat, text: t.String()}, false, nil
	case bool:
		return value{kind: kindBool, text: fmt.Sprint(t)}, false, nil
	case json.Delim:
		switch t {
		case '[':
			v, err = vs.jsonList(d, depth)
		case '{':
			v, err = vs.jsonObject(d, depth)
		default:
			return v, true, nil
		}
		return v, false, err
	}
	return value{kind: kindNull}, false, nil
}

func (vs *values) jsonList(d *json.Decoder, depth int) (value, error) {
	v := value{kind: kindList}
	for {
		item, end, err := vs.jsonValue(d, depth+1)
		if err != nil || end {
			return v, err
		}
		v.twice = v.twice || item.twice
		v.items = append(v.items, item)
	}
}

func (vs *values) jsonObject(d *json.Decoder, depth int) (value, error) {
	v := value{kind: kindMap}
	seen := map[string]bool{}
	for {
		key, end, err := vs.jsonValue(d, depth+1)
		if err != nil || end {
			return v, err
		}
		val, _, err := vs.jsonValue(d, depth+1)
		if err != nil {
			return v, err
		}
		v.twice = v.twice || val.twice || seen[key.text]
		seen[key.text] = true
		v.items = append(v.items, key, val)
	}
}
