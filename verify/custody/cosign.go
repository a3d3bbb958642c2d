package custody

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/sumdb/note"
)

// cosignatureType is the signature type of an Ed25519 cosignature in the key
// hash and the verifier key of C2SP tlog-cosignature.
const cosignatureType = 0x04

// Cosigner is the key of somebody who countersigns checkpoints of others. It
// is a note.Verifier of the cosignature/v1 of C2SP tlog-cosignature.
type Cosigner struct {
	name   string
	public ed25519.PublicKey
}

// NewCosigner gives a key the name under which it countersigns. Spaces and plus
// signs, which a signed note does not allow in one, become hyphens.
func NewCosigner(name string, public ed25519.PublicKey) (Cosigner, error) {
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '+' {
			return '-'
		}
		return r
	}, strings.TrimSpace(name))
	if name == "" || len(public) != ed25519.PublicKeySize {
		return Cosigner{}, errors.New("a cosigner needs a name and an Ed25519 key")
	}
	return Cosigner{strings.ToValidUTF8(name, "-"), public}, nil
}

// ParseCosigner reads what [Cosigner.String] writes.
func ParseCosigner(text string) (Cosigner, error) {
	wrong := fmt.Errorf("%.100q is not the key of a cosigner: want NAME+HASH+KEY", text)
	name, rest, _ := strings.Cut(text, "+")
	hash, key, ok := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(key)
	if !ok || err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != cosignatureType {
		return Cosigner{}, wrong
	}
	c, err := NewCosigner(name, raw[1:])
	if err != nil || c.name != name || fmt.Sprintf("%08x", c.KeyHash()) != hash {
		return Cosigner{}, wrong
	}
	return c, nil
}

// String is the C2SP verifier key, of signature type 4.
func (c Cosigner) String() string {
	return fmt.Sprintf("%s+%08x+%s", c.name, c.KeyHash(), base64.StdEncoding.EncodeToString(append([]byte{cosignatureType}, c.public...)))
}

// Name is the key's name.
func (c Cosigner) Name() string { return c.name }

// KeyHash is the key's identity in a signature line.
func (c Cosigner) KeyHash() uint32 {
	sum := sha256.Sum256(slices.Concat([]byte(c.name), []byte{'\n', cosignatureType}, c.public))
	return binary.BigEndian.Uint32(sum[:])
}

// Verify checks a timestamped signature over the text of a checkpoint.
func (c Cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(signature)
	return at < 1<<63 && ed25519.Verify(c.public, cosigned(at, text), signature[8:])
}

func cosigned(at uint64, text []byte) []byte {
	return append([]byte("cosignature/v1\ntime "+strconv.FormatUint(at, 10)+"\n"), text...)
}

// Countersign adds a cosignature to a checkpoint: the statement of its maker
// that at this time the ledger was seen with this size and root. Signatures that
// are there stay, and are for the caller to check.
func Countersign(c Checkpoint, name string, key crypto.Signer, at time.Time) (Checkpoint, error) {
	public, err := ed25519Public(key)
	if err != nil {
		return Checkpoint{}, err
	}
	cosigner, err := NewCosigner(name, public)
	if err != nil {
		return Checkpoint{}, err
	}
	text, _, ok := bytes.Cut(c.Note, []byte("\n\n"))
	if !ok || at.Unix() < 0 {
		return Checkpoint{}, errCheckpoint
	}
	seconds := uint64(at.Unix())
	signature, err := key.Sign(rand.Reader, cosigned(seconds, c.Note[:len(text)+1]), crypto.Hash(0))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("countersign: %w", err)
	}
	line := binary.BigEndian.AppendUint32(nil, cosigner.KeyHash())
	line = append(binary.BigEndian.AppendUint64(line, seconds), signature...)
	return ParseCheckpoint(fmt.Appendf(bytes.Clone(c.Note), "— %s %s\n", cosigner.name, base64.StdEncoding.EncodeToString(line)))
}

// Countersignature is one cosignature of a checkpoint.
type Countersignature struct {
	Name  string    // of the key, as the signature line has it
	Hash  uint32    // of the key
	At    time.Time // when it was made, by its maker's clock; zero where the key is not known
	Known bool      // made by one of the cosigners asked about
}

// Countersignatures lists the signatures of a checkpoint that are not the case's
// own, checked where their key is among the cosigners. A wrong one by a known key
// is an error.
func Countersignatures(c Checkpoint, cosigners []Cosigner) ([]Countersignature, error) {
	known := make([]note.Verifier, len(cosigners))
	for i, v := range cosigners {
		known[i] = v
	}
	var unverified *note.UnverifiedNoteError
	n, err := note.Open(c.Note, note.VerifierList(known...))
	if errors.As(err, &unverified) {
		n, err = unverified.Note, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Countersignature
	for _, s := range n.Sigs {
		raw, err := base64.StdEncoding.DecodeString(s.Base64)
		if err != nil || len(raw) < 12 {
			return nil, errCheckpoint
		}
		list = append(list, Countersignature{s.Name, s.Hash, time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC(), true})
	}
	for _, s := range n.UnverifiedSigs {
		if s.Name != c.Origin {
			list = append(list, Countersignature{Name: s.Name, Hash: s.Hash})
		}
	}
	return list, nil
}
