package workshop

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Plan is what a pack is made of beside its files. A person writes it, beginning
// with what [Draft] gives. It never leaves the trainer's machine.
type Plan struct {
	Exercise   exercise.Exercise `json:"exercise"`
	Key        exercise.Key      `json:"key"`        // its pack is empty: [Make] enters it
	Places     []gazetteer.Own   `json:"places"`     // that the exercise adds to the world's
	Clearances []Clearance       `json:"clearances"` // of what [Concerns] found
}

// Clearance is a named person's word that something which speaks of real people
// may be packed.
type Clearance struct {
	Path   string      `json:"path"` // of the file, "" where the concern is of no file
	Code   ConcernCode `json:"code"`
	What   string      `json:"what"`   // [Concern.What] as it was read; "" clears whatever the file holds of the code
	By     string      `json:"by"`     // who decided
	Reason string      `json:"reason"` // why it may be packed
}

// clearance is what somebody said of a concern, with who and why; nil for none.
func (p *Plan) clearance(c Concern) *Clearance {
	i := slices.IndexFunc(p.Clearances, func(l Clearance) bool {
		return l.Path == c.Path && l.Code == c.Code && (l.What == "" || l.What == c.What) && strings.TrimSpace(l.By) != "" && strings.TrimSpace(l.Reason) != ""
	})
	if i < 0 || c.Final {
		return nil
	}
	return &p.Clearances[i]
}

// Open gives the concerns that stand in the way of packing: those that nobody
// cleared, and those that nobody can.
func (p *Plan) Open(concerns []Concern) []Concern {
	return slices.DeleteFunc(slices.Clone(concerns), func(c Concern) bool { return p.clearance(c) != nil })
}

// largestPlan bounds the file of a plan, in bytes.
const largestPlan = largestExercise + largestKey + largestPlaces

// ReadPlan reads a plan as JSON. Keys that are unknown or stand twice are
// refused, and so is a file of more than 16 MB. Whether the plan can be packed
// is for [Make]: one that is being written need not.
func ReadPlan(r io.Reader) (Plan, error) {
	var p Plan
	text, err := readAll(r, largestPlan)
	if err == nil {
		err = decodeStrictly(text, &p)
	}
	if err != nil {
		return Plan{}, fmt.Errorf("read plan: %w", err)
	}
	return p, nil
}

// Write writes the plan as [ReadPlan] reads it.
func (p *Plan) Write(w io.Writer) error {
	text, err := encode(p)
	if err == nil {
		_, err = w.Write(text)
	}
	if err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	return nil
}
