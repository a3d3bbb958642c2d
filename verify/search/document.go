package search

import (
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// Document is an item as it can be asked for. Texts are folded, see [Fold].
type Document struct {
	Digest   string
	Size     int64 // bytes
	Kind     extract.Kind
	Sources  []string
	Accounts []string
	Seconds  float64 // of a video or a sound
	Sound    bool    // it has a sound track that could be read

	Trust     extract.Trust // of its best time; [extract.TrustNone] where it has none
	ZoneKnown bool
	From, To  time.Time // bounds of the best time, UTC; zero where it has none

	Latitude, Longitude *float64
	Named               bool // a place has a name

	Texts Texts

	Copies   int    // itself among them
	Cluster  string // "" for none
	Incident string // that counts it, "" for none
	Readable bool   // its content could be read
	Problem  bool   // something was found wrong with it

	Marks Marks
}

// Texts are the folded texts of an item.
type Texts struct {
	Name, Path, Caption, Account, Device, Place string
}

// Marks are what people said of an item.
type Marks struct {
	Reviewed, SetAside, Pinned, Masked bool
	Warning                            string   // none, moderate, severe; "" where nobody said
	Tags                               []string // as written
	TagText                            string   // folded, all of them
	Notes                              string   // folded, all of them and the description
	Noted, Described                   bool
}

// text is everything of a document that words are looked for in. The parts are
// apart, so that no word is found across two of them.
func (d *Document) text() [7]string {
	t := &d.Texts
	return [...]string{t.Path, t.Caption, t.Account, t.Device, t.Place, d.Marks.TagText, d.Marks.Notes}
}
