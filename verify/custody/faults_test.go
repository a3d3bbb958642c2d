package custody

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A ledger that is wrong throughout is reported as such, and not as one with as
// many faults as are kept.
func TestFaultsAreCountedBeyondThoseKept(t *testing.T) {
	var found, all Faults
	for i := range maxFaults + 3 {
		found.Add(&BrokenError{Seq: int64(i), What: "position"})
	}
	if err := all.AddError(fmt.Errorf("verify: %w", found.Err())); err != nil {
		t.Fatal(err)
	}
	all.Add(&BrokenError{Seq: 9, What: "case"})
	if len(all.List) != maxFaults || all.More != 4 || all.Count() != maxFaults+4 {
		t.Errorf("%d faults are kept and %d are counted, of %d", len(all.List), all.Count(), maxFaults+4)
	}
	if want := fmt.Sprintf("(and %d more)", maxFaults+3); !strings.HasSuffix(all.Err().Error(), want) {
		t.Errorf("it reads %q, without %q", all.Err(), want)
	}
}

// What a certificate vouches for when it had run out, was not valid yet, or was
// given for something else, is no time.
func TestTimestampWantsACertificateForIt(t *testing.T) {
	day := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	stamping := []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
	for _, k := range []struct {
		name     string
		from, to time.Time
		usage    []x509.ExtKeyUsage
		good     bool
	}{
		{"valid", day.AddDate(-1, 0, 0), day.AddDate(1, 0, 0), stamping, true},
		{"on its last second", day.AddDate(-1, 0, 0), day, stamping, true},
		{"run out", day.AddDate(-1, 0, 0), day.Add(-time.Second), stamping, false},
		{"not valid yet", day.Add(time.Second), day.AddDate(1, 0, 0), stamping, false},
		{"of a server", day.AddDate(-1, 0, 0), day.AddDate(1, 0, 0), []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, false},
		{"for time and more", day.AddDate(-1, 0, 0), day.AddDate(1, 0, 0), append(stamping, x509.ExtKeyUsageServerAuth), false},
		{"for nothing said", day.AddDate(-1, 0, 0), day.AddDate(1, 0, 0), nil, false},
	} {
		stamp := Timestamp{At: day, signer: &x509.Certificate{Subject: pkix.Name{CommonName: "tsa"}, NotBefore: k.from, NotAfter: k.to, ExtKeyUsage: k.usage}}
		if err := stamp.signedForTime(); (err == nil) != k.good {
			t.Errorf("a certificate %s: %v", k.name, err)
		}
	}
}
