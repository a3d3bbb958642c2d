//go:build unix

package video

import (
	"os"
	"os/exec"
	"syscall"
)

// inputName is the name by which the process opens the file it inherits, so
// that the real one, which a stranger chose, never reaches it.
func inputName(*os.File) (string, error) { return nativeInput, nil }

func handOver(cmd *exec.Cmd, file *os.File) {
	cmd.ExtraFiles = []*os.File{file} // descriptor 3
}

func prepareNative(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = processAttributes()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
