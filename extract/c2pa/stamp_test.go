package c2pa

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"github.com/veraison/go-cose"
)

// authority makes time stamps for the tests.
type authority struct {
	*signer
	at       time.Time
	imprint  func([]byte) []byte // changes what is stamped
	breakSig bool
	forged   bool // the time is changed after the signing
	response bool // as a TimeStampResp, not a bare token
}

func newAuthority(t testing.TB, options ...certOption) *authority {
	use := func(c *x509.Certificate) {
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
		c.Subject = pkix.Name{CommonName: "Clock"}
	}
	return &authority{signer: newSigner(t, cose.AlgorithmPS256, append([]certOption{use}, options...)...), at: today.AddDate(0, -2, 0)}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func explicit(tag int, der []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: der}
}

func oid(n ...int) asn1.ObjectIdentifier { return n }

// token writes a time stamp token over data.
func (a *authority) token(t testing.TB, data []byte) []byte {
	t.Helper()
	if a.imprint != nil {
		data = a.imprint(data)
	}
	sha := pkix.AlgorithmIdentifier{Algorithm: oid(2, 16, 840, 1, 101, 3, 4, 2, 1)}
	sum := sha256.Sum256(data)
	infoAt := func(at time.Time) []byte {
		return must(asn1.Marshal(struct {
			Version int
			Policy  asn1.ObjectIdentifier
			Imprint struct {
				Alg    pkix.AlgorithmIdentifier
				Digest []byte
			}
			Serial  int
			GenTime time.Time `asn1:"generalized"`
			Nonce   int
		}{1, oid(1, 2, 3), struct {
			Alg    pkix.AlgorithmIdentifier
			Digest []byte
		}{sha, sum[:]}, 7, at, 9}))
	}
	info := infoAt(a.at)
	infoSum := sha256.Sum256(info)
	type attribute struct {
		Type   asn1.ObjectIdentifier
		Values []any `asn1:"set"`
	}
	attrs := append(must(asn1.Marshal(attribute{oidContentType, []any{oidStampInfo}})), must(asn1.Marshal(attribute{oidMessageDigest, []any{infoSum[:]}}))...)
	signed := must(asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: attrs}))
	digest := sha256.Sum256(signed)
	if a.breakSig {
		digest[0]++
	}
	sid := append(append([]byte{}, a.cert.RawIssuer...), must(asn1.Marshal(a.cert.SerialNumber))...)
	signer := must(asn1.Marshal(struct {
		Version int
		SID     asn1.RawValue
		Digest  pkix.AlgorithmIdentifier
		Attrs   asn1.RawValue
		SigAlg  pkix.AlgorithmIdentifier
		Sig     []byte
	}{1, asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: sid}, sha, explicit(0, attrs),
		pkix.AlgorithmIdentifier{Algorithm: oid(1, 2, 840, 113549, 1, 1, 11)}, must(a.key.Sign(rand.Reader, digest[:], crypto.SHA256))}))
	if a.forged {
		a.at = a.at.AddDate(0, 0, -9)
		info = infoAt(a.at)
	}
	data = must(asn1.Marshal(struct {
		Version int
		Algs    []pkix.AlgorithmIdentifier `asn1:"set"`
		Encap   struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue
		}
		Certs   asn1.RawValue
		Signers asn1.RawValue
	}{3, []pkix.AlgorithmIdentifier{sha}, struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{oidStampInfo, explicit(0, must(asn1.Marshal(info)))}, explicit(0, a.cert.Raw), asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: signer}}))
	token := must(asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{oidSignedData, explicit(0, data)}))
	if !a.response {
		return token
	}
	status := must(asn1.Marshal([]*big.Int{big.NewInt(0)}))
	return must(asn1.Marshal(asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: append(status, token...)}))
}

// header puts a token of version 1 or 2 of the specification into the header
// of a signature.
func (a *authority) header(t testing.TB, field string) stampFunc {
	return func(protected, signature, claim []byte) m {
		payload := encode(t, signature)
		if field == fieldV1 {
			payload = claim
		}
		tbs := encode(t, []any{"CounterSignature", protected, []byte{}, payload})
		return m{field: m{"tstTokens": []any{m{"val": a.token(t, tbs)}}}}
	}
}

// FuzzToken wants no time stamp token to make the reader panic, and none to
// hold that states another time than the one that was signed.
func FuzzToken(f *testing.F) {
	data := []byte("what is stamped")
	a := newAuthority(f)
	token := a.token(f, data)
	f.Add(token)
	a.response = true
	f.Add(a.token(f, data))
	f.Fuzz(func(t *testing.T, der []byte) {
		s, err := parseToken(der)
		if err != nil {
			return
		}
		state := s.check([][]byte{data})
		if state.Reason == "" {
			t.Fatalf("a check without an end: %+v", state)
		}
		if state.Verdict == Valid && !s.info.time.Equal(a.at) {
			t.Fatalf("a forged time stamp holds: %v by %v", s.info.time, s.certificate.Subject)
		}
	})
}
