package c2pa

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"
)

// The digest of a file without some of its parts is that of the other bytes in
// their order, whatever the parts are and however they overlap, with each mark's
// own offset in front of it.
func TestHashOfAFileWithoutParts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		file := make([]byte, r.IntN(60))
		for i := range file {
			file[i] = byte(r.Uint32())
		}
		var spans []span
		out := make([]bool, len(file)+1)
		for range r.IntN(5) {
			from := r.IntN(len(file) + 1)
			to := from + r.IntN(len(file)-from+1)
			spans = append(spans, span{int64(from), int64(to)})
			for i := from; i < to; i++ {
				out[i] = true
			}
		}
		var marks []int64
		marked := map[int]bool{}
		for i := range file {
			if r.IntN(15) == 0 {
				marks, marked[i] = append(marks, int64(i)), true
			}
		}
		var want []byte
		left := int64(0)
		for i, b := range file {
			if marked[i] {
				want = binary.BigEndian.AppendUint64(want, uint64(i))
			}
			if !out[i] {
				want = append(want, b)
			} else {
				left++
			}
		}
		joined := merged(spans)
		if got := total(joined); got != left {
			t.Fatalf("%v leave out %d bytes, want %d", spans, got, left)
		}
		h := sha256.New()
		if err := hashFile(h, bytes.NewReader(file), int64(len(file)), joined, marks); err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(want); !bytes.Equal(h.Sum(nil), sum[:]) {
			t.Fatalf("%d bytes without %v, marks %v: another digest", len(file), spans, marks)
		}
	}
	if err := hashFile(sha256.New(), bytes.NewReader([]byte("ab")), 3, nil, nil); err == nil {
		t.Error("a file that ends early has a digest")
	}
}

// A certificate signs content only if it says so.
func TestCertificatesThatAreUnfit(t *testing.T) {
	other := []asn1.ObjectIdentifier{{1, 2, 3}}
	for name, c := range map[string]struct {
		cert x509.Certificate
		fit  bool
	}{
		"for mail":              {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}, true},
		"for content":           {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature, UnknownExtKeyUsage: signingUses[:1]}, true},
		"its key use not said":  {x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}, true},
		"other uses and mail":   {x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageEmailProtection}}, true},
		"an issuer":             {x509.Certificate{IsCA: true, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}, false},
		"a key for encryption":  {x509.Certificate{KeyUsage: x509.KeyUsageKeyEncipherment, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}, false},
		"no use":                {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature}, false},
		"any use":               {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}, false},
		"for servers":           {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}, false},
		"for something unknown": {x509.Certificate{KeyUsage: x509.KeyUsageDigitalSignature, UnknownExtKeyUsage: other}, false},
	} {
		if got := unfit(&c.cert); (got == "") != c.fit {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A certificate is in force from its first second to its last, and what it was
// worth before it ended only a time stamp tells.
func TestCertificatesInForce(t *testing.T) {
	from, until := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	c := &x509.Certificate{NotBefore: from, NotAfter: until}
	for at, want := range map[time.Time]Verdict{
		{}: NotChecked, from.Add(-time.Second): Invalid, from: Valid, until: Valid, until.Add(time.Second): Invalid,
	} {
		for _, stamped := range []bool{true, false} {
			if got := inForce(c, at, "then", stamped); got.Verdict != want || got.Reason == "" {
				t.Errorf("at %s, stamped %v: %+v, want %s", at, stamped, got, want)
			}
		}
	}
	valid, changed := &Timestamp{Time: from, State: State{Verdict: Valid}}, &Timestamp{Time: from, State: State{Verdict: Invalid}}
	d := &decoder{opt: Options{Now: until}}
	for name, c := range map[string]struct {
		stamp *Timestamp
		want  time.Time
	}{"a time stamp that holds": {valid, from}, "one that was changed": {changed, until}, "none": {nil, until}} {
		if at, _ := d.signingTime(c.stamp); !at.Equal(c.want) {
			t.Errorf("%s: the signing is of %s, want %s", name, at, c.want)
		}
	}
}
