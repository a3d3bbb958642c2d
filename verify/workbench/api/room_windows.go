package api

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

func volumeAt(dir string) (volume, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return volume{}, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return volume{}, err
	}
	d := volume{free: int64(free)}
	if root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`); err == nil {
		d.network = windows.GetDriveType(root) == windows.DRIVE_REMOTE
	}
	return d, nil
}
