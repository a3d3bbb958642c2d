//go:build !linux

package disk

import (
	"errors"
	"os"
)

// Exchange is something that only Linux can be asked for here.
func (Real) Exchange(*os.Root, string, string) error { return errors.ErrUnsupported }
