package c2pa

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

const maxTokenBytes = 256 << 10

var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
)

// algorithmIdentifier is that of X.509; parameters are not needed here.
type algorithmIdentifier struct {
	OID        asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

// signerInfo is who signed, and how (RFC 5652, 5.3).
type signerInfo struct {
	Version       int
	SID           asn1.RawValue
	DigestAlg     algorithmIdentifier
	SignedAttrs   asn1.RawValue `asn1:"optional,tag:0"`
	SignatureAlg  algorithmIdentifier
	Signature     []byte
	UnsignedAttrs asn1.RawValue `asn1:"optional,tag:1"`
}

// signedData is a time stamp token: CMS signed data around a TSTInfo.
type signedData struct {
	content     []byte // the TSTInfo, as signed
	info        stampInfo
	signer      signerInfo
	certificate *x509.Certificate // of the signer; nil where it is not enclosed
	others      []*x509.Certificate
}

// unmarshalPrefix reads DER whose sequences may go on behind what is asked for.
func unmarshalPrefix(der []byte, into any) (rest []byte, err error) {
	if len(der) > maxTokenBytes {
		return nil, fmt.Errorf("%d bytes are more than are read", len(der))
	}
	rest, err = asn1.Unmarshal(der, into)
	if err != nil {
		return nil, fmt.Errorf("not well-formed ASN.1: %w", err)
	}
	return rest, nil
}

// parseToken reads a TimeStampToken, or the response of an authority around
// one, which version 1 of the specification stores whole.
func parseToken(der []byte) (*signedData, error) {
	der, err := unwrapResponse(der)
	if err != nil {
		return nil, err
	}
	var info struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,tag:0"`
	}
	if _, err := unmarshalPrefix(der, &info); err != nil {
		return nil, err
	}
	if !info.Type.Equal(oidSignedData) {
		return nil, errors.New("it is not signed")
	}
	var raw struct {
		Version    int
		DigestAlgs asn1.RawValue
		Encap      struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
		}
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		CRLs         asn1.RawValue `asn1:"optional,tag:1"`
		Signers      []signerInfo  `asn1:"set"`
	}
	if _, err := unmarshalPrefix(info.Content.Bytes, &raw); err != nil {
		return nil, err
	}
	if !raw.Encap.Type.Equal(oidStampInfo) || len(raw.Signers) != 1 {
		return nil, errors.New("it is not a time stamp with one signer")
	}
	s := &signedData{signer: raw.Signers[0]}
	if _, err := unmarshalPrefix(raw.Encap.Content.Bytes, &s.content); err != nil {
		return nil, err
	}
	if s.info, err = parseStampInfo(s.content); err != nil {
		return nil, err
	}
	s.pickCertificate(raw.Certificates.Bytes)
	return s, nil
}

// unwrapResponse takes the token out of a TimeStampResp (RFC 3161, 2.4.2).
func unwrapResponse(der []byte) ([]byte, error) {
	var outer, first asn1.RawValue
	if _, err := unmarshalPrefix(der, &outer); err != nil {
		return nil, err
	}
	rest, err := unmarshalPrefix(outer.Bytes, &first)
	if err != nil {
		return nil, err
	}
	if first.Tag != asn1.TagSequence {
		return der, nil // a token, which begins with its type
	}
	var status int
	if _, err := unmarshalPrefix(first.Bytes, &status); err != nil {
		return nil, err
	}
	if status > 1 { // neither granted nor granted with changes
		return nil, errors.New("the authority refused it")
	}
	return rest, nil
}

// pickCertificate sorts the enclosed certificates into the signer's and the
// others. Those that cannot be read are left out.
func (s *signedData) pickCertificate(der []byte) {
	for n := 0; len(der) > 0 && n < maxCerts; n++ {
		var one asn1.RawValue
		rest, err := unmarshalPrefix(der, &one)
		if err != nil {
			return
		}
		der = rest
		chain, err := parseChain([][]byte{one.FullBytes})
		if err != nil {
			continue
		}
		if s.certificate == nil && s.signer.names(chain[0]) {
			s.certificate = chain[0]
		} else {
			s.others = append(s.others, chain[0])
		}
	}
}

// names tells whether the signer is identified as the holder of c: by issuer
// and serial number, or by the identifier of the key.
func (i *signerInfo) names(c *x509.Certificate) bool {
	if i.SID.Class == asn1.ClassContextSpecific && i.SID.Tag == 0 {
		return len(c.SubjectKeyId) > 0 && bytes.Equal(i.SID.Bytes, c.SubjectKeyId)
	}
	var issuer asn1.RawValue
	rest, err := unmarshalPrefix(i.SID.Bytes, &issuer)
	if err != nil {
		return false
	}
	serial := new(big.Int)
	if _, err := unmarshalPrefix(rest, &serial); err != nil {
		return false
	}
	return bytes.Equal(issuer.FullBytes, c.RawIssuer) && serial.Cmp(c.SerialNumber) == 0
}

