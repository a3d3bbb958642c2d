package exchange

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
	"golang.org/x/mod/sumdb/note"
)

// ledgerFor is a signed ledger of a case with one decision on an item, whose
// reason stands apart.
func ledgerFor(t testing.TB, caseID string, item verify.Digest) Ledger {
	t.Helper()
	signer, err := custody.NewSigner(custody.Origin(caseID), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	key, err := note.NewEd25519VerifierKey(custody.Origin(caseID), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	text := LedgerText{Seq: 1, Field: "reason", Text: "Olena saw it", Salt: bytes.Repeat([]byte{1}, 32)}
	mac := hmac.New(sha256.New, text.Salt)
	mac.Write([]byte(text.Text))
	log := custody.NewLog(caseID)
	var entries []custody.Entry
	for i, body := range []string{
		fmt.Sprintf(`{"key":%q}`, key),
		fmt.Sprintf(`{"decision":"confirm","incident":"I-1","by":"Max","texts":{"reason":"%x"}}`, mac.Sum(nil)),
	} {
		entry, err := log.Append(custody.Event{
			At: time.Date(2022, 3, 4, 5, 6, i, 0, time.UTC), Actor: custody.Actor{Key: custody.KeyID(signer.(note.Verifier)), Name: "Max"}, Machine: "m", Tool: "t",
			Kind: []string{custody.CaseCreated, "decided"}[i], Subjects: [][]string{{}, {string(item)}}[i], Body: []byte(body),
		})
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry)
	}
	c, err := custody.Sign(custody.Origin(caseID), log.Size(), log.Root(), signer)
	if err != nil {
		t.Fatal(err)
	}
	return Ledger{
		Entries: func(yield func(custody.Entry, error) bool) {
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
		},
		Checkpoints: []custody.Checkpoint{c}, Texts: []LedgerText{text},
		Extra: []ExtraFile{{"ledger/checkpoint.minisig", []byte("x")}, {"keys/minisign.pub", []byte("y")}},
	}
}

func TestLedgerOfABag(t *testing.T) {
	tests := []struct {
		what, file, old, new string
		opt                  Options
		texts                int
		want                 string // of the error; "" for none
	}{
		{what: "as written", texts: 1},
		{what: "of the incident that it speaks of", opt: Options{Incident: "I-1"}, texts: 1},
		{what: "of another incident", opt: Options{Incident: "I-2"}, texts: 0},
		{what: "another name in an entry", file: bagEvents, old: `"by":"Max"`, new: `"by":"Ira"`, want: "ledger broken"},
		{what: "another text", file: bagTexts, old: "Olena saw it", new: "Olena did it", want: "is not what the entry holds"},
		{what: "a text of an entry that is not there", file: bagTexts, old: `"seq":1`, new: `"seq":9`, want: "has no entry 9"},
		{what: "another case", file: bagCase, old: strings.Repeat("a", 32), new: strings.Repeat("b", 32), want: "case of the ledger"},
		{what: "a case that would be a path", file: bagCase, old: strings.Repeat("a", 32), new: "../../etc", want: "not the identity of a case"},
		{what: "a newer layout", file: bagCase, old: `"layout": 1`, new: `"layout": 99`, want: "newer version"},
		{what: "a checkpoint cut short", file: bagCheckpoints, old: "\n\n", new: "\n", want: "cannot be read"},
		{what: "no entries", file: bagEvents, old: "*", new: "", want: "ledger broken"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			c := caseOf(t, "other", "text/plain", map[string]string{"a": "x"})
			c.Incidents[0].ID = "I-1"
			item := c.Items[0].Digest
			if test.opt.Incident == "I-2" {
				item = verify.Digest(sum256("another"))
			}
			c.Ledger = ledgerFor(t, c.ID, item)
			name, _ := exported(t, "bagit", c, test.opt)
			if test.file != "" {
				resealed(t, name, test.file, test.old, test.new)
			}
			in, err := ReadBag(context.Background(), name)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("want an error with %q, got %v", test.want, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			if len(in.Ledger.Entries) != 2 || len(in.Ledger.Checkpoints) != 1 || len(in.Ledger.Texts) != test.texts {
				t.Errorf("%d entries, %d checkpoints, texts %v", len(in.Ledger.Entries), len(in.Ledger.Checkpoints), in.Ledger.Texts)
			}
			how, err := os.ReadFile(filepath.Join(name, bagVerify))
			root := base64.StdEncoding.EncodeToString(c.Ledger.Checkpoints[0].Root[:])
			if err != nil || !strings.Contains(string(how), root) || !strings.Contains(string(how), "minisign -V") || strings.Contains(string(how), "openssl") {
				t.Errorf("%s, %v", how, err)
			}
		})
	}
}

// resealed changes a tag file and its checksums, as who means to deceive would.
func resealed(t *testing.T, bag, file, old, new string) {
	t.Helper()
	full := filepath.Join(bag, file)
	b, err := os.ReadFile(full)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(b), old, new)
	if old == "*" {
		changed = new
	}
	if changed == string(b) {
		t.Fatalf("%s has no %q", file, old)
	}
	tags := filepath.Join(bag, "tagmanifest-sha256.txt")
	sums, err := os.ReadFile(tags)
	sealed := strings.ReplaceAll(string(sums), sum256(string(b)), sum256(changed))
	if err := errors.Join(err, os.WriteFile(full, []byte(changed), 0o600), os.WriteFile(tags, []byte(sealed), 0o600), os.Remove(filepath.Join(bag, "tagmanifest-sha512.txt"))); err != nil {
		t.Fatal(err)
	}
}
