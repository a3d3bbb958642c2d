package api

import (
	"strings"
	"testing"
)

// A key that a route does not know is told: a misspelt reason would otherwise be
// a decision without one.
func TestMisspeltKeyIsRefused(t *testing.T) {
	type decision struct {
		Reason string `json:"reason"`
	}
	in, err := read[decision](Request{Body: strings.NewReader(`{"reason":"seen"}`)})
	if err != nil || in.Reason != "seen" {
		t.Errorf("%+v, %v", in, err)
	}
	if in, err := read[decision](Request{Body: strings.NewReader(`{"raeson":"seen"}`)}); err == nil || !strings.Contains(err.Error(), "raeson") {
		t.Errorf("%+v, %v", in, err)
	}
}
