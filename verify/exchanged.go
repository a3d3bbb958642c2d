package verify

import "math"

// Exchanged is the match read from B to A. Why stays as it was written: its
// first is B then, and its second A.
func (m Match) Exchanged() Match {
	m.AIs = m.bIs()
	m.A, m.B = m.B, m.A
	m.DigestA, m.DigestB = m.DigestB, m.DigestA
	m.RegionA, m.RegionB = m.RegionB, m.RegionA
	m.ChangedA, m.ChangedB = m.ChangedB, m.ChangedA
	m.TimeA, m.TimeB = m.TimeB, m.TimeA
	m.Transform = m.Transform.inverse()
	if m.Map != nil {
		if back, ok := m.Map.Inverse(); ok {
			m.Map = &back
		} else {
			m.Map = nil
		}
	}
	segments := make(Segments, len(m.Segments))
	for i, s := range m.Segments {
		segments[i] = s.exchanged()
	}
	m.Segments = segments
	return m
}

// bIs is what B is of A, in the words of AIs.
func (m *Match) bIs() string {
	switch m.AIs {
	case "crop_of_b", "frame_of_b", "clip_of_b":
		return "contains_b"
	case "contains_b":
		switch {
		case m.TimeA != nil && m.TimeB == nil:
			return "frame_of_b"
		case len(m.Segments) > 0:
			return "clip_of_b"
		}
		return "crop_of_b"
	}
	return m.AIs // alike both ways
}

// inverse undoes a transform. A mirroring before a turn is a mirroring after
// the turn the other way, so that a mirrored one turns as before.
func (t Transform) inverse() Transform {
	if !t.Mirrored {
		t.Rotation = math.Mod(360-t.Rotation, 360)
	}
	if t.Scale > 0 {
		t.Scale = 1 / t.Scale
	}
	return t
}

func (s Segment) exchanged() Segment {
	s.TimeA, s.TimeB = s.TimeB, s.TimeA
	if s.Speed > 0 {
		s.Offset, s.Speed = 0-s.Offset/s.Speed, 1/s.Speed
	}
	return s
}
