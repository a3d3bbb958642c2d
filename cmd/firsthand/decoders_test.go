package main

import "testing"

// Workers have no environment, so whatever they need comes with their
// arguments.
func TestVideoWorkersStart(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	pool, err := newVideoPool(1)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Fences(t.Context()); err != nil {
		t.Fatal(err)
	}
}
