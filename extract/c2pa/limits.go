package c2pa

// The bounds of the reading. A store of a hundred manifests with every kind
// of assertion stays far below them.
const (
	maxBoxDepth   = 16       // superboxes inside superboxes; a C2PA store has four levels
	maxBoxes      = 16384    // boxes of a store
	maxManifests  = 512      // manifests of a store
	maxAssertions = 2048     // assertions that one claim lists
	maxNesting    = 32       // arrays and maps inside each other, in CBOR and JSON
	maxElements   = 65536    // elements of one CBOR array
	maxPairs      = 4096     // pairs of one CBOR map
	maxValues     = 100_000  // CBOR and JSON values of a store
	maxName       = 512      // characters of one name, which joins the keys on the way to a value
	maxTags       = 20_000   // tags of a store
	maxTagBytes   = 4 << 20  // characters in all the tags of a store, and in the names worked out for them
	maxProblems   = 64       // problems of a store
	maxEntries    = 2048     // entries kept of one list: actions, ingredients, metadata
	maxCerts      = 16       // certificates of one chain
	maxSignatures = 200      // signatures and time stamps that are checked
	maxHashed     = 64 << 20 // bytes hashed inside the store, for its references may all point at one box
)
