package c2pa

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// ref is a hashed reference to a box.
func ref(url string, box []byte) m {
	sum := sha256.Sum256(box[8:])
	return m{"url": url, "hash": sum[:], "alg": "sha256"}
}

// parentOf is an ingredient assertion, version 2 or 3, for a manifest.
func parentOf(label string, manifest []byte, v3 bool) assertionOf {
	name, key := "c2pa.ingredient.v2", "c2pa_manifest"
	if v3 {
		name, key = "c2pa.ingredient.v3", "activeManifest"
	}
	return assertionOf{label: name, data: m{"dc:title": "before", "relationship": "parentOf", key: ref("self#jumbf=/c2pa/"+label, manifest)}}
}

// TestIngredientsAreCheckedToo follows a file back to the one it was made
// from.
func TestIngredientsAreCheckedToo(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	parent := manifestBy(desk)
	parent.label = "urn:c2pa:parent"
	for _, v3 := range []bool{false, true} {
		before := parent.bytes(t)
		mo := manifestBy(desk)
		mo.assertions = append(mo.assertions, parentOf(parent.label, before, v3))
		data := bound(t, mo, before)
		s := decodeFile(t, data, file(data))
		in := s.Active().Ingredients[0]
		if len(s.Problems) > 0 || len(s.Manifests) != 2 || in.Manifest != parent.label || in.State.Verdict != Valid {
			t.Fatalf("got %+v, %v", in, s.Problems)
		}
		of := s.Manifest(in.Manifest)
		if of.Signature.Verdict != Valid || of.Integrity.Verdict != Valid || of.Binding.Verdict != NotChecked {
			t.Errorf("the ingredient is %v, %v, %v", of.Signature, of.Integrity, of.Binding)
		}
		changed := bytes.Replace(data, []byte("c2pa.created"), []byte("c2pa.creatod"), 1)
		got := decodeFile(t, changed, file(changed))
		if codes := got.codes(); !codes["c2pa-ingredient-changed"] || !codes["c2pa-ingredient-invalid"] || codes["c2pa-assertion-changed"] || got.Active().Signature.Verdict != Valid {
			t.Errorf("a changed ingredient gives %v", got.Problems)
		}
	}
}

// TestRedactionIsNotDamage takes an assertion out of the parent, which only
// the manifest that says so may do.
func TestRedactionIsNotDamage(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	parent := manifestBy(desk)
	parent.label = "urn:c2pa:parent"
	full := parent.bytes(t)
	exif := parent.assertions[1].bytes(t)
	left := bytes.Replace(full, exif, nil, 1)
	shrink(left, len(exif)) // of the manifest
	at := bytes.Index(left, []byte("jumdc2as")) - 12
	shrink(left[at:], len(exif)) // of the assertion store
	sig := full[bytes.Index(full, []byte("jumdc2cs"))-12:]
	for _, said := range []bool{true, false} {
		in := parentOf(parent.label, full, true)
		in.data.(m)["claimSignature"] = ref("self#jumbf=/c2pa/"+parent.label+"/c2pa.signature", sig)
		mo := manifestBy(desk)
		mo.assertions = append(mo.assertions, in)
		if said {
			mo.claim = m{"redacted_assertions": []any{"self#jumbf=/c2pa/" + parent.label + "/c2pa.assertions/stds.exif"}}
		}
		data := bound(t, mo, left)
		s := decodeFile(t, data, file(data))
		if said && (len(s.Problems) > 0 || s.Active().Ingredients[0].State.Verdict != Valid) {
			t.Errorf("a redaction gives %v, %v", s.Problems, s.Active().Ingredients[0].State)
		}
		if codes := s.codes(); !said && (!codes["c2pa-ingredient-invalid"] || !codes["c2pa-ingredient-changed"]) {
			t.Errorf("an assertion that is gone unsaid gives %v", s.Problems)
		}
	}
	// What is said to be blanked must be blank.
	mo := manifestBy(desk)
	mo.claim = m{"redacted_assertions": []any{"self#jumbf=/c2pa/" + parent.label + "/c2pa.assertions/stds.exif"}}
	for text, want := range map[string]bool{strings.Repeat("\x00", 20): false, `{"exif:Make":"Baker"}`: true} {
		data := bound(t, mo, bytes.Replace(full, []byte(`{"exif:Make":"Maker"}`), []byte((text + "\x00")[:21]), 1))
		if s := decodeFile(t, data, file(data)); s.codes()["c2pa-ingredient-invalid"] != want || s.codes()["c2pa-malformed"] {
			t.Errorf("%q in place of an assertion gives %v", text, s.Problems)
		}
	}
	own := manifestBy(desk)
	own.claim = m{"redacted_assertions": []any{"self#jumbf=/c2pa/" + own.label + "/c2pa.assertions/stds.exif"}}
	data := bytes.Replace(bound(t, own), []byte(`"Maker"`), []byte(`"Baker"`), 1)
	if s := decodeFile(t, data, file(data)); !s.codes()["c2pa-assertion-changed"] {
		t.Errorf("a manifest that redacts itself gives %v", s.Problems)
	}
}

