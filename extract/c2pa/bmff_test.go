package c2pa

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"testing"

	"github.com/veraison/go-cose"
)

// bmffFile is a movie of a few boxes; the manifest comes behind ftyp.
func bmffFile() []byte {
	trak := func(n byte) []byte { return boxOf("trak", boxOf("tkhd", []byte{0, 0, 0, n, n, n})) }
	return bytes.Join([][]byte{
		boxOf("ftyp", []byte("isom")),
		boxOf("free", make([]byte, 16)),
		boxOf("moov", boxOf("mvhd", make([]byte, 20)), trak(1), trak(2)),
		boxOf("mdat", bytes.Repeat([]byte("frame"), 100)),
	}, nil)
}

// withManifest puts a store into the movie, in a uuid box behind ftyp.
func withManifest(movie, store []byte) []byte {
	id, _ := hex.DecodeString("d8fec3d61b0e483c92975828877ec481")
	box := boxOf("uuid", id, make([]byte, 4), []byte("manifest\x00"), make([]byte, 8), store)
	return bytes.Join([][]byte{movie[:12], box, movie[12:]}, nil)
}

// bmffDigest hashes a movie by hand: every top-level box but uuid, ftyp and
// free, each behind its offset, and without the second track's header.
func bmffDigest(whole []byte, offsets bool) []byte {
	h := sha256.New()
	for at := 0; at < len(whole); {
		size := int(binary.BigEndian.Uint32(whole[at:]))
		box := whole[at : at+size]
		switch kind := string(box[4:8]); kind {
		case "uuid", "ftyp", "free":
		default:
			if offsets {
				h.Write(binary.BigEndian.AppendUint64(nil, uint64(at)))
			}
			if second := bytes.Index(box, []byte{0, 0, 0, 2, 2, 2}); second >= 0 {
				h.Write(box[:second-8])
				h.Write(box[second+6:])
				break
			}
			h.Write(box)
		}
		at += size
	}
	return h.Sum(nil)
}

// bmffStore writes a store that is bound to the movie.
func bmffStore(t testing.TB, s *signer, movie []byte, label string, change func(m)) []byte {
	t.Helper()
	id, _ := hex.DecodeString("d8fec3d61b0e483c92975828877ec481")
	digest := make([]byte, 32)
	var out []byte
	for range 2 { // the offsets depend on the size of the store, not on the digest
		data := m{"alg": "sha256", "hash": digest, "name": "jumbf manifest", "exclusions": []any{
			m{"xpath": "/uuid", "length": nil, "data": []any{m{"offset": 8, "value": id}}},
			m{"xpath": "/ftyp"}, m{"xpath": "/free"}, m{"xpath": "/mfra"},
			m{"xpath": "/moov/trak/tkhd", "version": 0, "flags": []byte{0, 0, 2}, "exact": true},
		}}
		if change != nil {
			change(data)
		}
		out = store(t, manifestOf{label: "urn:c2pa:1", signer: s, assertions: []assertionOf{{label: label, data: data}}}.bytes(t))
		digest = bmffDigest(withManifest(movie, out), label != "c2pa.hash.bmff")
	}
	return out
}

func TestBindingOfBoxes(t *testing.T) {
	desk := newSigner(t, cose.AlgorithmES256)
	swap := func(b []byte) []byte { // the last two boxes change places
		moov, mdat := bytes.LastIndex(b, []byte("moov"))-4, bytes.LastIndex(b, []byte("mdat"))-4
		return bytes.Join([][]byte{b[:moov], b[mdat:], b[moov:mdat]}, nil)
	}
	for name, c := range map[string]struct {
		label  string
		change func(m)
		file   func([]byte) []byte
		want   Verdict
		code   string
	}{
		"untouched":                {want: Valid},
		"untouched, version 2":     {label: "c2pa.hash.bmff.v2", want: Valid},
		"untouched, version 1":     {label: "c2pa.hash.bmff", want: Valid},
		"picture":                  {file: func(b []byte) []byte { return bytes.Replace(b, []byte("frame"), []byte("frane"), 1) }, want: Invalid, code: "c2pa-binding-broken"},
		"box left out by type":     {file: func(b []byte) []byte { return bytes.Replace(b, []byte("isom"), []byte("mp42"), 1) }, want: Valid},
		"box left out by flags":    {file: func(b []byte) []byte { return bytes.Replace(b, []byte{2, 2, 2}, []byte{2, 2, 3}, 1) }, want: Valid},
		"box of other flags":       {file: func(b []byte) []byte { return bytes.Replace(b, []byte{1, 1, 1}, []byte{1, 1, 3}, 1) }, want: Invalid, code: "c2pa-binding-broken"},
		"box added":                {file: func(b []byte) []byte { return append(b, boxOf("mdat", []byte("more"))...) }, want: Invalid, code: "c2pa-binding-broken"},
		"boxes moved":              {file: swap, want: Invalid, code: "c2pa-binding-broken"},
		"other uuid box":           {file: func(b []byte) []byte { return append(b, boxOf("uuid", make([]byte, 40))...) }, want: Invalid, code: "c2pa-binding-broken"},
		"pieces":                   {change: func(d m) { d["merkle"] = []any{m{"uniqueId": 1}} }, want: NotChecked},
		"pieces alone":             {change: func(d m) { delete(d, "hash"); d["merkle"] = []any{m{"uniqueId": 1}} }, want: NotChecked},
		"box longer than the file": {file: func(b []byte) []byte { return append(b, 0xff, 0, 0, 0, 'm', 'd', 'a', 't') }, want: NotChecked},
		"picture left out":         {change: func(d m) { d["exclusions"] = append(d["exclusions"].([]any), m{"xpath": "/mdat"}) }, want: Invalid, code: "c2pa-binding-partial"},
	} {
		t.Run(name, func(t *testing.T) {
			label := c.label
			if label == "" {
				label = "c2pa.hash.bmff.v3"
			}
			data := bmffStore(t, desk, bmffFile(), label, c.change)
			whole := withManifest(bmffFile(), data)
			if c.file != nil {
				whole = c.file(whole)
			}
			s := decodeFile(t, data, whole)
			if got := s.Active().Binding; got.Verdict != c.want {
				t.Errorf("got %v", got)
			}
			if c.code != "" && !s.codes()[c.code] || c.code == "" && len(s.Problems) > 0 {
				t.Errorf("got the problems %v", s.Problems)
			}
		})
	}
}

// TestBindingIsBounded leaves files unread that are larger than is allowed,
// and says so.
func TestBindingIsBounded(t *testing.T) {
	data := bound(t, manifestBy(newSigner(t, cose.AlgorithmES256)))
	for name, change := range map[string]func(*Options){
		"no file":   func(o *Options) { o.File = nil },
		"no bytes":  func(o *Options) { o.BindingBytes = 0 },
		"few bytes": func(o *Options) { o.BindingBytes = 1000 },
		"cut off":   func(o *Options) { o.File = bytes.NewReader(file(data)[:2000]) },
	} {
		s := decodeFile(t, data, file(data), change)
		if got := s.Active().Binding; got.Verdict != NotChecked || len(s.Problems) > 0 {
			t.Errorf("%s: got %v, %v", name, got, s.Problems)
		}
	}
}
