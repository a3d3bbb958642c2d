package exchange

import (
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// idBook gives each incident of an import an identity of its own, which cases
// compare without case.
type idBook struct{ taken map[string]bool }

func newIDs() *idBook { return &idBook{map[string]bool{}} }

// take gives the identity of the row: the one that it has, made fit for a case,
// or with a number behind where an earlier row has it. Either is listed; the
// one that the row has stays with its record.
func (b *idBook) take(p *Preview[assess.Record], line int, written string) string {
	id := incidentID(written)
	if id == "" {
		id = fmt.Sprintf("ROW-%d", line)
	}
	for n := 2; b.taken[strings.ToUpper(id)]; n++ {
		id = fmt.Sprintf("%s-%d", incidentID(written), n)
	}
	if b.taken[strings.ToUpper(id)] = true; id != written {
		p.Refuse(line, written+" id", "it repeats, or holds what an identity cannot; the incident is taken as %s", id)
	}
	return id
}
