package api

import (
	"context"

	"github.com/firsthand-media/firsthand/verify/locale"
)

// askedKey finds the language of a request in its context.
type askedKey struct{}

// AskedIn notes in which language a request is made, in the form of the header
// Accept-Language: what is written for people to read, as a report, is in it.
func AskedIn(ctx context.Context, accept string) context.Context {
	return context.WithValue(ctx, askedKey{}, accept)
}

// askedWords is the language of the request, English where nothing says which.
func askedWords(ctx context.Context) *locale.Catalogue {
	accept, _ := ctx.Value(askedKey{}).(string)
	return locale.For(accept)
}
