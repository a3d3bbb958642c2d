package casefile

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// itemRow is a row of items but for what other rows decide.
type itemRow struct {
	digest                    string
	size                      int64
	kind                      string
	unread                    bool
	version                   string
	media, findings, sampling []byte // JSON
	frames                    []byte
}

// record is the SHA-256 that the event about the row holds: over each column,
// preceded by its length as a big-endian uint64, in the order of the struct.
func (r itemRow) record() string {
	h := newRecord()
	h.add([]byte(r.digest), number(r.size), []byte(r.kind), flag(r.unread), []byte(r.version), r.media, r.findings, r.sampling, r.frames)
	return h.sum()
}

// sightingRow is a row of sightings but for the scans that found and lost it.
type sightingRow struct {
	source, rel, digest, path, account string
	size, mtimeS, mtimeNS              int64
	claims, findings, extra            []byte // JSON
}

func (r sightingRow) record() string {
	h := newRecord()
	h.add([]byte(r.source), []byte(r.rel), []byte(r.digest), []byte(r.path), []byte(r.account),
		number(r.size), number(r.mtimeS), number(r.mtimeNS), r.claims, r.findings, r.extra)
	return h.sum()
}

// recordHash is a SHA-256 over values of stated length.
type recordHash struct{ text []byte }

func newRecord() *recordHash { return &recordHash{} }

func (r *recordHash) add(values ...[]byte) {
	for _, v := range values {
		r.text = binary.BigEndian.AppendUint64(r.text, uint64(len(v)))
		r.text = append(r.text, v...)
	}
}

func (r *recordHash) sum() string {
	sum := sha256.Sum256(r.text)
	return hex.EncodeToString(sum[:])
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func flag(b bool) []byte {
	if b {
		return []byte{1}
	}
	return []byte{0}
}

// claims is the JSON column of a sighting.
type claims struct {
	Records []source.Record `json:"records"`
	Times   []extract.Time  `json:"times"`
	Places  []extract.Place `json:"places"`
}

// notStored replaces claims that have no JSON form, such as a time beyond the
// year 9999 or a number that is not finite. A damaged file costs its claims
// and not the scan.
func notStored(err error) extract.Finding {
	return extract.Finding{Code: "claims-not-stored", Severity: source.Error, Message: fmt.Sprintf("what the file claims could not be stored: %v", err)}
}

func newItemRow(item *verify.Item, version string) (itemRow, error) {
	row := itemRow{digest: string(item.Digest), size: item.Size, version: version, frames: encodeFrames(item.Frames, item.Moving)}
	media := item.Media
	findings := media.Findings
	media.Findings = nil
	text, err := json.Marshal(media)
	if err != nil {
		problem := notStored(err)
		findings = append(findings[:len(findings):len(findings)], problem)
		media = extract.Media{Kind: media.Kind, MediaType: media.MediaType, Error: source.Text(problem.Message)}
		if text, err = json.Marshal(media); err != nil {
			return itemRow{}, err
		}
	}
	row.kind, row.unread, row.media = string(media.Kind), media.Error != "", text
	if row.findings, err = json.Marshal(findings); err != nil {
		return itemRow{}, err
	}
	row.sampling, err = json.Marshal(item.Sampling)
	return row, err
}

func newSightingRow(s *verify.Sighting, extra []verify.Finding) (sightingRow, error) {
	at := s.ModTime.UTC()
	row := sightingRow{
		source: s.Source, rel: s.Rel, digest: string(s.Digest), path: s.Path, account: s.Account,
		size: s.Size, mtimeS: at.Unix(), mtimeNS: int64(at.Nanosecond()),
	}
	findings := s.Findings
	text, err := json.Marshal(claims{s.Records, s.Times, s.Places})
	if err != nil {
		findings = append(findings[:len(findings):len(findings)], notStored(err))
		if text, err = json.Marshal(claims{}); err != nil {
			return sightingRow{}, err
		}
	}
	row.claims = text
	if row.findings, err = json.Marshal(findings); err != nil {
		return sightingRow{}, err
	}
	row.extra, err = json.Marshal(extra)
	return row, err
}

func (r itemRow) item() (verify.Item, error) {
	item := verify.Item{Digest: verify.Digest(r.digest), Size: r.size}
	if err := json.Unmarshal(r.media, &item.Media); err != nil {
		return item, fmt.Errorf("stored media of %s: %w", r.digest, err)
	}
	if err := json.Unmarshal(r.findings, &item.Media.Findings); err != nil {
		return item, fmt.Errorf("stored findings of %s: %w", r.digest, err)
	}
	if err := json.Unmarshal(r.sampling, &item.Sampling); err != nil {
		return item, fmt.Errorf("stored sampling of %s: %w", r.digest, err)
	}
	return item, nil
}

func (r sightingRow) sighting() (verify.Sighting, error) {
	s := verify.Sighting{
		Path: r.path, Source: r.source, Rel: r.rel, Account: r.account, Digest: verify.Digest(r.digest),
		Size: r.size, ModTime: time.Unix(r.mtimeS, r.mtimeNS).UTC(),
	}
	var c claims
	if err := json.Unmarshal(r.claims, &c); err != nil {
		return s, fmt.Errorf("stored claims of %s: %w", r.path, err)
	}
	s.Records, s.Times, s.Places = c.Records, c.Times, c.Places
	if err := json.Unmarshal(r.findings, &s.Findings); err != nil {
		return s, fmt.Errorf("stored findings of %s: %w", r.path, err)
	}
	return s, nil
}

// relName writes a relative path to an event: as text, or in base64 when its
// bytes are not UTF-8.
type relName struct {
	Rel       string `json:"rel"`
	RelBase64 string `json:"rel_base64,omitempty"`
}

func newRelName(rel string) relName {
	if utf8.ValidString(rel) {
		return relName{Rel: rel}
	}
	return relName{RelBase64: base64.StdEncoding.EncodeToString([]byte(rel))}
}

func (r relName) bytes() (string, error) {
	if r.RelBase64 == "" {
		return r.Rel, nil
	}
	b, err := base64.StdEncoding.DecodeString(r.RelBase64)
	return string(b), err
}
