package api

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

func diskAt(dir string) (disk, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return disk{}, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return disk{}, err
	}
	d := disk{free: int64(free)}
	if root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`); err == nil {
		d.network = windows.GetDriveType(root) == windows.DRIVE_REMOTE
	}
	return d, nil
}
