package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// The kinds of anchor: what others have said of a checkpoint.
const (
	Countersigned = "countersignature"
	Timestamped   = "timestamp"
)

// The kinds of event about anchors.
const (
	anchorAdded = "anchor-added"
	keyTrusted  = "key-trusted"
)

// ErrNoCheckpoint is an anchor of something that this case never signed.
var ErrNoCheckpoint = errors.New("it is of no checkpoint of this case")

// ErrAnchored is an anchor that the case has already.
var ErrAnchored = errors.New("the case has it already")

// Anchor is what somebody else said of a checkpoint of the case.
type Anchor struct {
	Seq      int64  // entry that tells of it
	Kind     string // Countersigned or Timestamped
	Size     int64  // of the checkpoint
	Evidence []byte // the note with its signatures, or an RFC 3161 response
	Roots    []byte // certificates that a person trusts for it, PEM
}

// Witness is what an anchor says, checked.
type Witness struct {
	Anchor
	By    string    // name of the key, or the subject of the authority's certificate
	Known bool      // a person has said that the key, or who vouches for the certificate, is trusted
	At    time.Time // when, by the witness's clock; zero for a key that is not known
}

type anchorBody struct {
	Anchor string `json:"anchor"`
	Size   int64  `json:"size"`   // of the checkpoint
	Root   string `json:"root"`   // of the checkpoint, base64
	SHA256 string `json:"sha256"` // of the evidence
	Roots  string `json:"roots"`  // SHA-256 of the certificates
}

type keyTrustedBody struct {
	Key string `json:"key"` // C2SP verifier key, of signature type 4
	By  string `json:"by"`
}

