package c2pa

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// The places where a time stamp stands: in the header of the signature, with
// two definitions of what is stamped (C2PA specification 2.1, 10.3.2.5), or
// in an assertion of a later manifest (2.2, 18.17).
const (
	fieldV1        = "sigTst"
	fieldV2        = "sigTst2"
	fieldAssertion = "c2pa.time-stamp"
)

// timestamp reads the time stamp over the signature of a manifest, nil where
// there is none, and checks it.
func (d *decoder) timestamp(label string, sig *signature, claim []byte) *Timestamp {
	field, token := stampToken(sig.unprotected)
	if token == nil {
		if token = d.stamps[label]; token == nil {
			return nil
		}
		field = fieldAssertion
	}
	t := &Timestamp{Field: field}
	unread := State{NotChecked, "the time stamp could not be read"}
	t.State, t.Trust = unread, unread
	imprinted, err := sig.imprinted(field, claim)
	if err != nil {
		t.State.Reason = oneLine(err.Error())
		return t
	}
	signed, err := parseToken(token)
	if err != nil {
		t.State.Reason = oneLine("the time stamp cannot be read: " + err.Error())
		return t
	}
	t.Time = signed.info.time
	t.Authority = signed.authority()
	if d.signatures--; d.signatures < 0 {
		t.State.Reason = "the store holds more signatures than are checked"
		return t
	}
	t.State = signed.check(imprinted)
	t.Trust = d.authorityTrust(signed, t.Time)
	return t
}

// stampToken finds the token in the header that is not signed. Only the first
// counts, as the specification has it.
func stampToken(header *value) (field string, token []byte) {
	for _, name := range []string{fieldV2, fieldV1} {
		for _, t := range header.get(name).get("tstTokens").list() {
			if b := t.get("val").raw(); len(b) > 0 {
				return name, b
			}
		}
	}
	return "", nil
}

// findStamps collects the tokens that assertions hold for the manifests they
// name.
func (d *decoder) findStamps() {
	d.stamps = map[string][]byte{}
	for i := range d.boxes {
		for _, a := range d.store.Manifests[i].Assertions {
			if baseLabel(a.Label) != fieldAssertion {
				continue
			}
			box, err := d.resolve(d.boxes[i], a.URL)
			if err != nil {
				continue
			}
			v := d.value(box)
			for i := range v.pairs() {
				d.stamps[v.key(i).name()] = v.val(i).raw()
			}
		}
	}
}

// imprinted gives what the time stamp may cover. In version 1 that is the
// claim, wrapped as for a countersignature; since version 2 the signature as
// a CBOR byte string, wrapped so too. Every form holds the signature or the
// claim whole, so that none says less.
func (s *signature) imprinted(field string, claim []byte) ([][]byte, error) {
	if field == fieldV1 {
		b, err := s.toBeSigned("CounterSignature", claim)
		return [][]byte{b}, err
	}
	encoded, err := cbor.Marshal(s.bytes)
	if err != nil {
		return nil, fmt.Errorf("building what is stamped: %w", err)
	}
	wrapped, err := s.toBeSigned("CounterSignature", encoded)
	return [][]byte{wrapped, encoded, s.bytes}, err
}

// stampInfo is the TSTInfo of RFC 3161, 2.4.2, as far as it is used.
type stampInfo struct {
	time   time.Time
	alg    string
	digest []byte
}

var oidStampInfo = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}

func parseStampInfo(der []byte) (stampInfo, error) {
	var raw struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Alg    algorithmIdentifier
			Digest []byte
		}
		Serial  asn1.RawValue
		GenTime asn1.RawValue
	} // accuracy, ordering, nonce, tsa and extensions may follow
	if _, err := unmarshalPrefix(der, &raw); err != nil {
		return stampInfo{}, err
	}
	at, err := generalizedTime(raw.GenTime)
	if err != nil {
		return stampInfo{}, err
	}
	return stampInfo{time: at, alg: hashName(raw.Imprint.Alg.OID), digest: raw.Imprint.Digest}, nil
}

// generalizedTime reads a time with or without fractions of a second, which
// RFC 3161 demands to be UTC.
func generalizedTime(v asn1.RawValue) (time.Time, error) {
	if v.Class != asn1.ClassUniversal || v.Tag != asn1.TagGeneralizedTime {
		return time.Time{}, errors.New("it states no time")
	}
	t, err := time.Parse("20060102150405Z", string(v.Bytes))
	if err != nil {
		return time.Time{}, fmt.Errorf("its time cannot be read: %w", err)
	}
	return t.UTC(), nil
}

// check compares the imprint and verifies the signature of the authority.
func (s *signedData) check(imprinted [][]byte) State {
	if newHash(s.info.alg) == nil {
		return State{NotChecked, "its hash algorithm is not one that is checked"}
	}
	covered := false
	for _, data := range imprinted {
		h := newHash(s.info.alg)
		h.Write(data)
		covered = covered || bytes.Equal(h.Sum(nil), s.info.digest)
	}
	if !covered {
		return State{Invalid, "it was made for something else than this signature"}
	}
	if s.certificate == nil {
		return State{NotChecked, "it covers this signature, but comes without the certificate of its authority"}
	}
	if state := s.verify(); state.Verdict != Valid {
		return state
	}
	at := s.info.time
	if at.Before(s.certificate.NotBefore) || at.After(s.certificate.NotAfter) {
		return State{Invalid, "the certificate of its authority was not in force at the time it states"}
	}
	if !forTimeStamps(s.certificate) {
		return State{Invalid, "the certificate of its authority is not one for time stamps"}
	}
	return State{Valid, oneLine("it covers this signature and is signed with the key of " + s.authority())}
}

func forTimeStamps(c *x509.Certificate) bool {
	for _, use := range c.ExtKeyUsage {
		if use == x509.ExtKeyUsageTimeStamping {
			return true
		}
	}
	return false
}

// authorityTrust checks the authority's chain against the person's list.
func (d *decoder) authorityTrust(s *signedData, at time.Time) State {
	if s.certificate == nil {
		return State{NotChecked, "the certificate of the authority is not in the file"}
	}
	chain := append([]*x509.Certificate{s.certificate}, s.others...)
	return trusted(d.opt.Trust, chain, at, x509.ExtKeyUsageTimeStamping)
}
