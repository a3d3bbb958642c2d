package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
)

// historyWhen ends the field of a step's time.
const historyWhen = "HistoryWhen"

// mostEvents is how many steps of an edit history a note tells.
const mostEvents = 6

// history tells what XMP says was done to the file, in its order.
func (n note) history() (out []string) {
	for i, e := range n.line.History {
		if i == mostEvents {
			return append(out, fmt.Sprintf("And %d more steps; --all --json lists them", len(n.line.History)-i))
		}
		step := sentence(string(cmp.Or(e.Action, "a step without a name")))
		if e.Software != "" {
			step += " by " + string(e.Software)
		}
		if e.When != "" {
			step += ", " + dated(string(e.When))
		}
		if e.Parameters != "" {
			step += ": " + string(e.Parameters)
		}
		out = append(out, step)
	}
	return out
}

// signatures tells what the checks say of a C2PA manifest and of what it claims
// was done. It is the claim of whoever signed, not a verdict.
func (n note) signatures() (out []string) {
	for _, f := range n.line.Findings {
		if isSignature(f) {
			out = append(out, sentence(f.Message))
		}
	}
	return out
}

// isSignature tells the findings that speak of a manifest.
func isSignature(f extract.Finding) bool { return strings.HasPrefix(f.Code, "c2pa") }
