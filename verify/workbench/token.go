package workbench

import "sync"

// once holds a value that can be taken a single time.
type once struct {
	mu    sync.Mutex
	value string
}

func (o *once) take(got string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.value == "" || !equal(got, o.value) {
		return false
	}
	o.value = ""
	return true
}
