package api

import (
	"context"
	"net/http"
	"time"
)

// Picture gives a still upright as a JPEG of at most side pixels, made by a
// worker.
func (a *API) Picture(ctx context.Context, path string, orientation, side int) ([]byte, error) {
	if a.program.Picture == nil {
		return nil, cannot("pictures cannot be decoded here")
	}
	return a.program.Picture(ctx, path, orientation, side)
}

// Frame gives the frame of a video that is shown at a time.
func (a *API) Frame(ctx context.Context, path string, at time.Duration) (Still, error) {
	if a.program.Frame == nil {
		return Still{}, cannot("frames of videos cannot be decoded here")
	}
	return a.program.Frame(ctx, path, at)
}

func cannot(what string) *Error {
	return &Error{Status: http.StatusNotImplemented, What: what, Hint: "start firsthand serve without --video off"}
}
