package video

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// packedModule is the engine's WebAssembly module, see engine/README.md. It
// stays in the executable's file until it is read.
//
//go:embed engine/ffmpreg.wasm.gz
var packedModule string

// moduleBytes is about how large the unpacked module is.
const moduleBytes = 21 << 20

// unpackModule gives the engine's module.
func unpackModule() ([]byte, error) {
	z, err := gzip.NewReader(strings.NewReader(packedModule))
	if err != nil {
		return nil, fmt.Errorf("unpack the engine: %w", err)
	}
	module := bytes.NewBuffer(make([]byte, 0, moduleBytes))
	if _, err := io.Copy(module, z); err != nil {
		return nil, fmt.Errorf("unpack the engine: %w", err)
	}
	return module.Bytes(), nil
}
