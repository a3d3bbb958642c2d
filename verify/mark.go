package verify

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract"
)

// MarkState is what a person has done with an item on going through them.
type MarkState string

// The states of an item. One that is set aside stays in the case and in its
// incident, and is left out when items are gone through.
const (
	Unmarked MarkState = ""
	Pinned   MarkState = "pinned"
	SetAside MarkState = "set-aside"
)

// Mark is one thing that a person noted of items: an entry of the ledger. Marks
// are appended and never changed; what they amount to is [FoldMarks]. Fields
// that are nil or empty say nothing.
type Mark struct {
	Seq       int64     // position in the ledger
	Rank      int64     // place in order, where some are of a case that was joined to this one; else 0
	At        time.Time // UTC
	By        string
	Items     []Digest // that it is of
	TakesBack int64    // position of the mark that it takes back, 0 for none; it then says nothing else
	Erased    bool     // its texts are gone

	State     *MarkState
	AddTags   []string
	DropTags  []string
	Note      string
	Described *string        // what is to be seen, for who need not look; "" takes it away
	Masks     *[]Mask        // in place of those before
	Stands    *bool          // shown in the place of its copies, or no longer
	Time      *extract.Time  // that a person confirmed
	Place     *extract.Place // likewise
	Reason    string
	Evidence  []string // what time or place rest on
}

// Mask covers a part of a picture when it is shown, in parts of its width and
// height from the upper left.
type Mask struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// Said is who said something, and why.
type Said struct {
	Entry  int64 // of the ledger
	At     time.Time
	By     string
	Reason string
	order  int64
}

// Note is a note on an item.
type Note struct {
	Said
	Text string
}

// SaidTime is a time that a person confirmed. It stands beside what the file
// claims, and never in its place.
type SaidTime struct {
	Said
	extract.Time
	Evidence []string
}

// SaidPlace is a place that a person confirmed.
type SaidPlace struct {
	Said
	extract.Place
	Evidence []string
}

// Marks is what stands of one item.
type Marks struct {
	State          MarkState
	StateSaid      *Said    // of State, nil where nobody said one
	Tags           []string // sorted
	Notes          []Note   // oldest first
	Described      string
	DescribedSaid  *Said
	Masks          []Mask
	Representative *Said // it was chosen to be shown in the place of its copies
	Time           *SaidTime
	Place          *SaidPlace
}

// Pinned says whether the item is pinned.
func (m *Marks) Pinned() bool { return m.State == Pinned }

// SetAside says whether the item is set aside.
func (m *Marks) SetAside() bool { return m.State == SetAside }

// Any says whether anything stands of the item.
func (m *Marks) Any() bool {
	return m.State != "" || len(m.Tags)+len(m.Notes)+len(m.Masks) > 0 || m.Described != "" || m.Representative != nil || m.Time != nil || m.Place != nil
}

// Bounds of what one mark can hold.
const (
	mostMarked   = 100_000 // items
	mostTags     = 100
	longestTag   = 100 // characters
	longestNote  = 20_000
	mostMasks    = 100
	mostEvidence = 50
	longestLine  = 4_000
)

// Check says what of a mark cannot be.
func (m *Mark) Check() error {
	switch {
	case strings.TrimSpace(m.By) == "":
		return errors.New("who marks has to be named")
	case len(m.Items) == 0 || len(m.Items) > mostMarked:
		return fmt.Errorf("a mark is of 1 to %d items, and this one of %d", mostMarked, len(m.Items))
	case m.TakesBack != 0 && m.says():
		return errors.New("what takes back says nothing else")
	case m.TakesBack == 0 && !m.says():
		return errors.New("nothing is said of the items")
	case len(m.Items) > 1 && (m.Stands != nil || m.Time != nil || m.Place != nil):
		return errors.New("a time, a place and what stands for its copies are said of one item")
	case (m.Time != nil || m.Place != nil) && (strings.TrimSpace(m.Reason) == "" || len(m.Evidence) == 0):
		return errors.New("to confirm a time or a place needs a reason and what it rests on")
	}
	seen := make(map[Digest]bool, len(m.Items))
	for _, d := range m.Items {
		if seen[d] {
			return errors.New("an item is named twice")
		}
		seen[d] = true
	}
	return errors.Join(m.checkState(), m.checkWords(), m.checkMasks(), m.checkPlace())
}

func (m *Mark) says() bool {
	return m.State != nil || len(m.AddTags)+len(m.DropTags) > 0 || m.Note != "" || m.Described != nil || m.Masks != nil ||
		m.Stands != nil || m.Time != nil || m.Place != nil
}

func (m *Mark) checkState() error {
	if m.State == nil || slices.Contains([]MarkState{Unmarked, Pinned, SetAside}, *m.State) {
		return nil
	}
	return fmt.Errorf("an item is pinned, set-aside or neither, and not %q", *m.State)
}