func anchorsTable() checkedTable {
	return checkedTable{
		name: "anchors", columns: []string{"seq", "kind", "size", "evidence", "roots"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{
			anchorAdded: func(rows *wantedRows, event custody.Event) error {
				var body anchorBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				rows.put(event.Seq, event.Seq, body.Anchor, body.Size, hashedBytes(body.SHA256), hashedBytes(body.Roots))
				return nil
			},
		},
	}
}

// Anchors gives what others have said of checkpoints, in the order it was
// added, unchecked.
func (f *File) Anchors(ctx context.Context) ([]Anchor, error) {
	rows, err := f.query(ctx, "SELECT seq, kind, size, evidence, roots FROM anchors ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Anchor
	for rows.Next() {
		var a Anchor
		if err := rows.Scan(&a.Seq, &a.Kind, &a.Size, &a.Evidence, &a.Roots); err != nil {
			return nil, fmt.Errorf("read anchors: %w", err)
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// Cosigners gives the keys that a person has trusted to countersign.
func (f *File) Cosigners(ctx context.Context) ([]custody.Cosigner, error) {
	var list []custody.Cosigner
	for entry, err := range f.Events(ctx) {
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(entry, []byte(`"kind":"`+keyTrusted+`"`)) {
			continue
		}
		event, err := entry.Parse()
		if err != nil || event.Kind != keyTrusted {
			continue // the check of the ledger tells
		}
		var body keyTrustedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return nil, fmt.Errorf("entry %d: %w", event.Seq, err)
		}
		c, err := custody.ParseCosigner(body.Key)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", event.Seq, err)
		}
		list = append(list, c)
	}
	return list, nil
}

// Trust records that a person trusts a key to countersign. Trusting it again
// leaves no trace.
func (f *File) Trust(ctx context.Context, key custody.Cosigner, by string) error {
	if by == "" {
		return errors.New("trust a key: who trusts it has to be named")
	}
	known, err := f.Cosigners(ctx)
	if err != nil {
		return fmt.Errorf("trust a key: %w", err)
	}
	for _, k := range known {
		if k.String() == key.String() {
			return nil
		}
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	err = f.write(ctx, func(t *txn) error {
		_, err := t.event(keyTrusted, nil, keyTrustedBody{key.String(), ledgerText(by)})
		return err
	})
	if err != nil {
		return fmt.Errorf("trust a key: %w", err)
	}
	_, err = f.checkpoint(ctx)
	return err
}

// AddAnchor keeps what somebody else said of a checkpoint of this case, which it
// finds itself. Evidence that does not hold, or is of another ledger, is refused;
// a countersignature by a key that nobody trusts is kept, and reported as such.
func (f *File) AddAnchor(ctx context.Context, kind string, evidence, roots []byte) ([]Witness, error) {
	a := Anchor{Kind: kind, Evidence: evidence, Roots: append([]byte{}, roots...)}
	checkpoints, err := f.Checkpoints(ctx)
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", kind, err)
	}
	cosigners, err := f.Cosigners(ctx)
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", kind, err)
	}
	of, err := a.of(checkpoints)
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", kind, err)
	}
	a.Size = of.Size
	witnesses, err := a.check(of, cosigners)
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", kind, err)
	}
	known, err := f.Anchors(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range known {
		if bytes.Equal(k.Evidence, a.Evidence) && bytes.Equal(k.Roots, a.Roots) {
			return nil, fmt.Errorf("add %s: entry %d: %w", kind, k.Seq, ErrAnchored)
		}
	}
	if err := f.keepAnchor(ctx, &a, of); err != nil {
		return nil, fmt.Errorf("add %s: %w", kind, err)
	}
	for i := range witnesses {
		witnesses[i].Anchor = a
	}
	return witnesses, nil
}

func (f *File) keepAnchor(ctx context.Context, a *Anchor, of custody.Checkpoint) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	err := f.write(ctx, func(t *txn) error {
		event, err := t.event(anchorAdded, nil, anchorBody{a.Kind, a.Size, of.Root.String(), sha256Hex(a.Evidence), sha256Hex(a.Roots)})
		if err != nil {
			return err
		}
		a.Seq = event.Seq
		_, err = t.exec("INSERT INTO anchors (seq, kind, size, evidence, roots) VALUES (?, ?, ?, ?, ?)", a.Seq, a.Kind, a.Size, a.Evidence, a.Roots)
		return err
	})
	if err != nil {
		return err
	}
	_, err = f.checkpoint(ctx)
	return err
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// of finds the checkpoint that an anchor speaks of.
func (a Anchor) of(checkpoints []custody.Checkpoint) (custody.Checkpoint, error) {
	var holds func(custody.Checkpoint) bool
	switch a.Kind {
	case Countersigned:
		signed, err := custody.ParseCheckpoint(a.Evidence)
		if err != nil {
			return custody.Checkpoint{}, err
		}
		holds = func(c custody.Checkpoint) bool {
			return c.Origin == signed.Origin && c.Size == signed.Size && c.Root == signed.Root
		}
	case Timestamped:
		stamp, err := custody.ParseTimestamp(a.Evidence, a.Roots)
		if err != nil {
			return custody.Checkpoint{}, err
		}
		holds = stamp.Of
	default:
		return custody.Checkpoint{}, fmt.Errorf("there is no anchor %q", a.Kind)
	}
	for _, c := range checkpoints {
		if holds(c) {
			return c, nil
		}
	}
	return custody.Checkpoint{}, ErrNoCheckpoint
}

// check says what an anchor of a checkpoint is worth.
func (a Anchor) check(of custody.Checkpoint, cosigners []custody.Cosigner) ([]Witness, error) {
	if a.Kind == Timestamped {
		stamp, err := custody.ParseTimestamp(a.Evidence, a.Roots)
		if err != nil {
			return nil, err
		}
		return []Witness{{Anchor: a, By: stamp.Authority, Known: stamp.Root != "", At: stamp.At}}, nil
	}
	signed, err := custody.ParseCheckpoint(a.Evidence)
	if err != nil {
		return nil, err
	}
	list, err := custody.Countersignatures(signed, cosigners)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, errors.New("nobody but the case itself signed it")
	}
	var witnesses []Witness
	for _, s := range list {
		witnesses = append(witnesses, Witness{Anchor: a, By: fmt.Sprintf("%s (key %08x)", s.Name, s.Hash), Known: s.Known, At: s.At})
	}
	return witnesses, nil
}

// checkAnchors checks every anchor anew against the checkpoints.
func (f *File) checkAnchors(ctx context.Context, checkpoints []custody.Checkpoint, found *faults) ([]Witness, error) {
	cosigners, err := f.Cosigners(ctx)
	if err != nil {
		found.add(-1, "keys that are trusted to countersign", "", err.Error())
	}
	anchors, err := f.Anchors(ctx)
	if err != nil {
		found.add(-1, "table anchors", "rows that can be read", err.Error())
		return nil, ctx.Err()
	}
	var all []Witness
	for _, a := range anchors {
		of, err := a.of(checkpoints)
		if err == nil && of.Size != a.Size {
			err = fmt.Errorf("it is of the checkpoint at %d", of.Size)
		}
		var witnesses []Witness
		if err == nil {
			witnesses, err = a.check(of, cosigners)
		}
		if err != nil {
			found.add(a.Seq, fmt.Sprintf("%s of the checkpoint at %d", a.Kind, a.Size), "one that holds", err.Error())
		}
		all = append(all, witnesses...)
	}
	return all, nil
}
