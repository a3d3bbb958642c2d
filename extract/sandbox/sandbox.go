// Package sandbox runs decoders in worker processes of this same binary, so
// that a file which makes a decoder crash, hang or eat memory costs that one
// file and never the program.
//
// Start at [Pool] in the program and at [Serve] in the worker. It promises: a
// worker gets no path and no name, only the bytes of one open file, which the
// program reads for it; a worker that overruns its limits is killed and
// replaced, and the call returns a [LimitError] that says which limit; no
// worker outlives the program.
package sandbox
