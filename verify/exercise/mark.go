package exercise

import (
	"math"
	"slices"
)

// place is what an answer is about.
type place struct{ task, subject string }

// placed gives the answers that say something by what they are about; of two
// about the same the last counts.
func placed(answers []Answer) map[place]*Answer {
	given := map[place]*Answer{}
	for i := range answers {
		a := &answers[i]
		if at := (place{a.Task, a.Subject}); a.Blank() {
			delete(given, at)
		} else {
			given[at] = a
		}
	}
	return given
}

// Mark scores answers against a key. All three have to have passed their Check.
//
// Each subject of a task is worth the same share of its points, times a credit
// of 0 to 1 that follows from the form:
//
//   - choice: the credit that the key gives to the option;
//   - choices: (right ones − wrong ones) ÷ all right ones, and not below 0;
//   - interval: the share of the true interval that the answer covers (of an
//     instant 0 or 1) × min(1, the width that can be known ÷ the answer's width);
//   - place: 1 if the true position lies in the circle, else 0, × min(1, the
//     radius that can be known ÷ the answer's radius).
//
// Where the task asks for reasons, they are a third of the credit and are scored
// as choices are. What is not answered gives 0; hints cost nothing.
func Mark(e *Exercise, k *Key, answers []Answer) Score {
	given, right := placed(answers), k.bySubject()
	s := Score{Tasks: make([]TaskScore, len(e.Tasks))}
	var sum float64
	for i := range e.Tasks {
		t := &e.Tasks[i]
		out := TaskScore{Task: t.ID, Of: t.Points, Subjects: make([]SubjectScore, len(t.Subjects))}
		share := float64(t.Points) / float64(len(t.Subjects))
		var credit float64
		for j := range t.Subjects {
			at := place{t.ID, t.Subjects[j].ID}
			m := marker{task: t, subject: &t.Subjects[j], key: right[at], worth: share}
			out.Subjects[j] = m.mark(given[at])
			credit += out.Subjects[j].Credit
			if out.Subjects[j].Answered {
				out.Answered++
			}
		}
		points := float64(t.Points) * credit / float64(len(t.Subjects))
		out.Points = hundredths(points)
		sum += points
		s.Of += t.Points
		s.Tasks[i] = out
	}
	s.Points = hundredths(sum)
	return s
}

func (k *Key) bySubject() map[place]*SubjectKey {
	m := map[place]*SubjectKey{}
	for i := range k.Tasks {
		for j := range k.Tasks[i].Subjects {
			s := &k.Tasks[i].Subjects[j]
			m[place{k.Tasks[i].Task, s.Subject}] = s
		}
	}
	return m
}

// hundredths rounds points. What a sum of binary fractions lacks or has too much
// in its last digits does not turn a half the other way.
func hundredths(x float64) float64 { return math.Round(math.Round(x*1e8)/1e6) / 100 }

// someOf is the credit of chosen options: each wrong one takes away a right one.
func someOf(chosen, right []string) (hits, wrong []string, credit float64) {
	for _, id := range chosen {
		if slices.Contains(right, id) {
			hits = append(hits, id)
		} else {
			wrong = append(wrong, id)
		}
	}
	return hits, wrong, max(0, float64(len(hits)-len(wrong))) / float64(len(right))
}

// covered is the share of the true interval that an answer covers.
func covered(w *When, k *WhenKey) float64 {
	from, to := w.Earliest, w.Latest
	if k.Earliest.After(from) {
		from = k.Earliest
	}
	if k.Latest.Before(to) {
		to = k.Latest
	}
	common, whole := to.Sub(from), k.Latest.Sub(k.Earliest)
	switch {
	case common < 0:
		return 0
	case whole == 0:
		return 1
	}
	return float64(common) / float64(whole)
}

// narrow is the share that is left of an answer that is wider than can be known.
func narrow(known, answered float64) float64 {
	if answered <= known {
		return 1
	}
	return known / answered
}

// metres is the distance of two positions along the earth's surface (haversine,
// mean radius 6371 km).
func metres(aLat, aLon, bLat, bLon float64) float64 {
	const rad = math.Pi / 180
	s := math.Sin((bLat - aLat) * rad / 2)
	t := math.Sin((bLon - aLon) * rad / 2)
	return 2 * 6_371_000 * math.Asin(math.Min(1, math.Sqrt(s*s+math.Cos(aLat*rad)*math.Cos(bLat*rad)*t*t)))
}
