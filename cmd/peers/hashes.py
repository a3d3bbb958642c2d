"""Pairs the pictures of folders by a perceptual hash of the whole picture.

    hashes.py pdq|phash BITS plain|turned FOLDER...

pdq is pdqhash's 256 bits; phash is imagehash's 64 bits, the hash that
imagededup calls PHash. Every picture is decoded and hashed once, every pair
compared; turned also compares each picture's eight symmetries, as far as the
library computes them. Prints one JSON object.
"""
import json
import os
import sys

import numpy
from PIL import Image


def pdq(path, turned):
    import pdqhash

    picture = numpy.asarray(Image.open(path).convert("RGB"))
    if turned:
        hashes, _ = pdqhash.compute_dihedral(picture)
        return hashes
    return [pdqhash.compute(picture)[0]]


def phash(path, turned):
    import imagehash

    picture = Image.open(path)
    sides = [picture]
    if turned:
        mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        sides = [p.rotate(angle, expand=True) for p in (picture, mirrored) for angle in (0, 90, 180, 270)]
    return [imagehash.phash(side).hash.flatten() for side in sides]


def main():
    compute = {"pdq": pdq, "phash": phash}[sys.argv[1]]
    bits, turned = int(sys.argv[2]), sys.argv[3] == "turned"
    names, hashes = [], []
    for folder in sys.argv[4:]:
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            try:
                found = compute(path, turned)
            except Exception:  # no picture: as every tool, go on with the next
                continue
            names.append(path)
            hashes.append(numpy.packbits(numpy.array(found, dtype=bool), axis=1))
    upright = numpy.array([h[0] for h in hashes])
    pairs = []
    for i, symmetries in enumerate(hashes):
        nearest = numpy.min([numpy.bitwise_count(upright ^ h).sum(axis=1) for h in symmetries], axis=0)
        pairs += [[names[i], names[j]] for j in numpy.nonzero(nearest <= bits)[0] if j != i]
    json.dump({"pictures": len(names), "pairs": pairs}, sys.stdout)


main()
