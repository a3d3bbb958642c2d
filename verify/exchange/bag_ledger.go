package exchange

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
	"golang.org/x/mod/sumdb/note"
)

// checkLedger checks the ledger in the bag from its bytes alone, as `custody
// verify` does with that of a case. What is wrong is a [custody.BrokenError] or
// an [IntegrityError].
func (b *BagImport) checkLedger() error {
	entries := slices.Values(b.Ledger.Entries)
	all := func(yield func(custody.Entry, error) bool) {
		for e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
	keys, err := custody.Keys(all)
	if err != nil {
		return fmt.Errorf("the ledger in the bag: %w", err)
	}
	known := make([]note.Verifier, len(keys))
	for i, k := range keys {
		known[i] = k.Verifier
	}
	_, err = custody.Verify(all, b.Ledger.Checkpoints, note.VerifierList(known...))
	if err == nil {
		err = custody.Authorised(b.Ledger.Checkpoints, keys)
	}
	if err != nil {
		return fmt.Errorf("the ledger in the bag: %w", err)
	}
	if len(b.Ledger.Entries) == 0 {
		return &IntegrityError{"the ledger in the bag has no entry"}
	}
	first, err := b.Ledger.Entries[0].Parse() // the others are of the same case, as Verify says
	if err != nil {
		return err
	}
	if first.Case != b.CaseID {
		return &custody.BrokenError{Seq: 0, What: "case of the ledger in the bag", Want: b.CaseID, Got: first.Case}
	}
	return b.checkTexts()
}

// checkTexts compares each text with the HMAC that its entry holds.
func (b *BagImport) checkTexts() error {
	for _, t := range b.Ledger.Texts {
		if t.Seq < 0 || t.Seq >= int64(len(b.Ledger.Entries)) {
			return &IntegrityError{fmt.Sprintf("%s: the ledger has no entry %d", bagTexts, t.Seq)}
		}
		want, err := heldHMAC(b.Ledger.Entries[t.Seq], t.Field)
		if err != nil {
			return fmt.Errorf("entry %d of the ledger in the bag: %w", t.Seq, err)
		}
		mac := hmac.New(sha256.New, t.Salt)
		mac.Write([]byte(t.Text))
		if got := hex.EncodeToString(mac.Sum(nil)); got != want {
			return &IntegrityError{fmt.Sprintf("%s: the text %q of entry %d is not what the entry holds", bagTexts, t.Field, t.Seq)}
		}
	}
	return nil
}

// heldHMAC is what an entry holds of one of its texts, "" where it has none. An
// entry that was taken over from another case holds that entry whole.
func heldHMAC(entry custody.Entry, field string) (string, error) {
	event, err := entry.Parse()
	if err != nil {
		return "", err
	}
	var body struct {
		Texts  map[string]string `json:"texts"`
		Reason string            `json:"reason_hmac"` // as early entries have it
		Entry  json.RawMessage   `json:"entry"`
	}
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return "", err
	}
	switch {
	case event.Kind == "adopted" && len(body.Entry) < len(entry): // always, so that this comes to an end
		return heldHMAC(custody.Entry(body.Entry), field)
	case body.Texts[field] == "" && field == "reason":
		return body.Reason, nil
	}
	return body.Texts[field], nil
}

// textsOf are the texts of the ledger that go with a bag: all, or of a bag of
// one incident those of entries that speak of it or of its items.
func (b *bagExport) textsOf() ([]LedgerText, error) {
	if b.opt.Incident == "" || len(b.c.Ledger.Texts) == 0 {
		return b.c.Ledger.Texts, nil
	}
	of := b.c.ItemOf()
	speaks := map[int64]bool{}
	for entry, err := range b.c.Ledger.Entries {
		if err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		event, err := entry.Parse()
		if err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		var body struct {
			Incident string `json:"incident"`
		}
		_ = json.Unmarshal(event.Body, &body) // "" where it speaks of none
		here := func(subject string) bool { return of[verify.Digest(subject)] != nil }
		speaks[event.Seq] = body.Incident == b.opt.Incident || len(event.Subjects) > 0 && !slices.ContainsFunc(event.Subjects, func(s string) bool { return !here(s) })
	}
	return slices.DeleteFunc(slices.Clone(b.c.Ledger.Texts), func(t LedgerText) bool { return !speaks[t.Seq] }), nil
}

// ledgerLines gives the entries of a ledger that stands one entry a line.
func ledgerLines(text []byte) iter.Seq2[custody.Entry, error] {
	return func(yield func(custody.Entry, error) bool) {
		s := bufio.NewScanner(bytes.NewReader(text))
		s.Buffer(nil, custody.MaxEntry+1)
		for s.Scan() {
			if !yield(custody.Entry(bytes.Clone(s.Bytes())), nil) {
				return
			}
		}
		if err := s.Err(); err != nil {
			yield(nil, errors.Join(errors.New("the ledger has a line that is longer than an entry can be"), err))
		}
	}
}
