package container

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
)

// inflate undoes zlib compression within the budget. What came out before
// the damage is returned with the error.
func (s *scan) inflate(packed []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	limit := min(s.budget.BlockBytes, s.budget.Inflated)
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
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
