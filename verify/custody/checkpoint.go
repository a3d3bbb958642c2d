package custody

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// maxCheckpoint bounds one signed note in bytes: three lines and at most a
// hundred signatures.
const maxCheckpoint = 64 << 10

// Checkpoint is a signed statement of a ledger's size and root: a C2SP
// tlog-checkpoint in a signed note.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	Note   []byte // as signed, with its signature lines
}

// Origin is the first line of a case's checkpoints and the name of the keys
// that sign them.
func Origin(caseID string) string { return "firsthand/" + caseID }

// Sign makes a checkpoint. The signer comes from [NewSigner].
func Sign(origin string, size int64, root tlog.Hash, signer note.Signer) (Checkpoint, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("sign checkpoint: %w", err)
	}
	return ParseCheckpoint(signed)
}

var errCheckpoint = errors.New("not a checkpoint: want three lines, a blank line and signatures")

// ParseCheckpoint reads one signed note without checking its signatures; see
// [Checkpoint.Check]. A body of other than three lines is refused.
func ParseCheckpoint(signed []byte) (Checkpoint, error) {
	if len(signed) > maxCheckpoint {
		return Checkpoint{}, fmt.Errorf("checkpoint of %d bytes is longer than %d", len(signed), maxCheckpoint)
	}
	var unverified *note.UnverifiedNoteError
	if _, err := note.Open(signed, nil); !errors.As(err, &unverified) {
		return Checkpoint{}, errCheckpoint
	}
	lines := strings.Split(unverified.Note.Text, "\n")
	if len(lines) != 4 || lines[0] == "" {
		return Checkpoint{}, errCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, errCheckpoint
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil || root.String() != lines[2] {
		return Checkpoint{}, errCheckpoint
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root, Note: bytes.Clone(signed)}, nil
}

// Check says whether one of the known keys signed the checkpoint, and that
// none of theirs is wrong. Signatures by other keys are not looked at.
func (c Checkpoint) Check(known note.Verifiers) (*note.Note, error) {
	n, err := note.Open(c.Note, known)
	if err != nil {
		return nil, err
	}
	again, err := ParseCheckpoint(c.Note)
	if err != nil {
		return nil, err
	}
	if again.Origin != c.Origin || again.Size != c.Size || again.Root != c.Root {
		return nil, errors.New("checkpoint differs from its note")
	}
	return n, nil
}

// FormatCheckpoints writes notes one after the other, a blank line after each.
func FormatCheckpoints(list []Checkpoint) []byte {
	var b []byte
	for _, c := range list {
		b = append(b, c.Note...)
		b = append(b, '\n')
	}
	return b
}

// ParseCheckpoints reads what [FormatCheckpoints] writes. Rest is what
// follows the last complete note: nothing, unless a write was interrupted or
// the end was damaged.
func ParseCheckpoints(text []byte) (list []Checkpoint, rest []byte, err error) {
	for len(text) > 0 {
		body := bytes.Index(text, []byte("\n\n"))
		if body < 0 {
			return list, text, nil
		}
		signatures := bytes.Index(text[body+2:], []byte("\n\n"))
		if signatures < 0 {
			return list, text, nil
		}
		end := body + 2 + signatures + 1
		c, err := ParseCheckpoint(text[:end])
		if err != nil {
			return list, text, fmt.Errorf("checkpoint %d: %w", len(list)+1, err)
		}
		list = append(list, c)
		text = text[end+1:]
	}
	return list, nil, nil
}

// signer signs notes with an Ed25519 key under the name of a ledger.
type signer struct {
	note.Verifier
	key crypto.Signer
}

func (s signer) Sign(msg []byte) ([]byte, error) {
	return s.key.Sign(rand.Reader, msg, crypto.Hash(0))
}

// NewSigner gives a key the name of a ledger, as C2SP asks of the key that a
// log signs with. Only Ed25519 is taken.
func NewSigner(origin string, key crypto.Signer) (note.Signer, error) {
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("signing key is %T, not Ed25519", key.Public())
	}
	verifier, err := NewVerifier(origin, public)
	if err != nil {
		return nil, err
	}
	return signer{verifier, key}, nil
}

// NewVerifier checks what [NewSigner] of the same origin signed.
func NewVerifier(origin string, key ed25519.PublicKey) (note.Verifier, error) {
	text, err := note.NewEd25519VerifierKey(origin, key)
	if err != nil {
		return nil, fmt.Errorf("verifier key: %w", err)
	}
	return note.NewVerifier(text)
}

// KeyID is how an [Actor] names a key: the key hash of the signed note in
// eight hexadecimal digits.
func KeyID(v note.Verifier) string { return fmt.Sprintf("%08x", v.KeyHash()) }

// emptyRoot is the root of no entries: SHA-256 of nothing.
func emptyRoot() tlog.Hash { return sha256.Sum256(nil) }
