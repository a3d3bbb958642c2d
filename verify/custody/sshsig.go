package custody

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// SSHNamespace is the namespace of the SSH signatures made here: ssh-keygen -Y
// verify needs it as -n.
const SSHNamespace = "firsthand"

// sshSigner is the principal of [AllowedSigners]: ssh-keygen needs it as -I.
const sshSigner = "signer"

// sshString is the string of RFC 4251 section 5: a length and bytes.
func sshString(s []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(s))), s...)
}

// sshPublic is the public key blob of RFC 8709 section 4.
func sshPublic(public ed25519.PublicKey) []byte {
	return slices.Concat(sshString([]byte("ssh-ed25519")), sshString(public))
}

// SSHKey is a public key as a line of an OpenSSH .pub file.
func SSHKey(public ed25519.PublicKey, comment string) []byte {
	return fmt.Appendf(nil, "ssh-ed25519 %s %s\n", base64.StdEncoding.EncodeToString(sshPublic(public)), comment)
}

// AllowedSigners is the file by which ssh-keygen -Y verify knows a key, under
// the principal "signer".
func AllowedSigners(public ed25519.PublicKey) []byte {
	return fmt.Appendf(nil, "%s namespaces=%q ssh-ed25519 %s\n", sshSigner, SSHNamespace, base64.StdEncoding.EncodeToString(sshPublic(public)))
}

// SSHSignature signs a message as ssh-keygen -Y sign does (PROTOCOL.sshsig of
// OpenSSH), with SHA-512 and [SSHNamespace].
func SSHSignature(key crypto.Signer, message []byte) ([]byte, error) {
	public, err := ed25519Public(key)
	if err != nil {
		return nil, err
	}
	digest := sha512.Sum512(message)
	terms := slices.Concat(sshString([]byte(SSHNamespace)), sshString(nil), sshString([]byte("sha512")))
	signature, err := key.Sign(rand.Reader, slices.Concat([]byte("SSHSIG"), terms, sshString(digest[:])), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("sign for ssh-keygen: %w", err)
	}
	blob := slices.Concat([]byte("SSHSIG"), binary.BigEndian.AppendUint32(nil, 1), sshString(sshPublic(public)), terms,
		sshString(slices.Concat(sshString([]byte("ssh-ed25519")), sshString(signature))))
	var text strings.Builder
	text.WriteString("-----BEGIN SSH SIGNATURE-----\n")
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(blob)), 70) {
		text.Write(line)
		text.WriteByte('\n')
	}
	text.WriteString("-----END SSH SIGNATURE-----\n")
	return []byte(text.String()), nil
}
