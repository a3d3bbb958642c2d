// Package hashing makes the digests and fingerprints by which the same
// content is recognised: SHA-256 for equal bytes, goimagehash's perceptual
// hash in eight symmetries for pictures that look the same, and a block check
// that says which part of two pictures agrees.
//
// Start at [Fingerprint], at [Confirm] for two pictures whose hashes are near,
// and at [ConfirmUnder] for two that a map lays onto each other, which keypoints
// give (hashing/feature). Small pictures (SmallSide) are judged by their fine
// structure as a whole, against what chance brings. It promises: a fingerprint
// depends on the pixels alone; a featureless picture says so by its quality, and is never
// proposed as a match; distances are symmetric; nothing here opens a file.
package hashing