func (m *Mark) checkWords() error {
	if len(m.AddTags)+len(m.DropTags) > mostTags {
		return fmt.Errorf("at most %d tags go into one mark", mostTags)
	}
	for _, t := range slices.Concat(m.AddTags, m.DropTags) {
		if t != NormalTag(t) || t == "" {
			return fmt.Errorf("%q is no tag: it is up to %d characters on one line, without spaces around it", t, longestTag)
		}
	}
	if len(m.Evidence) > mostEvidence {
		return fmt.Errorf("at most %d pieces of evidence go into one mark", mostEvidence)
	}
	longest := map[string]int{m.Note: longestNote, m.Reason: longestLine}
	if m.Described != nil {
		longest[*m.Described] = longestLine
	}
	for _, e := range m.Evidence {
		longest[e] = longestLine
	}
	for text, most := range longest {
		if n := utf8.RuneCountInString(text); n > most {
			return fmt.Errorf("a text of %d characters is too long: at most %d", n, most)
		}
	}
	return nil
}

// NormalTag is the form of a tag in which two are the same: on one line, with
// single spaces, cut at the length that a tag may have.
func NormalTag(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), longestTag)]))
}

func (m *Mark) checkMasks() error {
	if m.Masks == nil {
		return nil
	}
	if len(*m.Masks) > mostMasks {
		return fmt.Errorf("at most %d parts of a picture can be covered", mostMasks)
	}
	const slack = 1e-6 // of rounding in who drew it
	for _, k := range *m.Masks {
		if !(k.X >= 0 && k.Y >= 0 && k.Width > 0 && k.Height > 0 && k.X+k.Width <= 1+slack && k.Y+k.Height <= 1+slack) {
			return errors.New("a mask lies within the picture: x, y, width and height are parts of it, from 0 to 1")
		}
	}
	return nil
}

func (m *Mark) checkPlace() error {
	if m.Place == nil {
		return nil
	}
	lat, lon := m.Place.Latitude, m.Place.Longitude
	switch {
	case lat == nil || lon == nil:
		return errors.New("a place is confirmed by its latitude and longitude")
	case !(math.Abs(*lat) <= 90 && math.Abs(*lon) <= 180):
		return errors.New("latitude lies within ±90, longitude within ±180 degrees")
	case m.Place.AccuracyM != nil && !(*m.Place.AccuracyM >= 0 && *m.Place.AccuracyM <= 20_000_000):
		return errors.New("a radius is a number of metres, zero or more")
	}
	return nil
}

// HoldingMarks says by its position of each mark whether it holds: it was not
// taken back by a later one that holds itself.
func HoldingMarks(marks []Mark) map[int64]bool {
	gone, holds := map[int64]bool{}, make(map[int64]bool, len(marks))
	for _, m := range slices.Backward(inOrder(marks)) {
		if holds[m.Seq] = !gone[m.Seq]; holds[m.Seq] && m.TakesBack != 0 {
			gone[m.TakesBack] = true
		}
	}
	return holds
}

func inOrder(marks []Mark) []Mark {
	out := slices.Clone(marks)
	slices.SortStableFunc(out, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Seq, b.Seq)) })
	return out
}

// FoldMarks gives what stands of each item of which anything was ever said. The
// order in which the marks are handed over does not matter.
func FoldMarks(marks []Mark) map[Digest]Marks {
	holds := HoldingMarks(marks)
	of := map[Digest]*Marks{}
	for n, m := range inOrder(marks) {
		if !holds[m.Seq] || m.TakesBack != 0 {
			continue
		}
		said := Said{Entry: m.Seq, At: m.At, By: m.By, Reason: m.Reason, order: int64(n)}
		for _, d := range m.Items {
			if of[d] == nil {
				of[d] = &Marks{}
			}
			of[d].lay(&m, said)
		}
	}
	out := make(map[Digest]Marks, len(of))
	for d, m := range of {
		out[d] = *m
	}
	return out
}

// lay lays a mark over what stood.
func (m *Marks) lay(said *Mark, by Said) {
	if said.State != nil {
		m.State, m.StateSaid = *said.State, &by
	}
	for _, t := range said.AddTags {
		if i, found := slices.BinarySearch(m.Tags, t); !found {
			m.Tags = slices.Insert(m.Tags, i, t)
		}
	}
	m.Tags = slices.DeleteFunc(m.Tags, func(t string) bool { return slices.Contains(said.DropTags, t) })
	if said.Note != "" {
		m.Notes = append(m.Notes, Note{by, said.Note})
	}
	if said.Described != nil {
		m.Described, m.DescribedSaid = *said.Described, &by
	}
	if said.Masks != nil {
		m.Masks = slices.Clone(*said.Masks)
	}
	if said.Stands != nil {
		if m.Representative = nil; *said.Stands {
			m.Representative = &by
		}
	}
	if said.Time != nil {
		m.Time = &SaidTime{by, *said.Time, said.Evidence}
	}
	if said.Place != nil {
		m.Place = &SaidPlace{by, *said.Place, said.Evidence}
	}
}

// RepresentativeOf is the item that a person chose to be shown in the place of
// all items of a cluster: of several the one that was chosen last. said is nil
// where nobody chose.
func RepresentativeOf(c Cluster, marks map[Digest]Marks) (item Digest, said *Said) {
	for _, d := range c.Digests {
		if r := marks[d].Representative; r != nil && (said == nil || r.order > said.order) {
			item, said = d, r
		}
	}
	return item, said
}
