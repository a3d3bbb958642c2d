package hashing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Digest reads r to its end and gives its SHA-256 in lower-case hexadecimal
// and its length in bytes.
func Digest(r io.Reader) (digest string, n int64, err error) {
	d := NewDigester()
	if _, err = io.Copy(d, r); err != nil {
		return "", d.n, fmt.Errorf("digest after %d bytes: %w", d.n, err)
	}
	return d.Sum(), d.n, nil
}

// Digester takes the digest of what is written to it, so that bytes can be
// hashed while they are copied (io.MultiWriter, io.TeeReader).
type Digester struct {
	h hash.Hash
	n int64
}

// NewDigester starts a digest.
func NewDigester() *Digester { return &Digester{h: sha256.New()} }

// Write never fails.
func (d *Digester) Write(p []byte) (int, error) {
	d.n += int64(len(p))
	return d.h.Write(p)
}

// Sum is the digest of everything written so far.
func (d *Digester) Sum() string { return hex.EncodeToString(d.h.Sum(nil)) }

// Size is how many bytes were written so far.
func (d *Digester) Size() int64 { return d.n }
