package verify

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
)

// MarkFacts are the fields of a mark that the ledger has in the clear.
type MarkFacts struct {
	Says      []string   `json:"says,omitempty"` // what it speaks of, sorted
	State     *MarkState `json:"state,omitempty"`
	Stands    *bool      `json:"stands,omitempty"`
	TakesBack int64      `json:"takes_back,omitempty"`
	By        string     `json:"by"`
}

// markWords are those that can be erased.
type markWords struct {
	AddTags   []string       `json:"add_tags,omitempty"`
	DropTags  []string       `json:"drop_tags,omitempty"`
	Note      string         `json:"note,omitempty"`
	Described *string        `json:"described,omitempty"`
	Masks     *[]Mask        `json:"masks,omitempty"`
	Time      *extract.Time  `json:"time,omitempty"`
	Place     *extract.Place `json:"place,omitempty"`
	Reason    string         `json:"reason,omitempty"`
	Evidence  []string       `json:"evidence,omitempty"`
}

// Split takes a mark apart for the ledger: its facts, and its words as JSON, ""
// where it has none.
func (m *Mark) Split() (MarkFacts, string, error) {
	f := MarkFacts{Says: m.Says(), State: m.State, Stands: m.Stands, TakesBack: m.TakesBack, By: m.By}
	text, err := json.Marshal(markWords{m.AddTags, m.DropTags, m.Note, m.Described, m.Masks, m.Time, m.Place, m.Reason, m.Evidence})
	if err != nil {
		return f, "", fmt.Errorf("words of a mark: %w", err)
	}
	if string(text) == "{}" {
		return f, "", nil
	}
	return f, string(text), nil
}

// Says names what a mark speaks of, sorted; nothing for one that takes back.
func (m *Mark) Says() []string {
	var out []string
	for name, says := range map[string]bool{
		"state": m.State != nil, "tags": len(m.AddTags)+len(m.DropTags) > 0, "note": m.Note != "", "described": m.Described != nil,
		"masks": m.Masks != nil, "representative": m.Stands != nil, "time": m.Time != nil, "place": m.Place != nil,
	} {
		if says {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// JoinMark puts facts and words together again; "" is the words of a mark that
// has none or whose words were erased.
func JoinMark(f MarkFacts, words string) (Mark, error) {
	var w markWords
	if words != "" {
		if err := json.Unmarshal([]byte(words), &w); err != nil {
			return Mark{}, fmt.Errorf("words of a mark: %w", err)
		}
	}
	return Mark{
		By: f.By, State: f.State, Stands: f.Stands, TakesBack: f.TakesBack, AddTags: w.AddTags, DropTags: w.DropTags, Note: w.Note,
		Described: w.Described, Masks: w.Masks, Time: w.Time, Place: w.Place, Reason: w.Reason, Evidence: w.Evidence,
	}, nil
}
