package atlas

import "slices"

// KeysOf gives every key that leads to one of some rows, in order. It goes
// through the whole table, which takes some ten milliseconds.
func (a *Atlas) KeysOf(rows []int32) []string {
	var out []string
	r := reader{rest: a.keys}
	var key []byte
	var e Entry
	for i := 0; len(r.rest) > 0; i++ {
		if i%blockSize == 0 {
			key = key[:0]
		}
		key = r.key(key)
		r.entry(len(a.rows), &e)
		if slices.ContainsFunc(e.Places, func(row int32) bool { return slices.Contains(rows, row) }) {
			out = append(out, string(key))
		}
	}
	return out
}
