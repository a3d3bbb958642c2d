package main

import (
	"bufio"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// listedIncident is what scripts ask of an incident.
type listedIncident struct {
	Incident string
	Members  []struct{ Path string }
}

func (l listedIncident) has(path string) bool {
	return slices.ContainsFunc(l.Members, func(m struct{ Path string }) bool { return m.Path == path })
}

// listedIncidents reads what the last command wrote with --json.
func listedIncidents(ts *testscript.TestScript) []listedIncident {
	var out []listedIncident
	lines := bufio.NewScanner(strings.NewReader(ts.ReadFile("stdout")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l listedIncident
		ts.Check(json.Unmarshal(lines.Bytes(), &l))
		out = append(out, l)
	}
	return out
}

// memberCommand keeps the id of the incident under which the last command
// listed a file as text: member NAME PATH.
func memberCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: member NAME PATH")
	}
	id := ""
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		switch fields := strings.Fields(line); {
		case strings.HasPrefix(line, "I-"):
			id = fields[0]
		case len(fields) > 1 && fields[len(fields)-1] == args[1] && id != "":
			ts.Setenv(args[0], id)
			return
		}
	}
	ts.Fatalf("the last command lists %s in no incident", args[1])
}

// inCommand wants a file among the members of an incident that the last
// command listed with --json: in PATH ID.
func inCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: in PATH ID")
	}
	in := slices.ContainsFunc(listedIncidents(ts), func(l listedIncident) bool { return l.Incident == args[1] && l.has(args[0]) })
	if in == neg {
		ts.Fatalf("%s in %s: %v", args[0], args[1], in)
	}
}

// undoCommand takes back every decision of a case, the newest first: undo CASE.
func undoCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: undo CASE")
	}
	ts.Check(ts.Exec("firsthand", "incident", "decisions", "--case", args[0], "--json"))
	var entries []int64
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var d decisionLine
		ts.Check(json.Unmarshal([]byte(line), &d))
		if d.Holds && d.TakesBack == nil {
			entries = append(entries, d.Entry)
		}
	}
	for _, e := range slices.Backward(entries) {
		ts.Check(ts.Exec("firsthand", "incident", "take-back", strconv.FormatInt(e, 10), "--case", args[0], "--reason", "undone", "--by", "Ada"))
	}
}
