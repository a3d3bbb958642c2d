package c2pa

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"errors"
	"fmt"
	"hash"
	"strings"
)

var (
	errMissing   = errors.New("it is not in the store")
	errAmbiguous = errors.New("two boxes bear its label")
	errElsewhere = errors.New("it is not in this store")
	errOutside   = errors.New("it is not in this manifest")
)

// selfReference is how every reference inside a store begins.
const selfReference = "self#jumbf="

// resolve finds the box that a JUMBF reference points at: a path from the
// manifest, or from the store where it begins with a slash or with the label
// of the store (C2PA specification 2.1, 8.3).
func (d *decoder) resolve(manifest *superbox, url string) (*superbox, error) {
	path, ok := strings.CutPrefix(url, selfReference)
	if !ok {
		return nil, errElsewhere
	}
	parts := strings.Split(path, "/")
	at := manifest
	if parts[0] == "" {
		parts = parts[1:]
	}
	if len(parts) > 0 && parts[0] == d.root.label {
		at, parts = d.root, parts[1:]
	}
	if len(parts) == 0 || len(parts) > maxBoxDepth {
		return nil, errMissing
	}
	for _, label := range parts {
		next, twice := at.child(label)
		if next == nil {
			return nil, errMissing
		}
		if twice {
			return nil, errAmbiguous
		}
		at = next
	}
	return at, nil
}

// resolveAssertion finds an assertion that a claim lists, which must stand in
// the claim's own manifest.
func (d *decoder) resolveAssertion(manifest *superbox, url string) (*superbox, error) {
	box, err := d.resolve(manifest, url)
	if err != nil {
		return nil, err
	}
	if own := d.assertionBox(manifest, box.label); own != box {
		return nil, errOutside
	}
	return box, nil
}

// newHash gives the algorithm of a claim by its name, or nil.
func newHash(alg string) hash.Hash {
	switch strings.ToLower(alg) {
	case "sha256":
		return sha256.New()
	case "sha384":
		return sha512.New384()
	case "sha512":
		return sha512.New()
	}
	return nil
}

// hashedReference is a reference with the digest of what it points at.
type hashedReference struct {
	url  string
	alg  string
	hash []byte
}

// reference reads a hashed reference; alg is that of the claim, for those
// that name none. A claim that names none either means SHA-256.
func reference(v *value, alg string) hashedReference {
	r := hashedReference{url: v.get("url").plain(), alg: v.get("alg").plain(), hash: v.get("hash").raw()}
	if r.alg == "" {
		r.alg = alg
	}
	if r.alg == "" {
		r.alg = "sha256"
	}
	return r
}

// matches compares the digest of a reference with that of data.
func (d *decoder) matches(r hashedReference, data []byte) (bool, error) {
	h := newHash(r.alg)
	if h == nil {
		return false, fmt.Errorf("the hash algorithm %q is not one that is checked", r.alg)
	}
	if d.hashLeft -= int64(len(data)); d.hashLeft < 0 {
		return false, errors.New("the store asks for more hashing than is done")
	}
	h.Write(data)
	return len(r.hash) > 0 && subtle.ConstantTimeCompare(h.Sum(nil), r.hash) == 1, nil
}
