package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	pgp "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Bounds of the parts of a proof.
const (
	maxProof     = 1 << 20
	maxSignature = 256 << 10
	maxKeys      = 4 << 20
)

// ProofImport is a ProofMode zip or folder: the files of it, and what the proofs
// in it say of them. The proofs themselves (time, place, device) are read by
// the scan, as those of any folder.
type ProofImport struct {
	Preview[string] // names inside
	name            string
	facts           []proofFact
	files           *container
}

// proofFact is what one check says of one file.
type proofFact struct {
	name    string
	finding extract.Finding
}

// The findings of proofs.
const (
	proofHolds     = "proofmode-signature-holds"
	proofBroken    = "proofmode-signature-broken"
	proofUnchecked = "proofmode-signature-not-checked"
	proofUnsigned  = "proofmode-unsigned"
	proofDiffers   = "proofmode-hash-differs"
)

// ReadProofMode opens what ProofMode shared and checks every file in it against
// its proof: whether the hash is that of the proof, and whether the OpenPGP
// signatures hold under the key that lies beside them. The caller closes it.
func ReadProofMode(ctx context.Context, name string) (*ProofImport, error) {
	files, err := openContainer(ctx, name)
	if err != nil {
		return nil, err
	}
	p := &ProofImport{Preview: Preview[string]{Format: "proofmode", Bad: files.bad}, name: sourceName(name), files: files}
	if err := p.read(ctx); err != nil {
		files.close()
		return nil, err
	}
	return p, nil
}

// Close lets go of it.
func (p *ProofImport) Close() error { return p.files.close() }

func (p *ProofImport) read(ctx context.Context) error {
	sums := map[string]string{} // names by digest
	all := sha256.New()
	for _, name := range p.files.names() {
		sum, err := p.files.files[name].digest(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			p.Refuse(0, name, "it cannot be read: %v", source.Reason(err))
			continue
		}
		fmt.Fprintf(all, "%s  %s\n", sum, name)
		p.Take(0, name, name)
		if _, twice := sums[string(sum)]; !twice {
			sums[string(sum)] = name
		}
	}
	p.Digest = hex.EncodeToString(all.Sum(nil))
	proofs := 0
	for _, name := range p.files.names() {
		if strings.HasSuffix(strings.ToLower(name), ".proof.json") {
			proofs++
			if err := p.proof(ctx, name, sums); err != nil {
				return err
			}
		}
	}
	if proofs == 0 {
		return errors.New("there is no proof in it (HASH.proof.json); is it what ProofMode shared?")
	}
	return nil
}

// proof checks one proof and the file that it speaks of.
func (p *ProofImport) proof(ctx context.Context, name string, sums map[string]string) error {
	text, err := p.files.read(name, maxProof)
	if err != nil {
		p.Refuse(0, name, "%v", err)
		return nil
	}
	var says map[string]any
	if err := json.Unmarshal(text, &says); err != nil {
		p.Refuse(0, name, "it is not a proof: %v", err)
		return nil
	}
	hash, _ := says["File Hash SHA256"].(string)
	hash = strings.ToLower(strings.TrimSpace(hash))
	written, _ := says["File Path"].(string)
	medium, here := sums[hash]
	if !here {
		if other := p.beside(name, written); other != "" {
			p.fact(other, proofDiffers, source.Error, "the proof beside it (%s) is of a file with another hash: %.64s", path.Base(name), hash)
		}
		p.Refuse(0, name, "the file that it speaks of is not here: none has the SHA-256 %.64q", hash)
		return nil
	}
	keys := p.keysBeside(name)
	if err := p.signature(ctx, medium, medium, path.Join(path.Dir(name), hash+".asc"), keys, "the file"); err != nil {
		return err
	}
	return p.signature(ctx, medium, name, name+".asc", keys, "its proof")
}

