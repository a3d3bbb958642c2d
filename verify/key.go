package verify

import (
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/firsthand-media/firsthand/hashing/index"
)

// Key names a frame of the item in the index of keypoints: the first 12 bytes
// of the digest, then the time in milliseconds as a big-endian uint32. The
// frames of one item lie within 49 days of each other and two items do not
// share 96 bits, so that a key leads back to one frame of one item.
func (d Digest) Key(at time.Duration) index.Key {
	var k index.Key
	var sum [32]byte
	if len(d) == hex.EncodedLen(len(sum)) {
		_, _ = hex.Decode(sum[:], []byte(d)) // what is no digest has the key of zeros
	}
	copy(k[:12], sum[:])
	binary.BigEndian.PutUint32(k[12:], uint32(at.Milliseconds()))
	return k
}
