package video

import "github.com/firsthand-media/firsthand/extract/sandbox"

// WorkerLimits are what a worker that offers [EmbeddedHandler] gives to
// [sandbox.Serve]: the decoder's memory, and no folder but the cache.
func WorkerLimits(cacheDir string) sandbox.Limits {
	return sandbox.Limits{Memory: workerMemory, Folders: []string{cacheDir}}
}
