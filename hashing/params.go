package hashing

// Parameters of the block check along a map that keypoints have given. Pixels
// are those of the picture that shows the shared part smaller, reduced to
// workSide. Shares of agreeing blocks on the development corpus: at least 0.65
// for copies of 36 kinds, at most 0.05 for other pictures under the same maps.
const (
	workSide    = 208  // longest side of the shared part: more detail is compression and noise
	smallShared = 96   // longest side of a shared part, an inset of 5 % of the area, that is cut into
	smallSide   = 8    // blocks of this side
	layLeast    = 28   // its shorter side at DetailSide, below which there are too few blocks
	laySlack    = 0.03 // of its sides, added all round until the map is exact
	layEdge     = 1.0  // pixels from the edge of the other picture where its surroundings play in
	layFinest   = 1.2  // pixels of the finer picture on one of the coarser, beyond which it is reduced first:
	closeFinest = 1.6  // where both are smoothed, reducing by a little does more harm than good

	plateMargin = 2    // the same for the picture that is cut into blocks
	moveAlike   = 0.4  // correlation from which a block's displacement means something
	moveDamping = 0.02 // of the block's energy: directions with less slope say nothing
	moveMost    = 2.0  // pixels of displacement that one step can see

	coarseTries = 4    // steps of the map at half of workSide,
	fineTries   = 5    // and at workSide
	settled     = 0.06 // pixels that a corner moves by, when the map is left as it is
	settleWidth = 0.7  // pixels from which a block that asks for something else weighs half

	hopefulBlocks = 2    // agreeing blocks at half of workSide,
	hopefulShare  = 0.12 // and their share, below which it ends: three quarters of the time goes to what follows
)

// Parameters of what is cut off at sides where a picture ends within another.
const (
	supportTurn  = 0.06 // tangent of the turn up to which pictures count as laid on straight
	supportInner = 0.03 // of its side by which a picture must go on
	supportShare = 0.3  // of a line's blocks that must agree for it to stay

	stripEdge  = 2   // pixels from the edge at which the strip begins that tells a cut from something laid over,
	stripWide  = 5   // its width,
	stripLong  = 20  // the length of the pieces that are compared,
	stripShare = 0.4 // and how many of them must agree
)

// rule is a way for an agreement to convince: so many keypoints fit, so many
// blocks and such a share of them agree, it covers such a part of one picture,
// and it is not of graphics alone, which pictures in one app have in common: so
// many blocks that are no graphics agree, and such a share of those. drift
// bounds what the blocks and keypoints may lie off, 0: nothing does. open is
// the share that agrees of what neither graphics nor their even ground cover.
type rule struct {
	inliers, blocks int
	share, cover    float64
	natural         int
	naturalShare    float64
	drift, open     float64
}

// convincingRules are the ways in use. On the development corpus copies of 36
// kinds had shares of 0.65 and more, of both; app screens with different
// pictures 0.52 and 0.35 at most, dark pictures under one caption 0.65 and 0.54.
var convincingRules = [...]rule{
	{10, 8, 0.6, leastCover, 6, 0.6, 0, 0},
	{6, 8, 0.7, leastCover, 6, 0.65, 0, 0},   // few keypoints: more must agree
	{0, 12, 0.75, leastCover, 6, 0.65, 0, 0}, // none: too flat for them
	{30, 20, 0.45, 0.7, 15, 0.7, 0.08, 0},    // graphics laid over a picture with little else in it
	{30, 30, 0.9, 0.25, 30, 0.9, 0, 0},       // a slice of each picture, all of which agrees
	{10, 12, 0.9, 0.9, 3, 0.9, 0.1, 0},       // one shown whole in the other, all of which agrees: an inset of a dark sky
	{60, 16, 0.7, 0.9, 4, 0.6, 0.06, 0},      // the same with a logo over it
	{40, 20, 0.4, 0.95, 18, 0.55, 0.05, 0},   // words over a dark or foggy picture, the rest to the pixel
	{150, 30, 0.4, 0.95, 18, 0.3, 0.03, 0},   // the same with a banner, when keypoints are many
	{150, 25, 0.3, 0.95, 5, 0, 0.03, 0.6},    // a banner over a picture that is nearly black: all else agrees
	exactRule,
	{20, 20, 0.8, leastCover + 0.05, 0, 0, 0, 0}, // graphics and nothing else: a page
}

// exactRule is words or stickers over most of a picture, and the rest to the
// pixel. App screens with different pictures in them had 17 natural blocks and
// 65 keypoints at most.
var exactRule = rule{90, 30, 0.25, 0.9, 25, 0.25, 0.06, 0}

// Parameters of the verdict.
const (
	leastCover = 0.45 // of one picture that must be shown: what logos and captions have in common covers 0.3 at most

	sceneInliers = 24   // what another photograph of the same place must bring
	sceneBlocks  = 12   // when fewer blocks agree than convince: a foreground that has moved hides much
	sceneShare   = 0.25 // of all blocks, and of those that are no graphics
	sceneStrays  = 0.15 // of Parallax and Displaced together

	driftExplained = 0.865 // share of a block's energy that its displacement must leave explained
	driftMost      = 0.16  // pixels of drift from which it is another photograph,
	parallaxMost   = 0.36  // or share of keypoints that fit only nearly, or some of each

	throughoutShare  = 0.97 // of the blocks, and so many, from which drift alone does not speak against a copy:
	throughoutBlocks = 12   // other viewpoints left 0.60 at most

	displacedMost  = 0.42 // or share of the differing blocks that hold one
	displacedLeast = 4    // of which there must be so many

	clipDark   = 5   // grey levels up to and from which a pixel counts as clipped: a tone curve
	clipBright = 250 // moves the edges of what it clips
	clipShare  = 12  // one in so many pixels clipped spoils a block

	evenTries = 3   // times that the sharper picture is smoothed
	evenRatio = 1.3 // of sharpness, up to which two pictures are alike
)

// Parameters of what counts as graphics (printed).
const (
	printedContrast = 40   // grey levels from the darkest to the lightest pixel
	printedLevels   = 16   // parts of that range,
	printedGround   = 0.55 // three of which hold this share of the pixels
	evenLevels      = 6    // grey levels of which
	evenShare       = 0.8  // so many pixels of an even block have one
	straightShare   = 0.03 // energy of the slopes along one side over that along the other
)
