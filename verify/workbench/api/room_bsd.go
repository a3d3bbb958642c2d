//go:build darwin || freebsd

package api

import (
	"slices"

	"golang.org/x/sys/unix"
)

// overNetwork are the names of file systems of other machines.
var overNetwork = []string{"nfs", "smbfs", "afpfs", "webdav", "cifs"}

func diskAt(dir string) (disk, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return disk{}, err
	}
	name := unix.ByteSliceToString(s.Fstypename[:])
	return disk{free: int64(s.Bavail) * int64(s.Bsize), network: slices.Contains(overNetwork, name)}, nil
}
