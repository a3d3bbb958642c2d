package c2pa

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

func manifestBy(s *signer) manifestOf {
	return manifestOf{label: "urn:c2pa:1", signer: s, assertions: []assertionOf{
		{label: "c2pa.actions.v2", data: m{"actions": []any{m{"action": "c2pa.created"}}}},
		{label: "stds.exif", json: `{"exif:Make":"Maker"}`},
	}}
}

// TestEveryAlgorithmHolds signs with each algorithm that the specification
// allows; the same file with one bit of the picture changed must not hold.
func TestEveryAlgorithmHolds(t *testing.T) {
	for _, alg := range []cose.Algorithm{cose.AlgorithmES256, cose.AlgorithmES384, cose.AlgorithmES512,
		cose.AlgorithmPS256, cose.AlgorithmPS384, cose.AlgorithmPS512, cose.AlgorithmEdDSA} {
		t.Run(alg.String(), func(t *testing.T) {
			data := bound(t, manifestBy(newSigner(t, alg)))
			s := decodeFile(t, data, file(data))
			a := s.Active()
			for name, state := range map[string]State{"signature": a.Signature, "integrity": a.Integrity, "binding": a.Binding, "certificate": a.Certificate} {
				if state.Verdict != Valid {
					t.Errorf("%s is %v", name, state)
				}
			}
			if a.SignatureAlg != alg.String() || a.Signer != "Picture Desk" || a.Issuer != "Root" || len(s.Problems) > 0 {
				t.Errorf("got %q by %q of %q, %v", a.SignatureAlg, a.Signer, a.Issuer, s.Problems)
			}
		})
	}
}

// TestEveryBreakIsNoticed changes one thing at a time of a store that holds,
// and wants the one problem that this makes.
func TestEveryBreakIsNoticed(t *testing.T) {
	desk, other := newSigner(t, cose.AlgorithmES256), newSigner(t, cose.AlgorithmES256)
	flip := func(old, new string) func([]byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) || len(old) != len(new) {
				t.Fatalf("no %q to change", old)
			}
			return bytes.Replace(b, []byte(old), []byte(new), 1)
		}
	}
	edit := func(change func(*manifestOf)) func() []byte {
		return func() []byte {
			mo := manifestBy(desk)
			change(&mo)
			return bound(t, mo)
		}
	}
	for name, c := range map[string]struct {
		make  func() []byte
		store func([]byte) []byte // afterwards
		file  func([]byte) []byte
		want  string
	}{
		"picture":                      {file: flip("tail", "tall"), want: "c2pa-binding-broken"},
		"bytes appended":               {file: func(b []byte) []byte { return append(b, 0) }, want: "c2pa-binding-broken"},
		"file cut":                     {file: func(b []byte) []byte { return b[:len(b)-1] }, want: "c2pa-binding-broken"},
		"file cut inside the manifest": {file: func(b []byte) []byte { return b[:len(pictureHead)+20] }, want: "c2pa-binding-broken"},
		"assertion":                    {store: flip("c2pa.created", "c2pa.creatod"), want: "c2pa-assertion-changed"},
		"JSON assertion":               {store: flip(`"Maker"`, `"Baker"`), want: "c2pa-assertion-changed"},
		"label of an assertion":        {store: flip("stds.exif\x00", "stds.exit\x00"), want: "c2pa-assertion-missing"},
		"digest of the file":           {store: flip("jumbf manifest", "jumbf manifesT"), want: "c2pa-assertion-changed"},
		"claim":                        {make: edit(func(mo *manifestOf) { mo.afterwards = func(b []byte) { copy(b, flip("a.jpg", "b.jpg")(b)) } }), want: "c2pa-signature-invalid"},
		"instance in the claim":        {store: flip("xmp:iid:1", "xmp:iid:2"), want: "c2pa-signature-invalid"},
		"another's signature": {make: edit(func(mo *manifestOf) {
			mo.signer = &signer{alg: desk.alg, key: other.key, cert: desk.cert, chain: desk.chain}
		}), want: "c2pa-signature-invalid"},
		"assertion not listed": {make: edit(func(mo *manifestOf) {
			mo.unlisted = []assertionOf{{label: "c2pa.actions.v2__1", data: m{"actions": []any{m{"action": "c2pa.edited"}}}}}
		}), want: "c2pa-assertion-unlisted"},
		"key twice": {make: edit(func(mo *manifestOf) {
			mo.assertions = append(mo.assertions, assertionOf{label: "x.twice", kind: "cbor", boxes: [][]byte{boxOf("cbor", []byte{0xa2, 0x61, 'a', 1, 0x61, 'a', 2})}})
		}), want: "c2pa-malformed"},
		"two boxes of one label": {make: edit(func(mo *manifestOf) {
			mo.unlisted = []assertionOf{{label: "stds.exif", json: `{"exif:Make":"Other"}`}}
		}), want: "c2pa-assertion-missing"},
		"no signature":        {make: edit(func(mo *manifestOf) { mo.cose = func([]byte) []byte { return nil } }), want: "c2pa-malformed"},
		"signature no COSE":   {make: edit(func(mo *manifestOf) { mo.cose = func([]byte) []byte { return []byte{0x80} } }), want: "c2pa-malformed"},
		"signature elsewhere": {make: edit(func(mo *manifestOf) { mo.claim = m{"signature": "self#jumbf=c2pa.assertions/stds.exif"} }), want: "c2pa-malformed"},
		"algorithm": {store: func(b []byte) []byte {
			at := bytes.Index(b, []byte{headerAlg, 0x26, 0x18, headerX5Chain}) // -7, then the chain
			b[at+1] = 0x25
			return b
		}, want: "c2pa-signature-unchecked"},
		"store cut": {store: func(b []byte) []byte { return b[:len(b)-30] }, want: "c2pa-malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			data := bound(t, manifestBy(desk))
			if c.make != nil {
				data = c.make()
			}
			if c.store != nil {
				data = c.store(data)
			}
			whole := file(data)
			if c.file != nil {
				whole = c.file(whole)
			}
			if got := decodeFile(t, data, whole); !got.codes()[c.want] {
				t.Errorf("want %s, got %v", c.want, got.Problems)
			}
		})
	}
}

