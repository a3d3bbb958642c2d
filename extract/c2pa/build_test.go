package c2pa

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// today is when the tests take place.
var today = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

type m = map[string]any

// box writes a JUMBF or other box.
func boxOf(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	head := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(head, kind...), body...)
}

// super writes a superbox with a label.
func super(t testing.TB, kind, label string, boxes ...[]byte) []byte {
	t.Helper()
	tail, err := hex.DecodeString(uuidTail)
	if err != nil {
		t.Fatal(err)
	}
	about := append(append([]byte(kind), tail...), 3)
	about = append(append(about, label...), 0)
	return boxOf("jumb", append([][]byte{boxOf("jumd", about)}, boxes...)...)
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := mode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// signer is a key with its certificate, and the authority behind it.
type signer struct {
	alg   cose.Algorithm
	key   crypto.Signer
	cert  *x509.Certificate
	root  *x509.Certificate
	chain [][]byte
}

type certOption func(*x509.Certificate)

// newSigner makes a key and a certificate that is in force around today and
// is meant for signing content.
func newSigner(t testing.TB, alg cose.Algorithm, options ...certOption) *signer {
	t.Helper()
	rootKey := newKey(t, cose.AlgorithmES256)
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{"Root"}}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: today.AddDate(-5, 0, 0), NotAfter: today.AddDate(5, 0, 0)}
	root = issue(t, root, root, rootKey.Public(), rootKey)
	key := newKey(t, alg)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{Organization: []string{"Picture Desk"}, CommonName: "desk"},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
		NotBefore: today.AddDate(-1, 0, 0), NotAfter: today.AddDate(1, 0, 0)}
	for _, o := range options {
		o(leaf)
	}
	leaf = issue(t, leaf, root, key.Public(), rootKey)
	return &signer{alg: alg, key: key, cert: leaf, root: root, chain: [][]byte{leaf.Raw, root.Raw}}
}

