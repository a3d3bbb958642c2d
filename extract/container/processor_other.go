//go:build !unix

package container

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
