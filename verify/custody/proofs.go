package custody

import (
	"crypto"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The names of the files of [Proofs].
const (
	CheckpointFile     = "checkpoint"
	MinisigFile        = "checkpoint.minisig"
	SSHSigFile         = "checkpoint.sshsig"
	AllowedSignersFile = "allowed_signers"
	MinisignKeyFile    = "keys/minisign.pub"
	SSHKeyFile         = "keys/ssh.pub"
	NoteKeyFile        = "keys/note.pub"
	VerifyFile         = "VERIFY.txt"
)

// KeyFiles is a public key in the three forms that others read: minisign,
// OpenSSH, and the C2SP verifier key of a case's checkpoints.
func KeyFiles(public crypto.PublicKey, origin string) (map[string][]byte, error) {
	key, err := ed25519Key(public)
	if err != nil {
		return nil, err
	}
	text, err := note.NewEd25519VerifierKey(origin, key)
	if err != nil {
		return nil, fmt.Errorf("verifier key: %w", err)
	}
	return map[string][]byte{
		MinisignKeyFile: MinisignKey(key), SSHKeyFile: SSHKey(key, origin), NoteKeyFile: []byte(text + "\n"), AllowedSignersFile: AllowedSigners(key),
	}, nil
}

// Proofs is a checkpoint for others to keep: the note, two signatures of it by
// key that stock tools check, the keys, and VERIFY.txt, which says how. It gives
// the bytes of each file by name.
func Proofs(c Checkpoint, key crypto.Signer, at time.Time) (map[string][]byte, error) {
	files, err := KeyFiles(key.Public(), c.Origin)
	if err != nil {
		return nil, err
	}
	files[CheckpointFile] = c.Note
	comment := fmt.Sprintf("%s, %d entries, signed %s", c.Origin, c.Size, at.UTC().Format(time.RFC3339))
	if files[MinisigFile], err = MinisignSignature(key, c.Note, comment); err != nil {
		return nil, err
	}
	if files[SSHSigFile], err = SSHSignature(key, c.Note); err != nil {
		return nil, err
	}
	files[VerifyFile] = fmt.Appendf(nil, verifyText, c.Origin, c.Size, c.Root, c.Code())
	return files, nil
}

// verifyText is for somebody who does not have this program.
const verifyText = `The file "checkpoint" states the ledger of a case:

    ledger   %s
    entries  %d
    root     %s
    code     %s   (to read over a phone; 132 bits)

Keep it where the owner of the case cannot change it. Later, any ledger that is
not a continuation of this one shows.

Who signed it, with tools that come from others:

    minisign -V -p keys/minisign.pub -m checkpoint
    ssh-keygen -Y verify -f allowed_signers -I signer -n firsthand -s checkpoint.sshsig < checkpoint

Where a time-stamping authority has vouched for it (checkpoint.tsr, and the
certificate of the authority, which you get from the authority itself):

    openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile authority.pem

That the keys in keys/ are those of the person has to be learnt from the person.
Against the case, with Firsthand:

    firsthand custody verify --case CASE --checkpoint checkpoint
`
