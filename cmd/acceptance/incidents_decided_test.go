package main

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// incidentOf makes an incident that counts some files.
func incidentOf(id string, status verify.Status, paths ...string) verify.Incident {
	inc := verify.Incident{ID: id, Status: status}
	for _, p := range paths {
		inc.Members = append(inc.Members, verify.Member{Path: p, Role: verify.Original})
	}
	return inc
}

func TestListing(t *testing.T) {
	shown := verify.Member{Path: "a", Role: verify.Copy, Reasons: []verify.Reason{{Code: verify.AlsoIn}}}
	l := listing{
		incidentOf("I-1", verify.Rejected, "r"),
		{ID: "I-2", Status: verify.Candidate, Members: []verify.Member{shown, {Path: "old", Role: verify.Recycled}, {Path: "b", Role: verify.Original}}},
		incidentOf("I-3", verify.Confirmed, "a", "c"),
	}
	for path, want := range map[string]string{"r": "", "old": "", "a": "I-3", "b": "I-2", "nowhere": ""} {
		if got := l.home(path); got != want {
			t.Errorf("home of %s: %q, want %q", path, got, want)
		}
	}
	if l.together("nowhere", "r") || l.together("a", "b") || !l.together("a", "c") {
		t.Error("files are together that are not, or the other way round")
	}
	if !l.confirms("I-3", []string{"a", "c"}) || l.confirms("I-3", []string{"a"}) || l.confirms("I-2", []string{"b"}) {
		t.Error("an incident was taken for a confirmed one, or not")
	}
	if l.proposes("I-1", []string{"r"}) || !l.proposes("I-2", nil) || !l.proposes("I-9", []string{"b"}) {
		t.Error("an incident was taken for a proposal, or not")
	}
}

// TestCandidates: what is decided on shows two pictures, and the second file
// is none of the first one's copies.
func TestCandidates(t *testing.T) {
	l := listing{
		incidentOf("I-1", verify.Candidate, "a", "a2"),
		incidentOf("I-2", verify.Candidate, "b", "b2", "c"),
		incidentOf("I-3", verify.Rejected, "d", "e", "f", "g"),
		incidentOf("I-4", verify.Candidate, "h", "i", "j", "k"),
	}
	copies := map[string]string{"a": "D-a", "a2": "D-a", "b": "D-b", "b2": "D-b", "j": "D-j", "k": "D-j"}
	got := l.candidates(copies)
	want := []candidate{{"I-4", []string{"h", "i", "j", "k"}, "h", "k"}, {"I-2", []string{"b", "b2", "c"}, "b", "c"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRulingsShow(t *testing.T) {
	var l listing
	for i := range 8 {
		id := fmt.Sprintf("I-%d", i)
		l = append(l, incidentOf(id, verify.Candidate, id+"/a", id+"/b"))
	}
	made, err := rulings(l, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range made {
		if r.holds(l) {
			t.Errorf("%v shows before it was made", r.command)
		}
	}
	after := listing{
		incidentOf("I-0", verify.Confirmed, "I-0/a", "I-0/b"),
		incidentOf("I-1", verify.Candidate, "I-1/a"),
		incidentOf("I-9", verify.Candidate, "I-1/b"),
		incidentOf("I-2", verify.Candidate, "I-2/a", "I-2/b", "I-3/a", "I-3/b"),
		incidentOf("I-4", verify.Candidate, "I-4/a"),
		incidentOf("I-5", verify.Candidate, "I-5/a", "I-5/b", "I-4/b"),
		incidentOf("I-6", verify.Candidate, "I-6/a"),
		incidentOf("I-7", verify.Rejected, "I-7/a", "I-7/b"),
	}
	for _, r := range made {
		if !r.holds(after) {
			t.Errorf("%v does not show", r.command)
		}
	}
	if _, err := rulings(l[:7], nil); err == nil {
		t.Error("seven incidents are too few")
	}
}
