// Package engine_test checks the file that package video embeds. It stands
// apart from that package's tests because they start their own binary as a
// worker many times, and linking the module makes each start slow.
package engine_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"testing"

	"codeberg.org/gruf/go-ffmpreg/embed"
)

// A module updated in go.mod and not here would go unnoticed otherwise.
func TestTheFileIsThatOfTheModule(t *testing.T) {
	f, err := os.Open("ffmpreg.wasm.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ours, embed.B()) {
		t.Fatal("copy the module's file here, as README.md says")
	}
}
