package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures/corrupt"
)

// Broken, lying and attacking files, and names and links that are traps, end as
// items or findings. Scanning, exporting, reporting and serving them stays
// within memory, opens no connection, writes nowhere but where it says, runs
// nothing that they hold, and leaves the originals as they were. More files go
// the same way in the acceptance measurements.
func TestCorruptFilesDoNoHarm(t *testing.T) {
	if testing.Short() {
		t.Skip("scans, exports and serves some 160 files twice, and may have to compile the embedded engine first")
	}
	set, err := corrupt.Read(filepath.Join(fixturesFolder, "corrupt", "set"))
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// By this name TestMain runs the program, and no other test runs it there.
	named := filepath.Join(work, "bin", "firsthand")
	if err := os.Mkdir(filepath.Dir(named), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(ownCopy(t, work, exe), named); err != nil {
		t.Fatal(err)
	}
	o := corrupt.Ordeal{
		Program: named, Set: set, Work: filepath.Join(work, "work"), Serve: true,
		Flags: []string{"--video", "hostile"}, Tell: t.Logf,
	}
	m, faults, err := o.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
	for _, l := range m.Left {
		t.Log("not checked: " + l)
	}
	if m.Asked < len(set.Files) || m.Written < 50 {
		t.Errorf("%d requests were made and %d files written were read: the harness does not do its work", m.Asked, m.Written)
	}
}
