package exchange

import "fmt"

// Row is one good row of an import. Line is that of the file where it has
// lines, else the number of the entry; both from 1.
type Row[T any] struct {
	Line  int
	What  string // in a few words, for the preview
	Value T
}

// BadRow is a row that cannot be taken, or a part of one.
type BadRow struct {
	Line int    `json:"line"` // 0 where it is of the file as a whole
	What string `json:"what"` // what stands there: an identity, a column, a path
	Why  string `json:"why"`  // one line, and what to do where something can be done
}

func (b BadRow) String() string {
	if b.Line == 0 {
		return fmt.Sprintf("%s: %s", b.What, b.Why)
	}
	return fmt.Sprintf("line %d: %s: %s", b.Line, b.What, b.Why)
}

// Preview is what an import would bring: the good rows, and each bad one with
// the reason. Nothing is written for it.
type Preview[T any] struct {
	Format string
	Digest string // SHA-256 of what was read: the same thing twice is told by it
	Good   []Row[T]
	Bad    []BadRow
}

// Take adds a good row.
func (p *Preview[T]) Take(line int, what string, value T) {
	p.Good = append(p.Good, Row[T]{line, what, value})
}

// Refuse adds a bad row.
func (p *Preview[T]) Refuse(line int, what, format string, a ...any) {
	p.Bad = append(p.Bad, BadRow{line, what, fmt.Sprintf(format, a...)})
}

// Values are those of the good rows, in order.
func (p *Preview[T]) Values() []T {
	out := make([]T, len(p.Good))
	for i := range p.Good {
		out[i] = p.Good[i].Value
	}
	return out
}
