package hashing

// Luma is an upright grey picture: W x H bytes, rows from the top, no padding.
type Luma struct {
	W, H int
	Pix  []byte
}

// Box is a part of a picture in fractions of its sides, 0 to 1 from the top
// left corner.
type Box struct {
	X0, Y0, X1, Y1 float64
}

// Symmetry is one of the eight turns and mirrorings of a picture. The value's
// low two bits count quarter turns clockwise, applied after the mirroring
// (left and right exchanged) that bit 2 asks for.
type Symmetry uint8

// Symmetries is how many there are.
const Symmetries = 8

// View is the fingerprint of one part of a picture: the goimagehash
// PerceptionHash (64 bits) of the part under each of the eight symmetries,
// index 0 being the picture as it stands, which is the interoperable value.
type View struct {
	Box     Box                `json:"box"`
	Quality uint8              `json:"quality"` // 0..100 as PDQ defines it: how much gradient the picture has
	Hash    [Symmetries]uint64 `json:"hash"`
}

// Print is the fingerprint of one picture or video frame. Trimmed is present
// when uniform bars or a border were found and cut off.
type Print struct {
	Full    View  `json:"full"`
	Trimmed *View `json:"trimmed"`
}
