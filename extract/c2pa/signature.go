package c2pa

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// The labels of COSE headers that are read (RFC 9052, 3.1; RFC 9360).
const (
	headerAlg     = 1
	headerX5Chain = 33
)

// signature is a COSE_Sign1 with the certificates it carries. The payload is
// detached: it is the claim, which stands in a box of its own.
type signature struct {
	protected   []byte // as signed
	header      value  // the same, taken apart
	unprotected *value
	payload     *value
	bytes       []byte
	alg         cose.Algorithm
	chain       []*x509.Certificate // leaf first
	chainErr    error
}

var errNoCertificate = errors.New("the signature names no certificate")

// readSignature takes a COSE_Sign1 apart (RFC 9052, 4.2).
func (d *decoder) readSignature(data []byte) (*signature, error) {
	if len(data) == 0 {
		return nil, errors.New("there is no signature")
	}
	v, _, err := d.values.cbor(data)
	if err != nil {
		return nil, fmt.Errorf("the signature cannot be read: %w", err)
	}
	if v.kind != kindList || len(v.items) != 4 || v.items[0].kind != kindBytes || v.items[3].kind != kindBytes {
		return nil, errors.New("the signature is not a COSE_Sign1")
	}
	s := &signature{protected: v.items[0].data, unprotected: &v.items[1], payload: &v.items[2], bytes: v.items[3].data}
	if len(s.protected) > 0 {
		if s.header, _, err = d.values.cbor(s.protected); err != nil {
			return nil, fmt.Errorf("the signed header cannot be read: %w", err)
		}
	}
	if v.twice || s.header.twice {
		return nil, errors.New("a key stands twice in the headers of the signature")
	}
	s.alg = algorithm(s.header.label(headerAlg))
	s.chain, s.chainErr = s.certificates()
	return s, nil
}

// algorithm reads the number of a COSE algorithm; only the signed header may
// name it.
func algorithm(v *value) cose.Algorithm {
	const lowest = 1 << 20
	switch {
	case v == nil || v.kind != kindInteger || v.number > lowest:
		return cose.AlgorithmReserved
	case v.minus:
		return cose.Algorithm(-1 - int64(v.number))
	}
	return cose.Algorithm(v.number)
}

// certificates reads the chain, which version 1 of the specification also
// allows in the header that is not signed, and under its name in words.
func (s *signature) certificates() ([]*x509.Certificate, error) {
	var chain *value
	for _, header := range []*value{&s.header, s.unprotected} {
		for _, v := range []*value{header.label(headerX5Chain), header.get("x5chain")} {
			if chain == nil && v.present() {
				chain = v
			}
		}
	}
	if chain == nil {
		return nil, errNoCertificate
	}
	encoded := [][]byte{chain.data}
	if chain.kind == kindList {
		encoded = nil
		for i := range chain.items {
			encoded = append(encoded, chain.items[i].data)
		}
	}
	return parseChain(encoded)
}

// signer names who holds the signing certificate.
func (s *signature) signer() string {
	if len(s.chain) == 0 {
		return ""
	}
	return holder(s.chain[0].Subject)
}

// verify checks a signature while the store may still ask for it.
func (d *decoder) verify(s *signature, payload []byte) State {
	if d.signatures--; d.signatures < 0 {
		return State{NotChecked, "the store holds more signatures than are checked"}
	}
	return s.verify(payload)
}

// verify checks the signature over payload with the key of the certificate.
func (s *signature) verify(payload []byte) State {
	if s.chainErr != nil {
		return State{NotChecked, oneLine(s.chainErr.Error())}
	}
	if s.payload.kind == kindBytes && len(s.payload.data) > 0 && !bytes.Equal(s.payload.data, payload) {
		return State{Invalid, "what it signs is enclosed in it, and is not what stands in the manifest"}
	}
	key, err := publicKey(s.chain[0])
	if err != nil {
		return State{NotChecked, oneLine(err.Error())}
	}
	verifier, err := cose.NewVerifier(s.alg, key)
	if errors.Is(err, cose.ErrAlgorithmNotSupported) {
		return State{NotChecked, fmt.Sprintf("signatures with the algorithm %v are not checked", s.alg)}
	}
	if err != nil {
		return State{Invalid, oneLine("the certificate's key is not one for its algorithm: " + err.Error())}
	}
	signed, err := s.toBeSigned("Signature1", payload)
	if err != nil {
		return State{NotChecked, oneLine(err.Error())}
	}
	if s.verifyDER(key, signed) {
		return State{Valid, oneLine(fmt.Sprintf("made over these bytes with the key of the certificate of %s (%v, written in DER, which COSE does not allow)", s.signer(), s.alg))}
	}
	if err := verifier.Verify(signed, s.bytes); err != nil {
		return State{Invalid, fmt.Sprintf("it was not made over these bytes with the key of the certificate (%v)", s.alg)}
	}
	return State{Valid, oneLine(fmt.Sprintf("made over these bytes with the key of the certificate of %s (%v)", s.signer(), s.alg))}
}

