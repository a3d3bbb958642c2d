//go:build !unix

package video

import "github.com/tetratelabs/wazero/experimental"

func newMemory(_, _ uint64) experimental.LinearMemory { return &heap{} }