// shrink lowers the length of the box at the start of b.
func shrink(b []byte, by int) {
	n := int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3]) - by
	b[0], b[1], b[2], b[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
}

// TestUpdateManifestRestsOnItsParent finds the binding where an update
// manifest has none of its own.
func TestUpdateManifestRestsOnItsParent(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	size := 0
	var data []byte
	for range 4 {
		parent := manifestBy(desk)
		parent.label, parent.assertions = "urn:c2pa:parent", append(parent.assertions, dataHash(size))
		before := parent.bytes(t)
		update := manifestOf{label: "urn:c2pa:update", update: true, signer: desk, assertions: []assertionOf{parentOf(parent.label, before, true)}}
		data = store(t, before, update.bytes(t))
		size = len(data)
	}
	if s := decodeFile(t, data, file(data)); s.Active().Binding.Verdict != Valid || len(s.Problems) > 0 {
		t.Errorf("got %v, %v", s.Active().Binding, s.Problems)
	}
	whole := append(file(data), 0)
	if s := decodeFile(t, data, whole); s.Active().Binding.Verdict != Invalid {
		t.Errorf("a changed file gives %v", s.Active().Binding)
	}
	alone := manifestOf{label: "urn:c2pa:update", update: true, signer: desk}
	data = store(t, alone.bytes(t))
	if s := decodeFile(t, data, file(data)); s.Active().Binding.Verdict != NotChecked || !s.codes()["c2pa-binding-missing"] {
		t.Errorf("an update of nothing gives %v, %v", s.Active().Binding, s.Problems)
	}
}