func newKey(t testing.TB, alg cose.Algorithm) crypto.Signer {
	t.Helper()
	var key crypto.Signer
	var err error
	switch alg {
	case cose.AlgorithmES256:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case cose.AlgorithmES384:
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case cose.AlgorithmES512:
		key, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case cose.AlgorithmEdDSA:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func issue(t testing.TB, what, by *x509.Certificate, key any, with crypto.Signer) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, what, by, key, with)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// stampFunc makes what goes into the header that is not signed.
type stampFunc func(protected, signature, claim []byte) m

// sign makes the COSE_Sign1 over a claim.
func (s *signer) sign(t testing.TB, claim []byte, stamp stampFunc) []byte {
	t.Helper()
	protected := encode(t, map[int]any{headerAlg: int64(s.alg), headerX5Chain: s.chain})
	with, err := cose.NewSigner(s.alg, s.key)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := with.Sign(rand.Reader, encode(t, []any{"Signature1", protected, []byte{}, claim}))
	if err != nil {
		t.Fatal(err)
	}
	header := m{}
	if stamp != nil {
		header = stamp(protected, sig, claim)
	}
	return encode(t, cbor.Tag{Number: 18, Content: []any{protected, header, nil, sig}})
}

// assertion is one assertion to be written.
type assertionOf struct {
	label string
	data  any    // CBOR
	json  string // or JSON
	kind  string
	boxes [][]byte // or ready boxes
}

// manifestOf is a manifest to be written and signed.
type manifestOf struct {
	label      string
	update     bool
	v1         bool
	claim      m // further members of the claim
	assertions []assertionOf
	unlisted   []assertionOf
	signer     *signer
	stamp      stampFunc
	editClaim  func(claim m)           // before it is signed
	afterwards func(claim []byte)      // changes the claim once it is signed
	cose       func(sig []byte) []byte // changes the signature
}

func (a assertionOf) bytes(t testing.TB) []byte {
	switch {
	case a.boxes != nil:
		return super(t, a.kind, a.label, a.boxes...)
	case a.json != "":
		return super(t, "json", a.label, boxOf("json", []byte(a.json)))
	}
	return super(t, "cbor", a.label, boxOf("cbor", encode(t, a.data)))
}

// bytes writes the manifest box.
func (mo manifestOf) bytes(t testing.TB) []byte {
	t.Helper()
	var boxes [][]byte
	var refs []any
	for _, a := range mo.assertions {
		b := a.bytes(t)
		sum := sha256.Sum256(b[8:])
		refs = append(refs, m{"url": "self#jumbf=c2pa.assertions/" + a.label, "hash": sum[:]})
		boxes = append(boxes, b)
	}
	for _, a := range mo.unlisted {
		boxes = append(boxes, a.bytes(t))
	}
	claim := m{"alg": "sha256", "instanceID": "xmp:iid:1", "dc:title": "a.jpg", "dc:format": "image/jpeg", "signature": "self#jumbf=c2pa.signature"}
	name := "c2pa.claim.v2"
	if mo.v1 {
		name, claim["assertions"], claim["claim_generator"] = "c2pa.claim", refs, "Desk/1.0 lib/2"
	} else {
		claim["created_assertions"], claim["claim_generator_info"] = refs, m{"name": "Desk", "version": "1.0"}
	}
	for k, v := range mo.claim {
		claim[k] = v
	}
	if mo.editClaim != nil {
		mo.editClaim(claim)
	}
	data := encode(t, claim)
	sig := mo.signer.sign(t, data, mo.stamp)
	if mo.cose != nil {
		sig = mo.cose(sig)
	}
	if mo.afterwards != nil {
		mo.afterwards(data)
	}
	kind := typeManifest
	if mo.update {
		kind = typeUpdate
	}
	return super(t, kind, mo.label,
		super(t, typeAssertions, "c2pa.assertions", boxes...),
		super(t, typeClaim, name, boxOf("cbor", data)),
		super(t, typeSignature, "c2pa.signature", boxOf("cbor", sig)))
}

func store(t testing.TB, manifests ...[]byte) []byte {
	return super(t, typeStore, "c2pa", manifests...)
}

// picture is what stands before and behind the store in the file of a test.
var pictureHead, pictureTail = bytes.Repeat([]byte("head"), 100), bytes.Repeat([]byte("tail"), 1000)

// file is a file with a store in the middle.
func file(store []byte) []byte {
	return bytes.Join([][]byte{pictureHead, store, pictureTail}, nil)
}

// dataHash is the binding of such a file. Its numbers do not change length,
// so that the size of the store can be found by writing it twice.
func dataHash(size int) assertionOf {
	sum := sha256.Sum256(file(nil))
	return assertionOf{label: "c2pa.hash.data", data: m{
		"exclusions": []any{m{"start": len(pictureHead), "length": size}},
		"name":       "jumbf manifest", "alg": "sha256", "hash": sum[:], "pad": make([]byte, 8)}}
}

// bound writes a store whose last manifest is bound to the file around it.
func bound(t testing.TB, active manifestOf, before ...[]byte) []byte {
	t.Helper()
	size := 1000
	others := active.assertions
	for range 6 { // ECDSA signatures in COSE have a fixed size, but numbers do not
		active.assertions = append(append([]assertionOf{}, others...), dataHash(size))
		s := store(t, append(append([][]byte{}, before...), active.bytes(t))...)
		if len(s) == size {
			return s
		}
		size = len(s)
	}
	t.Fatal("the size of the store does not settle")
	return nil
}

// decodeFile decodes the store of such a file with everything checked.
func decodeFile(t testing.TB, store, file []byte, change ...func(*Options)) *Store {
	t.Helper()
	opt := Options{File: bytes.NewReader(file), Size: int64(len(file)), BindingBytes: DefaultBindingBytes, Now: today}
	for _, c := range change {
		c(&opt)
	}
	s, err := Decode(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Store) codes() map[string]bool {
	codes := map[string]bool{}
	for _, p := range s.Problems {
		codes[p.Code] = true
	}
	return codes
}
