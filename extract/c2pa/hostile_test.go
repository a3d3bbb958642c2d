package c2pa

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/veraison/go-cose"
)

// nested wraps data n times.
func nested(n int, data []byte, wrap func([]byte) []byte) []byte {
	for range n {
		data = wrap(data)
	}
	return data
}

func repeat(b []byte, n int) []byte { return bytes.Repeat(b, n) }

// hostileStores are stores made to hurt, with the code that they must get.
func hostileStores(t testing.TB) map[string]struct {
	data []byte
	want string
} {
	cborBox := func(data ...[]byte) []byte {
		return store(t, super(t, typeManifest, "a", super(t, typeClaim, "c2pa.claim.v2", boxOf("cbor", bytes.Join(data, nil)))))
	}
	long := store(t)
	binary.BigEndian.PutUint32(long, 1)
	long = append(long[:8:8], append(bytes.Repeat([]byte{0xff}, 8), long[8:]...)...)
	endless := store(t, boxOf("cbor"))
	binary.BigEndian.PutUint32(endless[len(endless)-8:], 0)
	sameBox := m{"url": "self#jumbf=c2pa.assertions/big", "hash": make([]byte, 32)}
	refs := make([]any, 3000)
	for i := range refs {
		refs[i] = sameBox
	}
	return map[string]struct {
		data []byte
		want string
	}{
		"boxes in boxes":         {store(t, nested(5000, nil, func(b []byte) []byte { return super(t, "cbor", "a", b) })), "c2pa-limit"},
		"many boxes":             {store(t, repeat(boxOf("free"), 50_000)), "c2pa-limit"},
		"length beyond the file": {long, "c2pa-malformed"},
		"length of zero":         {endless, "c2pa-malformed"},
		"arrays in arrays":       {cborBox(repeat([]byte{0x81}, 100_000), []byte{0}), "c2pa-malformed"},
		"tags on tags":           {cborBox(repeat([]byte{0xc1}, 100_000), []byte{0}), "c2pa-malformed"},
		"array of 2^62":          {cborBox([]byte{0x9b, 0x40, 0, 0, 0, 0, 0, 0, 0}), "c2pa-malformed"},
		"map of 2^62":            {cborBox([]byte{0xbb, 0x40, 0, 0, 0, 0, 0, 0, 0}), "c2pa-malformed"},
		"bytes of 2^62":          {cborBox([]byte{0x5b, 0x40, 0, 0, 0, 0, 0, 0, 0}), "c2pa-malformed"},
		"array without end":      {cborBox([]byte{0x9f}, repeat([]byte{1}, 1<<20)), "c2pa-malformed"},
		"many empty arrays":      {cborBox([]byte{0x9a, 0, 1, 0, 0}, repeat(append([]byte{0x84}, 0x80, 0x80, 0x80, 0x80), 65536)), "c2pa-limit"},
		"JSON in JSON":           {store(t, super(t, typeManifest, "a", super(t, "json", "j", boxOf("json", repeat([]byte("["), 100_000))))), "c2pa-limit"},
		"JSON cut":               {store(t, super(t, typeManifest, "a", super(t, "json", "j", boxOf("json", []byte(`{"a":`))))), "c2pa-malformed"},
		"long keys in depth": {store(t, super(t, typeManifest, "a", super(t, "json", "j",
			boxOf("json", []byte(strings.Repeat(`{"`+strings.Repeat("k", 20_000)+`":`, 20)+"["+strings.Repeat("1,", 30_000)+"1]"+strings.Repeat("}", 20)))))), ""},
		"long names": {store(t, super(t, typeManifest, "a", super(t, "json", "j",
			boxOf("json", []byte(`{"`+strings.Repeat("k", 500)+`":{`+strings.Repeat(`"a":{},`, 40_000)+`"b":1}}`))))), "c2pa-limit"},
		"one box hashed often": {store(t, super(t, typeManifest, "a",
			super(t, typeAssertions, "c2pa.assertions", super(t, "json", "big", boxOf("free", make([]byte, 4<<20)))),
			super(t, typeClaim, "c2pa.claim.v2", boxOf("cbor", encode(t, m{"created_assertions": refs}))))), "c2pa-assertion-changed"},
		"no manifest": {store(t), "c2pa-malformed"},
	}
}

// TestHostileStores wants every hostile store read in a short time and little
// memory, with a reason.
func TestHostileStores(t *testing.T) {
	for name, c := range hostileStores(t) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			s, err := Decode(c.data, Options{File: bytes.NewReader(c.data), Size: int64(len(c.data)), BindingBytes: 1 << 20, Now: today})
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 10*time.Second { // each takes well under one on an idle machine
				t.Errorf("it took %v", took)
			}
			if used := after.TotalAlloc - before.TotalAlloc; allocationsCounted && used > 64<<20 {
				t.Errorf("it took %d MB", used>>20)
			}
			if c.want != "" && !s.codes()[c.want] {
				t.Errorf("want %s, got %v", c.want, s.Problems)
			}
		})
	}
}

// FuzzDecode wants no input to make the reader panic or say of a manifest
// that it holds where a check failed.
func FuzzDecode(f *testing.F) {
	desk := newSigner(f, cose.AlgorithmES256)
	mo := manifestOf{label: "urn:c2pa:1", signer: desk, assertions: fullAssertions(), stamp: newAuthority(f).header(f, fieldV2)}
	f.Add(bound(f, mo))
	mo.v1, mo.stamp = true, newAuthority(f).header(f, fieldV1)
	f.Add(bound(f, mo))
	f.Add(bmffStore(f, desk, bmffFile(), "c2pa.hash.bmff.v3", nil))
	for _, c := range hostileStores(f) {
		if len(c.data) < 4096 {
			f.Add(c.data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		whole := file(data)
		s, err := Decode(data, Options{File: bytes.NewReader(whole), Size: int64(len(whole)), BindingBytes: 1 << 20, Now: today})
		if err != nil {
			return
		}
		for _, p := range s.Problems {
			if strings.Contains(p.Message, "ended early") {
				t.Fatalf("it panicked: %s", p.Message)
			}
			if p.Code == "" || p.Message == "" || strings.ContainsAny(p.Message, "\n\r") {
				t.Fatalf("a problem that is not one line: %+v", p)
			}
		}
		for _, m := range s.Manifests {
			for _, state := range []State{m.Integrity, m.Signature, m.Certificate, m.Trust, m.Binding} {
				if state.Verdict == "" || state.Reason == "" {
					t.Fatalf("a check without an end: %+v", m)
				}
			}
		}
	})
}
