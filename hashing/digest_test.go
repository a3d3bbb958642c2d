package hashing_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/firsthand-media/firsthand/hashing"
)

func TestDigest(t *testing.T) {
	// FIPS 180-2, appendix B.1.
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	got, n, err := hashing.Digest(iotest.OneByteReader(strings.NewReader("abc")))
	if err != nil || got != abc || n != 3 {
		t.Errorf("digest %q of %d bytes, %v", got, n, err)
	}
	d := hashing.NewDigester()
	if _, err := io.Copy(io.Discard, io.TeeReader(strings.NewReader("abc"), d)); err != nil {
		t.Fatal(err)
	}
	if d.Sum() != abc || d.Size() != 3 {
		t.Errorf("digest while copying is %q of %d bytes", d.Sum(), d.Size())
	}
}

// A file that cannot be read to its end has no digest.
func TestDigestOfAPartIsAnError(t *testing.T) {
	broken := errors.New("the disk is gone")
	got, n, err := hashing.Digest(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)))
	if got != "" || n != 3 || !errors.Is(err, broken) {
		t.Errorf("digest %q after %d bytes, %v", got, n, err)
	}
}
