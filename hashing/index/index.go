// Package index finds, among many, what is near: hashes within a Hamming
// distance of a given one, and pictures whose keypoints resemble those of a
// given one.
//
// # Hashes
//
// Start at [New]. It promises: a search is exact, equal to comparing with every
// entry; hits come in an order that depends on the entries alone; searches may
// run in parallel as long as nothing is added.
//
// The method is multi-index hashing (Norouzi, Punjani and Fleet, "Fast Search
// in Hamming Space with Multi-Index Hashing", CVPR 2012): the hash is cut into
// words of 16 bits, each with a table. Two hashes within r bits of each other
// are within r/words bits in at least one word, so it is enough to look into
// the buckets near each word of the query.
//
// # Keypoints
//
// Start at [Write], which makes a segment, a file of some thousand pictures;
// [Merge] makes one of several, [OpenSegment] reads one in place, and
// [Descriptors.Rank] searches several as one. They promise: the answer depends
// on the pictures alone, not on the order in which they came, on how they are
// dealt to segments or on what was removed in between; merged, their bytes
// depend on the pictures alone; an index of any bytes is safe to search; memory
// stays bounded, as nothing but a cell at a time is read into it. The search is
// not exact: what it may miss is said below.
//
//  1. The space of descriptors is cut into 512 x 512 cells, the same for every
//     index (an inverted multi-index: Babenko and Lempitsky, CVPR 2012). The
//     axes that the cells are cut along were learnt (fixtures/mkcells) as those
//     that tell different places apart while staying put in a copy.
//  2. A segment keeps its entries cell by cell: descriptor, point and picture,
//     39 bytes each. There is nothing else to look up, so a cell is read from
//     one place. A mirrored copy needs no entries of its own: half of the
//     query, the more telling one, is asked a second time with the halves of
//     its descriptors exchanged.
//  3. For each entry of the query the cells nearest to it are visited, nearest
//     first, until some thousand entries have been compared or some dozen
//     cells visited; a true neighbour in a cell farther away is missed.
//  4. Of what is near, the nearest few hundred are kept, all or none of equally
//     near ones. A hit tells more the fewer are as near as it: a descriptor that
//     half of the pictures have, of a logo or of the frame of an app, tells
//     little.
//  5. Each hit alone says how the query would lie in the picture: turned,
//     scaled and shifted. A picture's votes are the most that any one of its
//     hits can gather from those that say nearly the same (weak geometry:
//     Jegou, Douze and Schmid, "Hamming Embedding and Weak Geometric
//     Consistency", ECCV 2008), each place counted once. Most pictures need no
//     counting: the weight of all hits of about one turn and scale bounds it,
//     and is less than what the best have.
//
// A ranking depends on the whole index, as what is frequent in it counts for
// little; it stands for as long as the same pictures are in it.
package index

// Index holds hashes of 64 bits with IDs. The zero value is not usable; see New.
type Index struct{ multi[[1]uint64] }

// New makes an empty index for searches up to radius bits, 0 to 64. Searches
// beyond that are answered too, by comparing with every entry.
func New(radius int) *Index { return &Index{newMulti[[1]uint64](radius, 1<<14)} }

// Len is how many entries there are.
func (x *Index) Len() int { return len(x.all) }

// Add puts in a hash. The same hash and ID may be added more than once; each
// counts. Adding n entries takes time in proportion to n.
func (x *Index) Add(hash uint64, id int) { x.add([1]uint64{hash}, id) }

// Within gives the entries at most radius bits from hash, nearest first, then
// by ID.
func (x *Index) Within(hash uint64, radius int) []Hit { return x.within([1]uint64{hash}, radius) }
