package disk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// alive says whether a process runs; where it cannot be told, it does.
func alive(process int) bool {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(process))
	if err != nil {
		return !errors.Is(err, windows.ERROR_INVALID_PARAMETER) // which says that there is none
	}
	defer windows.CloseHandle(h)
	var code uint32
	const running = 259
	return windows.GetExitCodeProcess(h, &code) != nil || code == running
}

// Ways in which a system says that a disk is full.
var noRoom = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}
