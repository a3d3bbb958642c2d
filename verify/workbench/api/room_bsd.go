//go:build darwin || freebsd

package api

import (
	"slices"

	"golang.org/x/sys/unix"
)

// overNetwork are the names of file systems of other machines.
var overNetwork = []string{"nfs", "smbfs", "afpfs", "webdav", "cifs"}

func volumeAt(dir string) (volume, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return volume{}, err
	}
	name := unix.ByteSliceToString(s.Fstypename[:])
	return volume{free: int64(s.Bavail) * int64(s.Bsize), network: slices.Contains(overNetwork, name)}, nil
}