// beside is the file of a folder that a proof names by its path on the phone.
func (p *ProofImport) beside(name, written string) string {
	at := path.Join(path.Dir(name), path.Base(strings.ReplaceAll(written, `\`, "/")))
	if _, ok := p.files.files[at]; ok {
		return at
	}
	return ""
}

// keysBeside reads pubkey.asc; nil where there is none that can be read.
func (p *ProofImport) keysBeside(name string) openpgp.EntityList {
	text, err := p.files.read(path.Join(path.Dir(name), "pubkey.asc"), maxKeys)
	if err != nil {
		return nil
	}
	keys, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	return keys
}

// signature checks a detached signature over one file and notes what it says of
// the medium.
func (p *ProofImport) signature(ctx context.Context, medium, signed, name string, keys openpgp.EntityList, what string) error {
	text, err := p.files.read(name, maxSignature)
	switch {
	case err != nil:
		p.fact(medium, proofUnsigned, source.Warning, "there is no signature over %s (%s)", what, path.Base(name))
		return nil
	case keys == nil:
		p.fact(medium, proofUnchecked, source.Warning, "the signature over %s was not checked: there is no key beside it (pubkey.asc)", what)
		return nil
	}
	r, err := p.files.files[signed].open()
	if err != nil {
		return fmt.Errorf("%s: %w", signed, source.Reason(err))
	}
	defer r.Close()
	signer, err := openpgp.CheckArmoredDetachedSignature(keys, source.UntilDone(ctx, r), bytes.NewReader(text), nil)
	// That a key has expired since, by the clock of this machine, says nothing of
	// what it signed.
	if errors.Is(err, pgp.ErrKeyExpired) || errors.Is(err, pgp.ErrSignatureExpired) {
		err = nil
	}
	var unsupported pgp.UnsupportedError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, pgp.ErrUnknownIssuer):
		p.fact(medium, proofUnchecked, source.Warning, "the signature over %s was not checked: it is by another key than the one beside it (pubkey.asc)", what)
	case errors.As(err, &unsupported):
		p.fact(medium, proofUnchecked, source.Warning, "the signature over %s was not checked: %v", what, err)
	case err != nil:
		p.fact(medium, proofBroken, source.Error, "the signature over %s does not hold: %v", what, err)
	default:
		p.fact(medium, proofHolds, source.Info, "the signature over %s holds, by the key %X that lies beside it: it was not changed since it was signed; whose key that is, the file does not say", what, signer.PrimaryKey.Fingerprint)
	}
	return nil
}

func (p *ProofImport) fact(name, code string, severity source.Severity, format string, a ...any) {
	p.facts = append(p.facts, proofFact{name, extract.Finding{Code: code, Severity: severity, Message: fmt.Sprintf(format, a...)}})
}

// Unpack lays the files down below into, in a folder that is one source, and
// gives that source.
func (p *ProofImport) Unpack(ctx context.Context, into string, rename func(string) string) (source.Source, []BadRow, error) {
	dir := filepath.Join(into, p.name)
	l, err := newLaying(dir)
	if err != nil {
		return source.Source{}, nil, err
	}
	defer l.close()
	var bad []BadRow
	for _, r := range p.Good {
		err := l.put(ctx, r.Value, p.files.files[r.Value], time.Time{})
		if end := ends(ctx, err); end != nil {
			return source.Source{}, nil, end
		}
		if err != nil {
			bad = append(bad, BadRow{r.Line, r.What, err.Error()})
		}
	}
	return source.Source{Name: rename(p.name), Dir: dir}, bad, l.settle()
}

// Findings are what the checks say, of the paths that the files have in the
// source.
func (p *ProofImport) Findings(src string) []verify.Finding {
	var out []verify.Finding
	for _, f := range p.facts {
		out = append(out, verify.Finding{Path: source.Text(source.ShownPath(src, f.name)), Finding: f.finding})
	}
	slices.SortStableFunc(out, func(a, b verify.Finding) int { return strings.Compare(string(a.Path), string(b.Path)) })
	return out
}
