package video

// heap is a decoder's memory in Go's own: for systems without mappings, and
// where one is refused.
type heap struct{ b []byte }

func (h *heap) Reallocate(size uint64) []byte {
	if size > wasmMemory {
		return nil
	}
	if size > uint64(len(h.b)) {
		h.b = append(h.b, make([]byte, size-uint64(len(h.b)))...)
	}
	return h.b[:size]
}

func (h *heap) Free() { h.b = nil }
