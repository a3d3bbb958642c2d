//go:build !linux

package sandbox

import "context"

func breakOutLinux(context.Context, Request, func([]byte) error) ([]byte, error) { return nil, nil }