// TestNoByteEscapes changes every byte that is signed or digested, one at a
// time: none may leave the file without a problem.
func TestNoByteEscapes(t *testing.T) {
	data := bound(t, manifestBy(newSigner(t, cose.AlgorithmEdDSA)))
	end := bytes.Index(data, []byte("c2pa.signature\x00")) // what follows is the signature, with padding that is not signed
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 8; i < end; i += step {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		whole := file(changed)
		s, err := Decode(changed, Options{File: bytes.NewReader(whole), Size: int64(len(whole)), BindingBytes: 1 << 20, Now: today})
		if err != nil {
			continue
		}
		a := s.Active()
		sound := a != nil && a.Signature.Verdict == Valid && a.Integrity.Verdict == Valid && a.Binding.Verdict == Valid
		if sound && len(s.Problems) == 0 && !unprotected(data, i) {
			t.Errorf("the change of byte %d (%q) was not noticed", i, data[max(0, i-8):i+8])
		}
	}
}

// unprotected tells whether a byte belongs to what no digest covers and
// nothing rests on: the ends of the types and the labels of the store and the
// manifest, and the toggle that lets a box be asked for over a network.
func unprotected(data []byte, i int) bool {
	for _, d := range []string{typeStore, typeManifest} {
		from := bytes.Index(data, []byte("jumd"+d)) + 8
		to := from + 13 + bytes.IndexByte(data[from+13:], 0)
		if i >= from && i <= to {
			return true
		}
	}
	return bytes.HasPrefix(data[i:], []byte("\x03c2pa."))
}

