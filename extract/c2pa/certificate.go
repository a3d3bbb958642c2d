package c2pa

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	maxCertBytes = 64 << 10
	maxRSABits   = 8192 // far above what any signer uses; more would only cost time
)

// parseChain reads certificates in DER, leaf first.
func parseChain(encoded [][]byte) ([]*x509.Certificate, error) {
	if len(encoded) > maxCerts {
		return nil, fmt.Errorf("the signature carries %d certificates, more than are read", len(encoded))
	}
	var chain []*x509.Certificate
	for i, der := range encoded {
		if len(der) > maxCertBytes {
			return nil, fmt.Errorf("a certificate of %d bytes is not read", len(der))
		}
		c, err := x509.ParseCertificate(der)
		if err != nil && i > 0 {
			break // the leaf is enough to check the signature
		}
		if err != nil {
			return nil, fmt.Errorf("the certificate cannot be read: %w", err)
		}
		if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > maxRSABits {
			return nil, fmt.Errorf("a certificate with a key of %d bits is not used", key.N.BitLen())
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		return nil, errNoCertificate
	}
	return chain, nil
}

// oidRSAPSS marks a key that is for RSASSA-PSS alone (RFC 4055, 1.2).
var oidRSAPSS = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}

// publicKey gives the key of a certificate. The standard library knows no
// keys that are for RSASSA-PSS alone, which C2PA allows; their content is
// that of any RSA key.
func publicKey(c *x509.Certificate) (crypto.PublicKey, error) {
	if c.PublicKey != nil {
		return c.PublicKey, nil
	}
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	rest, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info)
	if err != nil || len(rest) > 0 || !info.Algorithm.Algorithm.Equal(oidRSAPSS) {
		return nil, errors.New("the certificate's key is of a kind that is not used")
	}
	key, err := x509.ParsePKCS1PublicKey(info.Key.RightAlign())
	if err != nil {
		return nil, fmt.Errorf("the certificate's key cannot be read: %w", err)
	}
	if key.N.BitLen() > maxRSABits {
		return nil, fmt.Errorf("a key of %d bits is not used", key.N.BitLen())
	}
	return key, nil
}

// holder names the holder of a certificate: its organisation, else its name.
func holder(n pkix.Name) string {
	if len(n.Organization) > 0 && n.Organization[0] != "" {
		return oneLine(n.Organization[0])
	}
	return oneLine(n.CommonName)
}

// The uses that the specification accepts for signing content (2.1, 14.4.2,
// and the C2PA certificate policy).
var signingUses = []asn1.ObjectIdentifier{
	{1, 3, 6, 1, 5, 5, 7, 3, 36},          // document signing (RFC 9336)
	{1, 3, 6, 1, 4, 1, 62558, 2, 1},       // C2PA claim signing
	{1, 3, 6, 1, 4, 1, 311, 76, 59, 1, 9}, // Microsoft C2PA signing
}

// checkCertificate checks that the signing certificate was in force and is
// one for signing content.
func (d *decoder) checkCertificate(m *Manifest, chain []*x509.Certificate, where string) {
	leaf := chain[0]
	if reason := unfit(leaf); reason != "" {
		m.Certificate = State{Invalid, reason}
		d.problem("c2pa-certificate-unfit", where, oneLine("the certificate of "+m.Signer+" is not one for signing content: "+reason))
	}
	at, how := d.signingTime(m.Timestamp)
	validity := inForce(leaf, at, how, m.Timestamp.holds())
	if validity.Verdict == Invalid {
		d.problem("c2pa-certificate-expired", where, oneLine("the certificate of "+m.Signer+" was not in force: "+validity.Reason))
	}
	if m.Certificate.Verdict == "" {
		m.Certificate = validity
	}
}

// signingTime gives the time for which certificates are judged: that of a
// time stamp that holds, else now.
func (d *decoder) signingTime(t *Timestamp) (at time.Time, how string) {
	if t.holds() {
		return t.Time, "when the time stamp was made, " + t.Time.UTC().Format(time.RFC3339)
	}
	return d.opt.Now, "now, and no time stamp says when the signature was made"
}

// holds tells whether the time stamp may be relied on.
func (t *Timestamp) holds() bool { return t != nil && t.State.Verdict == Valid }

func inForce(c *x509.Certificate, at time.Time, how string, stamped bool) State {
	from, until := c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format(time.DateOnly)
	switch {
	case at.IsZero():
		return State{NotChecked, "it is unknown when the signature was made; the certificate runs from " + from + " to " + until}
	case at.Before(c.NotBefore):
		return State{Invalid, "it begins on " + from + ", so it was not yet in force " + how}
	case at.After(c.NotAfter) && !stamped:
		return State{Invalid, "it ended on " + until + ", and no time stamp shows that the signature was made before"}
	case at.After(c.NotAfter):
		return State{Invalid, "it ended on " + until + ", so it was no longer in force " + how}
	}
	return State{Valid, "in force " + how}
}

// unfit says what keeps a certificate from signing content, or "".
func unfit(c *x509.Certificate) string {
	switch {
	case c.IsCA:
		return "it is one for issuing certificates"
	case c.KeyUsage != 0 && c.KeyUsage&x509.KeyUsageDigitalSignature == 0:
		return "its key is not for signatures"
	case len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) == 0:
		return "it does not say what its key is for"
	}
	for _, use := range c.ExtKeyUsage {
		switch use {
		case x509.ExtKeyUsageEmailProtection, x509.ExtKeyUsageTimeStamping, x509.ExtKeyUsageOCSPSigning:
			return ""
		case x509.ExtKeyUsageAny:
			return "it is for any use whatever"
		}
	}
	for _, use := range c.UnknownExtKeyUsage {
		if slices.ContainsFunc(signingUses, use.Equal) {
			return ""
		}
	}
	return "its key is for other uses"
}

// signerTrust checks the signer's chain against the person's list of roots.
func (d *decoder) signerTrust(chain []*x509.Certificate, t *Timestamp) State {
	at, _ := d.signingTime(t)
	return trusted(d.opt.Trust, chain, at, x509.ExtKeyUsageAny)
}

// trusted checks that a chain, leaf first, leads to one of the roots and was
// in force at that time.
func trusted(roots *x509.CertPool, chain []*x509.Certificate, at time.Time, use x509.ExtKeyUsage) State {
	if roots == nil {
		return State{NotChecked, "no list of trusted signers was given"}
	}
	if at.IsZero() {
		return State{NotChecked, "it is unknown when the signature was made"}
	}
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{use}})
	if err != nil {
		return State{Invalid, oneLine("the certificate does not lead to the list of trusted signers: " + err.Error())}
	}
	return State{Valid, "the certificate leads to the list of trusted signers"}
}
