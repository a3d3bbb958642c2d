package match

import (
	"github.com/firsthand-media/firsthand/verify"
)

// examiner decides whether two items match. It may be used by several
// goroutines.
type examiner struct{ *shelf }

// verdict is what the examination of two items found: nothing, a finding of
// stills, or one in which a video takes part. It reads from the item with the
// lesser digest to the other.
type verdict struct {
	Stills *finding `json:",omitempty"`
	Film   *film    `json:",omitempty"`
	// Nearly says that nothing was found of two items although pictures of them
	// agree: more moments of a video could tell more.
	Nearly bool `json:",omitempty"`
}

// tells says that there is something to remember beside that nothing was found.
func (v verdict) tells() bool { return v.found() || v.Nearly }

func (v verdict) found() bool { return v.Stills != nil || v.Film != nil }

// pictures is what was found of the two pictures that were compared, and which
// of the items' frames these are.
func (v verdict) pictures() (f *finding, frames [2]int) {
	if v.Film != nil {
		return &v.Film.finding, v.Film.Frames
	}
	return v.Stills, frames
}

// match describes a verdict that found something, from a to b.
func (v verdict) match(a, b *verify.Item) verify.Match {
	if v.Stills != nil {
		return v.Stills.match(a, b)
	}
	return v.Film.match(a, b)
}

// fits says that a verdict can be of these two items: what is remembered may be
// damaged.
func (v verdict) fits(a, b *verify.Item) bool {
	if a.Digest > b.Digest {
		a, b = b, a
	}
	if v.Film == nil {
		return true
	}
	f := v.Film.Frames
	return f[0] >= 0 && f[0] < len(a.Frames) && f[1] >= 0 && f[1] < len(b.Frames)
}

// examine compares two items, of videos the frames that seeds name, which read
// from the item with the lesser digest to the other, and those whose hashes are
// near. Which item comes first does not matter.
func (x examiner) examine(a, b *verify.Item, seeds []seed) (verdict, error) {
	if a.Digest > b.Digest {
		a, b = b, a
	}
	if len(a.Frames) == 0 || len(b.Frames) == 0 {
		return verdict{}, nil
	}
	switch va, vb := isVideo(a), isVideo(b); {
	case va && vb:
		return x.videos(a, b, seeds)
	case va:
		f, err := x.stillInVideo(b, a, exchangedSeeds(seeds))
		if f != nil {
			back := f.exchanged()
			f = &back
		}
		return verdict{Film: f}, err
	case vb:
		f, err := x.stillInVideo(a, b, seeds)
		return verdict{Film: f}, err
	}
	f, err := x.compared(shot{a, 0}, shot{b, 0})
	return verdict{Stills: f}, err
}
