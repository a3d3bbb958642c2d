package gazetteer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Own is a place that a case adds to the world's. It shadows places of the
// world that bear one of its names.
type Own struct {
	Name     string   `json:"name"`
	Variants []string `json:"variants"` // other spellings and languages; inflected forms are found by themselves
	Lat      float64  `json:"latitude"`
	Lon      float64  `json:"longitude"`
	RadiusM  float64  `json:"radius_m"` // 0 means DefaultRadius
	Note     string   `json:"note"`
}

// DefaultRadius is how far a place of a case reaches when nobody said, in
// metres.
const DefaultRadius = 1000

// ownPlaces are the places of a case by their names.
type ownPlaces struct {
	places  []Place            // the one with the identity -1 first
	byKey   map[string][]int32 // below zero
	first   map[string]bool    // words that begin a name of several
	longest int                // words
}

// With gives a gazetteer in which the places of a case come first: they take
// the stead of any that were added before. The n-th of them has the identity
// -n.
func (g *Gazetteer) With(own []Own) *Gazetteer {
	if len(own) == 0 {
		return g
	}
	with := *g
	digest := sha256.New()
	with.own = &ownPlaces{byKey: map[string][]int32{}, first: map[string]bool{}}
	for i, o := range own {
		p := Place{ID: -int64(i + 1), Name: o.Name, Lat: o.Lat, Lon: o.Lon, RadiusM: o.RadiusM, Own: true}
		if p.RadiusM == 0 {
			p.RadiusM = DefaultRadius
		}
		with.own.places = append(with.own.places, p)
		with.own.add(p.ID, o.Name)
		fmt.Fprintf(digest, "%q %q %v %v %v\n", o.Name, o.Variants, o.Lat, o.Lon, p.RadiusM)
		for _, v := range o.Variants {
			with.own.add(p.ID, v)
		}
	}
	with.version = g.version + " " + hex.EncodeToString(digest.Sum(nil)[:8])
	return &with
}

func (o *ownPlaces) add(id int64, name string) {
	key, row := Fold(name), int32(id)
	if key == "" || slices.Contains(o.byKey[key], row) {
		return
	}
	o.byKey[key] = append(o.byKey[key], row)
	words := strings.Fields(key)
	o.longest = max(o.longest, len(words))
	if len(words) > 1 {
		o.first[words[0]] = true
	}
}

func (o *ownPlaces) named(key string) []int32 {
	if o == nil {
		return nil
	}
	return o.byKey[key]
}

func (o *ownPlaces) begins(word string) bool { return o != nil && o.first[word] }

func (o *ownPlaces) longestName() int {
	if o == nil {
		return 1
	}
	return o.longest
}
