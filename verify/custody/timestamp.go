package custody

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
)

// maxToken bounds an RFC 3161 response in bytes: some 6 kB with its chain.
const maxToken = 1 << 20

// TimestampRequest is an RFC 3161 request (.tsq) for the SHA-256 of a
// checkpoint's note: that hash is all that it tells. It asks for the certificates,
// so that the answer can be checked off line.
func TimestampRequest(c Checkpoint) ([]byte, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return nil, fmt.Errorf("timestamp request: %w", err)
	}
	sum := sha256.Sum256(c.Note)
	request := timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: sum[:], Certificates: true, Nonce: nonce}
	b, err := request.Marshal()
	if err != nil {
		return nil, fmt.Errorf("timestamp request: %w", err)
	}
	return b, nil
}

// Timestamp is what a time-stamping authority says: that it saw a hash no later
// than At.
type Timestamp struct {
	At        time.Time // UTC, by the authority's clock
	Hash      []byte    // SHA-256 that it saw
	Authority string    // subject of the certificate that signed
	Root      string    // subject of the trusted certificate that the chain ends in; "" when it ends in none

	signer        *x509.Certificate
	intermediates *x509.CertPool
}

var errToken = errors.New("not an RFC 3161 response with a token")

// ParseTimestamp reads an RFC 3161 response (.tsr) and checks the signature by
// the certificate in it, whether that is for time-stamping and was valid at the
// time. Roots are the PEM certificates that a person trusts, or nil; the chain is
// checked as of the time of the token.
func ParseTimestamp(response, roots []byte) (t Timestamp, err error) {
	defer func() {
		if r := recover(); r != nil { // the library reads BER by hand
			t, err = Timestamp{}, fmt.Errorf("%w: %v", errToken, r)
		}
	}()
	if len(response) > maxToken {
		return Timestamp{}, fmt.Errorf("timestamp of %d bytes is longer than %d", len(response), maxToken)
	}
	parsed, err := timestamp.ParseResponse(response)
	if err != nil {
		return Timestamp{}, fmt.Errorf("%w: %w", errToken, err)
	}
	p7, err := pkcs7.Parse(parsed.RawToken)
	if err != nil {
		return Timestamp{}, fmt.Errorf("%w: %w", errToken, err)
	}
	t = Timestamp{At: parsed.Time.UTC(), Hash: parsed.HashedMessage, signer: p7.GetOnlySigner(), intermediates: x509.NewCertPool()}
	if parsed.HashAlgorithm != crypto.SHA256 || len(t.Hash) != sha256.Size {
		return Timestamp{}, fmt.Errorf("%w: it is not of a SHA-256", errToken)
	}
	if t.signer == nil {
		return Timestamp{}, fmt.Errorf("%w: it is without the certificate of who signed it", errToken)
	}
	for _, c := range p7.Certificates {
		t.intermediates.AddCert(c)
	}
	t.Authority = t.signer.Subject.String()
	if err := t.signedForTime(); err != nil {
		return Timestamp{}, err
	}
	t.Root, err = t.chain(roots)
	return t, err
}

// signedForTime wants what RFC 3161 section 2.3 does of the certificate.
func (t *Timestamp) signedForTime() error {
	if t.At.Before(t.signer.NotBefore) || t.At.After(t.signer.NotAfter) {
		return fmt.Errorf("%w: the certificate of %s was not valid at %s", errToken, t.Authority, t.At.Format(time.RFC3339))
	}
	if len(t.signer.ExtKeyUsage) != 1 || t.signer.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping {
		return fmt.Errorf("%w: the certificate of %s is not one for time-stamping", errToken, t.Authority)
	}
	return nil
}

// chain gives the subject of the trusted certificate that vouches for the
// signer, "" when none is given.
func (t *Timestamp) chain(roots []byte) (string, error) {
	trusted, err := ParseCertificates(roots)
	if err != nil || len(trusted) == 0 {
		return "", err
	}
	pool := x509.NewCertPool()
	for _, c := range trusted {
		pool.AddCert(c)
	}
	chains, err := t.signer.Verify(x509.VerifyOptions{
		Roots: pool, Intermediates: t.intermediates, CurrentTime: t.At, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
	if err != nil {
		return "", fmt.Errorf("%w: the certificates given do not vouch for %s: %w", errToken, t.Authority, err)
	}
	return chains[0][len(chains[0])-1].Subject.String(), nil
}

// Of says whether the timestamp is of this checkpoint.
func (t Timestamp) Of(c Checkpoint) bool {
	sum := sha256.Sum256(c.Note)
	return bytes.Equal(t.Hash, sum[:])
}

// ParseCertificates reads certificates in PEM form; other blocks are refused.
func ParseCertificates(text []byte) ([]*x509.Certificate, error) {
	if len(text) > maxToken {
		return nil, fmt.Errorf("certificates of %d bytes are more than %d", len(text), maxToken)
	}
	var list []*x509.Certificate
	for len(bytes.TrimSpace(text)) > 0 {
		block, rest := pem.Decode(text)
		if block == nil || block.Type != "CERTIFICATE" {
			return nil, errors.New("not certificates in PEM form")
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("read certificate: %w", err)
		}
		list, text = append(list, c), rest
	}
	return list, nil
}
