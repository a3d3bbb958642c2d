// Package exchange writes a case in the formats that other tools read, and
// reads what they write.
//
// Start at [Exports] for what can be written, at [Case] for what an export is
// made from, and at [Preview] for what an import gives. An import has two
// steps: a reader gives a preview, in which every row that cannot be taken
// stands with its reason; what applies the good ones is the caller's, through
// the case file and its ledger.
//
// It promises: an export appears whole or not at all and never in place of
// something that was there; an original is opened read-only, through its
// source's folder alone, and hashed again while it is copied, so that what has
// changed since it was read is named and never passed on as the same; what a
// format cannot hold, and what the public form withholds, is listed; a cell
// that a spreadsheet would take for a formula is written so that it is text;
// a date whose order of numbers is not known, a position of zero and a
// placeholder midnight are never taken for facts. It knows no database.
package exchange

import (
	"io"
	"iter"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// Hidden stands for a source that is not to be named. It is kept as it is on
// the way in and on the way out.
const Hidden = "HIDDEN"

// Case is one moment of a case, as exports need it. Nobody changes it.
type Case struct {
	ID       string // 32 hexadecimal digits
	Title    string
	Exercise bool   // an invented case: whatever is written of it says so, see [ExerciseNotice]
	Code     string // short, for labels of incidents; may be ""
	Created  time.Time
	Tool     string    // that writes the export
	Now      time.Time // of the export, UTC

	Items     []verify.Item // that are present, by path; their clocks as understood
	Matches   []verify.Match
	Clusters  []verify.Cluster
	Incidents []assess.Incident // candidates with the decisions laid over and what people wrote of them, then those by hand
	Reviews   []assess.Review   // of items, as who took no part may see them
	Decisions []verify.Decision
	Findings  []verify.Finding
	Sources   []Source
	Settings  map[string]string
	Known     []verify.Known // incidents that others have documented, for the look-up

	Ledger    Ledger
	Originals Originals
	Report    func(io.Writer) error // the HTML report; nil where there is none

	Withheld []publish.Withheld // by [Case.MakePublic]

	private map[verify.Digest]verify.Item // of a public form, what its items are in the case
}

// Source is a source as the case knows it.
type Source struct {
	Name     string
	Dir      string // where its files are on this machine; never leaves it
	Sidecars []source.Sidecar
}

// Ledger is the custody ledger of a case.
type Ledger struct {
	Entries     iter.Seq2[custody.Entry, error]
	Checkpoints []custody.Checkpoint
	Texts       []LedgerText // that are not erased
	Extra       []ExtraFile  // signatures over the last checkpoint, keys, and what others said of it
}

// LedgerText is a free text of an entry. The entry holds HMAC-SHA256(salt, text)
// of it, so that the text can be erased and the ledger still holds.
type LedgerText struct {
	Seq   int64  `json:"seq"` // position of the entry
	Field string `json:"field"`
	Text  string `json:"text"`
	Salt  []byte `json:"salt"` // base64
}

// Head is the last checkpoint, the zero value where there is none.
func (l Ledger) Head() custody.Checkpoint {
	if len(l.Checkpoints) == 0 {
		return custody.Checkpoint{}
	}
	return l.Checkpoints[len(l.Checkpoints)-1]
}

// ExtraFile is a small file that goes into a bag as it is.
type ExtraFile struct {
	Name string // "ledger/checkpoint.minisig", "keys/minisign.pub"
	Text []byte
}

// ItemOf gives the items of the case by digest.
func (c *Case) ItemOf() map[verify.Digest]*verify.Item {
	out := make(map[verify.Digest]*verify.Item, len(c.Items))
	for i := range c.Items {
		out[c.Items[i].Digest] = &c.Items[i]
	}
	return out
}

// Incident finds an incident by its identity.
func (c *Case) Incident(id string) (*assess.Incident, bool) {
	for i := range c.Incidents {
		if strings.EqualFold(c.Incidents[i].ID, id) {
			return &c.Incidents[i], true
		}
	}
	return nil, false
}
