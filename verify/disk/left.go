package disk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"sync"
)

// Hidden names say which process of which machine writes there, so that what is
// left of one that was killed is known by its name:
// .firsthand-MACHINE-PROCESS-RANDOM.part.
var hidden = regexp.MustCompile(`^\.firsthand-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{12}\.part$`)

func hiddenName() string {
	var b [6]byte
	rand.Read(b[:])
	return fmt.Sprintf(".firsthand-%s-%d-%x.part", machine(), os.Getpid(), b)
}

// Hidden says whether a file's name is that of one in the making.
func Hidden(name string) bool { return hidden.MatchString(name) }

// machine tells this machine from others that may share a disk with it.
var machine = sync.OnceValue(func() string {
	name, _ := os.Hostname()
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:4])
})

// Sweep takes away what a killed run of this machine left in a folder under
// hidden names. What cannot be taken away stays and harms nobody.
func Sweep(dir string) {
	f, err := OpenFolder(dir)
	if err != nil {
		return
	}
	defer f.Close()
	d, err := f.root.Open(".")
	if err != nil {
		return
	}
	defer d.Close()
	names, _ := d.Readdirnames(-1)
	for _, name := range names {
		m := hidden.FindStringSubmatch(name)
		if m == nil || m[1] != machine() {
			continue
		}
		if process, err := strconv.Atoi(m[2]); err == nil && process != os.Getpid() && !alive(process) {
			_ = system().Remove(f.root, name)
		}
	}
}
