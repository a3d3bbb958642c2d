package api

import (
	"slices"

	"golang.org/x/sys/unix"
)

// overNetwork are the file systems of other machines, by statfs(2).
var overNetwork = []int64{
	unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC,
	unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC, unix.V9FS_MAGIC,
}

func volumeAt(dir string) (volume, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return volume{}, err
	}
	kind := int64(uint32(s.Type)) // its width differs by processor
	return volume{free: int64(s.Bavail) * int64(s.Bsize), network: slices.Contains(overNetwork, kind)}, nil
}
