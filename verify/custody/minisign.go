package custody

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"
)

// minisignID is how a minisign signature names its key: any eight bytes. These
// are of the key itself, so that they need not be kept.
func minisignID(public ed25519.PublicKey) []byte {
	sum := sha256.Sum256(public)
	return sum[:8]
}

// MinisignKey is a public key in the form that minisign reads with -p.
func MinisignKey(public ed25519.PublicKey) []byte {
	id := minisignID(public)
	return fmt.Appendf(nil, "untrusted comment: minisign public key %s\n%s\n", strings.ToUpper(hex.EncodeToString(reversed(id))),
		base64.StdEncoding.EncodeToString(slices.Concat([]byte("Ed"), id, public)))
}

// reversed is how minisign shows an identity: as a little-endian number.
func reversed(id []byte) []byte {
	out := slices.Clone(id)
	slices.Reverse(out)
	return out
}

// MinisignSignature signs a message in the form that minisign -V reads: Ed25519
// over the BLAKE2b-512 of the message, and once more over that signature and the
// trusted comment, which is one line.
func MinisignSignature(key crypto.Signer, message []byte, trustedComment string) ([]byte, error) {
	public, err := ed25519Public(key)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(trustedComment, "\r\n") {
		return nil, fmt.Errorf("comment %q has more than one line", trustedComment)
	}
	digest := blake2b.Sum512(message)
	signature, err := key.Sign(rand.Reader, digest[:], crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("sign for minisign: %w", err)
	}
	global, err := key.Sign(rand.Reader, slices.Concat(signature, []byte(trustedComment)), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("sign for minisign: %w", err)
	}
	return fmt.Appendf(nil, "untrusted comment: signature by firsthand, check with minisign -V\n%s\ntrusted comment: %s\n%s\n",
		base64.StdEncoding.EncodeToString(slices.Concat([]byte("ED"), minisignID(public), signature)),
		trustedComment, base64.StdEncoding.EncodeToString(global)), nil
}

func ed25519Public(key crypto.Signer) (ed25519.PublicKey, error) { return ed25519Key(key.Public()) }

func ed25519Key(public crypto.PublicKey) (ed25519.PublicKey, error) {
	key, ok := public.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("signing key is %T, not Ed25519", public)
	}
	return key, nil
}
