package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/firsthand-media/firsthand/verify"
)

func TestComparisonOfHostileNamesReachesNoTerminal(t *testing.T) {
	const evil = "A\x1b[2J\u202eB\r\nC\u009bD\x07"
	for _, r := range []verify.Relation{"", verify.Exact, verify.Near, verify.Part, verify.SameScene, verify.Relation(evil)} {
		var out bytes.Buffer
		printComparison(&terminal{out: &out}, verify.Match{A: evil, B: evil, Relation: r, AIs: evil, Why: evil})
		for _, c := range out.String() {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
				t.Fatalf("%U reaches the terminal:\n%q", c, out.String())
			}
		}
		if strings.Count(out.String(), `\u001b`) < 3 {
			t.Errorf("%q: the texts were not shown:\n%s", r, out.String())
		}
	}
}
