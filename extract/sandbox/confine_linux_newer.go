//go:build linux && (arm64 || riscv64)

package sandbox

// olderFileCalls is empty: this processor has the newer calls only.
var olderFileCalls []uint32
