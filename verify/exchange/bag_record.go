package exchange

import (
	"encoding/base64"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// The files of our bags beside those of RFC 8493.
const (
	bagItems       = "metadata/items.jsonl"
	bagSidecars    = "metadata/sidecars.jsonl"
	bagMatches     = "metadata/matches.jsonl"
	bagClusters    = "metadata/clusters.jsonl"
	bagFindings    = "metadata/findings.jsonl"
	bagKnown       = "metadata/known.jsonl"
	bagTexts       = "metadata/texts.jsonl"
	bagCase        = "case.json"
	bagEvents      = "ledger/events.jsonl"
	bagCheckpoint  = "ledger/checkpoint"
	bagCheckpoints = "ledger/checkpoints.txt"
	bagReport      = "report.html"
	bagVerify      = "VERIFY.txt"
)

// bagLayout is the version of this layout, as case.json has it.
const bagLayout = 1

// fileName is the name of a file in its source: as text or, where its bytes are
// not UTF-8, in base64.
type fileName struct {
	Rel       string `json:"rel"`
	RelBase64 string `json:"rel_base64,omitempty"`
}

func newFileName(rel string) fileName {
	if utf8.ValidString(rel) {
		return fileName{Rel: rel}
	}
	return fileName{RelBase64: base64.StdEncoding.EncodeToString([]byte(rel))}
}

func (n fileName) bytes() (string, error) {
	if n.RelBase64 == "" {
		return n.Rel, nil
	}
	b, err := base64.StdEncoding.DecodeString(n.RelBase64)
	if err != nil {
		return "", fmt.Errorf("rel_base64: %w", err)
	}
	return string(b), nil
}

// baggedItem is a line of metadata/items.jsonl: the item in the form of the
// output contract, where its bytes are in the bag, and each place it was seen
// at with its name as on disk.
type baggedItem struct {
	verify.Line
	Object  *string          `json:"object"`  // path in the bag, null where it is not in it
	Missing *string          `json:"missing"` // why it is not
	Seen    []baggedSighting `json:"seen"`
}

type baggedSighting struct {
	Path   string `json:"path"` // as shown
	Source string `json:"source"`
	fileName
	Account  string          `json:"account"`
	Modified *time.Time      `json:"modified"` // by the file system it was read from; null where it is no date
	Records  []source.Record `json:"records"`  // what sidecars say of it
}

// baggedSidecar is a line of metadata/sidecars.jsonl.
type baggedSidecar struct {
	Source string `json:"source"`
	fileName
	Format   string        `json:"format"`
	SHA256   verify.Digest `json:"sha256"`
	Size     int64         `json:"size"`
	Modified *time.Time    `json:"modified"`
	Object   string        `json:"object"`
}

// baggedCase is case.json: the record of the case.
type baggedCase struct {
	Layout    int               `json:"layout"`
	CaseID    string            `json:"case_id"`
	Title     string            `json:"title"`
	Code      string            `json:"code"`
	CreatedAt time.Time         `json:"created_at"`
	Tool      string            `json:"tool_version"`
	Zone      string            `json:"timezone_default"`   // IANA name, "" where none was given
	LogHead   string            `json:"custody_log_head"`   // root of the ledger, hexadecimal; "" where it was never signed
	LogSize   int64             `json:"custody_log_size"`   // entries that the root covers
	Incident  string            `json:"incident"`           // of a bag of one incident, else ""
	Exercise  bool              `json:"exercise,omitempty"` // an invented case, see EXERCISE.txt
	Public    bool              `json:"public"`             // the public form: copies without metadata, see WITHHELD.txt
	Sources   []string          `json:"sources"`
	Settings  map[string]string `json:"settings"`
	Incidents []assess.Incident `json:"incidents"`
	Reviews   []assess.Review   `json:"reviews"` // of items; what is still sealed is not in it
	Decisions []baggedDecision  `json:"decisions"`
}

// baggedDecision is a decision of a person, with the keys of the ledger.
type baggedDecision struct {
	Seq       int64           `json:"seq"` // position in the ledger of the bag
	At        time.Time       `json:"at"`
	Kind      string          `json:"decision"`
	Incident  string          `json:"incident"`
	TakesBack int64           `json:"takes_back"`
	Subjects  []verify.Digest `json:"subjects"`
	Other     string          `json:"other"`
	Others    []verify.Digest `json:"others"`
	Left      []verify.Digest `json:"left"`
	NewerWins bool            `json:"newer_wins"`
	Reason    string          `json:"reason"`
	By        string          `json:"by"`
}

func bagDecision(d verify.Decision) baggedDecision {
	return baggedDecision{d.Seq, d.At, d.Kind, d.Incident, d.TakesBack, listed(d.Subjects), d.Other, listed(d.Others), listed(d.Left), d.NewerWins, d.Reason, d.By}
}

// listed is a list that is never null in JSON.
func listed[T any](list []T) []T { return append([]T{}, list...) }

// writable is a time that JSON has a form for; nil for a year beyond 9999, which
// a damaged file system states.
func writable(t time.Time) *time.Time {
	t = t.UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return nil
	}
	return &t
}

// objectName is where a file lies in the bag: by its content, for no tool reads
// every name that a file may have (RFC 8493 section 2.1.3 and its errata).
func objectName(digest verify.Digest, rel string) string {
	return "data/objects/" + string(digest[:2]) + "/" + string(digest) + safeExtension(rel)
}