func TestCertificates(t *testing.T) {
	for name, c := range map[string]struct {
		change certOption
		now    time.Time
		stamp  bool
		want   Verdict
		code   string
	}{
		"in force":                       {want: Valid, now: today},
		"clock not given":                {want: NotChecked},
		"ended":                          {now: today.AddDate(2, 0, 0), want: Invalid, code: "c2pa-certificate-expired"},
		"ended, but stamped before":      {now: today.AddDate(2, 0, 0), stamp: true, want: Valid},
		"not yet begun":                  {now: today.AddDate(-2, 0, 0), want: Invalid, code: "c2pa-certificate-expired"},
		"stamped before it began":        {change: func(c *x509.Certificate) { c.NotBefore = today.AddDate(0, -1, 0) }, now: today, stamp: true, want: Invalid, code: "c2pa-certificate-expired"},
		"for issuing certificates":       {change: func(c *x509.Certificate) { c.IsCA, c.BasicConstraintsValid = true, true }, now: today, want: Invalid, code: "c2pa-certificate-unfit"},
		"for web servers":                {change: func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }, now: today, want: Invalid, code: "c2pa-certificate-unfit"},
		"for anything":                   {change: func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny} }, now: today, want: Invalid, code: "c2pa-certificate-unfit"},
		"for nothing":                    {change: func(c *x509.Certificate) { c.ExtKeyUsage = nil }, now: today, want: Invalid, code: "c2pa-certificate-unfit"},
		"not for signatures":             {change: func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment }, now: today, want: Invalid, code: "c2pa-certificate-unfit"},
		"for claims, by C2PA's own mark": {change: func(c *x509.Certificate) { c.ExtKeyUsage, c.UnknownExtKeyUsage = nil, signingUses[1:2] }, now: today, want: Valid},
	} {
		t.Run(name, func(t *testing.T) {
			var options []certOption
			if c.change != nil {
				options = append(options, c.change)
			}
			mo := manifestBy(newSigner(t, cose.AlgorithmES256, options...))
			if c.stamp {
				mo.stamp = newAuthority(t).header(t, fieldV2)
			}
			data := bound(t, mo)
			s := decodeFile(t, data, file(data), func(o *Options) { o.Now = c.now })
			if got := s.Active(); got.Certificate.Verdict != c.want || got.Signature.Verdict != Valid {
				t.Errorf("the certificate is %v, the signature %v", got.Certificate, got.Signature)
			}
			if c.code != "" && !s.codes()[c.code] || c.code == "" && len(s.Problems) > 0 {
				t.Errorf("got the problems %v", s.Problems)
			}
		})
	}
}

// TestTrustIsAStatementOfItsOwn keeps the list of trusted signers apart from
// whether the signature holds.
func TestTrustIsAStatementOfItsOwn(t *testing.T) {
	desk, other := newSigner(t, cose.AlgorithmES256), newSigner(t, cose.AlgorithmES256)
	pool := func(root *x509.Certificate) *x509.CertPool {
		p := x509.NewCertPool()
		p.AddCert(root)
		return p
	}
	data := bound(t, manifestBy(desk))
	for name, c := range map[string]struct {
		trust *x509.CertPool
		want  Verdict
	}{
		"no list":      {nil, NotChecked},
		"on the list":  {pool(desk.root), Valid},
		"another list": {pool(other.root), Invalid},
	} {
		s := decodeFile(t, data, file(data), func(o *Options) { o.Trust = c.trust })
		if a := s.Active(); a.Trust.Verdict != c.want || a.Signature.Verdict != Valid {
			t.Errorf("%s: trust is %v, signature %v", name, a.Trust, a.Signature)
		}
		if untrusted := s.codes()["c2pa-signer-untrusted"]; untrusted != (c.want == Invalid) {
			t.Errorf("%s: got %v", name, s.Problems)
		}
	}
}

// TestSignatureInDER accepts what some signers write against RFC 9053, and
// says so.
func TestSignatureInDER(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	mo := manifestBy(desk)
	mo.cose = func(sig []byte) []byte {
		var parts cbor.Tag
		if err := cbor.Unmarshal(sig, &parts); err != nil {
			t.Fatal(err)
		}
		list := parts.Content.([]any)
		claim := encode(t, []any{"Signature1", list[0], []byte{}, currentClaim(t, mo)})
		sum := sha256.Sum256(claim)
		list[3] = must(ecdsa.SignASN1(rand.Reader, desk.key.(*ecdsa.PrivateKey), sum[:]))
		return encode(t, cbor.Tag{Number: 18, Content: list})
	}
	data := store(t, mo.bytes(t))
	s := decodeFile(t, data, file(data))
	if got := s.Active().Signature; got.Verdict != Valid || !strings.Contains(got.Reason, "DER") {
		t.Errorf("got %v", got)
	}
}

// currentClaim gives the claim that a manifest will have.
func currentClaim(t *testing.T, mo manifestOf) []byte {
	mo.cose = nil
	var claim []byte
	mo.afterwards = func(b []byte) { claim = b }
	mo.bytes(t)
	return claim
}