// TestTimestamps reads time stamps in their three places, and wants each way
// to break one noticed.
func TestTimestamps(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	for name, c := range map[string]struct {
		change  func(*authority)
		options []certOption
		field   string
		want    Verdict
	}{
		"version 2":              {field: fieldV2, want: Valid},
		"version 1, as response": {field: fieldV1, change: func(a *authority) { a.response = true }, want: Valid},
		"of something else":      {field: fieldV2, change: func(a *authority) { a.imprint = func(b []byte) []byte { return append(b, 0) } }, want: Invalid},
		"time changed later":     {field: fieldV2, change: func(a *authority) { a.forged = true }, want: Invalid},
		"badly signed":           {field: fieldV2, change: func(a *authority) { a.breakSig = true }, want: Invalid},
		"by one not for it":      {field: fieldV2, options: []certOption{func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} }}, want: Invalid},
		"after the certificate":  {field: fieldV2, change: func(a *authority) { a.at = today.AddDate(3, 0, 0) }, want: Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAuthority(t, c.options...)
			if c.change != nil {
				c.change(a)
			}
			mo := manifestBy(desk)
			mo.v1, mo.stamp = c.field == fieldV1, a.header(t, c.field)
			data := bound(t, mo)
			s := decodeFile(t, data, file(data))
			got := s.Active().Timestamp
			if got == nil || got.State.Verdict != c.want || !got.Time.Equal(a.at) || got.Authority != "Clock" || got.Field != c.field || got.Trust.Verdict != NotChecked {
				t.Fatalf("got %+v", got)
			}
			if s.codes()["c2pa-timestamp-invalid"] != (c.want == Invalid) || s.Active().Signature.Verdict != Valid {
				t.Errorf("got %v, %v", s.Problems, s.Active().Signature)
			}
		})
	}
	t.Run("in a later manifest", func(t *testing.T) {
		a := newAuthority(t)
		parent := manifestBy(desk)
		parent.label = "urn:c2pa:parent"
		var sig []byte
		parent.cose = func(b []byte) []byte { sig = b; return b }
		before := parent.bytes(t)
		var parts cbor.Tag
		if err := cbor.Unmarshal(sig, &parts); err != nil {
			t.Fatal(err)
		}
		mo := manifestBy(desk)
		mo.assertions = append(mo.assertions, parentOf(parent.label, before, true),
			assertionOf{label: fieldAssertion, data: m{parent.label: a.token(t, parts.Content.([]any)[3].([]byte))}})
		data := bound(t, mo, before)
		s := decodeFile(t, data, file(data))
		if got := s.Manifests[0].Timestamp; got == nil || got.State.Verdict != Valid || got.Field != fieldAssertion {
			t.Errorf("got %+v, %v", got, s.Problems)
		}
	})
	t.Run("garbage", func(t *testing.T) {
		mo := manifestBy(desk)
		mo.stamp = func(_, _, _ []byte) m { return m{fieldV2: m{"tstTokens": []any{m{"val": []byte{0x30, 0x80}}}}} }
		data := bound(t, mo)
		if got := decodeFile(t, data, file(data)).Active().Timestamp; got == nil || got.State.Verdict != NotChecked || !got.Time.IsZero() {
			t.Errorf("got %+v", got)
		}
	})
}

// TestIdentities checks the identity assertions that are signed with a
// certificate.
func TestIdentities(t *testing.T) {
	desk, jane := newSigner(t, cose.AlgorithmES256), newSigner(t, cose.AlgorithmEdDSA)
	first := manifestBy(desk).assertions[0]
	for name, c := range map[string]struct {
		change func(identity m)
		want   Verdict
		reason string
	}{
		"signed":          {want: Valid},
		"other signature": {change: func(id m) { id["signer_payload"].(m)["role"] = "editor" }, want: Invalid, reason: "not made over"},
		"full padding":    {change: func(id m) { id["pad1"] = []byte{1} }, want: Invalid, reason: "padding"},
		"other kind":      {change: func(id m) { id["signer_payload"].(m)["sig_type"] = "cawg.identity_claims_aggregation" }, want: NotChecked},
		"refers twice": {change: func(id m) {
			p := id["signer_payload"].(m)
			p["referenced_assertions"] = append(p["referenced_assertions"].([]any), p["referenced_assertions"].([]any)[0])
		}, want: Invalid, reason: "twice"},
		"refers to another": {change: func(id m) {
			id["signer_payload"].(m)["referenced_assertions"].([]any)[0].(m)["hash"] = make([]byte, 32)
		}, want: Invalid, reason: "another"},
	} {
		payload := m{"sig_type": "cawg.x509.cose", "referenced_assertions": []any{ref("self#jumbf=c2pa.assertions/"+first.label, first.bytes(t))}}
		identity := m{"signer_payload": payload, "signature": jane.sign(t, encode(t, payload), nil), "pad1": make([]byte, 4)}
		if c.change != nil {
			c.change(identity)
		}
		mo := manifestBy(desk)
		mo.assertions = append(mo.assertions, assertionOf{label: "cawg.identity", data: identity})
		data := bound(t, mo)
		s := decodeFile(t, data, file(data))
		got := s.Active().Identities[0]
		if got.State.Verdict != c.want || !strings.Contains(got.State.Reason, c.reason) || s.codes()["c2pa-identity-invalid"] != (c.want == Invalid) {
			t.Errorf("%s: got %+v, %v", name, got, s.Problems)
		}
	}
}
