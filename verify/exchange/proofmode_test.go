package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// phone signs as ProofMode does.
type phone struct{ key *openpgp.Entity }

func newPhone(t testing.TB) phone {
	t.Helper()
	key, err := openpgp.NewEntity("ProofMode", "", "", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	if err != nil {
		t.Fatal(err)
	}
	return phone{key}
}

func (p phone) sign(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	if err := openpgp.ArmoredDetachSign(&b, p.key, strings.NewReader(content), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (p phone) public(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	w, err := armor.Encode(&b, openpgp.PublicKeyType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.key.Serialize(w); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.String()
}

// shared is what ProofMode makes of one photo.
func (p phone) shared(t testing.TB, name, content string) bagFiles {
	t.Helper()
	hash := sum256(content)
	proof, err := json.Marshal(map[string]string{"File Hash SHA256": hash, "File Path": "/sdcard/DCIM/" + name, "Proof Generated": "2022-03-04T05:06:07.000Z"})
	if err != nil {
		t.Fatal(err)
	}
	return bagFiles{
		name: content, hash + ".asc": p.sign(t, content), hash + ".proof.json": string(proof), hash + ".proof.json.asc": p.sign(t, string(proof)),
		"pubkey.asc": p.public(t),
	}
}

func TestProofMode(t *testing.T) {
	p := newPhone(t)
	hash := sum256("picture")
	tests := []struct {
		what  string
		files bagFiles
		codes string
		bad   int
	}{
		{"as shared", p.shared(t, "a.jpg", "picture"), proofHolds + " " + proofHolds, 0},
		{"another picture", p.shared(t, "a.jpg", "picture").with("a.jpg", "pictura"), proofDiffers, 1},
		{"another proof", p.shared(t, "a.jpg", "picture").with(hash+".proof.json", `{"File Hash SHA256":"`+hash+`","Location.Latitude":"1"}`), proofHolds + " " + proofBroken, 0},
		{"another's signature", p.shared(t, "a.jpg", "picture").with(hash+".asc", newPhone(t).sign(t, "picture")), proofUnchecked + " " + proofHolds, 0},
		{"a signature over another picture", p.shared(t, "a.jpg", "picture").with(hash+".asc", p.sign(t, "pictura")), proofBroken + " " + proofHolds, 0},
		{"no signature", p.shared(t, "a.jpg", "picture").without(hash + ".asc").without(hash + ".proof.json.asc"), proofUnsigned + " " + proofUnsigned, 0},
		{"no key", p.shared(t, "a.jpg", "picture").without("pubkey.asc"), proofUnchecked + " " + proofUnchecked, 0},
		{"a key that is none", p.shared(t, "a.jpg", "picture").with("pubkey.asc", "none"), proofUnchecked + " " + proofUnchecked, 0},
		{"no picture", p.shared(t, "a.jpg", "picture").without("a.jpg"), "", 1},
		{"a proof that is none", p.shared(t, "a.jpg", "picture").with("x.proof.json", "{"), proofHolds + " " + proofHolds, 1},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			in, err := ReadProofMode(context.Background(), zipFolder(t, test.files.folder(t), ""))
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			var codes []string
			for _, f := range in.Findings("phone") {
				codes = append(codes, f.Code)
				if f.Path != "phone/a.jpg" {
					t.Errorf("a finding of %s", f.Path)
				}
			}
			slices.Sort(codes)
			want := strings.Fields(test.codes)
			slices.Sort(want)
			if !slices.Equal(codes, want) || len(in.Bad) != test.bad || len(in.Good) != len(test.files) {
				t.Errorf("findings %q, want %q; bad %v; %d good", codes, want, in.Bad, len(in.Good))
			}
		})
	}
	if _, err := ReadProofMode(context.Background(), bagFiles{"a.jpg": "x"}.folder(t)); err == nil {
		t.Error("a folder without a proof was taken for one")
	}
}

// FuzzProofMode reads damaged zips.
func FuzzProofMode(f *testing.F) {
	content, err := os.ReadFile(zipFolder(f, newPhone(f).shared(f, "a.jpg", "picture").folder(f), ""))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Fuzz(func(t *testing.T, content []byte) {
		files, err := readZip(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return
		}
		p := &ProofImport{files: files}
		if err := p.read(context.Background()); err == nil && len(p.Good)+len(p.Bad) == 0 {
			t.Error("a proof of which nothing is said")
		}
	})
}

// zipOfMembers packs members in the order given.
func zipOfMembers(t testing.TB, method uint16, namesAndContents ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: namesAndContents[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(namesAndContents[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.wacz")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