// verifyDER checks an ECDSA signature that is written as X.509 has it, as some
// signers do, and not as its two bare numbers (RFC 9053, 2.1).
func (s *signature) verifyDER(key crypto.PublicKey, signed []byte) bool {
	hashes := map[cose.Algorithm]string{cose.AlgorithmES256: "sha256", cose.AlgorithmES384: "sha384", cose.AlgorithmES512: "sha512"}
	public, ok := key.(*ecdsa.PublicKey)
	if !ok || len(s.bytes) == 2*((public.Curve.Params().BitSize+7)/8) {
		return false
	}
	h := newHash(hashes[s.alg])
	if h == nil {
		return false
	}
	h.Write(signed)
	return ecdsa.VerifyASN1(public, h.Sum(nil), s.bytes)
}

// toBeSigned builds the bytes that are signed or stamped: the Sig_structure
// of RFC 9052, 4.4, with no external data.
func (s *signature) toBeSigned(context string, payload []byte) ([]byte, error) {
	b, err := cbor.Marshal([]any{context, s.protected, []byte{}, payload})
	if err != nil {
		return nil, fmt.Errorf("building what is signed: %w", err)
	}
	return b, nil
}

// checkClaim checks the signature over the claim, the certificate behind it
// and the time stamp on it.
func (d *decoder) checkClaim(m *Manifest, s *superbox) {
	unread := func(reason string) {
		state := State{NotChecked, reason}
		m.Signature, m.Certificate, m.Trust = state, state, state
	}
	claim, ok := d.contents[s.first(typeClaim)]
	if !ok {
		unread("there is no claim that could be read")
		return
	}
	box := s.first(typeSignature)
	if url := claim.value.get("signature").plain(); url != "" {
		if named, err := d.resolve(s, url); err == nil {
			box = named
		}
	}
	if box == nil {
		unread("there is no signature")
		m.Signature = State{Invalid, "there is no signature"}
		d.problem("c2pa-signature-invalid", s.where, oneLine("the manifest "+m.Label+" is not signed"))
		return
	}
	data, _ := box.data("cbor")
	sig, err := d.readSignature(data)
	if err != nil {
		unread(oneLine(err.Error()))
		d.malformed(box.where, err.Error())
		return
	}
	d.checkSignature(m, sig, claim.data, box.where)
}

func (d *decoder) checkSignature(m *Manifest, sig *signature, claim []byte, where string) {
	m.Signature = d.verify(sig, claim)
	m.SignatureAlg = algorithmName(sig.alg)
	m.Signer = sig.signer()
	if m.Signature.Verdict == Invalid {
		d.problem("c2pa-signature-invalid", where, oneLine("the signature of the manifest "+m.Label+" does not hold: "+m.Signature.Reason))
	}
	if m.Signature.Verdict == NotChecked {
		d.problem("c2pa-signature-unchecked", where, oneLine("the signature of the manifest "+m.Label+" could not be checked: "+m.Signature.Reason))
	}
	m.Timestamp = d.timestamp(m.Label, sig, claim)
	if t := m.Timestamp; t != nil && t.State.Verdict == Invalid {
		d.problem("c2pa-timestamp-invalid", where, oneLine("the time stamp of the manifest "+m.Label+" does not hold: "+t.State.Reason))
	}
	if len(sig.chain) == 0 {
		m.Certificate = State{NotChecked, oneLine(sig.chainErr.Error())}
		m.Trust = m.Certificate
		return
	}
	m.Issuer = holder(sig.chain[0].Issuer)
	d.checkCertificate(m, sig.chain, where)
	m.Trust = d.signerTrust(sig.chain, m.Timestamp)
	if m.Trust.Verdict == Invalid {
		d.problem("c2pa-signer-untrusted", where, oneLine("the signer "+m.Signer+" is not vouched for: "+m.Trust.Reason))
	}
}

func algorithmName(a cose.Algorithm) string {
	if a == cose.AlgorithmReserved {
		return ""
	}
	return a.String()
}
