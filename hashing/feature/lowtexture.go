package feature

import "github.com/firsthand-media/firsthand/hashing"

// fewPoints is the number of entries below which a set is too poor to rely on:
// fog, sunsets and blurred backgrounds.
const fewPoints = 60

// TooFlat says that the picture has too little texture to be compared with any
// other. It should be shown as "too flat to compare", not as unmatched.
func (p *Picture) TooFlat() bool {
	return len(p.Points) < fewPoints && hashing.Flat(p.Detail)
}

// comparePlain compares two pictures of which one has too few keypoints, by
// laying the reduced pictures onto each other.
func comparePlain(a, b *Picture) []hashing.Agreement {
	if later(a, b) {
		found := comparePlain(b, a)
		for i, g := range found {
			found[i] = g.Exchanged()
		}
		return found
	}
	m, ok := hashing.Search(a.Detail, b.Detail)
	if !ok {
		return nil
	}
	if g := hashing.ConfirmUnder(a.Detail, b.Detail, m, hashing.Evidence{}); g.Accepted {
		return []hashing.Agreement{g}
	}
	return nil
}
