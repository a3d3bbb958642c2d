//go:build unix

package main

import (
	"errors"
	"os/exec"
	"testing"
)

// A command line that cannot be carried out as written ends with status 2,
// whether an argument is wrong, a flag is missing or a flag is unknown.
func TestWrongUsageHasAStatusOfItsOwn(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for _, args := range [][]string{
		{"items"}, {"report", "--case", "x"}, {"incident", "confirm", "I-302c9a", "--case", "x", "--by", "Ada"},
		{"gazetteer", "add", "Here", "--case", "x"}, {"incident", "confirm"}, {"items", "--case", "x", "--nosuch"}, {"nonsense"},
	} {
		var status *exec.ExitError
		if out, err := program(t, args...).CombinedOutput(); !errors.As(err, &status) || status.ExitCode() != exitUsage {
			t.Errorf("firsthand %v: %v: %s", args, err, out)
		}
	}
}
