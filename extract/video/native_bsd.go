//go:build unix && !linux

package video

import "syscall"

const nativeInput = "/dev/fd/3"

func processAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// limitNative does nothing: these systems let a process lower its own limits
// only.
func limitNative(int) {}
