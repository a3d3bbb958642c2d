package main

import "testing"

// What stands in a name from outside can neither drive the terminal nor turn
// the line round.
func TestShown(t *testing.T) {
	for name, want := range map[string]string{
		"фото 1.jpg":                "фото 1.jpg",
		"صورة.jpg":                  "صورة.jpg",
		"a\x1b[2Jb":                 `a\u001b[2Jb`,
		"a\u009b31mb":               `a\u009b31mb`,
		"a\nfirsthand: all is well": `a\u000afirsthand: all is well`,
		"evil\u202egpj.exe":         `evil\u202egpj.exe`,
		"a\u2066b\u2069":            `a\u2066b\u2069`,
		"a\u2028b":                  `a\u2028b`,
	} {
		if got := shown(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}
