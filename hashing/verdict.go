package hashing

// Verdict is what the comparison of two pictures proposes. A person decides.
type Verdict uint8

// The verdicts, weakest first.
const (
	Nothing   Verdict = iota // nothing in common that can be shown
	SameScene                // another photograph of the same place or thing: what agrees moves as no copy does
	Copy                     // the same photograph, or a part of it. Burst photographs and neighbouring frames cannot be told from copies
)

// Affine maps a point (u, v) of one picture to another, both in fractions of
// its sides: x = m[0]*u + m[1]*v + m[2], y = m[3]*u + m[4]*v + m[5].
type Affine [6]float64
