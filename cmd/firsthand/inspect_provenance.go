package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
)

// tag gives the first tag of a field, and whether there is one.
func (n note) tag(field string) (container.Tag, bool) {
	for _, t := range n.line.Fields {
		if t.Field == field {
			return t, true
		}
	}
	return container.Tag{}, false
}

// members are the values of a tag, one or several.
func (n note) members(field string) []string {
	t, ok := n.tag(field)
	switch {
	case !ok:
		return nil
	case t.List != nil:
		return t.List
	}
	return []string{t.Value}
}

// historyWhen ends the field of a step's time.
const historyWhen = "HistoryWhen"

// mostEvents is how many steps of an edit history a note tells.
const mostEvents = 6

// history tells what XMP says was done to the file, in its order.
func (n note) history() (out []string) {
	const field = "XMP:XMP-xmpMM:History"
	actions, when, agents := n.members(field+"Action"), n.members(field+"When"), n.members(field+"SoftwareAgent")
	for i, action := range actions {
		if i == mostEvents {
			return append(out, fmt.Sprintf("And %d more steps; --all lists them", len(actions)-i))
		}
		step := sentence(action)
		// The lists have no gaps: only as many agents as actions belong to them.
		if len(agents) == len(actions) {
			step += " by " + agents[i]
		}
		if len(when) == len(actions) {
			step += ", " + dated(when[i])
		}
		out = append(out, step)
	}
	return out
}

// signatures tells what the checks say of a C2PA manifest, and what it claims
// was done. It is the claim of whoever signed, not a verdict.
func (n note) signatures() (out []string) {
	for _, f := range n.line.Findings {
		if isSignature(f) {
			out = append(out, sentence(f.Message))
		}
	}
	if actions := slices.Clone(n.members("JUMBF:CBOR:ActionsAction")); len(actions) > 0 {
		for i, a := range actions {
			actions[i] = strings.ReplaceAll(strings.TrimPrefix(a, "c2pa."), "_", " ")
		}
		out = append(out, "It claims these actions: "+listed(actions[:min(len(actions), mostActions)]))
	}
	return out
}

// mostActions is how many actions of a manifest a note names.
const mostActions = 12

// isSignature tells the findings that speak of a manifest.
func isSignature(f extract.Finding) bool { return strings.HasPrefix(f.Code, "c2pa") }
