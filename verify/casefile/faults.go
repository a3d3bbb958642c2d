package casefile

import "github.com/firsthand-media/firsthand/verify/custody"

// faults collects what a check of the case finds wrong.
type faults struct{ custody.Faults }

func (s *faults) add(seq int64, what, want, got string) {
	s.Add(&custody.BrokenError{Seq: seq, What: what, Want: want, Got: got})
}

// compare notes a fault unless the two are the same.
func (s *faults) compare(seq int64, what, want, got string) {
	if want != got {
		s.add(seq, what, want, got)
	}
}
