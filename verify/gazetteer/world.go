package gazetteer

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/firsthand-media/firsthand/verify/gazetteer/atlas"
)

//go:embed data/world.bin
var worldData []byte

// Credit is what has to be said where places of the world are shown.
const Credit = "place names and positions: GeoNames (geonames.org), CC BY 4.0"

// method is the version of how texts are read: to be raised when the same
// text may give other mentions.
const method = "1"

// opened is the gazetteer of the world, unpacked when it is first asked for.
var opened = sync.OnceValues(func() (*Gazetteer, error) {
	table, err := atlas.Open(worldData)
	if err != nil {
		return nil, fmt.Errorf("open the world's gazetteer: %w", err)
	}
	digest := sha256.Sum256(worldData)
	return &Gazetteer{table: table, forms: endings(), stop: stopWords(), version: method + " " + hex.EncodeToString(digest[:8])}, nil
})

// World is the gazetteer of all places of 500 people and more. Unpacking it
// takes a moment the first time; it is kept then.
func World() (*Gazetteer, error) { return opened() }

// Version names what a gazetteer is made of. Two of one version find the same
// places in the same texts.
func (g *Gazetteer) Version() string { return g.version }
