//go:build !unix

package video

import (
	"os"
	"os/exec"
	"path/filepath"
)

const nativeInput = "file:"

// inputName is the file's absolute path behind the name of the only protocol
// that may open it: these systems hand over no descriptors.
func inputName(file *os.File) (string, error) {
	path, err := filepath.Abs(file.Name())
	return nativeInput + path, err
}

func handOver(*exec.Cmd, *os.File) {}

func prepareNative(*exec.Cmd) {}

func limitNative(int) {}
