package container

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
)

// maxInflated is the longest block that comes out of a decompressor. Texts
// and metadata are far shorter; what is longer is a bomb.
const maxInflated = 4 << 20

// inflate undoes zlib compression within the budget. What came out before
// the damage is returned with the error.
func (s *scan) inflate(packed []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	limit := min(s.budget.BlockBytes, s.budget.Inflated, maxInflated)
	var text bytes.Buffer
	text.Grow(int(min(4*int64(len(packed)), limit)))
	_, err = text.ReadFrom(io.LimitReader(z, limit+1))
	out := text.Bytes()
	over := int64(len(out)) > limit
	if over {
		out = out[:limit]
	}
	if spent := s.budget.TakeInflated(int64(len(out))); spent != nil {
		return nil, spent
	}
	if over {
		return out, &LimitError{"inflated bytes"}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) && len(out) > 0 {
		return out, errors.New("the compressed text is cut off")
	}
	return out, err
}
