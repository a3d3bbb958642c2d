// Package c2pa reads C2PA manifest stores: what a file's manifests claim of
// its making, and whether the cryptography behind those claims holds.
//
// Start at [Decode], which takes the JUMBF bytes that the container readers
// give as blocks of kind C2PA. It works in these steps:
//
//  1. the JUMBF boxes are read into a tree, under bounds on depth and number
//     (ISO/IEC 19566-5);
//  2. every CBOR and JSON box is decoded, under bounds too, and becomes tags
//     under ExifTool's names;
//  3. each manifest's claim is read, then the assertions it lists
//     (C2PA specification 2.1, versions 1 and 2 of the claim);
//  4. each manifest is checked: the digests of its assertions, its signature,
//     the signer's certificate, the time stamp, and for the active one the
//     binding to the file.
//
// It promises: every check ends as "valid", "invalid" or "not checked", each
// with its reason, and none says more than that; valid means that the bytes
// are those that were signed, never that what was signed is true. Nothing is
// fetched: a manifest held elsewhere, a revocation list and a certificate
// that is not in the file are out of reach. The same bytes give the same
// result, for the only clock is Options.Now. No input makes it panic, hang or
// take memory out of proportion.
package c2pa

import (
	"crypto/x509"
	"errors"
	"io"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
)

// DefaultBindingBytes is a sensible Options.BindingBytes for looking through
// many files: about a quarter of a second of hashing.
const DefaultBindingBytes = 64 << 20

// ErrNotJUMBF means that the block does not begin with a JUMBF superbox.
var ErrNotJUMBF = errors.New("not a C2PA manifest store: it does not begin with a JUMBF box")

// Options are what the checks may draw on. The zero value reads the claims
// and checks all that lies inside the manifest store.
type Options struct {
	// File and Size are the whole file that holds the store, for the check
	// of the binding. Without them the binding is not checked.
	File io.ReaderAt
	Size int64
	// BindingBytes bounds the bytes of File that are hashed for the
	// binding; a larger file is left unchecked. 0 checks no binding.
	BindingBytes int64
	// Trust holds the roots that the person trusts to vouch for signers.
	Trust *x509.CertPool
	// Now is when certificates must be in force where no time stamp says
	// when the signature was made. The zero time leaves that unchecked.
	Now time.Time
}

// Verdict is how a check ended.
type Verdict string

// The three verdicts.
const (
	Valid      Verdict = "valid"
	Invalid    Verdict = "invalid"
	NotChecked Verdict = "not checked"
)

// State is how a check ended, and why, in words for a person: one clause
// without a full stop.
type State struct {
	Verdict Verdict
	Reason  string
}

// String gives "invalid: the reason".
func (s State) String() string {
	if s.Reason == "" {
		return string(s.Verdict)
	}
	return string(s.Verdict) + ": " + s.Reason
}

// Problem is damage, or a check that failed, in words for a person. Codes:
//
//	c2pa-malformed            a box or value cannot be read, or breaks the format
//	c2pa-limit                a bound of this reader ended the reading
//	c2pa-signature-invalid    the claim is not the one that was signed
//	c2pa-signature-unchecked  the signature is of a kind that is not checked, or comes without a certificate
//	c2pa-assertion-changed    an assertion is not the one that the claim lists
//	c2pa-assertion-missing    the claim lists an assertion that is not there
//	c2pa-assertion-unlisted   an assertion stands in the store that no claim lists
//	c2pa-timestamp-invalid    the time stamp is not for this signature
//	c2pa-identity-invalid     an identity assertion (CAWG) does not hold
//	c2pa-ingredient-invalid   one of the failures above in the manifest of an ingredient, which says nothing against the file
//	c2pa-ingredient-changed   an ingredient's manifest is not the one referred to
//	c2pa-binding-broken       the file is not the one that was signed
//	c2pa-binding-missing      the manifest is not bound to any file
//	c2pa-binding-partial      the binding leaves out more than the manifest itself
//	c2pa-certificate-expired  the certificate was not in force
//	c2pa-certificate-unfit    the certificate is not one for signing content
//	c2pa-signer-untrusted     the signer is not vouched for by the trust list
type Problem = container.Problem

// Store is a manifest store: the history of a file as its makers wrote it.
type Store struct {
	Manifests []Manifest // in file order; the last is the active one
	Tags      []container.Tag
	Problems  []Problem
}

// Active is the manifest that speaks of the file itself; the others speak of
// what it was made from. It is nil where the store holds none.
func (s *Store) Active() *Manifest {
	if len(s.Manifests) == 0 {
		return nil
	}
	return &s.Manifests[len(s.Manifests)-1]
}

// Manifest finds a manifest by its label.
func (s *Store) Manifest(label string) *Manifest {
	for i := range s.Manifests {
		if s.Manifests[i].Label == label {
			return &s.Manifests[i]
		}
	}
	return nil
}