// authority names who made the time stamp.
func (s *signedData) authority() string {
	if s.certificate == nil {
		return ""
	}
	if name := s.certificate.Subject.CommonName; name != "" {
		return oneLine(name)
	}
	return holder(s.certificate.Subject)
}

// verify checks the signature: it covers the signed attributes, and these the
// content by its digest (RFC 5652, 5.4).
func (s *signedData) verify() State {
	h := newHash(hashName(s.signer.DigestAlg.OID))
	alg := signatureAlgorithm(s.signer.SignatureAlg.OID, hashName(s.signer.DigestAlg.OID))
	if h == nil || alg == x509.UnknownSignatureAlgorithm {
		return State{NotChecked, "it is signed with an algorithm that is not checked"}
	}
	if len(s.signer.SignedAttrs.FullBytes) == 0 {
		return State{Invalid, "its signature does not cover the type of what it signs"}
	}
	digest, kind, err := s.signer.attributes()
	if err != nil {
		return State{NotChecked, oneLine(err.Error())}
	}
	h.Write(s.content)
	if !bytes.Equal(h.Sum(nil), digest) || !kind.Equal(oidStampInfo) {
		return State{Invalid, "its signature is over another time stamp"}
	}
	attrs := bytes.Clone(s.signer.SignedAttrs.FullBytes)
	attrs[0] = 0x31 // signed as a SET, whatever its tag in the structure
	if err := s.certificate.CheckSignature(alg, attrs, s.signer.Signature); err != nil {
		return State{Invalid, oneLine("its signature was not made with the key of " + s.authority())}
	}
	return State{Verdict: Valid}
}

// attributes gives the digest and the type that the signed attributes state.
func (i *signerInfo) attributes() (digest []byte, kind asn1.ObjectIdentifier, err error) {
	const most = 64
	der := i.SignedAttrs.Bytes
	for n := 0; len(der) > 0 && n < most; n++ {
		var attr struct {
			Type   asn1.ObjectIdentifier
			Values asn1.RawValue
		}
		if der, err = unmarshalPrefix(der, &attr); err != nil {
			return nil, nil, err
		}
		switch {
		case attr.Type.Equal(oidMessageDigest):
			_, err = unmarshalPrefix(attr.Values.Bytes, &digest)
		case attr.Type.Equal(oidContentType):
			_, err = unmarshalPrefix(attr.Values.Bytes, &kind)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return digest, kind, nil
}

// hashName turns the identifier of a hash algorithm into C2PA's name.
func hashName(oid asn1.ObjectIdentifier) string {
	switch oid.String() {
	case "2.16.840.1.101.3.4.2.1":
		return "sha256"
	case "2.16.840.1.101.3.4.2.2":
		return "sha384"
	case "2.16.840.1.101.3.4.2.3":
		return "sha512"
	}
	return ""
}

// signatureAlgorithm turns the identifier of a signature algorithm, which may
// leave the hash to the digest algorithm, into that of the standard library.
func signatureAlgorithm(oid asn1.ObjectIdentifier, hash string) x509.SignatureAlgorithm {
	rsa := map[string]x509.SignatureAlgorithm{"sha256": x509.SHA256WithRSA, "sha384": x509.SHA384WithRSA, "sha512": x509.SHA512WithRSA}
	pss := map[string]x509.SignatureAlgorithm{"sha256": x509.SHA256WithRSAPSS, "sha384": x509.SHA384WithRSAPSS, "sha512": x509.SHA512WithRSAPSS}
	ecdsa := map[string]x509.SignatureAlgorithm{"sha256": x509.ECDSAWithSHA256, "sha384": x509.ECDSAWithSHA384, "sha512": x509.ECDSAWithSHA512}
	switch oid.String() {
	case "1.2.840.113549.1.1.1":
		return rsa[hash]
	case "1.2.840.113549.1.1.11":
		return x509.SHA256WithRSA
	case "1.2.840.113549.1.1.12":
		return x509.SHA384WithRSA
	case "1.2.840.113549.1.1.13":
		return x509.SHA512WithRSA
	case "1.2.840.113549.1.1.10":
		return pss[hash]
	case "1.2.840.10045.2.1":
		return ecdsa[hash]
	case "1.2.840.10045.4.3.2":
		return x509.ECDSAWithSHA256
	case "1.2.840.10045.4.3.3":
		return x509.ECDSAWithSHA384
	case "1.2.840.10045.4.3.4":
		return x509.ECDSAWithSHA512
	case "1.3.101.112":
		return x509.PureEd25519
	}
	return x509.UnknownSignatureAlgorithm
}
