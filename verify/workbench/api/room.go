package api

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// roomAt says how much is free where a folder is or will be, nil where nothing
// says, and what copies it to other machines.
func roomAt(dir string) (free *int64, synced string) {
	if dir == "" {
		return nil, ""
	}
	there := nearestFolder(dir)
	v, err := volumeAt(there)
	if err == nil {
		free = &v.free
	}
	if synced = syncedBy(dir); synced == "" && err == nil && v.network {
		synced = "a network drive"
	}
	return free, synced
}

// nearestFolder is the folder itself, or what of its path is there.
func nearestFolder(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return dir
		}
		dir = parent
	}
}

// volume is what a folder lies on.
type volume struct {
	free    int64 // bytes that this person may write
	network bool
}

// services are programs that copy folders to other machines, with what the
// folders are called that they watch.
var services = []struct {
	name    string
	folders []string // beginnings of names, in lower case
	marks   []string // files in the folder that is copied
}{
	{"OneDrive", []string{"onedrive"}, nil},
	{"Dropbox", []string{"dropbox"}, []string{".dropbox", ".dropbox.cache"}},
	{"iCloud", []string{"mobile documents", "icloud drive", "iclouddrive"}, nil},
	{"Google Drive", []string{"google drive", "googledrive", "my drive"}, nil},
	{"Nextcloud", []string{"nextcloud"}, []string{".sync_nextcloud.db"}},
	{"ownCloud", []string{"owncloud"}, nil},
	{"Syncthing", nil, []string{".stfolder"}},
	{"Box", []string{"box sync"}, nil},
	{"pCloud", []string{"pclouddrive", "pcloud drive"}, nil},
	{"MEGA", []string{"megasync", "mega downloads"}, []string{".megasync"}},
	{"Proton Drive", []string{"proton drive", "protondrive"}, nil},
}

// syncedBy names the service that copies a folder elsewhere, as far as its
// path tells; "" for none known.
func syncedBy(dir string) string {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		base := strings.ToLower(filepath.Base(at))
		for _, s := range services {
			named := slices.ContainsFunc(s.folders, func(f string) bool { return strings.HasPrefix(base, f) })
			marked := slices.ContainsFunc(s.marks, func(f string) bool {
				_, err := os.Lstat(filepath.Join(at, f))
				return err == nil
			})
			if named || marked {
				return s.name
			}
		}
		if filepath.Dir(at) == at {
			return ""
		}
	}
}
